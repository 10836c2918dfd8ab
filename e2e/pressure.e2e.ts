import AxeBuilder from '@axe-core/playwright';
import type { Page } from '@playwright/test';
import type { ParameterValue } from '../src/engine/parameters/types.ts';
import { expect, idle, openTwin, test } from './fixtures.ts';

const ATM = 101_325;
const set = (page: Page, key: string, value: ParameterValue) =>
  page.evaluate(([k, v]) => window.twin.set(k, v), [key, value] as const);
const get = (page: Page, key: string) => page.evaluate((k) => window.twin.get(k), key);
const step = (page: Page, n: number) => page.evaluate((steps) => window.twin.step(steps), n);
const tab = (page: Page, name: RegExp) => page.getByRole('tab', { name }).click();
const view = (page: Page, name: string) =>
  page.getByRole('toolbar', { name: 'Pressure' }).getByRole('button', { name, exact: true }).click();

/** A small farm in averaged steps, paused so that tests decide how time goes on, with the Pressure tab open. */
async function openPressure(page: Page): Promise<void> {
  await openTwin(page);
  await page.evaluate(() => window.twin.pause());
  await set(page, 'layout.size', [2, 2, 2]);
  await set(page, 'simulation.fidelity', 'averaged');
  await idle(page);
  await page.keyboard.press('p');
  await tab(page, /^Pressure/);
}

async function turnOn(page: Page): Promise<void> {
  await page.getByRole('button', { name: 'Turn headers and control on' }).click();
  await idle(page);
  await step(page, 20);
}

test('one button turns headers and control on as one edit; a setpoint is typed, acts and is undone', async ({
  strictPage: page,
}) => {
  await openPressure(page);
  await step(page, 2);
  const note = page.getByRole('note').filter({ hasText: 'The headers are off' });
  await expect(note).toBeVisible();
  await turnOn(page);
  await expect(note).toHaveCount(0);
  expect([await get(page, 'headers.enabled'), await get(page, 'control.enabled')]).toEqual([true, true]);
  await page.keyboard.press('Control+z');
  await idle(page);
  await expect(note).toBeVisible();
  expect([
    await get(page, 'headers.enabled'),
    await get(page, 'control.enabled'),
    await get(page, 'pressure_control.cycling_enabled'),
  ]).toEqual([false, false, true]);
  await turnOn(page);

  await view(page, 'Loops');
  const row = page.getByRole('region', { name: 'Loops' }).getByRole('row', { name: /Whole farm/ });
  const setpoint = row.getByRole('textbox', { name: /^Setpoint, whole farm/ });
  await expect(setpoint).toHaveValue('5');
  await setpoint.fill('5.2 atm');
  await setpoint.press('Enter');
  await idle(page);
  expect(await get(page, 'control.setpoint_Pa')).toBe(5.2 * ATM);
  await step(page, 60);
  // What is measured has followed: within a hundredth of an atmosphere or two.
  await expect(row).toContainText(/5\.(1[89]|2[01])\d\d/);
  await expect(row).toContainText('Automatic');
  await setpoint.blur();
  await page.keyboard.press('Control+z');
  await idle(page);
  expect(await get(page, 'control.setpoint_Pa')).toBe(5 * ATM);
  await expect(setpoint).toHaveValue('5');
  await setpoint.fill('nonsense');
  await setpoint.press('Enter');
  await expect(page.getByRole('alert').filter({ hasText: 'nonsense' })).toContainText('Type for example 5.2 atm.');
});

