import { expect, test } from 'vitest';
import { amplitudeSpectrum, wrapAngle } from './frequency-calculator.ts';
import { amplitudeOf, OscillationDetector, phaseOf } from './oscillation-detector.ts';

test('the spectrum shows a sine at its frequency with its amplitude, free of the mean', () => {
  const dt = 25e-6;
  const samples = Float64Array.from({ length: 4000 }, (_, k) => 5e5 + 300 * Math.sin(2 * Math.PI * 1000 * k * dt));
  const { frequency_Hz, amplitude } = amplitudeSpectrum(samples, dt);
  const peak = amplitude.indexOf(Math.max(...amplitude));
  expect(Math.abs((frequency_Hz[peak] as number) - 1000)).toBeLessThan(1 / (2048 * dt));
  expect(Math.abs((amplitude[peak] as number) / 300 - 1)).toBeLessThan(0.15);
  expect(amplitude[0]).toBeLessThan(0.01 * 300);
});

test('a bin-centred sine shows its amplitude exactly', () => {
  const samples = Float64Array.from({ length: 1024 }, (_, k) => 7 * Math.cos((2 * Math.PI * 64 * k) / 1024));
  expect(amplitudeSpectrum(samples, 1).amplitude[64]).toBeCloseTo(7, 9);
});

test('too few samples give an empty spectrum', () => {
  expect(amplitudeSpectrum([1, 2, 3], 1).frequency_Hz.length).toBe(0);
});

test('the lock-in recovers amplitude and phase and is blind to the mean and to harmonics', () => {
  const steps = 400;
  const detector = new OscillationDetector(1, 0);
  detector.begin(steps, Float64Array.of(5e5));
  for (let k = 0; k < steps; k++) {
    const phi = (2 * Math.PI * (k + 1)) / 40;
    const p = 12 + 100 * Math.cos(phi + 0.7) + 30 * Math.cos(2 * phi);
    detector.sums.pressureCos[0] = (detector.sums.pressureCos[0] as number) + p * detector.sums.weight * Math.cos(phi);
    detector.sums.pressureSin[0] = (detector.sums.pressureSin[0] as number) + p * detector.sums.weight * Math.sin(phi);
    detector.advance();
  }
  detector.finish({ timeStep: 25e-6, meanOfStep: 1 }, 0.01);
  expect(amplitudeOf(detector.readings, 0)).toBeCloseTo(100, 9);
  expect(phaseOf(detector.readings, 0)).toBeCloseTo(0.7, 9);
});

test('angles wrap to ±π', () => {
  expect(wrapAngle(3 * Math.PI + 0.1)).toBeCloseTo(-Math.PI + 0.1, 12);
});
