// Elementary functions that give the same bits in every JavaScript engine: only + − × ÷, sqrt and comparisons inside.
// Math.exp and its kin differ by an ulp or two between Node and Chromium, which would break replay. Algorithms and
// coefficients: Sun Microsystems fdlibm 5.3 (1993). Within 2 ulp of the true value unless said otherwise.

// biome-ignore-all lint/correctness/noPrecisionLoss: the coefficients stand as published, more digits than a double holds.
// biome-ignore-all lint/suspicious/noApproximativeNumericConstant: these are the parts of split constants.
const bits = new DataView(new ArrayBuffer(8));
const LN2_HI = 6.9314718036912381649e-1;
const LN2_LO = 1.90821492927058770002e-10;
const INV_LN2 = 1.442695040888963387;
export const PI = 3.141592653589793;
export const TWO_PI = 6.283185307179586;

/** 2^k, exactly, for −1022 ≤ k ≤ 1023. */
function powerOfTwo(k: number): number {
  bits.setUint32(0, (k + 1023) << 20);
  bits.setUint32(4, 0);
  return bits.getFloat64(0);
}

/** e^x. Overflows to Infinity, underflows to 0 (no subnormals). */
export function exp(x: number): number {
  if (Number.isNaN(x)) return x;
  if (x > 709.782712893384) return Number.POSITIVE_INFINITY;
  if (x < -708) return 0;
  const k = Math.floor(INV_LN2 * x + 0.5);
  const hi = x - k * LN2_HI;
  const lo = k * LN2_LO;
  const r = hi - lo;
  const t = r * r;
  const c =
    r -
    t *
      (1.66666666666666019037e-1 +
        t *
          (-2.77777777770155933842e-3 +
            t * (6.61375632143793436117e-5 + t * (-1.6533902205465251539e-6 + t * 4.13813679705723846039e-8))));
  const y = 1 - (lo - (r * c) / (2 - c) - hi);
  return k === 1024 ? y * 2 * powerOfTwo(1023) : y * powerOfTwo(k);
}

/** Natural logarithm; −Infinity at 0, NaN below. */
export function log(x: number): number {
  if (Number.isNaN(x) || x < 0) return Number.NaN;
  if (x === 0) return Number.NEGATIVE_INFINITY;
  if (x === Number.POSITIVE_INFINITY) return x;
  let scaled = x;
  let k = 0;
  if (x < 2.2250738585072014e-308) {
    scaled = x * 18014398509481984;
    k = -54;
  }
  bits.setFloat64(0, scaled);
  const high = bits.getUint32(0);
  k += (high >>> 20) - 1023;
  let mantissaHigh = high & 0xfffff;
  const carry = (mantissaHigh + 0x95f64) & 0x100000;
  mantissaHigh |= carry ^ 0x3ff00000;
  bits.setUint32(0, mantissaHigh);
  k += carry >>> 20;
  const f = bits.getFloat64(0) - 1;
  const s = f / (2 + f);
  const z = s * s;
  const w = z * z;
  const t1 = w * (3.999999999940941908e-1 + w * (2.222219843214978396e-1 + w * 1.531383769920937332e-1));
  const t2 =
    z *
    (6.66666666666673513e-1 +
      w * (2.857142874366239149e-1 + w * (1.818357216161805012e-1 + w * 1.479819860511658591e-1)));
  const halfSquare = 0.5 * f * f;
  return k * LN2_HI - (halfSquare - (s * (halfSquare + t2 + t1) + k * LN2_LO) - f);
}

/** x^y for x ≥ 0 as exp(y ln x): relative error up to about |y ln x| ulp. */
export function pow(x: number, y: number): number {
  if (y === 0) return 1;
  if (x === 0) return y > 0 ? 0 : Number.POSITIVE_INFINITY;
  return exp(y * log(x));
}

const kernelSin = (x: number, tail: number): number => {
  const z = x * x;
  const v = z * x;
  const r =
    8.33333333332248946124e-3 +
    z *
      (-1.98412698298579493134e-4 +
        z * (2.75573137070700676789e-6 + z * (-2.50507602534068634195e-8 + z * 1.58969099521155010221e-10)));
  return x - (z * (0.5 * tail - v * r) - tail - v * -1.66666666666666324348e-1);
};

