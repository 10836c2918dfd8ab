import { readFileSync, writeFileSync } from 'node:fs';
import type { Page } from '@playwright/test';
import { PLAIN } from '../playwright.config.ts';
import { drawnFrames, drawnShare, expect, firstReadings, idle, openTwin, shipped, test } from './fixtures.ts';

const value = (page: Page, key: string) => page.evaluate((k) => window.twin.get(k), key);
const status = (page: Page) => page.evaluate(() => window.twin.status());

for (const [name, url] of [
  ['shared memory', '/'],
  ['transferred buffers', PLAIN],
] as const) {
  test(`first view with ${name}: a thousand chambers oscillate, are drawn and balance`, async ({
    strictPage: page,
  }) => {
    await openTwin(page, url);
    expect(await page.evaluate(() => crossOriginIsolated)).toBe(name === 'shared memory');
    await firstReadings(page);
    const before = await status(page);
    expect(before.chambers).toBe(1000);
    expect(before.ducts).toBe(5130);
    expect(before.running).toBe(true);
    await page.waitForFunction(async (t) => (await window.twin.status()).simulated_s > t, before.simulated_s);
    expect((await status(page)).residuals.energy).toBeLessThan(1e-9);
    const frames = await drawnFrames(page);
    await expect.poll(() => drawnFrames(page)).toBeGreaterThan(frames);
    await expect.poll(() => drawnShare(page)).toBeGreaterThan(0.15);
    const field = await page.evaluate(async () => Array.from(await window.twin.frame('amplitude_Pa')));
    expect(field.length).toBe(1000);
    expect(Math.max(...field)).toBeGreaterThan(3000);
    await expect(page.getByText('Energy residual').first()).toBeVisible();
  });
}

test('edit while running: the farm follows without a reset, undo and redo give the values back', async ({
  strictPage: page,
}) => {
  await openTwin(page);
  await firstReadings(page);
  const before = await status(page);
  const frequency = page.getByRole('textbox', { name: /^Drive frequency/ });
  await frequency.fill('0.9 kHz');
  await frequency.press('Enter');
  await idle(page);
  expect(await value(page, 'drive.frequency_Hz')).toBe(900);
  const after = await status(page);
  expect(after.simulated_s).toBeGreaterThanOrEqual(before.simulated_s);
  expect(after.running).toBe(true);
  await page.getByRole('button', { name: 'Undo' }).click();
  await idle(page);
  expect(await value(page, 'drive.frequency_Hz')).toBe(1000);
  await page.keyboard.press('Control+Shift+Z');
  await idle(page);
  expect(await value(page, 'drive.frequency_Hz')).toBe(900);
});

test('a value that cannot be is refused at its row, with the range, and changes nothing', async ({
  strictPage: page,
}) => {
  await openTwin(page);
  const frequency = page.getByRole('textbox', { name: /^Drive frequency/ });
  await frequency.fill('-3');
  await frequency.press('Enter');
  await idle(page);
  await expect(page.getByText(/20000/).first()).toBeVisible();
  expect(await value(page, 'drive.frequency_Hz')).toBe(1000);
  const refusal = await page.evaluate(() =>
    window.twin.set('drive.frequency_Hz', -3).then(
      () => '',
      (error: Error) => error.message,
    ),
  );
  expect(refusal).toContain('drive.frequency_Hz');
});

test('a change of the lattice is drawn and the oscillation is carried over', async ({ strictPage: page }) => {
  await openTwin(page);
  await firstReadings(page);
  await page.evaluate(() => window.twin.set('layout.size', [6, 6, 6]));
  await idle(page);
  expect((await status(page)).chambers).toBe(216);
  expect(await page.evaluate(async () => (await window.twin.frame('pressure_Pa')).length)).toBe(216);
  await expect.poll(() => drawnShare(page)).toBeGreaterThan(0.15);
  await page.keyboard.press('Control+Z');
  await idle(page);
  expect((await status(page)).chambers).toBe(1000);
});

