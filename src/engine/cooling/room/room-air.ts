// The air of the room: owns grid, flow and temperatures, and steps them with the chambers' walls.
//   walls' film (or given heat) → implicit temperature step → flow follows when the temperatures have moved
// Quasi-steady flow: the air's own inertia in time is left out (seconds; the temperatures take minutes). Deterministic;
// a step allocates nothing. Temperatures are T − 300 K.

import { REFERENCE_TEMPERATURE } from '../../gas/caloric.ts';
import { type ChamberCells, chamberCells, ergun, type PorousBlock } from './block.ts';
import { type RoomField, roomField } from './field.ts';
import { type FlowFigures, flowFigures, outletTemperature, type RoomFigures, roomFigures } from './figures.ts';
import { filmConductance, type RoomAirProperties, roomAirProperties } from './film.ts';
import { createFlow, type Flow, iterateFlow, setSupply } from './flow.ts';
import { type Opening, WHOLE_WALL } from './flow-geometry.ts';
import { DEFAULT_GRID, roomGrid, type Vector3 } from './grid.ts';
import { createRoomHeat, ROOM_TOTAL, type RoomHeat, sampleAtChambers, setFilm, stepHeat, storedHeat } from './heat.ts';

export interface RoomAirSettings {
  /** Inner size of the room, m. */
  readonly size: Vector3;
  /** null: an empty room. */
  readonly block: PorousBlock | null;
  /** 3 per chamber, m, room coordinates. */
  readonly positions: Float64Array;
  /** m³/s through the wall x = 0, leaving through x = L. 0: a closed room. */
  readonly supplyFlow: number;
  /** K. The room starts at this temperature. */
  readonly supplyTemperature: number;
  /** K at which the air's properties are taken, once; the supply's if left out. A restored room must be given its own. */
  readonly propertyTemperature?: number;
  readonly emissivity: number;
  /** All air is led through the block. */
  readonly shrouded?: boolean;
  readonly inlet?: Opening;
  readonly outlet?: Opening;
  /** Cells across the block. */
  readonly acrossBlock?: number;
  readonly fanEfficiency?: number;
  /** 1/m, quadratic resistance of the open room; wall friction f/(2 D_h) with f = 0.02 if left out. */
  readonly openResistance?: number;
}

/** Darcy friction factor of the room's walls. */
const WALL_FRICTION = 0.02;
const FAN_EFFICIENCY = 0.7;
/** The flow is steady when an iteration changes no velocity by more than this share of the largest. */
const STEADY_CHANGE = 1e-3;
/** Below this, one iteration per temperature step keeps the flow up with the temperatures. */
const CALM_CHANGE = 1e-2;
/** Iterations at most: at the start or after an edit, and in one temperature step. */
const START_ITERATIONS = 150;
const STEP_ITERATIONS = 3;
/** The flow is solved again when a temperature has moved by this much, K, or this share of the room's range. */
const MOVED_K = 0.05;
const MOVED_SHARE = 0.04;

export class RoomAir {
  readonly flow: Flow;
  readonly heat: RoomHeat;
  readonly air: RoomAirProperties;
  readonly cells: ChamberCells;
  readonly chambers: number;
  /** T − 300 K of the supplied air. */
  supplyTemperature: number;
  /** Relative change of the velocities in the last iteration. */
  private change = Number.POSITIVE_INFINITY;
  /** Temperatures of the last steady flow. */
  private readonly flowTemperature: Float64Array;
  private readonly diameter: number;
  emissivity: number;
  /** Of fan and motor. */
  efficiency: number;
  private readonly speeds: Float64Array;
  private readonly localTemperature: Float64Array;
  private readonly localSpeed: Float64Array;
  /** Figures of the present flow; null: not found yet. */
  private known: { readonly efficiency: number; readonly figures: FlowFigures } | null = null;

