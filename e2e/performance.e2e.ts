import type { Page, Worker } from '@playwright/test';
import { drawnFrames, expect, idle, openTwin, test } from './fixtures.ts';

const figures = (page: Page) => page.getByTestId('performance');
/** The engine and its spare, without the threads an engine may start. */
const isEngine = (worker: Worker): boolean => worker.url().includes('farm.worker');
const engines = (page: Page): number => page.workers().filter(isEngine).length;

test('the performance figures come and go by key and by click, are measured, and are kept over a reload', async ({
  strictPage: page,
}) => {
  await openTwin(page);
  await page.evaluate(() => window.twin.set('simulation.fidelity', 'waveform'));
  await expect(figures(page)).toHaveCount(0);
  await page.keyboard.press('h');
  await expect(figures(page)).toBeVisible();
  for (const name of ['Picture every', 'Main thread', 'Device', 'Real time', 'Chamber and step', 'Steps', 'Messages']) {
    await expect(figures(page).getByRole('row', { name: new RegExp(`^${name}.*[1-9]`) })).toBeVisible();
  }
  await expect(figures(page).getByRole('row', { name: /^Kernel SIMD/ })).toBeVisible();
  await page.evaluate(() => window.twin.pause());
  await expect(figures(page).getByRole('row', { name: 'Real time —' })).toBeVisible();
  await page.reload();
  await page.waitForFunction(() => window.twin !== undefined);
  await idle(page);
  await expect(figures(page)).toBeVisible();
  await figures(page).getByRole('button', { name: 'Close performance figures' }).click();
  await expect(figures(page)).toHaveCount(0);
  const speed = page.getByRole('button', { name: /^Real time/ });
  await speed.click();
  await expect(figures(page)).toBeVisible();
  await expect(speed).toHaveAttribute('aria-pressed', 'true');
  await page.keyboard.press('?');
  await expect(page.getByRole('dialog')).toContainText('Performance figures');
});

test('a spare engine waits without a farm and takes the place of a lost one', async ({ strictPage: page }) => {
  let made = 0;
  page.on('worker', (worker) => {
    if (isEngine(worker)) made++;
  });
  await openTwin(page);
  await expect.poll(() => engines(page)).toBe(2);
  expect(made).toBe(2);
  await page.evaluate(() => window.twin.set('drive.frequency_Hz', 910));
  await page.evaluate(() => window.twin.killWorker());
  await expect.poll(() => engines(page)).toBe(1);
  await page.getByRole('button', { name: /Restart/ }).click();
  await idle(page);
  const status = await page.evaluate(() => window.twin.status());
  expect(status.chambers).toBe(1000);
  expect(status.running).toBe(true);
  expect(await page.evaluate(() => window.twin.get('drive.frequency_Hz'))).toBe(910);
  const frames = await drawnFrames(page);
  await expect.poll(() => drawnFrames(page)).toBeGreaterThan(frames);
  // The one more is the next spare.
  await expect.poll(() => engines(page)).toBe(2);
  expect(made).toBe(3);
});

test('ducts of a large lattice are hidden with a word, and drawn at the surface when asked for', async ({
  strictPage: page,
}) => {
  await openTwin(page);
  await page.evaluate(() => window.twin.pause());
  await page.evaluate(() => window.twin.set('layout.size', [20, 20, 20]));
  await idle(page);
  const view = page.getByRole('group', { name: 'View' });
  await expect(view).toContainText('Ducts hidden for speed');
  await view.getByRole('button', { name: 'Show' }).click();
  await expect(view).toContainText('at the surface only');
  await view.getByRole('button', { name: 'Hide' }).click();
  await expect(view).toContainText('Ducts hidden for speed');
});
