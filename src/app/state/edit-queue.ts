// Edits on their way to the engine: at most one in flight, a drag's newer values replace its older ones that still wait,
// and one interaction sends at most about ten a second. Knows nothing of parameters or of the engine.

import type { ParameterEdits } from '../../engine/parameters/edit.ts';
import type { EditReply } from '../../worker/protocol.ts';

export interface QueuedEdit {
  /** Edits of one drag share a number: they are coalesced here and make one undo step. */
  readonly interaction: number;
  readonly label: string;
  readonly edits: ParameterEdits;
}

export interface Clock {
  now(): number;
  /** Calls back after so many milliseconds. */
  after(ms: number, callback: () => void): void;
}

interface Waiting {
  edit: QueuedEdit;
  readonly resolvers: { resolve: (reply: EditReply) => void; reject: (error: unknown) => void }[];
}

const MIN_INTERVAL_MS = 100;

export class EditQueue {
  private readonly waiting: Waiting[] = [];
  private inFlight = false;
  private timerSet = false;
  private lastSentAt = Number.NEGATIVE_INFINITY;
  private lastInteraction = Number.NaN;
  private idleCallbacks: (() => void)[] = [];

  constructor(
    private readonly send: (edit: QueuedEdit) => Promise<EditReply>,
    private readonly clock: Clock,
  ) {}

  /** Edits not yet answered. */
  get size(): number {
    return this.waiting.length + (this.inFlight ? 1 : 0);
  }

  /** Answers with the engine's reply to this edit, or to the newer one of the same interaction that replaced it. */
  push(edit: QueuedEdit): Promise<EditReply> {
    return new Promise((resolve, reject) => {
      const last = this.waiting.at(-1);
      if (last && last.edit.interaction === edit.interaction) {
        last.edit = { ...edit, edits: { ...last.edit.edits, ...edit.edits } };
        last.resolvers.push({ resolve, reject });
      } else {
        this.waiting.push({ edit, resolvers: [{ resolve, reject }] });
      }
      this.pump();
    });
  }

  /** Resolves when nothing waits and nothing is in flight. */
  settled(): Promise<void> {
    if (this.size === 0) return Promise.resolve();
    return new Promise((resolve) => this.idleCallbacks.push(resolve));
  }

  private pump(): void {
    const next = this.waiting[0];
    if (this.inFlight || this.timerSet || !next) return;
    const pause = next.edit.interaction === this.lastInteraction ? MIN_INTERVAL_MS : 0;
    const delay = this.lastSentAt + pause - this.clock.now();
    if (delay > 0) {
      this.timerSet = true;
      this.clock.after(delay, () => {
        this.timerSet = false;
        this.pump();
      });
      return;
    }
    this.waiting.shift();
    void this.dispatch(next);
  }

  private async dispatch({ edit, resolvers }: Waiting): Promise<void> {
    this.inFlight = true;
    this.lastSentAt = this.clock.now();
    this.lastInteraction = edit.interaction;
    try {
      const reply = await this.send(edit);
      for (const { resolve } of resolvers) resolve(reply);
    } catch (error) {
      for (const { reject } of resolvers) reject(error);
    }
    this.inFlight = false;
    this.pump();
    if (this.size === 0) {
      const callbacks = this.idleCallbacks;
      this.idleCallbacks = [];
      for (const callback of callbacks) callback();
    }
  }
}
