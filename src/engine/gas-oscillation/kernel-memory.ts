// Where the numbers of a farm lie in the memory of its kernel. The farm's own arrays are moved in (copied once, then the
// farm holds views), so that a step copies nothing. The memory never grows: growth would detach the views.

import {
  AMOUNT,
  AMOUNTS,
  BLOCK_BYTES,
  CALORIC,
  CENTRE,
  CENTRE_BYTES,
  CENTRE_COUNT,
  CENTRES,
  CHAMBER_BLOCK,
  CHAMBER_BLOCKS,
  CHAMBER_POLE_BYTES,
  CHAMBER_POLES,
  CHAMBER_SUM_BYTES,
  CHAMBER_SUMS,
  CHAMBERS,
  CHANGE_BYTES,
  CHANGES,
  CHIP,
  CHIP_POWER,
  CONTROL,
  CONTROL_WORDS,
  CROSSED,
  CROSSED_END,
  CROSSED_EXCESS,
  DISPLACEMENT,
  DRIVE_WORK_SUM,
  DUCT_BLOCK,
  DUCT_BLOCKS,
  DUCT_PAIR_BYTES,
  DUCT_POLE_BYTES,
  DUCT_POLES,
  DUCT_SUM_BYTES,
  DUCT_SUMS,
  DUCTS,
  EDGES,
  ENERGY,
  FLOW,
  FRICTION_SUM,
  INSTANT_LAYER,
  LAYER,
  MINOR_LOSS_SUM,
  MIXED,
  MIXING,
  MIXING_BYTES,
  OFFSET,
  PEAK_FLOW,
  PENDING_HEAT,
  PISTON,
  PISTON_IM,
  PISTON_RE,
  POLES,
  PRESSURE,
  PRESSURE_COS,
  PRESSURE_SIN,
  PRESSURE_SUM,
  RECORD_BYTES,
  RECORDS,
  TARGET_IM,
  TARGET_RE,
  TEMPERATURE,
  TEMPERATURE_SUM,
  THREAD_BYTES,
  THREADS,
  TOTALS,
  TOUCHED,
  TRAP_FLOW,
  TRAP_PRESSURE,
  VIRIAL_TERMS,
  VISCOUS,
  VOLUME,
  WALL,
  WALL_HEAT_SUM,
} from '../../kernel/block.ts';
import { shareBytes, shareOut, writeShares } from './kernel-threads.ts';
import type { Relabelling } from './relabel.ts';
import type { FarmState } from './state.ts';
import type { Surroundings, WindowSums } from './step.ts';

type ArrayKeys<T> = { [K in keyof T]: T[K] extends Float64Array | Uint32Array ? K : never }[keyof T];
/** Fields of an object that are moved in, and where the parameter block keeps their addresses. */
type Places<T> = readonly (readonly [ArrayKeys<T>, number])[];

const STATE: Places<FarmState> = [
  ['flow', FLOW],
  ['displacement', DISPLACEMENT],
  ['viscous', VISCOUS],
  ['trapFlow', TRAP_FLOW],
  ['trapPressure', TRAP_PRESSURE],
  ['crossed', CROSSED],
  ['amounts', AMOUNTS],
  ['amount', AMOUNT],
  ['energy', ENERGY],
  ['temperature', TEMPERATURE],
  ['volume', VOLUME],
  ['pressure', PRESSURE],
  ['centre', CENTRE],
  ['caloric', CALORIC],
  ['virial', VIRIAL_TERMS],
  ['layer', LAYER],
  ['instantLayer', INSTANT_LAYER],
  ['pendingHeat', PENDING_HEAT],
  ['wall', WALL],
  ['chip', CHIP],
  ['pistonRe', PISTON_RE],
  ['pistonIm', PISTON_IM],
  ['piston', PISTON],
  ['totals', TOTALS],
];
const SURROUNDINGS: Places<Surroundings> = [
  ['chipPower', CHIP_POWER],
  ['pistonTargetRe', TARGET_RE],
  ['pistonTargetIm', TARGET_IM],
];
const SUMS: Places<WindowSums> = [
  ['pressureCos', PRESSURE_COS],
  ['pressureSin', PRESSURE_SIN],
  ['offset', OFFSET],
  ['pressure', PRESSURE_SUM],
  ['temperature', TEMPERATURE_SUM],
  ['driveWork', DRIVE_WORK_SUM],
  ['wallHeat', WALL_HEAT_SUM],
  ['friction', FRICTION_SUM],
  ['minorLoss', MINOR_LOSS_SUM],
  ['peakFlow', PEAK_FLOW],
];
const RELABELLING: Places<Relabelling> = [
  ['end', CROSSED_END],
  ['excess', CROSSED_EXCESS],
];

const PAGE = 65536;
const LINE = 64;
/** Large arrays start this far apart modulo a page of addresses: equal offsets would share the same few cache lines. */
const COLOUR = 11 * LINE;
const COLOURS = 4096;

/** Hands out addresses, upwards. */
class Arena {
  private next = BLOCK_BYTES;
  private colour = 0;

