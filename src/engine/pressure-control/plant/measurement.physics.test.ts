// Instruments on a running farm: what they feel of a wave, and how they lag.

import { expect, test } from 'vitest';
import { ATM } from '../../constants.ts';
import type { Farm } from '../../farm.ts';
import { parseFault } from '../../faults/parse.ts';
import { SPECIES } from '../../gas/species.ts';
import { loadSnapshot, saveSnapshot } from '../../snapshot.ts';
import { farmWith } from '../../testing.ts';
import { SEED_LIMITS } from '../safety/ladder.ts';
import { SENSORS } from '../sensors/catalogue.ts';
import { HARDWARE_SENSORS } from '../sensors/placement.ts';
import { Measurement } from './measurement.ts';

const SMALL = { 'layout.size': [2, 2, 1], 'simulation.fidelity': 'waveform' };

function runTo(farm: Farm, time_s: number): void {
  while (farm.intact && farm.time_s < time_s - 1e-9) farm.step(20);
  expect(farm.stopReason).toBeNull();
}

const read = (farm: Farm, kind: 'temperature' | 'composition' | 'flow', slot: number, channel = 0): number => {
  const { sensors, placement } = farm.plant.measurement;
  const id = placement.id(kind, 0, slot);
  return sensors.read(id, farm.time_s, channel) - sensors.bias(id);
};

test('a thermometer tells the mean of a wave, not the phase at which it happens to be read', () => {
  const farm = farmWith({ ...SMALL, 'drive.pressure_ratio': 0.05, 'chips.power_W': 0, 'drive.pattern': 'uniform' });
  runTo(farm, 12);
  const { temperature } = farm.state;
  const sum = new Float64Array(farm.state.chambers);
  let low = Number.POSITIVE_INFINITY;
  let high = Number.NEGATIVE_INFINITY;
  const steps = Math.round(0.1 / farm.stepLength_s);
  for (let n = 0; n < steps; n++) {
    farm.step(1);
    temperature.forEach((T, i) => {
      sum[i] += T / steps;
    });
    low = Math.min(low, temperature[0]);
    high = Math.max(high, temperature[0]);
  }
  // The wave swings the gas by more than ten kelvin, the thermometers by their noise.
  expect(high - low).toBeGreaterThan(10);
  const { pressureVote, temperatureVote, recent } = farm.plant.measurement;
  temperatureVote.value.forEach((T, i) => {
    expect(Math.abs(T - 300 - sum[i])).toBeLessThan(0.6);
  });
  // So do relief valves: 5 % of wave would open some of them at 14.3 atm and others at 15.8.
  recent.forEach((p, i) => {
    expect(Math.abs(p / pressureVote.value[i] - 1)).toBeLessThan(0.01);
  });
});

test('one wrong sensor of three does not move what the controller holds; with two left it is their mean, with one that one', () => {
  const farm = farmWith({
    'layout.size': [2, 1, 1],
    'simulation.fidelity': 'averaged',
    'drive.enabled': false,
    'chips.power_W': 0,
    'headers.enabled': true,
    'pressure_control.cycling_enabled': false,
    'pressure_control.control_mode': 'fixed',
    'control.enabled': true,
    'control.scope': 'chamber',
  });
  // A twentieth of the range: one atmosphere.
  const parsed = parseFault('sensor-bias=0.05@0:0', farm.plant.targets);
  if (!parsed.ok) throw new Error('fault');
  farm.plant.addFault(parsed.fault, 'test');
  expect(farm.step(100)).toBe(100);
  const { measurement } = farm.plant;
  const [biased] = measurement.pressure;
  expect(Math.abs(biased - farm.state.pressure[0])).toBeGreaterThan(0.8 * ATM);
  for (const p of farm.state.pressure) expect(Math.abs(p / (5 * ATM) - 1)).toBeLessThan(0.01);

  const told = (): number => measurement.controlled(0, farm.time_s);
  const voter = (k: number): number => measurement.sensors.read(measurement.numbers.idOf(k), farm.time_s);
  expect(told()).toBe([0, 1, 2].map(voter).sort((a, b) => a - b)[1]);
  measurement.sensors.setFault(measurement.numbers.idOf(0), { kind: 'dropped' });
  expect(told()).toBe(0.5 * (voter(1) + voter(2)));
  measurement.sensors.setFault(measurement.numbers.idOf(1), { kind: 'dropped' });
  expect(told()).toBe(voter(2));
  measurement.sensors.setFault(measurement.numbers.idOf(2), { kind: 'dropped' });
  expect(told()).toBeNaN();
});

test('analysers and flow meters lag as their catalogue says; a snapshot keeps where they stand', () => {
  const farm = farmWith({
    ...SMALL,
    'drive.enabled': false,
    'headers.enabled': true,
    'pressure_control.cycling_enabled': false,
    'headers.supply_pressure_Pa': 6 * ATM,
    'gas.mixture': { N2: 0, O2: 0, H2O: 0, He: 1, Ne: 0, Ar: 0 },
  });
  const helium = SPECIES.findIndex(({ symbol }) => symbol === 'He');
  runTo(farm, 0.5);
  expect(read(farm, 'composition', 0, helium)).toBeCloseTo(1, 2);
  const changed = farm.edit({ 'gas.mixture': { N2: 0, O2: 0, H2O: 0, He: 0.5, Ne: 0, Ar: 0.5 } });
  expect(changed.ok).toBe(true);
  const begun = farm.time_s;
  runTo(farm, begun + 5);
  // 10 s of lag, sampled once a second: between the readings of the sample before and of the next.
  const told = read(farm, 'composition', 0, helium);
  expect(told).toBeGreaterThan(0.5 + 0.5 * Math.exp(-0.5) - 0.005);
  expect(told).toBeLessThan(0.5 + 0.5 * Math.exp(-0.39) + 0.005);
  const loaded = loadSnapshot(saveSnapshot(farm));
  if (!loaded.ok) throw new Error(loaded.message);
  for (const one of [farm, loaded.farm]) runTo(one, begun + 7);
  expect(read(loaded.farm, 'composition', 0, helium)).toBe(read(farm, 'composition', 0, helium));
});

test('between slow scans a lost sample is asked for again; a lost sensor stays lost', () => {
  const farm = farmWith({ 'layout.size': [2, 2, 1], 'simulation.fidelity': 'averaged', 'drive.enabled': false });
  const view = {
    time_s: 0,
    state: farm.state,
    readings: farm.detector.readings,
    headers: farm.headers,
    edges: farm.layout.edges,
    inertance: new Float64Array(0),
    frequency: 1000,
    roomVolume: 1000,
    ventilation: 10,
  };
  const scanned = (time_s: number, dt: number, isBroken = false): number => {
    const measurement = new Measurement(4, HARDWARE_SENSORS, 1, () => ({ ...view, time_s }));
    if (isBroken) measurement.sensors.setFault(id, { kind: 'dropped' });
    measurement.scan(SEED_LIMITS, dt);
    return measurement.pressure[0];
  };
  // The first sample that this sensor loses by itself.
  const { sensors, placement } = new Measurement(4, HARDWARE_SENSORS, 1, () => view);
  const id = placement.id('pressure', 0, 0);
  const { rate } = SENSORS.pressure;
  let lost = 1;
  while (!Number.isNaN(sensors.read(id, lost / rate))) lost++;
  expect(lost).toBeGreaterThan(1000);
  expect(scanned(lost / rate, 0.01)).toBeNaN();
  expect(scanned(lost / rate, 60)).toBeGreaterThan(4 * ATM);
  expect(scanned(lost / rate, 60, true)).toBeNaN();
});
