// Chance without a sequence: a number drawn from what it belongs to (seed, sensor, sample), so that a reading is the same
// whenever and however often it is read. The generator of random.ts has an order and cannot do that.

import { cos, log, TWO_PI } from '../../numerics/elementary.ts';

/** A 32-bit word of four others: the finaliser of MurmurHash3 (Appleby 2011) over each in turn. */
export function hashWords(a: number, b: number, c: number, d: number): number {
  let h = 0x9747b28c;
  h = mix(h ^ Math.imul(a, 0xcc9e2d51));
  h = mix(h ^ Math.imul(b + 0x7f4a7c15, 0x1b873593));
  h = mix(h ^ Math.imul(c + 0x165667b1, 0x85ebca6b));
  return mix(h ^ Math.imul(d + 0x27d4eb2f, 0xc2b2ae35)) >>> 0;
}

function mix(x: number): number {
  let h = x;
  h ^= h >>> 16;
  h = Math.imul(h, 0x85ebca6b);
  h ^= h >>> 13;
  h = Math.imul(h, 0xc2b2ae35);
  return h ^ (h >>> 16);
}

/** Uniform in (0, 1): never 0 and never 1. */
export const hashUniform = (a: number, b: number, c: number, d: number): number =>
  (hashWords(a, b, c, d) + 0.5) / 4294967296;

/** Standard normal (Box & Muller 1958). @param stream tells apart what is drawn for the same sample; takes two numbers */
export function hashNormal(seed: number, sensor: number, sample: number, stream: number): number {
  const low = sample >>> 0;
  // Sample numbers beyond 2³² (a day at 50 kHz) go into the stream's word.
  const high = Math.floor(sample / 4294967296);
  const radius = hashUniform(seed, sensor, low, Math.imul(high, 64) + 2 * stream);
  const angle = hashUniform(seed, sensor, low, Math.imul(high, 64) + 2 * stream + 1);
  return Math.sqrt(-2 * log(radius)) * cos(TWO_PI * angle);
}
