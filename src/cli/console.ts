// `twin console`: the driver console over a running farm; `twin devices`: its device tree. Lines come from --command, from a pipe or
// from a person; `run SECONDS` lets time pass between them.

import { createInterface } from 'node:readline';
import { Console, type ConsoleReply, type ExtraCommand } from '../engine/drivers/console.ts';
import { deviceCounts, idleDevices } from '../engine/drivers/device-access.ts';
import { baseAddress, deviceTreeLines, hexadecimal } from '../engine/drivers/device-tree.ts';
import { DEVICE_KIND_NAMES, deviceKind } from '../engine/drivers/devices.ts';
import { farmDeviceTree, farmDrivers } from '../engine/drivers/farm-drivers.ts';
import { row } from '../engine/drivers/lines.ts';
import type { Farm } from '../engine/farm.ts';
import { EXIT, formatProblem, printJson, usage } from './output.ts';
import { addFaults, advance, durationOf, type StartOptions, startFarm, threadCount, WAVEFORM_RUN_S } from './start.ts';
import { lendThreads } from './step-threads.ts';

export interface ConsoleOptions extends StartOptions {
  command?: string[] | undefined;
}

/** Who signs what is written. */
const WHO = 'command line';
const PROMPT = 'twin> ';
const END = /^(?:quit|exit)$/;

/** One farm, and what was said to it. */
class Session {
  readonly replies: { readonly command: string; readonly reply: ConsoleReply }[] = [];
  /** Why the farm stopped; null while it goes on. */
  stopped: string | null = null;

  constructor(readonly farm: Farm) {}

  /** The console over the farm as it is now. */
  get console(): Console {
    const { proc, registers } = farmDrivers(this.farm, WHO);
    return new Console(proc, registers, { run: this.run });
  }

  private readonly run: ExtraCommand = {
    usage: 'run SECONDS                     lets simulated time pass',
    run: (words) => {
      const seconds = words.length === 1 ? Number(words[0]) : Number.NaN;
      if (!(seconds >= 0 && seconds <= 1e6))
        return refused('run: the words do not fit.', 'Type run SECONDS, from 0 to 1e6.');
      this.advance(seconds);
      if (this.stopped !== null) return refused(this.stopped, 'Load a snapshot, or begin again with other settings.');
      return { ok: true, lines: [row('time_s', this.farm.time_s)] };
    },
  };

  advance(seconds: number): void {
    const { farm } = this;
    this.stopped = advance(farm, farm.time_s + seconds, { looking: seconds <= WAVEFORM_RUN_S }).stopped;
  }

  /** Carries out a line; blank ones and those that begin with # are none. @returns its reply; null for none */
  say(line: string): ConsoleReply | null {
    const command = line.trim();
    if (command === '' || command.startsWith('#')) return null;
    const reply = this.console.run(command);
    this.replies.push({ command, reply });
    return reply;
  }

  get exitCode(): number {
    if (this.stopped !== null) return EXIT.physicalLimit;
    return this.replies.some(({ reply }) => !reply.ok) ? EXIT.badInput : EXIT.done;
  }

  document(): unknown {
    const { farm } = this;
    return {
      simulated_s: farm.time_s,
      steps: farm.steps,
      fidelity: farm.mode,
      stateHash: farm.stateHash(),
      stopped: this.stopped,
      manual: farm.plant.manual.list(),
      replies: this.replies.map(({ command, reply }) => ({ command, ...reply })),
    };
  }
}

const refused = (message: string, remedy: string): ConsoleReply => ({
  ok: false,
  problem: { message, remedy, severity: 'error' },
});

/** @returns the exit code; of a session with a person or a pipe it is set when that ends */
export function consoleCommand(scenario: string | undefined, options: ConsoleOptions): number {
  lendThreads(threadCount(options.threads));
  const session = new Session(startFarm(scenario, options, 'console'));
  addFaults(session.farm, options.fault ?? []);
  session.advance(durationOf(options.duration, 0));
  const json = options.json ?? false;
  if (options.command) {
    for (const line of options.command) tell(session.say(line), json);
    return finish(session, json);
  }
  converse(session, json);
  return EXIT.done;
}

function finish(session: Session, json: boolean): number {
  if (json) printJson(session.document());
  return session.exitCode;
}

/** Replies go to stdout, refusals to stderr; with --json into the document alone. */
function tell(reply: ConsoleReply | null, json: boolean): void {
  if (reply === null || json) return;
  if (!reply.ok) process.stderr.write(`${formatProblem(reply.problem)}\n`);
  else if (reply.lines.length > 0) process.stdout.write(`${reply.lines.join('\n')}\n`);
}

/** Reads lines until they end; asks for them where a person types. */
function converse(session: Session, json: boolean): void {
  const person = process.stdin.isTTY === true && !json;
  const lines = createInterface({
    input: process.stdin,
    terminal: person,
    ...(person && {
      output: process.stdout,
      prompt: PROMPT,
      completer: (line: string): [string[], string] => [
        session.console.complete(line),
        line.trimStart().split(/\s+/).at(-1) ?? '',
      ],
    }),
  });
  if (person) {
    process.stdout.write('Type help for the commands, quit to end. Tab completes.\n');
    lines.prompt();
  }
  let ended = false;
  lines.on('line', (line) => {
    // Lines that were read ahead still arrive.
    if (ended) return;
    if (END.test(line.trim())) {
      ended = true;
      lines.close();
      return;
    }
    tell(session.say(line), json);
    if (person) lines.prompt();
  });
  lines.on('close', () => {
    const code = finish(session, json);
    // A person has seen each refusal.
    process.exitCode = person && code === EXIT.badInput ? EXIT.done : code;
  });
}

export interface DevicesOptions extends StartOptions {
  limit?: string | undefined;
}

export function devicesCommand(scenario: string | undefined, options: DevicesOptions): number {
  const most = options.limit === undefined ? Number.POSITIVE_INFINITY : Number(options.limit);
  if (!(most === Number.POSITIVE_INFINITY || (Number.isInteger(most) && most >= 0)))
    throw usage(`--limit ${options.limit}: give a whole number from 0.`);
  const farm = startFarm(scenario, options, 'devices');
  const counts = deviceCounts(farm);
  const idle = idleDevices(farm);
  if (!options.json) {
    for (const line of deviceTreeLines(counts, most, idle)) process.stdout.write(`${line}\n`);
    return EXIT.done;
  }
  printJson({
    devices: DEVICE_KIND_NAMES.filter((kind) => counts[kind] > 0).map((kind) => ({
      kind,
      compatible: deviceKind(kind).compatible,
      count: counts[kind],
      address: hexadecimal(baseAddress(kind, 0)),
      inService: !idle.has(kind),
      registers: deviceKind(kind).registers,
    })),
    source: farmDeviceTree(farm, most),
  });
  return EXIT.done;
}
