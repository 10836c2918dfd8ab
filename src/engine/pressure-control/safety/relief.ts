// Spring-loaded relief valves: sizing by API 520 Part I (gas and vapour), a bank of valves with pop, lift, blowdown and faults,
// and the stress of the vessel they protect. They act by themselves: no controller, no interlock and no power is between the
// pressure and the lift.

import { ATM } from '../../constants.ts';
import { exp, log, pow } from '../../numerics/elementary.ts';
import { criticalPressureRatio } from '../valves.ts';

/** Gas at the inlet of a relief valve that is relieving. */
export interface ReliefService {
  /** Relieving pressure: set plus accumulation, absolute, Pa. */
  readonly pressure: number;
  /** K. */
  readonly temperature: number;
  /** kg/mol. */
  readonly molarMass: number;
  readonly gamma: number;
  readonly compressibility: number;
}

/** K_d of a certified valve with no better figure (API 520). */
export const DISCHARGE_COEFFICIENT = 0.975;

/** C = 0.03948 √(γ(2/(γ+1))^{(γ+1)/(γ−1)}), in √(kg·kmol·K)/(mm²·h·kPa) (API 520 Part I, gas and vapour). */
export const apiCoefficient = (gamma: number): number =>
  0.03948 * Math.sqrt(gamma * exp(((gamma + 1) / (gamma - 1)) * log(2 / (gamma + 1))));

/**
 * Orifice area (m²) that relieves a mass flow (kg/s): critical A = ṁ/(C K_d P₁ K_b K_c)·√(TZ/M) below the critical ratio
 * A = 17.9 ṁ/(F₂ K_d K_c)·√(TZ/(M P₁(P₁ − P₂))) both in kg/h, kPa, mm² as published.
 * @param backPressure absolute, Pa @param discharge K_d
 */
export function reliefArea(
  massFlow: number,
  service: ReliefService,
  backPressure: number,
  discharge = DISCHARGE_COEFFICIENT,
): number {
  const perHour = massFlow * 3600;
  const kilopascal = service.pressure / 1000;
  const state = (service.temperature * service.compressibility) / (service.molarMass * 1000);
  const ratio = backPressure / service.pressure;
  if (ratio <= criticalPressureRatio(service.gamma))
    return ((perHour / (apiCoefficient(service.gamma) * discharge * kilopascal)) * Math.sqrt(state)) / 1e6;
  const drop = kilopascal - backPressure / 1000;
  const root = Math.sqrt(state / (kilopascal * drop));
  return (17.9 * perHour * root) / (subcriticalFactor(service.gamma, ratio) * discharge) / 1e6;
}

/** F₂ = √{γ/(γ−1)·r^{2/γ}·(1 − r^{(γ−1)/γ})/(1 − r)} (API 520). */
export const subcriticalFactor = (gamma: number, ratio: number): number =>
  Math.sqrt(((gamma / (gamma - 1)) * pow(ratio, 2 / gamma) * (1 - pow(ratio, (gamma - 1) / gamma))) / (1 - ratio));

/**
 * Membrane stress (Pa) of a thin sphere, σ = Δp r/2t; within 5 % for t < r/10 (Timoshenko & Woinowsky-Krieger 1959).
 * @param overpressure inside less outside, Pa @param radius inner, m @param thickness m
 */
export const hoopStress = (overpressure: number, radius: number, thickness: number): number =>
  (overpressure * radius) / (2 * thickness);

export interface ReliefSettings {
  /** Absolute, Pa: where the valve opens. */
  readonly setPressure: number;
  /** Share above the set pressure at which it is fully open. */
  readonly accumulation: number;
  /** Share below it at which it shuts again. */
  readonly blowdown: number;
  /** K_d A, m². */
  readonly effectiveArea: number;
  /** Lag of the lift, s. */
  readonly liftTime: number;
}

/** Set at the founding document's upper limit, 10 % accumulation and 7 % blowdown as is usual under ASME VIII; vessels are rated for 20 atm. */
export const RELIEF_DEFAULTS: Omit<ReliefSettings, 'effectiveArea'> = {
  setPressure: 15 * ATM,
  accumulation: 0.1,
  blowdown: 0.07,
  liftTime: 2e-3,
};

/** What the lift's switch tells from shut, and the share of a pressure that its measurement may be off. */
const LIFTED = 0.005;
const DOUBT = 0.02;

