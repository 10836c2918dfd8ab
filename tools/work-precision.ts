// Makes docs/work-precision.svg and prints the tables of docs/performance.md "Work and precision".
//   npx tsx tools/work-precision.ts [rounds] [FILE.svg]

import { writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { machineForPeople, presentMachine } from '../src/cli/bench/report.ts';
import {
  buildUpTable,
  lastingTable,
  measureBuildUp,
  measureLasting,
  measurePrecision,
  precisionFigure,
  precisionTable,
} from '../src/cli/bench/work-precision.ts';
import { progressBar } from '../src/cli/output.ts';

const rounds = Number(process.argv[2] ?? 9);
const file = process.argv[3] ?? fileURLToPath(new URL('../docs/work-precision.svg', import.meta.url));
if (!(Number.isInteger(rounds) && rounds >= 1 && file.endsWith('.svg')))
  throw new Error('Use: npx tsx tools/work-precision.ts [rounds, from 1] [FILE.svg]');
const bar = progressBar('work and precision');
const rows = measurePrecision(rounds, (share) => bar(share / 2));
const lasting = measureLasting((share) => bar((1 + share) / 2));
writeFileSync(file, precisionFigure(rows));
console.log(
  `${machineForPeople(presentMachine())}\n\n${precisionTable(rows)}\n\n${lastingTable(lasting)}\n\n${buildUpTable(measureBuildUp())}`,
);
