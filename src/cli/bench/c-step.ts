// The C program that does the kernel's step (bench/step.c): compiled here, fed with a farm, timed by itself.

import { execFileSync, spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { GAS_CONSTANT } from '../../engine/constants.ts';
import type { Farm } from '../../engine/farm.ts';
import { RECENTRE_K, REFERENCE_TEMPERATURE } from '../../engine/gas/caloric.ts';
import { CLOCK } from '../../engine/gas-oscillation/state.ts';
import { cos, exp, sin, TWO_PI } from '../../engine/numerics/elementary.ts';

/** What the C program says when gas changes chamber, which it cannot. */
const GAS_CROSSED = 3;

/** The program in two shapes: fast, and without fused products, whose results are the kernel's bit for bit. */
export interface CStep {
  readonly fast: string;
  readonly exact: string;
}

const SOURCE = fileURLToPath(new URL('../../../bench/step.c', import.meta.url));

/** Compiles it into a folder. @returns null without a compiler */
export function compileC(folder: string): CStep | null {
  const compile = (name: string, ...options: string[]): string | null => {
    const program = join(folder, name);
    const result = spawnSync('cc', ['-O3', '-march=native', ...options, '-o', program, SOURCE, '-lm']);
    return result.status === 0 ? program : null;
  };
  const fast = compile('step');
  const exact = compile('step-exact', '-ffp-contract=off');
  return fast && exact ? { fast, exact } : null;
}

/** Does something in a folder of its own that is gone afterwards. */
export function inScratch<T>(work: (folder: string) => T): T {
  const folder = mkdtempSync(join(tmpdir(), 'twin-bench-'));
  try {
    return work(folder);
  } finally {
    rmSync(folder, { recursive: true });
  }
}

const bytesOf = (x: Float64Array | BigUint64Array): Buffer => Buffer.from(x.buffer, x.byteOffset, x.byteLength);

/** cos and sin of the drive clock at the steps to come. */
function clockAhead(farm: Farm, steps: number): Float64Array[] {
  const cosines = new Float64Array(steps);
  const sines = new Float64Array(steps);
  let turns = farm.state.clock[CLOCK.turns];
  for (let n = 0; n < steps; n++) {
    turns += farm.surroundings.frequency * farm.stepping.timeStep;
    turns -= Math.floor(turns);
    cosines[n] = cos(TWO_PI * turns);
    sines[n] = sin(TWO_PI * turns);
  }
  return [cosines, sines];
}

/** What the C program reads: its `read_all`; so many steps of the drive clock ahead. */
export function dumpFarm(farm: Farm, steps: number): Buffer {
  const { state: s, stepping: c, surroundings: a, detector } = farm;
  const { sums } = detector;
  const scalars = Float64Array.of(
    ...[c.timeStep, a.wallCapacity, a.chipCapacity, a.roomConductance, a.chipConductance, a.roomTemperature],
    ...[a.frequency, a.rampTime > 0 ? 1 - exp(-c.timeStep / a.rampTime) : 1, sums.weight],
    ...[s.gasModel === 'virial' ? 1 : 0, GAS_CONSTANT, REFERENCE_TEMPERATURE, RECENTRE_K],
    ...[c.trap.ease, c.trap.push, c.powerFactor],
  );
  const arrays = [
    ...[scalars, s.totals, ...clockAhead(farm, steps), Float64Array.from(farm.layout.edges)],
    ...[s.flow, s.displacement, s.viscous, s.trapFlow, s.trapPressure, sums.peakFlow],
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
  return Buffer.concat([bytesOf(head), ...arrays.map(bytesOf)]);
}

/** What the C program writes. */
export function outcomeOf({ state: s }: Farm): Buffer {
  return Buffer.concat([s.pressure, s.temperature, s.energy, s.flow, s.totals].map(bytesOf));
}

/** Runs the program on a dumped farm. @returns seconds of every round, or null when gas changed chamber in it */
export function runC(
  program: string,
  input: Buffer,
  rounds: number,
  steps: number,
): { readonly seconds: readonly number[]; readonly outcome: Buffer } | null {
  return inScratch((folder) => {
    const from = join(folder, 'in');
    const to = join(folder, 'out');
    writeFileSync(from, input);
    try {
      const text = execFileSync(program, [from, to, String(rounds), String(steps)], { encoding: 'utf8' });
      return { seconds: text.trim().split('\n').map(Number), outcome: readFileSync(to) };
    } catch (error) {
      if ((error as { status?: unknown }).status === GAS_CROSSED) return null;
      throw error;
    }
  });
}
