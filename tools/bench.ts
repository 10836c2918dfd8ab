// `npm run bench [chambers…]`: nanoseconds per chamber and step of the kernel, beside two references measured in the same
// run on the same farm: the plain TypeScript step, and the same step in C (bench/step.c) at `cc -O3 -march=native`.
// Seeded by nature (the farm is deterministic), warmed, median and 95th percentile over rounds.

import { execFileSync, spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { cpus, tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { GAS_CONSTANT } from '../src/engine/constants.ts';
import type { Farm } from '../src/engine/farm.ts';
import { RECENTRE_K, REFERENCE_TEMPERATURE } from '../src/engine/gas/caloric.ts';
import { createStepper } from '../src/engine/gas-oscillation/kernel.ts';
import { createRelabelling } from '../src/engine/gas-oscillation/relabel.ts';
import { CLOCK } from '../src/engine/gas-oscillation/state.ts';
import { acousticStep, type StepWork } from '../src/engine/gas-oscillation/step.ts';
import { cos, exp, sin, TWO_PI } from '../src/engine/numerics/elementary.ts';
import { farmWith } from '../src/engine/testing.ts';

const SIZES: Readonly<Record<number, readonly [number, number, number]>> = {
  10: [5, 2, 1],
  100: [5, 5, 4],
  1000: [10, 10, 10],
  10000: [25, 20, 20],
  100000: [50, 50, 40],
};
const ROUNDS = 40;
const WARM_ROUNDS = 8;

interface Timing {
  readonly median: number;
  readonly p95: number;
}

/** Of nanoseconds per chamber and step, the warming rounds left out. */
function timing(seconds: readonly number[], chambers: number, steps: number): Timing {
  const sorted = seconds
    .slice(WARM_ROUNDS)
    .map((s) => (s * 1e9) / chambers / steps)
    .sort((a, b) => a - b);
  return { median: sorted[sorted.length >> 1], p95: sorted[Math.floor(0.95 * sorted.length)] };
}

const createWork = (farm: Farm): StepWork => ({
  volumeChange: new Float64Array(farm.state.chambers),
  frictionHeat: new Float64Array(farm.state.chambers),
  minorHeat: new Float64Array(farm.state.chambers),
  relabelling: createRelabelling(farm.state.chambers, farm.state.ducts),
});

function timeRounds(steps: number, step: () => void): number[] {
  return Array.from({ length: WARM_ROUNDS + ROUNDS }, () => {
    const start = performance.now();
    for (let m = 0; m < steps; m++) step();
    return (performance.now() - start) / 1000;
  });
}

/** What the C program reads; `steps` of the drive clock ahead. */
function dump(farm: Farm, steps: number): Buffer {
  const { state: s, stepping: c, surroundings: a, detector } = farm;
  const { sums } = detector;
  const clock = { cos: new Float64Array(steps), sin: new Float64Array(steps) };
  let turns = s.clock[CLOCK.turns];
  for (let n = 0; n < steps; n++) {
    turns += a.frequency * c.timeStep;
    turns -= Math.floor(turns);
    clock.cos[n] = cos(TWO_PI * turns);
    clock.sin[n] = sin(TWO_PI * turns);
  }
  const scalars = Float64Array.of(
    ...[c.timeStep, a.wallCapacity, a.chipCapacity, a.roomConductance, a.chipConductance, a.roomTemperature],
    ...[a.frequency, a.rampTime > 0 ? 1 - exp(-c.timeStep / a.rampTime) : 1, sums.weight],
    ...[s.gasModel === 'virial' ? 1 : 0, GAS_CONSTANT, REFERENCE_TEMPERATURE, RECENTRE_K],
  );
  const arrays = [
    ...[scalars, s.totals, clock.cos, clock.sin, Float64Array.from(farm.layout.edges)],
    ...[s.flow, s.displacement, s.viscous, sums.peakFlow],
    ...[c.inertial, c.denominator, c.quadratic, c.resistance, c.halfVolume, c.damping, c.layerResistance],
    ...[s.amount, s.energy, s.temperature, s.volume, s.pressure, s.centre, s.caloric, s.virial, s.layer],
    ...[s.instantLayer, s.pendingHeat, s.wall, s.chip, s.pistonRe, s.pistonIm, s.piston],
    ...[a.chipPower, a.pistonTargetRe, a.pistonTargetIm],
    ...[c.instantCapacity, c.wallConductance, c.halfPull, c.layerPull, c.layerCapacity],
    ...[c.inverse, c.doubled, c.approach, c.poleTime],
    ...[sums.pressureCos, sums.pressureSin, sums.offset, sums.pressure, sums.temperature],
    ...[sums.driveWork, sums.wallHeat, sums.friction, sums.minorLoss],
  ];
  const head = new BigUint64Array([BigInt(s.chambers), BigInt(s.ducts), BigInt(s.poles)]);
  return Buffer.concat([head, ...arrays].map((x) => Buffer.from(x.buffer, x.byteOffset, x.byteLength)));
}

/** What the C program writes. */
const outcome = (farm: Farm): Buffer =>
  Buffer.concat(
    [farm.state.pressure, farm.state.temperature, farm.state.energy, farm.state.flow, farm.state.totals].map((x) =>
      Buffer.from(x.buffer, x.byteOffset, x.byteLength),
    ),
  );

const folder = mkdtempSync(join(tmpdir(), 'twin-bench-'));

/** Compiles the C step. @returns its path, or null without a compiler */
function compileC(name: string, ...options: string[]): string | null {
  const source = fileURLToPath(new URL('../bench/step.c', import.meta.url));
  const program = join(folder, name);
  const result = spawnSync('cc', ['-O3', '-march=native', ...options, '-o', program, source, '-lm']);
  return result.status === 0 ? program : null;
}

function runC(program: string, input: string, steps: number): { seconds: number[]; result: Buffer } {
  const output = join(folder, 'out');
  const text = execFileSync(program, [input, output, String(WARM_ROUNDS + ROUNDS), String(steps)], {
    encoding: 'utf8',
  });
  return { seconds: text.trim().split('\n').map(Number), result: readFileSync(output) };
}

const farmOf = (chambers: number): Farm => {
  const farm = farmWith({ 'layout.size': SIZES[chambers], 'drive.stroke_m3': 1e-6 });
  farm.detector.sums.weight = 1;
  return farm;
};

const cell = (t: Timing | null): string => (t ? `${t.median.toFixed(1)} (${t.p95.toFixed(1)})` : '–');
const ratio = (a: Timing | null, b: Timing | null): string => (a && b ? (a.median / b.median).toFixed(2) : '–');

const wanted = process.argv.slice(2).map(Number);
const unknown = wanted.filter((n) => !(n in SIZES));
if (unknown.length > 0) throw new Error(`No farm of ${unknown.join(', ')} chambers: ${Object.keys(SIZES).join(', ')}.`);
const exact = compileC('exact', '-ffp-contract=off');
const free = compileC('free');
if (!exact || !free) console.log('No C compiler (cc): the C reference is skipped.');
console.log(
  `${cpus()[0].model}, Node ${process.versions.node}. ns per chamber and step: median (p95) of ${ROUNDS} rounds.`,
);
console.log('C: cc -O3 -march=native; exact: with -ffp-contract=off, whose results are compared bit for bit.\n');
console.log('| chambers | kernel | TypeScript | C | C exact | TypeScript / kernel | kernel / C |');
console.log('|---|---|---|---|---|---|---|');
for (const chambers of wanted.length > 0 ? wanted : Object.keys(SIZES).map(Number)) {
  // Few enough that no chamber of a small farm drifts to where the C program stops.
  const steps = Math.min(500, Math.max(1, Math.round(50_000 / chambers)));
  const total = steps * (WARM_ROUNDS + ROUNDS);
  const plain = farmOf(chambers);
  const fast = farmOf(chambers);
  const input = join(folder, 'in');
  writeFileSync(input, dump(plain, total));
  const work = createWork(plain);
  const plainTime = timing(
    timeRounds(steps, () =>
      acousticStep(plain.state, plain.stepping, plain.layout.edges, plain.surroundings, plain.detector.sums, work),
    ),
    chambers,
    steps,
  );
  const stepper = createStepper(fast.state, fast.layout.edges, fast.surroundings, fast.detector.sums, createWork(fast));
  const fastTime = timing(
    timeRounds(steps, () => stepper.step(fast.stepping)),
    chambers,
    steps,
  );
  if (stepper.kind !== 'kernel' || !outcome(fast).equals(outcome(plain)))
    throw new Error('The kernel is not the step.');
  let exactTime: Timing | null = null;
  let freeTime: Timing | null = null;
  if (exact && free) {
    const run = runC(exact, input, steps);
    if (!run.result.equals(outcome(plain))) throw new Error('The C program is not the step.');
    exactTime = timing(run.seconds, chambers, steps);
    freeTime = timing(runC(free, input, steps).seconds, chambers, steps);
  }
  const best = freeTime && exactTime && exactTime.median < freeTime.median ? exactTime : freeTime;
  console.log(
    `| ${[chambers, cell(fastTime), cell(plainTime), cell(freeTime), cell(exactTime), ratio(plainTime, fastTime), ratio(fastTime, best)].join(' | ')} |`,
  );
}
rmSync(folder, { recursive: true });
