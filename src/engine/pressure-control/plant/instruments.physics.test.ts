// Faults of any sensor on a running farm: alarmed by chamber, named by tag, cleared; kept in snapshots and over edits. And the alarms of
// measured wall and chip temperatures.

import { describe, expect, it, test } from 'vitest';
import { sensorState } from '../../drivers/sensor-states.ts';
import type { Farm } from '../../farm.ts';
import { parseFault } from '../../faults/parse.ts';
import { queryAlarms } from '../../monitoring/alarms/alarm-list.ts';
import type { ParameterEdits } from '../../parameters/edit.ts';
import { loadSnapshot, saveSnapshot } from '../../snapshot.ts';
import { farmWith } from '../../testing.ts';

const SMALL = { 'layout.size': [2, 2, 1], 'simulation.fidelity': 'waveform' };
const AVERAGED = { 'layout.size': [2, 2, 1], 'simulation.fidelity': 'averaged', 'simulation.averaged_step_s': 1 };

function inject(farm: Farm, text: string): void {
  const parsed = parseFault(text, farm.plant.targets, farm.plant.measurement.numbers);
  if (!parsed.ok) throw new Error(parsed.problems[0]?.message);
  farm.plant.addFault(parsed.fault, 'test');
}

function runTo(farm: Farm, time_s: number): void {
  farm.modes.horizon_s = time_s;
  while (farm.intact && farm.time_s < time_s - 1e-9) farm.step(farm.mode === 'averaged' ? 1 : 20);
  expect(farm.stopReason).toBeNull();
}

const standing = ({ plant }: Farm): string[] =>
  queryAlarms(plant.alarms).rows.map(({ kind, place }) => `${kind} ${place}`);
const logged = ({ plant }: Farm): string[] =>
  plant.log.entries().flatMap(({ who, what }) => (who === 'instruments' ? [what] : []));

function edited(farm: Farm, edits: ParameterEdits): Farm {
  const result = farm.edit(edits);
  if (!result.ok) throw new Error(result.problems[0]?.message);
  return result.farm;
}

describe('a fault of a sensor that does not vote', () => {
  it('is alarmed in its chamber, named by its tag in alarm and log, seen in its file, and can be cleared', () => {
    const farm = farmWith(SMALL);
    inject(farm, 'sensor-bias=0.1@XT-3-7:0.1');
    inject(farm, 'sensor-dropout@TT-1-8,FT-2-1:0.1');
    runTo(farm, 1.2);
    expect(standing(farm).sort()).toEqual([
      'instrument-bad chamber 1: TT-0001-8',
      'instrument-bad chamber 2: FT-0002-1',
      'instrument-deviation chamber 3: XT-0003-7',
    ]);
    expect(logged(farm).sort()).toEqual([
      'FT-0002-1 gives no reading.',
      'TT-0001-8 gives no reading.',
      'XT-0003-7 differs from the others.',
    ]);
    const state = sensorState(farm, 'oscillation', 3 * 100 + 6);
    expect([state.tag, state.suspicion]).toEqual(['XT-0003-7', 'deviation']);
    expect(Math.abs(state.value - sensorState(farm, 'oscillation', 3 * 100 + 7).value)).toBeGreaterThan(19_000);
    farm.plant.faults.clearAll('test', 'mended', farm.time_s);
    runTo(farm, 1.4);
    expect(sensorState(farm, 'oscillation', 3 * 100 + 6).suspicion).toBeNull();
    expect(farm.plant.instruments.isEmpty).toBe(true);
  });

  it('moves no vote, and the interlocks do not act', () => {
    const farm = farmWith(SMALL);
    const calm = farmWith(SMALL);
    inject(farm, 'sensor-bias=0.9@PT-*-4-5,TT-*-4-10:0');
    runTo(farm, 0.5);
    runTo(calm, 0.5);
    expect(farm.plant.interlocks.tripped).toBe(false);
    expect(farm.plant.measurement.pressureVote.value).toEqual(calm.plant.measurement.pressureVote.value);
  });

  it('goes on alike from a snapshot, bit for bit', () => {
    const farm = farmWith(SMALL);
    inject(farm, 'sensor-stuck@AT-0-1:0.1');
    inject(farm, 'sensor-noise=20@PT-1-4:0.1');
    inject(farm, 'sensor-drift=0.01@TT-2-9:0.1');
    inject(farm, 'sensor-bias=0.1@13:0.1');
    runTo(farm, 0.4);
    const loaded = loadSnapshot(saveSnapshot(farm));
    if (!loaded.ok) throw new Error(loaded.message);
    expect(saveSnapshot(loaded.farm)).toEqual(saveSnapshot(farm));
    runTo(farm, 1.3);
    runTo(loaded.farm, 1.3);
    expect(saveSnapshot(loaded.farm)).toEqual(saveSnapshot(farm));
    expect(standing(farm)).toContain('instrument-deviation chamber 1: PT-0001-4');
  });

  it('goes over edits with its tag, whatever number it gets; alarms stay; what is gone ends', () => {
    let farm = farmWith(SMALL);
    inject(farm, 'sensor-bias=0.2@XT-3-7:0');
    inject(farm, 'sensor-bias=0.2@XT-3-90:0');
    inject(farm, 'sensor-stuck@XT-0-2,2:0');
    runTo(farm, 1);
    const { sensors, numbers } = farm.plant.measurement;
    const stuck = [sensors.fault(sensors.placement.find('XT-0-2') as number), sensors.fault(numbers.idOf(2))];
    const before = farm.plant.targets.sensor;
    farm = edited(farm, { 'sensors.oscillation_detectors': 50_000 });
    expect(farm.plant.targets.sensor).toBe(before - 4 * 50);
    const { placement, sensors: bank } = farm.plant.measurement;
    expect(
      bank
        .faulty()
        .map((id) => placement.tag(id))
        .sort(),
    ).toEqual(['PT-0000-3', 'XT-0000-2', 'XT-0003-7']);
    // Stuck where they were, not where they would be now.
    expect([bank.fault(placement.find('XT-0-2') as number), bank.fault(placement.find('PT-0-3') as number)]).toEqual(
      stuck,
    );
    expect(farm.plant.faults.all.map(({ state }) => state)).toEqual(['active', 'ended', 'active']);
    expect(standing(farm)).toContain('instrument-deviation chamber 3');
    runTo(farm, 1.2);
    expect(standing(farm)).toContain('instrument-deviation chamber 3: XT-0003-7');
    // An edit that leaves the sensors as they are leaves what is known of them.
    const known = farm.plant.instruments.save();
    farm = edited(farm, { 'safety.relief_bore_m': 0.009 });
    expect(farm.plant.instruments.save()).toEqual(known);
  });
});

