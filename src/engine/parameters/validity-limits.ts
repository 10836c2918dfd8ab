// The validity rules of the knobs, stated once: which metric, from where it is doubtful, from where it is outside the model,
// and which parameters it belongs to. The live notes, the help at each knob and the reference page are derived from it.

import type { MetricName } from '../metrics.ts';
import type { ParameterKey } from './table.ts';

export interface ValidityLimit {
  readonly metric: MetricName;
  readonly quantity: string;
  /** Above this a result is marked with caution, above `outside` as outside the model. */
  readonly caution: number;
  readonly outside: number;
  /** The law, as the end of "quantity is x: …". */
  readonly law: string;
  readonly keys: readonly ParameterKey[];
}

const DRIVE: readonly ParameterKey[] = ['drive.stroke_m3', 'drive.pressure_ratio'];

export const VALIDITY_LIMITS: readonly ValidityLimit[] = [
  {
    metric: 'helmholtzNumber',
    quantity: 'ka',
    caution: 0.3,
    outside: 0.5,
    law: 'a chamber is lumped below 0.3 and no longer above 0.5.',
    keys: ['drive.frequency_Hz', 'gas.mixture', 'gas_chambers.chamber_volume'],
  },
  {
    metric: 'pressureRatioMax',
    quantity: 'p₁/pₘ',
    caution: 0.05,
    outside: 0.1,
    law: 'the acoustic model holds below 0.05.',
    keys: DRIVE,
  },
  {
    metric: 'machMax',
    quantity: 'Duct Mach number',
    caution: 0.1,
    outside: 0.3,
    law: 'the duct model holds below 0.1.',
    keys: [...DRIVE, 'duct.diameter_m'],
  },
  {
    metric: 'reynoldsMax',
    quantity: 'Re_δ',
    caution: 500,
    outside: 1000,
    law: 'the boundary layer is laminar below 500; turbulent friction is not modelled.',
    keys: [...DRIVE, 'duct.diameter_m'],
  },
  {
    metric: 'knudsenMax',
    quantity: 'Kn',
    caution: 0.01,
    outside: 0.1,
    law: 'the gas in the ducts is a continuum below 0.01; slip and free-molecular flow are not modelled.',
    keys: ['initial.pressure_Pa', 'duct.diameter_m'],
  },
  {
    metric: 'shockRatioMax',
    quantity: 'Duct length over shock distance',
    caution: 0.3,
    outside: 1,
    law: 'waves steepen within a duct near 1; shocks are not modelled.',
    keys: [...DRIVE, 'duct.length_m'],
  },
  {
    metric: 'harmonicShare',
    quantity: 'Higher harmonics',
    caution: 0.1,
    outside: 0.3,
    law: 'the averaged mode carries three harmonics; above 0.1 the left-out ones matter. Use the waveform.',
    keys: ['simulation.fidelity', ...DRIVE],
  },
  {
    metric: 'tidalRatioMax',
    quantity: 'Tidal ratio',
    caution: 1,
    outside: 3,
    law: 'gas changes chamber above 1; its mean energy transport is approximate.',
    keys: [...DRIVE, 'duct.length_m'],
  },
];

/** The rules of one parameter in a few words, for help and reference; '' when it has none. */
export const validityRule = (key: ParameterKey): string =>
  VALIDITY_LIMITS.filter(({ keys }) => keys.includes(key))
    .map(({ quantity, caution }) => `${quantity} ≤ ${caution}`)
    .join(', ');
