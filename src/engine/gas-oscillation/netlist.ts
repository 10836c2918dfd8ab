// The farm as a SPICE netlist: the network linearised about its mean state, with the same coefficients as the time step.
// 1 V ≡ 1 Pa (deviation from the farm's mean pressure), 1 A ≡ 1 m³/s; at the thermal nodes 1 V ≡ 1 K and 1 A ≡ 1 W.
// Chamber: isothermal compliance −1/(∂p/∂v) in series with (∂p/∂T)·T′; the flow heats the gas by T(∂p/∂T)·q; boundary layers are RC
// branches at the thermal node. Duct: L, R₀ and R∥L branches in series; the minor loss as a behavioural source.

import type { Farm } from '../farm.ts';
import { REFERENCE_TEMPERATURE } from '../gas/caloric.ts';
import { pressureOf, virialAt } from '../gas/equation-of-state.ts';
import { PI } from '../numerics/elementary.ts';

export interface NetlistOptions {
  readonly duration_s: number;
  /** Leave out the (nonlinear) minor loss. */
  readonly linear: boolean;
  readonly title: string;
}

const PRINTED = 100;

/** Netlist text that ngspice runs unchanged (`ngspice -b`): prints the pressure deviations of up to 100 chambers. */
export function netlist(farm: Farm, options: NetlistOptions): string {
  const { state, coefficients: c, layout } = farm;
  const mean = state.pressure.reduce((sum, p) => sum + p, 0) / state.chambers;
  const lines = [
    `* ${options.title.replace(/[\r\n]/g, ' ')}: ${state.chambers} chambers, ${state.ducts} ducts, linearised at ${mean} Pa`,
    '* node pN: pressure of chamber N minus the mean pressure above, Pa; current: m3/s',
  ];
  for (let i = 0; i < state.chambers; i++) chamberLines(farm, i, state.pressure[i] - mean, lines);
  for (let e = 0; e < state.ducts; e++) ductLines(farm, e, options.linear, lines);
  if (farm.values['drive.enabled']) pistonLines(farm, lines);
  // SPICE's trapezoidal rule lowers ω by (ωΔt)²/12: a tenth of the farm’s step keeps that below 1e-4 over the band.
  const step = Math.min(c.timeStep / 10, options.duration_s / 50);
  const printed = Array.from({ length: Math.min(PRINTED, layout.count) }, (_, i) => `v(p${i})`);
  lines.push('.options reltol=1e-5 abstol=1e-12 vntol=1e-6 method=trap');
  for (let k = 0; k < printed.length; k += 8) lines.push(`.save ${printed.slice(k, k + 8).join(' ')}`);
  for (let k = 0; k < printed.length; k += 4) lines.push(`.print tran ${printed.slice(k, k + 4).join(' ')}`);
  lines.push(`.tran ${step} ${options.duration_s} 0 ${step} uic`, '.end', '');
  return lines.join('\n');
}

function chamberLines(farm: Farm, i: number, deviation: number, lines: string[]): void {
  const { state, coefficients: c } = farm;
  const T = REFERENCE_TEMPERATURE + state.temperature[i];
  const [b, db] = virialAt(state.virial, i, state.temperature[i] - state.centre[i]);
  const { byT, byV } = pressureOf(state.amount[i], T, state.volume[i], b, db);
  const capacity = state.amount[i] * c.gas[i].cv_J_per_molK + c.instantCapacity[i];
  lines.push(
    `Vq${i} p${i} a${i} 0`,
    `Cv${i} a${i} b${i} ${-1 / byV} ic=${deviation}`,
    `Et${i} b${i} 0 t${i} 0 ${byT}`,
    `Fq${i} 0 t${i} Vq${i} ${T * byT}`,
    `Ct${i} t${i} 0 ${capacity} ic=0`,
  );
  if (c.wallConductance[i] > 0) lines.push(`Rt${i} t${i} 0 ${1 / c.wallConductance[i]}`);
  for (let k = 0; k < state.poles; k++) {
    const layer = c.layerCapacity[k * state.chambers + i];
    if (layer > 0)
      lines.push(`Rl${i}_${k} t${i} l${i}_${k} ${c.poleTime[k] / layer}`, `Cl${i}_${k} l${i}_${k} 0 ${layer} ic=0`);
  }
}

function ductLines(farm: Farm, e: number, linear: boolean, lines: string[]): void {
  const { state, coefficients: c, layout } = farm;
  const [i, j] = [layout.edges[2 * e], layout.edges[2 * e + 1]];
  let node = `d${e}`;
  lines.push(`Vd${e} p${i} d${e} 0`);
  let count = 0;
  const next = (): string => `d${e}_${count++}`;
  const series = (element: (from: string, to: string) => string[]): void => {
    const to = next();
    lines.push(...element(node, to));
    node = to;
  };
  if (c.resistance[e] > 0) series((from, to) => [`Rd${e} ${from} ${to} ${c.resistance[e]}`]);
  for (let k = 0; k < state.poles; k++) {
    const r = c.layerResistance[k * state.ducts + e];
    if (r > 0)
      series((from, to) => [`Rv${e}_${k} ${from} ${to} ${r}`, `Lv${e}_${k} ${from} ${to} ${r * c.poleTime[k]} ic=0`]);
  }
  if (!linear && c.quadratic[e] > 0) {
    series((from, to) => [`Bm${e} ${from} ${to} V=${c.quadratic[e]}*abs(I(Vd${e}))*I(Vd${e})`]);
  }
  lines.push(`Ld${e} ${node} p${j} ${c.inertance[e]} ic=0`);
}

/** Pistons as volume-velocity sources −dx/dt, x = −X (1 − e^(−t/τ)) cos(ωt + φ). */
function pistonLines(farm: Farm, lines: string[]): void {
  const { pattern, pistonAmplitude: X, values, surroundings } = farm;
  const omega = 2 * PI * values['drive.frequency_Hz'];
  const tau = Math.max(surroundings.rampTime, 1e-7);
  for (let i = 0; i < farm.layout.count; i++) {
    if (!pattern.driven[i] || X === 0) continue;
    const angle = `(${omega}*time+${pattern.phase[i]})`;
    lines.push(
      `Bp${i} 0 p${i} I=${X}*(exp(-time/${tau})/${tau}*cos${angle}-(1-exp(-time/${tau}))*${omega}*sin${angle})`,
    );
  }
}
