// One acoustic step of the farm: the readable float64 reference for all later speed work. Scheme and symbols:
// docs/model.md §3 ("Lagrangian tidal" control masses): ports move volume, not mass; gas changes chamber only when its
// tidal displacement leaves the half duct that belongs to its chamber. The order of the phases matters:
//   1 kick ducts · 2 move displacements and pistons · 3 relabel gas that crossed, when due · 4 chambers and solids
//   5 verify
// Totals are summed in blocks of ducts and chambers, so that they are the same for any number of threads.
// Closes the first law to round-off for any coefficients ≥ 0. Allocates nothing.

import { CHAMBER_BLOCK, DUCT_BLOCK } from '../../kernel/block.ts';
import { GAS_CONSTANT as R } from '../constants.ts';
import { RECENTRE_K, REFERENCE_TEMPERATURE } from '../gas/caloric.ts';
import { cos as cosine, exp, sin as sine, TWO_PI } from '../numerics/elementary.ts';
import type { StepCoefficients } from './coefficients.ts';
import { collectCrossed, planExchange, type Relabelling, recentre, relabel } from './relabel.ts';
import { CLOCK, type FarmState, TOTAL } from './state.ts';

/** 2⁻¹⁰²². */
export const SMALLEST_NORMAL = 2.2250738585072014e-308;

/** What surrounds the gas: solids, room, drive. Scalars may change between steps. */
export interface Surroundings {
  /** J/K of one wall and of one chamber's chips. */
  wallCapacity: number;
  chipCapacity: number;
  /** W/K from one wall to the room, and from one chamber's chips to its wall. */
  roomConductance: number;
  chipConductance: number;
  /** T − 300 K of the room's air. */
  roomTemperature: number;
  /** W per chamber. */
  readonly chipPower: Float64Array;
  /** Hz. */
  frequency: number;
  /** Wanted complex piston amplitude per chamber, m³. */
  readonly pistonTargetRe: Float64Array;
  readonly pistonTargetIm: Float64Array;
  /** Time constant of the piston amplitude, s; 0 is a jump. */
  rampTime: number;
}

/** Sums over the present detector window, per chamber; the detector clears them. */
export interface WindowSums {
  /** Weight of this step (Hann) for the lock-in sums. */
  weight: number;
  readonly pressureCos: Float64Array;
  readonly pressureSin: Float64Array;
  /** Pressure subtracted before the lock-in, Pa. */
  readonly offset: Float64Array;
  /** Unweighted sums. */
  readonly pressure: Float64Array;
  readonly temperature: Float64Array;
  readonly driveWork: Float64Array;
  readonly wallHeat: Float64Array;
  readonly friction: Float64Array;
  readonly minorLoss: Float64Array;
  /** Largest |q| per duct. */
  readonly peakFlow: Float64Array;
}

export interface StepWork {
  readonly volumeChange: Float64Array;
  readonly frictionHeat: Float64Array;
  readonly minorHeat: Float64Array;
  readonly relabelling: Relabelling;
}

export type StepOutcome = 'ok' | 'broken';

/** Advances the state by one step of `c.timeStep`. @returns 'broken' when a pressure is no longer finite and positive */
export function acousticStep(
  s: FarmState,
  c: StepCoefficients,
  edges: Uint32Array,
  around: Surroundings,
  sums: WindowSums,
  work: StepWork,
): StepOutcome {
  const due = exchangeIsDue(s);
  kickDucts(s, c, edges, sums, work);
  moveDisplacements(s, c, edges, work);
  movePistons(s, c, around, work);
  work.relabelling.count = 0;
  if (due) {
    collectCrossed(s, work.relabelling);
    planExchange(s, edges, work.relabelling, c.halfCycle);
    relabel(s, edges, work.relabelling);
  }
  const checksum = stepChambers(s, c, around, sums, work);
  s.clock[CLOCK.stepsSinceBase] += 1;
  s.clock[CLOCK.steps] += 1;
  return checksum > 0 && checksum < 1e300 ? 'ok' : 'broken';
}

/** Whether this step exchanges what crossed since the last exchange. */
export const exchangeIsDue = ({ clock }: FarmState): boolean => clock[CLOCK.steps] + 1 >= clock[CLOCK.nextExchange];

