// From a chamber's record to what the scopes draw: whole cycles held still by the drive clock, deviations from the mean,
// units and axis ends. Pure.

import type { ChamberDetail } from '../../worker/protocol.ts';
import type { Curve, PlotSpec } from '../charts/canvas-plot.ts';
import { prefixFor } from '../shell/format.ts';

/** A chamber is recorded from when it is selected. */
const EMPTY = 'Recorded while the farm runs';
const CYCLES_SHOWN = 3;
const HARMONICS_SHOWN = 6;
/** The spectrum shows this many decades below its peak. */
const SPECTRUM_DECADES = 5;

/** Okabe–Ito order, from the tokens. */
export const chamberColour = (index: number): string => `--data-${(index % 6) + 1}`;

export interface Window {
  readonly from: number;
  readonly to: number;
  /** Simulated time of the sample at `from`'s cycle start, s. */
  readonly startS: number;
}

/**
 * The newest whole cycles of a record, cut at the turns of the drive clock so that a running waveform stands still.
 * Less than one cycle recorded: everything there is.
 */
export function wholeCycles(timeS: ArrayLike<number>, frequencyHz: number, cycles = CYCLES_SHOWN): Window {
  const n = timeS.length;
  if (n < 2) return { from: 0, to: n, startS: n > 0 ? (timeS[0] as number) : 0 };
  const [first, last] = [timeS[0] as number, timeS[n - 1] as number];
  const slack = 1e-6;
  const endCycle = Math.floor(last * frequencyHz + slack);
  const startCycle = Math.max(endCycle - cycles, Math.ceil(first * frequencyHz - slack));
  if (!(endCycle > startCycle)) return { from: 0, to: n, startS: first };
  const startS = startCycle / frequencyHz;
  const endS = endCycle / frequencyHz;
  const tolerance = slack / frequencyHz;
  let from = 0;
  while (from < n && (timeS[from] as number) < startS - tolerance) from++;
  let to = n;
  while (to > from && (timeS[to - 1] as number) > endS + tolerance) to--;
  return { from, to, startS };
}

const mapped = (data: Float64Array, from: number, to: number, map: (v: number) => number): Float64Array =>
  data.slice(from, to).map(map);

const largest = (values: readonly Float64Array[]): number => {
  let max = 0;
  for (const list of values) for (const v of list) if (Math.abs(v) > max) max = Math.abs(v);
  return max;
};

/** Points of a cycle that a curve is drawn with, and the neighbours through which it goes between two steps. */
const CURVE_POINTS = 48;
const NEIGHBOURS = 6;

/**
 * A curve through evenly spaced samples: between two, the polynomial through the six nearest. Right to 0.1 % for 12 samples a cycle.
 * @param parts points for each sample; 1: the samples themselves
 */
export function smoothed(samples: Float64Array, parts: number): Float64Array {
  const n = samples.length;
  if (parts <= 1 || n < NEIGHBOURS) return samples;
  const curve = new Float64Array((n - 1) * parts + 1);
  for (let m = 0; m < curve.length; m++) {
    const at = m / parts;
    const first = Math.min(Math.max(0, Math.floor(at) - NEIGHBOURS / 2 + 1), n - NEIGHBOURS);
    let sum = 0;
    for (let k = 0; k < NEIGHBOURS; k++) {
      let weight = 1;
      for (let l = 0; l < NEIGHBOURS; l++) if (l !== k) weight *= (at - first - l) / (k - l);
      sum += weight * (samples[first + k] as number);
    }
    curve[m] = sum;
  }
  return curve;
}

/** Steps a cycle of a record, and how many points to draw for each. */
function resolution(timeS: ArrayLike<number>, frequencyHz: number): { readonly steps: number; readonly parts: number } {
  const n = timeS.length;
  if (n < 2) return { steps: 0, parts: 1 };
  const steps = (n - 1) / (((timeS[n - 1] as number) - (timeS[0] as number)) * frequencyHz);
  return { steps, parts: Math.max(1, Math.ceil(CURVE_POINTS / steps)) };
}

