// The line at the edge of a panel: drag it, or focus it and use the arrow keys; double-click restores the standard size.

import { type KeyboardEvent, type PointerEvent, useRef } from 'react';
import { PANEL_LIMITS, type PanelName, resizePanel, setPanelOpen, usePanels } from '../state/panels.ts';
import classes from './Separator.module.css';

const KEY_STEP = 16;

interface Props {
  readonly panel: PanelName;
  readonly label: string;
  /** The edge of the panel it lies on; the panel is its nearest positioned ancestor. */
  readonly edge: 'left' | 'right' | 'top';
}

export function Separator({ panel, label, edge }: Props) {
  const size = usePanels((s) => s[panel].size);
  const drag = useRef<{ at: number; size: number } | null>(null);
  const { min, max, standard } = PANEL_LIMITS[panel];
  const horizontal = edge === 'top';
  // The panel grows when its edge moves outward.
  const direction = edge === 'right' ? 1 : -1;
  const along = (event: PointerEvent) => (horizontal ? event.clientY : event.clientX);

  const onPointerDown = (event: PointerEvent<HTMLDivElement>) => {
    event.currentTarget.setPointerCapture(event.pointerId);
    drag.current = { at: along(event), size };
  };
  const onPointerMove = (event: PointerEvent) => {
    if (drag.current) resizePanel(panel, drag.current.size + direction * (along(event) - drag.current.at));
  };
  const onKeyDown = (event: KeyboardEvent) => {
    const forward = horizontal ? 'ArrowDown' : 'ArrowRight';
    const back = horizontal ? 'ArrowUp' : 'ArrowLeft';
    if (event.key === forward) resizePanel(panel, size + direction * KEY_STEP);
    else if (event.key === back) resizePanel(panel, size - direction * KEY_STEP);
    else if (event.key === 'Home') resizePanel(panel, min);
    else if (event.key === 'End') resizePanel(panel, max);
    else if (event.key === 'Enter') setPanelOpen(panel, false);
    else return;
    event.preventDefault();
  };
  return (
    // biome-ignore lint/a11y/useSemanticElements: an <hr> cannot be moved; this is the ARIA window splitter
    <div
      role="separator"
      tabIndex={0}
      aria-label={label}
      aria-orientation={horizontal ? 'horizontal' : 'vertical'}
      aria-valuenow={size}
      aria-valuemin={min}
      aria-valuemax={max}
      className={`${classes.separator} ${horizontal ? classes.horizontal : classes.vertical}`}
      data-edge={edge}
      onPointerDown={onPointerDown}
      onPointerMove={onPointerMove}
      onPointerUp={() => {
        drag.current = null;
      }}
      onDoubleClick={() => resizePanel(panel, standard)}
      onKeyDown={onKeyDown}
    />
  );
}