test('select chambers: the inspector shows their waveforms and flows', async ({ strictPage: page }) => {
  await openTwin(page);
  await firstReadings(page);
  const canvas = page.getByTestId('lattice-canvas');
  const box = await canvas.boundingBox();
  if (!box) throw new Error('the lattice has no box');
  await page.mouse.click(box.x + box.width / 2, box.y + box.height / 2);
  await expect(page.getByText('p–V loop', { exact: false }).first()).toBeVisible();
  await page.evaluate(() => window.twin.select([12, 500]));
  await idle(page);
  const inspector = page
    .getByRole('complementary', { name: /Inspector/ })
    .or(page.getByRole('region', { name: /Inspector/ }));
  await expect(inspector.first()).toContainText('500');
  await expect(inspector.first()).toContainText('Wall temperature');
});

test('pause, step and slow motion', async ({ strictPage: page }) => {
  await openTwin(page);
  // By itself a settled farm is averaged, and a step is then a tenth of a second.
  await page.evaluate(() => window.twin.set('simulation.fidelity', 'waveform'));
  await firstReadings(page);
  await page.keyboard.press('Space');
  await idle(page);
  const paused = await status(page);
  expect(paused.running).toBe(false);
  expect(paused.stateHash).toMatch(/^[0-9a-f]{16}$/);
  await page.getByRole('button', { name: 'Step' }).click();
  await idle(page);
  const stepped = await status(page);
  // A whole part of the drive's cycle: 20 while the wave builds up, 12 once it is steady.
  const length = stepped.simulated_s - paused.simulated_s;
  const perCycle = Math.round(1e-3 / length);
  expect([12, 20]).toContain(perCycle);
  expect(length).toBeCloseTo(1e-3 / perCycle, 9);
  expect(stepped.stateHash).not.toBe(paused.stateHash);
  await page
    .getByRole('button', { name: /True waveform/ })
    .or(page.getByRole('radio', { name: /True waveform/ }))
    .first()
    .click();
  await page.evaluate(() => window.twin.run());
  await idle(page);
  const frames = await drawnFrames(page);
  await expect.poll(() => drawnFrames(page)).toBeGreaterThan(frames + 3);
});

test('a bad file is refused with file, line, key, reason and remedy; the farm goes on untouched', async ({
  strictPage: page,
}, info) => {
  await openTwin(page);
  await page.evaluate(() => window.twin.set('drive.frequency_Hz', 950));
  await page.evaluate(() => window.twin.pause());
  const before = await status(page);
  const path = info.outputPath('broken <img src=x onerror=alert(1)>.toml');
  writeFileSync(path, '[drive]\nfrequency_Hz = 700\nfrequencyHz = 800\n\n[layout]\nspacing_m = -4\n');
  const chooser = page.waitForEvent('filechooser');
  await page.keyboard.press('Control+O');
  await (await chooser).setFiles(path);
  await idle(page);
  const message = page
    .getByRole('alert')
    .or(page.getByRole('region', { name: 'Messages' }))
    .first();
  await expect(message).toContainText('broken <img');
  await expect(message).toContainText('frequencyHz');
  await expect(message).toContainText('3');
  await expect(message).toContainText('layout.spacing_m');
  expect(await status(page)).toEqual(before);
  expect(await value(page, 'drive.frequency_Hz')).toBe(950);
});

test('open a good file, save it and open that again: the same farm', async ({ strictPage: page }, info) => {
  await openTwin(page);
  const path = info.outputPath('mine.toml');
  writeFileSync(path, shipped('config/server_farm/test.toml'));
  const chooser = page.waitForEvent('filechooser');
  await page.keyboard.press('Control+O');
  await (await chooser).setFiles(path);
  await idle(page);
  expect((await status(page)).chambers).toBe(10);
  await page.evaluate(() => window.twin.set('drive.pressure_ratio', 0.013));
  const download = page.waitForEvent('download');
  await page.keyboard.press('Control+S');
  const saved = info.outputPath('saved.toml');
  await (await download).saveAs(saved);
  const hashes: (string | null)[] = [];
  for (let round = 0; round < 2; round++) {
    await page.evaluate(() => window.twin.pause());
    await page.evaluate((text) => window.twin.load(text), readFileSync(saved, 'utf8'));
    await page.evaluate(() => window.twin.pause());
    hashes.push((await page.evaluate(() => window.twin.step(500))).stateHash);
    expect(await value(page, 'drive.pressure_ratio')).toBe(0.013);
  }
  expect(hashes[0]).toBe(hashes[1]);
  // The same parameters to the last digit; only the title in the first line is the file's name.
  const parameters = (text: string) => text.slice(text.indexOf('\n'));
  expect(parameters(await page.evaluate(() => window.twin.save()))).toBe(parameters(readFileSync(saved, 'utf8')));
});