const kernelCos = (x: number, tail: number): number => {
  const z = x * x;
  const r =
    z *
    (4.16666666666666019037e-2 +
      z *
        (-1.38888888888741095749e-3 +
          z *
            (2.48015872894767294178e-5 +
              z * (-2.75573143513906633035e-7 + z * (2.0875723212981748279e-9 + z * -1.13596475577881948265e-11)))));
  const half = 0.5 * z;
  const w = 1 - half;
  return w + (1 - w - half + (z * r - x * tail));
};

/** sin(x + quarter turns); |x| up to 1e5 keeps full accuracy. */
function sine(x: number, quarters: number): number {
  const n = Math.round(x * 0.6366197723675814);
  // Cody–Waite reduction by π/2 in three parts.
  const t = x - n * 1.57079632673412561417;
  const w2 = n * 6.0771005063039659766e-11;
  const r = t - w2;
  const w = n * 2.02226624879595063154e-21 - (t - r - w2);
  const y = r - w;
  const tail = r - y - w;
  const quadrant = (((n + quarters) % 4) + 4) % 4;
  if (quadrant === 0) return kernelSin(y, tail);
  if (quadrant === 1) return kernelCos(y, tail);
  if (quadrant === 2) return -kernelSin(y, tail);
  return -kernelCos(y, tail);
}

export const sin = (x: number): number => sine(x, 0);
export const cos = (x: number): number => sine(x, 1);

const ATAN_HI = [4.63647609000806093515e-1, 7.85398163397448278999e-1, 9.82793723247329054082e-1, 1.570796326794896558];
const ATAN_LO = [
  2.26987774529616870924e-17, 3.06161699786838301793e-17, 1.39033110312309984516e-17, 6.12323399573676603587e-17,
];

/** Arc tangent, −π/2 … π/2. */
export function atan(x: number): number {
  if (Number.isNaN(x)) return x;
  const a = Math.abs(x);
  if (a >= 1.8e16) return x > 0 ? ATAN_HI[3] : -ATAN_HI[3];
  let id = -1;
  let r = a;
  if (a >= 0.4375) {
    if (a < 0.6875) {
      id = 0;
      r = (2 * a - 1) / (2 + a);
    } else if (a < 1.1875) {
      id = 1;
      r = (a - 1) / (a + 1);
    } else if (a < 2.4375) {
      id = 2;
      r = (a - 1.5) / (1 + 1.5 * a);
    } else {
      id = 3;
      r = -1 / a;
    }
  }
  const z = r * r;
  const w = z * z;
  const s1 =
    z *
    (3.33333333333329318027e-1 +
      w *
        (1.42857142725034663711e-1 +
          w *
            (9.09088713343650656196e-2 +
              w * (6.66107313738753120669e-2 + w * (4.97687799461593236017e-2 + w * 1.62858201153657823623e-2)))));
  const s2 =
    w *
    (-1.99999999998764832476e-1 +
      w *
        (-1.1111110405462355788e-1 +
          w * (-7.69187620504482999495e-2 + w * (-5.83357013379057348645e-2 + w * -3.6531572744216915527e-2))));
  const result = id < 0 ? r - r * (s1 + s2) : ATAN_HI[id] - (r * (s1 + s2) - ATAN_LO[id] - r);
  return x < 0 ? -result : result;
}

/** Angle of the point (x, y), −π … π; 0 at the origin. */
export function atan2(y: number, x: number): number {
  if (x === 0 && y === 0) return 0;
  if (x > 0) return atan(y / x);
  if (x < 0) return y >= 0 ? atan(y / x) + PI : atan(y / x) - PI;
  return y > 0 ? PI / 2 : -PI / 2;
}

/** √(x² + y²), without care for overflow: fields and phasors are far from it. */
export const hypot = (x: number, y: number): number => Math.sqrt(x * x + y * y);

export const tanh = (x: number): number => {
  if (x > 20) return 1;
  if (x < -20) return -1;
  const e = exp(2 * x);
  return (e - 1) / (e + 1);
};

/** Cube root. */
export function cbrt(x: number): number {
  if (x === 0 || Number.isNaN(x)) return x;
  const a = Math.abs(x);
  let y = exp(log(a) / 3);
  y -= (y * y * y - a) / (3 * y * y);
  return x < 0 ? -y : y;
}
