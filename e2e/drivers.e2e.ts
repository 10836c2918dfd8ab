import AxeBuilder from '@axe-core/playwright';
import type { Page } from '@playwright/test';
import { expect, idle, openTwin, test } from './fixtures.ts';

/** A small farm: drivers do not depend on its size. */
async function openPlant(page: Page, tab: 'Console' | 'Schematic'): Promise<void> {
  await openTwin(page);
  await page.evaluate(() => window.twin.set('layout.size', [4, 4, 4]));
  await idle(page);
  await page.keyboard.press('p');
  await page.getByRole('tab', { name: tab }).click();
}

const prompt = (page: Page) => page.getByRole('textbox', { name: 'Command' });
const log = (page: Page) => page.getByRole('log', { name: 'Console output' });
const entry = (page: Page, name: string) => page.getByRole('treeitem', { name, exact: true });

async function say(page: Page, line: string): Promise<void> {
  await prompt(page).fill(line);
  await page.keyboard.press('Enter');
  await idle(page);
}

test('the console completes, reads, writes under the operator’s name, and tells why it refuses', async ({
  strictPage: page,
}) => {
  await openPlant(page, 'Console');
  await expect(log(page)).toContainText('Tab completes');
  await page.getByRole('textbox', { name: /Your name/ }).fill('Ada');
  await page.keyboard.press('Enter');
  await prompt(page).click();
  await page.keyboard.type('cat stat');
  await page.keyboard.press('Tab');
  await expect(prompt(page)).toHaveValue('cat status ');
  await page.keyboard.press('Enter');
  await expect(log(page)).toContainText('chambers 64');

  await page.keyboard.type('read pressure-');
  await page.keyboard.press('Tab');
  const candidates = page.getByRole('list', { name: 'Completions' });
  await expect(candidates.getByRole('button')).toHaveText([
    'pressure-controller/',
    'pressure-sensor/',
    'pressure-valve/',
  ]);
  await page.keyboard.type('sensor/0/pressure');
  await page.keyboard.press('Enter');
  await expect(log(page)).toContainText(/pressure-sensor\/0\/pressure = \d+ Pa/);

  await say(page, 'write vent-valve/5/command 0.001');
  await page.getByRole('button', { name: '1 held by hand' }).click();
  await expect(page.getByRole('region', { name: 'Contents of manual' })).toContainText(
    'vent of chamber 5 held at 0.001 by Ada',
  );
  await say(page, 'write pressure-valve/0/command 0.5');
  await expect(log(page)).toContainText('The supply valve of chamber 0 is not in service: the headers are off.');
  await expect(log(page)).toContainText('Set headers.enabled to true.');
  await page.keyboard.press('ArrowUp');
  await page.keyboard.press('ArrowUp');
  await expect(prompt(page)).toHaveValue('write vent-valve/5/command 0.001');
  await page.keyboard.press('Escape');
  await expect(prompt(page)).toHaveValue('');

  // What was said stays over a look at the log, where it is signed.
  await page.getByRole('tab', { name: 'Log' }).click();
  const entries = page.getByRole('region', { name: 'Log entries' });
  await expect(entries.getByRole('row', { name: /Act Ada Manual: vent of chamber 5 held at 0.1 %/ })).toBeVisible();
  await page.getByRole('tab', { name: 'Console' }).click();
  await expect(log(page)).toContainText('write vent-valve/5/command');
  await say(page, 'release vent-valve/5');
  await say(page, 'cat manual');
  await expect(log(page)).toContainText('vent-valve/5 is automatic');
  await page.getByRole('button', { name: 'Clear' }).click();
  await expect(log(page)).toContainText('Tab completes');
});

test('files are read by a click and follow the farm; long directories and files come in pages', async ({
  strictPage: page,
}) => {
  await openPlant(page, 'Console');
  await entry(page, 'sensors/').click();
  await entry(page, 'pressure/').click();
  await expect(entry(page, '100 more of 220')).toBeVisible();
  await entry(page, '7').click();
  const file = page.getByRole('region', { name: 'Contents of sensors/pressure/7' });
  await expect(file).toContainText('PT-0001-3');
  await expect(file).toContainText('good');
  const sampled = () => file.locator('div', { hasText: 'sampled_s' }).last().innerText();
  const before = await sampled();
  await expect.poll(sampled).not.toBe(before);
  await entry(page, '100 more of 220').click();
  await expect(entry(page, '20 more of 20').or(entry(page, '100 more of 120'))).toBeVisible();

  // By keyboard: left shuts the directory, right opens another.
  await entry(page, '7').focus();
  await page.keyboard.press('ArrowLeft');
  await expect(entry(page, 'pressure/')).toBeFocused();
  await page.keyboard.press('ArrowLeft');
  await expect(entry(page, '7')).toHaveCount(0);
  await entry(page, 'consciousness/').focus();
  await page.keyboard.press('ArrowRight');
  await expect(entry(page, 'status')).toHaveCount(2);
  await page.keyboard.press('ArrowDown');
  await expect(entry(page, 'status').last()).toBeFocused();
  await page.keyboard.press('Enter');
  await expect(page.getByRole('region', { name: 'Contents of consciousness/status' })).toContainText('not modelled');

  await say(page, 'ls sensors/oscillation');
  await log(page).getByRole('button', { name: 'Next page' }).click();
  await expect(log(page)).toContainText('ls sensors/oscillation 100');
});

