// From a parameter row to its slider and back: positions 0…1, linear or by factors, values rounded as a person would.

import type { ParameterRow } from '../../engine/parameters/types.ts';
import { convert } from '../../engine/parameters/units.ts';

export interface SliderScale {
  readonly min: number;
  readonly max: number;
  readonly logarithmic: boolean;
  toPosition(value: number): number;
  /** The value at a position, rounded to the row's step (linear) or to three digits of the shown unit (by factors). */
  toValue(position: number): number;
  /** Value one notch up or down from here: a step of the row, or 1 % of the travel. */
  nudge(value: number, notches: number): number;
}

/** Below this share of the travel a default is out of a linear slider's reach. */
const CROWDED = 0.02;
/** Decades below the default that a slider by factors reaches when the row starts at zero. */
const FLOOR_BELOW_DEFAULT = 1e-3;

/** The slider of a row, or null when it has no finite limits. */
export function sliderScale(row: ParameterRow): SliderScale | null {
  const { min, max } = row;
  if (min === undefined || max === undefined || !(max > min)) return null;
  const standard = typeof row.default === 'number' ? row.default : Number.NaN;
  const crowded = standard > 0 && (standard - min) / (max - min) < CROWDED;
  const logarithmic =
    min >= 0 && (row.logarithmic === true || crowded || (row.kind === 'auto' && max / (row.step ?? max) > 1e4));
  return logarithmic ? byFactors(row, min, max, standard) : linear(row, min, max);
}

function linear(row: ParameterRow, min: number, max: number): SliderScale {
  const step = row.step ?? (max - min) / 1000;
  const snap = (value: number): number => clamp(clean(Math.round(value / step) * step, step), min, max);
  return {
    min,
    max,
    logarithmic: false,
    toPosition: (value) => clamp((value - min) / (max - min), 0, 1),
    toValue: (position) => (position <= 0 ? min : position >= 1 ? max : snap(min + position * (max - min))),
    nudge: (value, notches) => snap(value + notches * step),
  };
}

/** Position 0 is the lowest value (zero too, when the row allows it), then equal factors up to the highest. */
function byFactors(row: ParameterRow, min: number, max: number, standard: number): SliderScale {
  const floor = min > 0 ? min : Math.min(max, standard > 0 ? standard * FLOOR_BELOW_DEFAULT : max * 1e-6);
  const span = Math.log(max / floor);
  const round = (value: number): number => clamp(roundShown(value, row), min, max);
  const toPosition = (value: number): number => (value <= floor ? 0 : clamp(Math.log(value / floor) / span, 0, 1));
  const toValue = (position: number): number =>
    position <= 0 ? min : position >= 1 ? max : round(floor * Math.exp(position * span));
  return {
    min,
    max,
    logarithmic: true,
    toPosition,
    toValue,
    nudge: (value, notches) => {
      const next = toValue(toPosition(value) + notches * 0.01);
      // Whole numbers and coarse roundings must still move.
      return next === value && row.kind === 'integer' ? clamp(value + Math.sign(notches), min, max) : next;
    },
  };
}

function roundShown(value: number, row: ParameterRow): number {
  if (row.kind === 'integer') return Math.round(Number(value.toPrecision(3)));
  const display = row.displayUnit ?? row.unit;
  return clean(convert(Number(convert(value, row.unit, display).toPrecision(3)), display, row.unit), value * 1e-6);
}

/** Takes away the binary dust of a product: digits far below the step. */
const clean = (value: number, step: number): number =>
  Number(value.toFixed(Math.min(20, Math.max(0, 3 - Math.floor(Math.log10(Math.abs(step) || 1))))));

const clamp = (value: number, min: number, max: number): number => Math.min(max, Math.max(min, value));
