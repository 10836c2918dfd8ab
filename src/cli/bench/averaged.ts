// Benchmarks of the averaged mode: an hour of `default` with the room's air, and the harmonic balance at some sizes.

import type { Farm } from '../../engine/farm.ts';
import { type AveragedContext, harmonicInput } from '../../engine/gas-oscillation/averaged/averaged-state.ts';
import { solveHarmonicBalance } from '../../engine/gas-oscillation/averaged/harmonic-balance.ts';
import type { HarmonicSolution } from '../../engine/gas-oscillation/averaged/harmonic-types.ts';
import { averagedFromWaveform } from '../../engine/gas-oscillation/averaged/waveform-exchange.ts';
import { sin } from '../../engine/numerics/elementary.ts';
import { lendThreads } from '../step-threads.ts';
import type { BenchmarkSettings } from './command.ts';
import { shippedFarm, simulate } from './farms.ts';
import { type Benchmark, type BenchmarkPart, benchmark } from './report.ts';
import { secondsOf, type Timing, timingOf } from './timing.ts';

const SIZES = [1000, 8000];
const HOUR_S = 3600;
/** The stroke of `default`, so that farms of all sizes oscillate alike, m³. */
const STROKE = 'drive.stroke_m3=1.05e-5';
/** As the averaged mode asks for. */
const TOLERANCE = 1e-7;
/** The means' move between two balances, K. */
const MOVE_K = 0.1;

export function averagedBenchmark(settings: BenchmarkSettings): BenchmarkPart {
  lendThreads(1);
  const sizes = settings.chambers ?? SIZES;
  const parts = sizes.length + 1;
  settings.progress(0);
  const hour = averagedHour(settings.rounds ?? 3);
  const notes: string[] = [];
  const balances = sizes.flatMap((chambers, m) => {
    settings.progress((m + 1) / parts);
    const row = balanceOf(chambers, settings.rounds ?? 6);
    if (!row) notes.push(`${chambers} chambers: no harmonic balance was found.`);
    return row ? [row] : [];
  });
  return {
    title: `averaged: an hour of default in steps from 10 s on with the room's air, after two that warm up, against the waveform's pace over 0.2 s times an hour; the harmonic balance to ${TOLERANCE} after every mean temperature has moved by up to ${MOVE_K} K, against the first one from nothing.`,
    benchmarks: [hour, ...balances],
    notes,
  };
}

function averagedHour(rounds: number): Benchmark {
  const hour = (): number => {
    const farm = shippedFarm('simulation.fidelity=averaged');
    return secondsOf(() => simulate(farm, HOUR_S));
  };
  // Two that compile.
  hour();
  hour();
  const seconds = Array.from({ length: rounds }, hour);
  const waveform = shippedFarm('simulation.fidelity=waveform');
  simulate(waveform, 0.3);
  const paces = Array.from({ length: 4 }, () => HOUR_S * (secondsOf(() => simulate(waveform, 0.05)) / 0.05));
  return benchmark({
    name: 'averaged hour',
    chambers: waveform.layout.count,
    unit: 's',
    timing: timingOf(seconds),
    reference: 'waveform',
    against: timingOf(paces),
  });
}

function balanceOf(chambers: number, rounds: number): Benchmark | null {
  const farm = shippedFarm(
    `gas_oscillation.chamber_count=${chambers}`,
    ...['simulation.fidelity=waveform', 'drive.frequency_Hz=1000', STROKE],
  );
  const { first, warm } = balanceTimes(farm, rounds);
  if (!warm) return null;
  return benchmark({
    name: 'harmonic balance, warm',
    chambers: farm.layout.count,
    unit: 's',
    timing: warm,
    reference: 'cold',
    against: first,
  });
}

/** Seconds of the first balance and of those that start at the one before; the latter null when one fails. */
function balanceTimes(farm: Farm, rounds: number): { first: Timing; warm: Timing | null } {
  const context: AveragedContext = {
    edges: farm.layout.edges,
    restVolume: farm.restVolume,
    coefficients: farm.stepping,
    surroundings: farm.surroundings,
  };
  const s = averagedFromWaveform(farm.state, farm.state.temperature, context, 0);
  let warm: HarmonicSolution | null = null;
  const solve = (): number =>
    secondsOf(() => {
      const result = solveHarmonicBalance(harmonicInput(s, context), { tolerance: TOLERANCE, warm });
      warm = result.ok ? result.solution : null;
    });
  const first = timingOf([solve()]);
  const seconds: number[] = [];
  for (let m = 0; m < rounds && warm; m++) {
    for (let i = 0; i < s.chambers; i++) s.temperature[i] += MOVE_K * (0.5 + 0.5 * sin(i));
    seconds.push(solve());
  }
  return { first, warm: warm ? timingOf(seconds) : null };
}