  constructor(settings: RoomAirSettings) {
    const { size, block, positions, supplyTemperature } = settings;
    const diameter = block?.diameter ?? 0;
    const grid = roomGrid(size, block, {
      ...DEFAULT_GRID,
      acrossBlock: settings.acrossBlock ?? DEFAULT_GRID.acrossBlock,
      finest: diameter,
    });
    this.air = roomAirProperties(settings.propertyTemperature ?? supplyTemperature);
    const hydraulic = (2 * size[1] * size[2]) / (size[1] + size[2]);
    this.flow = createFlow(grid, {
      viscosity: this.air.kinematic,
      expansion: this.air.expansion,
      drag: block ? ergun(block.voidFraction, diameter) : null,
      diameter,
      openResistance: settings.openResistance ?? WALL_FRICTION / (2 * hydraulic),
      shrouded: settings.shrouded ?? false,
      inlet: settings.inlet ?? WHOLE_WALL,
      outlet: settings.outlet ?? WHOLE_WALL,
    });
    this.supplyTemperature = supplyTemperature - REFERENCE_TEMPERATURE;
    this.heat = createRoomHeat(
      this.flow,
      { ...this.air, voidFraction: block?.voidFraction ?? 1 },
      this.supplyTemperature,
    );
    this.heat.totals[ROOM_TOTAL.start] = storedHeat(this.heat);
    this.chambers = positions.length / 3;
    this.cells = chamberCells(grid, positions, diameter / 2);
    this.diameter = diameter;
    this.emissivity = settings.emissivity;
    this.efficiency = settings.fanEfficiency ?? FAN_EFFICIENCY;
    this.flowTemperature = this.heat.temperature.slice();
    this.speeds = new Float64Array(grid.total);
    this.localTemperature = new Float64Array(this.chambers);
    this.localSpeed = new Float64Array(this.chambers);
    setSupply(this.flow, settings.supplyFlow);
    this.settle(START_ITERATIONS);
  }

  /** New supply: m³/s and K. The flow is solved again at once. */
  setSupply(supplyFlow: number, supplyTemperature: number): void {
    this.supplyTemperature = supplyTemperature - REFERENCE_TEMPERATURE;
    setSupply(this.flow, supplyFlow);
    this.settle(START_ITERATIONS);
  }

  /**
   * Advances the air by `dt` s with the walls at given temperatures; the film is implicit, so any step is stable.
   * A caller that also wants its walls implicit passes implicitWall()'s values instead.
   * @param wall T − 300 K per chamber
   * @param conductance W/K per chamber, wall to air
   * @param heatOut J per chamber given to the air: exactly what the air's balance books
   */
  exchange(wall: Float64Array, conductance: Float64Array, dt: number, heatOut: Float64Array): void {
    setFilm(this.heat, this.cells, wall, conductance);
    stepHeat(this.flow, this.heat, this.supplyTemperature, dt);
    sampleAtChambers(this.heat.solved, this.cells, this.localTemperature);
    for (let i = 0; i < this.chambers; i++) {
      heatOut[i] = dt * conductance[i] * (wall[i] - this.localTemperature[i]);
    }
    this.book(heatOut);
    this.follow();
  }

  /** Advances the air by `dt` s with heat given per chamber, J in this step (for walls stepped elsewhere in small steps). */
  deposit(heatGiven: Float64Array, dt: number): void {
    const { source, film } = this.heat;
    const { start, cell, share } = this.cells;
    source.fill(0);
    film.fill(0);
    for (let i = 0; i < this.chambers; i++) {
      for (let n = start[i]; n < start[i + 1]; n++) source[cell[n]] += (share[n] * heatGiven[i]) / dt;
    }
    stepHeat(this.flow, this.heat, this.supplyTemperature, dt);
    this.book(heatGiven);
    this.follow();
  }

  /** T − 300 K of the air at each chamber. */
  airTemperature(out: Float64Array): void {
    sampleAtChambers(this.heat.temperature, this.cells, out);
  }

  /** Superficial air speed at each chamber, m/s. */
  airSpeed(out: Float64Array): void {
    const { grid, velocity } = this.flow;
    const [u, v, w] = velocity;
    const [, sy, sz] = grid.strides;
    for (let n = 0; n < grid.interior.length; n++) {
      const c = grid.interior[n];
      const x = u[c] + u[c + 1];
      const y = v[c] + v[c + sy];
      const z = w[c] + w[c + sz];
      this.speeds[c] = 0.5 * Math.sqrt(x * x + y * y + z * z);
    }
    sampleAtChambers(this.speeds, this.cells, out);
  }

  /** Conductance wall to air of each chamber, W/K, at the present local speed and excess. @param wall T − 300 K */
  conductances(wall: Float64Array, out: Float64Array): void {
    this.airTemperature(this.localTemperature);
    this.airSpeed(this.localSpeed);
    for (let i = 0; i < this.chambers; i++) {
      const excess = wall[i] - this.localTemperature[i];
      out[i] = filmConductance(this.air, this.diameter, this.localSpeed[i], excess, this.emissivity);
    }
  }

