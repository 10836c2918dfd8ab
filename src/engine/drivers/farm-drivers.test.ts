// The drivers on a running farm: every device's registers, what is refused, and that reading changes nothing.

import { describe, expect, it } from 'vitest';
import { ATM } from '../constants.ts';
import type { Farm } from '../farm.ts';
import { saveSnapshot } from '../snapshot.ts';
import { farmWith } from '../testing.ts';
import { baseAddress } from './device-tree.ts';
import { DEVICE_KIND_NAMES, type DeviceKind, deviceKind } from './devices.ts';
import { CONTROLLED, fault, runTo, SMALL, sameBytes, say, value } from './driving.testing.ts';
import { farmDeviceTree, farmDrivers } from './farm-drivers.ts';
import { PROC_ROOT, type ProcDirectory } from './proc.ts';

describe('registers of every kind', () => {
  const farm = farmWith(CONTROLLED);
  runTo(farm, 0.3);
  const { registers } = farmDrivers(farm, 'Ada');

  it.each(DEVICE_KIND_NAMES)('%s: read by name and by address alike, as their scale holds them', (kind) => {
    for (const index of new Set([0, registers.counts[kind] - 1])) {
      for (const register of deviceKind(kind).registers) {
        const path = `${kind}/${index}/${register.name}`;
        const reply = registers.readNamed(path);
        if (register.access === 'w') {
          expect(reply.ok, path).toBe(false);
          continue;
        }
        if (!reply.ok) throw new Error(`${path}: ${reply.problem.message} ${reply.problem.remedy}`);
        expect(reply.value, path).toBeGreaterThanOrEqual(register.min);
        expect(reply.value, path).toBeLessThanOrEqual(register.max);
        expect(registers.readWord(baseAddress(kind, index) + register.offset)).toEqual(reply);
      }
    }
  });

  /** A value for each register that is written, and one that follows another write. */
  const WRITTEN: Readonly<Partial<Record<DeviceKind, readonly (readonly [register: string, value: number])[]>>> = {
    'pressure-controller': [
      ['setpoint', 5.2 * ATM],
      ['mode', 1],
      ['output', 0.125],
      ['mode', 2],
    ],
    'gas-injector': [['command', 0.0125]],
    'cooling-system': [['speed', 0.4]],
    'pressure-valve': [['command', 0.3]],
    'circulation-pump': [['command', 0.75]],
    'vent-valve': [['command', 0.01]],
  };

  it.each(DEVICE_KIND_NAMES)('%s: what is written is read again, and released again', (kind) => {
    const writable = deviceKind(kind).registers.filter(({ access }) => access === 'rw');
    expect(new Set((WRITTEN[kind] ?? []).map(([name]) => name))).toEqual(
      new Set(writable.map(({ name }) => name).filter((name) => name !== 'mode' || kind === 'pressure-controller')),
    );
    for (const index of new Set([0, registers.counts[kind] - 1])) {
      for (const [name, wanted] of WRITTEN[kind] ?? []) {
        const path = `${kind}/${index}/${name}`;
        const reply = registers.writeNamed(path, wanted);
        if (!reply.ok) throw new Error(`${path}: ${reply.problem.message} ${reply.problem.remedy}`);
        expect(Math.abs(value(farm, path) - wanted)).toBeLessThanOrEqual(0.5 * reply.register.scale * (1 + 1e-9));
      }
      if (WRITTEN[kind] === undefined) continue;
      if (kind !== 'pressure-controller') expect(value(farm, `${kind}/${index}/mode`)).toBe(1);
      say(farm, `release ${kind}/${index}`);
      expect(value(farm, `${kind}/${index}/mode`)).toBe(2);
    }
  });

  it('a sensor tells what the instrument reads, through its lag, noise and converter', () => {
    const [tag, chamber, , reading, unit, quality, sampled] = say(farm, 'cat sensors/pressure/PT-0003-2');
    expect([tag, chamber, unit, quality]).toEqual(['tag PT-0003-2', 'chamber 3', 'unit Pa', 'quality good']);
    const sensed = Number(reading.split(' ')[1]);
    const { biasSpread, noise } = { biasSpread: 1000, noise: 100 };
    expect(Math.abs(sensed - farm.state.pressure[3])).toBeLessThan(5 * (biasSpread + noise));
    expect(sensed).not.toBe(farm.state.pressure[3]);
    expect(farm.time_s - Number(sampled.split(' ')[1])).toBeLessThan(0.0115);
    expect(say(farm, 'cat sensors/pressure/16')[0]).toBe('tag PT-0003-2');
  });

  it('the device tree is that of this farm; what is not in service is marked', () => {
    expect(farmDeviceTree(farm, 1)).toContain('/* 15 more of 16, each 64 bytes after the one before */');
    expect(farmDeviceTree(farm, 1)).not.toContain('disabled');
    const bare = farmDeviceTree(farmWith(SMALL), 1);
    expect(bare.split('status = "disabled";').length - 1).toBe(6);
  });
});

