// The quadratic loss K|q̂|q̂ of every duct over one cycle: its phasors, its slope, and where its heat goes (downstream of q̂).
// Half of a pass's time is spent here, so the usual case of up to three harmonics is one loop without arrays in between.

import type { HarmonicInput, HarmonicSolution } from './harmonic-types.ts';
import type { NonlinearTerms } from './nonlinear-terms.ts';
import { type PhaseSamples, toPhasors, toSamples } from './phase-samples.ts';

/** Fills drag, slopes and minor-loss heat of `out` from the flows of `s`. */
export function ductTerms(input: HarmonicInput, s: HarmonicSolution, samples: PhaseSamples, out: NonlinearTerms): void {
  const n = input.amount.length;
  const { count } = samples;
  const heat = heatSamples(out, n * count);
  if (s.harmonics <= 3 && count % 2 === 0) fewHarmonics(input, s, samples, heat, out);
  else anyHarmonics(input, s, samples, heat, out);
  const phasors = new Float64Array(2 * (s.harmonics + 1));
  for (let i = 0; i < n; i++) {
    toPhasors(samples, heat, s.harmonics, phasors, i * count);
    for (let h = 1; h <= s.harmonics; h++) {
      out.heatRe[h * n + i] = phasors[2 * h];
      out.heatIm[h * n + i] = phasors[2 * h + 1];
    }
  }
}

/** The scratch of the heat of all chambers, zeroed. */
function heatSamples(terms: NonlinearTerms, length: number): Float64Array {
  if (terms.heatSamples.length !== length) terms.heatSamples = new Float64Array(length);
  else terms.heatSamples.fill(0);
  return terms.heatSamples;
}

function anyHarmonics(
  input: HarmonicInput,
  s: HarmonicSolution,
  samples: PhaseSamples,
  heat: Float64Array,
  out: NonlinearTerms,
): void {
  const { edges } = input;
  const { quadratic } = input.coefficients;
  const ducts = quadratic.length;
  const { count, twiceCos, twiceSin } = samples;
  const flow = new Float64Array(count);
  const phasors = new Float64Array(2 * (s.harmonics + 1));
  for (let e = 0; e < ducts; e++) {
    const K = quadratic[e];
    toSamples(samples, s.flowRe, s.flowIm, ducts, e, 0, s.harmonics, flow);
    const first = edges[2 * e] * count;
    const second = edges[2 * e + 1] * count;
    let slope = 0;
    let turnRe = 0;
    let turnIm = 0;
    let forward = 0;
    let backward = 0;
    for (let m = 0; m < count; m++) {
      const q = flow[m];
      const speed = Math.abs(q);
      const drag = K * speed * q;
      const power = drag * q;
      slope += speed;
      turnRe += speed * twiceCos[m];
      turnIm -= speed * twiceSin[m];
      // Heat falls into the first chamber when q̂ < 0, into the second when q̂ > 0.
      if (q > 0) {
        heat[second + m] += power;
        forward += power;
      } else {
        heat[first + m] += power;
        backward += power;
      }
      flow[m] = drag;
    }
    toPhasors(samples, flow, s.harmonics, phasors);
    for (let h = 0; h <= s.harmonics; h++) {
      out.dragRe[h * ducts + e] = phasors[2 * h];
      out.dragIm[h * ducts + e] = phasors[2 * h + 1];
    }
    out.dragSlope[e] = (2 * K * slope) / count;
    out.dragTurnRe[e] = (4 * K * turnRe) / count;
    out.dragTurnIm[e] = (4 * K * turnIm) / count;
    out.minorForward[e] = forward / count;
    out.minorBackward[e] = backward / count;
  }
}

/** The same for up to three harmonics and an even count: sample m and the one half a cycle later from the same products. */
function fewHarmonics(
  input: HarmonicInput,
  s: HarmonicSolution,
  samples: PhaseSamples,
  heat: Float64Array,
  out: NonlinearTerms,
): void {
  const { edges } = input;
  const { quadratic } = input.coefficients;
  const ducts = quadratic.length;
  const { count, half, three } = samples;
  const { flowRe, flowIm, harmonics } = s;
  const { dragRe, dragIm } = out;
  for (let e = 0; e < ducts; e++) {
    const K = quadratic[e];
    const mean = flowRe[e];
    const a1 = flowRe[ducts + e];
    const b1 = flowIm[ducts + e];
    const a2 = harmonics > 1 ? flowRe[2 * ducts + e] : 0;
    const b2 = harmonics > 1 ? flowIm[2 * ducts + e] : 0;
    const a3 = harmonics > 2 ? flowRe[3 * ducts + e] : 0;
    const b3 = harmonics > 2 ? flowIm[3 * ducts + e] : 0;
    const first = edges[2 * e] * count;
    const second = edges[2 * e + 1] * count;
    let slope = 0;
    let turnRe = 0;
    let turnIm = 0;
    let forward = 0;
    let backward = 0;
    let r0 = 0;
    let r1 = 0;
    let i1 = 0;
    let r2 = 0;
    let i2 = 0;
    let r3 = 0;
    let i3 = 0;
    for (let m = 0, at = 0; m < half; m++, at += 6) {
      const c1 = three[at];
      const s1 = three[at + 1];
      const c2 = three[at + 2];
      const s2 = three[at + 3];
      const c3 = three[at + 4];
      const s3 = three[at + 5];
      const even = mean + a2 * c2 - b2 * s2;
      const odd = a1 * c1 - b1 * s1 + a3 * c3 - b3 * s3;
      const q = even + odd;
      const later = even - odd;
      const speed = Math.abs(q);
      const laterSpeed = Math.abs(later);
      const drag = K * speed * q;
      const laterDrag = K * laterSpeed * later;
      // Heat falls into the first chamber when q̂ < 0, into the second when q̂ > 0.
      const power = drag * q;
      if (q > 0) {
        heat[second + m] += power;
        forward += power;
      } else {
        heat[first + m] += power;
        backward += power;
      }
      const laterPower = laterDrag * later;
      if (later > 0) {
        heat[second + half + m] += laterPower;
        forward += laterPower;
      } else {
        heat[first + half + m] += laterPower;
        backward += laterPower;
      }
      const sum = speed + laterSpeed;
      slope += sum;
      turnRe += sum * c2;
      turnIm -= sum * s2;
      const evenDrag = drag + laterDrag;
      const oddDrag = drag - laterDrag;
      r0 += evenDrag;
      r1 += oddDrag * c1;
      i1 -= oddDrag * s1;
      r2 += evenDrag * c2;
      i2 -= evenDrag * s2;
      r3 += oddDrag * c3;
      i3 -= oddDrag * s3;
    }
    dragRe[e] = r0 / count;
    dragRe[ducts + e] = (2 * r1) / count;
    dragIm[ducts + e] = (2 * i1) / count;
    if (harmonics > 1) {
      dragRe[2 * ducts + e] = (2 * r2) / count;
      dragIm[2 * ducts + e] = (2 * i2) / count;
    }
    if (harmonics > 2) {
      dragRe[3 * ducts + e] = (2 * r3) / count;
      dragIm[3 * ducts + e] = (2 * i3) / count;
    }
    out.dragSlope[e] = (2 * K * slope) / count;
    out.dragTurnRe[e] = (4 * K * turnRe) / count;
    out.dragTurnIm[e] = (4 * K * turnIm) / count;
    out.minorForward[e] = forward / count;
    out.minorBackward[e] = backward / count;
  }
}
