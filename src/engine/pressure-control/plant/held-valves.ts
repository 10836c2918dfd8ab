// Valves of the controller that people hold by hand. A loop that can move none of its valves tracks: its output follows where the stems
// stand, so that its integral does not wind up. A valve that is released starts from where it was held and fades over to its loop.

import { exp } from '../../numerics/elementary.ts';
import { relativeCoefficient } from '../actuators/valve-characteristic.ts';
import type { ManualCommands } from './manual-commands.ts';
import { CHARACTERISTIC, VALVES } from './plant-topology.ts';

/** Closed-loop times in which an offset fades to 1/e: as many as the integral time of Skogestad's rule has. */
const FADING = 4;
/** An offset below this opening is over. */
const GONE = 1e-5;

export class HeldValves {
  /** Opening at which each valve is held, 0–1; NaN: its loop moves it. */
  private readonly opening: Float64Array;
  /** What each valve stands off the opening its loop asks for: of a held one so much would be missing if it were let go. */
  private readonly offset: Float64Array;
  /** Valves that each loop can move. */
  private readonly free: Float64Array;
  /** Sum of the outputs that a loop's stems stand for, how many; those between their stops, and all. */
  private readonly sums: Float64Array;

  constructor(
    private readonly loopOf: ArrayLike<number>,
    private readonly chambers: number,
    loops: number,
  ) {
    this.opening = new Float64Array(VALVES * chambers).fill(Number.NaN);
    this.offset = new Float64Array(VALVES * chambers);
    this.free = new Float64Array(loops);
    this.sums = new Float64Array(4 * loops);
    this.count();
  }

  /** Takes over what is held. */
  follow(manual: ManualCommands): void {
    this.opening.fill(Number.NaN);
    for (const { index, value } of manual.of('supply-valve')) this.opening[VALVES * index] = value;
    for (const { index, value } of manual.of('return-valve')) this.opening[VALVES * index + 1] = value;
    this.count();
  }

  private count(): void {
    this.free.fill(0);
    for (let k = 0; k < this.opening.length; k++)
      if (Number.isNaN(this.opening[k])) this.free[this.loopOf[Math.floor(k / VALVES)]] += 1;
  }

  /** Whether every valve of a loop is held. */
  holdsAllOf(loop: number): boolean {
    return this.free[loop] === 0;
  }

  /** Whether any loop has no valve left to move. */
  get holdsALoop(): boolean {
    for (let g = 0; g < this.free.length; g++) if (this.free[g] === 0) return true;
    return false;
  }

  /**
   * Outputs that the stems stand for: opening − b of a supply valve, b − opening of a return valve, the mean of a loop's; a valve at a
   * stop says less than one between them and counts only where there is no other.
   * @param position travel of the stems @param bias opening of both at rest @param into per loop
   */
  standFor(position: Float64Array, bias: number, into: Float64Array): void {
    const { sums } = this;
    sums.fill(0);
    for (let i = 0; i < this.chambers; i++) {
      const at = 4 * this.loopOf[i];
      for (let w = 0; w < VALVES; w++) {
        const open = relativeCoefficient(CHARACTERISTIC, position[VALVES * i + w]);
        const output = w === 0 ? open - bias : bias - open;
        const between = open > 0 && open < 1 ? 1 : 0;
        sums[at] += between * output;
        sums[at + 1] += between;
        sums[at + 2] += output;
        sums[at + 3] += 1;
      }
    }
    for (let g = 0; g < into.length; g++) {
      const at = sums[4 * g + 1] > 0 ? 4 * g : 4 * g + 2;
      into[g] = sums[at] / sums[at + 1];
    }
  }

  /** Share of an offset that is left after dt (s): it fades no faster than the integral of a loop of that closed-loop time (s) follows. */
  static left(dt: number, closedLoopTime: number): number {
    return exp(-dt / (FADING * closedLoopTime));
  }

  /** Opening to command a valve to. @param asked what its loop asks for, 0–1 @param left of an offset, after this step */
  command(valve: number, asked: number, left: number): number {
    const held = this.opening[valve];
    if (!Number.isNaN(held)) {
      this.offset[valve] = held - asked;
      return held;
    }
    const off = this.offset[valve];
    if (off === 0) return asked;
    this.offset[valve] = Math.abs(off * left) < GONE ? 0 : off * left;
    return Math.min(1, Math.max(0, asked + off));
  }

  /** Goes on where the valves of a controller before stood. */
  inherit(from: HeldValves): void {
    if (from.offset.length === this.offset.length) this.offset.set(from.offset);
  }

  /** For snapshots; what is held belongs to the commands. */
  arrays(): Float64Array[] {
    return [this.offset];
  }
}
