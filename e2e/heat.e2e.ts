import AxeBuilder from '@axe-core/playwright';
import type { Page } from '@playwright/test';
import type { ParameterValue } from '../src/engine/parameters/types.ts';
import { expect, firstReadings, idle, openTwin, test } from './fixtures.ts';

const status = (page: Page) => page.evaluate(() => window.twin.status());
const set = (page: Page, key: string, value: ParameterValue) =>
  page.evaluate(([k, v]) => window.twin.set(k, v), [key, value] as const);

/** A farm small enough that averaged steps and the room's air are solved quickly. */
async function openSmall(page: Page): Promise<void> {
  await openTwin(page);
  await set(page, 'layout.size', [4, 4, 3]);
  await set(page, 'cooling.circulation_rate', 20);
  await idle(page);
  await firstReadings(page);
}

test('a slice through the room’s air is drawn, moved, coloured and read', async ({ strictPage: page }) => {
  await openSmall(page);
  const slice = page.getByTestId('air-slice');
  await expect(slice).toHaveCount(0);
  await page.getByRole('button', { name: 'Air slice' }).click();
  await expect(page.getByTestId('air-present')).toContainText('K');
  const canvas = page.getByTestId('lattice-canvas');
  const box = await canvas.boundingBox();
  if (!box) throw new Error('the lattice has no box');
  // From the side the section fills the view; in its corner no chamber stands before it.
  await page.getByRole('button', { name: 'Along y' }).click();
  await page.mouse.move(box.x + box.width * 0.75, box.y + 30);
  const card = page.getByTestId('air-readout');
  await expect(card).toBeVisible();
  await expect(card).toContainText(/(29|3\d)\d\.\d\d\u202fK/);
  await expect(card).toContainText('m/s');
  await page.getByRole('button', { name: 'Colour by speed' }).click();
  await expect(page.getByTestId('air-present')).toContainText('m/s');
  await page.getByRole('button', { name: 'Section across x' }).click();
  const place = page.getByRole('slider', { name: 'Place of the section' });
  const before = await place.getAttribute('aria-valuetext');
  await place.press('ArrowRight');
  await expect(place).not.toHaveAttribute('aria-valuetext', before ?? '');
  await page.getByRole('button', { name: 'Air slice' }).click();
  await expect(slice).toHaveCount(0);
  await expect(card).toHaveCount(0);
});

test('uniform room air has no slice: the page says so and offers the remedy', async ({ strictPage: page }) => {
  await openSmall(page);
  await set(page, 'cooling.room_model', 'uniform');
  await page.getByRole('button', { name: 'Air slice' }).click();
  await page.getByRole('button', { name: 'Solve the room’s air' }).click();
  await idle(page);
  expect(await page.evaluate(() => window.twin.get('cooling.room_model'))).toBe('field');
  await expect(page.getByTestId('air-present')).toContainText('K');
});

test('fast-forward starts, tells how far it is, and is cancelled by Escape', async ({ strictPage: page }) => {
  await openSmall(page);
  const before = await status(page);
  await page.getByRole('button', { name: 'Fast-forward to thermal balance' }).click();
  const forward = page.getByRole('region', { name: 'Fast-forward' });
  await expect(forward).toContainText(/imbalance \d/);
  await expect(page.getByRole('progressbar', { name: 'Progress to thermal balance' })).toBeVisible();
  expect((await status(page)).fidelity).toBe('averaged');
  await page.keyboard.press('Escape');
  await expect(forward).toHaveCount(0);
  const after = await status(page);
  expect(after.simulated_s).toBeGreaterThan(before.simulated_s + 29);
  expect(after.running).toBe(true);
  expect(after.residuals.energy).toBeLessThan(1e-8);
});

test('a farm nothing goes into is in balance at once: the fast-forward ends by itself', async ({
  strictPage: page,
}) => {
  await openSmall(page);
  await set(page, 'drive.enabled', false);
  await set(page, 'chips.power_W', 0);
  const before = await status(page);
  await page.keyboard.press('b');
  await page.waitForFunction(async (t) => (await window.twin.status()).simulated_s >= t + 30, before.simulated_s);
  await expect(page.getByRole('region', { name: 'Fast-forward' })).toHaveCount(0);
});