  /** Stored − supplied + carried away since the start over the sum of magnitudes (models.md 7.1). */
  balanceResidual(): number {
    const { totals } = this.heat;
    const stored = storedHeat(this.heat);
    const start = totals[ROOM_TOTAL.start];
    const gained = totals[ROOM_TOTAL.fromChambers] + totals[ROOM_TOTAL.inflow] - totals[ROOM_TOTAL.outflow];
    const size = totals[ROOM_TOTAL.magnitude] + Math.abs(stored) + Math.abs(start);
    return size > 0 ? (stored - start - gained) / size : 0;
  }

  figures(): RoomFigures {
    return roomFigures(this.flow, this.flowFigures(), this.heat.temperature, this.supplyTemperature);
  }

  /** The figures of the flow alone, found once for each flow. */
  flowFigures(): FlowFigures {
    const { efficiency } = this;
    if (this.known?.efficiency !== efficiency)
      this.known = { efficiency, figures: flowFigures(this.flow, this.air.density, efficiency) };
    return this.known.figures;
  }

  /** Flow-weighted T − 300 K at the outlet. */
  outletTemperature(): number {
    return outletTemperature(this.flow, this.heat.temperature);
  }

  field(): RoomField {
    return roomField(this.flow, this.heat.temperature);
  }

  /** Everything a snapshot has to store, in a fixed order; `restored` after it was overwritten. */
  stateArrays(): Float64Array[] {
    return [this.heat.temperature, this.heat.totals, this.flowTemperature, this.flow.pressure, ...this.flow.velocity];
  }

  restored(supplyFlow: number, supplyTemperature: number, change: number): void {
    this.flow.supply = supplyFlow;
    this.known = null;
    this.supplyTemperature = supplyTemperature - REFERENCE_TEMPERATURE;
    this.change = change;
  }

  /** Relative change of the velocities in the last flow iteration; for restored(). */
  get lastChange(): number {
    return this.change;
  }

  /** Whether the flow is steady for the temperatures it was solved with. */
  get isSteady(): boolean {
    return this.change <= STEADY_CHANGE;
  }

  /** Iterates the flow at the present temperatures until steady or `most` iterations; air is conserved afterwards. */
  settle(most: number): void {
    const { temperature } = this.heat;
    this.change = Number.POSITIVE_INFINITY;
    for (let n = 0; n < most - 1 && this.change > STEADY_CHANGE; n++) {
      this.change = iterateFlow(this.flow, temperature, false);
    }
    this.change = iterateFlow(this.flow, temperature, true);
    this.flowTemperature.set(temperature);
    this.known = null;
  }

  private book(heat: Float64Array): void {
    const { totals } = this.heat;
    let sum = 0;
    let size = 0;
    for (let i = 0; i < this.chambers; i++) {
      sum += heat[i];
      size += Math.abs(heat[i]);
    }
    totals[ROOM_TOTAL.fromChambers] += sum;
    totals[ROOM_TOTAL.magnitude] += size;
  }

  /** The flow follows the temperatures, a few iterations per step, until both stand. */
  private follow(): void {
    const { temperature } = this.heat;
    const { interior } = this.flow.grid;
    let moved = 0;
    let lowest = Number.POSITIVE_INFINITY;
    let highest = Number.NEGATIVE_INFINITY;
    for (let n = 0; n < interior.length; n++) {
      const T = temperature[interior[n]];
      moved = Math.max(moved, Math.abs(T - this.flowTemperature[interior[n]]));
      lowest = Math.min(lowest, T);
      highest = Math.max(highest, T);
    }
    if (this.isSteady && moved < MOVED_K + MOVED_SHARE * (highest - lowest)) return;
    this.settle(this.change > CALM_CHANGE ? STEP_ITERATIONS : 1);
  }
}

/**
 * What to pass to exchange() so that walls of capacity C (J/K) heated by P (W) are implicit too: backward Euler with the
 * wall eliminated. Afterwards the wall is T_w + (P·dt − heatOut)/C, exactly.
 */
export function implicitWall(
  wall: number,
  power: number,
  capacity: number,
  conductance: number,
  dt: number,
): { wall: number; conductance: number } {
  return { wall: wall + (power * dt) / capacity, conductance: conductance / (1 + (conductance * dt) / capacity) };
}
