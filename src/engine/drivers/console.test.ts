import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { Console } from './console.ts';
import { DEVICE_KIND_NAMES, type DeviceCounts } from './devices.ts';
import { directory, farmFiles, LARGEST_PAGE, lineFile, Proc } from './proc.ts';
import { RegisterSpace } from './registers.ts';

const SENSORS = 118_000;

function machine() {
  const asked: number[] = [];
  const written: number[] = [];
  const root = farmFiles({
    status: () => ['time_s 12', 'chambers 1000'],
    alarms: { count: () => 3, line: (k) => `alarm ${k}` },
    faults: { count: () => 0, line: () => '' },
    log: { count: () => 0, line: () => '' },
    sensors: {
      all: {
        count: () => SENSORS,
        lines: (k) => {
          asked.push(k);
          return [`value ${k}`, 'unit K'];
        },
      },
    },
    actuators: { valve: { count: () => 2, lines: (k) => [`position ${k}`] } },
  });
  const counts = Object.fromEntries(DEVICE_KIND_NAMES.map((kind) => [kind, 20])) as DeviceCounts;
  const registers = new RegisterSpace(counts, {
    read: () => 300,
    write: (_, __, ___, value) => {
      written.push(value);
      return undefined;
    },
  });
  const proc = new Proc(root);
  return { asked, written, proc, console: new Console(proc, registers) };
}

describe('the virtual files', () => {
  it('are those of the seed', () => {
    const listed = machine().proc.list('/proc/gas_oscillation');
    expect(listed.ok && listed.lines).toEqual([
      'status',
      'alarms',
      'faults',
      'log',
      'sensors/',
      'actuators/',
      'consciousness/',
      'entropy/',
      'oscillation/',
      'cooling/',
    ]);
  });

  it('say honestly what is not there yet', () => {
    for (const part of ['consciousness', 'entropy', 'oscillation', 'cooling']) {
      expect(machine().proc.read(`${part}/status`)).toMatchObject({
        ok: true,
        lines: [expect.stringMatching(/^not available yet: /)],
      });
    }
  });

  it('give way to a part that is there', () => {
    const cooling = directory({ flow: lineFile({ count: () => 1, line: () => '2 m3/s' }) });
    const nothing = { count: () => 0, line: () => '' };
    const root = farmFiles({
      status: () => [],
      alarms: nothing,
      faults: nothing,
      log: nothing,
      sensors: {},
      actuators: {},
      parts: { cooling },
    });
    expect(new Proc(root).read('cooling/flow')).toEqual({ ok: true, lines: ['2 m3/s'], total: 1 });
  });

  it('of 118,000 sensors are listed page by page, and none is made that is not read', () => {
    const { proc, asked } = machine();
    const names: string[] = [];
    let from: number | undefined = 0;
    let pages = 0;
    while (from !== undefined) {
      const page = proc.list('sensors/all', from, LARGEST_PAGE);
      if (!page.ok) throw new Error(page.problem.message);
      names.push(...page.lines);
      from = page.next;
      pages++;
    }
    expect(pages).toBe(12);
    expect(new Set(names).size).toBe(SENSORS);
    expect(asked).toEqual([]);
    expect(proc.read('sensors/all/117999')).toMatchObject({ ok: true, lines: ['value 117999', 'unit K'], total: 2 });
    expect(new Set(asked)).toEqual(new Set([117_999]));
  });

  it.each([
    ['/etc/passwd', 'There is nothing at /etc/passwd.', 'All files are below /proc/gas_oscillation.'],
    ['../../etc/passwd', 'There is no .. in /proc/gas_oscillation.', /^It holds status, /],
    ['sensor/all', 'There is no sensor in /proc/gas_oscillation.', 'Did you mean "sensors"?'],
    ['sensors/all/118000', 'There is no 118000 in /proc/gas_oscillation/sensors/all.', 'It holds 0 to 117999.'],
    ['sensors/all/007', 'There is no 007 in /proc/gas_oscillation/sensors/all.', 'It holds 0 to 117999.'],
    ['__proto__', 'There is no __proto__ in /proc/gas_oscillation.', /^It holds/],
    ['status/x', '/proc/gas_oscillation/status is a file: nothing is below it.', 'Read /proc/gas_oscillation/status.'],
    ['sensors', 'sensors is a directory.', 'List it.'],
  ])('%s is refused with its place', (path, message, remedy) => {
    const found = machine().proc.read(path);
    expect(found.ok).toBe(false);
    if (found.ok) return;
    expect(found.problem.message).toBe(message);
    expect(found.problem.remedy).toMatch(remedy);
  });

  it('have no page without a beginning or an end', () => {
    const { proc } = machine();
    for (const [from, count] of [
      [-1, 1],
      [0.5, 1],
      [0, 0],
      [0, LARGEST_PAGE + 1],
      [Number.NaN, 1],
      [0, Number.NaN],
    ])
      expect(proc.read('alarms', from, count).ok).toBe(false);
    expect(proc.read('alarms', 99, 5)).toEqual({ ok: true, lines: [], total: 3 });
  });
});

