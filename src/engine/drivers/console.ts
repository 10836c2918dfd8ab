// A small console over the virtual files and the registers: ls, cat, read, write, release, help, and what its owner adds. One line
// in, lines out; never an exception, whatever is typed.

import type { Problem } from '../config/problem.ts';
import { nearestWord } from '../parameters/nearest.ts';
import { hexadecimal } from './device-tree.ts';
import { DEVICE_KIND_NAMES, deviceKind, isDeviceKind } from './devices.ts';
import { PROC_ROOT, type Proc, type ProcPage } from './proc.ts';
import type { RegisterReply, RegisterSpace } from './registers.ts';

/** A register as read or written. */
export interface Reading {
  readonly register: string;
  readonly value: number;
  readonly unit: string;
  /** As the 32-bit register holds it. */
  readonly word: number;
}

export type ConsoleReply =
  | {
      readonly ok: true;
      readonly lines: readonly string[];
      readonly reading?: Reading;
      /** The command that shows the next page. */
      readonly more?: string;
    }
  | { readonly ok: false; readonly problem: Problem };

const COMMANDS = {
  help: 'help                            these lines',
  ls: 'ls [PATH [FROM [COUNT]]]        entries of a directory, page by page',
  cat: 'cat PATH [FROM [COUNT]]         lines of a file, page by page',
  read: 'read DEVICE/NUMBER/REGISTER     a register; or read 0xADDRESS',
  write: 'write DEVICE/NUMBER/REGISTER VALUE   in its unit; or write 0xADDRESS WORD; holds until released or reset',
  release: 'release DEVICE/NUMBER           from manual to automatic',
} as const;

type Command = keyof typeof COMMANDS;
const NAMES = Object.keys(COMMANDS) as readonly Command[];

/** A command that the console's owner adds. */
export interface ExtraCommand {
  /** As typed, two blanks or more, what it does. */
  readonly usage: string;
  run(words: readonly string[]): ConsoleReply;
}
const MOST_CANDIDATES = 50;
/** Code of the mode registers. */
const AUTOMATIC = 2;
const LONGEST = 4096;

const no = (message: string, remedy: string): ConsoleReply => ({
  ok: false,
  problem: { message, remedy, severity: 'error' },
});

export class Console {
  constructor(
    private readonly proc: Proc,
    private readonly registers: RegisterSpace,
    private readonly extra: Readonly<Record<string, ExtraCommand>> = {},
  ) {}

  private get names(): readonly string[] {
    return [...NAMES, ...Object.keys(this.extra)];
  }

  /** Carries out one line. An empty one does nothing. */
  run(line: string): ConsoleReply {
    if (line.length > LONGEST) return no('The line is too long.', `Type at most ${LONGEST} characters.`);
    const [name = '', ...words] = line.trim().split(/\s+/);
    if (name === '') return { ok: true, lines: [] };
    if (Object.hasOwn(this.extra, name)) return this.extra[name].run(words);
    if (!isCommand(name)) {
      const near = nearestWord(name, this.names);
      return no(`There is no command "${name.slice(0, 60)}".`, near ? `Did you mean "${near}"?` : 'Type help.');
    }
    switch (name) {
      case 'help':
        return {
          ok: true,
          lines: [...Object.values(COMMANDS), ...Object.values(this.extra).map(({ usage }) => usage)],
        };
      case 'ls':
        return words.length > 3
          ? usage('ls')
          : this.page('ls', words, (...at) => this.proc.list(...at), words[0] ?? PROC_ROOT);
      case 'cat':
        if (words.length === 0 || words.length > 3) return usage('cat');
        return this.page('cat', words, (...at) => this.proc.read(...at), words[0]);
      case 'read':
        return words.length === 1 ? this.read(words[0]) : usage('read');
      case 'write':
        return words.length === 2 ? this.write(words[0], words[1]) : usage('write');
      case 'release':
        return words.length === 1 ? this.release(words[0]) : usage('release');
    }
  }

  /** What the last word of a line could become, at most 50, in order. */
  complete(line: string): string[] {
    const words = line.trimStart().split(/\s+/);
    const last = words[words.length - 1];
    if (words.length <= 1) return this.names.filter((name) => name.startsWith(last));
    if (words.length > 2) return [];
    if (words[0] === 'ls' || words[0] === 'cat') return this.completePath(last);
    if (words[0] === 'release') return this.completeDevice(last);
    return words[0] === 'read' || words[0] === 'write' ? this.completeRegister(last, words[0]) : [];
  }

