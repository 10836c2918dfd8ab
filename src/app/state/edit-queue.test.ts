// The queue never has two edits in flight, sends a drag's newest value, and holds a drag to ten edits a second.

import { describe, expect, it } from 'vitest';
import { defaultValues } from '../../engine/parameters/table.ts';
import type { EditReply } from '../../worker/protocol.ts';
import { type Clock, EditQueue, type QueuedEdit } from './edit-queue.ts';

const OK: EditReply = { ok: true, step: 1, values: defaultValues(), warnings: [] };
const tick = () => new Promise<void>((resolve) => setTimeout(resolve, 0));

function bench() {
  const sent: QueuedEdit[] = [];
  const answers: (() => void)[] = [];
  let now = 0;
  const timers: { at: number; callback: () => void }[] = [];
  const clock: Clock = {
    now: () => now,
    after: (ms, callback) => timers.push({ at: now + ms, callback }),
  };
  const queue = new EditQueue((edit) => {
    sent.push(edit);
    return new Promise((resolve) => answers.push(() => resolve(OK)));
  }, clock);
  const advance = (ms: number) => {
    now += ms;
    for (const timer of timers.splice(0)) timer.at <= now ? timer.callback() : timers.push(timer);
  };
  const answer = async () => {
    answers.shift()?.();
    await tick();
  };
  return { sent, queue, advance, answer };
}
const edit = (interaction: number, value: number): QueuedEdit => ({
  interaction,
  label: 'Drive frequency',
  edits: { 'drive.frequency_Hz': value },
});

describe('the edit queue', () => {
  it('sends the first edit at once', () => {
    const { queue, sent } = bench();
    void queue.push(edit(1, 100));
    expect(sent).toHaveLength(1);
    expect(queue.size).toBe(1);
  });

  it('keeps one in flight and sends only the newest value of a drag after it', async () => {
    const { queue, sent, answer, advance } = bench();
    for (const value of [100, 101, 102, 103]) void queue.push(edit(1, value));
    expect(sent).toHaveLength(1);
    await answer();
    advance(100);
    expect(sent).toHaveLength(2);
    expect(sent[1]?.edits).toEqual({ 'drive.frequency_Hz': 103 });
  });

  it('waits a tenth of a second between edits of one drag, not between interactions', async () => {
    const { queue, sent, answer, advance } = bench();
    void queue.push(edit(1, 100));
    await answer();
    void queue.push(edit(1, 101));
    expect(sent).toHaveLength(1);
    advance(99);
    expect(sent).toHaveLength(1);
    advance(1);
    expect(sent).toHaveLength(2);
    await answer();
    void queue.push(edit(2, 200));
    expect(sent).toHaveLength(3);
  });

  it('never mixes two interactions', async () => {
    const { queue, sent, answer } = bench();
    void queue.push(edit(1, 100));
    void queue.push(edit(2, 200));
    void queue.push(edit(3, 300));
    await answer();
    await answer();
    expect(sent.map((e) => e.interaction)).toEqual([1, 2, 3]);
  });

  it('answers a replaced edit with the reply to the one that replaced it, and tells when it is settled', async () => {
    const { queue, answer, advance } = bench();
    const replies: EditReply[] = [];
    for (const value of [1, 2, 3]) void queue.push(edit(1, value)).then((reply) => replies.push(reply));
    let settled = false;
    void queue.settled().then(() => {
      settled = true;
    });
    await answer();
    advance(100);
    await tick();
    expect(settled).toBe(false);
    await answer();
    expect(replies).toHaveLength(3);
    expect(settled).toBe(true);
  });
});
