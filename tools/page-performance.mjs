// Measures the built page with every panel open: first lattice frame, code loaded for it, long main-thread tasks, work and
// number of pictures, engine speed, processor time by part, heap. Prints one JSON document.
// Run: npm run build && node tools/page-performance.mjs [seconds] [--size=46,46,46] [--hover] [--faster] [--dist=folder]
// --faster asks for twice the real time: shows what the engine could do.

import { gzipSync } from 'node:zlib';
import { openPage, option, processorSeconds, quantile } from './page-session.mjs';

const seconds = Number(process.argv.slice(2).find((text) => /^\d+$/.test(text)) ?? 30);
const size = option('size')?.split(',').map(Number);
const hover = process.argv.includes('--hover');
const { browser, page, close } = await openPage({ port: 4199, size, dist: option('dist') });
const codeBeforeFirstFrame = await codeSize();
if (process.argv.includes('--faster')) await page.getByRole('banner').getByRole('button', { name: 'Faster' }).click();
await page.waitForTimeout(6000);
const from = await page.evaluate(() => {
  Object.assign(window.seen, { work: [], pictures: 0 });
  return performance.now();
});
const usedBefore = await processorSeconds(browser);
const before = await page.evaluate(() => window.twin.status());
const started = Date.now();
if (hover) await moveAbout();
await page.waitForTimeout(Math.max(0, 1000 * seconds - (Date.now() - started)));
const wall = (Date.now() - started) / 1000;
const usedAfter = await processorSeconds(browser);
const after = await page.evaluate(() => window.twin.status());
const seen = await page.evaluate(() => window.seen);
const heap = await page.evaluate(() => performance.memory?.usedJSHeapSize ?? null);
const late = seen.tasks.filter(({ start }) => start > from).map(({ ms }) => ms);

const result = {
  seconds: round(wall, 1),
  chambers: after.chambers,
  firstLatticeFrame_ms: round(seen.firstFrame, 0),
  codeBeforeFirstFrame_kB_gzip: codeBeforeFirstFrame,
  tasksOver50ms: late.length,
  tasksOver100ms: late.filter((ms) => ms > 100).length,
  longestTask_ms: Math.max(0, ...late),
  picturesPerSecond: round(seen.pictures / wall, 1),
  mainThreadPerPicture_ms: { median: round(quantile(seen.work, 0.5)), p95: round(quantile(seen.work, 0.95)) },
  realTimeFactor: (after.simulated_s - before.simulated_s) / wall,
  processors: usedBefore && usedAfter && shares(usedBefore, usedAfter),
  residuals: after.residuals,
  heap_MB: heap === null ? null : round(heap / 1e6, 1),
};
console.log(JSON.stringify(result, null, 1));
await close();
process.exit(0);

/** Cores used by each part. */
function shares(first, last) {
  return Object.fromEntries(Object.entries(last).map(([part, used]) => [part, round((used - first[part]) / wall)]));
}

/** The page's scripts that arrived before the first lattice frame, as a server that compresses would send them. */
async function codeSize() {
  const addresses = await page.evaluate(() =>
    performance
      .getEntriesByType('resource')
      .filter(({ name, responseEnd }) => name.endsWith('.js') && responseEnd < window.seen.firstFrame)
      .map(({ name }) => name),
  );
  const scripts = addresses.filter((address) => !address.includes('.worker-'));
  const bodies = await Promise.all(scripts.map(async (address) => (await fetch(address)).text()));
  return round(bodies.reduce((sum, body) => sum + gzipSync(body, { level: 9 }).length, 0) / 1000, 1);
}

/** The pointer goes over the lattice, so that the chamber under it is looked for again and again. */
async function moveAbout() {
  const box = await page.getByTestId('lattice-canvas').boundingBox();
  while (box && Date.now() - started < 1000 * seconds) {
    const turn = (Date.now() - started) / 1500;
    await page.mouse.move(
      box.x + box.width * (0.5 + 0.2 * Math.cos(turn)),
      box.y + box.height * (0.5 + 0.2 * Math.sin(turn)),
    );
  }
}

function round(value, digits = 2) {
  return value === null ? null : Number(value.toFixed(digits));
}
