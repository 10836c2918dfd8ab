import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { Farm } from './farm.ts';
import { writeField } from './field-readings.ts';
import { TOTAL } from './gas-oscillation/state.ts';
import { METRIC_NAMES, type MetricName } from './metrics.ts';
import { computeMetrics } from './readings.ts';
import { loadSnapshot, saveSnapshot } from './snapshot.ts';
import { farmWith } from './testing.ts';
import { farmPotentials } from './thermodynamics/chamber-ledger.ts';
import { energyFlows } from './thermodynamics/energy-flows.ts';
import { entropyProduced } from './thermodynamics/first-law.ts';
import { validityNotes } from './validity.ts';

const SMALL = { 'layout.size': [3, 3, 3], 'drive.stroke_m3': 1.05e-5 };
const metric = (farm: Farm, name: MetricName): number => computeMetrics(farm)[METRIC_NAMES.indexOf(name)] as number;
const residualsHold = (farm: Farm): void => {
  const { mass, species, energy } = farm.balance();
  expect(mass).toBeLessThanOrEqual(1e-12);
  expect(species).toBeLessThanOrEqual(1e-12);
  expect(energy).toBeLessThanOrEqual(1e-9);
};

test('the default farm shows the wave and the powers of the independent linear model (design: default scenario)', () => {
  const farm = farmWith({ 'drive.stroke_m3': 1.05e-5 });
  farm.step(2400);
  expect(metric(farm, 'patternOrderParameter')).toBeCloseTo(0.956, 2);
  expect(metric(farm, 'pressureRatioRms')).toBeCloseTo(0.01, 3);
  expect(metric(farm, 'pressureRatioMax')).toBeCloseTo(0.014, 3);
  expect(Math.abs(metric(farm, 'drivePower_W') / 745 - 1)).toBeLessThan(0.02);
  expect(Math.abs(metric(farm, 'viscousPower_W') / 69 - 1)).toBeLessThan(0.02);
  expect(Math.abs(metric(farm, 'minorLossPower_W') / 458 - 1)).toBeLessThan(0.02);
  expect(Math.abs(metric(farm, 'thermalLossPower_W') / 218 - 1)).toBeLessThan(0.03);
  expect(Math.abs(metric(farm, 'machMax') / 0.0164 - 1)).toBeLessThan(0.05);
  expect(Math.abs(metric(farm, 'reynoldsMax') / 58.8 - 1)).toBeLessThan(0.05);
  expect(metric(farm, 'helmholtzNumber')).toBeCloseTo(0.444, 3);
  residualsHold(farm);
});

test('property: mass, species and energy close, and entropy grows, for random farms', () => {
  const share = fc.integer({ min: 0, max: 20 });
  fc.assert(
    fc.property(
      fc.record({
        kind: fc.constantFrom('hcp', 'fcc', 'bcc', 'sc', 'random'),
        size: fc.tuple(fc.integer({ min: 1, max: 4 }), fc.integer({ min: 1, max: 3 }), fc.integer({ min: 1, max: 3 })),
        gas: fc.tuple(share, share, share, share, fc.integer({ min: 1, max: 20 })),
        temperature: fc.integer({ min: 230, max: 420 }),
        pressure: fc.integer({ min: 50_000, max: 1_000_000 }),
        frequency: fc.integer({ min: 150, max: 1500 }),
        stroke: fc.integer({ min: 0, max: 60 }),
        pattern: fc.constantFrom('uniform', 'plane_x', 'layers_z', 'checker', 'corner'),
        losses: fc.constantFrom('full', 'viscous', 'none'),
        model: fc.constantFrom('ideal', 'virial'),
        states: fc.constantFrom('1', '2', '3', '4'),
        spread: fc.integer({ min: 0, max: 40 }),
      }),
      (r) => {
        const count = r.size[0] * r.size[1] * r.size[2];
        const total = r.gas.reduce((a, b) => a + b, 0);
        const [N2, O2, Ne, Ar, He] = r.gas.map((n) => n / total);
        const farm = farmWith({
          'layout.kind': r.kind,
          'layout.size': r.size,
          'gas.mixture': { N2, O2, Ne, Ar, He },
          // Neighbours of unlike pressure and temperature.
          'initial.pressure_Pa': Array.from(
            { length: count },
            (_, i) => r.pressure * (1 + (r.spread / 1000) * ((i * 7) % 5)),
          ),
          'initial.temperature_K': Array.from({ length: count }, (_, i) => r.temperature + ((i * 3) % 4)),
          'drive.frequency_Hz': r.frequency,
          'drive.stroke_m3': r.stroke * 1e-6,
          'drive.pattern': r.pattern,
          'simulation.losses': r.losses,
          'simulation.gas_model': r.model,
          'simulation.thermoviscous_states': r.states,
        });
        let entropy = 0;
        for (let block = 0; block < 4; block++) {
          farm.step(100);
          expect(farm.intact).toBe(true);
          const now = entropyProduced(farm.state);
          expect(now).toBeGreaterThanOrEqual(entropy - 1e-12);
          entropy = now;
        }
        residualsHold(farm);
      },
    ),
    { numRuns: 40, seed: 20261122 },
  );
});