/** Phase 1: momentum of every duct, closed form in the mid-step flow q̂; friction heat to the walls, minor loss to the gas. */
function kickDucts(s: FarmState, c: StepCoefficients, edges: Uint32Array, sums: WindowSums, work: StepWork): void {
  const { flow, viscous, trapFlow, trapPressure, pressure, ducts, poles, totals } = s;
  const { inertial, denominator, damping, resistance, layerResistance, quadratic, inverse, doubled, timeStep } = c;
  const { ease, push } = c.trap;
  const heatStep = c.powerFactor * timeStep;
  const { frictionHeat, minorHeat } = work;
  const { peakFlow } = sums;
  frictionHeat.fill(0);
  minorHeat.fill(0);
  let frictionTotal = 0;
  let minorTotal = 0;
  let frictionOfBlock = 0;
  let minorOfBlock = 0;
  for (let e = 0; e < ducts; e++) {
    if (e % DUCT_BLOCK === 0) {
      frictionTotal += frictionOfBlock;
      minorTotal += minorOfBlock;
      frictionOfBlock = 0;
      minorOfBlock = 0;
    }
    const i = edges[2 * e];
    const j = edges[2 * e + 1];
    const before = flow[e];
    const caught = trapPressure[e];
    let B = pressure[i] - pressure[j] + inertial[e] * (before - caught);
    for (let k = 0, at = e; k < poles; k++, at += ducts) B += damping[at] * viscous[at];
    const A = denominator[e];
    const K = quadratic[e];
    const mid = (2 * B) / (A + Math.sqrt(A * A + 4 * K * Math.abs(B)));
    let dissipation = resistance[e] * mid * mid;
    for (let k = 0, at = e; k < poles; k++, at += ducts) {
      const slip = (mid - viscous[at]) * inverse[k];
      viscous[at] += doubled[k] * slip;
      dissipation += layerResistance[at] * slip * slip;
    }
    const friction = heatStep * dissipation;
    const speed = Math.abs(mid);
    const minor = heatStep * K * speed * mid * mid;
    const after = 2 * mid - before;
    flow[e] = after;
    const inTrap = trapFlow[e] + ease * caught;
    trapFlow[e] = inTrap;
    trapPressure[e] = caught + push * (after - inTrap);
    frictionHeat[i] += 0.5 * friction;
    frictionHeat[j] += 0.5 * friction;
    minorHeat[mid > 0 ? j : i] += minor;
    frictionOfBlock += friction;
    minorOfBlock += minor;
    if (speed > peakFlow[e]) peakFlow[e] = speed;
  }
  totals[TOTAL.friction] += frictionTotal + frictionOfBlock;
  totals[TOTAL.minorLoss] += minorTotal + minorOfBlock;
}

/** Phase 2a: tidal displacement of every duct, volume change of its chambers, and what crossed. */
function moveDisplacements(s: FarmState, c: StepCoefficients, edges: Uint32Array, work: StepWork): void {
  const { flow, displacement, crossed, ducts } = s;
  const { halfVolume, timeStep } = c;
  const { volumeChange } = work;
  volumeChange.fill(0);
  for (let e = 0; e < ducts; e++) {
    const moved = flow[e] * timeStep;
    volumeChange[edges[2 * e]] += moved;
    volumeChange[edges[2 * e + 1]] -= moved;
    const xi = displacement[e] + moved;
    displacement[e] = xi;
    if (xi > halfVolume[e] || xi < -halfVolume[e]) {
      const excess = xi > 0 ? xi - halfVolume[e] : xi + halfVolume[e];
      displacement[e] = xi - excess;
      const end = xi > 0 ? 2 * e : 2 * e + 1;
      crossed[end] += Math.abs(excess);
      if (crossed[end] > MOST_WAITING * halfVolume[e]) s.clock[CLOCK.nextExchange] = 0;
    }
  }
}

/** Phase 2b: pistons to their place at n+1; their amplitude follows its target exponentially. */
function movePistons(s: FarmState, c: StepCoefficients, around: Surroundings, work: StepWork): void {
  const { clock, pistonRe, pistonIm, piston, chambers } = s;
  const turns = clock[CLOCK.turns] + around.frequency * c.timeStep;
  clock[CLOCK.turns] = turns - Math.floor(turns);
  const cos = cosine(TWO_PI * clock[CLOCK.turns]);
  const sin = sine(TWO_PI * clock[CLOCK.turns]);
  const follow = around.rampTime > 0 ? 1 - exp(-c.timeStep / around.rampTime) : 1;
  for (let i = 0; i < chambers; i++) {
    pistonRe[i] = flushed(pistonRe[i] + follow * (around.pistonTargetRe[i] - pistonRe[i]));
    pistonIm[i] = flushed(pistonIm[i] + follow * (around.pistonTargetIm[i] - pistonIm[i]));
    const x = pistonRe[i] * cos - pistonIm[i] * sin;
    work.volumeChange[i] += x - piston[i];
    // Kept until the chamber phase, which needs the move for the drive's work.
    work.relabelling.pistonMove[i] = x - piston[i];
    piston[i] = x;
  }
}

