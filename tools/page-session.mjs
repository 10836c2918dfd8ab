// What the tools that measure the built page share: serving it, a browser, and what the page tells of itself.

import { readdirSync, readFileSync } from 'node:fs';
import { chromium } from '@playwright/test';
import { preview } from 'vite';
import { findBrowser } from './browser.mjs';
import { root } from './setup.mjs';

/** `--name=value` of the command line; undefined when it is not given. */
export const option = (name) => process.argv.find((text) => text.startsWith(`--${name}=`))?.slice(name.length + 3);

/**
 * Opens the built page with every panel, three chambers selected and a lattice of `size` if one is given.
 * @param dist folder of the built page, if not dist/
 */
export async function openPage({ port, width = 1280, height = 800, size, dist, args = [] }) {
  const build = dist ? { build: { outDir: dist } } : {};
  const server = await preview({ root, logLevel: 'silent', preview: { port, strictPort: true }, ...build });
  const executablePath = await findBrowser();
  const browser = await chromium.launch({
    ...(executablePath ? { executablePath } : {}),
    args: ['--no-sandbox', '--use-angle=gl-egl', '--ignore-gpu-blocklist', '--disable-background-networking', ...args],
  });
  const page = await browser.newPage({ viewport: { width, height } });
  await page.addInitScript(watch);
  await page.goto(`http://127.0.0.1:${port}/`);
  await page.waitForFunction(() => window.twin !== undefined);
  await page.waitForFunction(() => window.seen.firstFrame > 0);
  await page.evaluate(() => window.twin.idle());
  if (size) {
    await page.evaluate((layout) => window.twin.set('layout.size', layout), size);
    await page.evaluate(() => window.twin.idle());
  }
  // A selected chamber keeps the farm in waveform mode, too.
  await page.evaluate(() => window.twin.select([0, 355, 700]));
  await page.evaluate(() => window.twin.idle());
  const close = async () => {
    await browser.close();
    await server.close();
  };
  return { browser, page, close };
}

/** Runs in the page before its own scripts: long tasks, first lattice frame, work of each animation frame, pictures. */
function watch() {
  const seen = { tasks: [], firstFrame: 0, work: [], pictures: 0 };
  window.seen = seen;
  new PerformanceObserver((list) => {
    for (const { startTime, duration } of list.getEntries()) seen.tasks.push({ start: startTime, ms: duration });
  }).observe({ type: 'longtask', buffered: true });
  const native = window.requestAnimationFrame.bind(window);
  // A picture ends with a fence; frames in which nothing is drawn are not counted.
  let drew = false;
  const { fenceSync } = WebGL2RenderingContext.prototype;
  WebGL2RenderingContext.prototype.fenceSync = function (...given) {
    drew = true;
    seen.pictures++;
    return fenceSync.apply(this, given);
  };
  window.requestAnimationFrame = (callback) =>
    native((time) => {
      const start = performance.now();
      callback(time);
      if (drew) seen.work.push(performance.now() - start);
      drew = false;
    });
  new MutationObserver((_, observer) => {
    if (!document.querySelector('[data-testid="lattice-canvas"]:not([data-frames="0"])')) return;
    seen.firstFrame = performance.now();
    observer.disconnect();
  }).observe(document, { subtree: true, childList: true, attributeFilter: ['data-frames'] });
}

const TICKS_PER_SECOND = 100;
const PARTS = [
  ['engine', 'renderer', /^DedicatedWorker/],
  ['mainThread', 'renderer', /^(chromium|chrome|CrRendererMain)/],
  ['restOfPage', 'renderer', /./],
  ['drawing', 'GPU', /./],
];

/** Processor seconds used so far by the parts of the browser; null where the system does not tell them by thread. */
export async function processorSeconds(browser) {
  const session = await browser.newBrowserCDPSession();
  const { processInfo } = await session.send('SystemInfo.getProcessInfo');
  await session.detach();
  const used = Object.fromEntries(PARTS.map(([part]) => [part, 0]));
  try {
    for (const { type, id } of processInfo) {
      for (const thread of readdirSync(`/proc/${id}/task`)) {
        const name = readFileSync(`/proc/${id}/task/${thread}/comm`, 'utf8').trim();
        const stat = readFileSync(`/proc/${id}/task/${thread}/stat`, 'utf8');
        const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
        const part = PARTS.find(([, kind, pattern]) => kind === type && pattern.test(name))?.[0];
        if (part) used[part] += (Number(fields[11]) + Number(fields[12])) / TICKS_PER_SECOND;
      }
    }
    return used;
  } catch {
    return null;
  }
}

/** The value below which a share of the values lies. */
export function quantile(values, share) {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[Math.max(0, Math.ceil(share * sorted.length) - 1)] ?? null;
}