test('the schematic turns the headers on in one edit, shows live figures, and selects what is clicked', async ({
  strictPage: page,
}) => {
  await openPlant(page, 'Schematic');
  const drawing = page.getByRole('region', { name: 'Schematic' });
  await expect(page.getByText('The headers are off')).toBeVisible();
  const layer = drawing.getByRole('button', { name: /^Layer 2, 16 chambers; Pressure, as voted 5\.0\d.atm/ });
  await expect(layer).toBeVisible();
  await page.getByRole('button', { name: 'Turn headers on' }).click();
  await idle(page);
  expect(await page.evaluate(() => window.twin.get('headers.enabled'))).toBe(true);
  await expect(page.getByText('The headers are off')).toHaveCount(0);
  const supply = drawing.getByRole('img', { name: /^Supply header; Pressure/ });
  await expect(supply).toHaveAccessibleName(/Set pressure 10\.00.atm/);

  await drawing.getByRole('button', { name: /^Layer 2, / }).click();
  await idle(page);
  const inspector = page.getByRole('complementary', { name: 'Inspector' });
  await expect(inspector).toContainText('16 chambers');

  // Held by hand: a letter beside the valves, words in the card, and the click selects what is held.
  await page.getByRole('tab', { name: 'Console' }).click();
  await say(page, 'write pressure-valve/67/command 0.1');
  await page.getByRole('tab', { name: 'Schematic' }).click();
  const valves = drawing.getByRole('button', { name: /^Return valves, layer 3; .*Not free 1 held by hand/ });
  await valves.focus();
  await expect(drawing).toContainText('Click selects the chambers where one is not free');
  // The card follows the farm while it stands.
  const meters = () => drawing.locator('dl > div', { hasText: 'The flow meters tell' }).locator('dd').innerText();
  const told = await meters();
  await expect.poll(meters).not.toBe(told);
  await page.keyboard.press('Enter');
  await idle(page);
  await expect(inspector).toContainText('Chamber 33');

  await page.getByRole('button', { name: 'Undo' }).click();
  await idle(page);
  expect(await page.evaluate(() => window.twin.get('headers.enabled'))).toBe(false);
  await expect(page.getByText('The headers are off')).toBeVisible();
});

test('what trips is told by colour, shape and word, and figures follow', async ({ strictPage: page }) => {
  await openPlant(page, 'Schematic');
  await page.getByRole('button', { name: 'Turn headers on' }).click();
  await idle(page);
  await page.getByRole('tab', { name: /^Faults/ }).click();
  const kinds = page.getByRole('region', { name: 'Kinds of fault' });
  await kinds.getByRole('button', { name: 'Power dip', exact: true }).click();
  await page.getByRole('form').getByRole('button', { name: 'Inject' }).click();
  await idle(page);
  await page.getByRole('tab', { name: 'Schematic' }).click();
  const drawing = page.getByRole('region', { name: 'Schematic' });
  await expect(drawing.getByText('Tripped')).toHaveCount(4);
  await expect(drawing.getByText('held by interlock or sequence')).toBeVisible();
  await expect(
    drawing.getByRole('button', { name: /^Supply valves, layer 1; Opening 0\.0.%.*16 held by interlock/ }),
  ).toBeVisible();
});

for (const theme of ['dark', 'light'] as const) {
  test(`axe finds no serious violation in console and schematic, ${theme}`, async ({ strictPage: page }) => {
    await page.emulateMedia({ colorScheme: theme });
    await openPlant(page, 'Console');
    await entry(page, 'status').click();
    await say(page, 'help');
    await say(page, 'read nothing');
    for (const name of ['Console', 'Schematic'] as const) {
      await page.getByRole('tab', { name }).click();
      if (name === 'Schematic') await page.getByRole('button', { name: 'Turn headers on' }).click();
      await idle(page);
      const { violations } = await new AxeBuilder({ page })
        .withTags(['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa'])
        .analyze();
      const serious = violations.filter(({ impact }) => impact === 'serious' || impact === 'critical');
      expect(
        serious.map(({ id, nodes }) => `${id}: ${nodes.map((n) => n.target.join(' ')).join(', ')}`),
        name,
      ).toEqual([]);
    }
  });
}
