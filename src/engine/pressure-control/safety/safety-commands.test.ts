import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { ATM } from '../../constants.ts';
import { type BypassEvent, Bypasses, CONFIRM_WITHIN_S, LONGEST_BYPASS_S } from './bypass.ts';
import { FARM, type InterlockEvent, Interlocks } from './interlocks.ts';
import { SAFE_HOLD, SAFE_VENT, type TripCauseId } from './trip-table.ts';
import { calm } from './truth.testing.ts';

function plant() {
  const log: (InterlockEvent | BypassEvent)[] = [];
  const interlocks = new Interlocks({ groupOf: [0, 1], lostAfter_s: 0 }, (event) => log.push(event));
  const bypasses = new Bypasses(interlocks, (event) => log.push(event));
  const step = (inputs: ReturnType<typeof calm>, time: number): void => {
    bypasses.step(time);
    interlocks.step(inputs, time);
  };
  return { log, interlocks, bypasses, step };
}

const REQUEST = { group: 0, cause: 'pressure-high', duration_s: 100, who: 'Ada', why: 'calibration' } as const;
const over = (): ReturnType<typeof calm> => {
  const inputs = calm(2);
  inputs.pressure.fill(16 * ATM, 0, 3);
  return inputs;
};

describe('a bypass', () => {
  it('needs two acts: a request alone trips all the same', () => {
    const { interlocks, bypasses, step } = plant();
    expect(bypasses.request(REQUEST, 0).ok).toBe(true);
    expect(bypasses.isActive).toBe(false);
    step(over(), 1);
    expect(interlocks.actions[0]).toBe(SAFE_VENT);
  });

  it('holds back its cause at its place, only until its time is over', () => {
    const { interlocks, bypasses, step, log } = plant();
    bypasses.request(REQUEST, 0);
    expect(bypasses.confirm(1, 'Grace', 'checked', 10)).toEqual({ ok: true, id: 1 });
    expect(bypasses.isActive).toBe(true);
    step(over(), 109.9);
    expect([...interlocks.actions]).toEqual([0, 0]);
    expect(interlocks.presentCauses(0)).toEqual(['pressure-high']);
    step(over(), 110);
    expect([...interlocks.actions]).toEqual([SAFE_VENT, 0]);
    expect(log.map((event) => event.what)).toEqual(['requested', 'begun', 'expired', 'trip']);
  });

  it('holds back no other cause and no other place', () => {
    const { interlocks, bypasses, step } = plant();
    bypasses.request(REQUEST, 0);
    bypasses.confirm(1, 'Grace', 'checked', 0);
    const inputs = over();
    inputs.pressure.fill(16 * ATM);
    inputs.temperature.fill(600, 0, 3);
    step(inputs, 1);
    expect(interlocks.latchedCauses(0)).toEqual(['temperature-high']);
    expect(interlocks.latchedCauses(1)).toEqual(['pressure-high']);
  });

  it('a request lapses', () => {
    const { bypasses } = plant();
    bypasses.request(REQUEST, 0);
    expect(bypasses.confirm(1, 'Grace', 'late', CONFIRM_WITHIN_S).ok).toBe(false);
    expect(bypasses.requested).toEqual([]);
  });

  it.each([
    ['of the emergency stop', { cause: 'manual-stop', group: FARM }, /can never be bypassed/],
    ['of an input that is no number', { cause: 'invalid-input' }, /can never be bypassed/],
    ['of an unknown cause', { cause: 'weather' as TripCauseId }, /there is no cause "weather"/],
    ['without a name', { who: '' }, /who and why/],
    ['without a reason', { why: ' ' }, /who and why/],
    ['for no time', { duration_s: 0 }, /0 s is no duration/],
    ['for too long', { duration_s: LONGEST_BYPASS_S + 1 }, /is no duration/],
    ['for ever', { duration_s: Number.POSITIVE_INFINITY }, /is no duration/],
    ['for NaN', { duration_s: Number.NaN }, /is no duration/],
    ['of a place that is none', { group: 2 }, /there is no group 2/],
    ['of pressure in the whole farm', { group: FARM }, /there is no group -1/],
    ['of the room at one chamber', { cause: 'room-oxygen-low' }, /of the whole farm/],
  ] as const)('%s is refused', (_, change, message) => {
    const { bypasses, log } = plant();
    const reply = bypasses.request({ ...REQUEST, ...change } as typeof REQUEST, 0);
    expect(reply).toMatchObject({ ok: false, problem: { message: expect.stringMatching(message) } });
    expect(log).toEqual([]);
  });

  it('is refused a second time, and its confirmation without a name, twice, or at no time', () => {
    const { bypasses } = plant();
    expect(bypasses.request(REQUEST, Number.NaN).ok).toBe(false);
    bypasses.request(REQUEST, 0);
    expect(bypasses.request(REQUEST, 0).ok).toBe(false);
    expect(bypasses.confirm(1, '', 'checked', 0).ok).toBe(false);
    expect(bypasses.confirm(1, 'Grace', '', 0).ok).toBe(false);
    expect(bypasses.confirm(2, 'Grace', 'checked', 0).ok).toBe(false);
    expect(bypasses.confirm(1, 'Grace', 'checked', 0).ok).toBe(true);
    expect(bypasses.confirm(1, 'Grace', 'checked', 0).ok).toBe(false);
  });

  it('ends when told, and when the time is no number', () => {
    const { interlocks, bypasses, step } = plant();
    bypasses.request(REQUEST, 0);
    bypasses.confirm(1, 'Grace', 'checked', 0);
    step(over(), Number.NaN);
    expect(bypasses.isActive).toBe(false);
    expect(interlocks.actions[0]).toBe(SAFE_VENT);
    const other = plant();
    other.bypasses.request(REQUEST, 0);
    other.bypasses.confirm(1, 'Grace', 'checked', 0);
    expect(other.bypasses.end(1, 'Ada', 'done', 1).ok).toBe(true);
    expect(other.bypasses.end(1, 'Ada', 'done', 1).ok).toBe(false);
    other.step(over(), 1);
    expect(other.interlocks.actions[0]).toBe(SAFE_VENT);
  });

  it('survives a snapshot with its time', () => {
    const first = plant();
    first.bypasses.request(REQUEST, 0);
    first.bypasses.confirm(1, 'Grace', 'checked', 0);
    const second = plant();
    second.bypasses.restore(JSON.parse(JSON.stringify(first.bypasses.snapshot())));
    second.step(over(), 99);
    expect(second.interlocks.actions[0]).toBe(0);
    second.step(over(), 100);
    expect(second.interlocks.actions[0]).toBe(SAFE_VENT);
  });

  it('the interlocks hold no bypass that is not listed', () => {
    const { interlocks, step } = plant();
    interlocks.setBypass(0, 'pressure-high');
    step(over(), 1);
    expect(interlocks.actions[0]).toBe(SAFE_VENT);
  });
});

