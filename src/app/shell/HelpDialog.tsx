// "?": the keyboard of the page and the first things to try.

import { Modal } from '@mantine/core';
import classes from './HelpDialog.module.css';
import { SHORTCUTS } from './shortcuts.ts';

export function HelpDialog({ opened, onClose }: { opened: boolean; onClose: () => void }) {
  return (
    <Modal
      opened={opened}
      onClose={onClose}
      title="Keyboard and mouse"
      size={620}
      closeButtonProps={{ 'aria-label': 'Close help' }}
    >
      <dl className={classes.list}>
        {SHORTCUTS.map(({ keys, does }) => (
          <div key={keys}>
            <dt>
              {keys.split(' ').map((key) => (
                <kbd key={key}>{key}</kbd>
              ))}
            </dt>
            <dd>{does}</dd>
          </div>
        ))}
      </dl>
      <h3 className={classes.heading}>Lattice</h3>
      <p>Drag to turn, wheel to zoom, click a chamber to inspect it, shift-click to add another.</p>
      <h3 className={classes.heading}>Controls</h3>
      <p>
        Number fields take a unit: type <kbd>2.5 bar</kbd> or <kbd>27 °C</kbd>. Dragging a slider acts at once; Esc
        during the drag puts the value back. A dot marks what differs from the loaded file; click it to return.
      </p>
      <h3 className={classes.heading}>Charts</h3>
      <p>Drag across a chart to zoom all charts, wheel to zoom at the pointer, double-click to follow again.</p>
    </Modal>
  );
}
