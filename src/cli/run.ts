// `twin run`: simulates a scenario and prints where it went.

import { writeFileSync } from 'node:fs';
import type { Farm } from '../engine/farm.ts';
import { writeField } from '../engine/field-readings.ts';
import { FIELDS, type FieldName, isFieldName } from '../engine/fields.ts';
import { METRIC_NAMES, METRICS } from '../engine/metrics.ts';
import { queryAlarms } from '../engine/monitoring/alarms/alarm-list.ts';
import { computeMetrics, meanEntropyProduction } from '../engine/readings.ts';
import { saveSnapshot } from '../engine/snapshot.ts';
import { farmPotentials } from '../engine/thermodynamics/chamber-ledger.ts';
import { validityNotes } from '../engine/validity.ts';
import { badInput, EXIT, number, printJson, printTable, progressBar, usage } from './output.ts';
import { addFaults, advance, durationOf, type StartOptions, startFarm, threadCount, WAVEFORM_RUN_S } from './start.ts';
import { lendThreads } from './step-threads.ts';

export interface RunOptions extends StartOptions {
  sample?: string[] | undefined;
  save?: string | undefined;
  out?: string | undefined;
  json?: boolean | undefined;
}

interface Sampler {
  readonly column: string;
  readonly every: number;
  readonly read: () => number;
  readonly time_s: number[];
  readonly values: number[];
}

export function runCommand(scenario: string | undefined, options: RunOptions): number {
  lendThreads(threadCount(options.threads));
  const farm = startFarm(scenario, options);
  const duration = durationOf(options.duration, 0.02);
  const samplers = (options.sample ?? []).map((text) => createSampler(text, farm));
  addFaults(farm, options.fault ?? []);
  const startS = farm.time_s;
  const endS = startS + duration;
  // Automatic fidelity: short runs and sampled ones are looked at cycle by cycle.
  const looking = samplers.length > 0 || duration <= WAVEFORM_RUN_S;
  const rows: string[] = [];
  let windows = farm.detector.readings.count;
  const afterStep = (): void => {
    for (const sampler of samplers) if (farm.steps % sampler.every === 0) takeSample(sampler, farm);
    if (options.out && farm.detector.readings.count !== windows) {
      windows = farm.detector.readings.count;
      // What has no value yet, or none in this farm, is an empty cell.
      rows.push([farm.time_s, ...computeMetrics(farm)].map((x) => (Number.isFinite(x) ? x : '')).join(','));
    }
  };
  for (const sampler of samplers) takeSample(sampler, farm);
  const bar = progressBar('run');
  const began = process.hrtime.bigint();
  const { steps: done, stopped } = advance(farm, endS, {
    looking,
    progress: () => bar(duration > 0 ? (farm.time_s - startS) / duration : 1),
    ...((samplers.length > 0 || options.out) && { afterStep }),
  });
  const wall = Number(process.hrtime.bigint() - began) / 1e9;
  if (options.save) save(options.save, farm);
  if (options.out) writeMetrics(options.out, rows);
  const metrics = computeMetrics(farm);
  const balance = farm.balance();
  const entropy = metrics[METRIC_NAMES.indexOf('entropyProduction_W_per_K')];
  const notes = validityNotes(farm, metrics);
  const events = eventsOf(farm, stopped);
  const document = {
    simulated_s: farm.time_s,
    wall_s: wall,
    realTimeFactor: wall > 0 ? (farm.time_s - startS) / wall : 0,
    steps: farm.steps,
    timeStep_s: farm.stepLength_s,
    threads: farm.presentStepper?.threads ?? 1,
    helpedSteps: farm.presentStepper?.helpedSteps() ?? 0,
    chambers: farm.layout.count,
    ducts: farm.layout.edges.length / 2,
    chamberStepsPerSecond: wall > 0 ? (done * farm.layout.count) / wall : 0,
    fidelity: farm.mode,
    stateHash: farm.stateHash(),
    residuals: { mass: balance.mass, species: balance.species, energy: balance.energy },
    entropyProduction_W_per_K: Number.isNaN(entropy) ? meanEntropyProduction(farm) : entropy,
    stroke_m3: 2 * farm.pistonAmplitude,
    freeEnergies: farmPotentials(farm),
    metrics: Object.fromEntries(METRIC_NAMES.map((name, m) => [name, metrics[m]])),
    validity: notes,
    events,
    alarms: queryAlarms(farm.plant.alarms, { limit: MOST_ALARMS }).rows.map((row) => ({
      kind: row.kind,
      place: row.place,
      priority: row.priority,
      state: row.state,
      onset_s: row.onset_s,
      cause: row.cause === undefined ? null : farm.plant.alarmText(row.cause),
    })),
    samples: sampleDocument(samplers),
  };
  if (options.json) printJson(document);
  else printForPeople(document, notes);
  return stopped === null ? EXIT.done : EXIT.physicalLimit;
}