type Cause =
  | 'pressure-high'
  | 'temperature-high'
  | 'room-oxygen-low'
  | 'manual-stop'
  | 'invalid-input'
  | 'pressure-lost';

/** What must hold after any sequence of acts, kept with sets and plain words; places: chamber 0's group and the farm. */
class Model {
  readonly inputs = calm(2);
  time = 0;
  readonly present = new Set<Cause>();
  readonly latched = new Set<Cause>();
  readonly requests = new Map<number, { cause: Cause; lapses: number; duration: number }>();
  readonly bypassed = new Map<number, { cause: Cause; until: number }>();
  next = 1;

  static place(cause: Cause): number {
    return cause === 'room-oxygen-low' || cause === 'manual-stop' ? FARM : 0;
  }

  /** Turns a cause on or off in the inputs. */
  turn(cause: Cause): void {
    const { inputs } = this;
    const toggle = (list: number[], usual: number, wrong: number, at: readonly number[]): void => {
      const on = !(Object.is(list[at[0]], wrong) && Object.is(list[at[1]], wrong));
      for (const k of at) list[k] = on ? wrong : usual;
    };
    if (cause === 'manual-stop') inputs.manualStop = !inputs.manualStop;
    else if (cause === 'pressure-high') toggle(inputs.pressure, 5 * ATM, 15 * ATM, [0, 1]);
    else if (cause === 'temperature-high') toggle(inputs.temperature, 300, 500, [0, 2]);
    else if (cause === 'room-oxygen-low') toggle(inputs.roomOxygen, 0.209, 0.19, [1, 2]);
    else if (cause === 'invalid-input') toggle(inputs.temperature, 300, Number.NaN, [1, 1]);
    else toggle(inputs.pressureGood, 1, 0, [0, 2]);
  }

  step(): void {
    this.endBypasses();
    const { inputs } = this;
    const count = (list: readonly boolean[]): number => list.filter(Boolean).length;
    const lost = [0, 1, 2].map((k) => inputs.pressureGood[k] !== 1);
    const above = [0, 1, 2].map((k) => !lost[k] && inputs.pressure[k] >= 15 * ATM);
    const hot = [0, 1, 2].map((k) => inputs.temperature[k] >= 500);
    this.present.clear();
    if (inputs.manualStop) this.present.add('manual-stop');
    if (count(above) >= 1 && count(above) + count(lost) >= 2) this.present.add('pressure-high');
    if (count(lost) >= 2) this.present.add('pressure-lost');
    if (count(hot) >= 2) this.present.add('temperature-high');
    if (count(inputs.roomOxygen.map((x) => x <= 0.195)) >= 2) this.present.add('room-oxygen-low');
    if (inputs.temperature.some((x) => !Number.isFinite(x))) this.present.add('invalid-input');
    const held = new Set([...this.bypassed.values()].map((one) => one.cause));
    for (const cause of this.present) if (!held.has(cause)) this.latched.add(cause);
  }

