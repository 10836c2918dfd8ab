// `npm test`: installs what is missing (a browser too), then types, lint, unit and physics tests, build, end-to-end tests.
// The last line sums all suites: "N passed, N failed".

import { mkdtempSync, readFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { findBrowser } from './browser.mjs';
import { bin, installDependencies, requireNode, run } from './setup.mjs';

requireNode();
installDependencies();

const reports = mkdtempSync(join(tmpdir(), 'twin-test-'));
let passed = 0;
let failed = 0;
const count = (name, ok) => {
  if (ok) passed++;
  else failed++;
  console.log(`${ok ? 'passed' : 'FAILED'}: ${name}`);
};
const readReport = (file) => {
  try {
    return JSON.parse(readFileSync(file, 'utf8'));
  } catch {
    return undefined;
  }
};

count('types', run(bin('tsc'), ['-p', '.']) === 0);
count('lint', run(bin('biome'), ['ci', '.']) === 0);

const unitReport = join(reports, 'unit.json');
const unitCode = run(bin('vitest'), [
  'run',
  '--reporter=default',
  '--reporter=json',
  `--outputFile.json=${unitReport}`,
]);
const unit = readReport(unitReport);
passed += unit?.numPassedTests ?? 0;
failed += unit?.numFailedTests ?? 0;
// A file that does not even load has no failed test of its own.
if (unitCode !== 0 && !(unit?.numFailedTests > 0)) count('unit and physics tests', false);

const built = run(bin('vite'), ['build', '--logLevel', 'warn']) === 0;
count('build', built);

const browser = built ? await findBrowser() : undefined;
if (browser) {
  const browserReport = join(reports, 'e2e.json');
  const code = run(bin('playwright'), ['test', '--reporter=list,json'], {
    env: { ...process.env, CHROMIUM_PATH: browser, PLAYWRIGHT_JSON_OUTPUT_NAME: browserReport },
  });
  const stats = readReport(browserReport)?.stats;
  passed += (stats?.expected ?? 0) + (stats?.flaky ?? 0);
  failed += stats?.unexpected ?? 0;
  if (code !== 0 && !(stats?.unexpected > 0)) count('end-to-end tests', false);
} else if (built) {
  console.error('No Chromium was found or could be installed: set CHROMIUM_PATH to one, or install it, and run again.');
  count('end-to-end tests', false);
}

console.log(`\n${passed} passed, ${failed} failed`);
process.exitCode = failed > 0 ? 1 : 0;
