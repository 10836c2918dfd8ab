import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Problem } from '../config/problem.ts';
import { baseAddress, deviceAt, deviceTreeSource, MOST_DEVICES } from './device-tree.ts';
import { DEVICE_KIND_NAMES, type DeviceCounts, type DeviceKind, deviceKind } from './devices.ts';
import { RegisterSpace, valueIn, wordOf } from './registers.ts';

/** The seed's farm: etc/hardware/gas-oscillation.conf. */
const SEED: DeviceCounts = {
  'pressure-controller': 1000,
  'temperature-sensor': 10_000,
  'pressure-sensor': 5_000,
  'composition-analyzer': 1_000,
  'flow-meter': 2_000,
  'gas-injector': 1_000,
  'oscillation-analyzer': 100_000,
  'cooling-system': 200,
  'pressure-valve': 2_000,
  'circulation-pump': 500,
  'vent-valve': 1_000,
  'relief-valve': 1_000,
  compressor: 1,
};

function space(read: (register: string) => number | undefined = () => 1, refuse?: Problem) {
  const written: [DeviceKind, number, string, number][] = [];
  const registers = new RegisterSpace(SEED, {
    read: (_, __, register) => read(register),
    write: (kind, index, register, value) => {
      if (refuse) return refuse;
      written.push([kind, index, register, value]);
      return undefined;
    },
  });
  return { registers, written };
}