describe('refused', () => {
  /** Refuses with these words, and leaves every bit of the farm as it was. */
  const refuses = (farm: Farm, line: string, message: RegExp, remedy: RegExp, who = 'Ada'): void => {
    const before = saveSnapshot(farm);
    const reply = farmDrivers(farm, who).console.run(line);
    if (reply.ok) throw new Error(`${line}: ${reply.lines.join(' ')}`);
    expect(reply.problem.message, line).toMatch(message);
    expect(reply.problem.remedy, line).toMatch(remedy);
    expect(reply.problem.key, line).toBeTruthy();
    expect(sameBytes(saveSnapshot(farm), before), line).toBe(true);
  };

  it('out of range, read-only, unknown, unsigned', () => {
    const farm = farmWith(CONTROLLED);
    runTo(farm, 0.1);
    refuses(farm, 'write pressure-valve/0/command 1.2', /out of the range/, /Give 0 to 1/);
    refuses(farm, 'write pressure-valve/0/position 0.5', /can only be read/, /To write: command, mode/);
    refuses(farm, 'write pressure-valve/16/command 0.5', /no pressure-valve 16/, /Give 0 to 15/);
    refuses(farm, 'write pressure-controller/0/setpoint 2e6', /out of the range/, /interlocks trip/);
    refuses(farm, 'write pressure-controller/0/output 0.5', /moved by its controller/, /mode first/);
    refuses(farm, 'write circulation-pump/0/clear 1', /has not tripped/, /Nothing/);
    refuses(farm, 'write pressure-valve/0/command 0.5', /not signed/, /Say who/, ' ');
    refuses(farm, 'release temperature-sensor/0', /no register "mode"/, /Its registers/);
  });

  it('without headers, and without a controller', () => {
    const farm = farmWith(SMALL);
    runTo(farm, 0.05);
    refuses(farm, 'write pressure-valve/0/command 0.5', /headers are off/, /headers\.enabled/);
    refuses(farm, 'write gas-injector/0/command 0.5', /headers are off/, /headers\.enabled/);
    refuses(farm, 'write circulation-pump/0/command 0.5', /headers are off/, /headers\.enabled/);
    refuses(farm, 'read pressure-valve/0/position', /headers are off/, /headers\.enabled/);
    refuses(farm, 'write pressure-controller/0/setpoint 5e5', /controller is off/, /control\.enabled/);
  });

  it('while the control network is lost', () => {
    const farm = farmWith(CONTROLLED);
    runTo(farm, 0.05);
    fault(farm, 'network-loss@farm:0');
    refuses(farm, 'write pressure-valve/0/command 0.5', /network is lost/, /network-loss/);
  });

  it('by an interlock, which stands above every manual command', () => {
    const farm = farmWith({ ...CONTROLLED, 'drive.enabled': true });
    say(farm, 'write pressure-valve/0/command 0.6');
    say(farm, 'write gas-injector/0/command 0.001');
    runTo(farm, 0.05);
    fault(farm, 'power-dip=0.5@farm:0');
    runTo(farm, 0.1);
    expect(farm.plant.interlocks.tripped).toBe(true);
    expect(value(farm, 'pressure-valve/0/position')).toBe(0);
    expect(value(farm, 'pressure-valve/0/command')).toBeCloseTo(0.6, 6);
    expect(value(farm, 'gas-injector/0/flow')).toBe(0);
    refuses(
      farm,
      'write pressure-valve/2/command 0.5',
      /interlock holds shut.*Power supply low/,
      /reset the interlock/,
    );
    refuses(farm, 'write gas-injector/2/command 0.5', /interlock holds shut/, /reset/);
    expect(say(farm, 'cat actuators/supply-valve/0')).toContain('state held by an interlock: Power supply low');
    // Shutting is never forbidden.
    say(farm, 'write pressure-valve/2/command 0');
    farm.plant.faults.clearAll('test', 'done', farm.time_s);
    runTo(farm, 0.2);
    expect(farm.plant.resetInterlocks('Ada', 'supply is back')).toEqual([]);
    expect(farm.plant.sequence.phase).toBe('emergency');
    refuses(farm, 'write pressure-valve/4/command 0.5', /sequence holds shut.*emergency stop/, /runs again/);
    refuses(farm, 'write vent-valve/4/command 0', /sequence holds open/, /runs again/);
    refuses(farm, 'write cooling-system/0/speed 0.5', /sequence wants all of/, /runs again/);
  });
});

