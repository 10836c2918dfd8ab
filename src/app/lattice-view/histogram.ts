// Counts of present values for the legend. Pure; ColourBar.tsx draws them.

/** Adds the values to equal bins over low…high; values outside go to the first and last bin. Returns the largest count. */
export function countInto(bins: Uint32Array, values: Float32Array, low: number, high: number): number {
  bins.fill(0);
  const perUnit = bins.length / (high - low);
  const last = bins.length - 1;
  for (let i = 0; i < values.length; i++) {
    const bin = Math.floor(((values[i] as number) - low) * perUnit);
    const place = bin < 0 ? 0 : bin > last ? last : bin;
    bins[place] = (bins[place] as number) + 1;
  }
  let largest = 0;
  for (let i = 0; i < bins.length; i++) largest = Math.max(largest, bins[i] as number);
  return largest;
}
