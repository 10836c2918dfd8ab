// The top bar: what runs, how fast, how well it balances, and the deeds that concern the whole farm. Every number that
// arrives ten times a second is its own small component, so that the bar itself renders once.

import { ActionIcon, Tooltip } from '@mantine/core';
import type { ReactNode } from 'react';
import { AlarmBell } from '../plant/AlarmBell.tsx';
import { isFastForwarding, redo, setTheme, undo } from '../state/actions.ts';
import { type PanelName, togglePanel, usePanels } from '../state/panels.ts';
import { useTwin } from '../state/store.ts';
import { FastForwardProgress } from './FastForward.tsx';
import { FidelityMenu } from './FidelityMenu.tsx';
import {
  BottomPanelIcon,
  HelpIcon,
  LeftPanelIcon,
  MoonIcon,
  RedoIcon,
  RightPanelIcon,
  SunIcon,
  UndoIcon,
} from './icons.tsx';
import { BalanceReadouts, SimulatedTime, SpeedReadout } from './Readouts.tsx';
import { ScenarioMenu } from './ScenarioMenu.tsx';
import { TimeScaleControl } from './TimeScaleControl.tsx';
import classes from './TopBar.module.css';
import { Transport } from './Transport.tsx';
import { ValidityNotes } from './ValidityNotes.tsx';

export function TopBar({ onHelp }: { onHelp: () => void }) {
  return (
    <header className={classes.bar}>
      <h1 className={classes.name}>Buhera twin</h1>
      <ScenarioMenu />
      <div className={classes.group}>
        <Transport />
        <SimulatedTime />
      </div>
      <div className={classes.group}>
        <Pace />
        <FidelityMenu />
      </div>
      <div className={classes.group}>
        <BalanceReadouts />
        <ValidityNotes />
      </div>
      <AlarmBell />
      <div className={classes.end}>
        <HistoryButtons />
        <span className={classes.rule} />
        <PanelButton name="controls" title="controls" icon={<LeftPanelIcon />} />
        <PanelButton name="charts" title="charts" icon={<BottomPanelIcon />} />
        <PanelButton name="inspector" title="inspector" icon={<RightPanelIcon />} />
        <span className={classes.rule} />
        <ThemeButton />
        <Tooltip label="Keyboard and mouse (?)">
          <ActionIcon aria-label="Help" onClick={onHelp}>
            <HelpIcon />
          </ActionIcon>
        </Tooltip>
      </div>
    </header>
  );
}

/** The time scale and what is reached of it; a fast-forward goes as fast as it can and says how far it is. */
function Pace() {
  const forward = useTwin(isFastForwarding);
  if (forward) return <FastForwardProgress />;
  return (
    <>
      <TimeScaleControl />
      <SpeedReadout />
    </>
  );
}

function HistoryButtons() {
  const undoLabel = useTwin((s) => s.undoLabel);
  const redoLabel = useTwin((s) => s.redoLabel);
  return (
    <>
      <Tooltip label={undoLabel === null ? 'Nothing to undo' : `Undo ${lowerFirst(undoLabel)} (Ctrl Z)`}>
        <ActionIcon
          aria-label="Undo"
          aria-disabled={undoLabel === null}
          data-off={undoLabel === null || undefined}
          onClick={() => void undo()}
        >
          <UndoIcon />
        </ActionIcon>
      </Tooltip>
      <Tooltip label={redoLabel === null ? 'Nothing to redo' : `Redo ${lowerFirst(redoLabel)} (Ctrl Shift Z)`}>
        <ActionIcon
          aria-label="Redo"
          aria-disabled={redoLabel === null}
          data-off={redoLabel === null || undefined}
          onClick={() => void redo()}
        >
          <RedoIcon />
        </ActionIcon>
      </Tooltip>
    </>
  );
}
const lowerFirst = (text: string): string => text.charAt(0).toLowerCase() + text.slice(1);

function PanelButton({ name, title, icon }: { name: PanelName; title: string; icon: ReactNode }) {
  const open = usePanels((s) => s[name].open);
  return (
    <Tooltip label={open ? `Hide ${title}` : `Show ${title}`}>
      <ActionIcon
        aria-label={`Show ${title}`}
        aria-pressed={open}
        className={classes.toggle ?? ''}
        onClick={() => togglePanel(name)}
      >
        {icon}
      </ActionIcon>
    </Tooltip>
  );
}

function ThemeButton() {
  const theme = useTwin((s) => s.theme);
  const other = theme === 'dark' ? 'light' : 'dark';
  return (
    <Tooltip label={`Change to the ${other} theme`}>
      <ActionIcon aria-label={`Change to the ${other} theme`} onClick={() => setTheme(other)}>
        {theme === 'dark' ? <SunIcon /> : <MoonIcon />}
      </ActionIcon>
    </Tooltip>
  );
}
