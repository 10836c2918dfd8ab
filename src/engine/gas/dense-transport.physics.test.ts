import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { TABLE_TOLERANCES, worstDeviations } from '../validation/pure-gas-table.ts';
import { denseMixtureTransport, densePureTransport } from './dense-transport.ts';
import { fractions } from './mixture.ts';
import { SPECIES } from './species.ts';
import { mixtureTransport, pureConductivity, pureViscosity } from './transport.ts';

const table = readFileSync(new URL('reference_pure_gas.csv', import.meta.url), 'utf8');

test('T06–T09, X01–X05 over the whole table: Z, w 1e-3, c_p 0.5 %, η and λ 2 %', () => {
  const worst = worstDeviations(table);
  expect(worst.length).toBe(30);
  for (const { species, quantity, deviation, T, p } of worst) {
    expect(deviation, `${species} ${quantity} ${T} K ${p} Pa`).toBeLessThan(TABLE_TOLERANCES[quantity]);
    if (quantity === 'viscosity' || quantity === 'conductivity') expect(deviation).toBeLessThan(2e-3);
  }
});

test('no effect at zero density; pure limits of the mixture; continuous in composition', () => {
  SPECIES.forEach((species, k) => {
    const none = densePureTransport(k, 250, 0);
    expect(none.viscosity).toBe(pureViscosity(k, 250));
    expect(none.conductivity).toBe(pureConductivity(k, 250));
    const pure = densePureTransport(k, 320, 300);
    const mixed = denseMixtureTransport(fractions({ [species.symbol]: 1 }), 320, 300);
    expect(Math.abs(mixed.viscosity / pure.viscosity - 1)).toBeLessThan(1e-12);
    expect(Math.abs(mixed.conductivity / pure.conductivity - 1)).toBeLessThan(1e-12);
  });
  const x = fractions({ He: 0.62, Ar: 0.38 });
  expect(denseMixtureTransport(x, 300, 0)).toEqual(mixtureTransport(x, 300));
  const dense = denseMixtureTransport(x, 300, 200);
  expect(dense.viscosity).toBeGreaterThan(mixtureTransport(x, 300).viscosity);
  expect(dense.conductivity / mixtureTransport(x, 300).conductivity).toBeLessThan(1.01);
});