test('trends of sensors and of the truth, of loops and selected chambers, against the limits', async ({
  strictPage: page,
}) => {
  await openPressure(page);
  await set(page, 'control.scope', 'layer');
  await turnOn(page);
  const trends = page.getByRole('region', { name: 'Pressure trends' });
  const pressure = trends.getByRole('article', { name: 'Pressure' });
  await expect(pressure).toContainText('Mean of all chambers');
  await expect(pressure).toContainText(/Off axis: vacuum 0\.05, alert 12, trip 15/);
  const plot = pressure.getByRole('img');
  await expect(plot).toHaveAccessibleName(/Mean of all chambers \d\.\d{4}/);
  const sensed = await plot.getAttribute('aria-label');
  await page.getByRole('button', { name: 'Truth' }).click();
  await expect(pressure.getByRole('columnheader', { name: 'Truth' })).toBeVisible();
  await expect(plot).not.toHaveAttribute('aria-label', sensed ?? '');
  await pressure.getByRole('button', { name: 'Loops' }).click();
  await expect(pressure.getByRole('row', { name: /^Layer 2/ })).toContainText(/\d\.\d{4}/);
  await pressure.getByRole('button', { name: 'Selected' }).click();
  await expect(pressure).toContainText('Select chambers in the lattice');
  await page.evaluate(() => window.twin.select([3]));
  await step(page, 3);
  await expect(pressure.getByRole('row', { name: /^Chamber 3/ })).toContainText(/\d\.\d{4}/);
  await pressure.getByRole('button', { name: 'Limits' }).click();
  await expect(pressure).not.toContainText('Off axis');
  const compressor = trends.getByRole('article', { name: 'Compressor' });
  await expect(compressor.getByRole('img')).toHaveAccessibleName(/\d kW/);
  await expect(trends.getByRole('article', { name: 'Valve openings' }).getByRole('img')).toHaveAccessibleName(
    /supply \d+\.\d\d %/,
  );
});

async function inject(page: Page, kind: string, field: string, places: string): Promise<void> {
  await tab(page, /^Faults/);
  await page.getByRole('region', { name: 'Kinds of fault' }).getByRole('button', { name: kind, exact: true }).click();
  const form = page.getByRole('form', { name: `Fault: ${kind}` });
  await form.getByRole('textbox', { name: field }).fill(places);
  await form.getByRole('button', { name: 'Inject' }).click();
  await idle(page);
}

test('a stuck valve comes first in the list, a biased sensor is named, aliasing is told', async ({
  strictPage: page,
}) => {
  await openPressure(page);
  await turnOn(page);
  await inject(page, 'Stuck valve', 'Valves, by number', '9');
  await inject(page, 'Sensor bias', 'Sensors, by number or tag', '13');
  await inject(page, 'Sensor dropout', 'Sensors, by number or tag', 'XT-2-7');
  await step(page, 20);
  await tab(page, /^Pressure/);
  await view(page, 'Valves and machines');
  const valves = page.getByRole('region', { name: 'Valves' });
  await expect(valves.getByRole('row').nth(1)).toContainText(/^4Return.*Stuck/);
  await expect(page.getByText('1 stuck', { exact: false })).toBeVisible();
  const machines = page.getByRole('region', { name: 'Machines' });
  await expect(machines).toContainText(/Supply header\d+\.\d{4}\u202fatm/);
  await expect(machines).toContainText(/Compressor[\d.]+\u202fkW/);
  await view(page, 'Sensors');
  const suspected = page.getByRole('region', { name: 'Pressure sensors' }).getByRole('row', { name: /^2 / });
  await expect(suspected).toContainText('B differs from the others.');
  const instruments = page.getByRole('list', { name: 'Instruments with a fault' });
  await expect(instruments).toContainText('XT-0002-7 no reading');
  await expect(instruments).toContainText('Fault: dropped out. Seen: gives no reading.');
  const sampling = page.getByRole('region', { name: 'Sampling' });
  await expect(sampling).toContainText('1.00 samples a cycle, alias 0 Hz');
  await expect(sampling).toContainText('50.0 samples a cycle');
  await suspected.getByRole('button', { name: '2' }).click();
  await expect(page.getByRole('complementary', { name: 'Inspector' })).toContainText('Chamber 2');
});

