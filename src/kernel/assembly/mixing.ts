// What a chamber of ideal gas becomes by what it gave and got: relabel.ts `mixIdeal`, the six gases two by two, in several
// short passes over the chambers listed, because a chamber's own sums wait long for each other.

import {
  AMOUNT,
  AMOUNTS,
  CALORIC,
  CENTRE,
  CHANGE_BYTES,
  CHANGES,
  ENERGY,
  GAS_CONSTANT,
  GAS_PAIRS,
  MIXED,
  MIXING,
  MIXING_BYTES,
  PAIR_BYTES,
  RECENTRE_KELVIN,
  REFERENCE_TEMPERATURE,
  TEMPERATURE,
  TOTALS,
  VOLUME,
} from '../block';
import { centreTerms } from './exchange';
import { moveCentre } from './host';
import { first, second } from './lanes';
import { log1p, logarithm } from './log';

const ENTROPY_MIXING: usize = 11 * 8;

/** Mixes chambers `from` … `to` − 1 of the list: pressures stay, temperatures follow the mixed energy. */
export function mix(from: i32, to: i32): void {
  const list = load<usize>(MIXED);
  const first = load<usize>(MIXING) + <usize>from * MIXING_BYTES;
  let own = first;
  for (let m = from; m < to; m++, own += MIXING_BYTES) store<f64>(own, thermalEntropy(listed(list, m)), 8);
  own = first;
  for (let m = from; m < to; m++, own += MIXING_BYTES) store<f64>(own, apply(listed(list, m)));
  own = first;
  for (let m = from; m < to; m++, own += MIXING_BYTES) store<i32>(own, i32(!settle(listed(list, m))), 24);
}

/** When all are mixed: renews the centres of those that need it and adds up what mixing has gained, in the order of the list. */
export function endExchange(count: i32): void {
  const list = load<usize>(MIXED);
  const total = load<usize>(TOTALS) + ENTROPY_MIXING;
  let own = load<usize>(MIXING);
  for (let m = 0; m < count; m++, own += MIXING_BYTES) {
    const chamber = listed(list, m);
    const centre = load<i32>(own, 24) ? moveCentre(<i32>chamber) : 0;
    const thermal = thermalEntropy(chamber) - load<f64>(own, 8);
    store<f64>(total, load<f64>(total) + (load<f64>(own) + thermal + centre));
  }
}

function listed(list: usize, m: i32): usize {
  return <usize>load<i32>(list + ((<usize>m) << 2));
}