/** A farm that has stopped for good is not stored: what it has left is no state to go on from. */
function save(path: string, farm: Farm): void {
  if (farm.intact) writeFileSync(path, saveSnapshot(farm));
  else process.stderr.write(`${path}: not saved, because the farm has left what can be computed.\n`);
}

/** Most alarms in the document, the most urgent first. */
const MOST_ALARMS = 1000;

/** The log of the plant, then why the run stopped early if it did. */
function eventsOf(farm: Farm, stopped: string | null): { time_s: number; kind: string; message: string }[] {
  const { plant } = farm;
  const log = plant.log.entries().map(({ time_s, what }) => ({ time_s, kind: 'plant', message: what }));
  const alarms = plant.journal
    .entries()
    .filter(({ from, to }) => from !== to)
    .map(({ time_s, alarm, to }) => ({ time_s, kind: 'alarm', message: `${plant.alarmText(alarm)}: ${to}` }));
  const events = [...log, ...alarms].sort((a, b) => a.time_s - b.time_s);
  return stopped === null ? events : [...events, { time_s: farm.time_s, kind: 'limit', message: stopped }];
}

/** "chamber=3,field=pressure,every=1" → what to read, how often. A field may drop its unit. */
function createSampler(text: string, farm: Farm): Sampler {
  const parts = Object.fromEntries(text.split(',').map((part) => part.split('=').map((s) => s.trim())));
  const chamber = Number(parts.chamber);
  if (!Number.isInteger(chamber) || chamber < 0 || chamber >= farm.layout.count) {
    throw badInput(`--sample ${text}: chamber must be a whole number from 0 to ${farm.layout.count - 1}.`);
  }
  const names = Object.keys(FIELDS).filter((name) => name !== 'strobe');
  const field = isFieldName(parts.field) ? parts.field : names.find((name) => name.split('_')[0] === parts.field);
  if (!field || field === 'strobe')
    throw badInput(`--sample ${text}: no field "${parts.field}". Fields: ${names.join(', ')}.`);
  const every = Number(parts.every ?? 1);
  if (!Number.isInteger(every) || every < 1)
    throw badInput(`--sample ${text}: every must be a whole number of steps from 1.`);
  return {
    column: `chamber${chamber}.${field}`,
    every,
    read: fieldValue(farm, field as FieldName, chamber),
    time_s: [],
    values: [],
  };
}

/** Instantaneous quantities come in full precision; the others through the field. */
function fieldValue(farm: Farm, field: FieldName, chamber: number): () => number {
  if (field === 'pressure_Pa') return () => farm.state.pressure[chamber];
  if (field === 'temperature_K') return () => 300 + farm.state.temperature[chamber];
  const buffer = new Float32Array(farm.layout.count);
  return () => {
    writeField(farm, field, buffer);
    return buffer[chamber];
  };
}

function takeSample(sampler: Sampler, farm: Farm): void {
  sampler.time_s.push(farm.time_s);
  sampler.values.push(sampler.read());
}

/** One shared time column when all have the same rate; otherwise each column has its own. */
function sampleDocument(samplers: readonly Sampler[]): Record<string, number[]> {
  const document: Record<string, number[]> = {};
  if (samplers.length === 0) return document;
  document.time_s = samplers[0].time_s;
  for (const sampler of samplers) {
    if (sampler.every !== samplers[0].every) document[`${sampler.column}.time_s`] = sampler.time_s;
    document[sampler.column] = sampler.values;
  }
  return document;
}

function writeMetrics(path: string, rows: readonly string[]): void {
  if (!path.endsWith('.csv')) throw usage(`--out ${path}: only .csv is written yet.`);
  writeFileSync(path, `time_s,${METRIC_NAMES.join(',')}\n${rows.join('\n')}\n`);
}

function printForPeople(
  document: {
    simulated_s: number;
    wall_s: number;
    realTimeFactor: number;
    steps: number;
    chambers: number;
    ducts: number;
    fidelity: string;
    stateHash: string;
    residuals: { mass: number; species: number; energy: number };
    metrics: Record<string, number>;
    events: { time_s: number; message: string }[];
  },
  notes: ReturnType<typeof validityNotes>,
): void {
  process.stdout.write(
    `${document.chambers} chambers, ${document.ducts} ducts: ${number(document.simulated_s)} s in ${number(document.wall_s)} s (${number(document.realTimeFactor)}× real time), ${document.steps} steps, ${document.fidelity}\n`,
  );
  printTable(
    METRIC_NAMES.map((name) => [
      METRICS[name].label,
      number(document.metrics[name]),
      METRICS[name].unit.replace('fraction', '').replace('_per_', '/'),
    ]),
  );
  process.stdout.write(`  State hash ${document.stateHash}\n`);
  for (const note of notes)
    process.stdout.write(`  ${note.level === 'outside' ? 'Outside validity' : 'Caution'}: ${note.message}\n`);
  for (const event of document.events) process.stdout.write(`  ${number(event.time_s)} s  ${event.message}\n`);
}
