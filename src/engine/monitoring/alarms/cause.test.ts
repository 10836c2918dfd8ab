import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { ALARM_DEFINITIONS, ALARM_KINDS, type AlarmKind } from './alarm-definitions.ts';
import { CAUSAL_EDGES, causalOrder, causalRank } from './causal-graph.ts';
import { CauseFinder, type Deviation, type PlantTopology } from './cause.ts';

/** Chambers in a row; two valves, three sensors and the ducts to either side each. */
const ROW: PlantTopology = {
  neighbours: (c) => (c === 0 ? [1] : [c - 1, c + 1]),
  ductsOf: (c) => (c === 0 ? [0] : [c - 1, c]),
  valvesOf: (c) => [2 * c, 2 * c + 1],
  sensorsOf: (c) => [3 * c, 3 * c + 1, 3 * c + 2],
};

const at = (onset_s: number, kind: AlarmKind, index = 0): Deviation => ({
  kind,
  place: { target: ALARM_DEFINITIONS[kind].target, index },
  onset_s,
});

const finder = (...deviations: Deviation[]): CauseFinder => new CauseFinder(deviations, ROW);
const chainOf = (found: CauseFinder, kind: AlarmKind, index = 0): string[] =>
  found.explain(kind, index)?.chain.map((d) => `${d.kind}@${d.place.index}`) ?? [];

describe('the causal graph', () => {
  it('runs in no circle, and a circle would be noticed', () => {
    for (const { cause, effect } of CAUSAL_EDGES)
      if (cause !== effect) expect(causalRank(cause)).toBeLessThan(causalRank(effect));
    const back = { cause: 'safety-trip', effect: 'pump-tripped', where: 'any', within_s: 1 } as const;
    const on = { ...back, cause: 'pump-tripped', effect: 'safety-trip' } as const;
    expect(() => causalOrder([back, on])).toThrow(/circle/);
  });

  it('only chambers have neighbours and parts', () => {
    for (const { effect, cause, where } of CAUSAL_EDGES) {
      if (where === 'part' || where === 'neighbour') expect(ALARM_DEFINITIONS[effect].target).toBe('chamber');
      if (where === 'part') expect(['valve', 'sensor', 'duct']).toContain(ALARM_DEFINITIONS[cause].target);
      if (where === 'same') expect(ALARM_DEFINITIONS[cause].target).toBe(ALARM_DEFINITIONS[effect].target);
      if (where === 'neighbour') expect(cause).toBe(effect);
    }
  });
});

