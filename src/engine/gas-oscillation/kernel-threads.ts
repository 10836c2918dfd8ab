// How the threads of a kernel share a farm: whole blocks of chambers and of ducts each, and lists of what lies between them
// (src/kernel/assembly/foreign.ts). Any edges will do; those of a layout, sorted by chamber, leave the lists short.

import {
  CHAMBER_BLOCK,
  DUCT_BLOCK,
  DUCT_PAIR_BYTES,
  FOREIGN_BYTES,
  HELD_BYTES,
  MIRROR_BYTES,
  RECORD_BYTES,
  SCRATCH_BYTES,
  THREAD_AFTER,
  THREAD_AFTER_COUNT,
  THREAD_BEFORE,
  THREAD_BEFORE_COUNT,
  THREAD_BYTES,
  THREAD_CHAMBER,
  THREAD_CHAMBER_END,
  THREAD_DUCTS,
  THREAD_DUCTS_END,
  THREAD_DUCTS_SHARED,
  THREAD_HELD,
  THREAD_MIRROR_COUNT,
  THREAD_MIRRORS,
  THREAD_SCRATCH,
} from '../../kernel/block.ts';

/** Ends of ducts: duct and end (0 or 1), one after the other. */
type Ends = number[];

export interface Share {
  /** Chambers from … to − 1, blocks of ducts from … to − 1; those from `shared` on may touch others' chambers. */
  readonly chamber: number;
  readonly chamberEnd: number;
  readonly ducts: number;
  readonly shared: number;
  readonly ductsEnd: number;
  /** Others' chambers at its ducts. */
  readonly mirrors: readonly number[];
  /** Others' ducts at its chambers, by their place before and after its own. */
  readonly before: Ends;
  readonly after: Ends;
}

/** Shares of `threads` threads, as even as whole blocks allow. */
export function shareOut(chambers: number, edges: Uint32Array, threads: number): Share[] {
  const ducts = edges.length / 2;
  const chamberBlocks = Math.ceil(chambers / CHAMBER_BLOCK);
  const ductBlocks = Math.ceil(ducts / DUCT_BLOCK);
  const chamberAt = Array.from({ length: threads + 1 }, (_, t) =>
    Math.min(chambers, CHAMBER_BLOCK * Math.round((t * chamberBlocks) / threads)),
  );
  const ductAt = Array.from({ length: threads + 1 }, (_, t) => {
    if (t === 0) return 0;
    if (t === threads) return ductBlocks;
    return Math.round(firstEdgeFrom(edges, chamberAt[t]) / DUCT_BLOCK);
  });
  for (let t = 1; t <= threads; t++) ductAt[t] = Math.max(ductAt[t], ductAt[t - 1]);
  const owner = Uint16Array.from({ length: chambers }, (_, i) => chamberAt.findIndex((end) => end > i) - 1);
  const found = Array.from({ length: threads }, (_, t) => ({
    shared: ductAt[t + 1],
    mirrors: new Set<number>(),
    before: [] as Ends,
    after: [] as Ends,
  }));
  for (let t = 0; t < threads; t++) {
    const end = Math.min(ducts, ductAt[t + 1] * DUCT_BLOCK);
    for (let e = ductAt[t] * DUCT_BLOCK; e < end; e++) {
      for (let side = 0; side < 2; side++) {
        const chamber = edges[2 * e + side];
        const other = owner[chamber];
        if (other === t) continue;
        found[t].shared = Math.min(found[t].shared, Math.floor(e / DUCT_BLOCK));
        found[t].mirrors.add(chamber);
        (t < other ? found[other].before : found[other].after).push(e, side);
      }
    }
  }
  return found.map(({ shared, mirrors, before, after }, t) => ({
    chamber: chamberAt[t],
    chamberEnd: chamberAt[t + 1],
    ducts: ductAt[t],
    shared,
    ductsEnd: ductAt[t + 1],
    mirrors: [...mirrors],
    before,
    after,
  }));
}

/** First duct whose first chamber is `chamber` or a later one, for sorted edges; any place for others. */
function firstEdgeFrom(edges: Uint32Array, chamber: number): number {
  let low = 0;
  let high = edges.length / 2;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (edges[2 * middle] < chamber) low = middle + 1;
    else high = middle;
  }
  return low;
}

