// History of pressures, valves and compressor for the Pressure tab: a sample every 50 ms of simulated time (every step where steps are
// longer), in a ring that loses no peak. Belongs to the session, so that it goes on over edits and changes of mode. Loops beyond the
// first few, and chambers, are recorded while they are selected.

import type { Farm } from '../engine/farm.ts';
import type { Layout } from '../engine/lattice/layout.ts';
import { RETURN, SUPPLY } from '../engine/pressure-control/headers/header-rates.ts';
import { HEADER_TOTAL } from '../engine/pressure-control/headers/settings.ts';
import { MinMaxRing } from './min-max-ring.ts';
import { openingOf } from './valve-list.ts';

/** Simulated time between samples, s. */
export const TREND_INTERVAL_S = 0.05;
const CAPACITY = 6000;

/** Of the whole farm. Pa: sensed by the votes, as it is in truth, wanted; share of the full flow coefficient; mol/s; W. */
export const FARM_TRENDS = [
  'sensedMean',
  'sensedLow',
  'sensedHigh',
  'truthMean',
  'truthLow',
  'truthHigh',
  'setpoint',
  'supplyOpening',
  'returnOpening',
  'supplyPressure',
  'returnPressure',
  'compressorFlow',
  'compressorPower',
] as const;
/** Of a loop: Pa, and the output from −1 to 1. Of a chamber: Pa; setpoint of its loop. */
export const LOOP_TRENDS = ['sensed', 'truth', 'setpoint', 'output'] as const;
export const CHAMBER_TRENDS = ['sensed', 'truth', 'setpoint'] as const;

/** Loops that are always recorded, and chambers at once. */
export const LOOPS_RECORDED = 16;
export const CHAMBERS_RECORDED = 6;

const FIRST_LOOP = FARM_TRENDS.length;
const FIRST_CHAMBER = FIRST_LOOP + LOOPS_RECORDED * LOOP_TRENDS.length;
const COLUMNS = FIRST_CHAMBER + CHAMBERS_RECORDED * CHAMBER_TRENDS.length;

type FarmTrend = (typeof FARM_TRENDS)[number];
/** What can be asked for: of the farm, of loop g, of chamber i. */
export type TrendName =
  | FarmTrend
  | `loop ${number} ${(typeof LOOP_TRENDS)[number]}`
  | `chamber ${number} ${(typeof CHAMBER_TRENDS)[number]}`;

export interface TrendsReply {
  /** Time of each bucket's last sample, s. */
  readonly time: Float64Array;
  /** In the order asked; NaN where nothing was recorded. */
  readonly series: readonly { readonly min: Float64Array; readonly max: Float64Array }[];
  readonly span: readonly [number, number];
  /** Simulated time between samples, s. */
  readonly interval_s: number;
}

export class PressureTrends {
  private readonly ring = new MinMaxRing(CAPACITY, COLUMNS);
  private readonly sample = new Float64Array(COLUMNS);
  /** Chamber of each slot, the one selected last at the end of its turn; −1: free. */
  private readonly chamberOf = new Int32Array(CHAMBERS_RECORDED).fill(-1);
  private readonly usedAt = new Float64Array(CHAMBERS_RECORDED);
  private uses = 0;
  private next = Number.NEGATIVE_INFINITY;
  /** How the loops were made up at the last sample, and of which chambers the farm was. */
  private loopKey = '';
  private layout: Layout | null = null;
  private readonly sums = new Float64Array(LOOPS_RECORDED);
  private readonly sizes = new Float64Array(LOOPS_RECORDED);
  /** Time, mol and J through the compressor at the last sample. */
  private readonly machine = new Float64Array(3).fill(Number.NaN);

  clear(): void {
    this.ring.clear();
    this.chamberOf.fill(-1);
    this.next = Number.NEGATIVE_INFINITY;
    this.loopKey = '';
    this.machine.fill(Number.NaN);
  }

  /** After each step: takes a sample when one is due. */
  collect(farm: Farm): void {
    if (farm.time_s < this.next) return;
    this.next = farm.time_s + TREND_INTERVAL_S * (1 - 1e-9);
    this.sample.fill(Number.NaN);
    this.followLayout(farm);
    this.followLoops(farm);
    this.followChambers(farm);
    this.takeFarm(farm);
    this.takeLoops(farm);
    this.takeChambers(farm);
    this.ring.add(farm.time_s, this.sample);
  }

  /** At most `points` buckets of some series between two times (NaN: everything). */
  query(names: readonly TrendName[], from: number, to: number, points: number): TrendsReply {
    const columns = names.map((name) => this.column(name));
    const { time, series } = this.ring.query(columns, from, to, points);
    return { time, series, span: this.ring.span, interval_s: TREND_INTERVAL_S };
  }

  private column(name: TrendName): number {
    const [kind, index, what] = name.split(' ');
    if (kind === 'loop' && Number(index) < LOOPS_RECORDED)
      return (
        FIRST_LOOP + Number(index) * LOOP_TRENDS.length + LOOP_TRENDS.indexOf(what as (typeof LOOP_TRENDS)[number])
      );
    const slot = kind === 'chamber' ? this.chamberOf.indexOf(Number(index)) : -1;
    if (slot >= 0)
      return (
        FIRST_CHAMBER + slot * CHAMBER_TRENDS.length + CHAMBER_TRENDS.indexOf(what as (typeof CHAMBER_TRENDS)[number])
      );
    // Beyond the last: nothing is recorded of it.
    const column = FARM_TRENDS.indexOf(name as FarmTrend);
    return column < 0 ? COLUMNS : column;
  }

