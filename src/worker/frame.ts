// Frames: one field of the farm on its way to the lattice, at most one in flight.
// With cross-origin isolation a few slots of shared memory, each guarded by a sequence number (odd while written);
// without it, a buffer that travels to the page and back: its return is the credit for the next frame.

import { FIELD_NAMES, type FieldName, fieldComponents } from '../engine/fields.ts';

const SLOTS = 3;
const HEADER_INTS = 8;
/** Header of a slot: [sequence, field index, layout version, float count, frame number low]. */
const SEQUENCE = 0;
const FIELD = 1;
const LAYOUT = 2;
const COUNT = 3;
const NUMBER = 4;

export interface Frame {
  readonly field: FieldName;
  readonly layoutVersion: number;
  /** Increases with each frame. */
  readonly number: number;
  readonly data: Float32Array;
}

export interface SharedFrames {
  readonly type: 'sharedFrames';
  readonly buffer: SharedArrayBuffer;
  readonly capacity: number;
}
export interface FrameMessage {
  readonly type: 'frame';
  readonly field: FieldName;
  readonly layoutVersion: number;
  readonly number: number;
  readonly data: Float32Array;
}
/** Page → worker: the buffer of a frame comes back. */
export interface FrameReturn {
  readonly type: 'frameReturn';
  readonly data: Float32Array;
}

const slotBytes = (capacity: number): number => HEADER_INTS * 4 + capacity * 4;

/** Floats needed per frame for a farm of n chambers, whatever the field. */
export const frameCapacity = (chambers: number): number => 2 * chambers;

/** The worker's side of shared memory. */
export class SharedFrameWriter {
  readonly buffer: SharedArrayBuffer;
  private next = 0;
  private number = 0;
  constructor(readonly capacity: number) {
    this.buffer = new SharedArrayBuffer(4 + SLOTS * slotBytes(capacity));
  }
  /** Lets `fill` write the field into the next slot and publishes it. */
  write(field: FieldName, layoutVersion: number, chambers: number, fill: (target: Float32Array) => void): void {
    const { header, data } = slotViews(this.buffer, this.next, this.capacity);
    const count = chambers * fieldComponents(field);
    Atomics.add(header, SEQUENCE, 1);
    header[FIELD] = FIELD_NAMES.indexOf(field);
    header[LAYOUT] = layoutVersion;
    header[COUNT] = count;
    header[NUMBER] = ++this.number;
    fill(data.subarray(0, count));
    Atomics.add(header, SEQUENCE, 1);
    Atomics.store(new Int32Array(this.buffer, 0, 1), 0, this.next + 1);
    this.next = (this.next + 1) % SLOTS;
  }
}

/** The page's side of shared memory: the newest whole frame, copied out. */
export class SharedFrameReader {
  private copy: Float32Array;
  private last = 0;
  constructor(private readonly shared: SharedFrames) {
    this.copy = new Float32Array(shared.capacity);
  }
  /** The newest frame if there is one not read before; its data is reused by the next read. */
  read(): Frame | null {
    const { buffer, capacity } = this.shared;
    for (let attempt = 0; attempt < SLOTS; attempt++) {
      const slot = Atomics.load(new Int32Array(buffer, 0, 1), 0) - 1;
      if (slot < 0) return null;
      const { header, data } = slotViews(buffer, slot, capacity);
      const before = Atomics.load(header, SEQUENCE);
      if (before % 2 !== 0) continue;
      const number = header[NUMBER] as number;
      if (number === this.last) return null;
      const count = header[COUNT] as number;
      this.copy.set(data.subarray(0, count));
      const frame: Frame = {
        field: FIELD_NAMES[header[FIELD] as number] as FieldName,
        layoutVersion: header[LAYOUT] as number,
        number,
        data: this.copy.subarray(0, count),
      };
      if (Atomics.load(header, SEQUENCE) === before) {
        this.last = number;
        return frame;
      }
    }
    return null;
  }
}

function slotViews(
  buffer: SharedArrayBuffer,
  slot: number,
  capacity: number,
): { header: Int32Array; data: Float32Array } {
  const offset = 4 + slot * slotBytes(capacity);
  return {
    header: new Int32Array(buffer, offset, HEADER_INTS),
    data: new Float32Array(buffer, offset + HEADER_INTS * 4, capacity),
  };
}
