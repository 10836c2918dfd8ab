// The machines between the headers: pumps by curve with their control, coolers after each stage, mixing chambers between the store and
// the supply. Owns their state; the flows are part of the headers' sub-steps (header-rates.ts), which ask here before each.

import { GAS_CONSTANT as R } from '../../constants.ts';
import { SPECIES_COUNT } from '../../gas/species.ts';
import { log } from '../../numerics/elementary.ts';
import { MixingBank } from '../actuators/mixing-chamber.ts';
import { PumpBank } from '../actuators/pump.ts';
import { WearBank } from '../actuators/wear.ts';
import { molarEnthalpy } from './compressor.ts';
import { type GasNodes, STRIDE } from './gas-nodes.ts';
import type { HeaderControls } from './header-controls.ts';
import { PumpControl } from './pump-control.ts';
import { PumpFlow } from './pump-flow.ts';
import type { HeaderSettings, MachineSettings } from './settings.ts';
import { StagedCompression } from './staged-compression.ts';

/** Time between scans of the pumps' control, s. */
export const SCAN_S = 0.05;

/** Rated life of a pump: 40 000 hours of running, 5 000 starts. Orders of magnitude of data sheets. */
const PUMP_RATING = {
  travel: Number.POSITIVE_INFINITY,
  reversals: Number.POSITIVE_INFINITY,
  cycles: 5000,
  hours: 40_000,
};

export class Machines {
  readonly pumps: PumpBank;
  readonly wear: WearBank;
  readonly mixing: MixingBank;
  readonly control: PumpControl;
  readonly compression: StagedCompression;
  readonly flow: PumpFlow;
  /** W into the gas and into the jackets at the start of the present sub-step. */
  gasPower = 0;
  jacketPower = 0;
  /** [s since the last scan, scanned once]. */
  private readonly progress = new Float64Array(2);
  /** [discharge K, outlet K, mol/s, W] at the last sub-step, for readings and the control. */
  readonly readings: Float64Array;

  /** @throws RangeError for an impossible curve or ramp, or mixing chambers without a volume */
  constructor(
    private readonly settings: HeaderSettings,
    readonly machines: MachineSettings,
  ) {
    const { pumps, curve, ramp } = machines;
    this.pumps = new PumpBank(pumps, curve, { rampUp: ramp, rampDown: ramp });
    this.wear = new WearBank(pumps, PUMP_RATING);
    this.flow = new PumpFlow(this.pumps, machines.resistance);
    this.control = new PumpControl(settings, machines, this.pumps, this.wear);
    this.compression = new StagedCompression({
      stages: machines.stages,
      efficiency: curve.bestEfficiency,
      conductance: machines.coolerConductance,
      coolant: machines.coolant,
      coolantTemperature: settings.roomTemperature,
    });
    const amount = (settings.supplyPressure * machines.mixerVolume) / (R * settings.roomTemperature);
    this.mixing = new MixingBank(1, SPECIES_COUNT, amount);
    for (let k = 0; k < SPECIES_COUNT; k++) {
      this.mixing.inlet[k] = settings.fractions[k];
      this.mixing.content[k] = settings.fractions[k];
    }
    if (machines.closedLoopTime !== null) this.control.standBy(settings.supplyPressure - settings.returnPressure);
    this.readings = new Float64Array([settings.roomTemperature, settings.roomTemperature, 0, 0]);
  }

  /** Flow law for another state of the same pumps. */
  flowLaw(): PumpFlow {
    return new PumpFlow(this.pumps, this.machines.resistance);
  }

  /** Longest sub-step up to the next scan, s. */
  longestStep(): number {
    return this.progress[1] === 0 ? SCAN_S : Math.max(1e-9, SCAN_S - this.progress[0]);
  }

  /**
   * Before a sub-step: a scan when one is due, then flow, work per mole and outlet temperature at the headers' present state.
   * @param supply, back the headers' numbers in `nodes`
   */
  prepare(nodes: GasNodes, supply: number, back: number, controls: HeaderControls): void {
    if (this.progress[1] === 0 || this.progress[0] >= SCAN_S - 1e-9) this.scan(nodes, supply, back, controls);
    const { flow, compression, pumps, machines } = this;
    const [ps, pr] = [nodes.pressure[supply], nodes.pressure[back]];
    const T = nodes.temperature[back];
    flow.evaluate(pr, ps, T, nodes.gamma[back]);
    const discharge = ps + machines.resistance * flow.squareFlow;
    compression.solve(nodes.y, back * STRIDE, T, pr, discharge, flow.flow, controls.coolant);
    this.gasPower = flow.flow * compression.work;
    this.jacketPower = 0;
    const density = pr / (R * T);
    for (let i = 0; i < pumps.count; i++) {
      const best = pumps.speed[i] * machines.curve.bestFlow;
      pumps.flow[i] = flow.of(i, ps - pr);
      pumps.pressureRise[i] = pumps.flow[i] > 0 ? ps - pr + machines.resistance * pumps.flow[i] * pumps.flow[i] : 0;
      // The parabola of the efficiency with its zero at no flow divided out, as in actuators/pump.ts.
      pumps.power[i] = best > 0 ? (compression.work * density * best) / (2 - pumps.flow[i] / best) : 0;
      this.jacketPower += pumps.power[i] - compression.work * density * pumps.flow[i];
    }
    const { readings } = this;
    if (flow.flow > 0) readings[0] = compression.discharge;
    readings[1] = compression.outlet;
    readings[2] = flow.flow;
    readings[3] = this.gasPower + this.jacketPower;
  }

