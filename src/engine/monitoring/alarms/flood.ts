// How much an operator is asked: announcements in the last ten minutes, floods, which alarms come most, which chatter, which
// stand for days. Figures after EEMUA 191 and ISA-18.2 (table of alarm performance).

import type { AlarmMachine } from './alarm-machine.ts';
import type { AlarmEvent } from './alarm-states.ts';

/** A flood begins above the first and ends below the second number of announcements per operator in the window. */
export const FLOOD_BEGINS = 10;
export const FLOOD_ENDS = 5;
export const FLOOD_WINDOW_S = 600;
/** An alarm chatters when it is announced this often within this time. */
export const CHATTER_COUNT = 3;
export const CHATTER_WINDOW_S = 60;
/** A condition that has been present longer stands. */
export const STALE_S = 24 * 3600;

export interface FloodEvent {
  readonly time_s: number;
  readonly operator: number;
  readonly what: 'flood begins' | 'flood ends';
  /** Announcements in the last ten minutes. */
  readonly inWindow: number;
}

interface Operator {
  /** Announcement times of the window, oldest first, from `head` on. */
  times: number[];
  head: number;
  flooded: boolean;
}

export interface FloodSnapshot {
  readonly operators: readonly { readonly times: readonly number[]; readonly flooded: boolean }[];
}

/** Whether an event is an announcement: a sound, something new to look at. */
export const isAnnouncement = ({ from, to }: AlarmEvent): boolean => to === 'unacknowledged' && from !== to;

export class FloodMonitor {
  /** Announcements of each alarm since the start. */
  private readonly counts: Float64Array;
  /** Times of each alarm's last announcements, the latest first. */
  private readonly latest: Float64Array;
  private operators: Operator[];

  /**
   * @param alarms number of instances
   * @param operatorOf which operator looks after an alarm, from 0
   */
  constructor(
    alarms: number,
    operators: number,
    private readonly operatorOf: (alarm: number) => number,
    private readonly sink: (event: FloodEvent) => void,
  ) {
    this.counts = new Float64Array(alarms);
    this.latest = new Float64Array(alarms * CHATTER_COUNT).fill(Number.NEGATIVE_INFINITY);
    this.operators = Array.from({ length: operators }, () => ({ times: [], head: 0, flooded: false }));
  }

  onEvent(event: AlarmEvent): void {
    if (!isAnnouncement(event)) return;
    const { alarm, time_s } = event;
    this.counts[alarm]++;
    const first = alarm * CHATTER_COUNT;
    this.latest.copyWithin(first + 1, first, first + CHATTER_COUNT - 1);
    this.latest[first] = time_s;
    const number = this.operatorOf(alarm);
    const operator = this.operators[number];
    operator.times.push(time_s);
    this.forget(operator, time_s);
    const inWindow = operator.times.length - operator.head;
    if (operator.flooded || inWindow <= FLOOD_BEGINS) return;
    operator.flooded = true;
    this.sink({ time_s, operator: number, what: 'flood begins', inWindow });
  }

  /** Lets old announcements go. Call once a step. @param time simulated s */
  step(time: number): void {
    for (let k = 0; k < this.operators.length; k++) {
      const operator = this.operators[k];
      this.forget(operator, time);
      const inWindow = operator.times.length - operator.head;
      if (!operator.flooded || inWindow >= FLOOD_ENDS) continue;
      operator.flooded = false;
      this.sink({ time_s: time, operator: k, what: 'flood ends', inWindow });
    }
  }

  /** Announcements to an operator in the last ten minutes. */
  inWindow(operator: number, time: number): number {
    this.forget(this.operators[operator], time);
    return this.operators[operator].times.length - this.operators[operator].head;
  }

  isFlooded(operator: number): boolean {
    return this.operators[operator].flooded;
  }

  announcements(alarm: number): number {
    return this.counts[alarm];
  }

  isChattering(alarm: number, time: number): boolean {
    return this.latest[alarm * CHATTER_COUNT + CHATTER_COUNT - 1] > time - CHATTER_WINDOW_S;
  }

  /** Alarms that chatter now, by number. */
  chattering(time: number): number[] {
    return this.those((alarm) => this.isChattering(alarm, time));
  }

  /** The alarms announced most often, most first, equals by number. */
  topOffenders(most: number): { alarm: number; announcements: number; share: number }[] {
    const total = this.counts.reduce((sum, n) => sum + n, 0);
    return this.those((alarm) => this.counts[alarm] > 0)
      .sort((a, b) => this.counts[b] - this.counts[a] || a - b)
      .slice(0, most)
      .map((alarm) => ({ alarm, announcements: this.counts[alarm], share: this.counts[alarm] / total }));
  }

  /** The numbers of the state, for snapshots, with `snapshot`. */
  arrays(): Float64Array[] {
    return [this.counts, this.latest];
  }

  snapshot(): FloodSnapshot {
    return { operators: this.operators.map(({ times, head, flooded }) => ({ times: times.slice(head), flooded })) };
  }

  restore({ operators }: FloodSnapshot): void {
    this.operators = operators.map(({ times, flooded }) => ({ times: [...times], head: 0, flooded }));
  }

  private those(test: (alarm: number) => boolean): number[] {
    const found: number[] = [];
    for (let alarm = 0; alarm < this.counts.length; alarm++) if (test(alarm)) found.push(alarm);
    return found;
  }

  private forget(operator: Operator, time: number): void {
    const { times } = operator;
    while (operator.head < times.length && times[operator.head] <= time - FLOOD_WINDOW_S) operator.head++;
    if (operator.head > 1000 && operator.head > times.length / 2) {
      times.splice(0, operator.head);
      operator.head = 0;
    }
  }
}

/** Alarms whose condition has been present for more than a day, the oldest first. @param time simulated s */
export function staleAlarms(machine: AlarmMachine, time: number): number[] {
  return standingAlarms(machine).filter((alarm) => time - machine.onset_s(alarm) > STALE_S);
}

/** Alarms whose condition is present and that are in view, the oldest first. */
export function standingAlarms(machine: AlarmMachine): number[] {
  const standing: number[] = [];
  for (let alarm = 0; alarm < machine.count; alarm++) {
    const state = machine.state(alarm);
    if (state === 'unacknowledged' || state === 'acknowledged') standing.push(alarm);
  }
  return standing.sort((a, b) => machine.onset_s(a) - machine.onset_s(b) || a - b);
}