describe('why this alarm', () => {
  it('goes back through the process to the equipment that failed', () => {
    const found = finder(
      at(3, 'chamber-temperature-trip', 7),
      at(0, 'fan-failed', 2),
      at(1, 'cooling-flow-low'),
      at(2, 'chamber-temperature-raised', 7),
      at(2.5, 'chamber-temperature-high', 7),
      at(3, 'safety-trip'),
      at(3, 'drive-stopped', 7),
    );
    expect(chainOf(found, 'drive-stopped', 7)).toEqual([
      'fan-failed@2',
      'cooling-flow-low@0',
      'chamber-temperature-raised@7',
      'chamber-temperature-high@7',
      'chamber-temperature-trip@7',
      'drive-stopped@7',
    ]);
    expect(found.explain('drive-stopped', 7)?.root).toEqual(at(0, 'fan-failed', 2));
    expect(found.explain('safety-trip', 0)?.root).toEqual(at(0, 'fan-failed', 2));
    expect(found.roots()).toEqual([{ root: at(0, 'fan-failed', 2), consequences: 6 }]);
  });

  it('goes from the chips over the wall to the gas, and from the fans to the wall', () => {
    const found = finder(
      at(0, 'chip-power-high', 4),
      at(30, 'chip-temperature-high', 4),
      at(200, 'wall-temperature-raised', 4),
      at(230, 'chamber-temperature-raised', 4),
      at(300, 'wall-temperature-raised', 5),
    );
    expect(chainOf(found, 'chamber-temperature-raised', 4)).toEqual([
      'chip-power-high@4',
      'chip-temperature-high@4',
      'wall-temperature-raised@4',
      'chamber-temperature-raised@4',
    ]);
    expect(chainOf(found, 'wall-temperature-raised', 5)).toEqual(['wall-temperature-raised@5']);
    const cooling = finder(at(0, 'fan-failed'), at(1, 'cooling-flow-low'), at(200, 'wall-temperature-raised', 5));
    expect(chainOf(cooling, 'wall-temperature-raised', 5)[0]).toBe('fan-failed@0');
    // Gas that warms first, by its drive, is not put down to the wall.
    const gas = finder(at(10, 'chamber-temperature-raised', 4), at(90, 'wall-temperature-raised', 4));
    expect(chainOf(gas, 'chamber-temperature-raised', 4).length).toBe(1);
  });

  it('says it in a sentence', () => {
    const found = finder(at(1, 'pump-tripped', 3), at(2.5, 'header-pressure-low', 0));
    expect(found.explain('header-pressure-low', 0)?.sentence).toBe(
      'First Pump tripped (pump 3) at 1 s; from it followed Header pressure low (header 0) 1.5 s later.',
    );
    expect(found.explain('pump-tripped', 3)?.sentence).toBe(
      'Pump tripped (pump 3) at 1 s: nothing else that is present explains it.',
    );
    expect(found.explain('fan-failed', 0)).toBeUndefined();
  });

  it('prefers what is at the place itself to what serves all', () => {
    const found = finder(
      at(0, 'pump-tripped', 1),
      at(0.5, 'header-pressure-low'),
      at(1, 'leak-suspected', 4),
      at(2, 'chamber-pressure-low', 4),
      at(2, 'chamber-pressure-low', 9),
    );
    expect(chainOf(found, 'chamber-pressure-low', 4)[0]).toBe('leak-suspected@4');
    expect(chainOf(found, 'chamber-pressure-low', 9)).toEqual([
      'pump-tripped@1',
      'header-pressure-low@0',
      'chamber-pressure-low@9',
    ]);
  });

  it('knows whose valve, sensor and duct it is', () => {
    const high = at(5, 'chamber-pressure-high', 4);
    for (const [kind, index] of [
      ['valve-mismatch', 9],
      ['sensor-deviation', 14],
      ['duct-blocked', 3],
    ] as const) {
      expect(chainOf(finder(high, at(4, kind, index)), 'chamber-pressure-high', 4)[0]).toBe(`${kind}@${index}`);
      expect(chainOf(finder(high, at(4, kind, index + 5)), 'chamber-pressure-high', 4).length).toBe(1);
    }
  });

  it('follows a deviation from chamber to chamber, back to where it began', () => {
    const found = finder(
      at(1, 'valve-mismatch', 10),
      ...[5, 6, 7, 8].map((c, k) => at(2 + k, 'chamber-pressure-high', c)),
      at(2, 'chamber-pressure-high', 20),
    );
    expect(chainOf(found, 'chamber-pressure-high', 8)).toEqual([
      'valve-mismatch@10',
      ...[5, 6, 7, 8].map((c) => `chamber-pressure-high@${c}`),
    ]);
    expect(chainOf(found, 'chamber-pressure-high', 20)).toEqual(['chamber-pressure-high@20']);
  });

  it('blames nothing that came too late or too long ago', () => {
    expect(chainOf(finder(at(5, 'header-pressure-low'), at(9, 'pump-tripped')), 'header-pressure-low').length).toBe(1);
    expect(chainOf(finder(at(500, 'header-pressure-low'), at(9, 'pump-tripped')), 'header-pressure-low').length).toBe(
      1,
    );
  });

  it('allows for detectors that need time: a leak is noticed after the pressure it lowers', () => {
    const found = finder(at(5, 'chamber-pressure-low', 1), at(8, 'leak-suspected', 1));
    expect(chainOf(found, 'chamber-pressure-low', 1)).toEqual(['leak-suspected@1', 'chamber-pressure-low@1']);
    expect(found.explain('chamber-pressure-low', 1)?.sentence).toContain('noticed 3 s before it');
  });

  it('two causes at once stay two', () => {
    const found = finder(
      at(0, 'fan-failed'),
      at(0, 'pump-tripped'),
      at(1, 'cooling-flow-low'),
      at(1, 'header-pressure-low'),
      at(2, 'chamber-temperature-raised', 3),
      at(2, 'chamber-pressure-low', 3),
    );
    expect(chainOf(found, 'chamber-temperature-raised', 3)[0]).toBe('fan-failed@0');
    expect(chainOf(found, 'chamber-pressure-low', 3)[0]).toBe('pump-tripped@0');
    expect(found.roots().length).toBe(2);
  });

  it('of nothing there is no first', () => {
    expect(finder().firstOut()).toBeUndefined();
  });
});

describe('any set of deviations', () => {
  const deviation = fc
    .tuple(fc.constantFrom(...ALARM_KINDS), fc.integer({ min: 0, max: 6 }), fc.integer({ min: 0, max: 30 }))
    .map(([kind, index, onset]) => {
      const { target } = ALARM_DEFINITIONS[kind];
      return at(onset, kind, target === 'room' || target === 'farm' ? 0 : index);
    });
  const set = fc.uniqueArray(deviation, { maxLength: 40, selector: (d) => `${d.kind}@${d.place.index}` });

  it('gives chains without circles that rest on edges of the graph, the same in any order', () => {
    fc.assert(
      fc.property(set, fc.integer(), (deviations, shift) => {
        const found = finder(...deviations);
        const turned = deviations.map((_, k) => deviations[(k + Math.abs(shift)) % deviations.length]);
        const again = finder(...turned.reverse());
        let consequences = 0;
        for (const { kind, place } of deviations) {
          const { chain, root } = found.explain(kind, place.index) ?? { chain: [], root: undefined };
          expect(new Set(chain).size).toBe(chain.length);
          expect(root).toBe(chain[0]);
          expect(found.rootOf(kind, place.index)).toBe(root);
          for (let k = 1; k < chain.length; k++) {
            expect(CAUSAL_EDGES.some((e) => e.cause === chain[k - 1].kind && e.effect === chain[k].kind)).toBe(true);
            expect(chain[k].onset_s - chain[k - 1].onset_s).toBeGreaterThanOrEqual(-60);
          }
          if (chain.length > 1) consequences++;
          expect(again.explain(kind, place.index)).toEqual(found.explain(kind, place.index));
        }
        const total = found.roots().reduce((sum, root) => sum + root.consequences, 0);
        expect(total).toBe(consequences);
        expect(found.roots().length + consequences).toBe(deviations.length);
      }),
      { numRuns: 1500, seed: 20160302 },
    );
  });
});
