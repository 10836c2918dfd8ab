// Makes e2e/golden/ngspice.json: the farm's netlist, run in ngspice, as golden values for netlist.physics.test.ts.
// Needs ngspice (Debian: apt-get install ngspice). Run: npx tsx e2e/golden/ngspice.ts

import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Farm } from '../../src/engine/farm.ts';
import { netlist } from '../../src/engine/gas-oscillation/netlist.ts';
import { checkEdits } from '../../src/engine/parameters/check-edits.ts';
import { defaultValues } from '../../src/engine/parameters/table.ts';
import { DURATION_S, NETWORKS, SAMPLE_S } from './networks.ts';

const folder = mkdtempSync(join(tmpdir(), 'netlist-'));
const golden: Record<string, { chambers: number[]; time_s: number[]; pressure_Pa: number[][] }> = {};
for (const [name, network] of Object.entries(NETWORKS)) {
  const checked = checkEdits(defaultValues(), network.edits);
  if (!checked.ok) throw new Error(JSON.stringify(checked.problems));
  const made = Farm.create(checked.values);
  if (!made.ok) throw new Error(JSON.stringify(made.problems));
  const file = join(folder, `${name}.cir`);
  const raw = join(folder, `${name}.raw`);
  writeFileSync(file, netlist(made.farm, { duration_s: DURATION_S, linear: false, title: name }));
  execFileSync('ngspice', ['-b', '-r', raw, file], { stdio: ['ignore', 'ignore', 'inherit'], env: { ...process.env, SPICE_ASCIIRAWFILE: '1' } });
  const columns = readAsciiRaw(readFileSync(raw, 'utf8'));
  const time = columns.get('time') ?? [];
  const grid = Array.from({ length: Math.round(DURATION_S / SAMPLE_S) + 1 }, (_, k) => k * SAMPLE_S);
  golden[name] = {
    chambers: network.chambers,
    time_s: grid,
    pressure_Pa: network.chambers.map((i) => interpolate(time, columns.get(`v(p${i})`) ?? [], grid)),
  };
  console.log(`${name}: ${time.length} points`);
}
const version = execFileSync('ngspice', ['--version'], { encoding: 'utf8' }).match(/ngspice-\S+/)?.[0];
writeFileSync(new URL('ngspice.json', import.meta.url), `${JSON.stringify({ program: version, networks: golden }, (_, v) => (typeof v === 'number' ? Number(v.toPrecision(7)) : v))}\n`);

function readAsciiRaw(text: string): Map<string, number[]> {
  const names: string[] = [];
  const lines = text.split('\n');
  let at = lines.findIndex((line) => line.startsWith('Variables:')) + 1;
  for (; !lines[at]?.startsWith('Values:'); at++) names.push(lines[at]?.trim().split(/\s+/)[1] ?? '');
  const columns = new Map(names.map((name) => [name, [] as number[]]));
  const numbers = lines.slice(at + 1).join(' ').trim().split(/\s+/).map(Number);
  for (let k = 0; k < numbers.length; k += names.length + 1) {
    names.forEach((name, m) => {
      columns.get(name)?.push(numbers[k + 1 + m] ?? Number.NaN);
    });
  }
  return columns;
}

function interpolate(x: number[], y: number[], grid: number[]): number[] {
  let k = 0;
  return grid.map((t) => {
    while (k < x.length - 2 && (x[k + 1] ?? 0) < t) k++;
    const [a, b] = [x[k] ?? 0, x[k + 1] ?? 0];
    const share = b > a ? (t - a) / (b - a) : 0;
    return (y[k] ?? 0) + share * ((y[k + 1] ?? 0) - (y[k] ?? 0));
  });
}
