// Devices read and written by register, as a driver does it: by address and 32-bit word. What a register holds is asked of the
// plant; what does not fit is refused with its place and what would be right.

import type { Problem } from '../config/problem.ts';
import { nearestWord } from '../parameters/nearest.ts';
import { baseAddress, deviceAt, hexadecimal } from './device-tree.ts';
import {
  DEVICE_KIND_NAMES,
  type DeviceCounts,
  type DeviceKind,
  deviceKind,
  isDeviceKind,
  type Register,
} from './devices.ts';

/** The plant behind the registers. Values in the register's unit. */
export interface RegisterAccess {
  /** undefined or no finite number: there is none now. */
  read(kind: DeviceKind, index: number, register: string): number | undefined;
  /** Why a device has no value, where that is known. */
  missing?(kind: DeviceKind, index: number): Problem | undefined;
  /** The reason if the plant refuses, as an interlock may. */
  write(kind: DeviceKind, index: number, register: string, value: number): Problem | undefined;
}

export type RegisterReply =
  | { readonly ok: true; readonly word: number; readonly value: number; readonly register: Register }
  | { readonly ok: false; readonly problem: Problem };

type Refused = Extract<RegisterReply, { ok: false }>;

const no = (key: string, message: string, remedy: string): Refused => ({
  ok: false,
  problem: { key, message, remedy, severity: 'error' },
});

interface Target {
  readonly ok: true;
  readonly kind: DeviceKind;
  readonly index: number;
  readonly register: Register;
  readonly place: string;
}

/** The word that holds a value, rounded to the nearest count. */
export const wordOf = ({ scale }: Register, value: number): number => Math.round(value / scale) >>> 0;

/** The value that a word holds. */
export const valueIn = ({ scale, min }: Register, word: number): number => (min < 0 ? word | 0 : word >>> 0) * scale;

export class RegisterSpace {
  constructor(
    readonly counts: DeviceCounts,
    private readonly access: RegisterAccess,
  ) {}

  /** Reads the word at an address. */
  readWord(address: number): RegisterReply {
    const target = this.at(address);
    return target.ok ? this.read(target) : target;
  }

  /** Writes a word, 0 … 2³² − 1. */
  writeWord(address: number, word: number): RegisterReply {
    const target = this.at(address);
    if (!target.ok) return target;
    if (!Number.isInteger(word) || word < 0 || word > 0xffffffff)
      return no(target.place, `${word} is no 32-bit word.`, 'Give a whole number from 0 to 4294967295.');
    return this.write(target, valueIn(target.register, word), word);
  }

  /** Reads a register by name, as in "pressure-controller/12/setpoint". */
  readNamed(path: string): RegisterReply {
    const target = this.named(path);
    return target.ok ? this.read(target) : target;
  }

  /** Writes a value, in the register's unit. */
  writeNamed(path: string, value: number): RegisterReply {
    const target = this.named(path);
    return target.ok ? this.write(target, value, wordOf(target.register, value)) : target;
  }

  private at(address: number): Target | Refused {
    const key = Number.isInteger(address) && address >= 0 ? hexadecimal(address) : String(address);
    if (!Number.isInteger(address) || address < 0 || address > 0xffffffff)
      return no(key, `${address} is no address.`, 'Give a whole number from 0 to 0xffffffff.');
    const found = deviceAt(address, this.counts);
    if (found === undefined) return no(key, `There is no device at ${key}.`, `Devices: ${this.devicesText()}.`);
    if (address % 4 !== 0)
      return no(key, `The address ${key} is not aligned to 4 bytes.`, `Give ${hexadecimal(address - (address % 4))}.`);
    const { kind, index, offset } = found;
    const { registers } = deviceKind(kind);
    const register = registers.find((one) => one.offset === offset);
    if (register !== undefined) return { ok: true, kind, index, register, place: `${kind}/${index}/${register.name}` };
    const last = hexadecimal(baseAddress(kind, index) + registers[registers.length - 1].offset);
    return no(key, `${kind} ${index} has no register at ${key}.`, `Its last one is at ${last}.`);
  }

  private named(path: string): Target | Refused {
    const [kind, number, name, ...rest] = path.split('/');
    if (name === undefined || rest.length > 0)
      return no(
        path,
        `"${path}" names no register.`,
        'Write device/number/register, as in pressure-controller/12/setpoint.',
      );
    if (!isDeviceKind(kind)) {
      const near = nearestWord(kind, DEVICE_KIND_NAMES);
      return no(
        path,
        `There is no device "${kind}".`,
        near ? `Did you mean "${near}"?` : `Devices: ${this.devicesText()}.`,
      );
    }
    const index = /^\d{1,9}$/.test(number) ? Number(number) : Number.NaN;
    if (!(index < this.counts[kind])) {
      const most = this.counts[kind] - 1;
      return no(path, `There is no ${kind} ${number}.`, most < 0 ? `This farm has no ${kind}.` : `Give 0 to ${most}.`);
    }
    const { registers } = deviceKind(kind);
    const names = registers.map((one) => one.name);
    const register = registers[names.indexOf(name)];
    if (register === undefined) {
      const near = nearestWord(name, names);
      const remedy = near ? `Did you mean "${near}"?` : `Its registers: ${names.join(', ')}.`;
      return no(path, `A ${kind} has no register "${name}".`, remedy);
    }
    return { ok: true, kind, index, register, place: path };
  }

  private read({ kind, index, register, place }: Target): RegisterReply {
    if (register.access === 'w') return no(place, `${place} can only be written.`, 'It has nothing to read.');
    const value = this.access.read(kind, index, register.name);
    if (value === undefined || !Number.isFinite(value)) {
      const known = this.access.missing?.(kind, index);
      if (known) return { ok: false, problem: { ...known, key: place } };
      return no(place, `${place} has no value now.`, 'Look at its quality; wait until the device answers.');
    }
    if (value < register.min || value > register.max)
      return no(place, `${place} is ${value}, which its register cannot hold.`, `It holds ${rangeText(register)}.`);
    const word = wordOf(register, value);
    return { ok: true, word, value: valueIn(register, word), register };
  }

  private write({ kind, index, register, place }: Target, value: number, word: number): RegisterReply {
    if (register.access === 'r') return no(place, `${place} can only be read.`, this.writable(kind));
    if (!(value >= register.min && value <= register.max))
      return no(place, `${value} is out of the range of ${place}.`, `Give ${rangeText(register)}.`);
    const stored = valueIn(register, word);
    const problem = this.access.write(kind, index, register.name, stored);
    return problem === undefined ? { ok: true, word, value: stored, register } : { ok: false, problem };
  }

  private writable(kind: DeviceKind): string {
    const names = deviceKind(kind)
      .registers.filter((one) => one.access !== 'r')
      .map((one) => one.name);
    return names.length === 0 ? `A ${kind} has no register to write.` : `To write: ${names.join(', ')}.`;
  }

  private devicesText(): string {
    const present = DEVICE_KIND_NAMES.filter((kind) => this.counts[kind] > 0);
    return present.map((kind) => `${kind} from ${hexadecimal(baseAddress(kind, 0))}`).join(', ') || 'none';
  }
}

const rangeText = ({ min, max, unit }: Register): string => `${min} to ${max} ${unit}`.trimEnd();
