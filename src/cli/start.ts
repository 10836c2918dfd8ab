// What commands that run a farm share: the farm of a scenario or snapshot, the faults asked for, and how far it is stepped.

import { readFileSync } from 'node:fs';
import type { Farm } from '../engine/farm.ts';
import { parseFault } from '../engine/faults/parse.ts';
import { loadSnapshot } from '../engine/snapshot.ts';
import { MOST_THREADS } from '../kernel/block.ts';
import { badInput, formatProblem, usage } from './output.ts';
import { scenarioFarm, scenarioValues } from './scenario.ts';

export interface StartOptions {
  duration?: string | undefined;
  set?: string[] | undefined;
  seed?: string | undefined;
  fidelity?: string | undefined;
  threads?: string | undefined;
  fault?: string[] | undefined;
  load?: string | undefined;
  json?: boolean | undefined;
}

/** Runs up to this long resolve every cycle under automatic fidelity, s. */
export const WAVEFORM_RUN_S = 10;

/** Seconds of simulated time to run. @throws CliError when the text is none */
export function durationOf(text: string | undefined, standard: number): number {
  const duration = Number(text ?? standard);
  if (!(duration >= 0 && duration <= 1e6)) throw usage(`--duration ${text}: give seconds from 0 to 1e6.`);
  return duration;
}

export interface AdvanceOptions {
  /** With automatic fidelity: cycles are looked at one by one. */
  readonly looking: boolean;
  readonly afterStep?: () => void;
  /** Now and then, for people. */
  readonly progress?: () => void;
}

/** Steps to take before looking how much is left: averaged ones differ in length. */
export const stepsAtOnce = (farm: Farm, left: number): number => (farm.mode === 'averaged' ? 1 : Math.min(100, left));

/** Steps a farm to a simulated time (s). @returns steps done, and why it stopped early; null when it did not */
export function advance(farm: Farm, endS: number, options: AdvanceOptions): { steps: number; stopped: string | null } {
  const wantedAveraged = farm.mode === 'averaged';
  farm.modes.horizon_s = endS;
  let steps = 0;
  while (farm.intact) {
    farm.chooseMode(options.looking);
    const left = Math.round((endS - farm.time_s) / farm.stepLength_s);
    if (left <= 0 || (wantedAveraged && farm.mode !== 'averaged')) break;
    steps += farm.step(stepsAtOnce(farm, left), options.afterStep);
    options.progress?.();
  }
  return { steps, stopped: limitReached(farm, wantedAveraged) };
}

/** Adds the faults asked for, at simulated times of the run. */
export function addFaults(farm: Farm, texts: readonly string[]): void {
  for (const text of texts) {
    const parsed = parseFault(text, farm.plant.targets, farm.plant.measurement.numbers);
    if (!parsed.ok) throw badInput(parsed.problems.map(formatProblem).join('\n'));
    farm.plant.addFault(parsed.fault, 'command line');
  }
}

/** Threads asked for; as many as the machine lends by default. The results are the same for any number. */
export function threadCount(text: string | undefined): number | undefined {
  if (text === undefined) return undefined;
  const threads = Number(text);
  if (!(Number.isInteger(threads) && threads >= 1 && threads <= MOST_THREADS))
    throw usage(`--threads ${text}: give a whole number from 1 to ${MOST_THREADS}.`);
  return threads;
}

/** Why the run ended before its time; null when it did not. */
function limitReached(farm: Farm, wantedAveraged: boolean): string | null {
  if (!farm.intact) return `${farm.stopReason ?? 'A limit was reached.'} The run stopped.`;
  if (wantedAveraged && farm.mode !== 'averaged')
    return `${farm.modeRemark ?? 'The farm cannot be averaged.'} The run stopped.`;
  return null;
}

/** @param command for the message when no scenario is given */
export function startFarm(scenario: string | undefined, options: StartOptions, command = 'run'): Farm {
  if (options.load) {
    if (scenario) throw usage('Give a scenario or --load, not both: the snapshot has its scenario inside.');
    let bytes: Uint8Array;
    try {
      bytes = readFileSync(options.load);
    } catch {
      throw badInput(`${options.load}: the file cannot be read.`);
    }
    const loaded = loadSnapshot(bytes);
    if (!loaded.ok) throw badInput(`${options.load}: ${loaded.message}`);
    return loaded.farm;
  }
  if (!scenario)
    throw usage(`${command} needs a scenario: a TOML file or the name of a shipped one, for example "default".`);
  const sets = options.fidelity
    ? [...(options.set ?? []), `simulation.fidelity=${options.fidelity}`]
    : (options.set ?? []);
  return scenarioFarm(scenarioValues(scenario, sets, options.seed), scenario);
}
