// One fault being put together: its magnitudes, its places, its times, and the text that says the same on the command line.

import { Button } from '@mantine/core';
import { type FormEvent, useMemo, useState } from 'react';
import { type FaultKind, type FaultMagnitude, faultKind } from '../../../engine/faults/fault-kinds.ts';
import { parseFault } from '../../../engine/faults/parse.ts';
import { ALARM_DEFINITIONS } from '../../../engine/monitoring/alarms/alarm-definitions.ts';
import { QuantityInput, shownText } from '../../controls/QuantityInput.tsx';
import { symbolOf, withUnit } from '../../shell/format.ts';
import { notify } from '../../state/notices.ts';
import { operatorName } from '../operator.ts';
import classes from '../Plant.module.css';
import { usePlant } from '../plant-store.ts';
import { quantityRow } from '../quantity-row.ts';
import { Refusals } from '../Refusals.tsx';
import { type CommandDesk, useCommand } from '../use-command.ts';
import own from './Faults.module.css';
import { faultCommand } from './fault-command.ts';
import { TargetPicker, useTargets } from './TargetPicker.tsx';
import { useSensorNumbers } from './use-sensors.ts';

const START = quantityRow({ label: 'Start in', unit: 's', min: 0, max: 1e9, default: 0 });
const DURATION = quantityRow({ label: 'Duration', unit: 's', min: 1e-3, max: 1e9, default: 10 });

export function FaultForm({ kind }: { kind: FaultKind }) {
  const { label, help, target, magnitudes: rows, firstAlarm } = faultKind(kind);
  const [magnitudes, setMagnitudes] = useState<readonly number[]>(() => rows.map((row) => row.default));
  const [start, setStart] = useState(0);
  const [duration, setDuration] = useState<number | null>(null);
  const targets = useTargets(target);
  const desk = useCommand();
  const text = faultCommand({ kind, magnitudes, targets: targets.text, start_s: start, duration_s: duration });
  const counts = usePlant((s) => s.overview?.targets);
  const sensors = useSensorNumbers();
  const parsed = useMemo(() => (counts && sensors ? parseFault(text, counts, sensors) : null), [text, counts, sensors]);
  const submit = (event: FormEvent) => {
    event.preventDefault();
    void desk.give((farm) => farm.injectFault(text, operatorName()));
  };
  return (
    <form className={own.form} aria-label={`Fault: ${label}`} onSubmit={submit}>
      <h3 className={classes.detailTitle}>{label}</h3>
      <p className={classes.muted}>
        {help} First alarm: {ALARM_DEFINITIONS[firstAlarm].label.toLowerCase()}
        {target === 'sensor' && ', of its chamber where it does not vote'}.
      </p>
      <div className={own.fields}>
        {rows.map((row, k) => (
          <MagnitudeField
            key={row.name}
            magnitude={row}
            value={magnitudes[k] ?? row.default}
            desk={desk}
            onChange={(value) => setMagnitudes(magnitudes.map((old, j) => (j === k ? value : old)))}
          />
        ))}
        <TargetPicker target={target} targets={targets} places={parsed?.ok ? parsed.fault.targets : []} />
        <TimeFields start={start} duration={duration} desk={desk} onStart={setStart} onDuration={setDuration} />
      </div>
      <div className={own.commandLine}>
        <code title="The same on the command line">{text}</code>
        <Button variant="subtle" onClick={() => void copy(text)}>
          Copy
        </Button>
        <Button type="submit" variant="filled" disabled={parsed?.ok !== true}>
          Inject
        </Button>
      </div>
      <Refusals problems={parsed && !parsed.ok ? parsed.problems : desk.problems} />
    </form>
  );
}

interface TimeProps {
  readonly start: number;
  readonly duration: number | null;
  readonly desk: CommandDesk;
  onStart(seconds: number): void;
  onDuration(seconds: number | null): void;
}

function TimeFields({ start, duration, desk, onStart, onDuration }: TimeProps) {
  return (
    <>
      <div className={own.fieldRow}>
        <span>Start</span>
        <span className={classes.inline}>
          <button type="button" className={classes.chip} aria-pressed={start === 0} onClick={() => onStart(0)}>
            now
          </button>
          in
          <QuantityInput label="Start in" row={START} value={start} onCommit={onStart} onRefuse={refusal(desk)} />
        </span>
      </div>
      <div className={own.fieldRow}>
        <span>Duration</span>
        <span className={classes.inline}>
          <button
            type="button"
            className={classes.chip}
            aria-pressed={duration === null}
            onClick={() => onDuration(null)}
          >
            until cleared
          </button>
          <QuantityInput
            label="Duration"
            row={DURATION}
            value={duration}
            placeholder="none"
            onCommit={onDuration}
            onRefuse={refusal(desk)}
          />
        </span>
      </div>
    </>
  );
}

const refusal = (desk: CommandDesk) => (reason: string) =>
  desk.refuse(reason, 'Type a number, with a unit if you like.');

/** Shares as percent and lengths in mm, as people say them. */
function displayUnit({ unit, name }: FaultMagnitude): string {
  if (unit === 'm') return 'mm';
  return unit === 'fraction' && (name === 'share' || name === 'position') ? 'percent' : unit;
}

interface MagnitudeProps {
  readonly magnitude: FaultMagnitude;
  readonly value: number;
  readonly desk: CommandDesk;
  onChange(value: number): void;
}

function MagnitudeField({ magnitude, value, desk, onChange }: MagnitudeProps) {
  const row = quantityRow({ ...magnitude, displayUnit: displayUnit(magnitude) });
  const range = `${shownText(magnitude.min, row)} to ${shownText(magnitude.max, row)}`;
  const invalid = !(value >= magnitude.min && value <= magnitude.max);
  return (
    <div className={own.fieldRow}>
      <span>{magnitude.label}</span>
      <span className={classes.inline}>
        <QuantityInput
          label={magnitude.label}
          row={row}
          value={value}
          invalid={invalid}
          onCommit={onChange}
          onRefuse={refusal(desk)}
        />
        <span className={classes.muted}>{withUnit(range, symbolOf(row.displayUnit ?? row.unit))}</span>
      </span>
    </div>
  );
}

async function copy(text: string): Promise<void> {
  try {
    await navigator.clipboard.writeText(text);
    notify('info', `Copied ${text}`);
  } catch {
    const remedy = 'Select the text and copy it by hand.';
    notify('warning', 'The browser did not allow copying', [{ message: text, remedy, severity: 'warning' }]);
  }
}
