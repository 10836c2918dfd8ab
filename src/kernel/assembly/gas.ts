// The gas of the chambers: pistons and change of temperature (`warm`), then layers, energy, pressure, temperature (`renew`).

import {
  AMOUNT,
  CALORIC,
  CENTRE,
  CHAMBER_BLOCKS,
  CHAMBER_CONDUCTED,
  CHAMBER_HALF_PULL,
  CHAMBER_INSTANT,
  CHAMBER_POLE_BYTES,
  CHAMBER_POLES,
  CHAMBERS,
  COS,
  ENERGY,
  FOLLOW,
  GAS_CONSTANT,
  INSTANT_LAYER,
  LAYER,
  PENDING_HEAT,
  PER_STEP,
  PISTON,
  PISTON_IM,
  PISTON_RE,
  POLE_BYTES,
  POLE_TABLE,
  POLES,
  POWER_FACTOR,
  PRESSURE,
  RECENTRE_KELVIN,
  RECORD_BYTES,
  RECORDS,
  REFERENCE_TEMPERATURE,
  SCRATCH_B,
  SCRATCH_B1,
  SCRATCH_B2,
  SCRATCH_BYTES,
  SCRATCH_D,
  SCRATCH_DENSITY,
  SCRATCH_DT,
  SCRATCH_DV,
  SCRATCH_MID,
  SCRATCH_PER_MID,
  SCRATCH_PISTON_MOVE,
  SCRATCH_RESIDUAL,
  SCRATCH_TO_WALL,
  SCRATCH_WORK,
  SIN,
  SIXTH,
  SMALLEST_NORMAL,
  TARGET_IM,
  TARGET_RE,
  TEMPERATURE,
  VIRIAL_TERMS,
  VOLUME,
  WALL,
  WORK_FACTOR,
} from '../block';
import { recentre } from './host';
import { first, put, second } from './lanes';

/** The equation of state, chosen when the kernel is compiled. */
export type Real = i16;
export type Ideal = i8;

