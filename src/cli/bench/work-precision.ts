// Work and precision of `default`: the error of the steady wave against the pace, for long steps and boundary-layer states; how it
// goes on; and the error of the build-up against the steps in a cycle.

import type { Farm } from '../../engine/farm.ts';
import { stepCoefficients } from '../../engine/gas-oscillation/coefficients.ts';
import { amplitudeOf, phaseOf } from '../../engine/gas-oscillation/oscillation-detector.ts';
import { lendThreads } from '../step-threads.ts';
import { factorsInTurn } from './farm.ts';
import { shippedFarm, simulate } from './farms.ts';
import { drawFigure, type Point } from './figure.ts';
import { alignedTable, figure } from './report.ts';
import { speedOf, type Timing } from './timing.ts';

/** The steady wave is compared at the end. Steps longer than any automatic one are set half way, when the wave is steady. */
export const END_S = 0.28;
const HALF_S = 0.14;
const STEPS = [10, 12, 16, 20, 24, 40];
/** Fewest steps a cycle of the automatic step at 1000 Hz. */
const LEAST_AUTOMATIC = 12;
const STATES = [2, 3, 4];
export const REFERENCE = { steps: 160, states: 4 } as const;

export interface Precision {
  readonly steps: number;
  readonly states: number;
  /** Of the worst chamber, in % and degrees. */
  readonly amplitude: number;
  readonly phase: number;
  /** Real-time factor of the whole farm. */
  readonly pace: Timing;
  /** Step over its stability limit. */
  readonly share: number;
}

const DEGREES = 180 / Math.PI;

/** The farm at END_S, its last window read; null when it refuses so long a step. */
function steadyFarm(steps: number, states: number, stroke: number | null): Farm | null {
  const farm = shippedFarm(
    'simulation.fidelity=waveform',
    `simulation.thermoviscous_states=${states}`,
    `simulation.steps_per_cycle=${Math.max(20, steps)}`,
    `simulation.steady_steps_per_cycle=${Math.max(LEAST_AUTOMATIC, steps)}`,
    ...(stroke === null ? [] : [`drive.stroke_m3=${stroke}`]),
  );
  simulate(farm, HALF_S);
  if (steps < LEAST_AUTOMATIC) {
    const period = 1 / farm.values['drive.frequency_Hz'];
    if (!farm.edit({ 'simulation.time_step_s': period / steps }).ok) return null;
  }
  simulate(farm, END_S - farm.time_s);
  return farm;
}

/** Largest deviations of a chamber's amplitude (%) and phase (°) from another farm's. */
export function worstChamber(farm: Farm, reference: Farm): { amplitude: number; phase: number } {
  const [r, q] = [farm.detector.readings, reference.detector.readings];
  let amplitude = 0;
  let phase = 0;
  for (let i = 0; i < farm.layout.count; i++) {
    amplitude = Math.max(amplitude, 100 * Math.abs(amplitudeOf(r, i) / amplitudeOf(q, i) - 1));
    const turned = DEGREES * (phaseOf(r, i) - phaseOf(q, i));
    phase = Math.max(phase, Math.abs(turned - 360 * Math.round(turned / 360)));
  }
  return { amplitude, phase };
}

export function measurePrecision(rounds: number, progress: (share: number) => void): Precision[] {
  lendThreads(1);
  const reference = steadyFarm(REFERENCE.steps, REFERENCE.states, null);
  if (!reference) throw new Error('The reference refuses its step.');
  const stroke = 2 * reference.pistonAmplitude;
  const cases = STATES.flatMap((states) => STEPS.map((steps) => ({ steps, states })));
  const measured = cases.flatMap(({ steps, states }, m) => {
    progress((0.7 * m) / cases.length);
    const farm = steadyFarm(steps, states, stroke);
    if (!farm) return [];
    return [{ steps, states, farm, ...worstChamber(farm, reference), share: farm.stepLength_s / farm.stableStep }];
  });
  progress(0.7);
  const paces = factorsInTurn(
    measured.map(({ farm }) => farm),
    rounds,
  );
  return measured.map(({ steps, states, amplitude, phase, share }, m) => ({
    steps,
    states,
    amplitude,
    phase,
    share,
    pace: speedOf(paces[m]),
  }));
}

export function precisionTable(rows: readonly Precision[]): string {
  const head = ['boundary-layer states', 'steps a cycle', 'Δt over its limit', 'amplitude, %', 'phase, °'];
  return alignedTable(
    [
      [...head, 'of real time, median (p95)'],
      ...rows.map((r) => [
        String(r.states),
        String(r.steps),
        r.share.toFixed(2),
        figure(r.amplitude),
        figure(r.phase),
        `${figure(r.pace.median)} (${figure(r.pace.p95)})`,
      ]),
    ],
    head.concat('').map(() => true),
  );
}

