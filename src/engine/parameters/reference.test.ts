import { readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { parameterReference } from './reference.ts';
import { PARAMETER_KEYS } from './table.ts';

it('docs/parameters.md is what the table says (else run npx tsx tools/parameter-reference.ts)', () => {
  const page = readFileSync(new URL('../../../docs/parameters.md', import.meta.url), 'utf8');
  expect(page).toBe(parameterReference());
  for (const key of PARAMETER_KEYS) expect(page).toContain(`\`${key}\``);
});
