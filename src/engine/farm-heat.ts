// Heat that is slow against the cycle: condensation, conduction along the ducts' metal, and what the walls give to the room's air.
// Not here: when it is exchanged, and the heat between gas, walls and chips, which goes with every step (farm.ts).

import { FarmRoom } from './cooling/room/farm-room.ts';
import { conductAlongDucts } from './cooling/wall-conduction.ts';
import type { DuctGeometry } from './gas-oscillation/coefficients.ts';
import { condense } from './gas-oscillation/condensation.ts';
import type { FarmState } from './gas-oscillation/state.ts';
import type { Surroundings } from './gas-oscillation/step.ts';
import type { Layout } from './lattice/layout.ts';
import type { ParameterValues } from './parameters/table.ts';
import type { PlantEffects } from './pressure-control/plant/plant-view.ts';
import { ductConductance, roomConductance, roomSettings } from './settings.ts';

/** What of a farm its slow heat needs; its members may be replaced as the farm goes on. */
export interface HeatHost {
  readonly values: ParameterValues;
  readonly layout: Layout;
  readonly state: FarmState;
  readonly surroundings: Surroundings;
  readonly ducts: DuctGeometry;
  readonly plant: { readonly effects: PlantEffects };
}

export class FarmHeat {
  readonly room: FarmRoom;
  /** Of the ducts' metal, W/K. */
  ductConductance: Float64Array = new Float64Array(0);
  /** Scratch, one number per chamber. */
  private readonly work: Float64Array;

  constructor(private readonly host: HeatHost) {
    const { count } = host.layout;
    this.room = new FarmRoom(count);
    this.work = new Float64Array(count);
  }

  /** After an edit. */
  configure(): void {
    this.ductConductance = ductConductance(this.host.values, this.host.ducts);
    this.followFans();
  }

  /** The room as set, with the share of the fans that run. */
  followFans(): void {
    const { values, layout, plant } = this.host;
    const settings = roomSettings(values, layout);
    this.room.configure(settings && { ...settings, supplyFlow: settings.supplyFlow * plant.effects.cooling });
  }

  /** Lets vapour condense and films evaporate over `dt` seconds at the given mean gas temperatures, T − 300 K. */
  condense(temperature: Float64Array, dt: number): void {
    const { state, layout, surroundings } = this.host;
    condense(state, temperature, layout.sphereRadius_m, surroundings.wallCapacity, dt);
  }

  /** All of it, over `dt` seconds at the given mean gas temperatures, T − 300 K. */
  exchange(temperature: Float64Array, dt: number): void {
    const { state, layout, surroundings } = this.host;
    this.condense(temperature, dt);
    conductAlongDucts(state, layout.edges, this.ductConductance, surroundings.wallCapacity, dt, this.work);
    this.room.exchange(state, surroundings, dt);
  }

  /** Conductance to uniform room air at the present walls; the solved room has its own. */
  refresh(): void {
    const { values, layout, state, surroundings, plant } = this.host;
    if (this.room.isSolved) {
      surroundings.roomConductance = 0;
      return;
    }
    let sum = 0;
    for (let i = 0; i < layout.count; i++) sum += state.wall[i];
    const excess = sum / layout.count - surroundings.roomTemperature;
    surroundings.roomConductance = roomConductance(values, layout, excess, plant.effects.cooling);
  }
}
