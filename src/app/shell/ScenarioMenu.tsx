// The scenario: its name, the shipped ones, a person's own file, saving.

import { Menu } from '@mantine/core';
import { useMemo } from 'react';
import { SCENARIOS } from '../../engine/config/scenarios.ts';
import { openFile, openShipped, saveFile } from '../state/files.ts';
import { changedKeys } from '../state/history.ts';
import { useTwin } from '../state/store.ts';
import { DownIcon } from './icons.tsx';
import classes from './ScenarioMenu.module.css';

export function ScenarioMenu() {
  const fileName = useTwin((s) => s.status?.fileName ?? '');
  const values = useTwin((s) => s.values);
  const loaded = useTwin((s) => s.loadedValues);
  const edited = useMemo(() => changedKeys(values, loaded).length > 0, [values, loaded]);
  const name = fileName.replace(/\.toml$/, '') || 'default';
  const title = SCENARIOS.find((s) => s.name === name)?.title ?? name;
  return (
    <Menu width={330} position="bottom-start" withinPortal>
      <Menu.Target>
        <button type="button" className={classes.target} aria-label={`Scenario ${title}${edited ? ', edited' : ''}`}>
          <span className={classes.name}>{title}</span>
          {edited && <span className={classes.edited} title="Edited since it was opened" />}
          <DownIcon />
        </button>
      </Menu.Target>
      <Menu.Dropdown>
        <Menu.Label>Shipped scenarios</Menu.Label>
        {SCENARIOS.map((scenario) => (
          <Menu.Item key={scenario.name} onClick={() => void openShipped(scenario)}>
            <span className={classes.title}>{scenario.title}</span>
            <span className={classes.about}>{scenario.description}</span>
          </Menu.Item>
        ))}
        <Menu.Divider />
        <Menu.Item onClick={openFile} rightSection={<span className={classes.keys}>Ctrl O</span>}>
          Open file…
        </Menu.Item>
        <Menu.Item onClick={() => void saveFile()} rightSection={<span className={classes.keys}>Ctrl S</span>}>
          Save as file
        </Menu.Item>
      </Menu.Dropdown>
    </Menu>
  );
}
