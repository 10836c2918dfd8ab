// Times the harmonic balance of the averaged mode on hcp farms: cold, warm after a small move of the means, and warm unmoved.
//   npx tsx tools/bench-averaged.ts [chambers ...] [--engine=path]
// The stroke is given (automatic tuning is timed apart), so that large farms differ from the default in their size only.

import { performance } from 'node:perf_hooks';
import type { HarmonicOptions, HarmonicResult } from '../src/engine/gas-oscillation/averaged/harmonic-types.ts';

const engine = process.argv.find((a) => a.startsWith('--engine='))?.slice(9) ?? '../src/engine';
const counts = process.argv
  .slice(2)
  .filter((a) => !a.startsWith('--'))
  .map(Number);
const { farmWith } = (await import(`${engine}/testing.ts`)) as typeof import('../src/engine/testing.ts');
const { averagedFromWaveform } = (await import(
  `${engine}/gas-oscillation/averaged/waveform-exchange.ts`
)) as typeof import('../src/engine/gas-oscillation/averaged/waveform-exchange.ts');
const { harmonicInput } = (await import(
  `${engine}/gas-oscillation/averaged/averaged-state.ts`
)) as typeof import('../src/engine/gas-oscillation/averaged/averaged-state.ts');
const { solveHarmonicBalance } = (await import(
  `${engine}/gas-oscillation/averaged/harmonic-balance.ts`
)) as typeof import('../src/engine/gas-oscillation/averaged/harmonic-balance.ts');

let autoStroke: number | null = null;

for (const count of counts.length > 0 ? counts : [1000]) {
  let start = performance.now();
  const farm = farmWith({
    ...(count === 1000 ? {} : { 'gas_oscillation.chamber_count': count }),
    ...(count > 1000 ? { 'drive.stroke_m3': autoStroke ?? 5e-6 } : {}),
  });
  if (count === 1000)
    autoStroke =
      2 *
      Math.max(
        ...farm.surroundings.pistonTargetRe.map((x, i) => Math.hypot(x, farm.surroundings.pistonTargetIm[i] as number)),
      );
  console.log(
    `${farm.layout.count} chambers, ${farm.layout.edges.length / 2} ducts: built in ${(performance.now() - start).toFixed(0)} ms, stroke ${autoStroke}`,
  );
  const context = {
    edges: farm.layout.edges,
    restVolume: farm.restVolume,
    coefficients: farm.stepping,
    surroundings: farm.surroundings,
  };
  const s = averagedFromWaveform(
    farm.state,
    { temperature: farm.state.temperature, displacement: farm.state.displacement },
    context,
    0,
  );
  const run = (name: string, options: HarmonicOptions): HarmonicResult => {
    start = performance.now();
    const cpu = process.cpuUsage();
    const result = solveHarmonicBalance(harmonicInput(s, context), options);
    const time = performance.now() - start;
    const used = process.cpuUsage(cpu).user / 1000;
    const pass = result.ok ? result.solution.iterations : result.iterations;
    const drive = result.ok ? result.solution.powers.drive.reduce((a, b) => a + b, 0) : Number.NaN;
    console.log(
      `  ${name.padEnd(28)} ${time.toFixed(1).padStart(9)} ms (cpu ${used.toFixed(0)})  ${pass} passes  ${result.ok ? 'ok' : result.reason} drive ${drive} W, rss ${(process.memoryUsage().rss / 1e6).toFixed(0)} MB`,
    );
    return result;
  };
  const tolerance = 1e-7;
  const warmOf = (r: HarmonicResult) => (r.ok ? r.solution : null);
  if (count <= 1000) run('cold 1e-9', {});
  let last = run('cold 1e-7', { tolerance });
  if (count <= 1000) last = run('cold 1e-7', { tolerance });
  for (let move = 0; move < (count > 20000 ? 2 : 6); move++) {
    for (let i = 0; i < s.chambers; i++)
      s.temperature[i] = (s.temperature[i] as number) + 0.1 * (0.5 + 0.5 * Math.sin(i));
    last = run('warm 1e-7, moved 0.1 K', { tolerance, warm: warmOf(last) });
  }
  run('warm 1e-7, unmoved', { tolerance, warm: warmOf(last) });
}