  reserve(bytes: number): number {
    let at = Math.ceil(this.next / LINE) * LINE;
    if (bytes >= COLOURS) {
      this.colour = (this.colour + COLOUR) % COLOURS;
      at += (this.colour - (at % COLOURS) + COLOURS) % COLOURS;
    }
    // An odd last chamber or duct is read together with what follows it.
    this.next = at + bytes + LINE;
    return at;
  }

  get pages(): number {
    return Math.ceil(this.next / PAGE);
  }
}

export interface KernelMemory {
  readonly memory: WebAssembly.Memory;
  /** The parameter block, as 32-bit words and as numbers. */
  readonly words: Uint32Array;
  readonly numbers: Float64Array;
  /** Addresses in bytes of the lists of pairs. */
  readonly ductBlocks: number;
  readonly chamberBlocks: number;
  /** Where the distinct coefficients of pairs of ducts and of chambers lie. */
  readonly ductTerms: number;
  readonly chamberTerms: number;
  /** See CONTROL. */
  readonly control: Int32Array;
}

function createMemory(pages: number, shared: boolean): WebAssembly.Memory | null {
  try {
    return new WebAssembly.Memory({ initial: pages, maximum: pages, shared });
  } catch {
    return null;
  }
}

/**
 * Makes the memory of a farm's kernel, shared among threads when there are several, and moves the farm's arrays into it: the objects given hold views of it afterwards.
 * @returns null, and nothing has moved, when there is no memory left (a process holds some thousands of such memories)
 */
export function moveIn(
  s: FarmState,
  around: Surroundings,
  sums: WindowSums,
  crossed: Relabelling,
  edges: Uint32Array,
  threads: number,
): KernelMemory | null {
  const arena = new Arena();
  const moves: { at: number; bytes: number; into: (buffer: ArrayBuffer) => void }[] = [];
  const pointers: [place: number, at: number][] = [];
  const reserve = (place: number, bytes: number): number => {
    const at = arena.reserve(bytes);
    pointers.push([place, at]);
    return at;
  };
  const plan = <T>(owner: T, places: Places<T>): void => {
    for (const [key, place] of places) {
      const array = owner[key] as Float64Array | Uint32Array;
      const at = reserve(place, array.byteLength);
      moves.push({
        at,
        bytes: array.byteLength,
        into: (buffer: ArrayBuffer) => {
          const view =
            array instanceof Float64Array
              ? new Float64Array(buffer, at, array.length)
              : new Uint32Array(buffer, at, array.length);
          view.set(array);
          (owner as Record<ArrayKeys<T>, Float64Array | Uint32Array>)[key] = view;
        },
      });
    }
  };
  const records = reserve(RECORDS, (s.chambers + 1) * RECORD_BYTES);
  const ductPairs = Math.ceil(s.ducts / 2);
  const chamberPairs = Math.ceil(s.chambers / 2);
  const ductBlocks = reserve(DUCT_BLOCKS, ductPairs * DUCT_PAIR_BYTES);
  // As many as there are pairs, in case no two are alike; memory that is never written is never taken.
  const ductTerms = arena.reserve(ductPairs * (DUCT_POLES + s.poles * DUCT_POLE_BYTES));
  const chamberTerms = arena.reserve(chamberPairs * (CHAMBER_POLES + s.poles * CHAMBER_POLE_BYTES));
  const chamberBlocks = reserve(CHAMBER_BLOCKS, 4 * chamberPairs);
  reserve(CHANGES, s.chambers * CHANGE_BYTES);
  reserve(TOUCHED, s.chambers);
  reserve(MIXED, 4 * s.chambers);
  reserve(MIXING, MIXING_BYTES * s.chambers);
  reserve(CENTRES, CENTRE_BYTES * CENTRE_COUNT);
  reserve(DUCT_SUMS, DUCT_SUM_BYTES * Math.ceil(s.ducts / DUCT_BLOCK));
  reserve(CHAMBER_SUMS, CHAMBER_SUM_BYTES * Math.ceil(s.chambers / CHAMBER_BLOCK));
  const ends = reserve(EDGES, edges.byteLength);
  const control = reserve(CONTROL, 4 * CONTROL_WORDS);
  const blocks = reserve(THREADS, THREAD_BYTES * threads);
  const shares = shareOut(s.chambers, edges, threads);
  const shareAt = shares.map((share) => arena.reserve(shareBytes(share)));
  plan(s, STATE);
  plan(around, SURROUNDINGS);
  plan(sums, SUMS);
  plan(crossed, RELABELLING);

  const memory = createMemory(arena.pages, threads > 1);
  if (!memory) return null;
  const words = new Uint32Array(memory.buffer);
  for (const [place, at] of pointers) words[place / 4] = at;
  words[CHAMBERS / 4] = s.chambers;
  words[DUCTS / 4] = s.ducts;
  words[POLES / 4] = s.poles;
  for (const move of moves) move.into(memory.buffer);
  words.set(edges, ends / 4);
  const places = { words, threads: blocks, records, ductBlocks, pressure: words[PRESSURE / 4] };
  writeShares(places, shares, edges, shareAt);
  return {
    memory,
    words,
    numbers: new Float64Array(memory.buffer),
    ductBlocks,
    chamberBlocks,
    ductTerms,
    chamberTerms,
    control: new Int32Array(memory.buffer, control, CONTROL_WORDS),
  };
}
