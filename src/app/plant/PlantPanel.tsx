// The plant panel: alarms, safety, faults and the operators' log as tabs over one body; who acts stands at the right.

import { type ComponentType, type KeyboardEvent, lazy, Suspense, useState } from 'react';
import { Panel } from '../shell/Panel.tsx';
import { AlarmsTab } from './alarms/AlarmsTab.tsx';
import { FaultsTab } from './faults/FaultsTab.tsx';
import { LogTab } from './log/LogTab.tsx';
import { LONGEST_NAME, STANDARD_OPERATOR, setOperator, useOperator } from './operator.ts';
import classes from './Plant.module.css';
import { PLANT_TABS, type PlantTab, usePlantTab } from './plant-dock.ts';
import { usePlant } from './plant-store.ts';
import { PressureTab } from './pressure/PressureTab.tsx';
import { standingCount } from './priorities.tsx';
import { SafetyTab } from './safety/SafetyTab.tsx';

const TITLES: Readonly<Record<PlantTab, string>> = {
  alarms: 'Alarms',
  pressure: 'Pressure',
  safety: 'Safety',
  faults: 'Faults',
  schematic: 'Schematic',
  console: 'Console',
  log: 'Log',
};
const SchematicTab = lazy(async () => ({ default: (await import('./schematic/SchematicTab.tsx')).SchematicTab }));
const ConsoleTab = lazy(async () => ({ default: (await import('./console/ConsoleTab.tsx')).ConsoleTab }));
const BODIES: Readonly<Record<PlantTab, ComponentType>> = {
  alarms: AlarmsTab,
  pressure: PressureTab,
  safety: SafetyTab,
  faults: FaultsTab,
  schematic: SchematicTab,
  console: ConsoleTab,
  log: LogTab,
};

export function PlantPanel() {
  const tab = usePlantTab((s) => s.tab);
  const Body = BODIES[tab];
  return (
    <Panel name="plant" title="Plant" note={<Tabs />} tools={<OperatorField />}>
      <div role="tabpanel" id={`plant-${tab}`} aria-labelledby={`plant-tab-${tab}`} className={classes.body}>
        <Suspense fallback={<p className={classes.empty}>Opening</p>}>
          <Body />
        </Suspense>
      </div>
    </Panel>
  );
}

function Tabs() {
  const tab = usePlantTab((s) => s.tab);
  const onKeyDown = (event: KeyboardEvent) => {
    const step = { ArrowRight: 1, ArrowLeft: -1 }[event.key];
    if (step === undefined) return;
    const at = (PLANT_TABS.indexOf(tab) + step + PLANT_TABS.length) % PLANT_TABS.length;
    const next = PLANT_TABS[at] as PlantTab;
    usePlantTab.setState({ tab: next });
    document.getElementById(`plant-tab-${next}`)?.focus();
    event.preventDefault();
  };
  return (
    <span role="tablist" aria-label="Plant" className={classes.tabs} onKeyDown={onKeyDown}>
      {PLANT_TABS.map((name) => (
        <button
          key={name}
          type="button"
          role="tab"
          id={`plant-tab-${name}`}
          aria-selected={name === tab}
          aria-controls={name === tab ? `plant-${name}` : undefined}
          tabIndex={name === tab ? 0 : -1}
          className={classes.tab}
          onClick={() => usePlantTab.setState({ tab: name })}
        >
          {TITLES[name]}
          <TabCount tab={name} />
        </button>
      ))}
    </span>
  );
}

/** How much there is behind a tab; its room is kept. */
function TabCount({ tab }: { tab: PlantTab }) {
  const n = usePlant(({ overview }) => {
    if (!overview) return 0;
    if (tab === 'alarms') return standingCount(overview.alarms);
    if (tab === 'safety') return overview.trips.count;
    return tab === 'faults' ? overview.faults.filter(({ state }) => state === 'active').length : 0;
  });
  if (tab !== 'alarms' && tab !== 'safety' && tab !== 'faults') return null;
  return <span className={classes.tabCount}>{n > 0 ? n : ''}</span>;
}

function OperatorField() {
  const name = useOperator((s) => s.name);
  const [text, setText] = useState<string | null>(null);
  const commit = () => {
    if (text !== null) setOperator(text);
    setText(null);
  };
  return (
    <label className={classes.operator} title="Signs every command in the log; kept in this browser">
      <span className={classes.muted}>{name === '' ? 'Your name' : 'Operator'}</span>
      <input
        type="text"
        className={classes.field}
        maxLength={LONGEST_NAME}
        autoComplete="off"
        spellCheck={false}
        placeholder={STANDARD_OPERATOR}
        value={text ?? name}
        onChange={(event) => setText(event.currentTarget.value)}
        onBlur={commit}
        onKeyDown={(event) => {
          if (event.key === 'Enter') commit();
          else if (event.key === 'Escape' && text !== null) setText(null);
          else return;
          event.preventDefault();
        }}
      />
    </label>
  );
}
