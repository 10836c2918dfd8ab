// What every browser test shares: a page on the built twin where any console error, page error or violation of the
// content security policy fails the test, and helpers that wait for the idle signal, never for time.

import { readFileSync } from 'node:fs';
import { test as base, expect, type Page } from '@playwright/test';
import type { TwinApi } from '../src/app/twin-api.ts';

declare global {
  interface Window {
    twin: TwinApi;
    policyViolations: string[];
  }
}

export const test = base.extend<{ strictPage: Page }>({
  strictPage: async ({ page }, use) => {
    const errors: string[] = [];
    page.on('console', (message) => {
      if (message.type() === 'error') errors.push(`console: ${message.text()}`);
    });
    page.on('pageerror', (error) => errors.push(`page: ${error.message}`));
    await page.addInitScript(() => {
      window.policyViolations = [];
      document.addEventListener('securitypolicyviolation', (event) => {
        window.policyViolations.push(`${event.violatedDirective} ${event.blockedURI} ${event.sample}`);
      });
    });
    // Listening from the start: interception of the file chooser takes effect some time after it is asked for.
    page.on('filechooser', () => undefined);
    await use(page);
    expect(await page.evaluate(() => window.policyViolations)).toEqual([]);
    expect(errors).toEqual([]);
  },
});
export { expect };

/** Opens the twin and waits until it is idle with a running farm. */
export async function openTwin(page: Page, url = '/'): Promise<void> {
  await page.goto(url);
  await page.waitForFunction(() => window.twin !== undefined);
  await idle(page);
}

export const idle = (page: Page): Promise<void> => page.evaluate(() => window.twin.idle());

/** Waits until the farm has finished detector windows, so that amplitudes and charts have data. */
export const firstReadings = (page: Page): Promise<unknown> =>
  page.waitForFunction(async () => Number.isFinite((await window.twin.metrics()).pressureRatioRms));

export const shipped = (path: string): string => readFileSync(new URL(`../public/${path}`, import.meta.url), 'utf8');

/** Pixels of the lattice canvas that differ clearly from the ground colour, as a share. */
export function drawnShare(page: Page): Promise<number> {
  return page.evaluate(async () => {
    const canvas = document.querySelector<HTMLCanvasElement>('[data-testid="lattice-canvas"] canvas');
    if (!canvas) throw new Error('no lattice canvas');
    const copy = document.createElement('canvas');
    copy.width = 200;
    copy.height = 150;
    const context = copy.getContext('2d', { willReadFrequently: true });
    if (!context) throw new Error('no 2-D context');
    context.drawImage(canvas, 0, 0, copy.width, copy.height);
    const { data } = context.getImageData(0, 0, copy.width, copy.height);
    const [r, g, b] = [data[0] ?? 0, data[1] ?? 0, data[2] ?? 0];
    let different = 0;
    for (let k = 0; k < data.length; k += 4) {
      const distance =
        Math.abs((data[k] ?? 0) - r) + Math.abs((data[k + 1] ?? 0) - g) + Math.abs((data[k + 2] ?? 0) - b);
      if (distance > 40) different++;
    }
    return different / (copy.width * copy.height);
  });
}

/** Number of engine frames drawn so far. */
export const drawnFrames = async (page: Page): Promise<number> =>
  Number(await page.getByTestId('lattice-canvas').getAttribute('data-frames'));
