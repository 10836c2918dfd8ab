// What writing registers does to the real plant, and that manual commands live on in snapshots and edits.

import { describe, expect, it } from 'vitest';
import { ATM } from '../constants.ts';
import type { Farm } from '../farm.ts';
import { loadSnapshot, saveSnapshot } from '../snapshot.ts';
import { farmWith } from '../testing.ts';
import { CONTROLLED, mean, runTo, SMALL, sameBytes, say, value } from './driving.testing.ts';

describe('a register write acts on the real plant', () => {
  it('moves the stems of the valves, and the pressure follows; gas and energy are booked', () => {
    const farm = farmWith({ ...CONTROLLED, 'control.scope': 'farm' });
    runTo(farm, 1);
    const before = mean(farm);
    const opening = value(farm, 'pressure-valve/0/position');
    for (let i = 0; i < 8; i++) {
      say(farm, `write pressure-valve/${2 * i}/command 0.2`);
      say(farm, `write pressure-valve/${2 * i + 1}/command 0`);
    }
    // The stem has not moved yet: it has its own dynamics.
    expect(value(farm, 'pressure-valve/0/position')).toBeCloseTo(opening, 6);
    runTo(farm, 1.02);
    const onTheWay = value(farm, 'pressure-valve/0/position');
    expect(onTheWay).toBeGreaterThan(opening);
    expect(onTheWay).toBeLessThan(0.19);
    runTo(farm, 2);
    expect(value(farm, 'pressure-valve/0/position')).toBeCloseTo(0.2, 2);
    expect(value(farm, 'pressure-valve/1/position')).toBe(0);
    expect(value(farm, 'pressure-valve/0/flow')).toBeGreaterThan(0.005);
    expect(mean(farm)).toBeGreaterThan(before + 0.5 * ATM);
    for (let i = 0; i < 16; i++) say(farm, `release pressure-valve/${i}`);
    const high = mean(farm);
    runTo(farm, 2.3);
    expect(value(farm, 'pressure-valve/0/mode')).toBe(2);
    // Let go without a bump: the loop has followed the stems, and takes the valves from where they stood.
    const asked = (): number => Math.max(0, 0.05 + value(farm, 'pressure-controller/0/output'));
    expect(value(farm, 'pressure-valve/0/command')).toBeCloseTo(asked(), 2);
    expect(value(farm, 'pressure-valve/0/position')).toBeGreaterThan(0.15);
    runTo(farm, 4.5);
    expect(value(farm, 'pressure-valve/0/command')).toBeCloseTo(asked(), 3);
    expect(value(farm, 'pressure-valve/0/position')).toBeLessThan(0.15);
    expect(mean(farm)).toBeLessThan(high + 0.1 * ATM);
    expect(Math.abs(farm.balance().energy)).toBeLessThan(1e-11);
    expect(farm.balance().mass).toBeLessThan(1e-12);
    const log = farm.plant.log.entries({ kinds: ['act'] });
    expect(log[0]).toMatchObject({ who: 'Ada', what: 'Manual: supply valve of chamber 0 held at 20 %' });
    expect(log.at(-1)?.what).toBe('Manual: return valve of chamber 7 released to automatic');
  });

  it('holds a valve against the cycle, which the others follow', () => {
    const farm = farmWith({
      ...SMALL,
      'layout.size': [2, 1, 1],
      'drive.enabled': false,
      'headers.enabled': true,
      'headers.cycle': 'sine',
      'headers.cycle_period_s': 0.5,
    });
    say(farm, 'write pressure-valve/2/command 0.5');
    expect(value(farm, 'pressure-valve/2/position')).toBe(0.5);
    runTo(farm, 0.25);
    expect(value(farm, 'pressure-valve/2/position')).toBe(0.5);
    expect(value(farm, 'pressure-valve/0/position')).not.toBe(0.5);
    expect(say(farm, 'cat actuators/supply-valve/1')).toContain('mode manual');
    expect(say(farm, 'cat manual')).toEqual(['supply valve of chamber 1 held at 0.5 by Ada since 0 s']);
    say(farm, 'release pressure-valve/2');
    expect(say(farm, 'cat manual')).toEqual([]);
    runTo(farm, 0.3);
    expect(value(farm, 'pressure-valve/2/position')).not.toBe(0.5);
  });

  it('doses gas through an injector at the flow ordered, whatever is set', () => {
    const farm = farmWith({ ...SMALL, 'drive.enabled': false, 'headers.enabled': true, 'headers.cycle': 'sine' });
    const closed = farmWith({ ...SMALL, 'drive.enabled': false, 'headers.enabled': true, 'headers.cycle': 'sine' });
    say(farm, 'write gas-injector/3/command 0.01');
    for (const one of [farm, closed]) runTo(one, 0.2);
    const injected = (one: Farm): number => {
      const totals = one.headers.present?.totals;
      if (!totals) throw new Error('no headers');
      return totals.slice(13 + 18, 13 + 24).reduce((a, n) => a + n, 0);
    };
    expect(injected(closed)).toBe(0);
    expect(injected(farm) / (0.01 * farm.time_s)).toBeCloseTo(1, 2);
    expect(value(farm, 'gas-injector/3/flow')).toBeCloseTo(0.01, 9);
    expect(Math.abs(farm.balance().energy)).toBeLessThan(1e-11);
  });

  it('vents a chamber to the room without headers, and shuts it again', () => {
    const farm = farmWith({ ...SMALL, 'vents.diameter_m': 0.01 });
    runTo(farm, 0.05);
    const before = mean(farm);
    say(farm, 'write vent-valve/2/command 1');
    runTo(farm, 0.15);
    expect(mean(farm)).toBeLessThan(0.95 * before);
    expect(value(farm, 'vent-valve/2/flow')).toBeLessThan(-0.1);
    say(farm, 'write vent-valve/2/command 0');
    runTo(farm, 0.17);
    const after = farm.state.amount.reduce((a, n) => a + n, 0);
    runTo(farm, 0.2);
    // What still changes is water that condenses.
    expect(farm.state.amount.reduce((a, n) => a + n, 0) / after).toBeCloseTo(1, 3);
  });

  it('slows fans: the room air carries less, uniform or solved', () => {
    for (const model of ['uniform', 'field']) {
      const farm = farmWith({
        ...SMALL,
        'simulation.fidelity': 'averaged',
        'cooling.room_model': model,
        'physical_infrastructure.room_dimensions': [3, 3, 3],
        'actuators.cooling_systems': 500,
      });
      const other = farmWith({ ...farm.values });
      expect(farm.plant.targets.fan).toBe(4);
      for (const k of [0, 1, 2]) say(farm, `write cooling-system/${k}/speed 0.2`);
      expect(farm.plant.effects.cooling).toBeCloseTo(0.4, 12);
      expect(value(farm, 'cooling-system/0/flow')).toBeCloseTo(0.05 * farm.values['cooling.circulation_rate'], 6);
      for (const one of [farm, other]) runTo(one, 300);
      expect(farm.state.wall[0]).toBeGreaterThan(other.state.wall[0] + 0.05);
    }
  });

  it('holds the speed of a pump by curve; the others make up for it', () => {
    const farm = farmWith({
      ...SMALL,
      'layout.size': [2, 1, 1],
      'drive.enabled': false,
      'headers.enabled': true,
      'headers.compressor_model': 'curve',
      'actuators.circulation_pumps': 2000,
    });
    expect(farm.plant.targets.pump).toBe(4);
    runTo(farm, 0.1);
    say(farm, 'write circulation-pump/2/command 0.3');
    expect(value(farm, 'circulation-pump/2/command')).toBeCloseTo(0.3, 6);
    runTo(farm, 4);
    expect(value(farm, 'circulation-pump/2/speed')).toBeCloseTo(0.3, 6);
    expect(value(farm, 'circulation-pump/1/speed')).toBeGreaterThan(0.5);
    const loaded = loadSnapshot(saveSnapshot(farm));
    if (!loaded.ok) throw new Error(loaded.message);
    say(farm, 'write circulation-pump/2/command 0');
    say(loaded.farm, 'write circulation-pump/2/command 0');
    for (const one of [farm, loaded.farm]) runTo(one, 6);
    expect(value(farm, 'circulation-pump/2/speed')).toBe(0);
    expect(value(farm, 'circulation-pump/2/power')).toBe(0);
    expect(loaded.farm.stateHash()).toBe(farm.stateHash());
  });

  it('moves the controller’s setpoint; by hand its output stands, and it takes over from there', () => {
    for (const mode of ['fixed', 'adaptive', 'predictive']) {
      const farm = farmWith({
        ...CONTROLLED,
        'layout.size': [2, 1, 1],
        'control.scope': 'farm',
        'pressure_control.control_mode': mode,
      });
      runTo(farm, 0.5);
      say(farm, `write pressure-controller/1/setpoint ${5.4 * ATM}`);
      expect(Math.abs(value(farm, 'pressure-controller/0/setpoint') - 5.4 * ATM)).toBeLessThan(1);
      runTo(farm, 4);
      expect(Math.abs(mean(farm) / (5.4 * ATM) - 1), mode).toBeLessThan(0.04);
      say(farm, 'write pressure-controller/0/mode 1');
      const output = value(farm, 'pressure-controller/0/output');
      say(farm, 'write pressure-controller/0/output 0.02');
      runTo(farm, 4.5);
      expect(value(farm, 'pressure-controller/0/output')).toBeCloseTo(0.02, 6);
      expect(mean(farm)).toBeGreaterThan(5.6 * ATM);
      say(farm, `write pressure-controller/0/output ${output}`);
      say(farm, 'release pressure-controller/0');
      farm.step(10);
      expect(Math.abs(value(farm, 'pressure-controller/0/output') - output), mode).toBeLessThan(0.05);
      runTo(farm, 10);
      expect(Math.abs(mean(farm) / (5.4 * ATM) - 1), mode).toBeLessThan(0.04);
    }
  }, 60_000);
});