export function precisionFigure(rows: readonly Precision[]): string {
  const series = (value: (r: Precision) => number) =>
    STATES.map((states) => ({
      label: `${states} boundary-layer states, points: steps a cycle`,
      points: rows
        .filter((r) => r.states === states && value(r) > 0)
        .map((r): Point => ({ x: r.pace.median, y: value(r), label: String(r.steps) })),
    }));
  const x = { label: 'real-time factor, one core', scale: 'linear' } as const;
  const title = `Steady wave of default after ${END_S} s, worst chamber, against ${REFERENCE.steps} steps a cycle and ${REFERENCE.states} states`;
  return drawFigure({
    title,
    panels: [
      {
        title: 'amplitude',
        x,
        y: { label: 'error of amplitude, %', scale: 'log' },
        series: series((r) => r.amplitude),
      },
      { title: 'phase', x, y: { label: 'error of phase, degrees', scale: 'log' }, series: series((r) => r.phase) },
    ],
  });
}

/** Farms that are compared as time goes on, each with its steps in a cycle of the steady wave and its states, and when, s. */
const LASTING = [
  { steps: LEAST_AUTOMATIC, states: 2 },
  { steps: 20, states: 2 },
  { steps: 40, states: 2 },
  { steps: LEAST_AUTOMATIC, states: 4 },
] as const;
const LASTING_S = [0.05, 0.1, 0.3, 1, 2, 4, 8];

export interface Lasting {
  readonly time_s: number;
  /** Of the worst chamber in each case of LASTING, in % and degrees. */
  readonly errors: readonly { amplitude: number; phase: number }[];
}

/** How the worst chamber's error goes on while every cycle is resolved, against the reference at the same stroke. */
export function measureLasting(progress: (share: number) => void): Lasting[] {
  lendThreads(1);
  const farmOf = (steps: number, states: number, ...sets: string[]): Farm =>
    shippedFarm(
      'simulation.fidelity=waveform',
      `simulation.thermoviscous_states=${states}`,
      `simulation.steps_per_cycle=${Math.max(20, steps)}`,
      `simulation.steady_steps_per_cycle=${steps}`,
      ...sets,
    );
  const reference = farmOf(REFERENCE.steps, REFERENCE.states);
  const stroke = `drive.stroke_m3=${2 * reference.pistonAmplitude}`;
  const farms = LASTING.map(({ steps, states }) => farmOf(steps, states, stroke));
  return LASTING_S.map((time_s) => {
    for (const farm of [reference, ...farms]) simulate(farm, time_s - farm.time_s);
    progress(time_s / LASTING_S[LASTING_S.length - 1]);
    return { time_s, errors: farms.map((farm) => worstChamber(farm, reference)) };
  });
}

export function lastingTable(rows: readonly Lasting[]): string {
  const head = ['at, s', ...LASTING.map(({ steps, states }) => `${steps} steps a cycle, ${states} states`)];
  return alignedTable(
    [
      head,
      ...rows.map(({ time_s, errors }) => [
        String(time_s),
        ...errors.map(({ amplitude, phase }) => `${figure(amplitude)} %, ${figure(phase)}°`),
      ]),
    ],
    head.map(() => true),
  );
}

/** Build-up of a small farm from rest: how far it is from the finest steps, over the largest deviation from the mean. */
export interface BuildUp {
  readonly steps: number;
  readonly plain: number;
  readonly prewarped: number;
}

const BUILD_UP_S = 0.05;
const FINEST = 320;
/** Instants compared in a cycle. */
const INSTANTS = 20;

/** Pressures of all chambers at every instant. */
function buildUpOf(steps: number, prewarped: boolean): number[] {
  const farm = shippedFarm(
    ...['layout.size=[4,4,4]', 'simulation.fidelity=waveform', `simulation.steps_per_cycle=${steps}`],
  );
  if (!prewarped) farm.network.stepping = stepCoefficients(farm.coefficients, 0);
  const pressures: number[] = [];
  const instants = Math.round(BUILD_UP_S * farm.values['drive.frequency_Hz'] * INSTANTS);
  for (let n = 0; n < instants; n++) {
    farm.step(steps / INSTANTS);
    for (const p of farm.state.pressure) pressures.push(p);
  }
  return pressures;
}

export function measureBuildUp(): BuildUp[] {
  lendThreads(1);
  const finest = buildUpOf(FINEST, true);
  const rest = finest.reduce((sum, p) => sum + p / finest.length, 0);
  const peak = finest.reduce((most, p) => Math.max(most, Math.abs(p - rest)), 0);
  const error = (pressures: readonly number[]): number =>
    pressures.reduce((most, p, k) => Math.max(most, Math.abs(p - finest[k])), 0) / peak;
  return [20, 40, 80, 160].map((steps) => ({
    steps,
    plain: error(buildUpOf(steps, false)),
    prewarped: error(buildUpOf(steps, true)),
  }));
}

export function buildUpTable(rows: readonly BuildUp[]): string {
  const percent = (share: number): string => `${figure(100 * share)} %`;
  return alignedTable(
    [
      ['steps a cycle', 'with traps, not prewarped', 'prewarped at the drive frequency (in use)'],
      ...rows.map((r) => [String(r.steps), percent(r.plain), percent(r.prewarped)]),
    ],
    [true, true, true],
  );
}
