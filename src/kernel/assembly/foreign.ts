// Where the threads' shares of the farm meet: ducts belong to one thread, chambers too, and a duct may join two threads'
// chambers. Its thread moves it; the other computes for itself, from the state before the step, what the duct gives its
// chamber, operation by operation as moveBlock does. Every chamber so gets its ducts' shares in the order of the ducts.

import {
  DUCT_BLOCKS,
  DUCT_COEFFICIENTS,
  DUCT_DENOMINATOR,
  DUCT_FOUR_QUADRATIC,
  DUCT_INERTIAL,
  DUCT_PAIR_BYTES,
  DUCT_POLE_BYTES,
  DUCT_POLES,
  DUCT_RESISTANCE,
  DUCT_TIMED_QUADRATIC,
  DUCTS,
  FLOW,
  FOREIGN_BYTES,
  HALF,
  HEAT_STEP,
  HELD_BYTES,
  MIRROR_BYTES,
  POLE_BYTES,
  POLE_TABLE,
  POLES,
  THREAD_AFTER,
  THREAD_AFTER_COUNT,
  THREAD_BEFORE,
  THREAD_BEFORE_COUNT,
  THREAD_BYTES,
  THREAD_HELD,
  THREADS,
  TIME_STEP,
  TRAP_PRESSURE,
  VISCOUS,
} from '../block';

/** Address of what a thread works on. */
export function threadBlock(thread: i32): usize {
  return load<usize>(THREADS) + <usize>thread * THREAD_BYTES;
}

/** Pressures of others' chambers into the records that stand for them; what is given to these is never read. */
export function mirror(list: usize, count: i32): void {
  let at = list;
  for (let m = 0; m < count; m++, at += MIRROR_BYTES) {
    store<f64>(load<usize>(at), load<f64>(load<usize>(at, 4)), 24);
  }
}

/** Gives the thread's chambers the shares of others' ducts that come before its own. */
export function takeBefore(own: usize): void {
  let at = load<usize>(own, THREAD_BEFORE);
  const count = load<i32>(own, THREAD_BEFORE_COUNT);
  for (let m = 0; m < count; m++, at += FOREIGN_BYTES) {
    share(at);
    add(load<usize>(at, 8), friction, minor, volume);
  }
}

/** Computes the shares of others' ducts that come after its own, while their state is that before the step. */
export function holdAfter(own: usize): void {
  let at = load<usize>(own, THREAD_AFTER);
  let held = load<usize>(own, THREAD_HELD);
  const count = load<i32>(own, THREAD_AFTER_COUNT);
  for (let m = 0; m < count; m++, at += FOREIGN_BYTES, held += HELD_BYTES) {
    share(at);
    store<f64>(held, friction);
    store<f64>(held, minor, 8);
    store<f64>(held, volume, 16);
  }
}

/** Gives them. */
export function giveHeld(own: usize): void {
  let at = load<usize>(own, THREAD_AFTER);
  let held = load<usize>(own, THREAD_HELD);
  const count = load<i32>(own, THREAD_AFTER_COUNT);
  for (let m = 0; m < count; m++, at += FOREIGN_BYTES, held += HELD_BYTES) {
    add(load<usize>(at, 8), load<f64>(held), load<f64>(held, 8), load<f64>(held, 16));
  }
}

function add(record: usize, frictionHeat: f64, minorHeat: f64, volumeChange: f64): void {
  store<f64>(record, load<f64>(record) + frictionHeat);
  store<f64>(record, load<f64>(record, 8) + minorHeat, 8);
  store<f64>(record, load<f64>(record, 16) + volumeChange, 16);
}

/** What `share` found: heats, J, and volume, m³. */
let friction: f64 = 0;
let minor: f64 = 0;
let volume: f64 = 0;

/** What the duct of an entry gives at the entry's end. */
function share(entry: usize): void {
  const e = load<u32>(entry);
  const atEnd = load<u32>(entry, 4);
  const poles = load<i32>(POLES);
  const pair = load<usize>(DUCT_BLOCKS) + <usize>(e >> 1) * DUCT_PAIR_BYTES;
  const block = load<usize>(pair, DUCT_COEFFICIENTS) + ((<usize>(e & 1)) << 3);
  const at = (<usize>e) << 3;
  const before = load<f64>(load<usize>(FLOW) + at);
  const own = before - load<f64>(load<usize>(TRAP_PRESSURE) + at);
  const states = load<usize>(VISCOUS) + at;
  const stride = load<usize>(DUCTS) << 3;
  let B = load<f64>(load<usize>(entry, 12)) - load<f64>(load<usize>(entry, 16)) + load<f64>(block, DUCT_INERTIAL) * own;
  let state = states;
  let terms = block + DUCT_POLES;
  for (let k = 0; k < poles; k++, state += stride, terms += DUCT_POLE_BYTES) B += load<f64>(terms) * load<f64>(state);
  const A = load<f64>(block, DUCT_DENOMINATOR);
  const mid = (B + B) / (A + sqrt(A * A + load<f64>(block, DUCT_FOUR_QUADRATIC) * abs(B)));
  let dissipation = load<f64>(block, DUCT_RESISTANCE) * mid * mid;
  state = states;
  terms = block + DUCT_POLES;
  let table: usize = POLE_TABLE;
  for (let k = 0; k < poles; k++, state += stride, terms += DUCT_POLE_BYTES, table += POLE_BYTES) {
    const slip = (mid - load<f64>(state)) * load<f64>(table);
    dissipation += load<f64>(terms, 16) * slip * slip;
  }
  friction = load<f64>(HALF) * (load<f64>(HEAT_STEP) * dissipation);
  const towards = mid > 0 ? 1 : 0;
  minor = towards === atEnd ? load<f64>(block, DUCT_TIMED_QUADRATIC) * abs(mid) * mid * mid : 0;
  const moved = (mid + mid - before) * load<f64>(TIME_STEP);
  volume = atEnd === 0 ? moved : -moved;
}