describe('manual commands live on', () => {
  const hold = (farm: Farm): void => {
    for (const line of [
      'write pressure-valve/1/command 0.15',
      'write pressure-valve/4/command 0.25',
      'write vent-valve/3/command 0.002',
      'write gas-injector/2/command 0.003',
      'write cooling-system/0/speed 0.5',
      `write pressure-controller/0/setpoint ${5.3 * ATM}`,
      'write pressure-controller/7/mode 1',
      'write pressure-controller/7/output 0.01',
    ])
      say(farm, line);
  };
  const manual = (farm: Farm): readonly string[] => say(farm, 'cat manual');

  it('in snapshots, bit for bit, taken at once or later', () => {
    for (const mode of ['fixed', 'predictive']) {
      const farm = farmWith({ ...CONTROLLED, 'pressure_control.control_mode': mode });
      runTo(farm, 0.2);
      hold(farm);
      for (const wait of [0, 0.123]) {
        runTo(farm, farm.time_s + wait);
        const loaded = loadSnapshot(saveSnapshot(farm));
        if (!loaded.ok) throw new Error(loaded.message);
        expect(manual(loaded.farm)).toEqual(manual(farm));
        expect(manual(farm).length).toBe(7);
        const end = farm.time_s + 0.3;
        for (const one of [farm, loaded.farm]) runTo(one, end);
        expect(loaded.farm.stateHash()).toBe(farm.stateHash());
        expect(sameBytes(saveSnapshot(loaded.farm), saveSnapshot(farm))).toBe(true);
      }
    }
  });

  it('in snapshots of a farm without headers, averaged, with a vent open and fans slowed', () => {
    const farm = farmWith({ ...SMALL, 'simulation.fidelity': 'averaged', 'simulation.averaged_step_s': 1 });
    farm.step(3);
    say(farm, 'write vent-valve/3/command 0.01');
    say(farm, 'write cooling-system/0/speed 0.3');
    const loaded = loadSnapshot(saveSnapshot(farm));
    if (!loaded.ok) throw new Error(loaded.message);
    for (const one of [farm, loaded.farm]) one.step(5);
    expect(loaded.farm.stateHash()).toBe(farm.stateHash());
  });

  it('over edits in place and edits that build the farm anew', () => {
    const farm = farmWith(CONTROLLED);
    runTo(farm, 0.2);
    hold(farm);
    const before = manual(farm);
    for (const edits of [
      { 'safety.relief_bore_m': 0.01 },
      { 'headers.valve_diameter_m': 0.004 },
      { 'control.closed_loop_s': 1 },
    ]) {
      const reply = farm.edit(edits);
      expect(reply.ok && reply.farm).toBe(farm);
      expect(manual(farm)).toEqual(before);
    }
    const rebuilt = farm.edit({ 'layout.spacing_m': 0.15 });
    if (!rebuilt.ok) throw new Error(JSON.stringify(rebuilt.problems));
    expect(rebuilt.farm).not.toBe(farm);
    expect(manual(rebuilt.farm)).toEqual(before);
    runTo(rebuilt.farm, rebuilt.farm.time_s + 0.5);
    expect(value(rebuilt.farm, 'pressure-valve/4/position')).toBeCloseTo(0.25, 2);
    expect(Math.abs(value(rebuilt.farm, 'pressure-controller/0/setpoint') - 5.3 * ATM)).toBeLessThan(1);
    expect(value(rebuilt.farm, 'pressure-controller/7/output')).toBeCloseTo(0.01, 6);
  });

  it('until their device is gone, or a setpoint is set anew; the log says so', () => {
    const farm = farmWith(CONTROLLED);
    runTo(farm, 0.1);
    hold(farm);
    expect(farm.edit({ 'control.setpoint_Pa': 5.1 * ATM }).ok).toBe(true);
    expect(Math.abs(value(farm, 'pressure-controller/0/setpoint') - 5.1 * ATM)).toBeLessThan(1);
    expect(manual(farm).length).toBe(6);
    const smaller = farm.edit({ 'layout.size': [2, 2, 1] });
    if (!smaller.ok) throw new Error('edit');
    expect(manual(smaller.farm)).toEqual([expect.stringMatching(/^fan 0 held at 0.5 by Ada/)]);
    expect(smaller.farm.plant.log.entries({ text: 'Manual commands ended' }).map(({ what }) => what)).toEqual([
      'Manual commands ended: 1',
      'Manual commands ended: 5',
    ]);
    // Headers off: held valves wait, and hold again when the headers are back.
    const other = farmWith(CONTROLLED);
    say(other, 'write pressure-valve/4/command 0.25');
    for (const enabled of [false, true]) expect(other.edit({ 'headers.enabled': enabled }).ok).toBe(true);
    runTo(other, 0.3);
    expect(value(other, 'pressure-valve/4/position')).toBeCloseTo(0.25, 2);
  });
});