/** Applies what a chamber gave and got. @returns entropy gained but for the thermal part, J/K */
function apply(chamber: usize): f64 {
  const at = chamber << 3;
  const change = load<usize>(CHANGES) + chamber * CHANGE_BYTES;
  const volumeAt = load<usize>(VOLUME) + at;
  const energyAt = load<usize>(ENERGY) + at;
  const zero = f64x2.splat(0);
  const one = f64x2.splat(1);
  const least = f64x2.splat(1e-30);
  const R = v128.load_splat<f64>(GAS_CONSTANT);
  const volumeBefore = v128.load_splat<f64>(volumeAt);
  const volumeChange = v128.load_splat<f64>(change);
  const volume = f64x2.add(volumeBefore, volumeChange);
  const lnVolume = log1p(f64x2.div(volumeChange, volumeBefore), i64x2.splat(-1));
  let amounts = load<usize>(AMOUNTS) + chamber * 48;
  let changes = change + 16;
  let table = centreTerms(chamber);
  let total = zero;
  let energy = zero;
  let c0 = zero;
  let c1 = zero;
  let c2 = zero;
  let gain = zero;
  for (let pair = 0; pair < GAS_PAIRS; pair++, amounts += 16, changes += 16, table += PAIR_BYTES) {
    const before = v128.load(amounts);
    const moved = v128.load(changes);
    if (!v128.any_true(v128.or(f64x2.ne(before, zero), f64x2.ne(moved, zero)))) continue;
    const n = f64x2.add(before, moved);
    v128.store(amounts, n);
    v128.store(changes, zero);
    total = f64x2.add(total, n);
    energy = f64x2.add(energy, f64x2.mul(n, v128.load(table)));
    c0 = f64x2.add(c0, f64x2.mul(n, v128.load(table, 16)));
    c1 = f64x2.add(c1, f64x2.mul(n, v128.load(table, 32)));
    c2 = f64x2.add(c2, f64x2.mul(n, v128.load(table, 48)));
    const was = f64x2.gt(before, least);
    const is = f64x2.gt(n, least);
    let dense = v128.bitselect(f64x2.div(n, volume), one, is);
    dense = v128.bitselect(f64x2.div(before, volumeBefore), dense, was);
    const swelling = v128.and(f64x2.sub(log1p(f64x2.div(moved, before), was), lnVolume), was);
    const weighed = f64x2.mul(v128.bitselect(moved, n, was), logarithm(dense));
    const mixed = v128.and(f64x2.mul(R, f64x2.add(weighed, f64x2.mul(n, swelling))), is);
    gain = f64x2.add(gain, f64x2.sub(f64x2.mul(moved, v128.load(table, 64)), mixed));
  }
  store<f64>(volumeAt, f64x2.extract_lane(volume, 0));
  store<f64>(energyAt, load<f64>(energyAt) + load<f64>(change, 8));
  v128.store(change, zero);
  store<f64>(load<usize>(AMOUNT) + at, f64x2.extract_lane(total, 0) + f64x2.extract_lane(total, 1));
  const caloric = load<usize>(CALORIC) + (chamber << 5);
  v128.store(caloric, f64x2.add(first(energy, c0), second(energy, c0)));
  v128.store(caloric, f64x2.add(first(c1, c2), second(c1, c2)), 16);
  return f64x2.extract_lane(gain, 0) + f64x2.extract_lane(gain, 1);
}

/** Temperature from the expansion. @returns whether it is near enough to the centre */
function settle(chamber: usize): bool {
  const at = chamber << 3;
  const caloric = load<usize>(CALORIC) + (chamber << 5);
  const temperatureAt = load<usize>(TEMPERATURE) + at;
  const centre = load<f64>(load<usize>(CENTRE) + at);
  const wanted = load<f64>(load<usize>(ENERGY) + at) - load<f64>(caloric);
  const c0 = load<f64>(caloric, 8);
  const c1 = load<f64>(caloric, 16);
  const c2 = load<f64>(caloric, 24);
  let d = load<f64>(temperatureAt) - centre;
  for (let pass = 0; pass < 20; pass++) {
    const stored = d * (c0 + d * (0.5 * c1 + d * c2 * (1 / 6.0)));
    const change = (wanted - stored) / (c0 + d * (c1 + 0.5 * d * c2));
    d += change;
    if (abs(change) < 1e-9) break;
  }
  store<f64>(temperatureAt, centre + d);
  return abs(d) <= load<f64>(RECENTRE_KELVIN);
}

/** ∫C/T dT from the centre to the temperature, J/K. */
function thermalEntropy(chamber: usize): f64 {
  const at = chamber << 3;
  const caloric = load<usize>(CALORIC) + (chamber << 5);
  const c1 = load<f64>(caloric, 16);
  const halfC2 = 0.5 * load<f64>(caloric, 24);
  const own = load<f64>(load<usize>(CENTRE) + at);
  const centre = load<f64>(REFERENCE_TEMPERATURE) + own;
  const d = load<f64>(load<usize>(TEMPERATURE) + at) - own;
  const atZero = load<f64>(caloric, 8) + centre * (centre * halfC2 - c1);
  const grown = f64x2.extract_lane(log1p(f64x2.splat(d / centre), i64x2.splat(-1)), 0);
  return atZero * grown + d * (c1 + halfC2 * (0.5 * d - centre));
}
