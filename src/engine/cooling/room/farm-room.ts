// The room as the farm sees it: heat from the walls to the air around each of them, by the room's finite-volume air or, when
// asked for, by air of one temperature and speed. Windows give heat at the air's last state and hand it over in lots; averaged
// steps solve their walls with that air themselves and hand over what they gave. Builds the air when first needed.

import { REFERENCE_TEMPERATURE } from '../../gas/caloric.ts';
import { type FarmState, TOTAL } from '../../gas-oscillation/state.ts';
import type { Surroundings } from '../../gas-oscillation/step.ts';
import type { RoomField } from './field.ts';
import type { FlowFigures, RoomFigures } from './figures.ts';
import { implicitWall, RoomAir, type RoomAirSettings } from './room-air.ts';

/** Simulated time after which the air takes the heat collected and moves, s. */
const LOT_S = 0.5;

export type FarmRoomSettings = Omit<RoomAirSettings, 'propertyTemperature'>;

/** What a snapshot keeps besides the arrays; null when the air was never needed. */
export interface RoomSnapshot {
  readonly propertyTemperature: number;
  readonly change: number;
  readonly elapsed: number;
}

export class FarmRoom {
  private air: RoomAir | null = null;
  /** Time since the air last moved, s. */
  private elapsed = 0;
  private settings: FarmRoomSettings | null = null;
  /** Heat given since then, J; conductance W/K and air T − 300 K at the walls as of then. */
  private readonly lot: Float64Array;
  private readonly conductance: Float64Array;
  private readonly local: Float64Array;

  constructor(readonly chambers: number) {
    const perChamber = () => new Float64Array(chambers);
    this.lot = perChamber();
    this.conductance = perChamber();
    this.local = perChamber();
  }

  /** Whether the room's air is solved; otherwise the step itself exchanges with air of one temperature. */
  get isSolved(): boolean {
    return this.settings !== null;
  }

  /** New settings, or null for air of one temperature. Supply and efficiency act on the standing air; others rebuild it. */
  configure(settings: FarmRoomSettings | null): void {
    const before = this.settings;
    this.settings = settings;
    if (!settings || !before || !this.air || !sameRoom(before, settings)) {
      this.air = null;
      this.elapsed = 0;
      this.lot.fill(0);
      this.local.fill(settings ? settings.supplyTemperature - REFERENCE_TEMPERATURE : 0);
      return;
    }
    adjust(this.air, before, settings);
  }

  /** Takes over the air of a farm whose room and block are the same. */
  adopt(from: FarmRoom): void {
    if (!from.air || !from.settings || !this.settings || !sameRoom(from.settings, this.settings)) return;
    if (from.chambers !== this.chambers) return;
    this.air = from.air;
    this.elapsed = from.elapsed;
    this.lot.set(from.lot);
    this.conductance.set(from.conductance);
    this.local.set(from.local);
    adjust(this.air, from.settings, this.settings);
  }

  /** Exchanges heat between the walls and the air for `dt` seconds; books it in the state's totals. */
  exchange(s: FarmState, around: Surroundings, dt: number): void {
    if (!this.settings) return;
    const air = this.built(s.wall);
    for (let i = 0; i < s.chambers; i++) {
      const seen = implicitWall(s.wall[i], 0, around.wallCapacity, this.conductance[i], dt);
      const heat = dt * seen.conductance * (s.wall[i] - this.local[i]);
      this.lot[i] += heat;
      this.take(s, around, i, heat);
    }
    this.elapsed += dt;
    if (this.elapsed >= LOT_S - 1e-9) this.handOver(air, s);
  }

  /** Conductance W/K and temperature T − 300 K of the air at each wall, for steps that solve their walls with them; null: uniform. */
  airAtWalls(wall: Float64Array): { readonly conductance: Float64Array; readonly temperature: Float64Array } | null {
    if (!this.settings) return null;
    this.built(wall);
    return { conductance: this.conductance, temperature: this.local };
  }

