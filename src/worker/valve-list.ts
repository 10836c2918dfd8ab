// The header valves as a list: what each is asked for and where it stands, what holds it, how worn it is; the worst first, a page at a
// time.

import type { Farm } from '../engine/farm.ts';
import { relativeCoefficient, travelFor } from '../engine/pressure-control/actuators/valve-characteristic.ts';
import type { WearLimit } from '../engine/pressure-control/actuators/wear.ts';
import type { HeaderSystem } from '../engine/pressure-control/headers/header-system.ts';
import { CHARACTERISTIC, VALVES } from '../engine/pressure-control/plant/plant-topology.ts';
import type { PressureLoops } from '../engine/pressure-control/plant/pressure-loops.ts';
import { pageOf } from './top.ts';

/** deviation: distance from the command. wear: share of rated life. opening: share of the full flow coefficient. */
export const VALVE_SORTS = ['deviation', 'wear', 'opening', 'chamber'] as const;
export type ValveSort = (typeof VALVE_SORTS)[number];

export interface ValveQuery {
  readonly sort: ValveSort;
  /** These chambers only; left out: all. */
  readonly chambers?: readonly number[];
  readonly offset: number;
  readonly limit: number;
}

/** free: follows its command. stuck, slow: a fault. shut: held shut by an interlock or the sequence. by-hand: a person holds it. */
export type ValveState = 'free' | 'stuck' | 'slow' | 'shut' | 'by-hand';

export interface ValveRow {
  /** Number of the valve: 2 × chamber, + 1 for the return valve. */
  readonly valve: number;
  readonly chamber: number;
  readonly which: 'supply' | 'return';
  /** Travel of the stem, 0 shut to 1 open: commanded and real. Without stems, or with those of other valves, the opening itself. */
  readonly command: number;
  readonly position: number;
  /** Share of the full flow coefficient. */
  readonly opening: number;
  readonly state: ValveState;
  /** What it has done since it was new. */
  readonly wear: {
    readonly strokes: number;
    readonly reversals: number;
    readonly openings: number;
    readonly hours: number;
    readonly lifeUsed: number;
    readonly limit: WearLimit;
  };
}

export interface ValvePage {
  readonly rows: readonly ValveRow[];
  readonly total: number;
  /** Of all valves: how many are in each state, and the largest distance from its command. */
  readonly states: Readonly<Record<ValveState, number>>;
  readonly worst: number;
}

export const LONGEST_PAGE = 200;
const NOTHING: ValvePage = {
  rows: [],
  total: 0,
  states: { free: 0, stuck: 0, slow: 0, shut: 0, 'by-hand': 0 },
  worst: 0,
};

/** Opening that a chamber's supply (0) or return valve (1) really has, share of its full flow coefficient. */
export function openingOf(headers: HeaderSystem, chamber: number, which: number): number {
  const { controls: c } = headers;
  const low = which === 0 ? c.supplyLow[chamber] : c.backLow[chamber];
  const high = which === 0 ? c.supplyHigh[chamber] : c.backHigh[chamber];
  return Math.min(high, Math.max(low, headers.wantedOpening(chamber, which)));
}

/** A page of the valves; nothing without headers. */
export function listValves(farm: Farm, query: ValveQuery): ValvePage {
  const { present, hasHeaders } = farm.headers;
  if (!present || !hasHeaders) return NOTHING;
  const valves = new Valves(farm, present);
  const among = query.chambers?.filter((i) => Number.isInteger(i) && i >= 0 && i < present.chambers);
  const numbers = among?.flatMap((i) => [VALVES * i, VALVES * i + 1]);
  const total = numbers?.length ?? VALVES * present.chambers;
  const valveOf = (k: number): number => numbers?.[k] ?? k;
  const keys: Readonly<Record<ValveSort, (valve: number) => number>> = {
    deviation: (valve) => valves.deviation(valve),
    wear: (valve) => farm.plant.valveWear.lifeUsed(valve).share,
    opening: (valve) => valves.opening(valve),
    chamber: (valve) => -valve,
  };
  const key = keys[query.sort];
  const limit = Math.min(LONGEST_PAGE, query.limit);
  const rows = pageOf(total, (k) => key(valveOf(k)), query.offset, limit).map((k) => valves.row(valveOf(k)));
  const states = { free: 0, stuck: 0, slow: 0, shut: 0, 'by-hand': 0 };
  let worst = 0;
  for (let valve = 0; valve < VALVES * present.chambers; valve++) {
    states[valves.state(valve)]++;
    worst = Math.max(worst, valves.deviation(valve));
  }
  return { rows, total, states, worst };
}

/** All that is read of one farm's valves. */
class Valves {
  /** The controller, if its stems move the valves. */
  readonly loops: PressureLoops | null;

  constructor(
    private readonly farm: Farm,
    private readonly headers: HeaderSystem,
  ) {
    this.loops = farm.plant.loops;
  }

  opening(valve: number): number {
    return openingOf(this.headers, Math.floor(valve / VALVES), valve % VALVES);
  }

  /** The highest opening that is allowed, and the lowest. */
  private bounds(valve: number): readonly [low: number, high: number] {
    const i = Math.floor(valve / VALVES);
    const { supplyLow, supplyHigh, backLow, backHigh } = this.headers.controls;
    return valve % VALVES === 0 ? [supplyLow[i], supplyHigh[i]] : [backLow[i], backHigh[i]];
  }

  command(valve: number): number {
    const stems = this.loops?.stems ?? this.farm.plant.stems?.bank;
    if (stems) return stems.command[valve];
    return this.headers.wantedOpening(Math.floor(valve / VALVES), valve % VALVES);
  }

  position(valve: number): number {
    if (!this.loops) return this.opening(valve);
    const [low, high] = this.bounds(valve);
    const stem = this.loops.stems.position[valve];
    const free = relativeCoefficient(CHARACTERISTIC, stem);
    return free < low ? travelFor(CHARACTERISTIC, low) : free > high ? travelFor(CHARACTERISTIC, high) : stem;
  }

  deviation(valve: number): number {
    return Math.abs(this.command(valve) - this.position(valve));
  }

  state(valve: number): ValveState {
    const { faults, manual } = this.farm.plant;
    if (faults.at('stuck-valve', valve)) return 'stuck';
    if (this.bounds(valve)[1] === 0) return 'shut';
    if (manual.at(valve % VALVES === 0 ? 'supply-valve' : 'return-valve', Math.floor(valve / VALVES)) !== undefined)
      return 'by-hand';
    return faults.at('slow-valve', valve) ? 'slow' : 'free';
  }

  row(valve: number): ValveRow {
    const wear = this.farm.plant.valveWear;
    const life = wear.lifeUsed(valve);
    return {
      valve,
      chamber: Math.floor(valve / VALVES),
      which: valve % VALVES === 0 ? 'supply' : 'return',
      command: this.command(valve),
      position: this.position(valve),
      opening: this.opening(valve),
      state: this.state(valve),
      wear: {
        strokes: wear.travel[valve],
        reversals: wear.reversals[valve],
        openings: wear.cycles[valve],
        hours: wear.seconds[valve] / 3600,
        lifeUsed: life.share,
        limit: life.limit,
      },
    };
  }
}
