// Rings of pressure, volume and temperature of the selected chambers, one sample a step: what scopes and spectra read.

import { REFERENCE_TEMPERATURE } from '../gas/caloric.ts';
import type { FarmState } from './state.ts';

const CAPACITY = 4096;

export interface Waveform {
  /** Oldest first. */
  readonly time_s: Float64Array;
  readonly pressure_Pa: Float64Array;
  readonly volume_m3: Float64Array;
  readonly temperature_K: Float64Array;
}

export class WaveformRecorder {
  private ids: number[] = [];
  private rings: { pressure: Float64Array; volume: Float64Array; temperature: Float64Array }[] = [];
  private readonly time = new Float64Array(CAPACITY);
  private next = 0;
  private filled = 0;

  get selected(): readonly number[] {
    return this.ids;
  }

  /** Records these chambers from now on; what was recorded of those kept stays only if the set is unchanged. */
  select(ids: readonly number[]): void {
    if (ids.length === this.ids.length && ids.every((id, m) => id === this.ids[m])) return;
    this.ids = [...ids];
    this.rings = ids.map(() => ({
      pressure: new Float64Array(CAPACITY),
      volume: new Float64Array(CAPACITY),
      temperature: new Float64Array(CAPACITY),
    }));
    this.clear();
  }

  clear(): void {
    this.next = 0;
    this.filled = 0;
  }

  record(s: FarmState, timeS: number): void {
    if (this.ids.length === 0) return;
    this.time[this.next] = timeS;
    for (let m = 0; m < this.ids.length; m++) {
      const ring = this.rings[m];
      const i = this.ids[m];
      ring.pressure[this.next] = s.pressure[i];
      ring.volume[this.next] = s.volume[i];
      ring.temperature[this.next] = REFERENCE_TEMPERATURE + s.temperature[i];
    }
    this.next = (this.next + 1) % CAPACITY;
    if (this.filled < CAPACITY) this.filled++;
  }

  /** The newest samples (at most `count`) of the m-th selected chamber. */
  waveform(m: number, count: number): Waveform {
    const ring = this.rings[m];
    const n = Math.min(count, this.filled);
    const start = (this.next - n + CAPACITY) % CAPACITY;
    const pick = (from: Float64Array): Float64Array => {
      const out = new Float64Array(n);
      const first = from.subarray(start, Math.min(start + n, CAPACITY));
      out.set(first);
      out.set(from.subarray(0, n - first.length), first.length);
      return out;
    };
    return {
      time_s: pick(this.time),
      pressure_Pa: pick(ring.pressure),
      volume_m3: pick(ring.volume),
      temperature_K: pick(ring.temperature),
    };
  }
}
