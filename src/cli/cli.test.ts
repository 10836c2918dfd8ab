// The commands as a person or a pipeline runs them: one process each, exit codes and documents checked.

import { execFileSync, spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';
import { writeScenario } from '../engine/config/write.ts';
import { valuesWith } from '../engine/testing.ts';

const program = fileURLToPath(new URL('../../tools/twin.mjs', import.meta.url));
const twin = (...args: string[]) => spawnSync(process.execPath, [program, ...args], { encoding: 'utf8' });
const json = (...args: string[]) =>
  JSON.parse(execFileSync(process.execPath, [program, ...args, '--json'], { encoding: 'utf8' }));
const folder = mkdtempSync(join(tmpdir(), 'twin-cli-'));

test('gas prints every key of the contract', () => {
  const g = json('gas', '--mixture', 'He=0.62,Ar=0.38', '--temperature', '300', '--pressure', '506625');
  for (const key of [
    'molarMass_kg_per_mol',
    'density_kg_per_m3',
    'compressibility',
    'cp_J_per_molK',
    'cp_J_per_kgK',
    'cv_J_per_molK',
    'gamma',
    'soundSpeed_m_per_s',
    'idealSoundSpeed_m_per_s',
    'viscosity_Pa_s',
    'conductivity_W_per_mK',
    'prandtl',
    'enthalpy_J_per_mol',
    'entropy_J_per_molK',
    'secondVirial_m3_per_mol',
    'waterSaturationPressure_Pa',
    'meanFreePath_m',
    'meanSpeed_m_per_s',
  ]) {
    expect(g[key], key).toBeTypeOf('number');
  }
  expect(g.idealSoundSpeed_m_per_s).toBeCloseTo(485.16, 1);
});

test('lattice gives the figures of C24', () => {
  const l = json('lattice', '--layout', 'hcp', '--size', '10x10x10', '--spacing', '0.25');
  expect(l).toMatchObject({ chambers: 1000, edges: 5130 });
  expect(l.neighbourHistogram['12']).toBe(512);
  expect(l.lambda2).toBeCloseTo(0.186261, 6);
  expect(l.lambdaMax).toBeCloseTo(15.870822, 6);
});

test('run: what has no value is an empty cell of the table, and a farm that stopped for good is not saved', () => {
  const table = join(folder, 'metrics.csv');
  expect(twin('run', 'development', '--duration', '0.03', '--out', table).status).toBe(0);
  const [head = '', ...rows] = readFileSync(table, 'utf8').trim().split('\n');
  expect(rows.length).toBeGreaterThanOrEqual(2);
  for (const row of rows) {
    expect(row.split(',')).toHaveLength(head.split(',').length);
    expect(row).not.toMatch(/NaN|Infinity/);
  }
  expect(rows[0]).toContain(',,');
  // Steps just below the limit of the linear network, and a wave that is not: the pressures break.
  const kept = join(folder, 'broken.bin');
  const args = [
    '--set',
    'layout.size=[2,2,2]',
    '--set',
    'drive.stroke_m3=0.0012',
    '--set',
    'simulation.time_step_s=2e-4',
  ];
  const broken = twin('run', 'seed-as-written', '--duration', '1', ...args, '--save', kept);
  expect([broken.status, broken.stderr]).toEqual([3, expect.stringContaining('not saved')]);
  expect(existsSync(kept)).toBe(false);
});

test('run: balances, the same hash twice and in pieces, samples in their order', () => {
  const args = ['run', 'development', '--duration', '0.03'];
  const whole = json(
    ...args,
    '--sample',
    'chamber=3,field=pressure,every=1',
    '--sample',
    'chamber=0,field=temperature_K,every=1',
  );
  expect(whole.residuals.mass).toBeLessThanOrEqual(1e-12);
  expect(whole.residuals.species).toBeLessThanOrEqual(1e-12);
  expect(whole.residuals.energy).toBeLessThanOrEqual(1e-9);
  expect(whole.simulated_s).toBeCloseTo(0.03, 9);
  expect(Object.keys(whole.samples)).toEqual(['time_s', 'chamber3.pressure_Pa', 'chamber0.temperature_K']);
  expect(whole.samples.time_s.length).toBe(whole.steps + 1);
  expect(json(...args).stateHash).toBe(whole.stateHash);
  const snapshot = join(folder, 'half.bin');
  json('run', 'development', '--duration', '0.012', '--save', snapshot);
  expect(json('run', '--load', snapshot, '--duration', '0.018').stateHash).toBe(whole.stateHash);
});

test('--set takes any key, a name of the seed, a mixture and a list', () => {
  const run = (...sets: string[]) =>
    json('run', 'minimal', '--duration', '0.002', ...sets.flatMap((s) => ['--set', s]));
  expect(run('gas_oscillation.cycle_frequency=500').timeStep_s).toBeCloseTo(50e-6, 12);
  expect(run('gas.mixture=He=0.5,Ar=0.5', 'layout.size=[2,2,2]').chambers).toBe(8);
  expect(run('physical_infrastructure.lattice_type=simple_cubic').ducts).toBe(54);
});

test('modes and netlist speak of the same network', () => {
  const { frequencies_Hz, qualityFactors, shapes } = json('modes', 'minimal', '--count', '4');
  expect(frequencies_Hz.length).toBe(4);
  expect(shapes[0].length).toBe(27);
  expect(qualityFactors[0]).toBeGreaterThan(10);
  const text = twin('netlist', 'minimal').stdout;
  expect(text).toContain('.tran');
  expect(text.trimEnd().endsWith('.end')).toBe(true);
});

test('wrong input: exit 1 with file, line, key and reason; wrong use: exit 2', () => {
  const file = join(folder, 'bad.toml');
  writeFileSync(file, '[drive]\nfrequencyHz = 3\n');
  const checked = twin('validate', file, '--json');
  expect(checked.status).toBe(1);
  expect(JSON.parse(checked.stdout).errors[0]).toMatchObject({ file, line: 2, key: 'drive.frequencyHz' });
  const run = twin('run', file);
  expect(run.status).toBe(1);
  expect(run.stderr).toContain(`${file}:2`);
  expect(run.stderr).toContain('drive.frequency_Hz');
  expect(twin('run', 'no-such-scenario').status).toBe(1);
  expect(twin('run', 'default', '--set', 'drive.frequency_Hz=-1').status).toBe(1);
  expect(twin('run').status).toBe(2);
  expect(twin('dance').status).toBe(2);
  expect(twin('gas', '--colour', 'red').status).toBe(2);
  expect(twin('validate', 'default').status).toBe(0);
});

test('faults on the command line: what they are is alarmed, a wrong one is refused with the remedy', () => {
  const small = ['run', 'minimal', '--fidelity', 'waveform', '--duration'];
  const run = json(...small, '0.4', '--fault', 'power-dip=0.15@farm:0.1', '--fault', 'network-loss@farm:0.1:0.2');
  expect(run.events.map(({ message }: { message: string }) => message)).toContain(
    'Fault 2 ended: network-loss@farm:0.1:0.2',
  );
  expect(run.alarms[0]).toMatchObject({
    kind: 'supply-power-low',
    place: 'farm',
    state: 'unacknowledged',
    cause: null,
  });
  const wrong = twin(...small, '0.1', '--fault', 'leek@5:0.5');
  expect(wrong.status).toBe(1);
  expect(wrong.stderr).toContain('Did you mean "leak"?');
  expect(twin(...small, '0.1', '--threads', '0').status).toBe(2);
});

test('console: reads, writes, lets time pass, and says in one document what came of it', () => {
  const args = ['console', 'minimal', '--fidelity', 'waveform', '--set', 'headers.enabled=true'];
  const commands = (...lines: string[]) => lines.flatMap((line) => ['--command', line]);
  const { replies, ...end } = json(
    ...args,
    '--duration',
    '0.05',
    ...commands(
      'read pressure-valve/0/position',
      'write pressure-valve/0/command 0.5',
      'run 0.05',
      'read pressure-valve/0/position',
      'cat actuators/supply-valve/0',
    ),
  );
  expect(end.simulated_s).toBeCloseTo(0.1, 9);
  expect(end.stopped).toBeNull();
  expect(end.manual).toMatchObject([{ device: 'supply-valve', index: 0, value: 0.5, who: 'command line' }]);
  expect(replies.map(({ ok }: { ok: boolean }) => ok)).toEqual([true, true, true, true, true]);
  expect(replies[3].reading).toEqual({
    register: 'pressure-valve/0/position',
    value: 0.5,
    unit: '',
    word: 500_000,
  });
  expect(replies[4].lines).toContain('mode manual');
  // The same run without a look or a command is another one where something was written, and the same where not.
  const plain = json('run', 'minimal', '--fidelity', 'waveform', '--set', 'headers.enabled=true', '--duration', '0.1');
  expect(json(...args, ...commands('cat status', 'run 0.1', 'ls sensors')).stateHash).toBe(plain.stateHash);
  expect(end.stateHash).not.toBe(plain.stateHash);
});

test('console: lines from a pipe; a refusal is told with place and remedy and is exit 1', () => {
  const fed = (input: string, ...more: string[]) =>
    spawnSync(process.execPath, [program, 'console', 'minimal', ...more], { encoding: 'utf8', input });
  const good = fed('# what there is\n\nls\nrun 0.02\nread pressure-sensor/0/pressure\nquit\nnonsense\n');
  expect(good.status).toBe(0);
  expect(good.stdout).toContain('sensors/');
  expect(good.stdout).toMatch(/pressure-sensor\/0\/pressure = \d+ Pa \(0x/);
  const bad = fed('write pressure-valve/0/command 0.5\n');
  expect(bad.status).toBe(1);
  expect(bad.stderr).toContain('pressure-valve/0/command');
  expect(bad.stderr).toContain('Set headers.enabled to true.');
  const document = JSON.parse(fed('red pressure-sensor/0/pressure\n', '--json').stdout);
  expect(document.replies[0]).toMatchObject({ ok: false, problem: { remedy: 'Did you mean "read"?' } });
  expect(twin('console').status).toBe(2);
  expect(twin('console', 'minimal', '--duration', '-1').status).toBe(2);
  expect(twin('console', 'minimal', '--fault', 'leek@5:0.5').status).toBe(1);
  const beyond = twin(
    'console',
    'minimal',
    '--fidelity',
    'waveform',
    '--set',
    'drive.stroke_m3=0.0019',
    '--command',
    'run 0.1',
  );
  expect(beyond.status).toBe(3);
});

test('devices: the tree of the farm, whole or a few of each kind', () => {
  const { devices, source } = json('devices', 'minimal', '--limit', '2');
  expect(devices.find(({ kind }: { kind: string }) => kind === 'pressure-valve')).toMatchObject({
    count: 54,
    address: '0x48000000',
    inService: false,
  });
  expect(source).toContain('/* 268 more of 270, each 64 bytes after the one before */');
  const text = twin('devices', 'minimal', '--set', 'headers.enabled=true').stdout;
  expect(text.startsWith('/dts-v1/;')).toBe(true);
  expect(text).toContain('pressure_valve_53: pressure-valve@48000d40 {');
  expect(twin('devices', 'minimal', '--limit', 'x').status).toBe(2);
  expect(twin('devices').status).toBe(2);
});

test('hostile files are refused by the command line as by the page', () => {
  const file = join(folder, 'hostile.toml');
  for (const text of [
    `${'a.'.repeat(50_000)}a = 1`,
    `x = "${'y'.repeat(300_000)}"`,
    '[__proto__]\nx = 1',
    'drive = 1e400',
  ]) {
    writeFileSync(file, text);
    expect(twin('validate', file).status).toBe(1);
  }
});

test('run: gains of the controller that a saved scenario gives are used, as those of --set are', () => {
  const values = valuesWith({
    'layout.size': [2, 2, 1],
    'headers.enabled': true,
    'control.enabled': true,
    'pressure_control.cycling_enabled': false,
    'pressure_control.control_mode': 'fixed',
    'control.setpoint_Pa': 520_000,
    'control.gain_per_Pa': 2e-7,
    'control.integral_time_s': 0.7,
  });
  const saved = join(folder, 'gains.toml');
  writeFileSync(saved, writeScenario(values));
  const run = (scenario: string, sets: readonly string[]) =>
    json('run', scenario, '--duration', '0.2', ...sets.flatMap((text) => ['--set', text])).stateHash;
  const hash = run(saved, []);
  expect(run(saved, ['control.gain_per_Pa=2e-7', 'control.integral_time_s=0.7'])).toBe(hash);
  expect(run(saved, ['control.gain_per_Pa=0'])).not.toBe(hash);
  const file = json('console', saved, '--duration', '0.2', '--command', 'cat controller/loops/0');
  expect(file.replies[0].lines).toEqual(
    expect.arrayContaining(['gain_per_Pa 2e-7', 'integral_time_s 0.7', 'gains_of given']),
  );
});
