// All sensors of a farm, of which only those that are read are ever evaluated. A reading depends on nothing but the truth at
// its sample instant, the seed, the sensor and the number of the sample: asking twice, or not asking before, changes nothing.
// Not here: lag (lag-hold.ts), voting.

import { leastSignificantBit, SENSORS, type SensorKind, type SensorSpecification } from './catalogue.ts';
import { hashNormal, hashUniform } from './counter-noise.ts';
import { sampleIndex } from './lag-hold.ts';
import type { Point, SensorPlacement } from './placement.ts';

/** The quantities behind the instruments' lag, held at their last sample. */
export interface SensorTruth {
  /** @param time of the sample, s @param channel gas of a composition sensor, else 0 */
  lagged(kind: SensorKind, chamber: number, point: Point, time: number, channel: number): number;
}

export type SensorFault =
  /** At a reading; one for each gas of an analyser. */
  | { readonly kind: 'stuck'; readonly values: readonly number[] }
  | { readonly kind: 'bias'; readonly offset: number }
  /** Per second, from a time on. */
  | { readonly kind: 'drift'; readonly rate: number; readonly since: number }
  | { readonly kind: 'dropped' }
  /** Noise multiplied. */
  | { readonly kind: 'noisy'; readonly factor: number };
const FAULT_KINDS: readonly SensorFault['kind'][] = ['stuck', 'bias', 'drift', 'dropped', 'noisy'];

const SECONDS_PER_YEAR = 31_557_600;
/** Streams of chance. */
const NOISE = 0;
const BIAS = 1;
const DRIFT = 2;
const LOSS = 30;

/** Sensors whose fixed figures are kept; more are computed anew. */
const MOST_INSTRUMENTS = 200_000;

interface Instrument {
  readonly kind: SensorKind;
  readonly chamber: number;
  readonly point: Point;
  readonly specification: SensorSpecification;
  readonly bias: number;
  readonly driftRate: number;
}

export class SensorBank {
  private readonly instruments = new Map<number, Instrument>();
  private readonly faults = new Map<number, SensorFault>();
  private readonly specifications: Readonly<Record<SensorKind, SensorSpecification>>;

  constructor(
    readonly placement: SensorPlacement,
    private readonly truth: SensorTruth,
    private readonly seed: number,
    specifications = SENSORS,
  ) {
    this.specifications = specifications;
  }

  /**
   * What the sensor reported last, in its unit; NaN when that sample was lost. @param time s @throws RangeError for no sensor
   * @param channel gas of a composition sensor
   */
  read(id: number, time: number, channel = 0): number {
    const instrument = this.instruments.get(id) ?? this.instrument(id);
    const s = instrument.specification;
    const fault = this.faults.size > 0 ? this.faults.get(id) : undefined;
    const sample = sampleIndex(time, s.rate);
    if (fault?.kind === 'dropped' || this.isLost(id, sample, s)) return Number.NaN;
    if (fault?.kind === 'stuck') return quantised(fault.values[channel] ?? fault.values[0], s);
    const instant = sample / s.rate;
    const { kind, chamber, point, bias, driftRate } = instrument;
    const factor = fault?.kind === 'noisy' ? fault.factor : 1;
    let value = this.truth.lagged(kind, chamber, point, instant, channel) + bias + driftRate * instant;
    value += factor * s.noise * hashNormal(this.seed, id, sample, NOISE + 4 * channel);
    if (fault?.kind === 'bias') value += fault.offset;
    if (fault?.kind === 'drift') value += fault.rate * Math.max(0, instant - fault.since);
    return quantised(value, s);
  }

  /** What is fixed for a sensor, kept for those that are read: it costs more than a reading. */
  private instrument(id: number): Instrument {
    const { kind, chamber, point } = this.placement.describe(id);
    const instrument = {
      kind,
      chamber,
      point,
      specification: this.specifications[kind],
      bias: this.bias(id),
      driftRate: this.driftRate(id),
    };
    if (this.instruments.size >= MOST_INSTRUMENTS) this.instruments.clear();
    this.instruments.set(id, instrument);
    return instrument;
  }

