// The books of one chamber over the last window: heat flows that close for gas, walls and chips, entropy by mechanism, and the
// free energies of its gas. What passes through its ducts is what the first law leaves over: it is not measured by itself.

import { ATM } from '../constants.ts';
import type { Farm } from '../farm.ts';
import { REFERENCE_TEMPERATURE } from '../gas/caloric.ts';
import { SPECIES_COUNT } from '../gas/species.ts';
import { potentials } from './free-energy.ts';

/** W, means over the last window, positive in the direction named; zero before the first. */
export interface ChamberFlows {
  readonly driveToGas_W: number;
  readonly gasToWall_W: number;
  readonly frictionToWall_W: number;
  readonly minorLossToGas_W: number;
  readonly chipToWall_W: number;
  readonly wallToRoom_W: number;
  readonly chipPower_W: number;
  /** By the oscillation and with crossing gas, through all ducts: what drive, minor loss and wall heat leave over at steady means. */
  readonly gasToNeighbours_W: number;
}

/** W/K. Mixing, condensation and conduction along ducts are known for the farm as a whole only. */
export interface ChamberEntropy {
  readonly wallLayers: number;
  readonly ductFriction: number;
  readonly minorLoss: number;
  readonly wallToRoom: number;
  readonly chipToWall: number;
}

/** J (J/K): gas of the chamber at its means; elements at 298.15 K are zero. */
export interface ChamberPotentials {
  readonly internalEnergy_J: number;
  readonly entropy_J_per_K: number;
  readonly helmholtz_J: number;
  readonly gibbs_J: number;
  /** Work the gas could do coming to the supply air's temperature and 1 atm, composition kept: ΔU + p₀ΔV − T₀ΔS. */
  readonly exergy_J: number;
}

export interface ChamberLedger {
  readonly flows: ChamberFlows;
  readonly entropy_W_per_K: ChamberEntropy;
  /** T₀ times the entropy production, W. */
  readonly exergyDestroyed_W: number;
  readonly potentials: ChamberPotentials;
}

export function chamberLedger(farm: Farm, i: number): ChamberLedger {
  const { state, surroundings, coefficients, averaged, mode } = farm;
  const r = farm.detector.readings;
  const wall = REFERENCE_TEMPERATURE + state.wall[i];
  const chip = REFERENCE_TEMPERATURE + state.chip[i];
  const gas = REFERENCE_TEMPERATURE + (r.count > 0 ? r.temperature[i] : state.temperature[i]);
  const supply = REFERENCE_TEMPERATURE + surroundings.roomTemperature;
  const air = farm.room.isSolved ? REFERENCE_TEMPERATURE + farm.room.airTemperature[i] : supply;
  const chipToWall = surroundings.chipConductance * (chip - wall);
  const wallToRoom = farm.room.isSolved
    ? farm.room.wallToAir(i, state.wall[i])
    : surroundings.roomConductance * (wall - supply);
  const conduction = coefficients.wallConductance[i] * (gas - wall);
  // Second-order heat of the layers: solved when averaged, otherwise what the window's wall heat has beyond conduction.
  const layers =
    averaged.solution && mode === 'averaged' ? averaged.solution.powers.thermal[i] : r.wallHeat[i] - conduction;
  const flows: ChamberFlows = {
    driveToGas_W: r.drivePower[i],
    gasToWall_W: r.wallHeat[i],
    frictionToWall_W: r.friction[i],
    minorLossToGas_W: r.minorLoss[i],
    chipToWall_W: chipToWall,
    wallToRoom_W: wallToRoom,
    chipPower_W: surroundings.chipPower[i],
    gasToNeighbours_W: r.drivePower[i] + r.minorLoss[i] - r.wallHeat[i],
  };
  const entropy: ChamberEntropy = {
    wallLayers: r.count > 0 ? layers / wall + conduction * (1 / wall - 1 / gas) : 0,
    ductFriction: r.friction[i] / wall,
    minorLoss: r.minorLoss[i] / gas,
    wallToRoom: wallToRoom * (1 / air - 1 / wall),
    chipToWall: chipToWall * (1 / wall - 1 / chip),
  };
  const produced = Object.values(entropy).reduce((a, b) => a + b, 0);
  return {
    flows,
    entropy_W_per_K: entropy,
    exergyDestroyed_W: supply * produced,
    potentials: gasPotentials(farm, i, gas, supply),
  };
}

/** Sums over all chambers' gas. */
export function farmPotentials(farm: Farm): ChamberPotentials {
  const r = farm.detector.readings;
  const temperature = r.count > 0 ? r.temperature : farm.state.temperature;
  const ambient = REFERENCE_TEMPERATURE + farm.surroundings.roomTemperature;
  const sum = { internalEnergy_J: 0, entropy_J_per_K: 0, helmholtz_J: 0, gibbs_J: 0, exergy_J: 0 };
  const keys = Object.keys(sum) as (keyof ChamberPotentials)[];
  for (let i = 0; i < farm.layout.count; i++) {
    const one = gasPotentials(farm, i, REFERENCE_TEMPERATURE + temperature[i], ambient);
    for (const key of keys) sum[key] += one[key];
  }
  return sum;
}

function gasPotentials(farm: Farm, i: number, T: number, ambient: number): ChamberPotentials {
  const { state } = farm;
  const r = farm.detector.readings;
  const amounts = state.amounts.subarray(i * SPECIES_COUNT, (i + 1) * SPECIES_COUNT);
  const now = potentials(amounts, T, r.count > 0 ? r.pressure[i] : state.pressure[i], state.gasModel);
  const dead = potentials(amounts, ambient, ATM, state.gasModel);
  return {
    internalEnergy_J: now.internalEnergy,
    entropy_J_per_K: now.entropy,
    helmholtz_J: now.helmholtz,
    gibbs_J: now.gibbs,
    exergy_J:
      now.internalEnergy -
      dead.internalEnergy +
      ATM * (now.volume - dead.volume) -
      ambient * (now.entropy - dead.entropy),
  };
}