test('fidelity is switched to averaged and back, keeps the balance, and can be undone', async ({
  strictPage: page,
}) => {
  await openSmall(page);
  const fidelity = page.getByRole('button', { name: /^Fidelity/ });
  await fidelity.click();
  await page.getByRole('menuitemradio', { name: /^Averaged/ }).click();
  await idle(page);
  await expect(fidelity).toContainText('Averaged');
  expect((await status(page)).fidelity).toBe('averaged');
  // What needs every cycle says so instead of showing what is past.
  await page.evaluate(() => window.twin.select([20]));
  await idle(page);
  const scopes = page.getByRole('region', { name: 'Waveform, p–V loop and spectrum' });
  await expect(scopes).toContainText('Averaged');
  const averaged = await status(page);
  await page.waitForFunction(async (t) => (await window.twin.status()).simulated_s > t + 0.2, averaged.simulated_s);
  expect((await status(page)).residuals.energy).toBeLessThan(1e-9);
  await scopes.getByRole('button', { name: 'Select Waveform' }).click();
  await idle(page);
  await expect(page.getByRole('region', { name: 'p–V loop' })).toBeVisible();
  await expect(fidelity).toContainText('Waveform');
  const waveform = await status(page);
  await page.waitForFunction(async (t) => (await window.twin.status()).simulated_s > t, waveform.simulated_s);
  expect((await status(page)).residuals.energy).toBeLessThan(1e-9);
  await page.getByRole('button', { name: 'Undo' }).click();
  await idle(page);
  expect(await page.evaluate(() => window.twin.get('simulation.fidelity'))).toBe('averaged');
});

test('a farm that cannot be averaged says why where its fidelity is chosen', async ({ strictPage: page }) => {
  await openSmall(page);
  await set(page, 'simulation.fidelity', 'waveform');
  await set(page, 'simulation.gas_model', 'virial');
  await page.getByRole('button', { name: /^Fidelity/ }).click();
  await page.getByRole('menuitemradio', { name: /^Averaged/ }).click();
  await idle(page);
  await expect(page.getByRole('alert')).toContainText('virial');
  expect(await page.evaluate(() => window.twin.get('simulation.fidelity'))).toBe('waveform');
});

test('a validity note leads to its knob', async ({ strictPage: page }) => {
  await openTwin(page);
  await firstReadings(page);
  await page.getByRole('button', { name: /^Validity/ }).click();
  await page.getByRole('button', { name: 'drive frequency', exact: true }).click();
  await expect(page.getByRole('textbox', { name: /^Drive frequency/ })).toBeFocused();
});

test('chambers with condensed water are marked and counted', async ({ strictPage: page }) => {
  await openSmall(page);
  await expect(page.getByTestId('condensate-note')).toHaveCount(0);
  await page.evaluate(() => window.twin.set('gas.mixture', { He: 0.9, H2O: 0.1 }));
  await expect(page.getByTestId('condensate-note')).toContainText('with condensed water');
});

for (const theme of ['dark', 'light'] as const) {
  test(`axe finds no serious violation in the ${theme} theme with the air slice, an averaged chamber and a menu open`, async ({
    strictPage: page,
  }) => {
    await page.emulateMedia({ colorScheme: theme });
    await openSmall(page);
    await set(page, 'simulation.fidelity', 'averaged');
    await page.evaluate(() => window.twin.set('gas.mixture', { He: 0.9, H2O: 0.1 }));
    await page.getByRole('button', { name: 'Air slice' }).click();
    await expect(page.getByTestId('air-present')).toContainText('K');
    await page.evaluate(() => window.twin.select([20]));
    await idle(page);
    await expect(page.getByRole('region', { name: 'Free energies' })).toBeVisible();
    await page.getByRole('button', { name: /^Fidelity/ }).click();
    await expect(page.getByRole('menuitemradio', { name: /^Averaged/ })).toBeVisible();
    const { violations } = await new AxeBuilder({ page })
      .withTags(['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa'])
      .analyze();
    const serious = violations.filter(({ impact }) => impact === 'serious' || impact === 'critical');
    expect(serious.map(({ id, nodes }) => `${id}: ${nodes.map((n) => n.target.join(' ')).join(', ')}`)).toEqual([]);
  });
}
