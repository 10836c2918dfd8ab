import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { DURATION_S, NETWORKS } from '../../../e2e/golden/networks.ts';
import type { Farm } from '../farm.ts';
import { farmWith } from '../testing.ts';
import { netlist } from './netlist.ts';

interface Golden {
  readonly program: string;
  readonly networks: Readonly<Record<string, { chambers: number[]; time_s: number[]; pressure_Pa: number[][] }>>;
}
const golden = JSON.parse(readFileSync(new URL('../../../e2e/golden/ngspice.json', import.meta.url), 'utf8')) as Golden;

/** Pressure deviations of the chambers at the golden times (linear interpolation between steps). */
function simulate(farm: Farm, chambers: readonly number[], times: readonly number[]): number[][] {
  const mean = farm.state.pressure[0] as number;
  const dt = farm.coefficients.timeStep;
  const steps = Math.ceil(DURATION_S / dt) + 1;
  const series = chambers.map(() => [0]);
  farm.step(steps, () => {
    chambers.forEach((i, m) => {
      series[m]?.push((farm.state.pressure[i] as number) - mean);
    });
  });
  return series.map((values) =>
    times.map((t) => {
      const k = Math.min(Math.floor(t / dt), values.length - 2);
      const share = t / dt - k;
      return (values[k] as number) * (1 - share) + (values[k + 1] as number) * share;
    }),
  );
}

for (const [name, network] of Object.entries(NETWORKS)) {
  test(`${name}: the time step agrees with ngspice on the farm's netlist to 1 % of the peak over 50 ms`, () => {
    const reference = golden.networks[name];
    if (!reference) throw new Error(`no golden values for ${name}`);
    const simulated = simulate(farmWith(network.edits), network.chambers, reference.time_s);
    let peak = 0;
    let worst = 0;
    reference.pressure_Pa.forEach((expected, m) => {
      expected.forEach((value, k) => {
        peak = Math.max(peak, Math.abs(value));
        worst = Math.max(worst, Math.abs(value - (simulated[m]?.[k] as number)));
      });
    });
    expect(peak).toBeGreaterThan(100);
    expect(worst / peak).toBeLessThan(0.01);
  });
}

test('the netlist has one node per chamber and one inductor per duct, and no line a SPICE cannot read', () => {
  const farm = farmWith({ 'layout.size': [3, 2, 2] });
  const lines = netlist(farm, { duration_s: 0.01, linear: false, title: 'a\nb' }).trimEnd().split('\n');
  expect(lines.filter((line) => /^Ld\d+ /.test(line)).length).toBe(farm.state.ducts);
  expect(lines.filter((line) => /^Cv\d+ /.test(line)).length).toBe(12);
  expect(lines.filter((line) => line.startsWith('Bm')).length).toBe(farm.state.ducts);
  expect(netlist(farm, { duration_s: 0.01, linear: true, title: '' })).not.toContain('Bm0');
  for (const line of lines) expect(line).toMatch(/^[*.A-Za-z]/);
  expect(lines.join(' ')).not.toMatch(/NaN|Infinity|undefined/);
});
