// Measured temperatures of walls and chips: polled in turn, for they change slowly behind instruments that lag 2 s. Of the wall's
// thermometers the middle one, of the chips' the higher.

import type { PointKind } from '../sensors/placement.ts';
import type { SensorBank } from '../sensors/sensor-bank.ts';

/** Every chamber is polled once in so many alarm scans: 4 s. */
const ROUND = 80;
/** Alarm scans of averaged steps are further apart. */
const LONG_ROUND = 4;

export class SurfaceTemperatures {
  /** As last polled, K per chamber; NaN: not known yet, or all thermometers lost. */
  readonly wall: Float64Array;
  readonly chip: Float64Array;
  private readonly wallSlots: readonly number[];
  private readonly chipSlots: readonly number[];
  /** Id of the first thermometer, and how many a chamber has. */
  private readonly firstId: number;
  private readonly perChamber: number;
  private readonly scratch: Float64Array;
  /** [scans so far, first chamber of this turn, distance of the others]. */
  private readonly progress = new Float64Array(3);

  constructor(private readonly sensors: SensorBank) {
    const { placement } = sensors;
    this.firstId = placement.id('temperature', 0, 0);
    this.perChamber = placement.perChamber.temperature;
    this.wall = new Float64Array(placement.chambers).fill(Number.NaN);
    this.chip = new Float64Array(placement.chambers).fill(Number.NaN);
    const slots = (kind: PointKind): number[] =>
      Array.from({ length: placement.perChamber.temperature }, (_, slot) => slot).filter(
        (slot) => placement.pointOf(placement.id('temperature', 0, slot)).kind === kind,
      );
    this.wallSlots = slots('wall');
    this.chipSlots = slots('chip');
    this.scratch = new Float64Array(this.wallSlots.length);
  }

  /** Polls those whose turn it is; the first time all. @param time s @param isLong scans are averaged steps apart */
  poll(time: number, isLong: boolean): void {
    const { progress } = this;
    const round = isLong ? LONG_ROUND : ROUND;
    progress[1] = progress[0] === 0 ? 0 : progress[0] % round;
    progress[2] = progress[0] === 0 ? 1 : round;
    progress[0] += 1;
    for (let i = progress[1]; i < this.wall.length; i += progress[2]) {
      this.wall[i] = this.middle(i, time);
      this.chip[i] = this.highest(i, time);
    }
  }

  /** Chambers of this turn: `first`, and then every `stride`. */
  get first(): number {
    return this.progress[1];
  }

  get stride(): number {
    return this.progress[2];
  }

  private read(chamber: number, slot: number, time: number): number {
    return this.sensors.read(this.firstId + chamber * this.perChamber + slot, time);
  }

  /** The middle one, of an even number the mean of both. */
  private middle(chamber: number, time: number): number {
    const { scratch, wallSlots } = this;
    let n = 0;
    for (let k = 0; k < wallSlots.length; k++) {
      const T = this.read(chamber, wallSlots[k], time);
      if (T - T !== 0) continue;
      let at = n++;
      for (; at > 0 && scratch[at - 1] > T; at--) scratch[at] = scratch[at - 1];
      scratch[at] = T;
    }
    return n === 0 ? Number.NaN : 0.5 * (scratch[(n - 1) >> 1] + scratch[n >> 1]);
  }

  private highest(chamber: number, time: number): number {
    let most = Number.NaN;
    for (let k = 0; k < this.chipSlots.length; k++) {
      const T = this.read(chamber, this.chipSlots[k], time);
      if (!(T <= most) && T - T === 0) most = T;
    }
    return most;
  }

  /** The whole state, for snapshots. */
  arrays(): Float64Array[] {
    return [this.wall, this.chip, this.progress];
  }
}