describe('measured walls and chips', () => {
  it('are alarmed in order, the overload named first', () => {
    const farm = farmWith({ ...AVERAGED, 'chips.power_W': [5, 5, 150, 5] });
    inject(farm, 'chip-overload=20@2:5');
    const { alarms } = farm.plant;
    const raised = alarms.table.instance('wall-temperature-raised', 2);
    while (farm.time_s < 400 && !alarms.machine.condition(raised)) runTo(farm, farm.time_s + 5);
    const first = new Map<string, number>();
    for (const { alarm, time_s, why } of farm.plant.journal.entries()) {
      const { table } = farm.plant.alarms;
      if (why === 'condition in' && table.place(alarm).index === 2 && !first.has(table.kind(alarm)))
        first.set(table.kind(alarm), time_s);
    }
    const order = [...first].sort(([, a], [, b]) => a - b).map(([kind]) => kind);
    expect(order.slice(0, 3)).toEqual(['chip-power-high', 'chip-temperature-high', 'wall-temperature-raised']);
    const root = alarms.explain(raised)?.chain.map(({ kind }) => kind);
    expect(root).toEqual(['chip-power-high', 'chip-temperature-high', 'wall-temperature-raised']);
    const { wall, chip } = farm.plant.measurement.surfaces;
    expect(wall[2]).toBeGreaterThan(400);
    expect((chip[2] as number) - (wall[2] as number)).toBeGreaterThan(1);
  }, 60_000);

  it('one wrong wall thermometer of three raises nothing; of the chips’ two the higher counts, and the instrument is named', () => {
    const farm = farmWith({ ...AVERAGED, 'chips.power_W': 5 });
    inject(farm, 'sensor-bias=0.5@TT-1-4,TT-1-7:3');
    runTo(farm, 30);
    expect(standing(farm)).toEqual(
      expect.arrayContaining(['instrument-deviation chamber 1: TT-0001-4, TT-0001-7 or TT-0001-8']),
    );
    const { alarms } = farm.plant;
    const journal = farm.plant.journal.entries().map(({ alarm }) => alarms.table.kind(alarm));
    expect(journal).not.toContain('wall-temperature-raised');
    expect(alarms.explain(alarms.table.instance('chip-temperature-high', 1))?.root.kind).toBe('instrument-deviation');
  });

  it('of the calm farm stand far below their limits', () => {
    const farm = farmWith({ ...AVERAGED });
    runTo(farm, 20);
    const { wall, chip } = farm.plant.measurement.surfaces;
    expect(Math.max(...wall)).toBeLessThan(390);
    expect(Math.max(...chip)).toBeLessThan(farm.values['monitoring.chip_temperature_alert_K'] - 20);
    expect(farm.plant.journal.entries()).toEqual([]);
  });
});

test('the alarm table does not grow with the sensors', () => {
  const few = farmWith({ ...SMALL, 'sensors.oscillation_detectors': 1000 });
  expect(few.plant.alarms.table.count).toBe(farmWith(SMALL).plant.alarms.table.count);
});
