// What has happened to the farm in a session: loads, edits, resets, limits, notes. Knows no farm; the plant keeps its own log.

import type { FarmEvent } from './protocol.ts';

const EVENTS_KEPT = 1000;
/** Newest events that go with a chart. */
const EVENTS_CHARTED = 50;

export class EventLog {
  private kept: FarmEvent[] = [];
  private next = 1;

  /** Oldest first. */
  get events(): readonly FarmEvent[] {
    return this.kept;
  }

  add(kind: FarmEvent['kind'], message: string, time_s: number): FarmEvent {
    const event: FarmEvent = { id: this.next++, time_s, kind, message };
    this.kept = [...this.kept.slice(-EVENTS_KEPT), event];
    return event;
  }

  /** The newest events between two simulated times, s (NaN: no bound). */
  between(from_s: number, to_s: number): FarmEvent[] {
    const first = Number.isNaN(from_s) ? Number.NEGATIVE_INFINITY : from_s;
    const last = Number.isNaN(to_s) ? Number.POSITIVE_INFINITY : to_s;
    return this.kept.filter((event) => event.time_s >= first && event.time_s <= last).slice(-EVENTS_CHARTED);
  }
}
