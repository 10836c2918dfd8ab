// In which time the lattice is seen: the stroboscope with its rate, or the engine's own time. Always said, never implied.

import type { FieldName } from '../../engine/fields.ts';
import { setTimeScale } from '../state/actions.ts';
import { noCycles } from '../state/fidelity.ts';
import { setView, type TwinState, useTwin } from '../state/store.ts';
import { formatPeriod } from './format.ts';
import { strobeRate } from './graphics.ts';
import classes from './Legend.module.css';

const RATES_HZ = [0.1, 0.2, 0.25, 0.5, 1, 2];
/** Cycles a second that the eye can still follow. */
const TOO_FAST_HZ = 4;

export function TimeNote({ wanted }: { wanted: FieldName }) {
  if (wanted === 'strobe') return <StrobeNote />;
  if (wanted === 'pressureDeviation_Pa') return <WaveformNote />;
  return null;
}

function StrobeNote() {
  const rate = useTwin((s) => s.view.strobeHz);
  const frequency = useTwin((s) => s.status?.frequency_Hz ?? Number.NaN);
  const running = useTwin((s) => s.status?.running === true);
  const step = (direction: 1 | -1): void => {
    const at = RATES_HZ.findIndex((hz) => hz >= rate * 0.999);
    const next = RATES_HZ[Math.min(RATES_HZ.length - 1, Math.max(0, (at < 0 ? RATES_HZ.length : at) + direction))];
    if (next !== undefined) setView({ strobeHz: next });
  };
  return (
    <div className={classes.time} data-testid="strobe-note">
      <p>
        Stroboscope: 1 cycle in {seconds(1 / strobeRate(rate))} — real: {formatPeriod(1 / frequency)}
        {running ? '' : ', paused'}
      </p>
      <fieldset className={classes.rate} aria-label="Rate of the stroboscope">
        <button type="button" aria-label="Slower" title="Slower" disabled={rate <= 0.1} onClick={() => step(-1)}>
          −
        </button>
        <button type="button" aria-label="Faster" title="Faster" disabled={rate >= 2} onClick={() => step(1)}>
          +
        </button>
      </fieldset>
    </div>
  );
}

function WaveformNote() {
  const none = useTwin((s) => noCycles(s.status, s.values['simulation.fidelity'])?.message ?? null);
  const text = useTwin(waveformText);
  const scale = useTwin(readableScale);
  if (none !== null) {
    return (
      <div className={classes.time} data-testid="waveform-note">
        <p>{none}</p>
      </div>
    );
  }
  return (
    <div className={classes.time} data-testid="waveform-note">
      <p>{text}</p>
      {scale !== null && (
        <button type="button" className={classes.slow} onClick={() => setTimeScale(scale)}>
          Slow motion
        </button>
      )}
    </div>
  );
}

/** How fast the true waveform goes by on the wall clock; a string, so that React hears of it only when it changes. */
function waveformText({ status }: TwinState): string {
  if (!status) return 'True waveform';
  if (!status.running) return `True waveform, paused — 1 cycle: ${formatPeriod(1 / status.frequency_Hz)}`;
  const cycles = status.frequency_Hz * status.realTimeFactor;
  if (!(cycles > 0)) return 'True waveform';
  if (cycles <= TOO_FAST_HZ) return `True waveform: 1 cycle in ${seconds(1 / cycles)}`;
  return `True waveform: ${Number(cycles.toPrecision(2))} cycles a second, too fast to see`;
}

/** Time scale at which one cycle takes about two seconds, when it goes by too fast to see; else null. */
function readableScale({ status }: TwinState): number | null {
  if (!status?.running || status.frequency_Hz * status.realTimeFactor <= TOO_FAST_HZ) return null;
  return Number((0.5 / status.frequency_Hz).toPrecision(1));
}

const seconds = (s: number): string => `${s < 10 ? s.toFixed(1) : s.toFixed(0)}\u202fs`;
