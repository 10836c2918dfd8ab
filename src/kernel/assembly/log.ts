// Logarithms of two numbers at once, operation by operation those of numerics/elementary.ts (fdlibm 5.3) and relabel.ts.

// biome-ignore-all lint/correctness/noPrecisionLoss: the coefficients stand as published, more digits than a double holds.

import { SMALLEST_NORMAL } from '../block';
import { log as logOfOne } from './host';

/** From memory, because V8 builds a constant vector anew at every use. The coefficients stand as published. */
const NUMBERS = memory.data<f64>([
  3.999999999940941908e-1, 2.222219843214978396e-1, 1.531383769920937332e-1, 6.66666666666673513e-1,
  2.857142874366239149e-1, 1.818357216161805012e-1, 1.479819860511658591e-1, 6.9314718036912381649e-1,
  1.90821492927058770002e-10, 0.5, 1, 2,
]);
/** (−1)^m/(m + 1): relabel.ts LOG_SERIES. */
const SERIES = memory.data<f64>([1, -1 / 2.0, 1 / 3.0, -1 / 4.0, 1 / 5.0, -1 / 6.0, 1 / 7.0, -1 / 8.0, 1 / 9.0]);
const BITS = memory.data<u64>([0xfffff, 0x95f64, 0x100000, 0x3ff00000, 0xffffffff, 1023]);

function log(x: v128): v128 {
  const high = i64x2.shr_u(x, 32);
  const mantissa = v128.and(high, bits(0));
  const carry = v128.and(i64x2.add(mantissa, bits(1)), bits(2));
  const scaled = v128.or(mantissa, v128.xor(carry, bits(3)));
  const exponent = i64x2.add(i64x2.sub(i64x2.shr_u(high, 20), bits(5)), i64x2.shr_u(carry, 20));
  const k = f64x2.convert_low_i32x4_s(v128.shuffle<i32>(exponent, exponent, 0, 2, 0, 2));
  const fraction = v128.or(i64x2.shl(scaled, 32), v128.and(x, bits(4)));
  const f = f64x2.sub(fraction, number(10));
  const s = f64x2.div(f, f64x2.add(number(11), f));
  const z = f64x2.mul(s, s);
  const w = f64x2.mul(z, z);
  const t1 = f64x2.mul(w, f64x2.add(number(0), f64x2.mul(w, f64x2.add(number(1), f64x2.mul(w, number(2))))));
  const upper = f64x2.add(number(4), f64x2.mul(w, f64x2.add(number(5), f64x2.mul(w, number(6)))));
  const t2 = f64x2.mul(z, f64x2.add(number(3), f64x2.mul(w, upper)));
  const halfSquare = f64x2.mul(f64x2.mul(number(9), f), f);
  const rest = f64x2.add(f64x2.mul(s, f64x2.add(f64x2.add(halfSquare, t2), t1)), f64x2.mul(k, number(8)));
  return f64x2.sub(f64x2.mul(k, number(7)), f64x2.sub(f64x2.sub(halfSquare, rest), f));
}

function number(index: usize): v128 {
  return v128.load_splat<f64>(NUMBERS + (index << 3));
}

function bits(index: usize): v128 {
  return v128.load_splat<u64>(BITS + (index << 3));
}

/** ln x of two numbers. */
export function logarithm(x: v128): v128 {
  const usual = v128.and(f64x2.ge(x, v128.load_splat<f64>(SMALLEST_NORMAL)), f64x2.lt(x, f64x2.splat(Infinity)));
  if (i64x2.all_true(usual)) return log(x);
  const one = logOfOne(f64x2.extract_lane(x, 0));
  return f64x2.replace_lane(f64x2.splat(one), 1, logOfOne(f64x2.extract_lane(x, 1)));
}

/** ln(1 + x) in the lanes wanted (all bits set); elsewhere anything. */
export function log1p(x: v128, wanted: v128): v128 {
  let sum = v128.load_splat<f64>(SERIES + 64);
  for (let m: usize = 64; m > 0; ) {
    m -= 8;
    sum = f64x2.add(v128.load_splat<f64>(SERIES + m), f64x2.mul(x, sum));
  }
  sum = f64x2.mul(x, sum);
  const large = v128.andnot(wanted, f64x2.le(f64x2.abs(x), f64x2.splat(0.05)));
  if (!v128.any_true(large)) return sum;
  const one = f64x2.splat(1);
  return v128.bitselect(logarithm(v128.bitselect(f64x2.add(one, x), one, large)), sum, large);
}
