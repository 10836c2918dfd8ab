// `npm run campaign [runs] [seed]`: random faults, alone and in pairs, on a small farm with headers; what must hold is checked in
// every run, and how often the alarms name the first cause.

import { type FaultCase, pairedFaults, singleFaults } from '../src/engine/faults/campaign.ts';
import { runCampaignCase } from '../src/engine/faults/campaign-run.ts';
import { createRandom } from '../src/engine/numerics/random.ts';
import { farmWith } from '../src/engine/testing.ts';

const HORIZON_S = 4;
const runs = Number(process.argv[2] ?? 200);
const seed = Number(process.argv[3] ?? 20261123);
const farm = () =>
  farmWith({
    'layout.size': [3, 2, 2],
    'simulation.fidelity': 'waveform',
    'headers.enabled': true,
    'simulation.seed': seed,
  });

const { targets } = farm().plant;
const random = createRandom(seed);
const pool: FaultCase[] = [...singleFaults(seed, targets, HORIZON_S, 6), ...pairedFaults(seed, targets, HORIZON_S, 1)];
const picked = Array.from({ length: runs }, () => pool[Math.floor(random.next() * pool.length)]);
let alarmed = 0;
let right = 0;
let bad = 0;
picked.forEach((faults, n) => {
  const r = runCampaignCase(farm(), faults, HORIZON_S);
  const text = faults
    .map(({ kind, targets: at, magnitudes }) => `${kind}=${magnitudes.map((x) => x.toPrecision(3))}@${at}`)
    .join(' + ');
  const sound = r.stopped === null && r.finite && r.relieved && r.energyResidual < 1e-9;
  if (!sound) bad++;
  if (r.right !== null) alarmed++;
  if (r.right) right++;
  if (!sound || r.right === false) {
    const cause = r.named ? `${r.named.kind}@${r.named.index}` : 'nothing';
    process.stdout.write(
      `${n} ${text}: named ${cause}; ${r.stopped ?? 'ran'}, finite ${r.finite}, highest ${(r.highest_Pa / 101325).toFixed(2)} atm, energy ${r.energyResidual.toExponential(1)}\n`,
    );
  }
});
process.stdout.write(
  `${runs} runs: ${bad} unsound; alarmed ${alarmed}, first cause right in ${right} (${((100 * right) / Math.max(1, alarmed)).toFixed(1)} %)\n`,
);
process.exitCode = bad > 0 || right < 0.95 * alarmed ? 1 : 0;
