// The header system as the farm owns it: off or on, fitted to the farm's present state arrays, with what it has given to the
// chambers summed over every system the farm has had, so that the farm's balance closes over edits.

import { SPECIES_COUNT } from '../../gas/species.ts';
import type { FarmState } from '../../gas-oscillation/state.ts';
import { FarmGas } from './farm-gas.ts';
import { HeaderSystem } from './header-system.ts';
import { HEADER_TOTAL, HEADER_TOTAL_COUNT, type HeaderSettings, headerEntropy } from './settings.ts';

/** Simulated time between exchanges while every cycle is resolved, s: a quarter of a millisecond is short against any swing. */
const WAVEFORM_INTERVAL_S = 2.5e-4;

interface Configured {
  readonly settings: HeaderSettings;
  readonly isOn: boolean;
}

/** No headers: vents of the same bore, shut, and whatever else opens to the room. */
const openingsOnly = (s: HeaderSettings, chambers: number): HeaderSettings => ({
  ...s,
  valveArea: 0,
  cycle: null,
  supplyOpening: 0,
  returnOpening: 0,
  ventOpening: new Float64Array(chambers),
  injectorFlow: new Float64Array(chambers),
  regulatorTime: Number.POSITIVE_INFINITY,
  machines: null,
  walls: null,
});

export class FarmHeaders {
  private system: HeaderSystem | null = null;
  private gas: FarmGas | null = null;
  /** Totals of systems that were turned off. */
  private readonly before = new Float64Array(HEADER_TOTAL_COUNT);
  /** [simulated time not yet exchanged, s]. */
  private readonly waiting = new Float64Array(1);

  private configured: Configured | null = null;
  private needed = false;

  constructor(private readonly chambers: number) {}

  /** Whether anything can flow: headers, or openings to the room alone. */
  get isOn(): boolean {
    return this.system !== null;
  }

  /** Whether there are headers. */
  get hasHeaders(): boolean {
    return this.configured?.isOn ?? false;
  }

  /** The system itself, for readings; null while off. */
  get present(): HeaderSystem | null {
    return this.system;
  }

  /**
   * New settings. The headers keep their gas; what they need to reach new pressures is booked.
   * @param isOn headers, valves, vents and injectors are there; otherwise only what opens a chamber to the room, if anything does
   */
  configure(settings: HeaderSettings, isOn: boolean): void {
    this.configured = { settings, isOn };
    this.build();
  }

  /** Whether something (a leak, a relief valve, the interlocks) needs openings to the room although the headers are off. */
  need(openings: boolean): void {
    if (openings === this.needed) return;
    this.needed = openings;
    if (this.configured && !this.configured.isOn) this.build();
  }

  private build(): void {
    const { settings, isOn } = this.configured as Configured;
    const last = this.system;
    const wanted = isOn ? settings : this.needed ? openingsOnly(settings, this.chambers) : null;
    this.system = wanted && new HeaderSystem(wanted, this.chambers);
    if (last && this.system) this.system.carryFrom(last);
    else if (last) for (let m = 0; m < this.before.length; m++) this.before[m] += last.totals[m];
  }

  /** While every cycle is resolved: collects steps and exchanges now and then. */
  collect(state: FarmState, timeStep: number): string | null {
    if (!this.system) return null;
    this.waiting[0] += timeStep;
    if (this.waiting[0] < WAVEFORM_INTERVAL_S - 0.5 * timeStep) return null;
    const failure = this.exchange(state, null, this.waiting[0]);
    this.waiting[0] = 0;
    return failure;
  }

  /**
   * @param parts averaged: lowest chamber of each chamber's connected part; null while every cycle is resolved
   * @returns why the exchange could not be made; null when it was
   */
  exchange(state: FarmState, parts: Uint32Array | null, dt: number): string | null {
    if (!this.system) return null;
    // The state's arrays move when it is resized or given to the kernel; what is cached of them goes with them.
    const { gas } = this;
    if (!gas || gas.state !== state || gas.amounts !== state.amounts || gas.parts !== parts || !gas.fits()) {
      this.gas = new FarmGas(state, parts);
    }
    try {
      this.system.exchange(this.gas as FarmGas, dt);
      return null;
    } catch (error) {
      return error instanceof Error ? error.message : String(error);
    }
  }

  /** J given to the chambers since the farm began. */
  get energyGiven(): number {
    return this.total(HEADER_TOTAL.chamberEnergy);
  }

  /** mol of gas k given to the chambers. */
  amountGiven(k: number): number {
    return this.total(HEADER_TOTAL.chambers + k);
  }

  /** Entropy produced in valves, headers and compressor, J/K. */
  get entropyProduced(): number {
    return headerEntropy(this.before) + (this.system ? headerEntropy(this.system.totals) : 0);
  }

  /** Compressor work so far, J. */
  get compressorWork(): number {
    return this.total(HEADER_TOTAL.compressorWork);
  }

  /** mol of all gases lost to the room, net. */
  get vented(): number {
    let sum = 0;
    for (let k = 0; k < SPECIES_COUNT; k++) sum += this.total(HEADER_TOTAL.vented + k);
    return sum;
  }

  get openingsNeeded(): boolean {
    return this.needed;
  }

  /** For snapshots; settings and need must be the same. */
  arrays(): Float64Array[] {
    return this.system ? [this.before, this.waiting, ...this.system.stateArrays()] : [this.before];
  }

  private total(index: number): number {
    return this.before[index] + (this.system?.totals[index] ?? 0);
  }
}