  private isLost(id: number, sample: number, s: SensorSpecification): boolean {
    if (s.dropout <= 0) return false;
    return hashUniform(this.seed, id, sample >>> 0, Math.imul(Math.floor(sample / 4294967296), 64) + LOSS) < s.dropout;
  }

  /** The sensor's own offset as calibrated, in its unit. */
  bias(id: number): number {
    return this.specifications[this.placement.kindOf(id)].biasSpread * hashNormal(this.seed, id, 0, BIAS);
  }

  /** Its own drift, per second. */
  driftRate(id: number): number {
    const perYear = this.specifications[this.placement.kindOf(id)].driftPerYear;
    return (perYear / SECONDS_PER_YEAR) * hashNormal(this.seed, id, 0, DRIFT);
  }

  /** Sets or, with null, mends a fault. @throws RangeError for a sensor that is none, or a broken number */
  setFault(id: number, fault: SensorFault | null): void {
    this.placement.describe(id);
    if (fault === null) {
      this.faults.delete(id);
      return;
    }
    const { kind: _kind, ...numbers } = fault;
    for (const value of Object.values(numbers).flat()) {
      if (!Number.isFinite(value)) throw new RangeError(`A ${fault.kind} fault needs finite numbers.`);
    }
    this.faults.set(id, fault);
  }

  fault(id: number): SensorFault | null {
    return this.faults.get(id) ?? null;
  }

  /** The ids of the sensors that have a fault, ascending. */
  faulty(): number[] {
    return [...this.faults.keys()].sort((a, b) => a - b);
  }

  /** The faults in rows of four numbers: id, kind, two figures; of a stuck analyser a row for each gas. All else of a bank follows from seed and truth. */
  saveFaults(): Float64Array {
    return Float64Array.from(
      this.faulty().flatMap((id) => {
        const fault = this.faults.get(id);
        return fault ? figuresOf(fault).flatMap((figures) => [id, FAULT_KINDS.indexOf(fault.kind), ...figures]) : [];
      }),
    );
  }

  /** The inverse of saveFaults. */
  restoreFaults(saved: Float64Array): void {
    this.faults.clear();
    for (let k = 0; k < saved.length; k += 4) {
      const fault = faultOf(FAULT_KINDS[saved[k + 1]], saved[k + 2], saved[k + 3]);
      const known = this.faults.get(saved[k]);
      const isMore = known?.kind === 'stuck' && fault.kind === 'stuck';
      this.faults.set(saved[k], isMore ? { kind: 'stuck', values: [...known.values, ...fault.values] } : fault);
    }
  }
}

/** The converter: nearest of its steps within the range. */
function quantised(value: number, s: SensorSpecification): number {
  if (Number.isNaN(value)) return value;
  const bit = leastSignificantBit(s.high - s.low, s.bits);
  const largest = 2 * (1 << (s.bits - 1)) - 1;
  const steps = Math.min(largest, Math.max(0, Math.round((value - s.low) / bit)));
  return s.low + steps * bit;
}

function figuresOf(fault: SensorFault): (readonly [number, number])[] {
  if (fault.kind === 'stuck') return fault.values.map((value) => [value, 0]);
  if (fault.kind === 'bias') return [[fault.offset, 0]];
  if (fault.kind === 'drift') return [[fault.rate, fault.since]];
  return [fault.kind === 'noisy' ? [fault.factor, 0] : [0, 0]];
}

function faultOf(kind: SensorFault['kind'], first: number, second: number): SensorFault {
  if (kind === 'stuck') return { kind, values: [first] };
  if (kind === 'bias') return { kind, offset: first };
  if (kind === 'drift') return { kind, rate: first, since: second };
  return kind === 'noisy' ? { kind, factor: first } : { kind };
}
