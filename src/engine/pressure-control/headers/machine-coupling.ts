// The machines between the headers (machines.ts) in the headers' sub-steps: what a sub-step must know of them before, and what they
// have done after, booked in the totals so that every gas and the energy close.

import { SPECIES_COUNT } from '../../gas/species.ts';
import { molarEnthalpy } from './compressor.ts';
import { ENERGY, STRIDE } from './gas-nodes.ts';
import type { HeaderControls } from './header-controls.ts';
import { MIXER, RETURN, STORE, SUPPLY, type SubStepContext } from './header-rates.ts';
import type { Machines } from './machines.ts';
import { HEADER_TOTAL, type HeaderSettings } from './settings.ts';
import type { SubStep } from './sub-step.ts';

export class MachineCoupling {
  /** The mixing chambers' book before the present sub-step. */
  private readonly before = new Float64Array(STRIDE);

  constructor(
    private readonly machines: Machines,
    private readonly settings: HeaderSettings,
    private readonly context: SubStepContext,
    private readonly stepper: SubStep,
  ) {}

  /** At the start of an exchange: what comes out of the mixing chambers. */
  load(): void {
    const { stepper, machines } = this;
    stepper.here.setMixed(machines.mixing.content);
    stepper.there.setMixed(machines.mixing.content);
  }

  /** Before a sub-step: work and outlet temperature at the state reached. */
  prepare(controls: HeaderControls): void {
    const { context: c, stepper, machines } = this;
    if (!stepper.here.describeHeaders(stepper.delta)) return;
    machines.prepare(stepper.here.nodes, c.capacity + SUPPLY, c.capacity + RETURN, controls);
    const { work, outlet } = machines.compression;
    c.work = work;
    c.outlet = outlet;
    for (let k = 0; k < SPECIES_COUNT; k++) c.outletEnthalpy[k] = molarEnthalpy(k, outlet);
  }

  /** Before a sub-step is accepted: where the mixing chambers' book stands. */
  note(): void {
    const at = (this.context.capacity + MIXER) * STRIDE;
    for (let k = 0; k < STRIDE; k++) this.before[k] = this.stepper.delta[at + k];
  }

  /** After a sub-step of h seconds has been accepted. */
  finish(h: number, totals: Float64Array): void {
    const { machines } = this;
    machines.advance(h);
    const jackets = machines.jacketPower * h;
    totals[HEADER_TOTAL.compressorWork] += jackets;
    totals[HEADER_TOTAL.coolerHeat] += jackets;
    totals[HEADER_TOTAL.entropyCompressor] += jackets / this.settings.roomTemperature;
    if (machines.isMixing) this.mix(h, totals);
  }

  /** Gas that came through the mixing chambers: the store gives their inlet, the supply gets what came out on average. */
  private mix(h: number, totals: Float64Array): void {
    const { context: c, stepper, before, machines } = this;
    const { delta } = stepper;
    const at = (c.capacity + MIXER) * STRIDE;
    let moles = 0;
    for (let k = 0; k < SPECIES_COUNT; k++) moles += before[k] - delta[at + k];
    if (moles > 0) {
      totals[HEADER_TOTAL.entropyMixing] += machines.mix(moles, h);
      const { inlet, outlet } = machines.mixing;
      const supply = (c.capacity + SUPPLY) * STRIDE;
      const store = (c.capacity + STORE) * STRIDE;
      let came = before[ENERGY] - delta[at + ENERGY];
      for (let k = 0; k < SPECIES_COUNT; k++) {
        const enthalpy = molarEnthalpy(k, this.settings.roomTemperature);
        delta[supply + k] += moles * outlet[k] - (before[k] - delta[at + k]);
        delta[store + k] -= moles * inlet[k];
        delta[store + ENERGY] -= moles * inlet[k] * enthalpy;
        came -= moles * outlet[k] * enthalpy;
        delta[at + k] = before[k];
      }
      delta[supply + ENERGY] -= came;
      delta[at + ENERGY] = before[ENERGY];
    }
    this.load();
  }
}
