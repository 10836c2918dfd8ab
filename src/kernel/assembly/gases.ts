// Thermochemistry of an ideal mixture (gas/ideal.ts, gas/caloric.ts, relabel.ts gasEntropy), the six gases two by two.
// Only between LOWEST and HIGHEST K, where one set of polynomials holds; elsewhere the engine is asked.

import {
  A0,
  A1,
  A2,
  A3,
  A4,
  A5,
  A6,
  A7,
  A8,
  AMOUNTS,
  GAS_BYTES,
  GAS_CONSTANT,
  GAS_PAIRS,
  GASES,
  HALF_A3,
  HALF_A4,
  HIGHEST,
  LOWEST,
  MINUS_2_A0,
  MINUS_A0,
  QUARTER_A5,
  REFERENCE_ENTHALPY,
  REFERENCE_TEMPERATURE,
  SIX_A0,
  SIX_A5,
  SMALLEST_NORMAL,
  STANDARD_PRESSURE,
  TEMPERATURE,
  THIRD_A4,
  THIRD_A5,
  THREE_A5,
  TWO_A1,
  TWO_A4,
  VOLUME,
} from '../block';
import { gasEntropy } from './host';
import { first, second } from './lanes';
import { log } from './log';

export function inRange(T: f64): bool {
  return T >= LOWEST && T <= HIGHEST;
}

/** Entropy of the gas of a chamber, J/K. */
export function entropy(chamber: i32): f64 {
  const index = <usize>chamber;
  const T = load<f64>(REFERENCE_TEMPERATURE) + load<f64>(load<usize>(TEMPERATURE) + (index << 3));
  if (!inRange(T)) return gasEntropy(chamber);
  const R = v128.load_splat<f64>(GAS_CONSTANT);
  const t = f64x2.splat(T);
  const twoT = f64x2.splat(2 * T);
  const logT = log(t);
  const quarter = f64x2.splat(0.25);
  const zero = f64x2.splat(0);
  const volume = f64x2.splat(load<f64>(load<usize>(VOLUME) + (index << 3)) * load<f64>(STANDARD_PRESSURE));
  let amounts = load<usize>(AMOUNTS) + index * 48;
  let gas: usize = GASES;
  // As the residual of a real gas would begin it.
  let sum: f64 = -0.0;
  for (let pair = 0; pair < GAS_PAIRS; pair++, gas += GAS_BYTES, amounts += 16) {
    const n = v128.load(amounts);
    const present = f64x2.gt(n, zero);
    if (!v128.any_true(present)) continue;
    const ratio = f64x2.div(f64x2.mul(f64x2.mul(n, R), t), volume);
    const usual = v128.and(
      f64x2.ge(ratio, v128.load_splat<f64>(SMALLEST_NORMAL)),
      f64x2.lt(ratio, f64x2.splat(Infinity)),
    );
    if (!i64x2.all_true(v128.or(usual, v128.not(present)))) return gasEntropy(chamber);
    const perR = f64x2.add(
      f64x2.add(
        f64x2.add(
          f64x2.div(f64x2.sub(f64x2.div(v128.load(gas, MINUS_A0), twoT), v128.load(gas, A1)), t),
          f64x2.mul(v128.load(gas, A2), logT),
        ),
        f64x2.mul(
          t,
          f64x2.add(
            v128.load(gas, A3),
            f64x2.mul(
              t,
              f64x2.add(
                v128.load(gas, HALF_A4),
                f64x2.mul(t, f64x2.add(v128.load(gas, THIRD_A5), f64x2.mul(f64x2.mul(t, v128.load(gas, A6)), quarter))),
              ),
            ),
          ),
        ),
      ),
      v128.load(gas, A8),
    );
    const part = f64x2.mul(n, f64x2.sub(f64x2.mul(R, perR), f64x2.mul(R, log(ratio))));
    if (f64x2.extract_lane(n, 0) > 0) sum += f64x2.extract_lane(part, 0);
    if (f64x2.extract_lane(n, 1) > 0) sum += f64x2.extract_lane(part, 1);
  }
  return sum;
}