test('the engine lost: the page says so, and restarts it with the scenario', async ({ strictPage: page }) => {
  await openTwin(page);
  await page.evaluate(() => window.twin.killWorker());
  const restart = page.getByRole('button', { name: /Restart/ });
  await expect(restart).toBeVisible();
  await restart.click();
  await page.waitForFunction(() => document.querySelector('[data-testid="lattice-canvas"]') !== null);
  await idle(page);
  const { chambers, running } = await status(page);
  expect(chambers).toBe(1000);
  expect(running).toBe(true);
});

test('a reload goes on with the scenario as it stood; a damaged record is told and set aside', async ({
  strictPage: page,
}) => {
  await openTwin(page);
  await page.evaluate(() => window.twin.set('drive.frequency_Hz', 870));
  await page.waitForFunction(() => localStorage.getItem('buhera.scenario')?.includes('870'));
  await page.reload();
  await page.waitForFunction(() => window.twin !== undefined);
  await idle(page);
  expect(await value(page, 'drive.frequency_Hz')).toBe(870);
  expect((await status(page)).running).toBe(true);
  await page.evaluate(() => {
    localStorage.setItem(
      'buhera.scenario',
      JSON.stringify({ name: 'mine.toml', text: '[drive]\nfrequency_Hz = 1e99\n' }),
    );
    // What the page would write as it goes must not cover the damage.
    Object.defineProperty(window, 'localStorage', { value: { setItem: () => undefined, getItem: () => null } });
  });
  await page.reload();
  await page.waitForFunction(() => window.twin !== undefined);
  await idle(page);
  expect(await value(page, 'drive.frequency_Hz')).toBe(1000);
  await expect(page.getByText('mine.toml was not opened', { exact: false }).first()).toBeVisible();
  expect(await page.evaluate(() => localStorage.getItem('buhera.scenario.damaged'))).toContain('1e99');
});

test('a farm driven beyond what can be computed stops, says so, and can be reset', async ({ strictPage: page }) => {
  await openTwin(page);
  await page.evaluate(() => window.twin.set('drive.stroke_m3', 0.002));
  await expect(page.getByText('The farm stopped at a physical limit').first()).toBeVisible();
  expect((await status(page)).running).toBe(false);
  await page.evaluate(() => window.twin.set('drive.stroke_m3', 1.05e-5));
  await page.getByRole('button', { name: 'Reset time' }).click();
  await page.evaluate(() => window.twin.run());
  await idle(page);
  expect((await status(page)).running).toBe(true);
});

test('both themes draw the lattice', async ({ strictPage: page }) => {
  await openTwin(page);
  await firstReadings(page);
  for (const theme of ['light', 'dark']) {
    const change = page.getByRole('button', { name: `Change to the ${theme} theme` });
    if (await change.count()) await change.click();
    await expect(page.locator('html')).toHaveAttribute('data-mantine-color-scheme', theme);
    await expect.poll(() => drawnShare(page)).toBeGreaterThan(0.15);
  }
});

test('charts show the running farm', async ({ strictPage: page }) => {
  await openTwin(page);
  await firstReadings(page);
  await expect(page.locator('.recharts-surface').first()).toBeVisible();
  await expect(page.locator('.recharts-line-curve').first()).toBeVisible();
});

test('a hundred thousand chambers are laid out, drawn and orbited', async ({ strictPage: page }) => {
  await openTwin(page);
  await page.evaluate(() => window.twin.pause());
  await page.evaluate(() => window.twin.set('layout.size', [50, 50, 40]));
  await idle(page);
  expect((await status(page)).chambers).toBe(100_000);
  await expect.poll(() => drawnShare(page)).toBeGreaterThan(0.15);
  const picture = () => page.getByTestId('lattice-canvas').screenshot();
  const before = await picture();
  const box = await page.getByTestId('lattice-canvas').boundingBox();
  if (!box) throw new Error('the lattice has no box');
  await page.mouse.move(box.x + box.width / 2, box.y + box.height / 2);
  await page.mouse.down();
  await page.mouse.move(box.x + box.width / 2 + 120, box.y + box.height / 2 + 40, { steps: 4 });
  await page.mouse.up();
  await expect.poll(async () => Buffer.compare(before, await picture()) !== 0).toBe(true);
});
