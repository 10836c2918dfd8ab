// Phases 1 and 2a of the step (gas-oscillation/step.ts, kickDucts and moveDisplacements) in one pass over the ducts,
// two at a time. Every chamber receives its ducts' shares in the order of the ducts, as there: bit for bit the same.

import {
  CROSSED,
  CROSSED_END,
  CROSSED_EXCESS,
  DISPLACEMENT,
  DUCT_BLOCK,
  DUCT_BLOCKS,
  DUCT_COEFFICIENTS,
  DUCT_DENOMINATOR,
  DUCT_FOUR_QUADRATIC,
  DUCT_HALF_VOLUME,
  DUCT_INERTIAL,
  DUCT_PAIR_BYTES,
  DUCT_POLE_BYTES,
  DUCT_POLES,
  DUCT_RESISTANCE,
  DUCT_SUM_BYTES,
  DUCT_SUMS,
  DUCT_TIMED_QUADRATIC,
  DUCTS,
  FLOW,
  HALF,
  HEAT_STEP,
  MOST_WAITING,
  MUCH_WAITS,
  PEAK_FLOW,
  POLE_BYTES,
  POLE_TABLE,
  POLES,
  PRESSURE,
  RECORD_BYTES,
  RECORDS,
  THREAD_CHAMBER,
  THREAD_CHAMBER_END,
  THREAD_DUCTS,
  THREAD_DUCTS_END,
  THREAD_DUCTS_SHARED,
  THREAD_MIRROR_COUNT,
  THREAD_MIRRORS,
  THREAD_SCRATCH,
  TIME_STEP,
  TRAP_EASE,
  TRAP_FLOW,
  TRAP_PRESSURE,
  TRAP_PUSH,
  VISCOUS,
} from '../block';
import { giveHeld, holdAfter, mirror, takeBefore, threadBlock } from './foreign';
import { Any, Four, few, first, Pair, put, Single, second, Three, Two } from './lanes';

/** Before any thread moves a duct: empties the thread's records and takes what others' ducts give its chambers. */
export function prepare(thread: i32): void {
  const own = threadBlock(thread);
  clearRecords(load<i32>(own, THREAD_CHAMBER), load<i32>(own, THREAD_CHAMBER_END));
  mirror(load<usize>(own, THREAD_MIRRORS), load<i32>(own, THREAD_MIRROR_COUNT));
  takeBefore(own);
  holdAfter(own);
}

/** Moves the thread's ducts that touch its own chambers alone. */
export function ownDucts(thread: i32): void {
  const own = threadBlock(thread);
  move(load<i32>(own, THREAD_DUCTS), load<i32>(own, THREAD_DUCTS_SHARED), load<usize>(own, THREAD_SCRATCH));
}

/** When every thread has prepared: moves the thread's other ducts. Then its chambers have all they get. */
export function sharedDucts(thread: i32): void {
  const own = threadBlock(thread);
  move(load<i32>(own, THREAD_DUCTS_SHARED), load<i32>(own, THREAD_DUCTS_END), load<usize>(own, THREAD_SCRATCH));
  giveHeld(own);
}

/** Moves ducts of blocks `from` … `to` − 1; what crosses into the other chamber is summed per duct. */
function move(from: i32, to: i32, mid: usize): void {
  const poles = load<i32>(POLES);
  if (poles === 4) run<Four>(from, to, mid);
  else if (poles === 3) run<Three>(from, to, mid);
  else if (poles === 2) run<Two>(from, to, mid);
  else run<Any>(from, to, mid);
}

/** Lists what crossed since the last call, and begins anew. @returns how many ends of ducts */
export function collect(): i32 {
  const ends = load<i32>(DUCTS) << 1;
  const zero = f64x2.splat(0);
  let at = load<usize>(CROSSED);
  let listed: usize = 0;
  for (let end = 0; end < ends; end += 2, at += 16) {
    if (!v128.any_true(f64x2.ne(v128.load(at), zero))) continue;
    listed = list(end, at, listed);
    listed = list(end + 1, at + 8, listed);
  }
  return <i32>listed;
}