/** Gas that waits at one end of a duct, of half the duct's volume: with more the next step exchanges, whenever it was due. */
export const MOST_WAITING = 0.25;

/** Zero in place of a subnormal number: an amplitude that dies away would end as one, and slow every step twentyfold. */
const flushed = (x: number): number => (Math.abs(x) < SMALLEST_NORMAL ? 0 : x);

const SIXTH = 1 / 6;

/** Phase 4: first law of every chamber (trapezoidal pressure work, implicit midpoint layers), wall and chip. */
function stepChambers(
  s: FarmState,
  c: StepCoefficients,
  around: Surroundings,
  sums: WindowSums,
  work: StepWork,
): number {
  const {
    chambers,
    poles,
    amount,
    energy,
    temperature,
    volume,
    pressure,
    centre,
    caloric,
    virial,
    layer,
    instantLayer,
    pendingHeat,
    wall,
    chip,
    totals,
    clock,
  } = s;
  const { layerCapacity, instantCapacity, wallConductance, layerPull, halfPull, approach, poleTime, timeStep } = c;
  const { volumeChange, frictionHeat, minorHeat } = work;
  const { pistonMove } = work.relabelling;
  // Quotients cost the processor more than all else here: whatever is divided by more than once is inverted once.
  const perStep = 1 / timeStep;
  const perWall = 1 / around.wallCapacity;
  const perChip = 1 / around.chipCapacity;
  const perRoom = 1 / (REFERENCE_TEMPERATURE + around.roomTemperature);
  const roomStep = timeStep * around.roomConductance;
  const chipStep = timeStep * around.chipConductance;
  const cos = sums.weight * cosine(TWO_PI * clock[CLOCK.turns]);
  const sin = sums.weight * sine(TWO_PI * clock[CLOCK.turns]);
  let checksum = 0;
  let driveTotal = 0;
  let chipTotal = 0;
  let roomTotal = 0;
  let thermalTotal = 0;
  let thermalEntropy = 0;
  let viscousEntropy = 0;
  let minorEntropy = 0;
  let roomEntropy = 0;
  let chipEntropy = 0;
  for (let from = 0; from < chambers; from += CHAMBER_BLOCK) {
    const to = Math.min(from + CHAMBER_BLOCK, chambers);
    let pressureSum = 0;
    let driven = 0;
    let chipIn = 0;
    let toRoom = 0;
    let thermal = 0;
    let entropyThermal = 0;
    let entropyViscous = 0;
    let entropyMinor = 0;
    let entropyRoom = 0;
    let entropyChip = 0;
    for (let i = from; i < to; i++) {
      const dv = volumeChange[i];
      const v = volume[i] + dv;
      const nR = amount[i] * R;
      const T = temperature[i];
      const p = pressure[i];
      const G = timeStep * wallConductance[i];
      const c4 = 4 * i;
      const fromCentre = T - centre[i];
      const C = caloric[c4 + 1] + fromCentre * (caloric[c4 + 2] + 0.5 * fromCentre * caloric[c4 + 3]);
      const dC = caloric[c4 + 2] + fromCentre * caloric[c4 + 3];
      const D = pendingHeat[i];
      const secondOrder = c.powerFactor * D;
      const instant = instantCapacity[i];

      // Equation of state at the old temperature and the new volume (b: second virial times amount; 0 for the ideal gas).
      const b2 = virial[3 * i + 2];
      const db = virial[3 * i + 1] + fromCentre * b2;
      const b = virial[3 * i] + fromCentre * (virial[3 * i + 1] + 0.5 * fromCentre * b2);
      const Tk = REFERENCE_TEMPERATURE + T;
      const density = 1 / v;
      const pThere = nR * Tk * density * (1 + b * density);
      const pByT = nR * density * (1 + (b + Tk * db) * density);
      const energyByVolume = -nR * Tk * Tk * db * (density - 1 / volume[i]);
      const residualCapacity = -nR * density * Tk * (2 * db + Tk * b2);

      let drive =
        -0.5 * (p + pThere) * dv -
        energyByVolume +
        G * (wall[i] - T) +
        minorHeat[i] -
        D -
        instant * (T - instantLayer[i]);
      const stiffness = 0.5 * (pByT * dv + G) + halfPull[i] + instant + residualCapacity;
      for (let k = 0, at = i; k < poles; k++, at += chambers) drive += layerPull[at] * (layer[at] - T);
      // C varies with T: a second pass with the secant heat capacity, its 1/(1 + bend) as a series to the fourth order.
      const inverse = 1 / (stiffness + C);
      const first = drive * inverse;
      const bend = 0.5 * dC * first * inverse;
      const dT = first * (1 - bend * (1 - bend * (1 - bend)));
      const mid = T + 0.5 * dT;
      const after = T + dT;
      const Ta = REFERENCE_TEMPERATURE + after;
      const bAfter = b + dT * (db + 0.5 * dT * b2);
      const pAfter = nR * Ta * density * (1 + bAfter * density);

      let toLayers = instant * (after - instantLayer[i]);
      let spread = 0;
      instantLayer[i] = after;
      for (let k = 0, at = i; k < poles; k++, at += chambers) {
        const change = approach[k] * (mid - layer[at]);
        layer[at] += change;
        toLayers += layerCapacity[at] * change;
        spread += layerCapacity[at] * poleTime[k] * change * change;
      }
      const toWall = G * (mid - wall[i]);
      const perMid = 1 / (REFERENCE_TEMPERATURE + mid);
      const U = energy[i] - 0.5 * (p + pAfter) * dv - toLayers - toWall + minorHeat[i] - D;
      energy[i] = U;
      volume[i] = v;
      pressure[i] = pAfter;
      pendingHeat[i] = spread * perStep * perMid;

      // Energy is the truth; the temperature follows it (one Newton step removes what the secant left).
      if (after - centre[i] > RECENTRE_K || after - centre[i] < -RECENTRE_K) recentre(s, i, after);
      const d = after - centre[i];
      const dbAfter = virial[3 * i + 1] + d * virial[3 * i + 2];
      const stored =
        caloric[c4] +
        d * (caloric[c4 + 1] + d * (0.5 * caloric[c4 + 2] + d * caloric[c4 + 3] * SIXTH)) -
        nR * Ta * Ta * dbAfter * density;
      temperature[i] = after + (U - stored) / (caloric[c4 + 1] + d * caloric[c4 + 2] + residualCapacity);

      const wallBefore = wall[i];
      const chipToWall = chipStep * (chip[i] - wallBefore);
      const wallToRoom = roomStep * (wallBefore - around.roomTemperature);
      const chipHeat = timeStep * around.chipPower[i];
      wall[i] = wallBefore + (toWall + secondOrder + frictionHeat[i] + chipToWall - wallToRoom) * perWall;
      chip[i] += (chipHeat - chipToWall) * perChip;

      const driveWork = -0.5 * c.powerFactor * (p + pAfter) * pistonMove[i];
      const chipAbsolute = REFERENCE_TEMPERATURE + chip[i];
      const perBoth = 1 / ((REFERENCE_TEMPERATURE + wallBefore) * chipAbsolute);
      const perWallAbsolute = perBoth * chipAbsolute;
      driven += driveWork;
      chipIn += chipHeat;
      toRoom += wallToRoom;
      thermal += secondOrder;
      entropyThermal += (secondOrder + toWall * (mid - wallBefore) * perMid) * perWallAbsolute;
      entropyViscous += frictionHeat[i] * perWallAbsolute;
      entropyMinor += minorHeat[i] * perMid;
      entropyRoom += wallToRoom * (wallBefore - around.roomTemperature) * perRoom * perWallAbsolute;
      entropyChip += chipToWall * (chip[i] - wallBefore) * perBoth;
      pressureSum += pAfter;

      const deviation = pAfter - sums.offset[i];
      sums.pressureCos[i] += deviation * cos;
      sums.pressureSin[i] += deviation * sin;
      sums.pressure[i] += pAfter;
      sums.temperature[i] += after;
      sums.driveWork[i] += driveWork;
      sums.wallHeat[i] += toWall + secondOrder;
      sums.friction[i] += frictionHeat[i];
      sums.minorLoss[i] += minorHeat[i];
    }
    checksum += pressureSum;
    driveTotal += driven;
    chipTotal += chipIn;
    roomTotal += toRoom;
    thermalTotal += thermal;
    thermalEntropy += entropyThermal;
    viscousEntropy += entropyViscous;
    minorEntropy += entropyMinor;
    roomEntropy += entropyRoom;
    chipEntropy += entropyChip;
  }
  totals[TOTAL.driveWork] += driveTotal;
  totals[TOTAL.driveWorkMagnitude] += Math.abs(driveTotal);
  totals[TOTAL.chipHeat] += chipTotal;
  totals[TOTAL.roomHeat] += roomTotal;
  totals[TOTAL.thermalLoss] += thermalTotal;
  totals[TOTAL.entropyThermal] += thermalEntropy;
  totals[TOTAL.entropyViscous] += viscousEntropy;
  totals[TOTAL.entropyMinor] += minorEntropy;
  totals[TOTAL.entropyWallRoom] += roomEntropy;
  totals[TOTAL.entropyChipWall] += chipEntropy;
  return checksum;
}
