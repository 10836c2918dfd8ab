// Said while the pressure controller does not act, with the one edit that turns it on.

import { Button } from '@mantine/core';
import { useState } from 'react';
import type { ParameterEdits } from '../../../engine/parameters/edit.ts';
import type { Problem } from '../../../worker/protocol.ts';
import { edit } from '../../state/actions.ts';
import { useTwin } from '../../state/store.ts';
import { Refusals } from '../Refusals.tsx';
import own from './Pressure.module.css';

const TURN_ON: ParameterEdits = {
  'headers.enabled': true,
  'control.enabled': true,
  'pressure_control.cycling_enabled': false,
};

/** Whether the controller acts: it needs headers, and valves that no cycle moves. */
export const useControlled = (): boolean =>
  useTwin(
    ({ values }) =>
      values['headers.enabled'] && values['control.enabled'] && !values['pressure_control.cycling_enabled'],
  );

export function ControlOff() {
  const controlled = useControlled();
  const headers = useTwin((s) => s.values['headers.enabled']);
  const cycling = useTwin((s) => s.values['pressure_control.cycling_enabled']);
  const [problems, setProblems] = useState<readonly Problem[]>([]);
  if (controlled) return null;
  const why = !headers
    ? 'The headers are off: no gas comes in or goes out, and nothing holds the pressure.'
    : cycling
      ? 'The valves follow the pressure cycle; the controller is off.'
      : 'The pressure controller is off: the valves stand where they are set.';
  const turnOn = async () => {
    const reply = await edit(TURN_ON, 'Turn headers and control on');
    setProblems(reply.ok ? [] : reply.problems);
  };
  return (
    <div className={own.off} role="note">
      <span>{why}</span>
      <Button variant="light" onClick={() => void turnOn()}>
        Turn headers and control on
      </Button>
      {problems.length > 0 && <Refusals problems={problems} />}
    </div>
  );
}
