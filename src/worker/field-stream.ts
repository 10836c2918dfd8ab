// The field streamed to the lattice: which one, and whether it has changed since it was last taken. How a frame travels is the
// outlet's business (farm.worker.ts, frame.ts).

import type { Farm } from '../engine/farm.ts';
import { writeField } from '../engine/field-readings.ts';
import type { FieldName } from '../engine/fields.ts';

export interface FrameOutlet {
  /** Offers the streamed field; the outlet decides whether there is room for it. */
  offerFrame(field: FieldName, layoutVersion: number, chambers: number, fill: (target: Float32Array) => void): void;
}

export class FieldStream {
  private field: FieldName | null = null;
  /** Of the frame last taken. */
  private taken = '';

  constructor(private readonly outlet: FrameOutlet) {}

  /** @param field null stops the stream */
  choose(field: FieldName | null): void {
    this.field = field;
    this.renew();
  }

  /** The next offer counts as changed. */
  renew(): void {
    this.taken = '';
  }

  /** Offers the field if it has changed since it was last taken. */
  offer(farm: Farm, layoutVersion: number): void {
    const { field } = this;
    if (!field) return;
    const live = field === 'pressure_Pa' || field === 'pressureDeviation_Pa' || field.endsWith('Temperature_K');
    const key = `${field} ${layoutVersion} ${live ? farm.steps : farm.detector.readings.count}`;
    if (key === this.taken) return;
    this.outlet.offerFrame(field, layoutVersion, farm.layout.count, (target) => {
      this.taken = key;
      writeField(farm, field, target);
    });
  }
}