test('a step test runs, its gains are used, compared with what they promise, and taken back', async ({
  strictPage: page,
}) => {
  await openPressure(page);
  // As quiet as a farm can be: what moves the pressure is the controller alone.
  await set(page, 'drive.enabled', false);
  await set(page, 'chips.power_W', 0);
  await turnOn(page);
  await page.getByRole('textbox', { name: /Your name/ }).fill('Ada');
  await page.keyboard.press('Enter');
  await view(page, 'Tuning');
  // Adaptive control has no gains to test: one edit makes them fixed.
  await page.getByRole('button', { name: 'Set fixed gains' }).click();
  await idle(page);
  expect(await get(page, 'pressure_control.control_mode')).toBe('fixed');
  await step(page, 20);
  const form = page.getByRole('form', { name: 'Step test' });
  await form.getByRole('textbox', { name: /^Step of the output/ }).fill('200 %');
  await form.getByRole('textbox', { name: /^Step of the output/ }).press('Enter');
  await form.getByRole('button', { name: 'Start the test' }).click();
  await expect(form.getByRole('alert')).toContainText('2 is no step of the output. Give a step above 0 and below 1');
  await form.getByRole('textbox', { name: /^Step of the output/ }).fill('0.4 %');
  await form.getByRole('button', { name: 'Start the test' }).click();
  await expect(form.getByRole('status')).toContainText('The farm is paused: run it.');
  await form.getByRole('button', { name: 'Cancel the test' }).click();
  await expect(form.getByRole('status')).toContainText('The test was cancelled.');
  await form.getByRole('button', { name: 'Start the test' }).click();
  await expect
    .poll(
      async () => {
        await step(page, 40);
        return form.getByRole('status').textContent();
      },
      { timeout: 60_000 },
    )
    .toMatch(/Done$/);
  const record = page.getByRole('region', { name: 'Record and fitted process' });
  await expect(record).toContainText(/R²0\.9\d{3}/);
  const gains = page.getByRole('region', { name: 'Gains' });
  await expect(gains).toContainText('In use from sizes');
  await gains.getByRole('textbox', { name: /^Closed-loop time/ }).fill('0.4 s');
  await gains.getByRole('textbox', { name: /^Closed-loop time/ }).press('Enter');
  await gains.getByRole('button', { name: 'Use these gains' }).click();
  await idle(page);
  await expect(gains).toContainText('In use of the scenario');
  await expect(gains.getByRole('button', { name: 'In use' })).toBeDisabled();
  const given = await get(page, 'control.gain_per_Pa');
  expect(given).toBeGreaterThan(1e-9);
  // An edit like any other: undone and done again, and saved with the scenario.
  await page.keyboard.press('Control+z');
  await idle(page);
  await expect(gains).toContainText('In use from sizes');
  await page.keyboard.press('Control+Shift+z');
  await idle(page);
  expect(await get(page, 'control.gain_per_Pa')).toBe(given);
  expect(await page.evaluate(() => window.twin.save())).toContain(`gain_per_Pa = ${given}`);
  await step(page, 60);
  const comparison = page.getByRole('region', { name: 'Predicted and measured setpoint step' });
  await comparison.getByRole('button', { name: 'Step +0.2 atm' }).click();
  await idle(page);
  await step(page, 80);
  const figures = async (name: string): Promise<number[]> => {
    const cells = await comparison.getByRole('row', { name }).getByRole('cell').allTextContents();
    return cells.map((text) => Number.parseFloat(text.replace('−', '-')));
  };
  await expect(comparison.getByRole('row', { name: 'Measured' })).toBeVisible();
  const [[beyond = 99, settled = 99], [promised = 0, expected = 0]] = [
    await figures('Measured'),
    await figures('Predicted'),
  ];
  expect(Math.abs(beyond - promised)).toBeLessThan(10);
  expect(Math.abs(settled - expected)).toBeLessThan(2);
  await gains.getByRole('button', { name: 'Take back' }).click();
  await idle(page);
  await expect(gains).toContainText('In use from sizes');
  await tab(page, /^Log/);
  const entries = page.getByRole('region', { name: 'Log entries' });
  const taken = entries.getByRole('row', { name: /Event settings Gains of the whole farm again by the valves’ sizes/ });
  await expect(taken.first()).toBeVisible();
  await expect(
    entries.getByRole('row', { name: /Event settings Gains of the whole farm given: [\d.]+ %\/atm/ }).first(),
  ).toBeVisible();
  await expect(entries.getByRole('row', { name: /Act Ada Step test of the whole farm begun/ }).first()).toBeVisible();
  await expect(entries.getByRole('row').nth(1)).toContainText('again by the valves’ sizes');
  await expect(page.getByRole('tabpanel')).toContainText(/\d+ entries/);
});

