import { expect, test } from 'vitest';
import { ATM } from '../engine/constants.ts';
import type { Farm } from '../engine/farm.ts';
import { parseFault } from '../engine/faults/parse.ts';
import { saveSnapshot } from '../engine/snapshot.ts';
import { farmWith } from '../engine/testing.ts';
import { driverCalls } from './driver-calls.ts';
import { MOST_ROWS, schematicOf } from './schematic.ts';

const EDITS = {
  'layout.size': [3, 3, 4],
  'drive.enabled': false,
  'simulation.fidelity': 'waveform',
  'headers.enabled': true,
  'headers.cycle': 'sine',
  'headers.cycle_period_s': 0.4,
};
const runTo = (farm: Farm, time_s: number): void => {
  while (farm.intact && farm.time_s < time_s - 1e-9) farm.step(20);
  expect(farm.stopReason).toBeNull();
};
const fault = (farm: Farm, text: string): void => {
  const parsed = parseFault(text, farm.plant.targets);
  if (!parsed.ok) throw new Error(JSON.stringify(parsed.problems));
  farm.plant.addFault({ ...parsed.fault, start_s: farm.time_s }, 'test');
};

test('the schematic sums each layer up: pressures as voted, openings, flows that close with the headers', () => {
  const farm = farmWith(EDITS);
  runTo(farm, 0.2);
  const { layers, supply, back, compressor, movedBy, cycle } = schematicOf(farm);
  expect(layers.map(({ first, last, chambers }) => [first, last, chambers])).toEqual([
    [0, 0, 9],
    [1, 1, 9],
    [2, 2, 9],
    [3, 3, 9],
  ]);
  const { value } = farm.plant.measurement.pressureVote;
  const own = [...value].filter((_, i) => farm.layout.layers[i] === 2);
  expect(layers[2].pressure.min).toBe(Math.min(...own));
  expect(layers[2].pressure.max).toBe(Math.max(...own));
  expect(layers[2].pressure.mean).toBeCloseTo(own.reduce((a, p) => a + p, 0) / own.length, 6);
  expect(movedBy).toBe('cycle');
  expect(cycle?.mean).toBeGreaterThan(4 * ATM);
  const headers = farm.headers.present;
  if (!headers || !supply || !back || !compressor) throw new Error('no headers');
  let flow = 0;
  for (let i = 0; i < 36; i++) flow += headers.flowInto(i, 0);
  expect(layers.reduce((sum, layer) => sum + layer.supply.flow, 0)).toBeCloseTo(flow, 9);
  expect(supply.pressure).toBe(headers.pressure(0));
  // Meters tell the flow within their noise and offset, 9 of 0.01 mol/s each.
  for (const layer of layers) expect(Math.abs(layer.supply.sensedFlow - layer.supply.flow)).toBeLessThan(0.3);
  for (const { opening } of layers.map((layer) => layer.back)) {
    expect(opening.min).toBeGreaterThanOrEqual(0);
    expect(opening.max).toBeLessThanOrEqual(1);
  }
});

test('it is a small message that does not grow with the chambers, and asking for it changes nothing', () => {
  const size = (farm: Farm): number => JSON.stringify(schematicOf(farm)).length;
  const farm = farmWith(EDITS);
  runTo(farm, 0.1);
  const before = saveSnapshot(farm);
  const small = size(farm);
  expect(Buffer.from(saveSnapshot(farm)).equals(before)).toBe(true);
  const tall = farmWith({ ...EDITS, 'layout.size': [4, 4, 61], 'drive.stroke_m3': 1e-5 });
  expect(schematicOf(tall).layers.length).toBeLessThanOrEqual(MOST_ROWS);
  expect(schematicOf(tall).layers.reduce((n, { chambers }) => n + chambers, 0)).toBe(976);
  expect(schematicOf(tall).layers.at(-1)?.last).toBe(60);
  expect(size(tall)).toBeLessThan(4 * small);
  expect(size(tall)).toBeLessThan(20_000);
});

test('what is not free is counted and named: hands, faults, trips, and the most urgent alarm of each part', () => {
  const farm = farmWith(EDITS);
  const calls = driverCalls(() => farm);
  runTo(farm, 0.1);
  for (const line of [
    'write pressure-valve/0/command 0.2',
    'write pressure-valve/2/command 0.2',
    'write pressure-valve/71/command 0',
    'write vent-valve/20/command 0.01',
    'write cooling-system/0/speed 0.5',
  ])
    expect(calls.driverCommand(line, 'Ada')).toMatchObject({ ok: true });
  fault(farm, 'stuck-valve=0.5@14:0');
  fault(farm, 'pump-trip@1:0');
  runTo(farm, 0.2);
  const { layers, pumps, fans, manual } = calls.schematic();
  expect(manual).toBe(5);
  expect(layers[0].supply).toMatchObject({ manual: 2, stuck: 1, held: 0, chambers: [0, 1, 7] });
  expect(layers[3].back).toMatchObject({ manual: 1, chambers: [35] });
  expect(layers[2].vents).toMatchObject({ open: 1, manual: 1, held: 0 });
  expect(layers[2].vents.flow).toBeGreaterThan(0);
  expect(fans.manual).toBe(1);
  expect(pumps).toMatchObject({ stopped: 1, alarm: { priority: 'medium', text: 'Pump tripped, pump 1', isNew: true } });
  fault(farm, 'power-dip=0.5@farm:0');
  runTo(farm, 0.3);
  const tripped = calls.schematic();
  expect(tripped.tripped).toBe(36);
  expect(tripped.layers[1].supply).toMatchObject({ held: 9 });
  expect(tripped.phase).toBe('emergency');
});

test('without headers what is measured is still told', () => {
  const farm = farmWith({ ...EDITS, 'headers.enabled': false });
  runTo(farm, 0.1);
  const { headers, supply, compressor, layers } = schematicOf(farm);
  expect([headers, supply, compressor]).toEqual([false, null, null]);
  expect(layers[0].pressure.mean / (5 * ATM)).toBeCloseTo(1, 2);
  expect(layers[0].supply.opening.mean).toBeNaN();
});

test('the calls answer as the console does, over the farm as it is now', () => {
  let farm = farmWith(EDITS);
  const calls = driverCalls(() => farm);
  expect(calls.procList('.', 0, 100)).toMatchObject({ ok: true });
  expect(calls.procRead('status', 0, 5)).toMatchObject({ ok: true, lines: expect.arrayContaining(['chambers 36']) });
  expect(calls.driverCompletions('read pressure-c')).toEqual(['pressure-controller/']);
  const rebuilt = farm.edit({ 'layout.size': [2, 2, 2] });
  if (!rebuilt.ok) throw new Error('edit');
  farm = rebuilt.farm;
  expect(calls.procRead('status', 0, 5)).toMatchObject({ lines: expect.arrayContaining(['chambers 8']) });
  expect(calls.driverCommand('read pressure-valve/16/position', 'Ada')).toMatchObject({
    ok: false,
    problem: { remedy: 'Give 0 to 15.' },
  });
});
