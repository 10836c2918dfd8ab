// Phase 3 of the step for the ideal gas: relabel.ts `relabel`, in the same order. The list of what crossed is that of `ducts`.

import {
  AMOUNT,
  AMOUNTS,
  CALORIC,
  CENTRE,
  CHANGE_BYTES,
  CHANGES,
  CROSSED_DUCT,
  CROSSED_EXCESS,
  DUCT_BLOCKS,
  DUCT_POLE_BYTES,
  DUCT_POLES,
  ENERGY,
  ENTROPY_BEFORE,
  MIXED,
  POLES,
  RECORDS,
  REFERENCE_TEMPERATURE,
  TEMPERATURE,
  TOTALS,
  TOUCHED,
  VOLUME,
} from '../block';
import { capacityDerivatives, energyAndCapacity, entropy, inRange } from './gases';
import { temperatureOf } from './host';

const ENTROPY_MIXING: usize = 11 * 8;
const EXCHANGED_VOLUME: usize = 12 * 8;

/** Moves the gas of the first `count` ducts listed; pressures stay, temperatures follow the mixed energy. */
export function exchange(count: i32): void {
  for (let m = 0; m < count; m++) {
    const excess = load<f64>(load<usize>(CROSSED_EXCESS) + ((<usize>m) << 3));
    const one = end(m, 0);
    const other = end(m, 1);
    if (excess > 0) give(one, other, excess);
    else give(other, one, abs(excess));
  }
  mix(listTouched(count));
}

/** Lists every chamber that gave or got, once, in the order of the ducts. @returns how many */
function listTouched(count: i32): i32 {
  const touched = load<usize>(TOUCHED);
  const list = load<usize>(MIXED);
  let listed = 0;
  for (let m = 0; m < count; m++) {
    for (let which = 0; which < 2; which++) {
      const chamber = end(m, which);
      if (load<u8>(touched + chamber) === 0) continue;
      store<u8>(touched + chamber, 0);
      store<i32>(list + ((<usize>listed) << 2), chamber);
      listed++;
    }
  }
  return listed;
}

/** Mixes the chambers listed: in several short passes, because a chamber's own sums wait long for each other. */
function mix(count: i32): void {
  const list = load<usize>(MIXED);
  const before = load<usize>(ENTROPY_BEFORE);
  for (let m: usize = 0; m < <usize>count; m++) {
    store<f64>(before + (m << 3), entropy(load<i32>(list + (m << 2))));
  }
  for (let m: usize = 0; m < <usize>count; m++) settle(load<i32>(list + (m << 2)));
  const total = load<usize>(TOTALS) + ENTROPY_MIXING;
  for (let m: usize = 0; m < <usize>count; m++) {
    const gain = entropy(load<i32>(list + (m << 2))) - load<f64>(before + (m << 3));
    store<f64>(total, load<f64>(total) + gain);
  }
}

/** Chamber at an end of the m-th duct listed. */
function end(m: i32, which: usize): i32 {
  const e = load<u32>(load<usize>(CROSSED_DUCT) + ((<usize>m) << 2));
  const blockBytes: usize = DUCT_POLES + load<usize>(POLES) * DUCT_POLE_BYTES;
  const block = load<usize>(DUCT_BLOCKS) + <usize>(e >> 1) * blockBytes + ((<usize>(e & 1)) << 3);
  return (load<usize>(block + (which << 2)) - load<usize>(RECORDS)) >> 5;
}

function give(donor: i32, receiver: i32, moved: f64): void {
  const from = load<usize>(CHANGES) + <usize>donor * CHANGE_BYTES;
  const to = load<usize>(CHANGES) + <usize>receiver * CHANGE_BYTES;
  const at = (<usize>donor) << 3;
  const totals = load<usize>(TOTALS);
  store<f64>(totals + EXCHANGED_VOLUME, load<f64>(totals + EXCHANGED_VOLUME) + moved);
  const share = moved / load<f64>(load<usize>(VOLUME) + at);
  const energy = share * load<f64>(load<usize>(ENERGY) + at);
  store<f64>(from, load<f64>(from) - moved);
  store<f64>(to, load<f64>(to) + moved);
  store<f64>(from, load<f64>(from, 8) - energy, 8);
  store<f64>(to, load<f64>(to, 8) + energy, 8);
  const amounts = load<usize>(AMOUNTS) + <usize>donor * 48;
  const part = f64x2.splat(share);
  for (let place: usize = 0; place < 48; place += 16) {
    const n = f64x2.mul(part, v128.load(amounts + place));
    v128.store(from + place, f64x2.sub(v128.load(from + place, 16), n), 16);
    v128.store(to + place, f64x2.add(v128.load(to + place, 16), n), 16);
  }
  store<u8>(load<usize>(TOUCHED) + donor, 1);
  store<u8>(load<usize>(TOUCHED) + receiver, 1);
}

/** Applies what a chamber gave and got. */
function settle(chamber: i32): void {
  const at = (<usize>chamber) << 3;
  const change = load<usize>(CHANGES) + <usize>chamber * CHANGE_BYTES;
  const volume = load<usize>(VOLUME) + at;
  const energy = load<usize>(ENERGY) + at;
  store<f64>(volume, load<f64>(volume) + load<f64>(change));
  store<f64>(energy, load<f64>(energy) + load<f64>(change, 8));
  const amounts = load<usize>(AMOUNTS) + <usize>chamber * 48;
  const zero = f64x2.splat(0);
  v128.store(change, zero);
  let total: f64 = 0;
  for (let place: usize = 0; place < 48; place += 16) {
    const n = f64x2.add(v128.load(amounts + place), v128.load(change + place, 16));
    v128.store(amounts + place, n);
    v128.store(change + place, zero, 16);
    total += f64x2.extract_lane(n, 0);
    total += f64x2.extract_lane(n, 1);
  }
  store<f64>(load<usize>(AMOUNT) + at, total);
  const temperature = load<usize>(TEMPERATURE) + at;
  store<f64>(temperature, settled(chamber, load<f64>(temperature), load<f64>(energy)));
}

/** T − 300 K at which the gas of a chamber has its energy: relabel.ts `temperatureOf`. Centres the expansion as there. */
function settled(chamber: i32, guess: f64, energy: f64): f64 {
  let T = guess;
  let centre = T;
  let low = f64x2.splat(0);
  for (let pass = 0; pass < 20; pass++) {
    const absolute = load<f64>(REFERENCE_TEMPERATURE) + T;
    if (!inRange(absolute)) return temperatureOf(chamber);
    low = energyAndCapacity(chamber, absolute);
    const step = (energy - f64x2.extract_lane(low, 0)) / f64x2.extract_lane(low, 1);
    centre = T;
    T += step;
    if (abs(step) < 1e-9) break;
  }
  const caloric = load<usize>(CALORIC) + ((<usize>chamber) << 5);
  store<f64>(load<usize>(CENTRE) + ((<usize>chamber) << 3), centre);
  v128.store(caloric, low);
  v128.store(caloric, capacityDerivatives(chamber, load<f64>(REFERENCE_TEMPERATURE) + centre), 16);
  return T;
}
