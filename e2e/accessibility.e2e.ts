import AxeBuilder from '@axe-core/playwright';
import { expect, firstReadings, idle, openTwin, test } from './fixtures.ts';

for (const [theme, selection] of [
  ['dark', [0, 500]],
  ['light', [0, 500]],
  ['dark', []],
  ['light', []],
] as const) {
  const what = selection.length > 0 ? 'a selection' : 'the farm’s figures';
  test(`axe finds no serious violation in the ${theme} theme, with ${what} and every panel open`, async ({
    strictPage: page,
  }) => {
    await page.emulateMedia({ colorScheme: theme });
    await openTwin(page);
    await firstReadings(page);
    await page.evaluate((ids) => window.twin.select(ids), selection);
    await idle(page);
    await expect(page.locator('.recharts-surface').first()).toBeVisible();
    const { violations } = await new AxeBuilder({ page })
      .withTags(['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa'])
      .analyze();
    const serious = violations.filter(({ impact }) => impact === 'serious' || impact === 'critical');
    expect(
      serious.map(
        ({ id, nodes }) =>
          `${id}: ${nodes
            .map((n) => n.target.join(' '))
            .slice(0, 5)
            .join(', ')}`,
      ),
    ).toEqual([]);
  });
}
