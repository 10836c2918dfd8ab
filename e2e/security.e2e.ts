import { SCENARIOS } from '../src/engine/config/scenarios.ts';
import { expect, idle, openTwin, test } from './fixtures.ts';

test('C4: the page is served with the policy and runs under it with trusted types', async ({ strictPage: page }) => {
  const response = await page.goto('/');
  const policy = response?.headers()['content-security-policy'] ?? '';
  expect(policy).toContain("default-src 'none'");
  expect(policy).toContain("require-trusted-types-for 'script'");
  expect(policy).not.toMatch(/ 'unsafe-eval'| \*/);
  await page.waitForFunction(() => window.twin !== undefined);
  await idle(page);
  const blocked = await page.evaluate(() => {
    try {
      document.createElement('div').innerHTML = '<img src=x onerror=alert(1)>';
      return false;
    } catch {
      return true;
    }
  });
  expect(blocked).toBe(true);
  // In a timer: calls of the debugger itself are exempt from the policy.
  const evaluated = await page.evaluate(
    () =>
      new Promise<boolean>((resolve) => {
        setTimeout(() => {
          try {
            resolve(new Function('return true')() as boolean);
          } catch {
            resolve(false);
          }
        });
      }),
  );
  expect(evaluated).toBe(false);
  // The two attempts above are violations on purpose.
  await page.evaluate(() => {
    window.policyViolations.length = 0;
  });
});

test('C4: hostile names stay text wherever they are shown', async ({ strictPage: page }) => {
  await openTwin(page);
  const hostile = '<img src=x onerror="window.hacked=1">';
  const refusal = await page.evaluate(
    (name) =>
      window.twin.load(`["${name.replaceAll('"', '\\"')}"]\nx = 1\n`).then(
        () => '',
        (e: Error) => e.message,
      ),
    hostile,
  );
  expect(refusal).toContain('<img');
  const loaded = await page.evaluate(
    (name) =>
      window.twin.load(`[cooling]\natom_selection = '${name}'\n`).then(
        () => 'ok',
        (e: Error) => e.message,
      ),
    hostile,
  );
  expect(loaded).toBe('ok');
  await idle(page);
  expect(await page.evaluate(() => (window as { hacked?: number }).hacked)).toBeUndefined();
  expect(await page.locator('img').count()).toBe(0);
});

test('C2, C5: hostile files are refused, the prototype stays clean, the farm runs on', async ({ strictPage: page }) => {
  await openTwin(page);
  const texts = [
    `${'a.'.repeat(50_000)}a = 1`,
    `x = "${'y'.repeat(300_000)}"`,
    '[__proto__]\npolluted = 1\n[constructor.prototype]\npolluted = 1',
    'drive = 1e400',
    `[drive]\nfrequency_Hz = ${'9'.repeat(400)}`,
    Array.from({ length: 12_000 }, (_, i) => `k${i} = 1`).join('\n'),
    '\u0000\u0001',
  ];
  for (const text of texts) {
    const refused = await page.evaluate(
      (t) =>
        window.twin.load(t).then(
          () => false,
          () => true,
        ),
      text,
    );
    expect(refused).toBe(true);
  }
  expect(await page.evaluate(() => ({}) as { polluted?: number }).then((o) => o.polluted)).toBeUndefined();
  expect((await page.evaluate(() => window.twin.status())).running).toBe(true);
});

test('nothing but this address is asked for', async ({ strictPage: page, baseURL }) => {
  const asked: string[] = [];
  page.on('request', (request) => asked.push(request.url()));
  await openTwin(page);
  for (const { path } of SCENARIOS) expect((await page.request.get(`/${path}`)).ok()).toBe(true);
  expect(
    asked.filter((url) => !url.startsWith(baseURL ?? '') && !url.startsWith('blob:') && !url.startsWith('data:')),
  ).toEqual([]);
});