test('gas that crosses a duct is exchanged with every gas conserved and mixing entropy produced', () => {
  const farm = farmWith({ ...SMALL, 'drive.stroke_m3': 8e-5, 'drive.pattern': 'checker', 'drive.frequency_Hz': 400 });
  // Unlike gas in one chamber, so that the exchange shows.
  const before = farm.edit({ 'gas.mixture': { He: 0.5, Ar: 0.5 } });
  expect(before.ok).toBe(true);
  farm.step(4000);
  expect(farm.state.totals[TOTAL.exchangedVolume]).toBeGreaterThan(1e-5);
  expect(farm.state.totals[TOTAL.entropyMixing]).toBeGreaterThanOrEqual(0);
  residualsHold(farm);
});

test('the table of energy flows closes: drive + chips = room + stored, and walls pass on what they get', () => {
  const farm = farmWith({ 'layout.size': [4, 3, 3], 'drive.stroke_m3': 1.05e-5 });
  farm.step(4000);
  const f = energyFlows(farm);
  expect(f.ready).toBe(true);
  expect(Math.abs(f.residual_W)).toBeLessThan(1e-6 * f.chipPower_W);
  expect(f.chipPower_W).toBeCloseTo(36 * 20, 6);
  const walls = f.gasToWall_W + f.frictionToWall_W + f.chipToWall_W - f.wallToRoom_W;
  expect(Math.abs(walls / f.storedInWalls_W - 1)).toBeLessThan(1e-6);
  expect(Math.min(...Object.values(f.entropy_W_per_K))).toBeGreaterThanOrEqual(0);
  expect(f.exergyDestroyed_W).toBeGreaterThan(0);
});

test('a farm at rest stays at rest', () => {
  const farm = farmWith({ ...SMALL, 'drive.enabled': false, 'chips.power_W': 0 });
  farm.step(500);
  for (const p of farm.state.pressure) expect(Math.abs(p - 506625)).toBeLessThan(1e-6);
  expect(Math.max(...farm.state.flow.map(Math.abs))).toBeLessThan(5e-15);
});

test('same values, same bits: twice, and whole or in pieces', () => {
  const whole = farmWith(SMALL);
  whole.step(1000);
  const pieces = farmWith(SMALL);
  for (const n of [1, 7, 392, 600]) pieces.step(n);
  expect(pieces.stateHash()).toBe(whole.stateHash());
  const other = farmWith({ ...SMALL, 'drive.frequency_Hz': 1001 });
  other.step(1000);
  expect(other.stateHash()).not.toBe(whole.stateHash());
});

