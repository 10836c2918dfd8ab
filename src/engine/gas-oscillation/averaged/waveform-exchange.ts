// Between the two modes: means of a running waveform farm into the averaged state, and back, the oscillation rebuilt from the
// phasors of the harmonic balance at a given phase of the drive, every boundary-layer state included.

import { GAS_CONSTANT as R } from '../../constants.ts';
import { REFERENCE_TEMPERATURE } from '../../gas/caloric.ts';
import { cos, PI, sin, TWO_PI } from '../../numerics/elementary.ts';
import { inertanceFactor } from '../dispersion-trap.ts';
import { recentre } from '../relabel.ts';
import { CLOCK, type FarmState } from '../state.ts';
import { type AveragedContext, type AveragedState, createAveragedState, setTemperature } from './averaged-state.ts';
import { type HarmonicSymbols, harmonicSymbols } from './discrete-symbols.ts';
import type { HarmonicSolution } from './harmonic-types.ts';

/**
 * Averaged state with the amounts and solids of a waveform farm; the harmonic balance is still to solve.
 * @param temperature means over whole cycles, T̄ − 300 K per chamber
 */
export function averagedFromWaveform(
  s: FarmState,
  temperature: Float64Array,
  context: AveragedContext,
  time_s: number,
): AveragedState {
  const to = createAveragedState(s.chambers, s.ducts);
  to.amounts.set(s.amounts);
  to.amount.set(s.amount);
  to.wall.set(s.wall);
  to.chip.set(s.chip);
  to.volume.set(context.restVolume);
  for (let i = 0; i < s.chambers; i++) {
    setTemperature(to, context.coefficients, i, temperature[i]);
    to.pressure[i] = (s.amount[i] * R * (REFERENCE_TEMPERATURE + temperature[i])) / to.volume[i];
  }
  to.time_s = time_s;
  return to;
}

/**
 * Writes the waveform state at phase `turns` of the drive into `to` (of the same chambers, ducts and layer states). Totals
 * and clock base stay as they are: what this adds to stored energy is the caller's to book.
 */
export function waveformFromAveraged(
  s: AveragedState,
  hb: HarmonicSolution,
  context: AveragedContext,
  turns: number,
  to: FarmState,
): void {
  const c = context.coefficients;
  const symbols = harmonicSymbols(context.surroundings.frequency, c.timeStep, hb.harmonics);
  const x = PI * context.surroundings.frequency * c.timeStep;
  to.clock[CLOCK.turns] = turns - Math.floor(turns);
  to.amounts.set(s.amounts);
  to.amount.set(s.amount);
  to.wall.set(s.wall);
  to.chip.set(s.chip);
  to.pistonRe.set(context.surroundings.pistonTargetRe);
  to.pistonIm.set(context.surroundings.pistonTargetIm);
  to.volume.set(s.volume);
  to.crossed.fill(0);
  writeDucts(s, hb, context, symbols, turns, x, to);
  const angle = TWO_PI * turns;
  const n = s.chambers;
  for (let i = 0; i < n; i++) {
    const T = REFERENCE_TEMPERATURE + s.temperature[i];
    to.piston[i] = to.pistonRe[i] * cos(angle) - to.pistonIm[i] * sin(angle);
    to.volume[i] += to.piston[i];
    let warmth = 0;
    for (let k = 0; k < to.poles; k++) to.layer[k * n + i] = s.temperature[i];
    for (let h = 1; h <= hb.harmonics; h++) {
      const re = T * hb.warmthRe[h * n + i];
      const im = T * hb.warmthIm[h * n + i];
      warmth += at(re, im, h * angle);
      for (let k = 0; k < to.poles; k++) {
        const lag = symbols[h].midpoint * c.poleTime[k];
        const square = 1 + lag * lag;
        to.layer[k * n + i] += at((re + im * lag) / square, (im - re * lag) / square, h * angle);
      }
    }
    to.temperature[i] = s.temperature[i] + warmth;
    to.instantLayer[i] = to.temperature[i];
    recentre(to, i, to.temperature[i]);
    to.energy[i] = to.caloric[4 * i];
    to.pressure[i] = (s.amount[i] * R * (REFERENCE_TEMPERATURE + to.temperature[i])) / to.volume[i];
    to.pendingHeat[i] = (hb.powers.thermal[i] * c.timeStep) / c.powerFactor;
  }
}

/** Displacement of duct e from its mean at phase `turns` of the drive, m³. */
function ductSwing(hb: HarmonicSolution, symbols: readonly HarmonicSymbols[], turns: number, e: number): number {
  const ducts = hb.exchangeAmount.length;
  let swing = 0;
  for (let h = 1; h <= hb.harmonics; h++) {
    const i = h * ducts + e;
    swing += at(hb.flowIm[i], -hb.flowRe[i], h * TWO_PI * turns) / symbols[h].work;
  }
  return swing;
}

/** Flow and viscous states half a step before the phase, displacement at it, and the volumes the displacements make. */
function writeDucts(
  s: AveragedState,
  hb: HarmonicSolution,
  context: AveragedContext,
  symbols: readonly HarmonicSymbols[],
  turns: number,
  x: number,
  to: FarmState,
): void {
  const { edges, coefficients: c } = context;
  const ducts = s.ducts;
  const angle = TWO_PI * turns;
  for (let e = 0; e < ducts; e++) {
    let flow = hb.flowRe[e];
    const swing = ductSwing(hb, symbols, turns, e);
    for (let k = 0; k < to.poles; k++) to.viscous[k * ducts + e] = hb.flowRe[e];
    to.trapFlow[e] = c.trap.caught > 0 ? hb.flowRe[e] : 0;
    to.trapPressure[e] = 0;
    for (let h = 1; h <= hb.harmonics; h++) {
      const re = hb.flowRe[h * ducts + e];
      const im = hb.flowIm[h * ducts + e];
      const before = h * (angle - x);
      const full = 1 / cos(h * x);
      flow += full * at(re, im, before);
      if (c.trap.caught > 0) {
        const swollen = full * ((inertanceFactor(c.trap, symbols[h].square) - c.trap.own) / c.trap.caught);
        to.trapFlow[e] += swollen * at(re, im, before);
        to.trapPressure[e] += swollen * (c.trap.caught / c.trap.own) * sin(h * x) * at(-im, re, h * angle);
      }
      for (let k = 0; k < to.poles; k++) {
        const lag = symbols[h].midpoint * c.poleTime[k];
        const square = 1 + lag * lag;
        to.viscous[k * ducts + e] += full * at((re + im * lag) / square, (im - re * lag) / square, before);
      }
    }
    to.flow[e] = flow;
    to.volume[edges[2 * e]] += swing;
    to.volume[edges[2 * e + 1]] -= swing;
    const limit = c.halfVolume[e];
    to.displacement[e] = swing > limit ? limit : swing < -limit ? -limit : swing;
  }
}

/** Re[(re + i im) e^{iφ}]. */
const at = (re: number, im: number, angle: number): number => re * cos(angle) - im * sin(angle);
