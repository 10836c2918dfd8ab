// The faults of a farm: asked for, waiting, acting, over. Systems read `active` each step and need to look again only when
// `version` has changed. Nothing here makes anything fail by itself.

import type { FaultKind, FaultSpec } from './fault-kinds.ts';
import { faultText } from './parse.ts';

export interface ScheduledFault extends FaultSpec {
  /** From 1, never used again. */
  readonly id: number;
  readonly state: 'waiting' | 'active' | 'ended' | 'cleared';
  readonly who: string;
}

export interface FaultEvent {
  /** Simulated s. */
  readonly time_s: number;
  readonly what: 'added' | 'started' | 'ended' | 'cleared';
  readonly id: number;
  readonly kind: FaultKind;
  /** The fault as it would be typed. */
  readonly fault: string;
  readonly who: string;
  readonly why: string;
}

export interface FaultScheduleSnapshot {
  readonly faults: readonly ScheduledFault[];
  readonly next: number;
  readonly version: number;
}

export class FaultSchedule {
  /** Grows with every start, end and clearing. */
  version = 0;
  private faults: ScheduledFault[] = [];
  private acting: readonly ScheduledFault[] = [];
  private next = 1;
  /** Earliest time at which something starts or ends. */
  private due = Number.POSITIVE_INFINITY;

  /** @param text how a fault is said in an event */
  constructor(
    private readonly sink: (event: FaultEvent) => void,
    private readonly text: (fault: FaultSpec) => string = faultText,
  ) {}

  /** Faults that act now, by id. The same array until `version` changes. */
  get active(): readonly ScheduledFault[] {
    return this.acting;
  }

  /** All that were ever asked for, by id. */
  get all(): readonly ScheduledFault[] {
    return this.faults;
  }

  /**
   * Magnitudes of a kind at a place now; undefined: it does not act there. Where several of a kind overlap, the one added last.
   */
  at(kind: FaultKind, target: number): readonly number[] | undefined {
    for (let k = this.acting.length - 1; k >= 0; k--) {
      const fault = this.acting[k];
      if (fault.kind === kind && fault.targets.includes(target)) return fault.magnitudes;
    }
    return undefined;
  }

  /** Asks for a fault; it starts at its time, at once if that has come. @param now simulated s @returns its id */
  add(spec: FaultSpec, who: string, now: number): number {
    const id = this.next++;
    const fault: ScheduledFault = { ...spec, id, state: 'waiting', who };
    this.faults.push(fault);
    this.say('added', fault, now, who, '');
    this.due = Math.min(this.due, spec.start_s);
    this.step(now);
    return id;
  }

  /** A fault that starts now, as by a click. @param duration_s null: until it is cleared */
  inject(spec: Omit<FaultSpec, 'start_s' | 'end_s'>, duration_s: number | null, who: string, now: number): number {
    return this.add({ ...spec, start_s: now, end_s: duration_s === null ? null : now + duration_s }, who, now);
  }

  /** Ends a fault, or drops one that waits. @returns whether there was such a fault, waiting or acting */
  clear(id: number, who: string, why: string, now: number): boolean {
    const k = this.faults.findIndex((fault) => fault.id === id);
    if (k < 0) return false;
    const { state } = this.faults[k];
    if (state !== 'waiting' && state !== 'active') return false;
    this.become(k, 'cleared', now, who, why);
    if (state === 'active') this.refresh();
    return true;
  }

  clearAll(who: string, why: string, now: number): void {
    for (const { id } of this.faults) this.clear(id, who, why, now);
  }

  /** Starts and ends what is due. A fault acts from its start up to, but not at, its end. @param now simulated s */
  step(now: number): void {
    if (now < this.due) return;
    let changed = false;
    let due = Number.POSITIVE_INFINITY;
    for (let k = 0; k < this.faults.length; k++) {
      const { start_s } = this.faults[k];
      const end = this.faults[k].end_s ?? Number.POSITIVE_INFINITY;
      if (this.faults[k].state === 'waiting' && start_s <= now) {
        this.become(k, 'active', now, this.faults[k].who, '');
        changed = true;
      }
      if (this.faults[k].state === 'active' && end <= now) {
        this.become(k, 'ended', now, 'timer', '');
        changed = true;
      }
      if (this.faults[k].state === 'waiting') due = Math.min(due, start_s);
      if (this.faults[k].state === 'active') due = Math.min(due, end);
    }
    this.due = due;
    if (changed) this.refresh();
  }

  snapshot(): FaultScheduleSnapshot {
    return { faults: this.faults.slice(), next: this.next, version: this.version };
  }

  restore({ faults, next, version }: FaultScheduleSnapshot): void {
    this.faults = faults.slice();
    this.next = next;
    this.refresh();
    this.version = version;
    this.due = Number.NEGATIVE_INFINITY;
  }

  private refresh(): void {
    this.acting = this.faults.filter((fault) => fault.state === 'active');
    this.version++;
  }

  private become(k: number, state: 'active' | 'ended' | 'cleared', now: number, who: string, why: string): void {
    this.faults[k] = { ...this.faults[k], state };
    this.say(state === 'active' ? 'started' : state, this.faults[k], now, who, why);
  }

  private say(what: FaultEvent['what'], fault: ScheduledFault, time_s: number, who: string, why: string): void {
    this.sink({ time_s, what, id: fault.id, kind: fault.kind, fault: this.text(fault), who, why });
  }
}
