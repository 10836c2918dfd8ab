import { readFileSync } from 'node:fs';
import AxeBuilder from '@axe-core/playwright';
import type { Page } from '@playwright/test';
import { expect, idle, openTwin, test } from './fixtures.ts';

/** A small farm: alarms do not depend on its size. */
async function openPlant(page: Page): Promise<void> {
  await openTwin(page);
  await page.evaluate(() => window.twin.set('layout.size', [4, 4, 4]));
  await idle(page);
  await page.keyboard.press('p');
  await expect(page.getByRole('tab', { name: /^Alarms/ })).toBeVisible();
}

const tab = (page: Page, name: RegExp) => page.getByRole('tab', { name }).click();
const list = (page: Page) => page.getByRole('treegrid', { name: 'Alarms' });
const alarmRow = (page: Page, name: RegExp) => list(page).getByRole('row', { name });
const detail = (page: Page) => page.getByRole('region', { name: 'Alarm', exact: true });
const bell = (page: Page) => page.getByRole('button', { name: /^Alarms, / });

async function inject(page: Page, kind: string, command: string): Promise<void> {
  await tab(page, /^Faults/);
  await page.getByRole('region', { name: 'Kinds of fault' }).getByRole('button', { name: kind, exact: true }).click();
  const form = page.getByRole('form', { name: `Fault: ${kind}` });
  await expect(form.locator('code')).toHaveText(command);
  await form.getByRole('button', { name: 'Inject' }).click();
  await idle(page);
}

test('a fault of the palette: its alarm comes, is acknowledged, and is gone when the fault is cleared', async ({
  strictPage: page,
}) => {
  await openPlant(page);
  await expect(bell(page)).toHaveAccessibleName('Alarms, no alarms');
  await expect(page.getByText('No alarms.', { exact: false }).first()).toBeVisible();
  await inject(page, 'Pump trip', 'pump-trip@0:0');
  const faults = page.getByRole('region', { name: 'Faults' });
  await expect(faults).toContainText('Active');
  await expect(page.getByTestId('fault-note')).toHaveText('1 fault outside the chambers');
  await tab(page, /^Alarms/);
  const row = alarmRow(page, /Pump tripped/);
  await expect(row).toContainText('Unacknowledged');
  await expect(bell(page)).toHaveAccessibleName(/1 medium, 1 not acknowledged/);
  await expect(page.locator('[data-alarm-banner]')).toContainText('Pump tripped, pump 0');

  await row.click();
  await expect(detail(page)).toContainText('Start the stand-by pump');
  // Paused, the list stays readable and commands still count.
  await page.evaluate(() => window.twin.pause());
  await detail(page).getByRole('button', { name: 'Reset' }).click();
  await expect(detail(page).getByRole('alert')).toContainText('does not latch. Acknowledge it.');
  await detail(page).getByRole('button', { name: 'Acknowledge' }).click();
  await expect(row).toContainText('Acknowledged');
  await expect(bell(page)).toHaveAccessibleName('Alarms, 1 medium');
  await page.evaluate(() => window.twin.run());

  await tab(page, /^Faults/);
  await faults.getByRole('button', { name: /^Clear fault/ }).click();
  await expect(faults).toContainText('Cleared');
  await expect(page.getByTestId('fault-note')).toHaveCount(0);
  await tab(page, /^Alarms/);
  await expect(bell(page)).toHaveAccessibleName('Alarms, no alarms');
  await expect(detail(page)).toContainText('normal');
});

test('an alarm of a chamber selects it, is shelved with time and reason, and comes back', async ({
  strictPage: page,
}) => {
  await openPlant(page);
  await page.evaluate(() => window.twin.select([5]));
  await inject(page, 'Chip overload', 'chip-overload=2@5:0');
  await expect(page.getByTestId('fault-note')).toHaveText('1 fault, 1 chamber struck');
  await page.evaluate(() => window.twin.select([]));
  await tab(page, /^Alarms/);
  const row = alarmRow(page, /Chip power high/);
  await row.click();
  await expect(page.getByRole('complementary', { name: 'Inspector' })).toContainText('Chamber 5');
  await detail(page).getByRole('button', { name: 'Shelve…' }).click();
  await detail(page).getByRole('button', { name: 'Shelve', exact: true }).click();
  await expect(detail(page).getByRole('alert')).toContainText('no reason is given. Say why.');
  await detail(page)
    .getByRole('textbox', { name: /Time of shelving/ })
    .fill('10 min');
  await detail(page).getByRole('textbox', { name: 'Reason' }).fill('load test');
  await detail(page).getByRole('button', { name: 'Shelve', exact: true }).click();
  await expect(row).toHaveCount(0);
  await page.getByRole('combobox', { name: 'State' }).selectOption({ label: 'Shelved' });
  await expect(row).toContainText('Shelved');
  await expect(detail(page)).toContainText('shelved by Operator: load test');
  await detail(page).getByRole('button', { name: 'Unshelve' }).click();
  await page.getByRole('combobox', { name: 'State' }).selectOption({ label: 'In view' });
  await expect(row).toContainText('Unacknowledged');
});