  private page(
    command: 'ls' | 'cat',
    words: readonly string[],
    read: (path: string, from: number, count: number) => ProcPage,
    path: string,
  ): ConsoleReply {
    const from = words[1] === undefined ? 0 : Number(words[1]);
    const count = words[2] === undefined ? 100 : Number(words[2]);
    const found = read(path, from, count);
    if (!found.ok) return found;
    const { lines, next, total } = found;
    if (next === undefined) return { ok: true, lines };
    const more = [command, path, next, ...words.slice(2)].join(' ');
    return { ok: true, lines: [...lines, `(${next} of ${total}; go on from ${next})`], more };
  }

  private read(at: string): ConsoleReply {
    return shown(at, isAddress(at) ? this.registers.readWord(Number(at)) : this.registers.readNamed(at));
  }

  private write(at: string, what: string): ConsoleReply {
    if (!/^[+-]?(?:\d|\.\d|0x)/i.test(what) || !Number.isFinite(Number(what)))
      return no(`"${what.slice(0, 60)}" is no number.`, 'Give a number without its unit.');
    const value = Number(what);
    return shown(
      at,
      isAddress(at) ? this.registers.writeWord(Number(at), value) : this.registers.writeNamed(at, value),
    );
  }

  private release(device: string): ConsoleReply {
    const reply = this.registers.writeNamed(`${device}/mode`, AUTOMATIC);
    return reply.ok ? { ok: true, lines: [`${device} is automatic`] } : reply;
  }

  private completeDevice(typed: string): string[] {
    const [kind, number] = typed.split('/');
    if (isDeviceKind(kind) && !deviceKind(kind).registers.some(({ name }) => name === 'mode')) return [];
    const devices = this.completeRegister(typed, 'write').filter((one) => {
      const [found] = one.split('/');
      return isDeviceKind(found) && deviceKind(found).registers.some(({ name }) => name === 'mode');
    });
    return number === undefined ? devices : devices.map((one) => one.replace(/\/$/, ''));
  }

  private completePath(typed: string): string[] {
    const cut = typed.lastIndexOf('/') + 1;
    const found = this.proc.list(cut === 0 ? PROC_ROOT : typed.slice(0, cut), 0, 1000);
    if (!found.ok) return [];
    const candidates = found.lines.filter((name) => name.startsWith(typed.slice(cut)));
    return candidates.slice(0, MOST_CANDIDATES).map((name) => typed.slice(0, cut) + name);
  }

  private completeRegister(typed: string, command: 'read' | 'write'): string[] {
    const [kind, number, name] = typed.split('/');
    if (number === undefined) {
      const present = DEVICE_KIND_NAMES.filter((one) => this.registers.counts[one] > 0);
      return present.filter((one) => one.startsWith(kind)).map((one) => `${one}/`);
    }
    if (!isDeviceKind(kind)) return [];
    if (name === undefined) {
      const count = Math.min(this.registers.counts[kind], 1000);
      const numbers = Array.from({ length: count }, (_, k) => String(k)).filter((one) => one.startsWith(number));
      return numbers.slice(0, MOST_CANDIDATES).map((one) => `${kind}/${one}/`);
    }
    const forbidden = command === 'read' ? 'w' : 'r';
    const fit = deviceKind(kind).registers.filter((one) => one.access !== forbidden && one.name.startsWith(name));
    return fit.map((one) => `${kind}/${number}/${one.name}`);
  }
}

const isCommand = (name: string): name is Command => Object.hasOwn(COMMANDS, name);

const isAddress = (text: string): boolean => /^0x[0-9a-f]{1,8}$/i.test(text);

const usage = (command: Command): ConsoleReply =>
  no(`${command}: the words do not fit.`, `Type ${COMMANDS[command].split(/ {2,}/)[0]}.`);

function shown(at: string, reply: RegisterReply): ConsoleReply {
  if (!reply.ok) return reply;
  const { register, value, word } = reply;
  return {
    ok: true,
    lines: [`${at} = ${shownValue(value)} ${register.unit}`.trimEnd().concat(` (${hexadecimal(word)})`)],
    reading: { register: at, value, unit: register.unit, word },
  };
}

/** Word times scale leaves rounding in the last digits. */
const shownValue = (value: number): number => Number(value.toPrecision(12));