  /** Other chambers: those recorded are forgotten, and so are loops of them. */
  private followLayout({ layout }: Farm): void {
    if (this.layout && layout !== this.layout) {
      this.chamberOf.fill(-1);
      this.loopKey = '';
    }
    this.layout = layout;
  }

  /** Loops made up in another way are other loops: their columns begin anew. */
  private followLoops({ plant, values }: Farm): void {
    if (!plant.loops) return;
    const key = `${values['control.scope']} ${plant.loops.count}`;
    if (key === this.loopKey) return;
    this.loopKey = key;
    for (let c = FIRST_LOOP; c < FIRST_CHAMBER; c++) this.ring.clearColumn(c);
  }

  /** Gives each selected chamber a place; the one unused for longest gives way. */
  private followChambers({ recorder }: Farm): void {
    for (const chamber of recorder.selected.slice(0, CHAMBERS_RECORDED)) {
      let slot = this.chamberOf.indexOf(chamber);
      if (slot < 0) {
        slot = this.usedAt.indexOf(Math.min(...this.usedAt));
        this.chamberOf[slot] = chamber;
        for (let c = 0; c < CHAMBER_TRENDS.length; c++)
          this.ring.clearColumn(FIRST_CHAMBER + slot * CHAMBER_TRENDS.length + c);
      }
      this.usedAt[slot] = ++this.uses;
    }
  }

  private put(name: FarmTrend, value: number): void {
    this.sample[FARM_TRENDS.indexOf(name)] = value;
  }

  private takeFarm(farm: Farm): void {
    const { measurement, loops } = farm.plant;
    this.takeSpread('sensed', measurement.pressureVote.value);
    this.takeSpread('truth', measurement.truth);
    if (loops) {
      const { loopOf } = loops.settings;
      let wanted = 0;
      for (let i = 0; i < loopOf.length; i++) wanted += loops.target(loopOf[i]);
      this.put('setpoint', wanted / loopOf.length);
    }
    this.takeMachines(farm);
  }

  private takeSpread(kind: 'sensed' | 'truth', pressure: Float64Array): void {
    let sum = 0;
    let known = 0;
    let low = Number.POSITIVE_INFINITY;
    let high = Number.NEGATIVE_INFINITY;
    for (let i = 0; i < pressure.length; i++) {
      const p = pressure[i];
      if (Number.isNaN(p)) continue;
      sum += p;
      known++;
      if (p < low) low = p;
      if (p > high) high = p;
    }
    if (known === 0) return;
    this.put(`${kind}Mean`, sum / known);
    this.put(`${kind}Low`, low);
    this.put(`${kind}High`, high);
  }

  private takeMachines(farm: Farm): void {
    const { headers } = farm;
    const { present } = headers;
    if (!present || !headers.hasHeaders) {
      this.machine.fill(Number.NaN);
      return;
    }
    let supply = 0;
    let back = 0;
    for (let i = 0; i < present.chambers; i++) {
      supply += openingOf(present, i, 0);
      back += openingOf(present, i, 1);
    }
    this.put('supplyOpening', supply / present.chambers);
    this.put('returnOpening', back / present.chambers);
    this.put('supplyPressure', present.pressure(SUPPLY));
    this.put('returnPressure', present.pressure(RETURN));
    const [time, moles, work] = this.machine;
    const now = [farm.time_s, present.totals[HEADER_TOTAL.compressed], present.totals[HEADER_TOTAL.compressorWork]];
    this.machine.set(now);
    // Means since the last sample; a new system of headers may count from zero.
    const dt = now[0] - time;
    if (!(dt > 0) || !(now[1] >= moles)) return;
    this.put('compressorFlow', (now[1] - moles) / dt);
    this.put('compressorPower', (now[2] - work) / dt);
  }

  private takeLoops({ plant }: Farm): void {
    const { loops, measurement } = plant;
    if (!loops || loops.mode(0) === 'starting') return;
    const { sums, sizes, sample } = this;
    const { loopOf } = loops.settings;
    sums.fill(0);
    sizes.fill(0);
    for (let i = 0; i < loopOf.length; i++) {
      if (loopOf[i] >= LOOPS_RECORDED) continue;
      sums[loopOf[i]] += measurement.truth[i];
      sizes[loopOf[i]] += 1;
    }
    for (let g = 0; g < Math.min(loops.count, LOOPS_RECORDED); g++) {
      const at = FIRST_LOOP + g * LOOP_TRENDS.length;
      sample[at] = loops.bank.measurement[g];
      sample[at + 1] = sums[g] / sizes[g];
      sample[at + 2] = loops.target(g);
      sample[at + 3] = loops.output(g);
    }
  }

  private takeChambers({ plant, layout }: Farm): void {
    const { measurement, loops } = plant;
    for (let slot = 0; slot < CHAMBERS_RECORDED; slot++) {
      const i = this.chamberOf[slot];
      if (i < 0 || i >= layout.count) continue;
      const at = FIRST_CHAMBER + slot * CHAMBER_TRENDS.length;
      this.sample[at] = measurement.pressureVote.value[i];
      this.sample[at + 1] = measurement.truth[i];
      this.sample[at + 2] = loops ? loops.target(loops.settings.loopOf[i]) : Number.NaN;
    }
  }
}
