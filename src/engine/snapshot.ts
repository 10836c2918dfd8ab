// Snapshots: the whole state of a farm as bytes, so that a run cut into pieces is the same run. Versioned and checked.
// Layout: "BUHT", version, header length, 0 (little-endian u32), 16 hexadecimal digits of the hash of all that follows,
// JSON header padded with spaces to 8 bytes, float64 arrays.

import type { Farm as FarmClass } from './farm.ts';
import { Farm } from './farm.ts';
import { prepareRestore, restored, type SnapshotFigures, snapshotArrays, snapshotFigures } from './farm-snapshot.ts';
import { hashNumbers } from './numerics/hash.ts';
import type { ParameterValues } from './parameters/table.ts';

const MAGIC = 0x54485542;
const VERSION = 7;
const PREFIX = 32;

interface Header {
  readonly values: ParameterValues;
  readonly lengths: readonly number[];
  readonly figures: SnapshotFigures;
}

export function saveSnapshot(farm: FarmClass): Uint8Array {
  const arrays = snapshotArrays(farm);
  const header: Header = {
    values: farm.values,
    lengths: arrays.map((a) => a.length),
    figures: snapshotFigures(farm),
  };
  const json = JSON.stringify(header);
  const text = new TextEncoder().encode(json + ' '.repeat((8 - (new TextEncoder().encode(json).length % 8)) % 8));
  const total = header.lengths.reduce((sum, n) => sum + n, 0);
  const bytes = new Uint8Array(PREFIX + text.length + 8 * total);
  const view = new DataView(bytes.buffer);
  view.setUint32(0, MAGIC, true);
  view.setUint32(4, VERSION, true);
  view.setUint32(8, text.length, true);
  bytes.set(text, PREFIX);
  let at = PREFIX + text.length;
  for (const array of arrays) {
    bytes.set(new Uint8Array(array.buffer, array.byteOffset, array.byteLength), at);
    at += array.byteLength;
  }
  bytes.set(new TextEncoder().encode(contentHash(bytes)), 16);
  return bytes;
}

const contentHash = (bytes: Uint8Array): string =>
  hashNumbers([new Float64Array(bytes.buffer, bytes.byteOffset + PREFIX, (bytes.length - PREFIX) / 8)]);

export type SnapshotResult = { ok: true; farm: FarmClass } | { ok: false; message: string };

/** Rebuilds the farm of a snapshot; a damaged or foreign file is refused with the reason. */
export function loadSnapshot(bytes: Uint8Array): SnapshotResult {
  const copy = bytes.slice();
  if (copy.length < PREFIX || copy.length % 8 !== 0)
    return { ok: false, message: 'The file is too short or cut: not a whole snapshot.' };
  const view = new DataView(copy.buffer);
  if (view.getUint32(0, true) !== MAGIC) return { ok: false, message: 'The file is not a snapshot of the twin.' };
  const version = view.getUint32(4, true);
  if (version !== VERSION)
    return { ok: false, message: `The snapshot has version ${version}; this twin reads version ${VERSION}.` };
  const textLength = view.getUint32(8, true);
  const text = new TextDecoder();
  if (view.getUint32(12, true) !== 0 || text.decode(copy.subarray(16, PREFIX)) !== contentHash(copy)) {
    return { ok: false, message: 'The snapshot is damaged: its contents do not match its fingerprint.' };
  }
  let header: Header;
  try {
    header = JSON.parse(text.decode(copy.subarray(PREFIX, PREFIX + textLength))) as Header;
  } catch {
    return { ok: false, message: 'The header of the snapshot is damaged.' };
  }
  const made = Farm.create({ ...header.values, 'simulation.fidelity': 'waveform' });
  if (!made.ok)
    return {
      ok: false,
      message: `The snapshot's farm cannot be built: ${made.problems.map((p) => p.message).join(' ')}`,
    };
  made.farm.values = header.values;
  prepareRestore(made.farm, header.figures);
  const arrays = snapshotArrays(made.farm);
  const start = PREFIX + textLength;
  const total = header.lengths.reduce((sum, n) => sum + n, 0);
  if (
    arrays.length !== header.lengths.length ||
    arrays.some((a, m) => a.length !== header.lengths[m]) ||
    copy.length !== start + 8 * total
  ) {
    return { ok: false, message: 'The snapshot does not fit the farm it describes.' };
  }
  let at = start;
  for (const array of arrays) {
    new Uint8Array(array.buffer, array.byteOffset, array.byteLength).set(copy.subarray(at, at + array.byteLength));
    at += array.byteLength;
  }
  restored(made.farm, header.figures);
  return { ok: true, farm: made.farm };
}
