import { describe, expect, it } from 'vitest';
import type { SchematicLayer, SchematicValves } from '../../../worker/schematic.ts';
import { valvesDetail } from './details.ts';
import { atm, layerName, lettersOf, molPerS, shownFlow, spreadText, valveBadges, watts } from './figures.ts';
import { cardPlace, geometryOf, LEAST_WIDTH, rowY } from './geometry.ts';

const valves: SchematicValves = {
  opening: { mean: 0.25, min: 0.2, max: 0.3 },
  flow: 1.25,
  sensedFlow: 1.3,
  manual: 0,
  held: 0,
  stuck: 0,
  slow: 0,
  chambers: [],
};
const layer = (changes: Partial<SchematicLayer>): SchematicLayer =>
  ({
    first: 2,
    last: 2,
    chambers: 9,
    supply: valves,
    back: valves,
    vents: { open: 0, manual: 0, held: 0, flow: 0 },
    injectors: { flow: 0, manual: 0, held: 0 },
    ...changes,
  }) as SchematicLayer;

describe('the drawing', () => {
  it.each([
    [300, 3],
    [968, 10],
    [968, 12],
    [2400, 1],
  ])('of %d px and %d rows keeps its parts in order and apart', (width, rows) => {
    const g = geometryOf(width, rows);
    expect(g.width).toBe(Math.max(width, LEAST_WIDTH));
    expect(g.supplyX).toBeLessThan(g.vesselX);
    expect(g.vesselWidth).toBeGreaterThan(220);
    expect(g.vesselX + g.vesselWidth).toBeLessThan(g.returnX);
    expect(rowY(g, rows - 1) + g.rowHeight / 2).toBeCloseTo(g.rowsEnd, 9);
    expect(g.rowsEnd).toBeLessThan(g.roomY - 13);
    expect(g.roomY).toBeLessThan(g.bottomY - 20);
    expect(g.height).toBeGreaterThan(g.bottomY + 20);
  });

  it('puts a card below its part, above it where there is no room, and never outside', () => {
    const card = { width: 300, height: 190 };
    const view = { left: 0, top: 100, width: 940, height: 288 };
    expect(cardPlace({ x: 50, y: 110, height: 24 }, card, view)).toEqual({ left: 50, top: 142 });
    expect(cardPlace({ x: 900, y: 340, height: 24 }, card, view)).toEqual({ left: 632, top: 142 });
    expect(cardPlace({ x: -5, y: 120, height: 250 }, card, view).top).toBeGreaterThanOrEqual(100);
  });
});

describe('figures', () => {
  it('keep their width and know what is too small', () => {
    expect([0, 4e-4, 0.0123, -0.0842, 0.512, 16.04, 169.4].map(molPerS)).toEqual([
      '0',
      '0',
      '0.012',
      '−0.084',
      '0.51',
      '16.0',
      '169',
    ]);
    expect(molPerS(Number.NaN)).toBe('–');
    expect([0, 5066.25, 506625].map(atm)).toEqual(['0.000', '0.050', '5.00']);
    expect(watts(3e-8)).toBe('0\u202fW');
    expect(spreadText({ mean: 5.01, min: 5, max: 5.02 }, (x) => x.toFixed(2), 'atm')).toBe(
      '5.01\u202fatm, 5.00 to 5.02',
    );
    expect(spreadText({ mean: 5, min: 5, max: 5 }, (x) => x.toFixed(2), 'atm')).toBe('5.00\u202fatm');
  });
  it('name layers from 1', () => {
    expect(layerName({ first: 0, last: 0 })).toBe('Layer 1');
    expect(layerName({ first: 5, last: 9 })).toBe('Layers 6–10');
  });
  it('are those of the meters where these are read', () => {
    expect(shownFlow(valves)).toBe(1.3);
    expect(shownFlow({ ...valves, sensedFlow: Number.NaN })).toBe(1.25);
  });
});

describe('what is not free', () => {
  it('stands as letters, the gravest first, and in the legend', () => {
    const busy = { ...valves, manual: 2, stuck: 1, held: 4, slow: 3, chambers: [1, 7] };
    expect(valveBadges(busy).map(({ letter }) => letter)).toEqual(['I', 'S', 'L', 'M']);
    expect(valveBadges(busy)[3]).toEqual({ letter: 'M', words: '2 held by hand', priority: null });
    expect(lettersOf([layer({ supply: busy })], 0)).toEqual(['I', 'S', 'L', 'M']);
    expect(lettersOf([layer({})], 0)).toEqual([]);
    expect(lettersOf([layer({})], 1)).toEqual(['M']);
    const { rows, hint } = valvesDetail(layer({ supply: busy }), 'supply', 'controller');
    expect(rows).toContainEqual(['Not free', '1 stuck']);
    expect(hint).toContain('not free');
    expect(valvesDetail(layer({}), 'back', 'cycle').rows).toContainEqual(['Flow out', '−1.25\u202fmol/s']);
  });
});