describe('the address space', () => {
  it('has every device of the seed’s farm at an address of its own', () => {
    let before = 0;
    for (const kind of DEVICE_KIND_NAMES) {
      expect(SEED[kind]).toBeLessThanOrEqual(MOST_DEVICES);
      for (const index of new Set([0, Math.min(1, SEED[kind] - 1), SEED[kind] - 1])) {
        const base = baseAddress(kind, index);
        expect(base).toBeGreaterThan(before);
        expect(deviceAt(base + 8, SEED)).toEqual({ kind, index, offset: 8 });
        before = base;
      }
      expect(deviceAt(baseAddress(kind, SEED[kind]), SEED)).toBeUndefined();
    }
    expect(before).toBeLessThan(0xffffffff);
    expect(deviceAt(0, SEED)).toBeUndefined();
    expect(() => baseAddress('flow-meter', MOST_DEVICES)).toThrow(RangeError);
  });

  it('has registers that do not overlap, fit a device, and fit 32 bits', () => {
    for (const kind of DEVICE_KIND_NAMES) {
      const { registers } = deviceKind(kind);
      expect(new Set(registers.map((one) => one.offset)).size).toBe(registers.length);
      expect(new Set(registers.map((one) => one.name)).size).toBe(registers.length);
      for (const { offset, min, max, scale, help } of registers) {
        expect(offset % 4 === 0 && offset < 0x40).toBe(true);
        expect(max / scale).toBeLessThan(min < 0 ? 2 ** 31 : 2 ** 32);
        expect(min / scale).toBeGreaterThanOrEqual(min < 0 ? -(2 ** 31) : 0);
        expect(help).toMatch(/^[A-Z0-9].*\.$/);
      }
    }
  });

  it('is told as a device tree', () => {
    const source = deviceTreeSource({ ...SEED, 'pressure-controller': 2 }, 2);
    expect(source).toMatch(/^\/dts-v1\/;\n\n\/ \{\n/);
    for (const name of [
      'pressure-controller',
      'temperature-sensor',
      'gas-injector',
      'oscillation-analyzer',
      'cooling-system',
    ])
      expect(source).toContain(`compatible = "buhera,${name}";`);
    expect(source).toContain('pressure_controller_1: pressure-controller@40000040 {');
    expect(source).toContain('reg = <0x40000040 0x00000040>;');
    expect(source).toContain('/* 99998 more of 100000, each 64 bytes after the one before */');
    expect(source.split('{').length).toBe(source.split('}').length);
    for (const line of source.split('\n')) {
      expect(line).toMatch(/^(?:|\t*(?:\/\* .* \*\/|[^;{}]*(?:;|\{|\};)))$/);
    }
    const labels = [...source.matchAll(/^\t\t(\w+): /gm)].map((match) => match[1]);
    expect(new Set(labels).size).toBe(labels.length);
  });

  it('marks what is not in service', () => {
    const source = deviceTreeSource(SEED, 1, new Set<DeviceKind>(['flow-meter']));
    expect(source.split('status = "disabled";').length).toBe(2);
    expect(source.indexOf('status = "disabled";')).toBeGreaterThan(source.indexOf(`bus@44000000`));
    expect(source.indexOf('status = "disabled";')).toBeLessThan(source.indexOf(`bus@45000000`));
  });

  it('leaves out what the farm lacks', () => {
    expect(deviceTreeSource({ ...SEED, 'flow-meter': 0 }, 1)).not.toContain('flow-meter');
  });
});

describe('a register', () => {
  it('is read by address and by name', () => {
    const { registers } = space((name) => (name === 'temperature' ? 312.3456 : 1));
    const address = baseAddress('temperature-sensor', 7);
    expect(registers.readWord(address)).toMatchObject({ ok: true, word: 312_346, value: expect.closeTo(312.346, 9) });
    expect(registers.readNamed('temperature-sensor/7/temperature')).toEqual(registers.readWord(address));
  });

  it('is written by address and by name, as the counts it can hold', () => {
    const { registers, written } = space();
    expect(registers.writeNamed('pressure-valve/3/command', 0.12345678).ok).toBe(true);
    expect(registers.writeWord(baseAddress('pressure-controller', 2) + 16, 0xffffffff - 499_999).ok).toBe(true);
    expect(written).toEqual([
      ['pressure-valve', 3, 'command', expect.closeTo(0.123457, 12)],
      ['pressure-controller', 2, 'output', expect.closeTo(-0.5, 12)],
    ]);
  });

  it.each([
    [0x40000001, 'The address 0x40000001 is not aligned to 4 bytes.', 'Give 0x40000000.'],
    [0x40000018, 'pressure-controller 0 has no register at 0x40000018.', 'Its last one is at 0x40000014.'],
    [0x10000000, 'There is no device at 0x10000000.', /pressure-controller from 0x40000000/],
    [-4, '-4 is no address.', /0 to 0xffffffff/],
    [Number.NaN, 'NaN is no address.', /0 to 0xffffffff/],
    [2 ** 32, '4294967296 is no address.', /0 to 0xffffffff/],
  ])('at %d is refused', (address, message, remedy) => {
    for (const reply of [space().registers.readWord(address), space().registers.writeWord(address, 1)]) {
      expect(reply.ok).toBe(false);
      if (reply.ok) continue;
      expect(reply.problem.message).toBe(message);
      expect(reply.problem.remedy).toMatch(remedy);
    }
  });

  it.each([
    [
      'pressure-controler/1/setpoint',
      'There is no device "pressure-controler".',
      'Did you mean "pressure-controller"?',
    ],
    ['pressure-controller/1000/setpoint', 'There is no pressure-controller 1000.', 'Give 0 to 999.'],
    ['pressure-controller/x/setpoint', 'There is no pressure-controller x.', 'Give 0 to 999.'],
    ['pressure-controller/1/set', 'A pressure-controller has no register "set".', /^Its registers: measured, /],
    ['pressure-controller/1/setpoin', 'A pressure-controller has no register "setpoin".', 'Did you mean "setpoint"?'],
    ['pressure-controller/1', '"pressure-controller/1" names no register.', /^Write device\/number\/register/],
    ['__proto__/1/x', 'There is no device "__proto__".', /^Devices: /],
  ])('"%s" is refused', (path, message, remedy) => {
    const reply = space().registers.readNamed(path);
    expect(reply.ok).toBe(false);
    if (reply.ok) return;
    expect(reply.problem.message).toBe(message);
    expect(reply.problem.remedy).toMatch(remedy);
  });

  it('that can only be read is not written, and the other way round', () => {
    const { registers, written } = space();
    expect(registers.writeNamed('pressure-controller/1/measured', 5)).toMatchObject({
      ok: false,
      problem: { message: expect.stringMatching(/can only be read/), remedy: 'To write: setpoint, mode, output.' },
    });
    expect(registers.writeNamed('flow-meter/1/flow', 5)).toMatchObject({ ok: false });
    expect(registers.readNamed('circulation-pump/1/clear')).toMatchObject({ ok: false });
    expect(registers.writeNamed('circulation-pump/1/clear', 1).ok).toBe(true);
    expect(written.length).toBe(1);
  });

  it.each([-0.1, 1.1, Number.NaN, Number.POSITIVE_INFINITY])('takes no value out of its range: %d', (value) => {
    const { registers, written } = space();
    expect(registers.writeNamed('pressure-valve/0/command', value)).toMatchObject({
      ok: false,
      problem: { remedy: 'Give 0 to 1.' },
    });
    expect(written).toEqual([]);
  });

  it.each([-1, 0.5, 2 ** 32, Number.NaN])('takes no word that is none: %d', (word) => {
    expect(space().registers.writeWord(baseAddress('pressure-valve', 0) + 8, word).ok).toBe(false);
  });

  it('without a value says so, and one too large for it too; never a number that is none', () => {
    for (const value of [undefined, Number.NaN, Number.POSITIVE_INFINITY, -5, 1e9]) {
      expect(space(() => value).registers.readNamed('temperature-sensor/0/temperature').ok).toBe(false);
    }
  });

  it('hands on why the plant refuses', () => {
    const problem: Problem = { message: 'The interlock holds it.', remedy: 'Reset.', severity: 'error' };
    expect(space(() => 1, problem).registers.writeNamed('pressure-valve/0/command', 1)).toEqual({ ok: false, problem });
  });

  it('holds every value of its range to half a count', () => {
    const all = DEVICE_KIND_NAMES.flatMap((kind) => deviceKind(kind).registers);
    fc.assert(
      fc.property(fc.constantFrom(...all), fc.double({ min: 0, max: 1, noNaN: true }), (register, share) => {
        const value = register.min + share * (register.max - register.min);
        const held = valueIn(register, wordOf(register, value));
        expect(Math.abs(held - value)).toBeLessThanOrEqual(0.5 * register.scale * (1 + 1e-6));
      }),
      { numRuns: 5000, seed: 32 },
    );
  });
});