function list(end: i32, at: usize, listed: usize): usize {
  const excess = load<f64>(at);
  if (excess === 0) return listed;
  store<f64>(at, 0);
  store<u32>(load<usize>(CROSSED_END) + (listed << 2), end);
  store<f64>(load<usize>(CROSSED_EXCESS) + (listed << 3), excess);
  return listed + 1;
}

/** Empty records of chambers `from` … `to` − 1 with the present pressures. */
function clearRecords(from: i32, to: i32): void {
  const zero = f64x2.splat(0);
  let record = load<usize>(RECORDS) + <usize>from * RECORD_BYTES;
  let pressure = load<usize>(PRESSURE) + ((<usize>from) << 3);
  for (let i = from; i < to; i++, record += RECORD_BYTES, pressure += 8) {
    v128.store(record, zero);
    v128.store(record, v128.load_lane<u64>(pressure, zero, 1), 16);
  }
}

/** The mid-step flows of a block are found first, so that the long wait for root and quotient overlaps. */
function run<Poles>(from: i32, to: i32, mid: usize): void {
  const count = load<i32>(DUCTS);
  const whole = count & ~1;
  let block = load<usize>(DUCT_BLOCKS) + <usize>(from * (DUCT_BLOCK / 2)) * DUCT_PAIR_BYTES;
  let sums = load<usize>(DUCT_SUMS) + <usize>from * DUCT_SUM_BYTES;
  for (let m = from; m < to; m++, block += DUCT_PAIR_BYTES * (DUCT_BLOCK / 2), sums += DUCT_SUM_BYTES) {
    const e = m * DUCT_BLOCK;
    const end = min(e + DUCT_BLOCK, whole);
    findFlows<Poles>(e, min(e + DUCT_BLOCK, count), block, mid);
    let sum = moveBlock<Pair, Poles>(e, end, block, f64x2.splat(0), mid);
    if (end < e + DUCT_BLOCK && end < count) {
      const last = <usize>(end - e);
      sum = moveBlock<Single, Any>(end, count, block + (last >> 1) * DUCT_PAIR_BYTES, sum, mid + (last << 3));
    }
    v128.store(sums, sum);
  }
}

/** Mid-step flows of ducts `from` … `to` − 1 into `target`. */
function findFlows<Poles>(from: i32, to: i32, blocks: usize, target: usize): void {
  let block = blocks;
  const poles = load<i32>(POLES);
  const flow = load<usize>(FLOW);
  const stride = load<usize>(DUCTS) << 3;
  const viscous0 = load<usize>(VISCOUS);
  const viscous1 = viscous0 + stride;
  const viscous2 = viscous1 + stride;
  const viscous3 = viscous2 + stride;
  const trapPressure = load<usize>(TRAP_PRESSURE);
  const count = few<Poles>();
  let mid = target;
  for (let e = from; e < to; e += 2, block += DUCT_PAIR_BYTES, mid += 16) {
    const at = (<usize>e) << 3;
    const terms = load<usize>(block, DUCT_COEFFICIENTS);
    const p = ends(load<usize>(block), load<usize>(block, 8));
    const q = ends(load<usize>(block, 4), load<usize>(block, 12));
    const own = f64x2.sub(v128.load(flow + at), v128.load(trapPressure + at));
    let B = f64x2.add(f64x2.sub(p, q), f64x2.mul(v128.load(terms, DUCT_INERTIAL), own));
    if (count > 0) B = f64x2.add(B, f64x2.mul(v128.load(terms, DUCT_POLES), v128.load(viscous0 + at)));
    if (count > 1) {
      B = f64x2.add(B, f64x2.mul(v128.load(terms, DUCT_POLES + DUCT_POLE_BYTES), v128.load(viscous1 + at)));
    }
    if (count > 2) {
      B = f64x2.add(B, f64x2.mul(v128.load(terms, DUCT_POLES + 2 * DUCT_POLE_BYTES), v128.load(viscous2 + at)));
    }
    if (count > 3) {
      B = f64x2.add(B, f64x2.mul(v128.load(terms, DUCT_POLES + 3 * DUCT_POLE_BYTES), v128.load(viscous3 + at)));
    }
    if (count < 0) {
      let state = viscous0 + at;
      let pole = terms + DUCT_POLES;
      for (let k = 0; k < poles; k++, state += stride, pole += DUCT_POLE_BYTES) {
        B = f64x2.add(B, f64x2.mul(v128.load(pole), v128.load(state)));
      }
    }
    const A = v128.load(terms, DUCT_DENOMINATOR);
    const fourK = v128.load(terms, DUCT_FOUR_QUADRATIC);
    const root = f64x2.sqrt(f64x2.add(f64x2.mul(A, A), f64x2.mul(fourK, f64x2.abs(B))));
    // 2B as B + B: the same number.
    v128.store(mid, f64x2.div(f64x2.add(B, B), f64x2.add(A, root)));
  }
}

