// Palettes baked to 256 texels, and which palette a field wears. Colours only: ranges are in ranges.ts.
// Diverging maps have a neutral middle that recedes into the ground of the theme, so deviations stand out on both.

import { interpolateCividis, interpolateInferno, interpolateViridis } from 'd3-scale-chromatic';
import { FIELDS, type FieldName } from '../../engine/fields.ts';
import type { Theme } from '../state/store.ts';
import { fromRgb, type Oklch, type Rgb, toRgb } from './oklch.ts';

export const TEXELS = 256;

export type PaletteName = 'viridis' | 'cividis' | 'inferno' | 'deviation' | 'phase';

export interface Palette {
  readonly name: PaletteName;
  /** 4 × TEXELS bytes, sRGB. */
  readonly texels: Uint8Array;
  /** Colours of values below and above the range: the end colour, pushed one clear step further. */
  readonly below: Rgb;
  readonly above: Rgb;
}

/** The palette of a field: magnitudes viridis, quality cividis, deviations diverging, phase cyclic, heat inferno. */
export function paletteOf(field: FieldName): PaletteName {
  const { scale } = FIELDS[field];
  if (scale === 'diverging') return 'deviation';
  if (scale === 'cyclic') return 'phase';
  if (scale === 'heat') return 'inferno';
  return field === 'localCoherence' ? 'cividis' : 'viridis';
}

const baked = new Map<string, Palette>();

/** The palette, baked on first use. */
export function palette(name: PaletteName, theme: Theme): Palette {
  const key = `${name} ${theme}`;
  const known = baked.get(key);
  if (known) return known;
  const made = bake(name, theme);
  baked.set(key, made);
  return made;
}

function bake(name: PaletteName, theme: Theme): Palette {
  const colourAt = colourFunction(name, theme);
  const texels = new Uint8Array(4 * TEXELS);
  for (let i = 0; i < TEXELS; i++) texels.set([...colourAt(i / (TEXELS - 1)), 255], 4 * i);
  const first = fromRgb(colourAt(0));
  const last = fromRgb(colourAt(1));
  return { name, texels, ...outside(name, theme, first, last) };
}

function colourFunction(name: PaletteName, theme: Theme): (t: number) => Rgb {
  if (name === 'viridis') return (t) => parseColour(interpolateViridis(t));
  if (name === 'cividis') return (t) => parseColour(interpolateCividis(t));
  // The black end of inferno would vanish in the dark ground.
  if (name === 'inferno') return (t) => parseColour(interpolateInferno(0.16 + 0.82 * t));
  if (name === 'phase') return (t) => toRgb(phaseColour(t));
  return (t) => toRgb(deviationColour(2 * t - 1, theme));
}

/** One turn of hue at constant lightness and chroma; both ends are the same colour. Phase 0 sits in the middle. */
export const phaseColour = (t: number): Oklch => ({ lightness: 0.74, chroma: 0.121, hue: (200 + 360 * t) % 360 });

/** Blue below zero, amber above, neutral at zero; safe for the common colour deficiencies and apart from alarm red. */
export function deviationColour(t: number, theme: Theme): Oklch {
  const size = Math.min(1, Math.abs(t));
  const [middle, end] = theme === 'dark' ? [0.46, 0.82] : [0.9, 0.52];
  const hue = t < 0 ? 252 - 14 * size * (theme === 'dark' ? 1 : -0.4) : 58 + 14 * size * (theme === 'dark' ? 1 : -0.9);
  const chroma = (t < 0 ? 0.145 : 0.15) * size ** 0.72;
  // Lightness is quadratic near zero: no bright or dark crease where the sign changes.
  const bend = size < 0.12 ? size ** 2 / 0.24 : size - 0.06;
  return { lightness: middle + ((end - middle) * bend) / 0.94, chroma, hue };
}

function outside(name: PaletteName, theme: Theme, first: Oklch, last: Oklch): { below: Rgb; above: Rgb } {
  const step = (colour: Oklch, lightness: number, chroma: number): Rgb =>
    toRgb({ ...colour, lightness: Math.min(0.97, Math.max(0.08, colour.lightness + lightness)), chroma });
  if (name === 'phase') return { below: toRgb(first), above: toRgb(last) };
  if (name === 'deviation') {
    const lightness = theme === 'dark' ? 0.1 : -0.12;
    return { below: step(first, lightness, first.chroma * 0.75), above: step(last, lightness, last.chroma * 0.75) };
  }
  // Too low is grey, too high is pale: neither is a colour of the map.
  const grey = theme === 'dark' ? 0.44 : 0.62;
  return { below: toRgb({ lightness: grey, chroma: 0.012, hue: 260 }), above: step(last, 0.05, last.chroma * 0.35) };
}

/** "#rrggbb" or "rgb(r, g, b)", the two forms d3 returns. */
export function parseColour(text: string): Rgb {
  if (text.startsWith('#')) {
    const value = Number.parseInt(text.slice(1, 7), 16);
    return [(value >> 16) & 255, (value >> 8) & 255, value & 255];
  }
  const [r = 0, g = 0, b = 0] = (text.match(/[\d.]+/g) ?? []).map(Number);
  return [r, g, b];
}

export const cssColour = ([r, g, b]: Rgb): string => `rgb(${r} ${g} ${b})`;

/** A CSS gradient of the palette, for the legend. */
export function cssGradient({ texels }: Palette): string {
  const stops: string[] = [];
  for (let i = 0; i < TEXELS; i += 15) {
    stops.push(
      `rgb(${texels[4 * i]} ${texels[4 * i + 1]} ${texels[4 * i + 2]}) ${((100 * i) / (TEXELS - 1)).toFixed(1)}%`,
    );
  }
  return `linear-gradient(to right, ${stops.join(', ')})`;
}
