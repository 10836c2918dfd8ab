// The left panel: a search over all parameters, and one foldable section per system of the seed.

import { ActionIcon } from '@mantine/core';
import { useDeferredValue, useMemo, useState } from 'react';
import type { ParameterKey } from '../../engine/parameters/table.ts';
import type { GroupId } from '../../engine/parameters/types.ts';
import { ChevronIcon, CloseIcon, SearchIcon } from '../shell/icons.tsx';
import { Panel } from '../shell/Panel.tsx';
import { SEARCH_ID } from '../shell/shortcuts.ts';
import { sameValue } from '../state/history.ts';
import { searchParameters, useParameterSearch } from '../state/parameter-search.ts';
import { useTwin } from '../state/store.ts';
import classes from './ControlsPanel.module.css';
import { type ControlGroup, controlGroups, matchingKeys } from './groups.ts';
import { HelpCardProvider } from './HelpCard.tsx';
import { ParameterRow } from './ParameterRow.tsx';

const OPEN_AT_FIRST: ReadonlySet<GroupId> = new Set<GroupId>(['gas_oscillation', 'lattice', 'cooling']);
const ALL_GROUPS = controlGroups();

export function ControlsPanel() {
  const search = useParameterSearch((s) => s.text);
  const wanted = useDeferredValue(search.trim());
  const found = useMemo(() => (wanted === '' ? null : matchingKeys(wanted)), [wanted]);
  return (
    <HelpCardProvider>
      <Panel name="controls" title="Controls">
        <SearchField value={search} onChange={searchParameters} />
        <div className={classes.scroll}>
          {found ? (
            <Found keys={found} />
          ) : (
            ALL_GROUPS.map((group) => (
              <Section key={group.id} group={group} openAtFirst={OPEN_AT_FIRST.has(group.id)} />
            ))
          )}
        </div>
      </Panel>
    </HelpCardProvider>
  );
}

function SearchField({ value, onChange }: { value: string; onChange: (text: string) => void }) {
  return (
    <search className={classes.search}>
      <SearchIcon />
      <input
        id={SEARCH_ID}
        type="text"
        placeholder="Search parameters  /"
        aria-label="Search parameters"
        maxLength={80}
        spellCheck={false}
        value={value}
        onChange={(event) => onChange(event.currentTarget.value)}
        onKeyDown={(event) => {
          if (event.key !== 'Escape') return;
          if (value === '') event.currentTarget.blur();
          onChange('');
          event.preventDefault();
        }}
      />
      {value !== '' && (
        <ActionIcon size={24} aria-label="Clear search" onClick={() => onChange('')}>
          <CloseIcon />
        </ActionIcon>
      )}
    </search>
  );
}

function Found({ keys }: { keys: readonly ParameterKey[] }) {
  if (keys.length === 0) return <p className={classes.empty}>No parameter matches. Search by name, key or meaning.</p>;
  return controlGroups(keys).map((group) => (
    <section key={group.id} aria-label={group.title}>
      <h3 className={classes.foundTitle}>{group.title}</h3>
      <Rows keys={[...group.essentials, ...group.advanced]} />
    </section>
  ));
}

function Section({ group, openAtFirst }: { group: ControlGroup; openAtFirst: boolean }) {
  const [open, setOpen] = useState(openAtFirst);
  const { essentials, advanced, title, planned } = group;
  // A section without essentials shows all it has.
  const folded = essentials.length > 0 && advanced.length > 0;
  return (
    <section className={classes.section} aria-label={title}>
      <h3>
        <button type="button" className={classes.head} aria-expanded={open} onClick={() => setOpen(!open)}>
          <span className={classes.chevron}>
            <ChevronIcon />
          </span>
          {title}
          <SectionNote group={group} />
        </button>
      </h3>
      {open && (
        <div className={classes.body}>
          {planned && (
            <p className={classes.plannedNote}>This system is not modelled yet. Its settings are kept in the file.</p>
          )}
          <Rows keys={folded ? essentials : [...essentials, ...advanced]} />
          {folded && <Advanced keys={advanced} />}
        </div>
      )}
    </section>
  );
}

function Advanced({ keys }: { keys: readonly ParameterKey[] }) {
  const [open, setOpen] = useState(false);
  return (
    <>
      <button type="button" className={classes.advanced} aria-expanded={open} onClick={() => setOpen(!open)}>
        <span className={classes.chevron}>
          <ChevronIcon />
        </span>
        Advanced ({keys.length})
      </button>
      {open && <Rows keys={keys} />}
    </>
  );
}

/** How many rows of a folded or open section differ from the file, or that nothing of it acts yet. */
function SectionNote({ group }: { group: ControlGroup }) {
  const values = useTwin((s) => s.values);
  const loaded = useTwin((s) => s.loadedValues);
  const changed = useMemo(
    () => [...group.essentials, ...group.advanced].filter((key) => !sameValue(values[key], loaded[key])).length,
    [group, values, loaded],
  );
  if (changed > 0) return <span className={classes.changed}>{changed} changed</span>;
  return group.planned ? <span className={classes.muted}>not modelled yet</span> : null;
}

function Rows({ keys }: { keys: readonly ParameterKey[] }) {
  return keys.map((key) => <ParameterRow key={key} parameter={key} />);
}
