// The drive's control against the linear network's exact solution, with a wrong model of the gas, and on running farms.

import { describe, expect, test } from 'vitest';
import type { Farm } from '../../farm.ts';
import { parseFault } from '../../faults/parse.ts';
import { solveNetwork } from '../../gas-oscillation/linear-network.ts';
import type { WindowReadings } from '../../gas-oscillation/oscillation-detector.ts';
import { TWO_PI } from '../../numerics/elementary.ts';
import { loadSnapshot, saveSnapshot } from '../../snapshot.ts';
import { farmWith } from '../../testing.ts';
import { DriveFeedforward } from './drive-feedforward.ts';
import { NetworkInverse, type NetworkState } from './network-inverse.ts';

const SMALL = { 'layout.size': [3, 2, 2], 'simulation.fidelity': 'waveform', 'cooling.room_model': 'uniform' };
const stateOf = (farm: Farm): NetworkState => ({
  mean: farm.linearMean(),
  coefficients: farm.coefficients,
  omega: TWO_PI * farm.values['drive.frequency_Hz'],
});

/** Pressures that pistons make in the linear network, its minor loss at the flows they drive; Pa. */
function pressuresOf(farm: Farm, state: NetworkState, re: Float64Array, im: Float64Array) {
  const flow = new Float64Array(farm.layout.edges.length / 2);
  for (let pass = 0; pass < 200; pass++) {
    const solved = solveNetwork(state.mean, state.coefficients, farm.layout.edges, state.omega, re, im, flow);
    if (!solved) throw new Error('no solution');
    let change = 0;
    for (let e = 0; e < flow.length; e++) {
      change = Math.max(change, Math.abs((solved.flow[e] as number) - (flow[e] as number)));
      flow[e] = 0.5 * ((flow[e] as number) + (solved.flow[e] as number));
    }
    if (change < 1e-14) return solved;
  }
  throw new Error('no end');
}

describe('the network read backwards', () => {
  for (const pattern of ['spiral', 'plane_x', 'face_x', 'centre']) {
    test(`${pattern}: its displacements make the wanted pressures, 1e-5`, () => {
      const farm = farmWith({ ...SMALL, 'drive.pattern': pattern });
      const state = stateOf(farm);
      const { driven, phase } = farm.pattern;
      const wanted = { re: phase.map((p) => 3000 * Math.cos(p)), im: phase.map((p) => 3000 * Math.sin(p)) };
      const inverse = new NetworkInverse(farm.layout.count, farm.layout.edges);
      expect(inverse.solve(state, driven, wanted.re, wanted.im, 60)).toBe(true);
      const { pressureRe, pressureIm } = pressuresOf(farm, state, inverse.pistonRe, inverse.pistonIm);
      driven.forEach((one, i) => {
        if (one === 0) {
          expect(Math.hypot(inverse.pistonRe[i] as number, inverse.pistonIm[i] as number)).toBe(0);
          return;
        }
        const off = Math.hypot(
          (pressureRe[i] as number) - (wanted.re[i] as number),
          (pressureIm[i] as number) - (wanted.im[i] as number),
        );
        expect(off / 3000).toBeLessThan(1e-5);
      });
    });
  }
});

/** What a detector would read of a linear network under the drive's pistons. */
function readingsOf(farm: Farm, plant: NetworkState, drive: DriveFeedforward): WindowReadings {
  const solved = pressuresOf(farm, plant, drive.pistonRe, drive.pistonIm);
  return {
    ...farm.detector.readings,
    pressure: plant.mean.pressure,
    cosine: solved.pressureRe,
    sine: solved.pressureIm.map((x) => -x),
  };
}

