// What the trip logic must do, written out a second time for the tests: by counting, with no table. A chamber with three
// pressure and three temperature sensors, three of oxygen and of supply, and the emergency stop.

import { ATM } from '../../constants.ts';
import { type InterlockInputs, Interlocks } from './interlocks.ts';
import type { TripTables } from './trip-table.ts';

export type SensorState = 'fine' | 'above' | 'below' | 'lost';

/** States of the sensors of one quantity, three each. */
export interface Situation {
  readonly pressure: readonly SensorState[];
  readonly temperature: readonly SensorState[];
  readonly oxygen: readonly SensorState[];
  readonly power: readonly SensorState[];
  readonly stop: boolean;
}

const VALUES = {
  pressure: { fine: 5 * ATM, above: 15 * ATM, below: 0.05 * ATM, lost: 0 },
  temperature: { fine: 300, above: 500, below: 1, lost: 0 },
  oxygen: { fine: 0.209, above: 1, below: 0.195, lost: 0 },
  power: { fine: 1, above: 2, below: 0.8, lost: 0 },
} as const;

const count = (states: readonly SensorState[], ...wanted: SensorState[]): number =>
  states.filter((s) => wanted.includes(s)).length;

/** What must be done at the chamber: bits 1 injectors, 2 supply, 4 vents, 8 drive, 16 chips. */
export function demanded({ pressure, temperature, oxygen, power, stop }: Situation): number {
  const enough = (states: readonly SensorState[], side: SensorState): boolean => count(states, side, 'lost') >= 2;
  const vent = stop || enough(pressure, 'above') || enough(pressure, 'below');
  const hotFirst = count(temperature, 'above') >= 1 && enough(temperature, 'above');
  const hold = enough(temperature, 'above') || enough(oxygen, 'below') || enough(power, 'below');
  if (vent || hotFirst) return 31;
  return hold ? 27 : 0;
}

/** A fresh set of interlocks over one chamber, in which a lost sensor counts at once. */
export const interlocksOf = (tables: TripTables): Interlocks =>
  new Interlocks({ groupOf: [0], lostAfter_s: 0, tables }, () => {});

const clean = new WeakMap<Interlocks, Float64Array[]>();

/** What the interlocks do in a situation, from a clean state. */
export function done(interlocks: Interlocks, situation: Situation): number {
  const arrays = interlocks.arrays();
  const start = clean.get(interlocks) ?? arrays.map((array) => array.slice());
  clean.set(interlocks, start);
  for (let k = 0; k < arrays.length; k++) arrays[k].set(start[k]);
  interlocks.step(inputsOf(situation), 1);
  return interlocks.actions[0];
}

export function inputsOf({ pressure, temperature, oxygen, power, stop }: Situation): InterlockInputs {
  const good = (states: readonly SensorState[]): number[] => states.map((s) => (s === 'lost' ? 0 : 1));
  return {
    pressure: pressure.map((s) => VALUES.pressure[s]),
    pressureGood: good(pressure),
    temperature: temperature.map((s) => VALUES.temperature[s]),
    temperatureGood: good(temperature),
    roomOxygen: oxygen.map((s) => VALUES.oxygen[s]),
    roomOxygenGood: good(oxygen),
    supplyPower: power.map((s) => VALUES.power[s]),
    supplyPowerGood: good(power),
    manualStop: stop,
  };
}

type Writable = { -readonly [K in keyof InterlockInputs]: InterlockInputs[K] extends boolean ? boolean : number[] };

/** Inputs of a farm that is well. */
export function calm(chambers: number): Writable {
  const each = (value: number): number[] => new Array(3 * chambers).fill(value);
  return {
    pressure: each(5 * ATM),
    pressureGood: each(1),
    temperature: each(300),
    temperatureGood: each(1),
    roomOxygen: [0.209, 0.209, 0.209],
    roomOxygenGood: [1, 1, 1],
    supplyPower: [1, 1, 1],
    supplyPowerGood: [1, 1, 1],
    manualStop: false,
  };
}

const triples = (states: readonly SensorState[]): SensorState[][] =>
  states.flatMap((a) => states.flatMap((b) => states.map((c) => [a, b, c])));

/** Every situation there is: 4³ · 3³ · 3³ · 3³ · 2 = 2,519,424; `thin` leaves out all but the diagonals of oxygen and supply. */
export function* situations(thin: boolean): Generator<Situation> {
  const others = triples(['fine', 'below', 'lost']);
  const few = others.filter((_, k) => k % 13 === 0);
  for (const stop of [false, true])
    for (const pressure of triples(['fine', 'above', 'below', 'lost']))
      for (const temperature of triples(['fine', 'above', 'lost']))
        for (const oxygen of thin ? few : others)
          for (const power of thin ? few : others) yield { pressure, temperature, oxygen, power, stop };
}

/** Situations in which one quantity alone is not fine, all of them, with and without the stop. */
export function* single(): Generator<Situation> {
  const fine: readonly SensorState[] = ['fine', 'fine', 'fine'];
  const calm = { pressure: fine, temperature: fine, oxygen: fine, power: fine };
  for (const stop of [false, true])
    for (const quantity of ['pressure', 'temperature', 'oxygen', 'power'] as const)
      for (const states of triples(['fine', 'above', 'below', 'lost'])) yield { ...calm, stop, [quantity]: states };
}
