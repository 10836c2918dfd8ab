// Figures of the schematic as text, always in the same number of characters so that nothing moves. Pure.

import { ATM } from '../../../engine/constants.ts';
import type { SchematicLayer, SchematicValves, Spread } from '../../../worker/schematic.ts';
import { quantityText, THIN, withUnit } from '../../shell/format.ts';

const NOTHING = '–';
const fixed = (value: number, digits: number): string =>
  Number.isFinite(value) ? value.toFixed(digits).replace('-', '−') : NOTHING;

/** Pa as atm: two decimals, three below a tenth. */
export const atm = (pascal: number): string => fixed(pascal / ATM, Math.abs(pascal) < 0.0995 * ATM ? 3 : 2);
export const kelvin = (value: number): string => fixed(value, 1);
export const percent = (share: number, digits = 0): string => fixed(100 * share, digits);

/** Flows below this are none, mol/s. */
export const LEAST_FLOW = 5e-4;

/** mol/s in about three digits; what is too small to show is 0. */
export function molPerS(flow: number): string {
  const size = Math.abs(flow);
  if (size < LEAST_FLOW) return '0';
  return fixed(flow, size >= 99.95 ? 0 : size >= 9.995 ? 1 : size >= 0.0995 ? 2 : 3);
}

/** A power; what is too small for a machine is 0. */
export const watts = (power: number): string => (Math.abs(power) < 0.5 ? withUnit('0', 'W') : quantityText(power, 'W'));

/** "5.02 atm, 4.98 to 5.06": a mean with its extremes where they differ. */
export function spreadText({ mean, min, max }: Spread, shown: (value: number) => string, unit: string): string {
  const text = withUnit(shown(mean), unit);
  return shown(min) === shown(max) ? text : `${text}, ${shown(min)} to ${shown(max)}`;
}

/** "Layer 3", "Layers 11–20": people count from 1. */
export const layerName = ({ first, last }: Pick<SchematicLayer, 'first' | 'last'>): string =>
  first === last ? `Layer ${first + 1}` : `Layers ${first + 1}–${last + 1}`;

/** Flow as its meters tell it, or as it is where they are not read. */
export const shownFlow = ({ sensedFlow, flow }: SchematicValves): number =>
  Number.isNaN(sensedFlow) ? flow : sensedFlow;

export interface Badge {
  readonly letter: 'M' | 'I' | 'S' | 'L';
  readonly words: string;
  /** Colour of the alarm priority that belongs to it; none: it is no alarm. */
  readonly priority: 'critical' | 'low' | null;
}

export const BADGE_WORDS: Readonly<Record<Badge['letter'], string>> = {
  M: 'held by hand',
  I: 'held by interlock or sequence',
  S: 'stuck',
  L: 'slow',
};

const badge = (letter: Badge['letter'], count: number, priority: Badge['priority']): readonly Badge[] =>
  count > 0 ? [{ letter, words: `${count} ${BADGE_WORDS[letter]}`, priority }] : [];

/** What is unusual about the valves of a row, the gravest first. */
export const valveBadges = ({ held, stuck, slow, manual }: SchematicValves): readonly Badge[] => [
  ...badge('I', held, 'critical'),
  ...badge('S', stuck, 'low'),
  ...badge('L', slow, 'low'),
  ...badge('M', manual, null),
];

/** The letters that a drawing shows, for its legend. */
export function lettersOf(layers: readonly SchematicLayer[], manual: number): Badge['letter'][] {
  const found = new Set<Badge['letter']>(manual > 0 ? ['M'] : []);
  for (const { supply, back, vents, injectors } of layers) {
    for (const { letter } of [...valveBadges(supply), ...valveBadges(back)]) found.add(letter);
    if (vents.held + injectors.held > 0) found.add('I');
  }
  return (['I', 'S', 'L', 'M'] as const).filter((letter) => found.has(letter));
}

export const withPercent = (share: number): string => `${percent(share)}${THIN}%`;