describe('the console', () => {
  const say = (line: string): readonly string[] => {
    const reply = machine().console.run(line);
    return reply.ok ? reply.lines : [`${reply.problem.message} ${reply.problem.remedy}`];
  };

  it('lists, reads and writes', () => {
    expect(say('  ls  ')).toContain('sensors/');
    expect(say('cat alarms 1 1')).toEqual(['alarm 1', '(2 of 3; go on from 2)']);
    expect(machine().console.run('cat alarms 1 1')).toMatchObject({ more: 'cat alarms 2 1' });
    expect(machine().console.run('ls')).not.toHaveProperty('more');
    expect(say('cat status')).toEqual(['time_s 12', 'chambers 1000']);
    expect(say('read temperature-sensor/3/temperature')).toEqual([
      'temperature-sensor/3/temperature = 300 K (0x000493e0)',
    ]);
    expect(say('read 0x41000000')).toEqual(['0x41000000 = 300 K (0x000493e0)']);
    const { console, written } = machine();
    expect(console.run('write pressure-valve/1/command 0.5')).toMatchObject({ ok: true });
    expect(console.run('write 0x48000008 0x7a120')).toMatchObject({ ok: true });
    expect(written).toEqual([0.5, 0.5]);
    expect(say('')).toEqual([]);
    expect(say('help').length).toBe(6);
  });

  it.each([
    ['lss', 'There is no command "lss". Did you mean "ls"?'],
    ['constructor', 'There is no command "constructor". Type help.'],
    ['cat', 'cat: the words do not fit. Type cat PATH [FROM [COUNT]].'],
    ['write pressure-valve/1/command', 'write: the words do not fit. Type write DEVICE/NUMBER/REGISTER VALUE.'],
    ['write pressure-valve/1/command half', '"half" is no number. Give a number without its unit.'],
    ['write pressure-valve/1/command 1e999', '"1e999" is no number. Give a number without its unit.'],
    ['ls sensors x', 'NaN is no place to begin. Give 0 to 1.'],
  ])('"%s" is refused with what would be right', (line, text) => {
    expect(say(line)).toEqual([text]);
  });

  it('completes commands, paths and registers', () => {
    const { console } = machine();
    expect(console.complete('')).toEqual(['help', 'ls', 'cat', 'read', 'write', 'release']);
    expect(console.complete('r')).toEqual(['read', 'release']);
    expect(console.complete('release pressure-v')).toEqual(['pressure-valve/']);
    expect(console.complete('release temp')).toEqual([]);
    expect(console.complete('release pressure-valve/1')).toEqual(
      ['1', ...Array.from({ length: 10 }, (_, k) => `1${k}`)].map((k) => `pressure-valve/${k}`),
    );
    expect(console.complete('ls s')).toEqual(['status', 'sensors/']);
    expect(console.complete('cat sensors/all/11')).toEqual(
      ['11', ...Array.from({ length: 10 }, (_, k) => `11${k}`)].map((name) => `sensors/all/${name}`),
    );
    expect(console.complete('read pressure-c')).toEqual(['pressure-controller/']);
    expect(console.complete('write pressure-controller/1/')).toEqual(
      ['setpoint', 'mode', 'output'].map((name) => `pressure-controller/1/${name}`),
    );
    expect(console.complete('read circulation-pump/1/c')).toEqual(['circulation-pump/1/command']);
    expect(console.complete('read temperature-sensor/1')).toEqual(
      ['1', ...Array.from({ length: 10 }, (_, k) => `1${k}`)].map((k) => `temperature-sensor/${k}/`),
    );
    expect(console.complete('ls nowhere/')).toEqual([]);
    expect(console.complete('ls sensors extra')).toEqual([]);
  });

  it('answers whatever is typed', () => {
    const { console } = machine();
    const word = fc.constantFrom(
      'ls',
      'cat',
      'read',
      'write',
      'release',
      '/',
      '/proc/gas_oscillation',
      'sensors/all',
      '..',
      '0x40000000',
      '-1',
      'NaN',
      '7',
      '__proto__',
      'pressure-controller/1/setpoint',
      '\u0000',
    );
    const line = fc.oneof(
      fc.array(word, { maxLength: 6 }).map((words) => words.join(' ')),
      fc.string({ unit: 'binary', maxLength: 80 }),
    );
    let answered = 0;
    fc.assert(
      fc.property(line, (typed) => {
        const reply = console.run(typed);
        if (reply.ok) answered++;
        else expect(reply.problem.message !== '' && reply.problem.remedy !== '').toBe(true);
        expect(console.complete(typed).length).toBeLessThanOrEqual(50);
      }),
      { numRuns: 10_000, seed: 5, examples: [['x'.repeat(100_000)]] },
    );
    expect(answered).toBeGreaterThan(100);
  });
});