/** Bytes a share needs besides its thread block. */
export const shareBytes = (share: Share): number =>
  16 * (SCRATCH_BYTES + 1) +
  share.mirrors.length * (RECORD_BYTES + MIRROR_BYTES) +
  ((share.before.length + share.after.length) / 2) * FOREIGN_BYTES +
  (share.after.length / 2) * HELD_BYTES +
  6 * LINE;

const LINE = 64;
const aligned = (at: number): number => Math.ceil(at / LINE) * LINE;

export interface Places {
  readonly words: Uint32Array;
  /** Addresses of the thread blocks, the records, the ducts' blocks and the pressures. */
  readonly threads: number;
  readonly records: number;
  readonly ductBlocks: number;
  readonly pressure: number;
}

/**
 * Writes the thread blocks with their lists and the ducts' ends (the address of each end's record, or of its stand-in).
 * @param at where each share's shareBytes() lie
 */
export function writeShares(p: Places, shares: readonly Share[], edges: Uint32Array, at: readonly number[]): void {
  const { words } = p;
  shares.forEach((share, t) => {
    const block = (p.threads + t * THREAD_BYTES) / 4;
    const word = (place: number, value: number): void => {
      words[block + place / 4] = value;
    };
    const scratch = aligned(at[t]);
    const records = aligned(scratch + 16 * SCRATCH_BYTES);
    const mirrors = aligned(records + share.mirrors.length * RECORD_BYTES);
    const before = aligned(mirrors + share.mirrors.length * MIRROR_BYTES);
    const after = before + (share.before.length / 2) * FOREIGN_BYTES;
    const held = aligned(after + (share.after.length / 2) * FOREIGN_BYTES);
    word(THREAD_CHAMBER, share.chamber);
    word(THREAD_CHAMBER_END, share.chamberEnd);
    word(THREAD_DUCTS, share.ducts);
    word(THREAD_DUCTS_SHARED, share.shared);
    word(THREAD_DUCTS_END, share.ductsEnd);
    word(THREAD_SCRATCH, scratch);
    word(THREAD_MIRRORS, mirrors);
    word(THREAD_MIRROR_COUNT, share.mirrors.length);
    word(THREAD_BEFORE, before);
    word(THREAD_BEFORE_COUNT, share.before.length / 2);
    word(THREAD_AFTER, after);
    word(THREAD_AFTER_COUNT, share.after.length / 2);
    word(THREAD_HELD, held);
    const standIn = new Map(share.mirrors.map((chamber, m) => [chamber, records + m * RECORD_BYTES]));
    share.mirrors.forEach((chamber, m) => {
      words[mirrors / 4 + 2 * m] = records + m * RECORD_BYTES;
      words[mirrors / 4 + 2 * m + 1] = p.pressure + 8 * chamber;
    });
    writeForeign(p, before, share.before, edges);
    writeForeign(p, after, share.after, edges);
    const ducts = edges.length / 2;
    for (let e = share.ducts * DUCT_BLOCK; e < Math.min(ducts, share.ductsEnd * DUCT_BLOCK); e++) {
      const place = (p.ductBlocks + (e >> 1) * DUCT_PAIR_BYTES + (e & 1) * 8) / 4;
      for (let side = 0; side < 2; side++) {
        const chamber = edges[2 * e + side];
        words[place + side] = standIn.get(chamber) ?? p.records + chamber * RECORD_BYTES;
      }
    }
  });
}

function writeForeign(p: Places, at: number, ends: Ends, edges: Uint32Array): void {
  for (let m = 0; m < ends.length; m += 2) {
    const [e, side] = [ends[m], ends[m + 1]];
    const place = at / 4 + (m / 2) * (FOREIGN_BYTES / 4);
    p.words[place] = e;
    p.words[place + 1] = side;
    p.words[place + 2] = p.records + edges[2 * e + side] * RECORD_BYTES;
    p.words[place + 3] = p.pressure + 8 * edges[2 * e];
    p.words[place + 4] = p.pressure + 8 * edges[2 * e + 1];
  }
}