describe('with a model of other gas than there is', () => {
  const cold = farmWith({ ...SMALL, 'drive.pattern': 'spiral' });
  const warm = farmWith({ ...SMALL, 'drive.pattern': 'spiral', 'initial.temperature_K': 306 });
  const hot = farmWith({ ...SMALL, 'drive.pattern': 'spiral', 'initial.temperature_K': 310 });
  const far = farmWith({ ...SMALL, 'drive.pattern': 'spiral', 'initial.temperature_K': 325 });
  const ones = new Float64Array(cold.layout.count).fill(1);

  test('converges to the exact solution of the network there is, and again after a step of its temperature', () => {
    const wish = { ratio: 0.004, stepSize: 0.3, limit: 1 };
    const drive = new DriveFeedforward(cold.layout.count, cold.layout.edges, wish, cold.pattern);
    const model = stateOf(cold);
    drive.retune(model, model.mean.pressure);
    const errors: number[] = [];
    const pass = (plant: NetworkState, windows: number): void => {
      for (let k = 0; k < windows; k++) {
        drive.adapt(() => model, readingsOf(cold, plant, drive), ones, true);
        errors.push(drive.error);
      }
    };
    // The model is off by 6 K, then, at a jump, by 10 K.
    pass(stateOf(warm), 60);
    expect(errors[0]).toBeGreaterThan(0.02);
    expect(errors[59]).toBeLessThan(3e-4);
    const exact = new NetworkInverse(cold.layout.count, cold.layout.edges);
    const plant = stateOf(warm);
    const amplitude = plant.mean.pressure.map((p) => 0.004 * p);
    exact.solve(
      plant,
      cold.pattern.driven,
      amplitude.map((a, i) => a * Math.cos(cold.pattern.phase[i] as number)),
      amplitude.map((a, i) => a * Math.sin(cold.pattern.phase[i] as number)),
      1,
    );
    const largest = Math.max(...exact.pistonRe.map((x, i) => Math.hypot(x, exact.pistonIm[i] as number)));
    exact.pistonRe.forEach((x, i) => {
      const off = Math.hypot(
        x - (drive.pistonRe[i] as number),
        (exact.pistonIm[i] as number) - (drive.pistonIm[i] as number),
      );
      expect(off / largest).toBeLessThan(2e-3);
    });
    pass(stateOf(hot), 60);
    expect(errors[60]).toBeGreaterThan(0.005);
    expect(Math.max(...errors.slice(60))).toBeLessThan(2 * (errors[60] as number));
    expect(errors[119]).toBeLessThan(3e-4);
  });

  test('where the model is beyond use, corrections that make it worse are dropped: the error stays bounded', () => {
    const wish = { ratio: 0.004, stepSize: 0.3, limit: 1 };
    const drive = new DriveFeedforward(cold.layout.count, cold.layout.edges, wish, cold.pattern);
    const model = stateOf(cold);
    drive.retune(model, model.mean.pressure);
    const errors: number[] = [];
    for (let k = 0; k < 100; k++) {
      drive.adapt(() => model, readingsOf(cold, stateOf(far), drive), ones, true);
      errors.push(drive.error);
    }
    expect(drive.drops).toBeGreaterThan(1);
    expect(Math.max(...errors)).toBeLessThan(3 * (errors[0] as number));
  });

  test('takes the share μ of the error away where the model is right', () => {
    const wish = { ratio: 0.004, stepSize: 0.3, limit: 1 };
    const drive = new DriveFeedforward(cold.layout.count, cold.layout.edges, wish, cold.pattern);
    const model = stateOf(cold);
    // Starts from an aim at another network: the error is the model's, which is then right.
    drive.retune(stateOf(hot), model.mean.pressure);
    const errors: number[] = [];
    for (let k = 0; k < 8; k++) {
      drive.adapt(() => model, readingsOf(cold, model, drive), ones, true);
      errors.push(drive.error);
    }
    for (let k = 3; k < 8; k++) expect((errors[k] as number) / (errors[k - 1] as number)).toBeCloseTo(0.7, 1);
  });

  test('a stroke that is too short shrinks the wish, keeps the pattern and says so', () => {
    const model = stateOf(cold);
    const free = new DriveFeedforward(
      cold.layout.count,
      cold.layout.edges,
      { ratio: 0.004, stepSize: 0.3, limit: 1 },
      cold.pattern,
    );
    free.retune(model, model.mean.pressure);
    const largest = Math.max(...free.pistonRe.map((x, i) => Math.hypot(x, free.pistonIm[i] as number)));
    const drive = new DriveFeedforward(
      cold.layout.count,
      cold.layout.edges,
      { ratio: 0.004, stepSize: 0.3, limit: 0.5 * largest },
      cold.pattern,
    );
    drive.retune(model, model.mean.pressure);
    expect(drive.reached).toBeCloseTo(0.5, 6);
    expect(drive.remark).toMatch(/50.0 %/);
    for (let k = 0; k < 30; k++) drive.adapt(() => model, readingsOf(cold, model, drive), ones, true);
    expect(Math.max(...drive.pistonRe.map((x, i) => Math.hypot(x, drive.pistonIm[i] as number)))).toBeLessThanOrEqual(
      0.5 * largest * (1 + 1e-12),
    );
    expect(drive.error).toBeLessThan(1e-3);
  });
});

