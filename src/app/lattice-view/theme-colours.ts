// The page's colour tokens as numbers for the renderer, read from the computed style of the view.

import { fromRgb, type Rgb, toRgb } from './oklch.ts';

export interface SceneColours {
  readonly ground: Rgb;
  readonly line: Rgb;
  readonly text: Rgb;
  readonly muted: Rgb;
  /** Chambers without a value. */
  readonly missing: Rgb;
  readonly duct: Rgb;
  /** Marks of faults. */
  readonly fault: Rgb;
}

const FALLBACK = {
  '--ground': '#14171b',
  '--line': '#2c3238',
  '--text': '#e6e9ec',
  '--text-muted': '#9aa3ad',
  '--high': '#ff9d45',
} as const;

/** Reads the tokens in force at this element, whatever notation they are written in. */
export function sceneColours(element: HTMLElement): SceneColours {
  const canvas = document.createElement('canvas');
  canvas.width = 1;
  canvas.height = 1;
  const context = canvas.getContext('2d', { willReadFrequently: true });
  const probe = document.createElement('span');
  probe.hidden = true;
  element.append(probe);
  const read = (token: keyof typeof FALLBACK): Rgb => {
    if (!context) return [128, 128, 128];
    probe.style.color = `var(${token}, ${FALLBACK[token]})`;
    context.fillStyle = getComputedStyle(probe).color;
    context.fillRect(0, 0, 1, 1);
    const [r = 0, g = 0, b = 0] = context.getImageData(0, 0, 1, 1).data;
    return [r, g, b];
  };
  const ground = read('--ground');
  const muted = read('--text-muted');
  const colours = { ground, line: read('--line'), text: read('--text'), fault: read('--high'), muted };
  probe.remove();
  return { ...colours, missing: blend(ground, muted, 0.4), duct: blend(ground, muted, 0.46) };
}

/** Mix of two colours in OKLCH lightness, keeping the trace of hue of the second. */
function blend(from: Rgb, to: Rgb, share: number): Rgb {
  const a = fromRgb(from);
  const b = fromRgb(to);
  return toRgb({ lightness: a.lightness + (b.lightness - a.lightness) * share, chroma: b.chroma * share, hue: b.hue });
}

export const isDark = ({ ground }: SceneColours): boolean => fromRgb(ground).lightness < 0.5;
