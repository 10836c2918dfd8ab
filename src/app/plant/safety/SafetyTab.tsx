// Safety at a glance: the emergency stop, where the farm is in its sequence, the interlocks and their bypasses, the ladder of limits.

import { Button } from '@mantine/core';
import { operatorName } from '../operator.ts';
import classes from '../Plant.module.css';
import { usePlant } from '../plant-store.ts';
import { Refusals } from '../Refusals.tsx';
import { answered, useCommand } from '../use-command.ts';
import { Bypasses } from './Bypasses.tsx';
import { Interlocks } from './Interlocks.tsx';
import { Ladder } from './Ladder.tsx';
import safety from './Safety.module.css';
import { SequencePart } from './SequencePart.tsx';

export function SafetyTab() {
  const known = usePlant((s) => s.overview !== null);
  if (!known) return <p className={classes.empty}>Asking the plant</p>;
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: a scrolling region must be reachable by keyboard
    <section className={safety.grid} aria-label="Safety" tabIndex={0}>
      <EmergencyStop />
      <SequencePart />
      <div className={safety.part}>
        <Interlocks />
        <Bypasses />
      </div>
      <Ladder />
    </section>
  );
}

function EmergencyStop() {
  const pressed = usePlant((s) => s.overview?.emergencyStop ?? false);
  const desk = useCommand();
  const press = (on: boolean) =>
    void desk.give(answered((farm) => farm.emergencyStop(on, operatorName(), 'at the plant panel')));
  return (
    <section className={safety.stop} aria-label="Emergency stop">
      <button
        type="button"
        className={safety.stopButton}
        aria-pressed={pressed}
        title="Stops drive and chips, closes the supply, opens the vents: at once and without a question"
        onClick={() => press(true)}
      >
        <StopShape />
        Emergency stop
      </button>
      <p className={classes.muted} role="status">
        {pressed ? 'Pressed. Everything stays stopped.' : 'Stops all at once; no question is asked.'}
      </p>
      <Button variant="default" fullWidth disabled={!pressed} onClick={() => press(false)}>
        Release
      </Button>
      <Refusals problems={desk.problems} />
    </section>
  );
}

function StopShape() {
  return (
    <svg width="28" height="28" viewBox="0 0 28 28" aria-hidden="true" focusable="false">
      <path
        d="M8.8 1.5h10.4l7.3 7.3v10.4l-7.3 7.3H8.8l-7.3-7.3V8.8z"
        fill="none"
        stroke="currentColor"
        strokeWidth="2"
      />
      <path d="M9 9h10v10H9z" fill="currentColor" />
    </svg>
  );
}
