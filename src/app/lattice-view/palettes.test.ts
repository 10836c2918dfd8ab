import { describe, expect, it } from 'vitest';
import { FIELD_NAMES } from '../../engine/fields.ts';
import { fromRgb, inGamut, type Rgb, toRgb } from './oklch.ts';
import {
  cssGradient,
  deviationColour,
  type Palette,
  type PaletteName,
  palette,
  paletteOf,
  parseColour,
  phaseColour,
  TEXELS,
} from './palettes.ts';

const NAMES: PaletteName[] = ['viridis', 'cividis', 'inferno', 'deviation', 'phase'];
const THEMES = ['dark', 'light'] as const;
const texel = ({ texels }: Palette, i: number): Rgb => [
  texels[4 * i] as number,
  texels[4 * i + 1] as number,
  texels[4 * i + 2] as number,
];
/** Distance of two colours in OKLab. */
function difference(a: Rgb, b: Rgb): number {
  const p = fromRgb(a);
  const q = fromRgb(b);
  const turn = ((p.hue - q.hue) * Math.PI) / 180;
  const chroma2 = p.chroma ** 2 + q.chroma ** 2 - 2 * p.chroma * q.chroma * Math.cos(turn);
  return Math.sqrt((p.lightness - q.lightness) ** 2 + Math.max(0, chroma2));
}

describe('palettes', () => {
  it('has 256 opaque texels in every palette, and one for every field', () => {
    for (const theme of THEMES) {
      for (const name of NAMES) {
        const { texels } = palette(name, theme);
        expect(texels).toHaveLength(4 * TEXELS);
        expect(texels.filter((_, i) => i % 4 === 3).every((alpha) => alpha === 255)).toBe(true);
      }
    }
    for (const field of FIELD_NAMES) expect(NAMES).toContain(paletteOf(field));
  });

  it('turns phase through hues of equal lightness in equal steps, without a seam', () => {
    const phase = palette('phase', 'dark');
    const lightness = Array.from({ length: TEXELS }, (_, i) => fromRgb(texel(phase, i)).lightness);
    expect(Math.max(...lightness) - Math.min(...lightness)).toBeLessThan(0.01);
    const steps = Array.from({ length: 32 }, (_, i) =>
      difference(texel(phase, 8 * i), texel(phase, (8 * i + 8) % 255)),
    );
    expect(Math.max(...steps) / Math.min(...steps)).toBeLessThan(1.3);
    expect(texel(phase, 0)).toEqual(texel(phase, TEXELS - 1));
    for (let i = 0; i <= 64; i++) expect(inGamut(phaseColour(i / 64))).toBe(true);
  });

  it('keeps the middle of the diverging map neutral and both sides of equal lightness', () => {
    for (const theme of THEMES) {
      expect(deviationColour(0, theme).chroma).toBe(0);
      for (const t of [0.25, 0.5, 1]) {
        expect(deviationColour(t, theme).lightness).toBeCloseTo(deviationColour(-t, theme).lightness, 10);
      }
    }
  });

  it('grows steadily in lightness from zero to either end, away from the ground of the theme', () => {
    for (const theme of THEMES) {
      const sign = theme === 'dark' ? 1 : -1;
      for (let t = 0.05; t < 1; t += 0.05) {
        const rise = deviationColour(t + 0.05, theme).lightness - deviationColour(t, theme).lightness;
        expect(sign * rise).toBeGreaterThan(0);
      }
    }
  });

  it('marks values out of range with a colour of their own, except on a circle', () => {
    for (const theme of THEMES) {
      for (const name of NAMES) {
        const { below, above } = palette(name, theme);
        const first = difference(below, texel(palette(name, theme), 0));
        const last = difference(above, texel(palette(name, theme), TEXELS - 1));
        if (name === 'phase') expect(first + last).toBeLessThan(0.01);
        else expect(Math.min(first, last)).toBeGreaterThan(0.04);
      }
    }
  });

  it('reads both colour forms of d3', () => {
    expect(parseColour('#440154')).toEqual([68, 1, 84]);
    expect(parseColour('rgb(0, 32, 81)')).toEqual([0, 32, 81]);
  });

  it('gives the legend a gradient that ends with the last texel', () => {
    expect(cssGradient(palette('viridis', 'light'))).toMatch(/rgb\(68 1 84\) 0\.0%.*rgb\(253 231 37\) 100\.0%\)$/);
  });
});

describe('OKLCH', () => {
  it('returns the colour it was given', () => {
    for (const colour of [
      [255, 0, 0],
      [12, 200, 90],
      [128, 128, 128],
    ] as Rgb[]) {
      const back = toRgb(fromRgb(colour));
      for (let i = 0; i < 3; i++) expect(Math.abs((back[i] as number) - (colour[i] as number))).toBeLessThanOrEqual(1);
    }
  });

  it('reduces chroma, not hue, for colours a screen cannot show', () => {
    const shown = fromRgb(toRgb({ lightness: 0.7, chroma: 0.4, hue: 200 }));
    expect(shown.hue).toBeCloseTo(200, 0);
    expect(shown.lightness).toBeCloseTo(0.7, 2);
  });
});