/** Pistons to their place at n + 1, volume change, and the change of temperature dT of chambers `from` … `to` − 1. */
export function warm<Lanes, Gas>(from: i32, to: i32, scratches: usize): void {
  const poles = load<i32>(POLES);
  const stride = load<usize>(CHAMBERS) << 3;
  const half = f64x2.splat(0.5);
  const minusHalf = f64x2.splat(-0.5);
  const one = f64x2.splat(1);
  const reference = v128.load_splat<f64>(REFERENCE_TEMPERATURE);
  const follow = v128.load_splat<f64>(FOLLOW);
  const cos = v128.load_splat<f64>(COS);
  const sin = v128.load_splat<f64>(SIN);
  let scratch = scratches;
  let blocks = load<usize>(CHAMBER_BLOCKS) + ((<usize>(from >> 1)) << 2);
  let record = load<usize>(RECORDS) + <usize>from * RECORD_BYTES;
  for (let i = from; i < to; i += 2, blocks += 4, record += 2 * RECORD_BYTES, scratch += SCRATCH_BYTES) {
    const block = load<usize>(blocks);
    const at = (<usize>i) << 3;
    const reAt = load<usize>(PISTON_RE) + at;
    const imAt = load<usize>(PISTON_IM) + at;
    const pistonAt = load<usize>(PISTON) + at;
    let re = v128.load(reAt);
    let im = v128.load(imAt);
    re = flushed(f64x2.add(re, f64x2.mul(follow, f64x2.sub(v128.load(load<usize>(TARGET_RE) + at), re))));
    im = flushed(f64x2.add(im, f64x2.mul(follow, f64x2.sub(v128.load(load<usize>(TARGET_IM) + at), im))));
    put<Lanes>(reAt, re);
    put<Lanes>(imAt, im);
    const x = f64x2.sub(f64x2.mul(re, cos), f64x2.mul(im, sin));
    const pistonMove = f64x2.sub(x, v128.load(pistonAt));
    put<Lanes>(pistonAt, x);
    v128.store(scratch, pistonMove, SCRATCH_PISTON_MOVE);

    const dv = f64x2.add(first(v128.load(record, 16), v128.load(record, 16 + RECORD_BYTES)), pistonMove);
    const volumeAt = load<usize>(VOLUME) + at;
    const volume = v128.load(volumeAt);
    const v = f64x2.add(volume, dv);
    put<Lanes>(volumeAt, v);
    const nR = f64x2.mul(v128.load(load<usize>(AMOUNT) + at), v128.load_splat<f64>(GAS_CONSTANT));
    const T = v128.load(load<usize>(TEMPERATURE) + at);
    const p = v128.load(load<usize>(PRESSURE) + at);
    const G = v128.load(block, CHAMBER_CONDUCTED);
    const instant = v128.load(block, CHAMBER_INSTANT);
    const fromCentre = f64x2.sub(T, v128.load(load<usize>(CENTRE) + at));
    const caloric = load<usize>(CALORIC) + (at << 2);
    const high0 = v128.load(caloric, 16);
    const high1 = v128.load(caloric, 48);
    const c1 = second(v128.load(caloric), v128.load(caloric, 32));
    const c2 = first(high0, high1);
    const c3 = second(high0, high1);
    const C = f64x2.add(c1, f64x2.mul(fromCentre, f64x2.add(c2, f64x2.mul(f64x2.mul(half, fromCentre), c3))));
    const dC = f64x2.add(c2, f64x2.mul(fromCentre, c3));

    // Equation of state at the old temperature and the new volume.
    const Tk = f64x2.add(reference, T);
    const density = f64x2.div(one, v);
    v128.store(scratch, dv, SCRATCH_DV);
    v128.store(scratch, density, SCRATCH_DENSITY);
    let pThere = f64x2.mul(f64x2.mul(nR, Tk), density);
    let pByT = f64x2.mul(nR, density);
    let residualCapacity = f64x2.splat(0);
    // For the ideal gas the zero that the real gas's term leaves: −0 becomes 0.
    let energyByVolume = f64x2.splat(-0.0);
    if (sizeof<Gas>() === 2) {
      const terms = load<usize>(VIRIAL_TERMS) + at + (at << 1);
      const v0 = v128.load(terms);
      const v1 = v128.load(terms, 16);
      const v2 = v128.load(terms, 32);
      const virial1 = v128.shuffle<f64>(v0, v2, 1, 2);
      const b2 = v128.shuffle<f64>(v1, v2, 0, 3);
      const b = f64x2.add(
        v128.shuffle<f64>(v0, v1, 0, 3),
        f64x2.mul(fromCentre, f64x2.add(virial1, f64x2.mul(f64x2.mul(half, fromCentre), b2))),
      );
      const db = f64x2.add(virial1, f64x2.mul(fromCentre, b2));
      pThere = f64x2.mul(pThere, f64x2.add(one, f64x2.mul(b, density)));
      pByT = f64x2.mul(pByT, f64x2.add(one, f64x2.mul(f64x2.add(b, f64x2.mul(Tk, db)), density)));
      const minusNR = f64x2.neg(nR);
      energyByVolume = f64x2.mul(
        f64x2.mul(f64x2.mul(f64x2.mul(minusNR, Tk), Tk), db),
        f64x2.sub(density, f64x2.div(one, volume)),
      );
      residualCapacity = f64x2.mul(
        f64x2.mul(f64x2.mul(minusNR, density), Tk),
        f64x2.add(f64x2.mul(f64x2.splat(2), db), f64x2.mul(Tk, b2)),
      );
      v128.store(scratch, b, SCRATCH_B);
      v128.store(scratch, db, SCRATCH_B1);
      v128.store(scratch, b2, SCRATCH_B2);
      v128.store(scratch, residualCapacity, SCRATCH_RESIDUAL);
    }
    const minorHeat = second(v128.load(record), v128.load(record, RECORD_BYTES));
    let drive = f64x2.sub(f64x2.mul(f64x2.mul(minusHalf, f64x2.add(p, pThere)), dv), energyByVolume);
    drive = f64x2.add(drive, f64x2.mul(G, f64x2.sub(v128.load(load<usize>(WALL) + at), T)));
    drive = f64x2.sub(f64x2.add(drive, minorHeat), v128.load(load<usize>(PENDING_HEAT) + at));
    drive = f64x2.sub(drive, f64x2.mul(instant, f64x2.sub(T, v128.load(load<usize>(INSTANT_LAYER) + at))));
    let stiffness = f64x2.add(
      f64x2.add(f64x2.mul(half, f64x2.add(f64x2.mul(pByT, dv), G)), v128.load(block, CHAMBER_HALF_PULL)),
      instant,
    );
    if (sizeof<Gas>() === 2) stiffness = f64x2.add(stiffness, residualCapacity);
    let layer = load<usize>(LAYER) + at;
    let terms = block + CHAMBER_POLES;
    for (let k = 0; k < poles; k++, layer += stride, terms += CHAMBER_POLE_BYTES) {
      drive = f64x2.add(drive, f64x2.mul(v128.load(terms), f64x2.sub(v128.load(layer), T)));
    }
    const inverse = f64x2.div(one, f64x2.add(stiffness, C));
    const dT = f64x2.mul(drive, inverse);
    const bend = f64x2.mul(f64x2.mul(f64x2.mul(half, dC), dT), inverse);
    const series = f64x2.sub(one, f64x2.mul(bend, f64x2.sub(one, f64x2.mul(bend, f64x2.sub(one, bend)))));
    v128.store(scratch, f64x2.mul(dT, series), SCRATCH_DT);
  }
}

