// The kinds of sensors of the farm and what each can do: typical values of industrial instruments, not of one product. Not
// here: where they are (placement.ts), what they read (sensor-bank.ts).

import { ATM } from '../../constants.ts';

export type SensorKind = 'temperature' | 'pressure' | 'composition' | 'oscillation' | 'flow';
/** In the order of their ids. */
export const SENSOR_KINDS: readonly SensorKind[] = ['temperature', 'pressure', 'composition', 'oscillation', 'flow'];

export interface SensorSpecification {
  /** Letters of the tag (ISA-5.1: T temperature, P pressure, A analysis, X unclassified, F flow; second letter T transmitter). */
  readonly letters: string;
  readonly label: string;
  readonly unit: string;
  /** Samples per second. */
  readonly rate: number;
  /** First-order lag, s. */
  readonly lag: number;
  /** Standard deviation of the noise of one sample. */
  readonly noise: number;
  /** Standard deviation of the offset over sensors, fixed for each. */
  readonly biasSpread: number;
  /** Standard deviation over sensors of the drift per year. */
  readonly driftPerYear: number;
  readonly low: number;
  readonly high: number;
  /** Of the converter. */
  readonly bits: number;
  /** Share of the samples that are lost. */
  readonly dropout: number;
}

export const SENSORS: Readonly<Record<SensorKind, SensorSpecification>> = {
  // Thin-film Pt100 in a 3 mm sheath: class A ±(0.15 + 0.002|t|) °C is taken as two standard deviations (IEC 60751:2008 table
  // 3); the lag is that of such a sheath in moving gas, seconds rather than the tenth of a second in water.
  temperature: {
    letters: 'TT',
    label: 'Temperature',
    unit: 'K',
    rate: 10,
    lag: 2,
    noise: 0.01,
    biasSpread: 0.08,
    driftPerYear: 0.05,
    low: 150,
    high: 650,
    bits: 16,
    dropout: 1e-6,
  },
  // Piezoresistive silicon transmitter over the vessels' rating of 20 atm: 0.05 % of span offset, 0.1 % per year, 0.005 %
  // noise; sampled at the founding document's metrics_collection_rate of 1000 Hz.
  pressure: {
    letters: 'PT',
    label: 'Pressure',
    unit: 'Pa',
    rate: 1000,
    lag: 1e-3,
    noise: 100,
    biasSpread: 1000,
    driftPerYear: 2000,
    low: 0,
    high: 20 * ATM,
    bits: 16,
    dropout: 1e-6,
  },
  // Process analyser behind a sample line: the line's volume makes the lag. Mole fraction of one gas per channel.
  composition: {
    letters: 'AT',
    label: 'Composition',
    unit: 'mol_per_mol',
    rate: 1,
    lag: 10,
    noise: 5e-4,
    biasSpread: 1e-3,
    driftPerYear: 5e-3,
    low: 0,
    high: 1,
    bits: 16,
    dropout: 1e-5,
  },
  // Flush-mounted dynamic pressure transducer (piezoelectric): no mean, a lag below the acoustic period, fast enough for ten
  // samples in a period of 5 kHz.
  oscillation: {
    letters: 'XT',
    label: 'Oscillation',
    unit: 'Pa',
    rate: 50_000,
    lag: 5e-6,
    noise: 5,
    biasSpread: 2,
    driftPerYear: 1,
    low: -100_000,
    high: 100_000,
    bits: 16,
    dropout: 1e-6,
  },
  // Thermal mass-flow meter, both directions: 0.5 % of range noise and offset, response of some 50 ms.
  flow: {
    letters: 'FT',
    label: 'Flow',
    unit: 'mol_per_s',
    rate: 100,
    lag: 0.05,
    noise: 0.01,
    biasSpread: 0.01,
    driftPerYear: 0.02,
    low: -2,
    high: 2,
    bits: 14,
    dropout: 1e-6,
  },
};

/** Smallest difference that a converter of so many bits tells apart over a span, in the span's unit. */
export const leastSignificantBit = (span: number, bits: number): number => span / (2 * (1 << (bits - 1)));

/** rms of the rounding error of a converter, LSB/√12 (Bennett 1948), in the span's unit. @param bits 1–30 */
export const quantisationRms = (span: number, bits: number): number => leastSignificantBit(span, bits) / Math.sqrt(12);