  /** Takes heat (J per chamber) that walls gave over `dt` seconds, booked by whoever stepped them; the air moves at once. */
  absorb(heat: Float64Array, s: FarmState, dt: number): void {
    if (!this.settings) return;
    const air = this.built(s.wall);
    for (let i = 0; i < s.chambers; i++) this.lot[i] += heat[i];
    this.elapsed += dt;
    this.handOver(air, s);
  }

  /** W from wall i to the air at this moment. */
  wallToAir(i: number, wall: number): number {
    return this.conductance[i] * (wall - this.local[i]);
  }

  /** T − 300 K of the air at each chamber; the supply's before the air is built. */
  get airTemperature(): Float64Array {
    return this.local;
  }

  /** What the metrics show of the air; null before it is built. */
  readings(): (FlowFigures & Pick<RoomFigures, 'outletTemperature'>) | null {
    const { air } = this;
    return air && { ...air.flowFigures(), outletTemperature: air.outletTemperature() };
  }

  /** The field for drawing; builds the air if need be. null without a solved room. */
  field(wall: Float64Array): RoomField | null {
    return this.settings ? this.built(wall).field() : null;
  }

  /** Relative error of the air's own energy balance since it was built. */
  balanceResidual(): number {
    return this.air?.balanceResidual() ?? 0;
  }

  snapshot(): RoomSnapshot | null {
    const { air } = this;
    if (!air) return null;
    return { propertyTemperature: air.air.temperature, change: air.lastChange, elapsed: this.elapsed };
  }

  arrays(): Float64Array[] {
    return this.air ? [...this.air.stateArrays(), this.lot, this.conductance, this.local] : [];
  }

  /** Before arrays() are overwritten from a snapshot: builds the air the snapshot had. */
  prepare(kept: RoomSnapshot): void {
    if (this.settings) this.air = new RoomAir({ ...this.settings, propertyTemperature: kept.propertyTemperature });
  }

  restored(kept: RoomSnapshot): void {
    this.elapsed = kept.elapsed;
    if (this.air && this.settings)
      this.air.restored(this.settings.supplyFlow, this.settings.supplyTemperature, kept.change);
  }

  private built(wall: Float64Array): RoomAir {
    if (!this.settings) throw new Error('No room to build.');
    if (!this.air) {
      this.air = new RoomAir(this.settings);
      this.sample(this.air, wall);
    }
    return this.air;
  }

  private sample(air: RoomAir, wall: Float64Array): void {
    air.conductances(wall, this.conductance);
    air.airTemperature(this.local);
  }

  private handOver(air: RoomAir, s: FarmState): void {
    if (this.elapsed > 0) {
      air.deposit(this.lot, this.elapsed);
      this.lot.fill(0);
      this.elapsed = 0;
    }
    this.sample(air, s.wall);
  }

  private take(s: FarmState, around: Surroundings, i: number, heat: number): void {
    s.wall[i] -= heat / around.wallCapacity;
    s.totals[TOTAL.roomHeat] += heat;
    const wall = REFERENCE_TEMPERATURE + s.wall[i];
    const air = REFERENCE_TEMPERATURE + this.local[i];
    s.totals[TOTAL.entropyWallRoom] += heat * (1 / air - 1 / wall);
  }
}

/** Lets a standing air follow what needs no new grid. */
function adjust(air: RoomAir, before: FarmRoomSettings, now: FarmRoomSettings): void {
  air.efficiency = now.fanEfficiency ?? air.efficiency;
  air.emissivity = now.emissivity;
  if (before.supplyFlow !== now.supplyFlow || before.supplyTemperature !== now.supplyTemperature) {
    air.setSupply(now.supplyFlow, now.supplyTemperature);
  }
}

/** Whether two settings describe the same grid and openings, so that the air can stay. */
const sameRoom = (a: FarmRoomSettings, b: FarmRoomSettings): boolean =>
  a.size.every((length, axis) => length === b.size[axis]) &&
  a.acrossBlock === b.acrossBlock &&
  a.shrouded === b.shrouded &&
  JSON.stringify([a.block, a.inlet, a.outlet]) === JSON.stringify([b.block, b.inlet, b.outlet]) &&
  a.positions.length === b.positions.length &&
  a.positions.every((x, at) => x === b.positions[at]);
