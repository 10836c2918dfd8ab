// `npm run campaign [runs] [seed]`: random faults, alone and in pairs, on small farms with headers of several settings, each run with a
// seed of its own; what must hold is checked in every run, and how often the alarms name the first cause.
// `npm run campaign alarms [sides] [seed] [words]`: what upsets within the design ask of the operator (alarm-campaign.ts).

import type { Farm } from '../src/engine/farm.ts';
import { pairedFaults, singleFaults } from '../src/engine/faults/campaign.ts';
import { runCampaignCase } from '../src/engine/faults/campaign-run.ts';
import { type FaultSpec, faultKind } from '../src/engine/faults/fault-kinds.ts';
import { createRandom } from '../src/engine/numerics/random.ts';
import { farmWith } from '../src/engine/testing.ts';
import { alarmCampaign } from './alarm-campaign.ts';

const HORIZON_S = 4;

/** Settings in turn, so that faults meet every way the headers work. */
const SETTINGS: readonly (readonly [name: string, edits: Readonly<Record<string, unknown>>])[] = [
  ['cycling', {}],
  ['cycling, layer after layer, trapezoid', { 'headers.cycle': 'trapezoid', 'headers.phase_pattern': 'layers' }],
  ['controlled', { 'pressure_control.cycling_enabled': false, 'control.enabled': true }],
  // Valves that followed the sound would pass more gas than the pumps are made for.
  [
    'cycling, pumps by curve',
    {
      'headers.compressor_model': 'curve',
      'headers.cycle_feed_forward': true,
      'pressure_control.valve_response_time': 0.01,
    },
  ],
  // Supply valves stand open to a supply beyond the relief valves' set pressure: only the relief valves hold it.
  [
    'above the relief pressure',
    {
      'pressure_control.cycling_enabled': false,
      'headers.supply_pressure_Pa': 2.5e6,
      'headers.supply_opening': 0.1,
      'safety.interlocks_enabled': false,
      'drive.enabled': false,
    },
  ],
];

/** @returns whether everything holds */
function faultCampaign(runs: number, first: number): boolean {
  let alarmed = 0;
  let right = 0;
  let bad = 0;
  const silent: string[] = [];
  for (let n = 0; n < runs; n++) {
    const seed = first + n;
    const [name, edits] = SETTINGS[n % SETTINGS.length];
    const farm = farmWith({
      'layout.size': [3, 2, 2],
      'simulation.fidelity': 'waveform',
      'headers.enabled': true,
      'simulation.seed': seed % 1_000_000,
      ...edits,
    });
    const random = createRandom(seed);
    const pool = (random.next() < 0.4 ? singleFaults : pairedFaults)(
      seed,
      farm.plant.targets,
      HORIZON_S,
      1,
      farm.plant.measurement.numbers,
    );
    const faults = pool[Math.floor(random.next() * pool.length)];
    const r = runCampaignCase(farm, faults, HORIZON_S);
    const text = faults
      .map((f) => `${f.kind}=${f.magnitudes.map((x) => x.toPrecision(3))}@${f.targets}:${f.start_s.toFixed(2)}`)
      .join(' + ');
    const sound = r.stopped === null && r.finite && r.relieved && r.energyResidual < 1e-9;
    // Beyond the design, alarms of the pressure come first whatever else fails.
    const judged = name !== 'above the relief pressure';
    if (!sound) bad++;
    if (judged && r.right !== null) alarmed++;
    if (judged && r.right === null)
      silent.push(faults.map((f) => `${f.kind}${strikesInstrument(f, farm) ? ' (no voter)' : ''}`).join(' + '));
    if (judged && r.right) right++;
    if (!sound || (judged && r.right === false)) {
      const cause = r.named ? `${r.named.kind}@${r.named.index}` : 'nothing';
      process.stdout.write(
        `seed ${seed}, ${name}: ${text}: named ${cause}; ${r.stopped ?? 'ran'}, finite ${r.finite}, highest ${(r.highest_Pa / 101325).toFixed(2)} atm, energy ${r.energyResidual.toExponential(1)}\n`,
      );
    }
  }
  process.stdout.write(
    `${runs} runs: ${bad} unsound; alarmed ${alarmed}, first cause right in ${right} (${((100 * right) / Math.max(1, alarmed)).toFixed(1)} %)\n`,
  );
  process.stdout.write(`not alarmed at all: ${silent.length}${silent.length > 0 ? `: ${counted(silent)}` : ''}\n`);
  return bad === 0 && right >= 0.95 * alarmed;
}

/** Whether a fault strikes a sensor that does not vote. */
const strikesInstrument = ({ kind, targets }: FaultSpec, { plant }: Farm): boolean =>
  faultKind(kind).target === 'sensor' && targets.some((k) => k >= plant.measurement.numbers.voting);

/** Texts with how often each comes, the most frequent first. */
function counted(texts: readonly string[]): string {
  const counts = new Map<string, number>();
  for (const text of texts) counts.set(text, (counts.get(text) ?? 0) + 1);
  return [...counts]
    .sort(([, a], [, b]) => b - a)
    .map(([text, n]) => `${n} ${text}`)
    .join(', ');
}

const [, , what, ...rest] = process.argv;
const holds =
  what === 'alarms'
    ? alarmCampaign(rest[0] ?? '3,3,3', Number(rest[1] ?? 11), rest[2] ?? '')
    : faultCampaign(Number(what ?? 200), Number(rest[0] ?? 20261123));
process.exitCode = holds ? 0 : 1;