test('why an alarm is there: consequences fold under their cause, and the chain names what came first', async ({
  strictPage: page,
}) => {
  await openPlant(page);
  await inject(page, 'Power dip', 'power-dip=0.3@farm:0');
  await tab(page, /^Alarms/);
  await alarmRow(page, /Safety trip/).click();
  const chain = detail(page).getByRole('list', { name: /Causes/ });
  await expect(chain.getByRole('listitem').first()).toContainText('Power supply low');
  await expect(chain.getByRole('listitem').last()).toContainText('Safety trip');
  const cause = alarmRow(page, /Power supply low/);
  await expect(cause).toHaveAttribute('aria-expanded', 'false');
  await cause.focus();
  await page.keyboard.press('Enter');
  await page.keyboard.press('ArrowRight');
  await expect(cause).toHaveAttribute('aria-expanded', 'true');
  await expect(list(page).locator('[aria-level="2"]').first()).toContainText('Suppressed by design');
  await page.keyboard.press('a');
  await expect(cause).toContainText('Acknowledged');
});

test('the emergency stop stops the drive, shows the sequence, and a restart says what is missing', async ({
  strictPage: page,
}) => {
  await openPlant(page);
  await tab(page, /^Safety/);
  const sequence = page.getByRole('region', { name: 'Sequence' });
  await expect(sequence).toContainText('The farm is running');
  await expect(page.getByRole('region', { name: 'Ladder of limits' })).toContainText('64');
  const stop = page.getByRole('button', { name: 'Emergency stop', exact: true });
  await stop.click();
  await expect(sequence).toContainText(/emergency stop|safe/);
  await page.waitForFunction(async () => Math.abs((await window.twin.metrics()).drivePower_W) < 1e-9);
  const interlocks = page.getByRole('region', { name: 'Interlocks' });
  await expect(interlocks).toContainText('Farm: Emergency stop pressed');
  await sequence.getByRole('button', { name: 'Restart' }).click();
  await expect(sequence.getByRole('alert')).toContainText('Restart: an interlock is latched. Reset it');
  await interlocks.getByRole('button', { name: 'Reset interlocks' }).click();
  await expect(interlocks.getByRole('alert')).toContainText('Remove the causes first.');
  await page.getByRole('button', { name: 'Release' }).click();
  await expect(stop).toHaveAttribute('aria-pressed', 'false');
});

test('alarms and log are saved as CSV and JSON, and a note is signed', async ({ strictPage: page }) => {
  await openPlant(page);
  await page.getByRole('textbox', { name: /Your name/ }).fill('Ada');
  await page.keyboard.press('Enter');
  await inject(page, 'Pump trip', 'pump-trip@0:0');
  await tab(page, /^Alarms/);
  await expect(alarmRow(page, /Pump tripped/)).toBeVisible();
  const saved = async (button: string): Promise<string> => {
    const download = page.waitForEvent('download');
    await page.getByRole('button', { name: button }).click();
    return readFileSync(await (await download).path(), 'utf8');
  };
  expect(await saved('Save alarms as CSV')).toMatch(/^alarm,kind,label[\s\S]*pump-tripped/);
  expect(JSON.parse(await saved('Save alarms as JSON')).alarms[0].kind).toBe('pump-tripped');
  await tab(page, /^Log/);
  await page.getByRole('textbox', { name: 'Note' }).fill('pump 0 looked at');
  await page.keyboard.press('Enter');
  const entries = page.getByRole('region', { name: 'Log entries' });
  await expect(entries.getByRole('row', { name: /Note Ada pump 0 looked at/ })).toBeVisible();
  expect(await saved('Save log as CSV')).toContain('note,Ada,pump 0 looked at');
  await page.getByRole('button', { name: 'Notes' }).click();
  await expect(entries.getByRole('row')).toHaveCount(2);
  expect(JSON.parse(await saved('Save log as JSON')).entries).toHaveLength(1);
});

for (const theme of ['dark', 'light'] as const) {
  test(`axe finds no serious violation in the plant panel, ${theme}`, async ({ strictPage: page }) => {
    await page.emulateMedia({ colorScheme: theme });
    await openPlant(page);
    await inject(page, 'Power dip', 'power-dip=0.3@farm:0');
    for (const name of [/^Faults/, /^Safety/, /^Log/, /^Alarms/]) {
      await tab(page, name);
      if (name.source === '^Alarms') await alarmRow(page, /Safety trip/).click();
      await idle(page);
      const { violations } = await new AxeBuilder({ page })
        .withTags(['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa'])
        .analyze();
      const serious = violations.filter(({ impact }) => impact === 'serious' || impact === 'critical');
      expect(
        serious.map(({ id, nodes }) => `${id}: ${nodes.map((n) => n.target.join(' ')).join(', ')}`),
        name.source,
      ).toEqual([]);
    }
  });
}

test('the panel opens by bell and key, and the charts come back when it closes', async ({ strictPage: page }) => {
  await openTwin(page);
  const charts = page.getByRole('region', { name: 'Charts' });
  const plant = page.getByRole('region', { name: 'Plant' });
  await expect(charts).toBeVisible();
  await bell(page).click();
  await expect(plant).toBeVisible();
  await expect(charts).toHaveCount(0);
  await page.keyboard.press('p');
  await expect(plant).toHaveCount(0);
  await expect(charts).toBeVisible();
});
