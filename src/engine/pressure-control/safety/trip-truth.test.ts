import { describe, expect, it } from 'vitest';
import { TRIP_TABLES, type TripCause, type TripTables } from './trip-table.ts';
import { demanded, done, interlocksOf, type SensorState, type Situation, single, situations } from './truth.testing.ts';

/** The first situation in which tables do what they must not, if there is one. */
function wrong(tables: TripTables, among: Iterable<Situation>): Situation | undefined {
  const interlocks = interlocksOf(tables);
  for (const situation of among) if (done(interlocks, situation) !== demanded(situation)) return situation;
  return undefined;
}

describe('the truth table of the trip', () => {
  it('holds in every one of its situations', () => {
    let n = 0;
    const interlocks = interlocksOf(TRIP_TABLES);
    for (const situation of situations(false)) {
      n++;
      if (done(interlocks, situation) !== demanded(situation)) expect(situation).toBe('done as demanded');
    }
    expect(n).toBe(64 * 27 * 27 * 27 * 2);
  });

  it('each condition alone decides (MC/DC): there are two situations that differ in it only, one trips, one does not', () => {
    const quantities = ['pressure', 'temperature', 'oxygen', 'power'] as const;
    const votes: Record<(typeof quantities)[number], readonly SensorState[]> = {
      pressure: ['above', 'below', 'lost'],
      temperature: ['above', 'lost'],
      oxygen: ['below', 'lost'],
      power: ['below', 'lost'],
    };
    const interlocks = interlocksOf(TRIP_TABLES);
    const base = [...single()].filter((situation) => !situation.stop);
    const decides = (change: (s: Situation) => Situation | undefined): boolean =>
      base.some((situation) => {
        const changed = change(situation);
        return changed !== undefined && done(interlocks, situation) === 0 && done(interlocks, changed) !== 0;
      });
    let conditions = 0;
    for (const quantity of quantities) {
      for (const vote of votes[quantity]) {
        for (const sensor of [0, 1, 2]) {
          conditions++;
          const shown = decides((s) =>
            s[quantity][sensor] === 'fine'
              ? { ...s, [quantity]: s[quantity].map((state, k) => (k === sensor ? vote : state)) }
              : undefined,
          );
          expect([quantity, vote, sensor, shown]).toEqual([quantity, vote, sensor, true]);
        }
      }
    }
    expect(decides((s) => ({ ...s, stop: true }))).toBe(true);
    expect(conditions).toBe(27);
  });
});

const flipped = (vote: readonly number[], row: number): number[] => vote.map((v, k) => (k === row ? 1 - v : v));
const VOTES = ['pressureVote', 'temperatureVote', 'oxygenVote', 'powerVote'] as const;

/** Every single wrong entry of the vote tables (row 0 of a vote is "nobody votes"). */
const VOTE_MUTANTS: [string, TripTables][] = VOTES.flatMap((name) =>
  TRIP_TABLES[name].map((_, row): [string, TripTables] => [
    `${name}, row ${row}`,
    { ...TRIP_TABLES, [name]: flipped(TRIP_TABLES[name], row) },
  ]),
);

/** Every single action left out or added, of every cause whose actions the situations can show. */
const ACTION_MUTANTS: [string, TripTables][] = TRIP_TABLES.causes.flatMap((cause, c) =>
  [1, 2, 4, 8, 16].map((bit): [string, TripTables] => [
    `${cause.id}, action ${bit}`,
    {
      ...TRIP_TABLES,
      causes: TRIP_TABLES.causes.map((one, k): TripCause => (k === c ? { ...one, actions: one.actions ^ bit } : one)),
    },
  ]),
);

/** Two causes exchanged: what one must do the other does. */
const EXCHANGED: [string, TripTables][] = [
  ['venting for oxygen and holding for pressure', exchange(1, 4)],
  ['venting for oxygen and holding for the stop', exchange(0, 4)],
  ['venting for unknown temperature and holding for hot', exchange(3, 7)],
];

function exchange(a: number, b: number): TripTables {
  const actions = TRIP_TABLES.causes.map((cause) => cause.actions);
  [actions[a], actions[b]] = [actions[b], actions[a]];
  return { ...TRIP_TABLES, causes: TRIP_TABLES.causes.map((cause, k) => ({ ...cause, actions: actions[k] })) };
}

describe('a wrong entry is noticed', () => {
  it('the right tables are not', () => {
    expect(wrong(TRIP_TABLES, single())).toBeUndefined();
    expect(wrong(TRIP_TABLES, situations(true))).toBeUndefined();
  });

  it.each(VOTE_MUTANTS)('%s', (_, tables) => {
    expect(wrong(tables, single())).toBeDefined();
  });

  // An input that is no number has no situation here: interlocks.test.ts poisons it.
  it.each(ACTION_MUTANTS.filter(([name]) => !name.startsWith('invalid-input')))('%s', (_, tables) => {
    expect(wrong(tables, single())).toBeDefined();
  });

  it.each(EXCHANGED)('%s', (_, tables) => {
    expect(wrong(tables, single())).toBeDefined();
  });
});
