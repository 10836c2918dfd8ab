// Benchmark against a circuit simulator: the farm's linear network in ngspice, and the kernel's step of the same farm, which
// carries the nonlinear gas besides. Cost of one time step of the same length.

import { spawnSync } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Farm } from '../../engine/farm.ts';
import { createStepper } from '../../engine/gas-oscillation/kernel.ts';
import { netlist } from '../../engine/gas-oscillation/netlist.ts';
import { lendThreads } from '../step-threads.ts';
import { inScratch } from './c-step.ts';
import type { BenchmarkSettings } from './command.ts';
import { shippedFarm } from './farms.ts';
import { type Benchmark, type BenchmarkPart, benchmark } from './report.ts';
import { createWork } from './steps.ts';
import { secondsOfRounds, type Timing, timingOf } from './timing.ts';

const SIZES = [64, 216];
/** Steps of a run; ngspice adds a few short ones at the start. */
const STEPS = 200;
const MICROSECONDS = 'µs per step';

/** How ngspice chooses its steps: as long as allowed, or as its own control of the error wants. */
const CONTROLS = [
  { name: 'the same steps', options: 'reltol=1e-3 abstol=1e-9 vntol=1 chgtol=1e-3 trtol=1e9' },
  { name: 'own error control', options: 'reltol=1e-5 abstol=1e-12 vntol=1e-6' },
] as const;

export interface SpiceRun {
  readonly seconds: number;
  readonly steps: number;
}

export function spiceBenchmark(settings: BenchmarkSettings): BenchmarkPart {
  const title = `spice: ${STEPS} time steps of a farm, the kernel (nonlinear gas and losses) against ngspice on the farm's linear network, trapezoidal rule. "The same steps": ngspice's control of the error switched off, time per accepted step. "Own error control" (relative 1e-5, steps at most as long): time per step of the farm.`;
  if (spawnSync('ngspice', ['--version']).error)
    return { title, benchmarks: [], notes: ['ngspice is skipped: it is not installed.'] };
  lendThreads(1);
  const sizes = settings.chambers ?? SIZES;
  const notes: string[] = [];
  const benchmarks = sizes.flatMap((chambers, m) => {
    settings.progress(m / sizes.length);
    return compare(chambers, settings.rounds ?? 3, notes);
  });
  return { title, benchmarks, notes };
}

/** The farm that the golden values of the network use: a small stroke, no heat from chips. */
const linearFarm = (chambers: number): Farm =>
  shippedFarm(
    `gas_oscillation.chamber_count=${chambers}`,
    ...['drive.stroke_m3=1.05e-6', 'chips.power_W=0', 'simulation.fidelity=waveform'],
  );

function compare(chambers: number, rounds: number, notes: string[]): Benchmark[] {
  const farm = linearFarm(chambers);
  const text = netlist(farm, { duration_s: STEPS * farm.stepLength_s, linear: true, title: 'bench' });
  const timing = kernelStep(farm, 20);
  const rows: Benchmark[] = [];
  for (const { name, options } of CONTROLS) {
    const runs = Array.from({ length: rounds }, () => runSpice(withSteps(text, farm.stepLength_s, STEPS, options)));
    const done = runs.flatMap((run) => (run ? [run] : []));
    if (done.length === 0) {
      notes.push(`ngspice did not finish ${chambers} chambers.`);
      continue;
    }
    const steps = options === CONTROLS[0].options ? done[0].steps : STEPS;
    const against = timingOf(done.map((run) => (1e6 * run.seconds) / steps));
    rows.push(
      benchmark({
        name: `spice, ${name}`,
        chambers: farm.layout.count,
        unit: MICROSECONDS,
        timing,
        reference: 'ngspice',
        against,
      }),
    );
    notes.push(`${chambers} chambers, ${name}: ngspice took ${done[0].steps} steps, ${rounds} runs.`);
  }
  return rows;
}

/** Microseconds of a step of the kernel. */
function kernelStep(farm: Farm, rounds: number): Timing {
  farm.detector.sums.weight = 1;
  const stepper = createStepper(farm.state, farm.layout.edges, farm.surroundings, farm.detector.sums, createWork(farm));
  const seconds = secondsOfRounds(rounds, () => {
    for (let m = 0; m < STEPS; m++) stepper.step(farm.stepping);
  });
  return timingOf(seconds.slice(-rounds).map((s) => (1e6 * s) / STEPS));
}

/** The netlist with steps of a given length, nothing printed, and an account of the run. */
export function withSteps(text: string, step_s: number, steps: number, options: string): string {
  return text
    .split('\n')
    .filter((line) => !line.startsWith('.print '))
    .map((line) => {
      if (line.startsWith('.tran ')) return `.tran ${step_s} ${steps * step_s} 0 ${step_s} uic`;
      return line.startsWith('.options ') ? `.options acct ${options} method=trap` : line;
    })
    .join('\n');
}

function runSpice(text: string): SpiceRun | null {
  return inScratch((folder) => {
    const file = join(folder, 'farm.cir');
    writeFileSync(file, text);
    const { stdout, stderr } = spawnSync('ngspice', ['-b', '-r', join(folder, 'farm.raw'), file], { encoding: 'utf8' });
    return readAccount(`${stdout}\n${stderr}`);
  });
}

/** Seconds of the transient analysis alone (reading the netlist left out) and steps accepted, as ngspice accounts for them. */
export function readAccount(text: string): SpiceRun | null {
  const seconds = Number(text.match(/^Transient analysis time = ([\d.eE+-]+)/m)?.[1]);
  const steps = Number(text.match(/^Accepted timepoints = (\d+)/m)?.[1]);
  return seconds > 0 && steps > 0 ? { seconds, steps } : null;
}