  private scan(nodes: GasNodes, supply: number, back: number, controls: HeaderControls): void {
    const { pumps, settings: s, readings, progress } = this;
    for (let i = 0; i < pumps.count; i++) {
      if (controls.tripped[i] === 1) pumps.trip(i);
      else pumps.reset(i);
    }
    if (this.machines.closedLoopTime !== null) {
      this.control.step(SCAN_S, {
        supply: nodes.pressure[supply],
        back: nodes.pressure[back],
        temperature: nodes.temperature[back],
        discharge: readings[2] > 0 ? readings[0] : s.roomTemperature,
        flow: readings[2],
        supplySet: controls.pressureShare[0] * s.supplyPressure,
        backSet: controls.pressureShare[1] * s.returnPressure,
        power: controls.power,
        held: controls.pumpSpeed,
      });
    }
    pumps.ramp(SCAN_S);
    this.wear.step(SCAN_S, pumps.speed);
    progress[0] = progress[1] === 0 ? 0 : Math.max(0, progress[0] - SCAN_S);
    progress[1] = 1;
  }

  /** After a sub-step of h seconds. */
  advance(h: number): void {
    this.progress[0] += h;
    const { work, power } = this.pumps;
    for (let i = 0; i < work.length; i++) work[i] += power[i] * h;
  }

  /** Whether the mixing chambers hold another gas than the store. */
  get isMixing(): boolean {
    const { inlet, content } = this.mixing;
    for (let k = 0; k < SPECIES_COUNT; k++) if (inlet[k] !== content[k]) return true;
    return false;
  }

  /**
   * Lets `moles` pass the mixing chambers in h seconds; `mixing.outlet` is then what came out on average.
   * @returns entropy made by the mixing, J/K
   */
  mix(moles: number, h: number): number {
    const { mixing } = this;
    const before = mixingEntropy(mixing.content);
    mixing.flow[0] = moles / h;
    mixing.step(h);
    const stored = mixing.amount[0] * (mixingEntropy(mixing.content) - before);
    return Math.max(0, stored + moles * (mixingEntropy(mixing.outlet) - mixingEntropy(mixing.inlet)));
  }

  /** mol of gas k in the mixing chambers, and their energy, J above 300 K. */
  storedAmount(k: number): number {
    return this.mixing.amount[0] * this.mixing.content[k];
  }

  storedEnergy(): number {
    const T = this.settings.roomTemperature;
    let energy = 0;
    for (let k = 0; k < SPECIES_COUNT; k++) energy += this.storedAmount(k) * (molarEnthalpy(k, T) - R * T);
    return energy;
  }

  /** Goes on where machines with other settings stood, as far as they are the same; the gas in the mixing chambers stays. */
  carryFrom(other: Machines): void {
    this.mixing.content.set(other.mixing.content);
    if (other.pumps.count !== this.pumps.count) return;
    const pairs: readonly (readonly [Float64Array[], Float64Array[]])[] = [
      [other.pumps.arrays(), this.pumps.arrays()],
      [other.wear.arrays(), this.wear.arrays()],
      [
        [other.progress, other.readings, other.control.isOn],
        [this.progress, this.readings, this.control.isOn],
      ],
    ];
    for (const [from, to] of pairs) {
      to.forEach((array, m) => {
        array.set(from[m]);
      });
    }
    this.control.carryFrom(other.control);
  }

  /** The whole state, for snapshots. */
  arrays(): Float64Array[] {
    return [
      this.progress,
      this.readings,
      ...this.pumps.arrays(),
      ...this.wear.arrays(),
      ...this.mixing.arrays(),
      ...this.control.arrays(),
    ];
  }
}

/** −R Σ x ln x, J/(mol·K). */
function mixingEntropy(x: Float64Array): number {
  let sum = 0;
  for (let k = 0; k < SPECIES_COUNT; k++) if (x[k] > 0) sum -= x[k] * log(x[k]);
  return R * sum;
}
