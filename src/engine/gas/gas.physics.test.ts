import { expect, test } from 'vitest';
import { CALORIC_LENGTH, expandCaloric, molarEnergy, RECENTRE_K } from './caloric.ts';
import { heatCapacity, standardEntropy } from './ideal.ts';
import { adiabaticTemperatureRatio, fractions, gasProperties, maximumWaterFraction } from './mixture.ts';
import { SPECIES } from './species.ts';
import { binaryDiffusion, mixtureTransport, pureConductivity, pureViscosity } from './transport.ts';
import { mixtureVirial, pureVirial } from './virial.ts';
import { saturationPressure } from './water.ts';

const index = (symbol: string) => SPECIES.findIndex((s) => s.symbol === symbol);
const within = (value: number, expected: number, relative: number) =>
  expect(Math.abs(value / expected - 1), `${value} against ${expected}`).toBeLessThan(relative);
const pure = (symbol: string, T: number, p: number) => gasProperties(fractions({ [symbol]: 1 }), T, p, 'virial');
const ATM = 101325;

test('T01 nitrogen ideal-gas heat capacity (NASA-9), 0.01 %', () => {
  const expected = [29.1073, 29.1242, 29.2486, 32.6963];
  [200, 298.15, 400, 1000].forEach((T, i) => {
    within(heatCapacity(index('N2'), T), expected[i] as number, 1e-4);
  });
});

test('T02 water vapour heat capacity (JANAF 1998), 0.1 %', () => {
  const expected = [33.349, 33.59, 34.262, 35.226, 41.268];
  [200, 298.15, 400, 500, 1000].forEach((T, i) => {
    within(heatCapacity(index('H2O'), T), expected[i] as number, 1e-3);
  });
});

test('T03 standard entropies at 298.15 K (CRC), 0.05 J/(mol·K)', () => {
  for (const [symbol, value] of [
    ['N2', 191.6],
    ['H2O', 188.8],
    ['He', 126.2],
  ] as const) {
    expect(Math.abs(standardEntropy(index(symbol), 298.15) - value)).toBeLessThan(0.05);
  }
});

test('T06, T07 sound speed against the reference equations of state, 0.1 %', () => {
  for (const [symbol, p, w] of [
    ['N2', ATM, 353.161],
    ['N2', 10 * ATM, 354.651],
    ['He', ATM, 1019.59],
    ['He', 10 * ATM, 1023.65],
    ['Ar', ATM, 322.672],
    ['Ar', 10 * ATM, 323.449],
  ] as const) {
    within(pure(symbol, 300, p).soundSpeed_m_per_s, w, 1e-3);
  }
  within(pure('N2', 300, ATM).idealSoundSpeed_m_per_s, 353.007, 5e-4);
});

test('T09 compressibility, 0.001', () => {
  expect(Math.abs(pure('N2', 200, 10 * ATM).compressibility - 0.978488)).toBeLessThan(1e-3);
  expect(Math.abs(pure('Ar', 300, 10 * ATM).compressibility - 0.993973)).toBeLessThan(1e-3);
});

test('T11 second virial coefficients at 298.15 K, 1 cm³/mol (water 8 %)', () => {
  for (const [symbol, B] of [
    ['N2', -4.91],
    ['O2', -15.86],
    ['Ar', -15.55],
    ['He', 11.84],
    ['Ne', 11.53],
  ] as const) {
    expect(Math.abs(pureVirial(index(symbol), 298.15).B * 1e6 - B)).toBeLessThan(1);
  }
  within(pureVirial(index('H2O'), 298.15).B * 1e6, -1241, 0.08);
});

test('virial derivatives match differences', () => {
  const x = fractions({ N2: 0.4, He: 0.4, Ar: 0.2 });
  const [a, b, c] = [299.9, 300, 300.1].map((T) => mixtureVirial(x, T));
  within((c.B - a.B) / 0.2, b.dB, 1e-5);
  within((c.dB - a.dB) / 0.2, b.ddB, 1e-4);
});

test('T12, T14 saturation pressure over water and ice', () => {
  for (const [T, p] of [
    [273.16, 611.657],
    [300, 3536.72],
    [320, 10546.4],
    [373.1243, 101325],
  ] as const) {
    within(saturationPressure(T), p, 2e-4);
  }
  for (const [T, p] of [
    [200, 0.162604],
    [230, 8.94735],
    [250, 76.0127],
  ] as const)
    within(saturationPressure(T), p, 5e-4);
});

test('T15 most water vapour before condensation', () => {
  within(maximumWaterFraction(300, ATM), 0.034905, 1e-3);
  within(maximumWaterFraction(300, 10 * ATM), 0.0034905, 1e-3);
  within(maximumWaterFraction(250, ATM), 7.502e-4, 1e-3);
});

