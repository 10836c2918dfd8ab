// What can be said of one chamber from the frame on screen, as label and text; for the hover card and for speech.

import { FIELDS } from '../../engine/fields.ts';
import type { LayoutData } from '../../worker/protocol.ts';
import { formatNumber, formatWithUnit } from './format.ts';
import type { Stage } from './stage.ts';

export interface Reading {
  readonly label: string;
  readonly text: string;
}

/** Values of the chamber: amplitude and phase under the stroboscope, else the field. */
export function readings(stage: Stage, chamber: number): Reading[] {
  const { field } = stage;
  if (!field) return [];
  const { range } = stage.state.getState();
  const span = range[1] - range[0];
  if (field === 'strobe') {
    const { amplitude, phase } = stage.oscillationOf(chamber);
    return [
      { label: 'Amplitude', text: formatWithUnit(amplitude, 'Pa', span / 4) },
      { label: 'Phase', text: formatWithUnit(phase, 'rad', 2 * Math.PI) },
    ];
  }
  const { label, unit } = FIELDS[field];
  return [{ label, text: formatWithUnit(stage.valueOf(chamber), unit, span / 4) }];
}

/** "1.23, 4.56, 0.78" in metres. */
export function positionText({ positions }: LayoutData, chamber: number): string {
  return [0, 1, 2].map((axis) => formatNumber(positions[3 * chamber + axis] ?? Number.NaN, 3)).join(', ');
}

/** Layers are counted from 1 for people. */
export const layerText = ({ layers }: LayoutData, chamber: number): string => String((layers[chamber] ?? 0) + 1);