/** Pressure deviation against time. */
export function waveformSpec(details: readonly ChamberDetail[], frequencyHz: number): PlotSpec {
  const raw = details.map((d) => {
    const { from, to, startS } = wholeCycles(d.waveform.time_s, frequencyHz);
    const { parts } = resolution(d.waveform.time_s.slice(from, to), frequencyHz);
    return {
      x: smoothed(
        mapped(d.waveform.time_s, from, to, (t) => t - startS),
        parts,
      ),
      y: smoothed(
        mapped(d.waveform.pressure_Pa, from, to, (p) => p - d.meanPressure_Pa),
        parts,
      ),
    };
  });
  const pressure = prefixFor(largest(raw.map((r) => r.y)), 'Pa');
  const time = frequencyHz >= 20 ? { factor: 1e-3, symbol: 'ms' } : { factor: 1, symbol: 's' };
  return {
    x: { title: `Time in the cycle (${time.symbol})${stepsNote(details, frequencyHz)}`, min: 0 },
    y: { title: `Pressure deviation (${pressure.symbol})`, ticks: 4 },
    empty: EMPTY,
    curves: raw.map((r, i) => ({
      x: r.x.map((v) => v / time.factor),
      y: r.y.map((v) => v / pressure.factor),
      colour: chamberColour(i),
    })),
  };
}

/** What a curve of few steps is drawn through, for the axis. */
function stepsNote([first]: readonly ChamberDetail[], frequencyHz: number): string {
  if (!first) return '';
  const { steps, parts } = resolution(first.waveform.time_s, frequencyHz);
  return parts > 1 ? `, ${Math.round(steps)} steps a cycle` : '';
}

/** Pressure against volume over the newest whole cycle: its area is the work of one cycle. */
export function loopSpec(details: readonly ChamberDetail[], frequencyHz: number): PlotSpec {
  const raw = details.map((d) => {
    const { from, to } = wholeCycles(d.waveform.time_s, frequencyHz, 1);
    const meanVolume = average(d.waveform.volume_m3, from, to);
    const { parts } = resolution(d.waveform.time_s.slice(from, to), frequencyHz);
    const curve = (data: Float64Array, map: (v: number) => number): Float64Array =>
      closed(smoothed(mapped(data, from, to, map), parts));
    return {
      x: curve(d.waveform.volume_m3, (v) => (v - meanVolume) * 1e6),
      y: curve(d.waveform.pressure_Pa, (p) => p - d.meanPressure_Pa),
    };
  });
  const pressure = prefixFor(largest(raw.map((r) => r.y)), 'Pa');
  const swing = largest(raw.map((r) => r.x));
  const volume = swing >= 0.1 ? { factor: 1, symbol: 'mL' } : { factor: 1e-3, symbol: 'µL' };
  return {
    x: {
      title: `Volume deviation (${volume.symbol})`,
      ...(swing > 0 ? symmetric(swing / volume.factor) : { min: -1, max: 1 }),
    },
    y: { title: `Pressure deviation (${pressure.symbol})`, ticks: 4 },
    empty: EMPTY,
    curves: raw.map((r, i) => ({
      x: r.x.map((v) => v / volume.factor),
      y: r.y.map((v) => v / pressure.factor),
      colour: chamberColour(i),
    })),
  };
}

const symmetric = (swing: number) => ({ min: -swing * 1.1, max: swing * 1.1 });

function average(data: Float64Array, from: number, to: number): number {
  let sum = 0;
  for (let i = from; i < to; i++) sum += data[i] as number;
  return to > from ? sum / (to - from) : 0;
}

function closed(data: Float64Array): Float64Array {
  if (data.length === 0) return data;
  const ring = new Float64Array(data.length + 1);
  ring.set(data);
  ring[data.length] = data[0] as number;
  return ring;
}

/** Amplitude spectrum, logarithmic, with the harmonics of the drive marked. */
export function spectrumSpec(details: readonly ChamberDetail[], frequencyHz: number): PlotSpec {
  const top = HARMONICS_SHOWN * frequencyHz * 1.08;
  const kilo = top >= 2000;
  const factor = kilo ? 1e3 : 1;
  const curves: Curve[] = details.map((d, i) => {
    const f = d.spectrum.frequency_Hz;
    let to = f.length;
    while (to > 0 && (f[to - 1] as number) > top) to--;
    // The first bins are the mean, spread by the window.
    return {
      x: mapped(f, 1, to, (v) => v / factor),
      y: d.spectrum.amplitude_Pa.slice(1, to),
      colour: chamberColour(i),
    };
  });
  const peak = largest(curves.map((c) => c.y as Float64Array));
  const max = peak > 0 ? 10 ** Math.ceil(Math.log10(peak * 1.5)) : 1;
  return {
    x: { title: `Frequency (${kilo ? 'kHz' : 'Hz'})`, min: 0, max: top / factor },
    y: { title: 'Amplitude (Pa)', logarithmic: true, min: max / 10 ** SPECTRUM_DECADES, max, ticks: 6 },
    empty: EMPTY,
    curves,
    marks: Array.from({ length: HARMONICS_SHOWN }, (_, i) => ({
      x: ((i + 1) * frequencyHz) / factor,
      label: i === 0 ? 'f' : `${i + 1}f`,
    })),
  };
}