test('a snapshot goes on as the run it was taken from', () => {
  const whole = farmWith(SMALL);
  whole.step(10_500);
  const first = farmWith(SMALL);
  first.step(4321);
  const loaded = loadSnapshot(saveSnapshot(first));
  if (!loaded.ok) throw new Error(loaded.message);
  loaded.farm.step(10_500 - 4321);
  expect(loaded.farm.stateHash()).toBe(whole.stateHash());
  expect([...computeMetrics(loaded.farm)]).toEqual([...computeMetrics(whole)]);
});

test('a damaged snapshot is refused', () => {
  const bytes = saveSnapshot(farmWith({ 'layout.size': [2, 1, 1] }));
  for (let at = 0; at < bytes.length; at += at < 32 ? 1 : 97) {
    const damaged = bytes.slice();
    damaged[at] = (damaged[at] as number) ^ 0x10;
    expect(loadSnapshot(damaged).ok).toBe(false);
  }
  for (const length of [0, 5, 200, bytes.length - 8]) expect(loadSnapshot(bytes.slice(0, length)).ok).toBe(false);
});

test('renumbering the chambers permutes the result', () => {
  const positions = [
    [0, 0, 0],
    [0.2, 0, 0],
    [0.4, 0, 0],
    [0.2, 0.2, 0],
  ];
  const edges = [
    [0, 1],
    [1, 2],
    [1, 3],
  ];
  const order = [2, 0, 3, 1];
  const base = { 'layout.kind': 'custom', 'drive.stroke_m3': 2e-5, 'drive.wavelength_spacings': 3 };
  const pressure = [500_000, 505_000, 510_000, 507_000];
  const plain = farmWith({
    ...base,
    'layout.positions_m': positions,
    'layout.edges': edges,
    'initial.pressure_Pa': pressure,
  });
  const permuted = farmWith({
    ...base,
    'layout.positions_m': order.map((old) => positions[old]),
    'layout.edges': edges.map((edge) => edge.map((old) => order.indexOf(old as number))),
    'initial.pressure_Pa': order.map((old) => pressure[old]),
  });
  plain.step(800);
  permuted.step(800);
  order.forEach((old, now) => {
    const [a, b] = [plain.state.pressure[old] as number, permuted.state.pressure[now] as number];
    expect(Math.abs(a / b - 1)).toBeLessThan(1e-11);
  });
});

test('a mirror-symmetric farm under a symmetric drive stays symmetric', () => {
  const farm = farmWith({
    'layout.kind': 'sc',
    'layout.size': [5, 3, 1],
    'drive.pattern': 'centre',
    'drive.stroke_m3': 5e-5,
  });
  farm.step(800);
  const x = (i: number) => farm.layout.positions[3 * i] as number;
  const y = (i: number) => farm.layout.positions[3 * i + 1] as number;
  const width = Math.max(...Array.from({ length: 15 }, (_, i) => x(i)));
  for (let i = 0; i < 15; i++) {
    const j = Array.from({ length: 15 }, (_, k) => k).find(
      (k) => Math.abs(x(k) + x(i) - width) < 1e-9 && Math.abs(y(k) - y(i)) < 1e-9,
    ) as number;
    expect(Math.abs((farm.state.pressure[i] as number) / (farm.state.pressure[j] as number) - 1)).toBeLessThan(1e-11);
  }
});

test('what is shown does not depend on the time step: amplitudes within 0.5 %, phases within 0.5°', () => {
  const readings = [40, 120].map((steps) => {
    const farm = farmWith({ ...SMALL, 'simulation.steps_per_cycle': steps });
    farm.step(60 * steps);
    const strobe = new Float32Array(2 * farm.layout.count);
    writeField(farm, 'strobe', strobe);
    return strobe;
  });
  const [coarse, fine] = readings as [Float32Array, Float32Array];
  for (let i = 0; i < coarse.length; i += 2) {
    const re =
      ((coarse[i] as number) - (fine[i] as number)) ** 2 + ((coarse[i + 1] as number) - (fine[i + 1] as number)) ** 2;
    const size = (fine[i] as number) ** 2 + (fine[i + 1] as number) ** 2;
    expect(Math.sqrt(re / size)).toBeLessThan(0.005);
  }
});

