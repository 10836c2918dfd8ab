// The farm's energy flows of the last detector window as one table that closes: what comes in (pistons, chips), what passes
// between gas, walls and chips, what leaves to the room, what is stored; and the entropy each mechanism produces.

import type { Farm } from '../farm.ts';
import { REFERENCE_TEMPERATURE } from '../gas/caloric.ts';
import { TOTAL } from '../gas-oscillation/state.ts';
import { type ChamberPotentials, farmPotentials } from './chamber-ledger.ts';

/** All in W, means over the last window; positive in the direction named. */
export interface EnergyFlows {
  /** Whether a window has been completed; all numbers are 0 before. */
  readonly ready: boolean;
  readonly driveToGas_W: number;
  readonly gasToWall_W: number;
  readonly frictionToWall_W: number;
  readonly minorLossInGas_W: number;
  readonly chipPower_W: number;
  readonly chipToWall_W: number;
  readonly wallToRoom_W: number;
  /** Energy of the gas that valves, vents and injectors give to the chambers, and the compressor's shaft power. */
  readonly headersToGas_W: number;
  readonly compressor_W: number;
  /** Electrical power of the fans: it leaves with the room's air, beside the heat of the walls. 0 with uniform room air. */
  readonly fans_W: number;
  /** Rates of change of stored energy. */
  readonly storedInGas_W: number;
  readonly storedInDucts_W: number;
  readonly storedInWalls_W: number;
  readonly storedInChips_W: number;
  /** in − out − stored; zero in exact arithmetic. */
  readonly residual_W: number;
  /** Entropy production, W/K, by mechanism. */
  readonly entropy_W_per_K: {
    readonly wallLayers: number;
    readonly ductFriction: number;
    readonly minorLoss: number;
    readonly wallToRoom: number;
    readonly chipToWall: number;
    readonly mixing: number;
    readonly condensation: number;
    readonly wallConduction: number;
    readonly headers: number;
  };
  /** T₀ times the entropy production, T₀ the room's temperature, W. */
  readonly exergyDestroyed_W: number;
  /** Energies of all gas; null for farms too large to sum while they run. */
  readonly potentials: ChamberPotentials | null;
}

/** Stored energy by place at a window's end, J: what the rates are formed from. */
export interface StoredByPlace {
  readonly gas: number;
  readonly ducts: number;
  readonly walls: number;
  readonly chips: number;
}

export function storedByPlace(farm: Farm): StoredByPlace {
  const { state, surroundings } = farm;
  const { gas, layers, ducts } = farm.stored();
  let walls = 0;
  let chips = 0;
  for (let i = 0; i < state.chambers; i++) {
    walls += surroundings.wallCapacity * state.wall[i];
    chips += surroundings.chipCapacity * state.chip[i];
  }
  return { gas: gas + layers, ducts, walls, chips };
}

/** Largest farm whose free energies are summed at each call. */
const LARGEST_SUMMED = 20_000;

export function energyFlows(farm: Farm): EnergyFlows {
  const { readings } = farm.detector;
  const ready = readings.count > 0;
  const perSecond = ready ? 1 / readings.duration_s : 0;
  const power = (index: number): number => farm.window.last[index] * perSecond;
  const { before, after } = farm.window.stored;
  const rate = (place: keyof StoredByPlace): number => (after[place] - before[place]) * perSecond;
  const sum = (values: Float64Array): number => values.reduce((a, b) => a + b, 0);
  const chipPower = power(TOTAL.chipHeat);
  const storedInChips = rate('chips');
  const drive = power(TOTAL.driveWork);
  const room = power(TOTAL.roomHeat);
  const stored = rate('gas') + rate('ducts') + rate('walls') + storedInChips;
  const headers = farm.window.lastHeaders[0] * perSecond;
  const entropy = {
    wallLayers: power(TOTAL.entropyThermal),
    ductFriction: power(TOTAL.entropyViscous),
    minorLoss: power(TOTAL.entropyMinor),
    wallToRoom: power(TOTAL.entropyWallRoom),
    chipToWall: power(TOTAL.entropyChipWall),
    mixing: power(TOTAL.entropyMixing),
    condensation: power(TOTAL.entropyCondensation),
    wallConduction: power(TOTAL.entropyConduction),
    headers: farm.window.lastHeaders[1] * perSecond,
  };
  const produced = Object.values(entropy).reduce((a, b) => a + b, 0);
  return {
    ready,
    driveToGas_W: drive,
    gasToWall_W: ready ? sum(readings.wallHeat) : 0,
    frictionToWall_W: power(TOTAL.friction),
    minorLossInGas_W: power(TOTAL.minorLoss),
    chipPower_W: chipPower,
    chipToWall_W: chipPower - storedInChips,
    wallToRoom_W: room,
    fans_W: farm.room.readings()?.fanPower ?? 0,
    storedInGas_W: rate('gas'),
    storedInDucts_W: rate('ducts'),
    storedInWalls_W: rate('walls'),
    storedInChips_W: storedInChips,
    headersToGas_W: headers,
    compressor_W: farm.window.lastHeaders[2] * perSecond,
    residual_W: drive + chipPower + headers - room - stored,
    entropy_W_per_K: entropy,
    exergyDestroyed_W: produced * (REFERENCE_TEMPERATURE + farm.surroundings.roomTemperature),
    potentials: farm.layout.count <= LARGEST_SUMMED ? farmPotentials(farm) : null,
  };
}
