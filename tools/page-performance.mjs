// Measures the built page: first lattice frame, long main-thread tasks, engine speed, heap. Prints one JSON document.
// Run: npm run build && node tools/page-performance.mjs [seconds]

import { chromium } from '@playwright/test';
import { preview } from 'vite';
import { findBrowser } from './browser.mjs';

const seconds = Number(process.argv[2] ?? 30);
const server = await preview({ logLevel: 'silent', preview: { port: 4199, strictPort: true } });
const executablePath = await findBrowser();
const browser = await chromium.launch({
  ...(executablePath ? { executablePath } : {}),
  args: ['--no-sandbox', '--use-angle=gl-egl', '--ignore-gpu-blocklist', '--disable-background-networking'],
});
const page = await browser.newPage({ viewport: { width: 1280, height: 800 } });
await page.addInitScript(() => {
  const seen = { tasks: [], firstFrame: 0 };
  window.seen = seen;
  new PerformanceObserver((list) => {
    for (const { startTime, duration } of list.getEntries()) seen.tasks.push({ start: startTime, ms: duration });
  }).observe({ type: 'longtask', buffered: true });
  const look = () => {
    const frames = Number(document.querySelector('[data-testid="lattice-canvas"]')?.getAttribute('data-frames') ?? 0);
    if (frames > 0) seen.firstFrame = performance.now();
    else requestAnimationFrame(look);
  };
  requestAnimationFrame(look);
});
await page.goto('http://127.0.0.1:4199/');
await page.waitForFunction(() => window.twin !== undefined);
await page.evaluate(() => window.twin.idle());
await page.evaluate(() => window.twin.select([0, 355, 700]));
await page.waitForFunction(() => window.seen.firstFrame > 0);
const settled = await page.evaluate(() => performance.now() + 3000);
await page.waitForTimeout(3000 + 1000 * seconds);
const result = await page.evaluate(async (from) => {
  const { tasks, firstFrame } = window.seen;
  const late = tasks.filter(({ start }) => start > from).map(({ ms }) => ms);
  const { realTimeFactor, residuals } = await window.twin.status();
  const { memory } = performance;
  return {
    firstLatticeFrame_ms: firstFrame,
    tasksOver50ms: late.length,
    tasksOver100ms: late.filter((ms) => ms > 100).length,
    longestTask_ms: Math.max(0, ...late),
    realTimeFactor,
    residuals,
    heap_MB: memory ? memory.usedJSHeapSize / 1e6 : null,
  };
}, settled);
console.log(JSON.stringify({ seconds, ...result }, null, 1));
await browser.close();
await server.close();
process.exit(0);
