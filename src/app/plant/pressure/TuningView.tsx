// Tuning of a loop: a step test on the running farm, the process found in its record, gains for a wanted closed-loop time and what they
// promise, taking them over and back, and what a setpoint step then really did.

import { Button } from '@mantine/core';
import { useCallback, useState } from 'react';
import { type LoopScope, loopName } from '../../../engine/pressure-control/plant/loop-name.ts';
import type { FarmCalls } from '../../../worker/protocol.ts';
import type { Remote } from '../../../worker/rpc.ts';
import type { TuningView as Tuning } from '../../../worker/tuning-view.ts';
import { edit } from '../../state/actions.ts';
import { useTwin } from '../../state/store.ts';
import classes from '../Plant.module.css';
import { usePlantAnswer } from '../plant-store.ts';
import { useControlled } from './ControlOff.tsx';
import { FoundGains } from './FoundGains.tsx';
import own from './Pressure.module.css';
import { usePressureView } from './pressure-view.ts';
import { StepComparison } from './StepComparison.tsx';
import { StepTestForm } from './StepTestForm.tsx';
import { StepTestRecord } from './StepTestRecord.tsx';

const INTERVAL_MS = 400;

export function TuningView() {
  const controlled = useControlled();
  const mode = useTwin((s) => s.values['pressure_control.control_mode']);
  const scope = useTwin((s) => s.values['control.scope']) as LoopScope;
  const standard = useTwin((s) => s.values['control.closed_loop_s']);
  const tuned = usePressureView((s) => s.tuned);
  const [wanted, setWanted] = useState<number | null>(null);
  const ask = useCallback((farm: Remote<FarmCalls>): Promise<Tuning | null> => farm.tuning(wanted), [wanted]);
  const view = usePlantAnswer(ask, INTERVAL_MS);
  if (!controlled) return <p className={classes.empty}>A step test needs the controller: turn it on above.</p>;
  if (mode !== 'fixed') return <NeedsFixed mode={mode} />;
  if (!view) return <p className={classes.empty}>Asking the plant</p>;
  const tested = view.test ? loopName(scope, view.test.loop) : '';
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: a scrolling region must be reachable by keyboard
    <section className={own.tuning} aria-label="Tuning" tabIndex={0}>
      <StepTestForm view={view} scope={scope} first={tuned} />
      <StepTestRecord view={view} tested={tested} />
      <FoundGains view={view} scope={scope} closedLoopTime={wanted ?? standard} onClosedLoopTime={setWanted} />
      <StepComparison view={view} scope={scope} />
    </section>
  );
}

function NeedsFixed({ mode }: { mode: string }) {
  return (
    <div className={own.off} role="note">
      <span>
        {mode === 'predictive' ? 'Predictive control has no gains to tune.' : 'Adaptive control finds its own gains.'} A
        step test needs fixed ones.
      </span>
      <Button
        variant="light"
        onClick={() => void edit({ 'pressure_control.control_mode': 'fixed' }, 'Control mode: fixed gains')}
      >
        Set fixed gains
      </Button>
    </div>
  );
}
