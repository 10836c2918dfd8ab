import { describe, expect, it } from 'vitest';
import { SetpointRecord } from './setpoint-record.ts';

describe('the record of a setpoint step', () => {
  it('begins with a change, not with the first setpoint, and counts time from it', () => {
    const record = new SetpointRecord();
    record.step(0.1, 5, 4.9, 100);
    record.step(0.1, 5, 4.9, 100);
    expect(record.recorded()).toBeNull();
    for (let k = 0; k < 4; k++) record.step(0.1, 6, 5 + 0.2 * k, 100);
    const step = record.recorded();
    expect(step).toMatchObject({ loop: 0, from: 5, to: 6 });
    expect([...(step?.time ?? [])].map((t) => Number(t.toFixed(9)))).toEqual([0, 0.1, 0.2, 0.3]);
    expect([...(step?.measurement ?? [])]).toEqual([5, 5.2, 5.4, 5.6]);
    record.step(0.1, 5, 5.9, 100);
    record.step(0.1, 5, 5.8, 100);
    expect(record.recorded()).toMatchObject({ from: 6, to: 5, measurement: new Float64Array([5.9, 5.8]) });
  });

  it('keeps the whole of a long record by thinning, leaves lost samples out, stops in the end', () => {
    const record = new SetpointRecord();
    record.step(0.01, 0, 0, 50);
    for (let k = 0; k <= 10_000; k++) record.step(0.01, 1, k % 7 === 3 ? Number.NaN : k, 50);
    const step = record.recorded();
    if (!step) throw new Error('nothing');
    expect(step.time.length).toBeLessThanOrEqual(512);
    expect(step.time.length).toBeGreaterThan(200);
    expect(step.time[0]).toBe(0);
    expect(step.time[step.time.length - 1]).toBeGreaterThan(49);
    expect(step.time[step.time.length - 1]).toBeLessThanOrEqual(50);
    expect(step.measurement.every((y, k) => Number.isFinite(y) && Math.abs(y * 0.01 - step.time[k]) < 1e-6)).toBe(true);
  });

  it('another loop has another record', () => {
    const record = new SetpointRecord();
    record.step(0.1, 5, 5, 10);
    for (let k = 0; k < 3; k++) record.step(0.1, 6, 5, 10);
    record.watch(0);
    expect(record.recorded()).not.toBeNull();
    record.watch(3);
    expect(record.loop).toBe(3);
    expect(record.recorded()).toBeNull();
    record.step(0.1, 9, 5, 10);
    record.step(0.1, 9, 5, 10);
    expect(record.recorded()).toBeNull();
  });
});
