import { expect, test } from 'vitest';
import { fractions } from '../../gas/mixture.ts';
import { hashNumbers } from '../../numerics/hash.ts';
import type { CycleShape } from '../cycling/cycle-program.ts';
import { IdealChambers } from './chamber-gas.ts';
import { HeaderSystem } from './header-system.ts';
import { HEADER_TOTAL } from './settings.ts';
import { ATM, contents, fullSwing, headerSettings, unbalance } from './testing.ts';

const N2 = fractions({ N2: 1 });

// Hashes of runs made before shapes other than square and sine were known, and before headers had walls (their totals come last).
const GOLDEN: Readonly<Record<string, string>> = {
  'square false 0.00025': '4887086e1dd047e5',
  'square false 0.013': '60f62c05a0fe4a1b',
  'square true 0.00025': '70e84ddf59907182',
  'square true 0.013': 'd1cb5b159f18f9d0',
  'sine false 0.00025': '29368fe0a573ffe7',
  'sine false 0.013': '6240b2e79f7ff106',
  'sine true 0.00025': 'beaa9b028686cd08',
  'sine true 0.013': 'df0d12b805cca6af',
};

test('square and sine are what they always were, bit for bit: acoustic and long steps, alone and in parts', () => {
  const shapes: readonly CycleShape[] = [{ kind: 'square', duty: 0.3 }, { kind: 'sine' }];
  for (const shape of shapes) {
    for (const grouped of [false, true]) {
      for (const dt of [2.5e-4, 0.013]) {
        const n = 6;
        const phase = Float64Array.from({ length: n }, (_, i) => (i % 3) / 3);
        const cycle = fullSwing(n, { shape, period: 0.2, responseTime: 1e-4, phase });
        const system = new HeaderSystem(
          headerSettings(n, {
            cycle,
            regulatorTime: 0.02,
            valveArea: 4e-5,
            supplyPressure: 1.2e6,
            returnPressure: 5e3,
            fractions: fractions({ He: 0.7, N2: 0.3 }),
          }),
          n,
        );
        const gas = new IdealChambers(new Float64Array(n).fill(1e-3));
        for (let i = 0; i < n; i++) gas.fill(i, 1e5 * (i + 1), 290 + 5 * i, N2);
        if (grouped) gas.parts = Uint32Array.from({ length: n }, (_, i) => i % 2);
        for (let m = 0; m < 30; m++) system.exchange(gas, dt);
        const hash = hashNumbers([
          system.headers,
          system.totals.subarray(0, HEADER_TOTAL.wallHeat),
          gas.amounts,
          gas.energy,
          gas.pressure,
        ]);
        expect(hash).toBe(GOLDEN[`${shape.kind} ${grouped} ${dt}`]);
      }
    }
  }
});

/** Smooth ones first. */
const SHAPES: readonly CycleShape[] = [
  { kind: 'sine' },
  { kind: 'triangle', rise: 0.5 },
  { kind: 'trapezoid', rise: 0.25, hold: 0.25, fall: 0.25 },
  {
    kind: 'custom',
    table: [
      [0, 0],
      [0.2, 1],
      [0.45, 1],
      [0.45, 0.5],
      [0.8, 0.5],
    ],
  },
];

/** rms of p − p* over the swing, after the first period, and the largest energy and species residual. */
function track(shape: CycleShape, feedForward: boolean, dt: number, responseTime = 1e-4) {
  const period = 1;
  const cycle = fullSwing(2, {
    shape,
    period,
    low: 2 * ATM,
    high: 6 * ATM,
    band: 20_000,
    responseTime,
    feedForward,
    phase: [0, 0.3],
  });
  const system = new HeaderSystem(headerSettings(2, { cycle, regulatorTime: 0.02, valveArea: 2e-5 }), 2);
  const gas = new IdealChambers([1e-3, 1e-3]);
  for (const i of [0, 1]) gas.fill(i, 4 * ATM, 300, N2);
  const before = contents(system, gas);
  let sum = 0;
  let count = 0;
  for (let m = 1; m * dt <= 3 * period + 1e-9; m++) {
    system.exchange(gas, dt);
    if (m * dt < period) continue;
    for (const i of [0, 1]) {
      const error = (gas.pressure[i] as number) - system.wantedPressure(i);
      sum += error * error;
      count++;
    }
  }
  const { species, energy } = unbalance(system, gas, before);
  expect(species).toBeLessThan(1e-12);
  expect(energy).toBeLessThan(1e-12);
  return Math.sqrt(sum / count) / (4 * ATM);
}

test('every shape is followed in short and in long steps, and feed-forward of its rate brings the error down', () => {
  for (const shape of SHAPES) {
    for (const dt of [1e-3, 0.025]) {
      const plain = track(shape, false, dt);
      const fed = track(shape, true, dt);
      // A jump takes the time that the valve's size asks for, whatever is known in advance.
      const most = shape.kind === 'custom' ? 1 : shape.kind === 'trapezoid' ? 0.35 : 0.005;
      expect(plain).toBeLessThan(shape.kind === 'custom' ? 0.08 : 0.025);
      expect(fed, `${shape.kind} ${dt}`).toBeLessThan(most * plain);
    }
  }
});

test('valves that lag by 10 ms are told what their lag makes of the change as well', () => {
  for (const shape of SHAPES.slice(0, 2)) {
    expect(track(shape, true, 5e-3, 0.01)).toBeLessThan(0.6 * track(shape, false, 5e-3, 0.01));
  }
});