/** Pressures of two records. */
function ends(a: usize, b: usize): v128 {
  return v128.load_lane<u64>(b, v128.load_zero<u64>(a, 24), 1, 24);
}

function moveBlock<Lanes, Poles>(from: i32, to: i32, blocks: usize, before: v128, mids: usize): v128 {
  let sums = before;
  let block = blocks;
  const poles = load<i32>(POLES);
  const flow = load<usize>(FLOW);
  const displacement = load<usize>(DISPLACEMENT);
  const peakFlow = load<usize>(PEAK_FLOW);
  const stride = load<usize>(DUCTS) << 3;
  const timeStep = v128.load_splat<f64>(TIME_STEP);
  const viscous0 = load<usize>(VISCOUS);
  const viscous1 = viscous0 + stride;
  const viscous2 = viscous1 + stride;
  const viscous3 = viscous2 + stride;
  const trapFlow = load<usize>(TRAP_FLOW);
  const trapPressure = load<usize>(TRAP_PRESSURE);
  const count = few<Poles>();
  let midAt = mids;
  // One bit per duct of the block whose displacement has left its half duct.
  let beyond: u64 = 0;
  for (let e = from; e < to; e += 2, block += DUCT_PAIR_BYTES, midAt += 16) {
    const at = (<usize>e) << 3;
    const mid = v128.load(midAt);
    const terms = load<usize>(block, DUCT_COEFFICIENTS);
    let dissipation = f64x2.mul(f64x2.mul(v128.load(terms, DUCT_RESISTANCE), mid), mid);
    if (count > 0) dissipation = relax<Lanes>(dissipation, mid, viscous0 + at, terms, 0);
    if (count > 1) dissipation = relax<Lanes>(dissipation, mid, viscous1 + at, terms, 1);
    if (count > 2) dissipation = relax<Lanes>(dissipation, mid, viscous2 + at, terms, 2);
    if (count > 3) dissipation = relax<Lanes>(dissipation, mid, viscous3 + at, terms, 3);
    if (count < 0) {
      let state = viscous0 + at;
      for (let k = 0; k < poles; k++, state += stride) dissipation = relax<Lanes>(dissipation, mid, state, terms, k);
    }
    const friction = f64x2.mul(v128.load_splat<f64>(HEAT_STEP), dissipation);
    const speed = f64x2.abs(mid);
    const minor = f64x2.mul(f64x2.mul(f64x2.mul(v128.load(terms, DUCT_TIMED_QUADRATIC), speed), mid), mid);
    const after = f64x2.sub(f64x2.add(mid, mid), v128.load(flow + at));
    put<Lanes>(flow + at, after);
    const caught = v128.load(trapPressure + at);
    const inTrap = f64x2.add(v128.load(trapFlow + at), f64x2.mul(v128.load_splat<f64>(TRAP_EASE), caught));
    put<Lanes>(trapFlow + at, inTrap);
    const push = f64x2.mul(v128.load_splat<f64>(TRAP_PUSH), f64x2.sub(after, inTrap));
    put<Lanes>(trapPressure + at, f64x2.add(caught, push));
    put<Lanes>(peakFlow + at, larger(speed, v128.load(peakFlow + at)));

    const moved = f64x2.mul(after, timeStep);
    const limit = v128.load(terms, DUCT_HALF_VOLUME);
    const place = f64x2.add(v128.load(displacement + at), moved);
    put<Lanes>(displacement + at, place);
    beyond |= (<u64>i64x2.bitmask(f64x2.gt(f64x2.abs(place), limit))) << (<u64>(e - from));

    const share = f64x2.mul(v128.load_splat<f64>(HALF), friction);
    const forward = f64x2.gt(mid, f64x2.splat(0));
    const minorFirst = v128.andnot(minor, forward);
    const minorSecond = v128.and(minor, forward);
    give(load<usize>(block), first(share, minorFirst), f64x2.extract_lane(moved, 0));
    give(load<usize>(block, 4), first(share, minorSecond), -f64x2.extract_lane(moved, 0));
    sums = f64x2.add(sums, first(friction, minor));
    if (sizeof<Lanes>() === 2) {
      give(load<usize>(block, 8), second(share, minorFirst), f64x2.extract_lane(moved, 1));
      give(load<usize>(block, 12), second(share, minorSecond), -f64x2.extract_lane(moved, 1));
      sums = f64x2.add(sums, second(friction, minor));
    }
  }
  if (sizeof<Lanes>() === 1) beyond &= 1;
  if (beyond !== 0) stopCrossed(from, beyond, blocks);
  return sums;
}

