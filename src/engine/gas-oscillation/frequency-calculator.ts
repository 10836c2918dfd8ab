// Frequency of a chamber from the advance of its phase between windows, and amplitude spectra of recorded waveforms.

import FFT from 'fft.js';
import { cos, PI, TWO_PI } from '../numerics/elementary.ts';
import { phaseOf, type WindowReadings } from './oscillation-detector.ts';

/** Wraps an angle to −π … π. */
export const wrapAngle = (angle: number): number => angle - TWO_PI * Math.round(angle / TWO_PI);

/** Frequency minus drive frequency, Hz; 0 until two windows are complete. Unambiguous below half a turn per window. */
export function frequencyOffset(r: WindowReadings, i: number): number {
  const previous = r.previousPhase[i];
  return Number.isNaN(previous) ? 0 : wrapAngle(phaseOf(r, i) - previous) / (TWO_PI * r.duration_s);
}

export interface Spectrum {
  readonly frequency_Hz: Float64Array;
  /** Peak amplitudes: a sine of amplitude A shows A at its frequency. */
  readonly amplitude: Float64Array;
}

/** Amplitude spectrum of the newest power-of-two samples (at most 4096), mean removed, Hann window. */
export function amplitudeSpectrum(samples: ArrayLike<number>, timeStep: number): Spectrum {
  let size = 1;
  while (size * 2 <= samples.length && size < 4096) size *= 2;
  if (size < 16) return { frequency_Hz: new Float64Array(0), amplitude: new Float64Array(0) };
  const start = samples.length - size;
  let mean = 0;
  for (let m = 0; m < size; m++) mean += samples[start + m] / size;
  const windowed = new Float64Array(size);
  for (let m = 0; m < size; m++) windowed[m] = (samples[start + m] - mean) * (1 - cos((2 * PI * m) / size));
  const fft = new FFT(size);
  const output = fft.createComplexArray() as number[];
  fft.realTransform(output, windowed as unknown as number[]);
  const bins = size / 2;
  const frequency = new Float64Array(bins);
  const amplitude = new Float64Array(bins);
  for (let b = 0; b < bins; b++) {
    frequency[b] = b / (size * timeStep);
    amplitude[b] = (2 * Math.sqrt(output[2 * b] * output[2 * b] + output[2 * b + 1] * output[2 * b + 1])) / size;
  }
  return { frequency_Hz: frequency, amplitude };
}
