// `npm run campaign alarms [sides] [seed] [words]`: alarms of upsets within the design on the whole farm, against row D4 of the
// reliability figures: at most ten announced in ten minutes, one in steady state, no chatter, none lost, in order, first cause right.
// Averaged, with steps of 0.1 s while the controller acts and 0.5 s otherwise, so that ten simulated minutes are cheap; a farm whose
// oscillation cannot be averaged goes on with every cycle resolved, and that is told.

import { readFileSync } from 'node:fs';
import { readScenario } from '../src/engine/config/read.ts';
import { SCENARIOS } from '../src/engine/config/scenarios.ts';
import { Farm } from '../src/engine/farm.ts';
import {
  type AlarmLoad,
  type DesignUpset,
  designUpsets,
  excess,
  measureAlarmLoad,
  UPSET_AT_S,
} from '../src/engine/faults/alarm-load.ts';
import { checkEdits } from '../src/engine/parameters/check-edits.ts';
import { farmWith } from '../src/engine/testing.ts';

const AVERAGED = { 'simulation.fidelity': 'averaged', 'simulation.averaged_step_s': 0.5 };
const HEADERS = { 'headers.enabled': true };

/** Settings, and upsets that say nothing there. */
const SETTINGS: readonly (readonly [name: string, edits: Readonly<Record<string, unknown>>, left: RegExp])[] = [
  ['controlled', { ...HEADERS, 'pressure_control.cycling_enabled': false, 'control.enabled': true }, /^$/],
  ['cycling', HEADERS, /^$/],
  ['without headers', {}, /header|valve|pump|compressor|restart/],
];
/** Beyond the design, by its own words. */
const BEYOND = 'seed-as-written';
const CUT_S = UPSET_AT_S + 2;
const COMPARED_S = 30;

/** @returns whether all figures hold */
export function alarmCampaign(sides: string, seed: number, words: string): boolean {
  const size = sides.split(',').map(Number);
  if (size.length !== 3 || !size.every((n) => Number.isInteger(n) && n > 0) || !Number.isInteger(seed))
    throw new Error('Use: npm run campaign alarms [sides, as 3,3,3] [seed, whole] [words of an upset’s name]');
  let bad = 0;
  let [announced, judged, right] = [0, 0, 0];
  const tell = (place: string, upset: DesignUpset, load: AlarmLoad, mode: string, isStable: boolean): void => {
    const wrong = [...excess(upset, load), ...(isStable ? [] : ['another order from a snapshot'])];
    if (wrong.length > 0) bad++;
    announced = Math.max(announced, load.announced.length);
    if (load.firstOut !== null) judged++;
    if (load.firstOut) right++;
    const what = load.announced.length === 0 ? 'nothing announced' : `first cause ${load.named}`;
    process.stdout.write(
      `${place}, ${upset.name}: ${load.announced.length} announced, ${what}, ${mode}${wrong.map((text) => `; WRONG: ${text}`).join('')}\n`,
    );
  };
  for (const [name, edits, left] of SETTINGS) {
    const make = (): Farm => farmWith({ 'layout.size': size, ...AVERAGED, ...edits });
    for (const upset of designUpsets(seed, make().plant.targets)) {
      if (left.test(upset.name) || !upset.name.includes(words)) continue;
      const farm = make();
      const load = measureAlarmLoad(farm, upset);
      tell(name, upset, load, farm.mode, isStable(make, upset));
    }
  }
  if (words === '' || words === 'steady')
    for (const { name, path } of SCENARIOS) if (name !== BEYOND) steady(name, path, tell);
  process.stdout.write(
    `Most announced in ten minutes: ${announced}; first cause right in ${right} of ${judged}; ${bad} beyond the figures\n`,
  );
  return bad === 0;
}

/** Whether the first half minute has the same alarms in the same order when it goes on from a snapshot in the midst. */
function isStable(make: () => Farm, upset: DesignUpset): boolean {
  const [whole, cut] = [Number.POSITIVE_INFINITY, CUT_S].map(
    (cut_s) => measureAlarmLoad(make(), upset, { window_s: COMPARED_S, cut_s }).journal,
  );
  return whole === cut;
}

type Tell = (place: string, upset: DesignUpset, load: AlarmLoad, mode: string, isStable: boolean) => void;

/** Ten minutes of a shipped scenario left to itself. */
function steady(name: string, path: string, tell: Tell): void {
  const text = readFileSync(new URL(`../public/${path}`, import.meta.url), 'utf8');
  const { values } = readScenario(text, name);
  const checked = values && checkEdits(values, AVERAGED);
  const made = checked?.ok ? Farm.create(checked.values) : null;
  if (!made?.ok) throw new Error(`${name} cannot be averaged`);
  const [calm] = designUpsets(1, made.farm.plant.targets);
  if (calm) tell(name, calm, measureAlarmLoad(made.farm, calm), made.farm.mode, true);
}
