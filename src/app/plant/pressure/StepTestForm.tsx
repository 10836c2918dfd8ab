// Which loop is tested, by how large a step and for how long; start, progress, cancel.

import { Button } from '@mantine/core';
import { type FormEvent, useState } from 'react';
import type { StepTestPhase } from '../../../engine/pressure-control/controller/autotune.ts';
import { type LoopScope, loopName } from '../../../engine/pressure-control/plant/loop-name.ts';
import { RECORD_LIMITS_S } from '../../../engine/pressure-control/plant/loop-tuning.ts';
import type { TuningView } from '../../../worker/tuning-view.ts';
import { QuantityInput } from '../../controls/QuantityInput.tsx';
import { count } from '../../shell/format.ts';
import { useTwin } from '../../state/store.ts';
import { operatorName } from '../operator.ts';
import classes from '../Plant.module.css';
import { quantityRow } from '../quantity-row.ts';
import { Refusals } from '../Refusals.tsx';
import { useCommand } from '../use-command.ts';
import own from './Pressure.module.css';

const SIZE = quantityRow({
  label: 'Step of the output',
  unit: 'fraction',
  displayUnit: 'percent',
  min: -0.5,
  max: 0.5,
  default: 0.005,
});
const DURATION = quantityRow({
  label: 'Longest record',
  unit: 's',
  min: RECORD_LIMITS_S[0],
  max: RECORD_LIMITS_S[1],
  default: 30,
});

const PHASES: Readonly<Record<StepTestPhase, string>> = {
  idle: 'Not begun',
  settling: 'Waiting for the loop to come to rest',
  baseline: 'At rest: recording the level before the step',
  recording: 'Output stepped: recording the answer',
  restoring: 'Answer recorded: going back',
  done: 'Done',
  failed: 'Broken off',
};

interface Props {
  readonly view: TuningView;
  readonly scope: LoopScope;
  /** The loop proposed at first. */
  readonly first: number;
}

export function StepTestForm({ view, scope, first }: Props) {
  const { test, loops } = view;
  const running = useTwin((s) => s.status?.running ?? false);
  const [chosen, setChosen] = useState<number | null>(null);
  const [size, setSize] = useState(SIZE.default as number);
  const [duration, setDuration] = useState(DURATION.default as number);
  const desk = useCommand();
  const loop = Math.min(chosen ?? first, loops - 1);
  const submit = (event: FormEvent) => {
    event.preventDefault();
    void desk.give((farm) => farm.startStepTest(loop, size, duration, operatorName()));
  };
  const refuse = (reason: string) => desk.refuse(reason, 'Type a number with its unit.');
  return (
    <form className={own.testForm} aria-label="Step test" onSubmit={submit}>
      <h3 className={own.title}>Step test</h3>
      <div className={own.field}>
        <span>Loop</span>
        <LoopChoice loop={loop} loops={loops} scope={scope} onLoop={setChosen} onRefuse={refuse} />
      </div>
      <div className={own.field}>
        <span>Output step</span>
        <QuantityInput label={SIZE.label} row={SIZE} value={size} onCommit={setSize} onRefuse={refuse} />
      </div>
      <div className={own.field}>
        <span>Record up to</span>
        <QuantityInput
          label={DURATION.label}
          row={DURATION}
          value={duration}
          onCommit={setDuration}
          onRefuse={refuse}
        />
      </div>
      <div className={own.acts}>
        {test?.isRunning ? (
          <Button variant="default" onClick={() => void desk.give((farm) => farm.cancelStepTest(operatorName()))}>
            Cancel the test
          </Button>
        ) : (
          <Button type="submit" variant="light">
            Start the test
          </Button>
        )}
      </div>
      {test && (
        <div>
          <progress
            className={own.progress}
            aria-label="Progress of the step test"
            value={test.progress}
            max={1}
            data-idle={!test.isRunning || undefined}
          />
          <p role="status" className={classes.muted}>
            {loopName(scope, test.loop)}. {PHASES[test.phase]}
            {test.failure !== null && `: ${test.failure}`}
            {test.isRunning && !running && '. The farm is paused: run it.'}
          </p>
        </div>
      )}
      {!test && (
        <p className={classes.muted}>
          Steps the output of a loop at rest and records what the pressure does. The loop is in manual meanwhile and
          gets its mode back, whatever happens.
        </p>
      )}
      {desk.problems.length > 0 && <Refusals problems={desk.problems} />}
    </form>
  );
}

/** Loops of a list that one can read are chosen by name, many by number. */
const MOST_NAMED = 60;

interface ChoiceProps {
  readonly loop: number;
  readonly loops: number;
  readonly scope: LoopScope;
  onLoop(loop: number): void;
  onRefuse(reason: string): void;
}

function LoopChoice({ loop, loops, scope, onLoop, onRefuse }: ChoiceProps) {
  if (loops === 1) return <span>{loopName(scope, 0)}</span>;
  if (loops <= MOST_NAMED)
    return (
      <select
        className={classes.field}
        aria-label="Loop"
        value={loop}
        onChange={(event) => onLoop(Number(event.currentTarget.value))}
      >
        {Array.from({ length: loops }, (_, k) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: the loop's number is what it is
          <option key={k} value={k}>
            {loopName(scope, k)}
          </option>
        ))}
      </select>
    );
  const row = quantityRow({ label: 'Loop', unit: '', min: 0, max: loops - 1, default: 0 });
  return (
    <span title={`0 to ${count(loops - 1)}`}>
      <QuantityInput
        label="Loop"
        row={{ ...row, kind: 'integer' }}
        value={loop}
        showUnit={false}
        onCommit={onLoop}
        onRefuse={onRefuse}
      />
    </span>
  );
}