/** Zero in place of subnormal numbers. */
function flushed(x: v128): v128 {
  return v128.andnot(x, f64x2.lt(f64x2.abs(x), v128.load_splat<f64>(SMALLEST_NORMAL)));
}

/** Layers, energy, pressure and temperature at n + 1, from what `warm` left. */
export function renew<Lanes, Gas>(from: i32, to: i32, scratches: usize): void {
  const poles = load<i32>(POLES);
  const stride = load<usize>(CHAMBERS) << 3;
  const half = f64x2.splat(0.5);
  const reference = v128.load_splat<f64>(REFERENCE_TEMPERATURE);
  const one = f64x2.splat(1);
  let scratch = scratches;
  let blocks = load<usize>(CHAMBER_BLOCKS) + ((<usize>(from >> 1)) << 2);
  let record = load<usize>(RECORDS) + <usize>from * RECORD_BYTES;
  for (let i = from; i < to; i += 2, blocks += 4, record += 2 * RECORD_BYTES, scratch += SCRATCH_BYTES) {
    const block = load<usize>(blocks);
    const at = (<usize>i) << 3;
    const dv = v128.load(scratch, SCRATCH_DV);
    const density = v128.load(scratch, SCRATCH_DENSITY);
    const dT = v128.load(scratch, SCRATCH_DT);
    const temperatureAt = load<usize>(TEMPERATURE) + at;
    const T = v128.load(temperatureAt);
    const nR = f64x2.mul(v128.load(load<usize>(AMOUNT) + at), v128.load_splat<f64>(GAS_CONSTANT));
    const mid = f64x2.add(T, f64x2.mul(half, dT));
    const after = f64x2.add(T, dT);
    const Ta = f64x2.add(reference, after);
    let pAfter = f64x2.mul(f64x2.mul(nR, Ta), density);
    if (sizeof<Gas>() === 2) {
      const bent = f64x2.mul(f64x2.mul(half, dT), v128.load(scratch, SCRATCH_B2));
      const bAfter = f64x2.add(
        v128.load(scratch, SCRATCH_B),
        f64x2.mul(dT, f64x2.add(v128.load(scratch, SCRATCH_B1), bent)),
      );
      pAfter = f64x2.mul(pAfter, f64x2.add(f64x2.splat(1), f64x2.mul(bAfter, density)));
    }

    const instantAt = load<usize>(INSTANT_LAYER) + at;
    let toLayers = f64x2.mul(v128.load(block, CHAMBER_INSTANT), f64x2.sub(after, v128.load(instantAt)));
    let spread = f64x2.splat(0);
    put<Lanes>(instantAt, after);
    let layer = load<usize>(LAYER) + at;
    let terms = block + CHAMBER_POLES;
    let table: usize = POLE_TABLE;
    for (let k = 0; k < poles; k++, layer += stride, terms += CHAMBER_POLE_BYTES, table += POLE_BYTES) {
      const before = v128.load(layer);
      const capacity = v128.load(terms, 16);
      const change = f64x2.mul(v128.load_splat<f64>(table, 16), f64x2.sub(mid, before));
      put<Lanes>(layer, f64x2.add(before, change));
      toLayers = f64x2.add(toLayers, f64x2.mul(capacity, change));
      spread = f64x2.add(
        spread,
        f64x2.mul(f64x2.mul(f64x2.mul(capacity, v128.load_splat<f64>(table, 24)), change), change),
      );
    }
    const pendingAt = load<usize>(PENDING_HEAT) + at;
    const pressureAt = load<usize>(PRESSURE) + at;
    const energyAt = load<usize>(ENERGY) + at;
    const D = v128.load(pendingAt);
    const toWall = f64x2.mul(v128.load(block, CHAMBER_CONDUCTED), f64x2.sub(mid, v128.load(load<usize>(WALL) + at)));
    const minorHeat = second(v128.load(record), v128.load(record, RECORD_BYTES));
    const twicePressure = f64x2.add(v128.load(pressureAt), pAfter);
    let U = f64x2.sub(v128.load(energyAt), f64x2.mul(f64x2.mul(half, twicePressure), dv));
    U = f64x2.sub(f64x2.add(f64x2.sub(f64x2.sub(U, toLayers), toWall), minorHeat), D);
    put<Lanes>(energyAt, U);
    put<Lanes>(pressureAt, pAfter);
    const perMid = f64x2.div(one, f64x2.add(reference, mid));
    put<Lanes>(pendingAt, f64x2.mul(f64x2.mul(spread, v128.load_splat<f64>(PER_STEP)), perMid));
    v128.store(scratch, mid, SCRATCH_MID);
    v128.store(scratch, perMid, SCRATCH_PER_MID);
    v128.store(scratch, f64x2.mul(v128.load_splat<f64>(POWER_FACTOR), D), SCRATCH_D);
    v128.store(scratch, toWall, SCRATCH_TO_WALL);
    v128.store(
      scratch,
      f64x2.mul(f64x2.mul(v128.load_splat<f64>(WORK_FACTOR), twicePressure), v128.load(scratch, SCRATCH_PISTON_MOVE)),
      SCRATCH_WORK,
    );

    // Energy is the truth; the temperature follows it.
    const centreAt = load<usize>(CENTRE) + at;
    let d = f64x2.sub(after, v128.load(centreAt));
    if (v128.any_true(f64x2.gt(f64x2.abs(d), v128.load_splat<f64>(RECENTRE_KELVIN)))) {
      const limit = load<f64>(RECENTRE_KELVIN);
      if (abs(f64x2.extract_lane(d, 0)) > limit) recentre(i, f64x2.extract_lane(after, 0));
      if (sizeof<Lanes>() === 2) {
        if (abs(f64x2.extract_lane(d, 1)) > limit) recentre(i + 1, f64x2.extract_lane(after, 1));
      }
      d = f64x2.sub(after, v128.load(centreAt));
    }
    const caloric = load<usize>(CALORIC) + (at << 2);
    const low0 = v128.load(caloric);
    const low1 = v128.load(caloric, 32);
    const high0 = v128.load(caloric, 16);
    const high1 = v128.load(caloric, 48);
    const c1 = second(low0, low1);
    const c2 = first(high0, high1);
    const third = f64x2.mul(f64x2.mul(d, second(high0, high1)), v128.load_splat<f64>(SIXTH));
    let stored = f64x2.add(
      first(low0, low1),
      f64x2.mul(d, f64x2.add(c1, f64x2.mul(d, f64x2.add(f64x2.mul(half, c2), third)))),
    );
    let capacity = f64x2.add(c1, f64x2.mul(d, c2));
    if (sizeof<Gas>() === 2) {
      const virial = load<usize>(VIRIAL_TERMS) + at + (at << 1);
      const v2 = v128.load(virial, 32);
      const dbAfter = f64x2.add(
        v128.shuffle<f64>(v128.load(virial), v2, 1, 2),
        f64x2.mul(d, v128.shuffle<f64>(v128.load(virial, 16), v2, 0, 3)),
      );
      stored = f64x2.sub(stored, f64x2.mul(f64x2.mul(f64x2.mul(f64x2.mul(nR, Ta), Ta), dbAfter), density));
      capacity = f64x2.add(capacity, v128.load(scratch, SCRATCH_RESIDUAL));
    }
    put<Lanes>(temperatureAt, f64x2.add(after, f64x2.div(f64x2.sub(U, stored), capacity)));
  }
}
