// What arrives from the engine: messages, what they carry, and frames. Sizes are looked at only while somebody watches.

import { SampleWindow } from './sample-window.ts';

const SPAN_MS = 4000;
const NUMBER_BYTES = 8;

/** Bytes of the numbers, texts and arrays in a message; envelope, names and structure are not counted. */
export function payloadBytes(value: unknown): number {
  if (typeof value === 'number') return NUMBER_BYTES;
  if (typeof value === 'string') return value.length;
  if (typeof value === 'boolean') return 1;
  if (typeof value !== 'object' || value === null) return 0;
  if (ArrayBuffer.isView(value)) return value.byteLength;
  // Shared memory does not travel.
  if (value instanceof ArrayBuffer) return value.byteLength;
  return Object.values(value).reduce((sum: number, part) => sum + payloadBytes(part), 0);
}

export interface Traffic {
  readonly messages: number | null;
  readonly messageBytes: number | null;
  readonly frames: number | null;
  readonly frameBytes: number | null;
}

export class TrafficMeter {
  private readonly messageBytes = new SampleWindow(SPAN_MS, 2048);
  private readonly messages = new SampleWindow(SPAN_MS, 2048);
  private readonly frameBytes = new SampleWindow(SPAN_MS);
  private readonly frames = new SampleWindow(SPAN_MS);
  private since: number | null = null;

  /** Begins or ends looking. */
  watch(nowMs: number | null): void {
    this.since = nowMs;
    for (const window of [this.messageBytes, this.messages, this.frameBytes, this.frames]) window.forget();
  }

  message(nowMs: number, data: unknown): void {
    if (this.since === null) return;
    this.messages.add(nowMs, 1);
    this.messageBytes.add(nowMs, payloadBytes(data));
  }

  /** A frame was taken, by shared memory or from a message. */
  frame(nowMs: number, bytes: number): void {
    if (this.since === null) return;
    this.frames.add(nowMs, 1);
    this.frameBytes.add(nowMs, bytes);
  }

  /** Per second, over the last seconds; null until there is enough to say. */
  read(nowMs: number): Traffic {
    const { since } = this;
    const rate = (window: SampleWindow): number | null => (since === null ? null : window.perSecond(nowMs, since));
    return {
      messages: rate(this.messages),
      messageBytes: rate(this.messageBytes),
      frames: rate(this.frames),
      frameBytes: rate(this.frameBytes),
    };
  }
}

export const trafficMeter = new TrafficMeter();
