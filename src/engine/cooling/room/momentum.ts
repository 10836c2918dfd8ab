// Linearised momentum of one velocity component on its staggered faces: upwind advection, eddy diffusion (no shear at
// walls and baffles), drag by Newton's linearisation, buoyancy, pressure gradient, and under-relaxation as a local step.
// Fills the flow's matrix, right side and pressure response; solved by flow.ts.

import type { Flow } from './flow.ts';
import { clear } from './seven-point.ts';

/** Share of the neighbours' coefficients added as inertia: 1/4 is a relaxation factor of 0.8. */
const INERTIA_SHARE = 0.25;
/** Keeps still air's equations regular, 1/s. */
const LEAST_RATE = 1e-2;

/**
 * @param axis of the component
 * @param temperature padded cell temperatures; @param reference that of air without buoyancy
 * @param lift g β along this axis, m/(s²·K); 0 for horizontal components
 * @param strongest largest buoyant acceleration anywhere, m/s²: limits the local step of the pseudo-time
 */
export function assembleMomentum(
  flow: Flow,
  axis: number,
  temperature: Float64Array,
  reference: number,
  lift: number,
  strongest: number,
): void {
  const { grid, settings, velocity, pressure, viscosity: nu, open, centred, inBlock, matrix, rightSide } = flow;
  const { strides, width, area, distance } = grid;
  const b = axis === 0 ? 1 : 0;
  const e = axis === 2 ? 1 : 2;
  const sa = strides[axis];
  const sb = strides[b];
  const se = strides[e];
  const u = velocity[axis];
  const v = velocity[b];
  const w = velocity[e];
  const vc = centred[b];
  const wc = centred[e];
  const widthA = width[axis];
  const heights = width[2];
  const areaA = area[axis];
  const areaB = area[b];
  const areaE = area[e];
  const openB = open[b];
  const openE = open[e];
  const distanceB = distance[b];
  const distanceE = distance[e];
  const { lows, highs } = matrix;
  const lowA = lows[axis];
  const lowB = lows[b];
  const lowE = lows[e];
  const highA = highs[axis];
  const highB = highs[b];
  const highE = highs[e];
  const { diagonal } = matrix;
  const response = flow.response[axis];
  const share = flow.blockShare[axis];
  const viscousDrag = settings.drag ? settings.drag.viscous * settings.viscosity : 0;
  const blockDrag = settings.drag ? settings.drag.quadratic : 0;
  const openDrag = settings.openResistance;
  const faces = flow.faces[axis];
  clear(matrix);
  rightSide.fill(0);
  for (let n = 0; n < faces.length; n++) {
    const q = faces[n];
    const p = q - sa;
    const A = areaA[q];
    const volume = A * distance[axis][q];
    const nuMean = 0.5 * (nu[p] + nu[q]);

    // Along the component: control faces at the two cell centres.
    const up = 0.5 * (u[q] + u[q + sa]) * A;
    const down = 0.5 * (u[q] + u[p]) * A;
    const toHigh = Math.max(0, -up) + (nu[q] * A) / widthA[q];
    const toLow = Math.max(0, down) + (nu[p] * A) / widthA[p];
    // Across: control faces on the edges between four cells; each belongs half to a face of p and half to one of q.
    const flowB1 = 0.5 * (v[p + sb] * areaB[p + sb] + v[q + sb] * areaB[q + sb]);
    const flowB0 = 0.5 * (v[p] * areaB[p] + v[q] * areaB[q]);
    const flowE1 = 0.5 * (w[p + se] * areaE[p + se] + w[q + se] * areaE[q + se]);
    const flowE0 = 0.5 * (w[p] * areaE[p] + w[q] * areaE[q]);
    const shearB1 = 0.5 * (areaB[p + sb] * openB[p + sb] + areaB[q + sb] * openB[q + sb]);
    const shearB0 = 0.5 * (areaB[p] * openB[p] + areaB[q] * openB[q]);
    const shearE1 = 0.5 * (areaE[p + se] * openE[p + se] + areaE[q + se] * openE[q + se]);
    const shearE0 = 0.5 * (areaE[p] * openE[p] + areaE[q] * openE[q]);
    const b1 = Math.max(0, -flowB1) + (shearB1 * 0.5 * (nuMean + 0.5 * (nu[p + sb] + nu[q + sb]))) / distanceB[q + sb];
    const b0 = Math.max(0, flowB0) + (shearB0 * 0.5 * (nuMean + 0.5 * (nu[p - sb] + nu[q - sb]))) / distanceB[q];
    const e1 = Math.max(0, -flowE1) + (shearE1 * 0.5 * (nuMean + 0.5 * (nu[p + se] + nu[q + se]))) / distanceE[q + se];
    const e0 = Math.max(0, flowE0) + (shearE0 * 0.5 * (nuMean + 0.5 * (nu[p - se] + nu[q - se]))) / distanceE[q];
    highA[q] = -toHigh;
    lowA[q] = -toLow;
    highB[q] = -b1;
    lowB[q] = -b0;
    highE[q] = -e1;
    lowE[q] = -e0;
    const neighbours = toHigh + toLow + b1 + b0 + e1 + e0;

    // Drag c s u with s = |u|: Newton in the component, so that the pressure response is the true one.
    const f = share[q];
    const own = u[q];
    let across = 0.5 * (vc[p] * vc[p] + wc[p] * wc[p] + vc[q] * vc[q] + wc[q] * wc[q]);
    if (f > 0 && f < 1) {
      const inside = inBlock[p] ? p : q;
      across = vc[inside] * vc[inside] + wc[inside] * wc[inside];
    }
    const speed = Math.sqrt(own * own + across);
    const c = f * blockDrag + (1 - f) * openDrag;
    const slope = speed > 0 ? (c * own * own) / speed : 0;
    const drag = f * viscousDrag + c * speed + slope;

    const rate = LEAST_RATE + Math.sqrt(strongest / Math.min(heights[p], heights[q]));
    const inertia = INERTIA_SHARE * neighbours + volume * rate;
    const warm = lift === 0 ? 0 : (widthA[p] * temperature[p] + widthA[q] * temperature[q]) / (widthA[p] + widthA[q]);
    const force = lift === 0 ? 0 : lift * (warm - reference);
    diagonal[q] = neighbours + inertia + volume * drag;
    rightSide[q] = inertia * own + volume * (slope * own + force) + A * (pressure[p] - pressure[q]);
    response[q] = volume / (inertia + volume * drag);
  }
}
