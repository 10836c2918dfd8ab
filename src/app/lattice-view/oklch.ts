// OKLCH, the colour space in which equal steps look equal (Ottosson 2020, "A perceptual color space for image processing").
// Only what baking palettes needs: to and from 8-bit sRGB, and the largest chroma a screen can show.

/** Lightness 0…1, chroma about 0…0.3, hue in degrees. */
export interface Oklch {
  readonly lightness: number;
  readonly chroma: number;
  readonly hue: number;
}

/** Red, green, blue, 0…255. */
export type Rgb = readonly [number, number, number];

const encode = (x: number): number => (x <= 0.0031308 ? 12.92 * x : 1.055 * x ** (1 / 2.4) - 0.055);
const decode = (x: number): number => (x <= 0.04045 ? x / 12.92 : ((x + 0.055) / 1.055) ** 2.4);
const byte = (x: number): number => Math.round(255 * Math.min(1, Math.max(0, x)));

/** Linear-light sRGB, outside 0…1 where the screen cannot show the colour. */
function toLinear({ lightness, chroma, hue }: Oklch): [number, number, number] {
  const a = chroma * Math.cos((hue * Math.PI) / 180);
  const b = chroma * Math.sin((hue * Math.PI) / 180);
  const l = (lightness + 0.3963377774 * a + 0.2158037573 * b) ** 3;
  const m = (lightness - 0.1055613458 * a - 0.0638541728 * b) ** 3;
  const s = (lightness - 0.0894841775 * a - 1.291485548 * b) ** 3;
  return [
    4.0767416621 * l - 3.3077115913 * m + 0.2309699292 * s,
    -1.2684380046 * l + 2.6097574011 * m - 0.3413193965 * s,
    -0.0041960863 * l - 0.7034186147 * m + 1.707614701 * s,
  ];
}

export const inGamut = (colour: Oklch): boolean => toLinear(colour).every((x) => x >= -1e-4 && x <= 1 + 1e-4);

/** The colour in 8 bits; chroma is reduced until the screen can show it. */
export function toRgb(colour: Oklch): Rgb {
  const shown = inGamut(colour)
    ? colour
    : { ...colour, chroma: Math.min(colour.chroma, maxChroma(colour.lightness, colour.hue)) };
  const [r, g, b] = toLinear(shown);
  return [byte(encode(r)), byte(encode(g)), byte(encode(b))];
}

/** The largest chroma that sRGB holds at this lightness and hue. */
export function maxChroma(lightness: number, hue: number): number {
  let low = 0;
  let high = 0.4;
  for (let i = 0; i < 24; i++) {
    const middle = (low + high) / 2;
    if (inGamut({ lightness, chroma: middle, hue })) low = middle;
    else high = middle;
  }
  return low;
}

export function fromRgb([red, green, blue]: Rgb): Oklch {
  const r = decode(red / 255);
  const g = decode(green / 255);
  const b = decode(blue / 255);
  const l = Math.cbrt(0.4122214708 * r + 0.5363325363 * g + 0.0514459929 * b);
  const m = Math.cbrt(0.2119034982 * r + 0.6806995451 * g + 0.1073969566 * b);
  const s = Math.cbrt(0.0883024619 * r + 0.2817188376 * g + 0.6299787005 * b);
  const lightness = 0.2104542553 * l + 0.793617785 * m - 0.0040720468 * s;
  const alpha = 1.9779984951 * l - 2.428592205 * m + 0.4505937099 * s;
  const beta = 0.0259040371 * l + 0.7827717662 * m - 0.808675766 * s;
  const hue = (Math.atan2(beta, alpha) * 180) / Math.PI;
  return { lightness, chroma: Math.hypot(alpha, beta), hue: hue < 0 ? hue + 360 : hue };
}
