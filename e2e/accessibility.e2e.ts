import AxeBuilder from '@axe-core/playwright';
import { expect, firstReadings, idle, openTwin, test } from './fixtures.ts';

for (const theme of ['dark', 'light'] as const) {
  test(`axe finds no serious violation in the ${theme} theme, with a selection and every panel open`, async ({
    strictPage: page,
  }) => {
    await page.emulateMedia({ colorScheme: theme });
    await openTwin(page);
    await firstReadings(page);
    await page.evaluate(() => window.twin.select([0, 500]));
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
