// The operators' log: what people did, what happened, what they noted; who, when in simulated time, what, why. Append only.

import { CappedLog, type CappedLogSnapshot, droppedText } from './capped-log.ts';
import { csvText } from './csv.ts';

export const LOG_KINDS = ['act', 'event', 'note'] as const;

export interface LogEntry {
  /** From 0, without gaps. */
  readonly number: number;
  /** Simulated s. */
  readonly time_s: number;
  /** act: by a person. event: by the plant or its logic. note: what a person writes down. */
  readonly kind: (typeof LOG_KINDS)[number];
  readonly who: string;
  readonly what: string;
  readonly why: string;
}

export interface LogFilter {
  readonly kinds?: readonly LogEntry['kind'][];
  readonly who?: string;
  /** In what, why or who, letters' case not counted. */
  readonly text?: string;
  readonly from_s?: number;
  readonly to_s?: number;
}

export interface LogPage {
  /** The latest first. */
  readonly entries: readonly LogEntry[];
  /** Entries that fit, on all pages, and those that were dropped before because the log was full. */
  readonly total: number;
  readonly dropped: number;
}

/** Longest text of an entry; what is longer is cut and marked. */
const LONGEST = 2000;
const cut = (text: string): string => (text.length > LONGEST ? `${text.slice(0, LONGEST - 1)}…` : text);

export class OperatorsLog {
  private readonly log: CappedLog<LogEntry>;

  constructor(capacity = 10_000) {
    this.log = new CappedLog(capacity);
  }

  get dropped(): number {
    return this.log.dropped;
  }

  /** Adds an entry and returns it. @param time simulated s */
  add(kind: LogEntry['kind'], who: string, what: string, why: string, time: number): LogEntry {
    if (!Number.isFinite(time)) throw new RangeError(`A log entry cannot be at ${time} s.`);
    const entry = { number: this.log.total, time_s: time, kind, who: cut(who), what: cut(what), why: cut(why) };
    this.log.push(entry);
    return entry;
  }

  /** A person's remark. @returns undefined if it is empty or nobody signs it */
  note(who: string, text: string, time: number): LogEntry | undefined {
    return who.trim() === '' || text.trim() === '' ? undefined : this.add('note', who, text, '', time);
  }

  /** Entries kept that fit, oldest first. */
  entries(filter: LogFilter = {}): LogEntry[] {
    const { kinds, who, text, from_s = Number.NEGATIVE_INFINITY, to_s = Number.POSITIVE_INFINITY } = filter;
    const wanted = text?.toLowerCase() ?? '';
    return this.log
      .entries()
      .filter(
        (entry) =>
          (kinds === undefined || kinds.includes(entry.kind)) &&
          (who === undefined || entry.who === who) &&
          entry.time_s >= from_s &&
          entry.time_s <= to_s &&
          (wanted === '' || `${entry.what}\n${entry.why}\n${entry.who}`.toLowerCase().includes(wanted)),
      );
  }

  /** A page of the entries that fit, the latest first. @param offset entries left out at the start @param limit entries at most */
  page(filter: LogFilter, offset: number, limit: number): LogPage {
    const all = this.entries(filter);
    const end = Math.max(0, all.length - offset);
    const entries = all.slice(Math.max(0, end - limit), end).reverse();
    return { entries, total: all.length, dropped: this.dropped };
  }

  /** Dropped entries are told in the last line. */
  csv(filter: LogFilter = {}): string {
    const rows: (string | number)[][] = this.entries(filter).map((e) => [
      e.number,
      e.time_s,
      e.kind,
      e.who,
      e.what,
      e.why,
    ]);
    if (this.dropped > 0) rows.push(['', '', 'event', 'log', droppedText(this.dropped), '']);
    return csvText(['number', 'time_s', 'kind', 'who', 'what', 'why'], rows);
  }

  json(filter: LogFilter = {}): string {
    return JSON.stringify({ dropped: this.dropped, entries: this.entries(filter) }, null, 2);
  }

  snapshot(): CappedLogSnapshot<LogEntry> {
    return this.log.snapshot();
  }

  restore(saved: CappedLogSnapshot<LogEntry>): void {
    this.log.restore(saved);
  }
}
