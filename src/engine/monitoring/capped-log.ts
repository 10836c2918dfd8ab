// A log that keeps its last entries and counts those it had to drop, so that nothing goes missing in silence.

export interface CappedLogSnapshot<T> {
  readonly entries: readonly T[];
  readonly dropped: number;
}

export class CappedLog<T> {
  private ring: T[] = [];
  /** Where the oldest entry stands once the ring is full. */
  private head = 0;
  private lost = 0;

  /** @param capacity entries kept at most; a whole number above 0 */
  constructor(readonly capacity: number) {
    if (!Number.isInteger(capacity) || capacity < 1) throw new RangeError(`A log cannot keep ${capacity} entries.`);
  }

  /** Entries that were dropped to make room. */
  get dropped(): number {
    return this.lost;
  }

  /** Entries ever pushed: the number of the next one, from 0. */
  get total(): number {
    return this.lost + this.ring.length;
  }

  get length(): number {
    return this.ring.length;
  }

  push(entry: T): void {
    if (this.ring.length < this.capacity) {
      this.ring.push(entry);
      return;
    }
    this.ring[this.head] = entry;
    this.head = (this.head + 1) % this.capacity;
    this.lost++;
  }

  /** The entries kept from a number on, oldest first. @param from number of the first wanted; older ones may be gone */
  entries(from = 0): T[] {
    const whole = [...this.ring.slice(this.head), ...this.ring.slice(0, this.head)];
    return from <= this.lost ? whole : whole.slice(from - this.lost);
  }

  snapshot(): CappedLogSnapshot<T> {
    return { entries: this.entries(), dropped: this.lost };
  }

  restore({ entries, dropped }: CappedLogSnapshot<T>): void {
    this.ring = entries.slice(-this.capacity);
    this.head = 0;
    this.lost = dropped + entries.length - this.ring.length;
  }
}

/** How exports tell what is missing. */
export const droppedText = (dropped: number): string =>
  `${dropped} earlier ${dropped === 1 ? 'entry was' : 'entries were'} dropped: the log was full`;