test('a bypass takes two acts, stands in the banner, counts down, and ends', async ({ strictPage: page }) => {
  await openPressure(page);
  await tab(page, /^Safety/);
  const bypasses = page.getByRole('region', { name: 'Bypasses' });
  await expect(bypasses).toContainText('No bypass acts');
  await bypasses.getByRole('button', { name: 'Bypass an interlock…' }).click();
  const form = bypasses.getByRole('form', { name: 'New bypass' });
  await form.getByRole('combobox').selectOption({ label: 'Temperature at the trip' });
  await form.getByRole('textbox', { name: 'Chamber' }).fill('5');
  await form.getByRole('textbox', { name: /^Time of the bypass/ }).fill('10 min');
  await form.getByRole('button', { name: 'Request' }).click();
  await expect(bypasses.getByRole('alert')).toContainText('who and why must be said');
  await form.getByRole('textbox', { name: 'Reason of the bypass' }).fill('calibration');
  await form.getByRole('button', { name: 'Request' }).click();
  await expect(bypasses.getByRole('listitem')).toContainText(
    /Temperature at the trip, chamber 5.*requested.*Operator: calibration/,
  );
  const banner = page.locator('[data-alarm-banner]');
  await expect(banner).toHaveCount(0);
  await bypasses.getByRole('textbox', { name: /is safe/ }).fill('second sensor watched');
  await bypasses.getByRole('button', { name: /^Confirm bypass/ }).click();
  await expect(bypasses).toContainText('1 bypass acts');
  await expect(bypasses.getByRole('listitem')).toContainText('10\u202fmin left');
  await step(page, 4);
  await expect(banner).toContainText('1 interlock bypassed');
  await expect(banner).toContainText('Safety bypass active');
  await tab(page, /^Faults/);
  await banner.getByRole('button', { name: '1 interlock bypassed' }).click();
  await bypasses.getByRole('button', { name: /^End bypass/ }).click();
  await expect(bypasses).toContainText('No bypass acts');
  await expect(banner).not.toContainText('bypassed');

  // What a restart needs stands by itself once the farm has stopped.
  const sequence = page.getByRole('region', { name: 'Sequence' });
  await expect(sequence.getByRole('list', { name: 'Conditions of a restart' })).toBeHidden();
  await page.getByRole('button', { name: 'Emergency stop', exact: true }).click();
  await step(page, 1);
  const conditions = sequence.getByRole('list', { name: 'Conditions of a restart' });
  await expect(conditions.getByRole('listitem').filter({ hasText: 'No interlock latched' })).toContainText('Reset it');
  await expect(sequence.getByRole('list', { name: 'Phases' }).locator('[aria-current]')).toHaveText(/Emergency|Safe/);
});

for (const theme of ['dark', 'light'] as const) {
  test(`axe finds no serious violation in the pressure tab, ${theme}`, async ({ strictPage: page }) => {
    await page.emulateMedia({ colorScheme: theme });
    await openPressure(page);
    await turnOn(page);
    await set(page, 'pressure_control.control_mode', 'fixed');
    await step(page, 10);
    for (const name of ['Loops', 'Valves and machines', 'Sensors', 'Tuning', 'Trends']) {
      await view(page, name);
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