/**
 * An opened valve's lift rises from the reseat pressure to full lift at the accumulation, so that at the set pressure it pops
 * to the share blowdown/(blowdown + accumulation) at once and, on the way down, shuts at the reseat pressure.
 */
export class ReliefBank {
  /** Absolute pressure at each valve, Pa, written by the caller. */
  readonly pressure: Float64Array;
  /** 0–1. */
  readonly lift: Float64Array;
  /** K_d A times lift, m²: for the flow law. */
  readonly openArea: Float64Array;
  /** Times each valve has opened, and seconds it has been open. */
  readonly openings: Float64Array;
  readonly openTime: Float64Array;
  private readonly isOpen: Float64Array;
  /** Lift at which each is stuck; NaN: it is sound. */
  private readonly stuck: Float64Array;

  /** @throws RangeError for impossible settings */
  constructor(
    readonly count: number,
    readonly settings: ReliefSettings,
  ) {
    const s = settings;
    if (!(s.setPressure > 0) || !(s.accumulation > 0) || !(s.blowdown > 0 && s.blowdown < 1))
      throw new RangeError('Set pressure and accumulation must be positive, the blowdown between 0 and 1.');
    if (!(s.effectiveArea >= 0) || !(s.liftTime >= 0))
      throw new RangeError('Area and lift time of a relief valve must not be negative.');
    this.pressure = new Float64Array(count);
    this.lift = new Float64Array(count);
    this.openArea = new Float64Array(count);
    this.openings = new Float64Array(count);
    this.openTime = new Float64Array(count);
    this.isOpen = new Float64Array(count);
    this.stuck = new Float64Array(count).fill(Number.NaN);
  }

  get reseatPressure(): number {
    return this.settings.setPressure * (1 - this.settings.blowdown);
  }

  get fullLiftPressure(): number {
    return this.settings.setPressure * (1 + this.settings.accumulation);
  }

  isRelieving(valve: number): boolean {
    return this.lift[valve] > 0;
  }

  /** Whether a valve is shut well above its set pressure, or open well below its reseat pressure. @param pressure as measured, Pa */
  contradicts(valve: number, pressure: number): boolean {
    if (!(this.settings.effectiveArea > 0)) return false;
    return this.lift[valve] > LIFTED
      ? pressure < (1 - DOUBT) * this.reseatPressure
      : pressure > (1 + DOUBT) * this.settings.setPressure;
  }

  /** Lets a valve stick at a lift, 0 (it fails to open) to 1 (it stands open), or with null mends it. */
  setStuck(valve: number, lift: number | null): void {
    this.stuck[valve] = lift ?? Number.NaN;
  }

  /** Whether any valve is open. */
  get anyOpen(): boolean {
    return this.lift.some((lift) => lift > 0);
  }

  /** Whether any valve is stuck. */
  get anyStuck(): boolean {
    return this.stuck.some((lift) => !Number.isNaN(lift));
  }

  /** Advances all valves by dt (s, > 0). */
  step(dt: number): void {
    const { settings } = this;
    const reseat = this.reseatPressure;
    const span = this.fullLiftPressure - reseat;
    const share = settings.liftTime > 0 ? 1 - exp(-dt / settings.liftTime) : 1;
    for (let i = 0; i < this.count; i++) {
      const p = this.pressure[i];
      const isStuck = !Number.isNaN(this.stuck[i]);
      // Whatever of a valve's state was lost counts as shut: a spring has no memory.
      if (!isStuck && this.isOpen[i] !== 1 && p >= settings.setPressure) {
        this.isOpen[i] = 1;
        this.openings[i] += 1;
      } else if (this.isOpen[i] === 1 && p <= reseat) {
        this.isOpen[i] = 0;
      }
      let wanted = this.isOpen[i] === 1 ? Math.min(1, Math.max(0, (p - reseat) / span)) : 0;
      if (isStuck) wanted = this.stuck[i];
      const before = this.lift[i] >= 0 && this.lift[i] <= 1 ? this.lift[i] : 0;
      const lift = before + share * (wanted - before);
      // A plug this near to its seat has shut.
      this.lift[i] = wanted === 0 && lift < 1e-4 ? 0 : lift;
      if (this.lift[i] > 0) this.openTime[i] += dt;
      this.openArea[i] = settings.effectiveArea * this.lift[i];
    }
  }

  /** The whole state, for snapshots. */
  arrays(): Float64Array[] {
    return [this.pressure, this.lift, this.openArea, this.openings, this.openTime, this.isOpen, this.stuck];
  }
}