  /** What chamber 0 must do. */
  get actions(): number {
    if (this.latched.size === 0) return 0;
    const vents: readonly Cause[] = ['manual-stop', 'pressure-high', 'temperature-high', 'pressure-lost'];
    return vents.some((cause) => this.latched.has(cause)) ? SAFE_VENT : SAFE_HOLD;
  }

  endBypasses(): void {
    for (const [id, { lapses }] of this.requests) if (this.time >= lapses) this.requests.delete(id);
    for (const [id, { until }] of this.bypassed) if (this.time >= until) this.bypassed.delete(id);
  }
}

const CAUSES: readonly Cause[] = [
  'pressure-high',
  'temperature-high',
  'room-oxygen-low',
  'manual-stop',
  'invalid-input',
  'pressure-lost',
];
const isBypassable = (cause: Cause): boolean => cause !== 'manual-stop' && cause !== 'invalid-input';

const tally = { resets: 0, refusedResets: 0, bypasses: 0, refusedBypasses: 0, held: 0, trips: 0 };

/** As expect(…).toBe(…), which alone would take most of the test's time. */
function agree<T>(real: T, model: T): void {
  if (real !== model) expect(real).toBe(model);
}

/** One act, told by a byte: its upper half the kind, its lower half what it is about. */
function act(byte: number, model: Model, real: ReturnType<typeof plant>): void {
  const about = CAUSES[(byte & 15) % CAUSES.length];
  const named = (byte & 15) < 12 ? 'Ada' : '';
  const place = Model.place(about);
  const kind = byte >> 4;
  if (kind <= 4) model.turn(about);
  else if (kind <= 6) model.time += kind === 5 ? 1 : 45;
  else if (kind <= 8) {
    const here = (cause: Cause): boolean => Model.place(cause) === place;
    const lawful = named !== '' && [...model.latched].some(here) && ![...model.present].some(here);
    agree(real.interlocks.reset(place, named, 'tested', model.time).ok, lawful);
    if (lawful) for (const cause of model.latched) if (here(cause)) model.latched.delete(cause);
    tally[lawful ? 'resets' : 'refusedResets']++;
  } else if (kind <= 11) {
    const known = [...model.requests.values(), ...model.bypassed.values()].some((one) => one.cause === about);
    const lawful = named !== '' && isBypassable(about) && !known;
    const reply = real.bypasses.request(
      { group: place, cause: about, duration_s: 50, who: named, why: 'x' },
      model.time,
    );
    agree(reply.ok, lawful);
    if (lawful) model.requests.set(model.next++, { cause: about, lapses: model.time + CONFIRM_WITHIN_S, duration: 50 });
  } else if (kind <= 14) {
    model.endBypasses();
    const id = Math.max(1, model.next - 1 - (byte & 1));
    const request = model.requests.get(id);
    const lawful = named !== '' && request !== undefined;
    agree(real.bypasses.confirm(id, named, 'checked', model.time).ok, lawful);
    if (lawful) {
      model.requests.delete(id);
      model.bypassed.set(id, { cause: request.cause, until: model.time + request.duration });
    }
    tally[lawful ? 'bypasses' : 'refusedBypasses']++;
  } else {
    const id = model.next - 1;
    const known = model.requests.delete(id) || model.bypassed.delete(id);
    agree(real.bypasses.end(id, named, '', model.time).ok, known);
  }
}

describe('100,000 sequences of commands', () => {
  it('reset only with the cause gone and by a person, bypass only as stated, and not one escape', () => {
    let runs = 0;
    fc.assert(
      fc.property(fc.uint8Array({ minLength: 1, maxLength: 18 }), (bytes) => {
        runs++;
        const model = new Model();
        const real = plant();
        for (const byte of bytes) {
          act(byte, model, real);
          real.step(model.inputs, model.time);
          model.step();
          agree(real.interlocks.actions[0], model.actions);
          agree(real.bypasses.active.length, model.bypassed.size);
          if (model.inputs.manualStop && real.interlocks.actions[0] !== SAFE_VENT) expect('the stop').toBe('obeyed');
          if (model.present.size > 0) tally[model.actions === 0 ? 'held' : 'trips']++;
        }
        const begun = real.log.filter((event) => event.what === 'begun').length;
        const over = real.log.filter(
          (event) => (event.what === 'expired' || event.what === 'ended') && event.bypass.until_s !== null,
        ).length;
        agree(begun - over, model.bypassed.size);
      }),
      { numRuns: 100_000, seed: 61511 },
    );
    expect(runs).toBe(100_000);
    // The sequences reached what they are to test.
    for (const count of Object.values(tally)) expect(count).toBeGreaterThan(500);
  });
});