test('T16 adiabatic temperature ratio of a hundredfold compression', () => {
  within(adiabaticTemperatureRatio(100, 1.4), 3.72759, 1e-5);
  within(adiabaticTemperatureRatio(100, 5 / 3), 6.30957, 1e-5);
});

test('T22 mean speed and mean free path of nitrogen at 300 K, 1 atm', () => {
  within(pure('N2', 300, ATM).meanSpeed_m_per_s, 476.173, 1e-4);
  within(pure('N2', 300, ATM).meanFreePath_m, 63.784e-9, 1e-4);
});

test('X01, X03, X05 pure-gas viscosity and conductivity', () => {
  within(pureViscosity(index('N2'), 300), 17.8771e-6, 1e-3);
  within(pureConductivity(index('N2'), 300), 25.9361e-3, 1e-3);
  within(pureViscosity(index('Ar'), 300), 22.7241e-6, 1e-3);
  within(pureConductivity(index('Ar'), 300), 17.8042e-3, 1e-3);
  within(pureConductivity(index('He'), 300), 0.156, 0.01);
  [200, 250, 350, 400].forEach((T, i) => {
    within(pureViscosity(index('N2'), T), [12.889e-6, 15.483e-6, 20.107e-6, 22.2e-6][i] as number, 2e-3);
    within(pureViscosity(index('He'), T), [15.135e-6, 17.597e-6, 22.151e-6, 24.29e-6][i] as number, 2e-3);
  });
});

test('X09 binary diffusion of He–Ar at 298.15 K, 1 atm, 2 %', () => {
  within(binaryDiffusion(index('He'), index('Ar'), 298.15, ATM), 0.7529e-4, 0.02);
});

test('X11 smallest Prandtl number of He–Ar at 300 K, 1 %', () => {
  let best = { pr: 1, he: 0 };
  for (let he = 0.5; he < 0.75; he += 0.002) {
    const { prandtl } = gasProperties(fractions({ He: he, Ar: 1 - he }), 300, ATM, 'ideal');
    if (prandtl < best.pr) best = { pr: prandtl, he };
  }
  within(best.pr, 0.412, 0.01);
  within(best.he, 0.618, 0.01);
});

test('X12 six-gas mixture A at 300 K: 0.05 % thermodynamics, 1 % transport', () => {
  const g = gasProperties(fractions({ N2: 0.6, O2: 0.15, H2O: 0.01, He: 0.15, Ne: 0.02, Ar: 0.07 }), 300, ATM, 'ideal');
  within(g.molarMass_kg_per_mol, 25.5884e-3, 5e-4);
  within(g.cp_J_per_molK, 27.2077, 5e-4);
  within(g.gamma, 1.44007, 5e-4);
  within(g.idealSoundSpeed_m_per_s, 374.67, 5e-4);
  within(g.viscosity_Pa_s, 19.355e-6, 0.01);
  within(g.conductivity_W_per_mK, 33.07e-3, 0.01);
  within(g.prandtl, 0.6223, 0.01);
});

test('X14 dry air from its components, 0.5 % and 2 %', () => {
  const t = mixtureTransport(fractions({ N2: 0.78084, O2: 0.20946, Ar: 0.0097 }), 300);
  within(t.viscosity, 18.523e-6, 0.005);
  within(t.conductivity, 26.353e-3, 0.02);
});

test('a mixture of one gas with itself, and a vanishing share, give the pure gas', () => {
  const pureHe = mixtureTransport(fractions({ He: 1 }), 320);
  const nearly = mixtureTransport(fractions({ He: 1 - 1e-9, Ar: 1e-9 }), 320);
  within(nearly.viscosity, pureHe.viscosity, 1e-7);
  within(nearly.conductivity, pureHe.conductivity, 1e-7);
});

test('the caloric expansion follows NASA-9 within 3e-6 of c_v over its reach', () => {
  const c = new Float64Array(CALORIC_LENGTH);
  for (let k = 0; k < SPECIES.length; k++) {
    const amounts = Float64Array.from(SPECIES, (_, j) => (j === k ? 1 : 0));
    for (let T = 200; T <= 700; T += 20) {
      expandCaloric(amounts, 0, T, c, 0);
      for (const d of [-RECENTRE_K, -3, 3, RECENTRE_K]) {
        // Below 200 K the heat capacity is constant.
        if (T + d < 200) continue;
        const energy =
          (c[0] as number) + d * ((c[1] as number) + d * ((c[2] as number) / 2 + (d * (c[3] as number)) / 6));
        expect(Math.abs(energy - molarEnergy(k, T + d))).toBeLessThan(3e-6 * (c[1] as number) * Math.abs(d));
      }
    }
  }
});
