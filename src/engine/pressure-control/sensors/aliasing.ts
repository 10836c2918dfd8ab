// Whether a sampling rate can see an oscillation, and what it would show instead. Nothing here samples.

/** Samples per period from which a waveform can be read off its samples. */
export const SAMPLES_PER_PERIOD = 10;

/**
 * Frequency (Hz) at which an oscillation of frequency f appears when sampled at f_s: |f − f_s·round(f/f_s)|, 0 … f_s/2 (Shannon
 * 1949); 0 when it stands still.
 */
export const aliasFrequency = (frequency: number, rate: number): number =>
  Math.abs(frequency - rate * Math.round(frequency / rate));

/**
 * resolved: ten samples a period or coherent demodulation. coarse: above Nyquist, but no waveform. aliased: seen at a wrong
 * frequency.
 */
export type Sampling = 'resolved' | 'coarse' | 'aliased';

/**
 * @param coherent the sensor demodulates at the drive's phase itself and reports amplitude and phase: any rate then does, as
 * long as these change slowly
 */
export function samplingOf(frequency: number, rate: number, coherent = false): Sampling {
  if (coherent || rate >= SAMPLES_PER_PERIOD * frequency) return 'resolved';
  return rate > 2 * frequency ? 'coarse' : 'aliased';
}

const hertz = (x: number): string => `${Number(x.toPrecision(4))} Hz`;

/** The warning for people; null when the rate resolves the oscillation. */
export function samplingWarning(frequency: number, rate: number, coherent = false): string | null {
  const sampling = samplingOf(frequency, rate, coherent);
  if (sampling === 'resolved') return null;
  const remedy = `Sample at ${hertz(SAMPLES_PER_PERIOD * frequency)} or more, or use the lock-in detectors.`;
  if (sampling === 'coarse') {
    const samples = Number((rate / frequency).toPrecision(2));
    const enough = 'enough for its frequency, not for its shape';
    return `${hertz(rate)} gives ${samples} samples per period of ${hertz(frequency)}: ${enough}. ${remedy}`;
  }
  const alias = aliasFrequency(frequency, rate);
  // Slower than a cycle in a hundred seconds reads as standing still.
  const seen = alias < 0.01 ? 'as a constant offset' : `as ${hertz(alias)}`;
  return `${hertz(rate)} shows an oscillation of ${hertz(frequency)} ${seen}. ${remedy}`;
}