/** The k-th viscous state, relaxed towards the mid-step flow. @returns the dissipation with its share added */
function relax<Lanes>(dissipation: v128, mid: v128, state: usize, terms: usize, k: usize): v128 {
  const table: usize = POLE_TABLE + k * POLE_BYTES;
  const y = v128.load(state);
  const slip = f64x2.mul(f64x2.sub(mid, y), v128.load_splat<f64>(table));
  put<Lanes>(state, f64x2.add(y, f64x2.mul(v128.load_splat<f64>(table, 8), slip)));
  const resistance = v128.load(terms + k * DUCT_POLE_BYTES, DUCT_POLES + 16);
  return f64x2.add(dissipation, f64x2.mul(f64x2.mul(resistance, slip), slip));
}

/** Adds heats and volume to a chamber's record. */
function give(record: usize, heats: v128, volume: f64): void {
  v128.store(record, f64x2.add(v128.load(record), heats));
  store<f64>(record, load<f64>(record, 16) + volume, 16);
}

/** a where a > b, else b (also when a is not a number). */
function larger(a: v128, b: v128): v128 {
  return f64x2.pmax(b, a);
}

/** Stops displacements that left their half ducts at the end, and sums what crossed. @param beyond a bit for each of them */
function stopCrossed(from: i32, beyond: u64, blocks: usize): void {
  for (let rest = beyond; rest !== 0; rest &= rest - 1) {
    const within = <usize>ctz(rest);
    const terms = load<usize>(blocks + (within >> 1) * DUCT_PAIR_BYTES, DUCT_COEFFICIENTS);
    stop(from + <i32>within, load<f64>(terms + ((within & 1) << 3), DUCT_HALF_VOLUME));
  }
}

function stop(e: i32, half: f64): void {
  const displacement = load<usize>(DISPLACEMENT) + ((<usize>e) << 3);
  const xi = load<f64>(displacement);
  const excess = xi > 0 ? xi - half : xi + half;
  store<f64>(displacement, xi - excess);
  const sum = load<usize>(CROSSED) + ((<usize>e) << 4) + (xi > 0 ? 0 : 8);
  const waiting = load<f64>(sum) + abs(excess);
  store<f64>(sum, waiting);
  if (waiting > load<f64>(MOST_WAITING) * half) store<i32>(MUCH_WAITS, 1);
}