test('edits act on the running farm: no reset, the balance stays closed, undoing gives back the value', () => {
  let farm = farmWith(SMALL);
  farm.step(900);
  for (const edits of [
    { 'drive.frequency_Hz': 700 },
    { 'gas.mixture': { He: 0.6, Ar: 0.4 } },
    { 'initial.pressure_Pa': 300_000 },
    { 'initial.temperature_K': 320 },
    { 'duct.minor_loss': 0.5 },
    { 'simulation.thermoviscous_states': '1' },
    { 'chips.power_W': 50 },
    { 'drive.pressure_ratio': 0.02 },
    { 'simulation.losses': 'viscous' },
    { 'simulation.gas_model': 'virial' },
  ] as const) {
    const steps = farm.steps;
    const result = farm.edit(edits);
    if (!result.ok) throw new Error(JSON.stringify(result.problems));
    expect(result.farm).toBe(farm);
    expect(farm.steps).toBe(steps);
    farm.step(450);
    residualsHold(farm);
  }
  const time = farm.time_s;
  const rebuilt = farm.edit({ 'duct.diameter_m': 0.03 });
  if (!rebuilt.ok) throw new Error(JSON.stringify(rebuilt.problems));
  farm = rebuilt.farm;
  expect(farm.time_s).toBeCloseTo(time, 9);
  // The oscillation is carried over: the chambers are not at rest.
  const spread = Math.max(...farm.state.pressure) - Math.min(...farm.state.pressure);
  expect(spread).toBeGreaterThan(100);
  farm.step(450);
  residualsHold(farm);
});

test('a wanted pressure ratio is reached when the stroke is automatic', () => {
  const farm = farmWith({ 'layout.size': [4, 3, 3], 'drive.pressure_ratio': 0.015, 'drive.stroke_m3': 'auto' });
  farm.step(8000);
  expect(Math.abs(metric(farm, 'pressureRatioRms') / 0.015 - 1)).toBeLessThan(0.02);
});

test('a stroke no piston can make is limited, and said so', () => {
  const farm = farmWith({ ...SMALL, 'drive.stroke_m3': 0.002 });
  expect(farm.pistonAmplitude).toBeCloseTo(0.00045, 9);
  const notes = validityNotes(farm, computeMetrics(farm));
  expect(notes.find(({ quantity }) => quantity === 'Piston stroke')?.message).toContain('900.0 mL');
  expect(farmWith(SMALL).drive.remark).toBeNull();
});

test('an impossible time step is refused with the limit, and changes nothing', () => {
  const farm = farmWith(SMALL);
  farm.step(100);
  const hash = farm.stateHash();
  const result = farm.edit({ 'simulation.time_step_s': 5e-3 });
  expect(result.ok).toBe(false);
  if (!result.ok) expect(result.problems[0]?.message).toContain('stability limit');
  expect(farm.stateHash()).toBe(hash);
});

test('free energies of the farm: F = U − TS and G − F = pV at one temperature; exergy is zero at supply air and 1 atm', () => {
  const farm = farmWith({ 'layout.size': [2, 2, 1], 'drive.enabled': false, 'initial.pressure_Pa': 101325 });
  const { internalEnergy_J: U, entropy_J_per_K: S, helmholtz_J: F, gibbs_J: G, exergy_J } = farmPotentials(farm);
  let pV = 0;
  for (let i = 0; i < 4; i++) pV += (farm.state.pressure[i] as number) * (farm.state.volume[i] as number);
  expect(Math.abs((F - (U - 300 * S)) / F)).toBeLessThan(1e-12);
  expect(Math.abs((G - F) / pV - 1)).toBeLessThan(1e-9);
  expect(Math.abs(exergy_J)).toBeLessThan(1e-6 * pV);
});