describe('reading changes nothing', () => {
  /** Reads all there is: every file, of numbered ones the first, one between and the last. */
  const readAll = (farm: Farm): number => {
    const { proc, registers } = farmDrivers(farm, 'reader');
    let read = 0;
    const walk = (node: ProcDirectory, path: string): void => {
      const count = node.count();
      const few = count > 30 ? [0, Math.floor(count / 2), count - 1] : Array.from({ length: count }, (_, k) => k);
      for (const k of few) {
        const name = node.name(k).replace(/\/$/, '');
        const entry = node.open(name);
        if (entry?.type === 'directory') walk(entry, `${path}/${name}`);
        else {
          const page = proc.read(`${path}/${name}`, 0, 1000);
          expect(page.ok, `${path}/${name}`).toBe(true);
          if (page.ok) for (const line of page.lines) expect(line).not.toMatch(/NaN|undefined|Infinity|object/);
          read++;
        }
      }
    };
    const root = proc.find(PROC_ROOT);
    if (!root.ok || root.node.type !== 'directory') throw new Error('no root');
    walk(root.node, PROC_ROOT);
    for (const kind of DEVICE_KIND_NAMES)
      for (const { name } of deviceKind(kind).registers) {
        registers.readNamed(`${kind}/0/${name}`);
        read++;
      }
    return read;
  };

  it.each([
    ['resolved, with headers and controller', CONTROLLED],
    ['resolved, bare', SMALL],
    ['averaged, cycling', { ...SMALL, 'simulation.fidelity': 'averaged', 'headers.enabled': true }],
  ])('%s: the same bits with and without', (_, edits) => {
    const [looked, left] = [farmWith(edits), farmWith(edits)];
    readAll(looked);
    for (const t of [0.05, 0.1, 0.3]) {
      for (const farm of [looked, left]) {
        fault(farm, 'sensor-noise=50@3:0');
        runTo(farm, t);
      }
      expect(readAll(looked)).toBeGreaterThan(100);
      expect(looked.stateHash()).toBe(left.stateHash());
      expect(sameBytes(saveSnapshot(looked), saveSnapshot(left))).toBe(true);
    }
  });
});