describe('on a running farm', () => {
  const DRIVEN = { ...SMALL, 'drive.pattern': 'spiral', 'drive.control': 'adaptive', 'drive.control_ratio': 0.004 };
  const windows = (farm: Farm, n: number): void => {
    const end = farm.detector.readings.count + n;
    while (farm.intact && farm.detector.readings.count < end) farm.step(1);
    expect(farm.stopReason).toBeNull();
  };
  const control = (farm: Farm): DriveFeedforward => {
    if (!farm.drive.control) throw new Error('no control');
    return farm.drive.control;
  };

  test('off, nothing of it is there: the same bits whatever its other settings', () => {
    const plain = farmWith(SMALL);
    const other = farmWith({ ...SMALL, 'drive.control_ratio': 0.05, 'drive.control_step': 1 });
    plain.step(900);
    other.step(900);
    expect(other.stateHash()).toBe(plain.stateHash());
    expect(plain.drive.control).toBeNull();
  });

  test('the pressures become the wanted pattern within 0.5 %, through a step of the gas temperature and a new wish; a snapshot goes on bit for bit', () => {
    const farm = farmWith(DRIVEN);
    windows(farm, 30);
    expect(control(farm).largestError).toBeLessThan(5e-3);
    const { readings } = farm.detector;
    farm.pattern.phase.forEach((phase, i) => {
      const p = 0.004 * (readings.pressure[i] as number);
      expect(Math.abs((readings.cosine[i] as number) - p * Math.cos(phase)) / p).toBeLessThan(5e-3);
      expect(Math.abs(-(readings.sine[i] as number) - p * Math.sin(phase)) / p).toBeLessThan(5e-3);
    });
    expect(farm.edit({ 'initial.temperature_K': 312 }).ok).toBe(true);
    let worst = 0;
    for (let k = 0; k < 30; k++) {
      windows(farm, 1);
      if (k > 2) worst = Math.max(worst, control(farm).error);
    }
    expect(worst).toBeLessThan(0.2);
    expect(control(farm).largestError).toBeLessThan(5e-3);
    const loaded = loadSnapshot(saveSnapshot(farm));
    if (!loaded.ok) throw new Error(loaded.message);
    expect(farm.edit({ 'drive.control_ratio': 0.006 }).ok).toBe(true);
    expect(loaded.farm.edit({ 'drive.control_ratio': 0.006 }).ok).toBe(true);
    windows(farm, 25);
    windows(loaded.farm, 25);
    expect(control(farm).largestError).toBeLessThan(5e-3);
    expect(loaded.farm.stateHash()).toBe(farm.stateHash());
    expect([...control(loaded.farm).pistonRe]).toEqual([...control(farm).pistonRe]);
    expect(farm.balance().energy).toBeLessThan(1e-11);
  });

  test('shares of the plant stand above it, and while one acts nothing is learnt', () => {
    const farm = farmWith(DRIVEN);
    windows(farm, 12);
    const parsed = parseFault(`power-dip=0.12@farm:${farm.time_s + 1e-3}`, farm.plant.targets);
    if (!parsed.ok) throw new Error('fault');
    farm.plant.addFault(parsed.fault, 'test');
    windows(farm, 3);
    const { corrections } = control(farm);
    expect(farm.plant.effects.drive[0]).toBeCloseTo(0.88, 12);
    farm.surroundings.pistonTargetRe.forEach((x, i) => {
      expect(x).toBe((control(farm).pistonRe[i] as number) * (farm.plant.effects.drive[i] as number));
    });
    windows(farm, 20);
    expect(control(farm).corrections).toBe(corrections);
    expect(control(farm).error).toBeGreaterThan(0.05);
    farm.plant.emergencyStop(true, 'test', 'test');
    windows(farm, 5);
    expect([...farm.surroundings.pistonTargetRe].every((x) => x === 0)).toBe(true);
  });

  test('averaged: corrected once a step; the balance closes', () => {
    const farm = farmWith({ ...DRIVEN, 'simulation.fidelity': 'averaged', 'simulation.averaged_step_s': 1 });
    farm.step(25);
    expect(farm.mode).toBe('averaged');
    expect(control(farm).error).toBeLessThan(0.02);
    expect(farm.balance().energy).toBeLessThan(1e-9);
  });
});