/** Energy above the reference, J, and heat capacity, J/K, of a chamber's gas at T, which is in range (gas/caloric.ts). */
export function energyAndCapacity(chamber: i32, T: f64): v128 {
  const R = v128.load_splat<f64>(GAS_CONSTANT);
  const RT = f64x2.splat(load<f64>(GAS_CONSTANT) * T);
  const RAbove = f64x2.splat(load<f64>(GAS_CONSTANT) * (T - load<f64>(REFERENCE_TEMPERATURE)));
  const t = f64x2.splat(T);
  const one = f64x2.splat(1);
  const five = f64x2.splat(5);
  const logT = log(t);
  let amounts = load<usize>(AMOUNTS) + <usize>chamber * 48;
  let gas: usize = GASES;
  let sums = f64x2.splat(0);
  for (let pair = 0; pair < GAS_PAIRS; pair++, gas += GAS_BYTES, amounts += 16) {
    const n = v128.load(amounts);
    if (!v128.any_true(f64x2.ne(n, f64x2.splat(0)))) continue;
    const a1 = v128.load(gas, A1);
    const a2 = v128.load(gas, A2);
    const a6 = v128.load(gas, A6);
    const a0ByT = f64x2.div(v128.load(gas, A0), t);
    // h/RT. −a₀/T is the negative of a₀/T.
    const inverse = f64x2.div(f64x2.add(f64x2.add(f64x2.neg(a0ByT), f64x2.mul(a1, logT)), v128.load(gas, A7)), t);
    const fifth = f64x2.div(f64x2.mul(t, a6), five);
    const powers = f64x2.mul(
      t,
      f64x2.add(
        v128.load(gas, HALF_A3),
        f64x2.mul(t, f64x2.add(v128.load(gas, THIRD_A4), f64x2.mul(t, f64x2.add(v128.load(gas, QUARTER_A5), fifth)))),
      ),
    );
    const perRT = f64x2.add(f64x2.add(inverse, a2), powers);
    const molar = f64x2.sub(f64x2.sub(f64x2.mul(RT, perRT), v128.load(gas, REFERENCE_ENTHALPY)), RAbove);
    const energy = f64x2.mul(n, molar);
    const cubic = f64x2.add(v128.load(gas, A4), f64x2.mul(t, f64x2.add(v128.load(gas, A5), f64x2.mul(t, a6))));
    const capacity = f64x2.mul(
      f64x2.mul(n, R),
      f64x2.add(
        f64x2.sub(f64x2.add(f64x2.div(f64x2.add(a0ByT, a1), t), a2), one),
        f64x2.mul(t, f64x2.add(v128.load(gas, A3), f64x2.mul(t, cubic))),
      ),
    );
    // A gas that is absent adds zeros.
    sums = f64x2.add(f64x2.add(sums, first(energy, capacity)), second(energy, capacity));
  }
  return sums;
}

/** First and second derivative of the heat capacity of a chamber's gas at T, which is in range. */
export function capacityDerivatives(chamber: i32, T: f64): v128 {
  const R = v128.load_splat<f64>(GAS_CONSTANT);
  const t = f64x2.splat(T);
  const fourT = f64x2.splat(T * 4);
  const twelveT = f64x2.splat(T * 12);
  let amounts = load<usize>(AMOUNTS) + <usize>chamber * 48;
  let gas: usize = GASES;
  let sums = f64x2.splat(0);
  for (let pair = 0; pair < GAS_PAIRS; pair++, gas += GAS_BYTES, amounts += 16) {
    const n = v128.load(amounts);
    if (!v128.any_true(f64x2.ne(n, f64x2.splat(0)))) continue;
    const nR = f64x2.mul(n, R);
    const a6 = v128.load(gas, A6);
    const twoA4 = v128.load(gas, TWO_A4);
    const inverse1 = f64x2.sub(
      f64x2.div(f64x2.div(f64x2.div(v128.load(gas, MINUS_2_A0), t), t), t),
      f64x2.div(f64x2.div(v128.load(gas, A1), t), t),
    );
    const powers1 = f64x2.mul(
      t,
      f64x2.add(twoA4, f64x2.mul(t, f64x2.add(v128.load(gas, THREE_A5), f64x2.mul(fourT, a6)))),
    );
    const inverse2 = f64x2.div(
      f64x2.div(f64x2.div(f64x2.add(f64x2.div(v128.load(gas, SIX_A0), t), v128.load(gas, TWO_A1)), t), t),
      t,
    );
    const powers2 = f64x2.mul(t, f64x2.add(v128.load(gas, SIX_A5), f64x2.mul(twelveT, a6)));
    const c1 = f64x2.mul(nR, f64x2.add(f64x2.add(inverse1, v128.load(gas, A3)), powers1));
    const c2 = f64x2.mul(nR, f64x2.add(f64x2.add(inverse2, twoA4), powers2));
    sums = f64x2.add(f64x2.add(sums, first(c1, c2)), second(c1, c2));
  }
  return sums;
}
