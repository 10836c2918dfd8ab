// The colour range on screen: the person's, or one that follows the data at most four times a second and glides there.

import { FIELDS, type FieldName, fieldComponents } from '../../engine/fields.ts';
import { AutoRange, type Range, robustRange, SAMPLE, sampleAmplitudes, sampleValues } from './ranges.ts';

const EVERY_MS = 250;
/** The smallest span worth a colour, by unit. */
const LEAST_SPAN: Readonly<Record<string, number>> = { Pa: 2, W: 2e-3, K: 0.02, Hz: 2e-3, '': 1e-3 };
/** Time in which the shown range closes most of its distance to a new one. */
const GLIDE_S = 0.18;

export class Colouring {
  /** Where the range is going; what the legend writes. */
  target: Range = [0, 1];
  /** What the shader uses now. */
  readonly shown: [number, number] = [0, 1];
  private readonly auto = new AutoRange();
  private readonly sample = new Float32Array(SAMPLE);
  private last = Number.NEGATIVE_INFINITY;
  private fresh = true;

  /** A new field or layout: the next range is taken at once. */
  reset(): void {
    this.auto.reset();
    this.fresh = true;
    this.last = Number.NEGATIVE_INFINITY;
  }

  /** Looks at the data if it is time to; true if the target changed. */
  consider(field: FieldName, values: Float32Array, chosen: Range | null, now: number): boolean {
    if (chosen) {
      // Back to automatic starts from the data, not from where it was left.
      this.auto.reset();
      this.last = Number.NEGATIVE_INFINITY;
      return this.aim(chosen, true);
    }
    if (now - this.last < EVERY_MS) return false;
    this.last = now;
    const pairs = fieldComponents(field) === 2;
    const count = pairs ? sampleAmplitudes(values, this.sample) : sampleValues(values, this.sample);
    const { scale, unit } = FIELDS[field];
    const found = robustRange(this.sample.subarray(0, count), scale, pairs);
    return found !== null && this.aim(this.auto.update(found, scale, now, LEAST_SPAN[unit]), false);
  }

  /** Moves the shown range towards the target; true while it moves. */
  glide(elapsedS: number): boolean {
    const { shown, target } = this;
    const close = 1e-3 * (target[1] - target[0]);
    if (Math.abs(shown[0] - target[0]) + Math.abs(shown[1] - target[1]) <= close) {
      const moved = shown[0] !== target[0] || shown[1] !== target[1];
      shown[0] = target[0];
      shown[1] = target[1];
      return moved;
    }
    const share = 1 - Math.exp(-elapsedS / GLIDE_S);
    shown[0] += (target[0] - shown[0]) * share;
    shown[1] += (target[1] - shown[1]) * share;
    return true;
  }

  private aim(range: Range, atOnce: boolean): boolean {
    const changed = range[0] !== this.target[0] || range[1] !== this.target[1];
    this.target = range;
    if (this.fresh || atOnce) {
      this.shown[0] = range[0];
      this.shown[1] = range[1];
    }
    const first = this.fresh;
    this.fresh = false;
    return changed || first;
  }
}
