// The dense arithmetic of one front of a multifrontal L D Lᵀ of a complex symmetric matrix: elimination of its own columns and
// the update it leaves for its parent. Not here: which numbers belong to it (complex-ldl.ts).

/** Lower triangle by rows: entry (i, j ≤ i) at i(i+1)/2 + j. */
export interface Update {
  readonly re: Float64Array;
  readonly im: Float64Array;
}

/**
 * Eliminates the own columns of one front in place: the panel becomes L with 1/d on its diagonal, and −L D Lᵀ of the rows
 * below is added to the update. @returns false at a pivot that is zero or not finite
 */
export function eliminate(
  re: Float64Array,
  im: Float64Array,
  panel: number,
  own: number,
  below: number,
  update: Update | null,
): boolean {
  const wRe = new Float64Array(2 * own);
  const wIm = new Float64Array(2 * own);
  for (let i = 0; i < own + below; i++) {
    const row = panel + i * own;
    const length = i < own ? i : own;
    // u_ij = l_ij d_j first, kept in w; then l.
    solveRow(re, im, panel, own, row, length);
    let dRe = i < own ? re[row + i] : 0;
    let dIm = i < own ? im[row + i] : 0;
    const w = i < own ? 0 : ((i - own) & 1) * own;
    for (let j = 0; j < length; j++) {
      const uRe = re[row + j];
      const uIm = im[row + j];
      const pivot = panel + j * own + j;
      const lRe = uRe * re[pivot] - uIm * im[pivot];
      const lIm = uRe * im[pivot] + uIm * re[pivot];
      dRe -= lRe * uRe - lIm * uIm;
      dIm -= lRe * uIm + lIm * uRe;
      wRe[w + j] = uRe;
      wIm[w + j] = uIm;
      re[row + j] = lRe;
      im[row + j] = lIm;
    }
    if (i < own) {
      const square = dRe * dRe + dIm * dIm;
      if (!(square > 0 && square < Number.POSITIVE_INFINITY)) return false;
      re[row + i] = dRe / square;
      im[row + i] = -dIm / square;
    } else if (update) {
      const at = i - own;
      if (at & 1) updatePair(re, im, panel, own, at - 1, wRe, wIm, update);
      else if (i === own + below - 1) updateRow(re, im, panel, own, at, wRe, wIm, update);
    }
  }
  return true;
}

/** u_ij = a_ij − Σ_{t<j} u_it l_jt for the first `length` columns of a row. */
function solveRow(re: Float64Array, im: Float64Array, panel: number, own: number, row: number, length: number): void {
  for (let j = 1; j < length; j++) {
    const other = panel + j * own;
    let sumRe = re[row + j];
    let sumIm = im[row + j];
    for (let t = 0; t < j; t++) {
      const uRe = re[row + t];
      const uIm = im[row + t];
      const lRe = re[other + t];
      const lIm = im[other + t];
      sumRe -= uRe * lRe - uIm * lIm;
      sumIm -= uRe * lIm + uIm * lRe;
    }
    re[row + j] = sumRe;
    im[row + j] = sumIm;
  }
}

/** Rows i and i + 1 of the update, by two columns at a time: u of both rows in w, l of the columns in the panel. */
function updatePair(
  re: Float64Array,
  im: Float64Array,
  panel: number,
  own: number,
  i: number,
  wRe: Float64Array,
  wIm: Float64Array,
  update: Update,
): void {
  const upper = (i * (i + 1)) / 2;
  const lower = upper + i + 1;
  for (let j = 0; j <= i; j += 2) {
    const a = panel + (own + j) * own;
    const b = a + own;
    let s00 = 0;
    let t00 = 0;
    let s01 = 0;
    let t01 = 0;
    let s10 = 0;
    let t10 = 0;
    let s11 = 0;
    let t11 = 0;
    for (let t = 0; t < own; t++) {
      const uRe = wRe[t];
      const uIm = wIm[t];
      const vRe = wRe[own + t];
      const vIm = wIm[own + t];
      const aRe = re[a + t];
      const aIm = im[a + t];
      const bRe = re[b + t];
      const bIm = im[b + t];
      s00 += uRe * aRe - uIm * aIm;
      t00 += uRe * aIm + uIm * aRe;
      s01 += uRe * bRe - uIm * bIm;
      t01 += uRe * bIm + uIm * bRe;
      s10 += vRe * aRe - vIm * aIm;
      t10 += vRe * aIm + vIm * aRe;
      s11 += vRe * bRe - vIm * bIm;
      t11 += vRe * bIm + vIm * bRe;
    }
    update.re[upper + j] -= s00;
    update.im[upper + j] -= t00;
    // i is even: only in the last pair does column j + 1 lie beyond row i.
    if (j < i) {
      update.re[upper + j + 1] -= s01;
      update.im[upper + j + 1] -= t01;
    }
    update.re[lower + j] -= s10;
    update.im[lower + j] -= t10;
    update.re[lower + j + 1] -= s11;
    update.im[lower + j + 1] -= t11;
  }
}

/** Row i alone (the last, without a partner), u in w. */
function updateRow(
  re: Float64Array,
  im: Float64Array,
  panel: number,
  own: number,
  i: number,
  wRe: Float64Array,
  wIm: Float64Array,
  update: Update,
): void {
  for (let j = 0; j <= i; j++) {
    const a = panel + (own + j) * own;
    let sumRe = 0;
    let sumIm = 0;
    for (let t = 0; t < own; t++) {
      sumRe += wRe[t] * re[a + t] - wIm[t] * im[a + t];
      sumIm += wRe[t] * im[a + t] + wIm[t] * re[a + t];
    }
    update.re[(i * (i + 1)) / 2 + j] -= sumRe;
    update.im[(i * (i + 1)) / 2 + j] -= sumIm;
  }
}
