// What the gas panel plots: properties with their names and units, axes with their ranges, and the curves. Pure.

import type { GasReply, GasRequest } from '../../worker/protocol.ts';
import type { PlotSpec } from '../charts/canvas-plot.ts';
import { quantityText, significant } from '../shell/format.ts';

interface Property {
  readonly label: string;
  /** Title of the axis with its unit, and the factor from the engine's SI value to it. */
  readonly axis: string;
  readonly factor: number;
  readonly text: (value: number) => string;
}

const plain =
  (unit: string, digits = 4) =>
  (value: number) =>
    `${significant(value, digits)}${unit === '' ? '' : `\u202f${unit}`}`;
const scaled =
  (unit: string, factor: number, digits = 4) =>
  (value: number) =>
    plain(unit, digits)(value * factor);

export const PROPERTIES = {
  soundSpeed_m_per_s: { label: 'Sound speed', axis: 'Sound speed (m/s)', factor: 1, text: plain('m/s') },
  density_kg_per_m3: { label: 'Density', axis: 'Density (kg/m³)', factor: 1, text: plain('kg/m³') },
  compressibility: { label: 'Compressibility Z', axis: 'Z', factor: 1, text: plain('', 5) },
  gamma: { label: 'Heat capacity ratio γ', axis: 'γ', factor: 1, text: plain('', 5) },
  cp_J_per_molK: { label: 'Heat capacity c_p', axis: 'c_p (J/(mol·K))', factor: 1, text: plain('J/(mol·K)') },
  viscosity_Pa_s: { label: 'Viscosity', axis: 'Viscosity (µPa·s)', factor: 1e6, text: scaled('µPa·s', 1e6) },
  conductivity_W_per_mK: {
    label: 'Conductivity',
    axis: 'Conductivity (mW/(m·K))',
    factor: 1e3,
    text: scaled('mW/(m·K)', 1e3),
  },
  prandtl: { label: 'Prandtl number', axis: 'Prandtl number', factor: 1, text: plain('') },
  molarMass_kg_per_mol: { label: 'Molar mass', axis: 'Molar mass (g/mol)', factor: 1e3, text: scaled('g/mol', 1e3, 5) },
  meanFreePath_m: {
    label: 'Mean free path',
    axis: 'Mean free path (nm)',
    factor: 1e9,
    text: (m: number) => quantityText(m, 'm'),
  },
} as const satisfies Record<string, Property>;
export type PropertyName = keyof typeof PROPERTIES;

/** Range of each axis, in SI units. */
export function axisOf(along: string): Pick<GasRequest, 'along' | 'from' | 'to'> {
  if (along === 'temperature') return { along, from: 200, to: 500 };
  if (along === 'pressure') return { along, from: 10_132.5, to: 1_013_250 };
  return { along, from: 0, to: 1 };
}

const AXIS_TITLES: Readonly<Record<string, { title: string; factor: number }>> = {
  temperature: { title: 'Temperature (K)', factor: 1 },
  pressure: { title: 'Pressure (atm)', factor: 1 / 101325 },
};

export interface GasState {
  readonly mixture: Readonly<Record<string, number>>;
  readonly temperature: number;
  readonly pressure: number;
}

export function gasPlot(
  property: PropertyName,
  along: string,
  ideal: GasReply | null,
  real: GasReply | null,
  now: GasState,
): PlotSpec {
  const axis = AXIS_TITLES[along] ?? { title: `Share of ${along} (%)`, factor: 100 };
  const { factor, axis: title } = PROPERTIES[property];
  const curve = (reply: GasReply | null, colour: string) =>
    reply?.ok
      ? [
          {
            x: reply.axis.map((v) => v * axis.factor),
            y: (reply.properties[property] ?? new Float64Array(0)).map((v) => v * factor),
            colour,
          },
        ]
      : [];
  const present =
    along === 'temperature' ? now.temperature : along === 'pressure' ? now.pressure : (now.mixture[along] ?? 0);
  const refusal = ideal && !ideal.ok ? (ideal.problems[0]?.message ?? '') : '';
  return {
    x: { title: axis.title },
    y: { title },
    curves: [...curve(ideal, '--data-1'), ...curve(real, '--data-2')],
    marks: [{ x: present * axis.factor, label: 'now' }],
    empty: refusal || 'Asking the engine…',
  };
}
