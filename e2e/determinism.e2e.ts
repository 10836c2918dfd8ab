import { readScenario } from '../src/engine/config/read.ts';
import { SCENARIOS } from '../src/engine/config/scenarios.ts';
import { Farm } from '../src/engine/farm.ts';
import { expect, openTwin, shipped, test } from './fixtures.ts';

const STEPS = 250;

test('A1: the state hash is the same in Node and in this browser for every shipped scenario', async ({
  strictPage: page,
}) => {
  await openTwin(page);
  for (const { name, path } of SCENARIOS) {
    const text = shipped(path);
    const { values } = readScenario(text, path);
    if (!values) throw new Error(`${path} cannot be read`);
    const made = Farm.create(values);
    if (!made.ok) throw new Error(`${name} cannot be built`);
    made.farm.step(STEPS);
    await page.evaluate(() => window.twin.pause());
    await page.evaluate((toml) => window.twin.load(toml), text);
    const { stateHash, chambers } = await page.evaluate((n) => window.twin.step(n), STEPS);
    expect(chambers, name).toBe(made.farm.layout.count);
    expect(stateHash, name).toBe(made.farm.stateHash());
  }
});

test('A1: edits at the same steps give the same bits in Node and in this browser', async ({ strictPage: page }) => {
  await openTwin(page);
  const text = shipped('config/server_farm/development.toml');
  const edits = [
    { 'drive.frequency_Hz': 870 },
    { 'gas.mixture': { He: 0.7, Ar: 0.3 } },
    { 'duct.diameter_m': 0.035 },
  ] as const;
  const { values } = readScenario(text, 'development.toml');
  if (!values) throw new Error('cannot be read');
  const made = Farm.create(values);
  if (!made.ok) throw new Error('cannot be built');
  let farm = made.farm;
  await page.evaluate(() => window.twin.pause());
  await page.evaluate((toml) => window.twin.load(toml), text);
  for (const edit of edits) {
    farm.step(150);
    const result = farm.edit(edit);
    if (!result.ok) throw new Error('refused');
    farm = result.farm;
    await page.evaluate(() => window.twin.step(150));
    const [key, value] = Object.entries(edit)[0] as [string, never];
    await page.evaluate(([k, v]) => window.twin.set(k, v), [key, value] as const);
  }
  farm.step(150);
  const { stateHash } = await page.evaluate(() => window.twin.step(150));
  expect(stateHash).toBe(farm.stateHash());
});
