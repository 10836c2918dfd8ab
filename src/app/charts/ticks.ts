// Ticks at round numbers, for linear and logarithmic axes, and their labels. Pure arithmetic, shared by every plot.

/** The round step (1, 2 or 5 times a power of ten) that gives about `wanted` intervals. */
export function roundStep(span: number, wanted: number): number {
  const raw = span / Math.max(1, wanted);
  const power = 10 ** Math.floor(Math.log10(raw));
  const mantissa = raw / power;
  const nice = mantissa < 1.5 ? 1 : mantissa < 3.5 ? 2 : mantissa < 7.5 ? 5 : 10;
  return nice * power;
}

/** Round values within [min, max], about `wanted` of them. */
export function linearTicks(min: number, max: number, wanted = 5): number[] {
  if (!(max > min) || !Number.isFinite(max - min)) return Number.isFinite(min) ? [min] : [];
  const step = roundStep(max - min, wanted);
  const ticks: number[] = [];
  const first = Math.ceil(min / step - 1e-9);
  const last = Math.floor(max / step + 1e-9);
  for (let i = first; i <= last && ticks.length < 50; i++) ticks.push(i === 0 ? 0 : Number((i * step).toPrecision(12)));
  return ticks;
}

/** Powers of ten within [min, max], thinned to about `wanted`. */
export function logarithmicTicks(min: number, max: number, wanted = 6): number[] {
  if (!(min > 0) || !(max > min)) return [];
  const first = Math.ceil(Math.log10(min) - 1e-9);
  const last = Math.floor(Math.log10(max) + 1e-9);
  const stride = Math.max(1, Math.ceil((last - first + 1) / wanted));
  const ticks: number[] = [];
  for (let e = first; e <= last; e += stride) ticks.push(10 ** e);
  return ticks;
}

/** Labels of ticks with just the decimals their spacing needs. */
export function tickLabels(ticks: readonly number[]): string[] {
  if (ticks.length < 2) return ticks.map((t) => String(Number(t.toPrecision(6))).replace('-', '−'));
  const step = Math.abs((ticks[1] as number) - (ticks[0] as number));
  const decimals = Math.min(12, Math.max(0, -Math.floor(Math.log10(step) + 1e-9)));
  return ticks.map((t) => t.toFixed(decimals).replace('-', '−'));
}

/**
 * A range with room around the data. A flat line gets a range wide enough that rounding noise does not fill the plot.
 * @param leastShare smallest height of the range relative to the largest magnitude in it
 */
export function paddedRange(min: number, max: number, share = 0.06, leastShare = 1e-6): [number, number] {
  if (!Number.isFinite(min) || !Number.isFinite(max)) return [0, 1];
  const magnitude = Math.max(Math.abs(min), Math.abs(max));
  const least = magnitude > 0 ? magnitude * leastShare : 1;
  const span = Math.max(max - min, least);
  const middle = (min + max) / 2;
  const half = span * (0.5 + share);
  // Do not show negative numbers for a quantity that has none.
  const low = middle - half;
  return min >= 0 && low < 0 ? [0, middle + half] : [low, middle + half];
}
