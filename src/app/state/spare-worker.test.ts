import { expect, test } from 'vitest';
import { SpareWorker } from './spare-worker.ts';

/** A worker that does nothing by itself. */
class FakeWorker extends EventTarget {
  readonly posted: unknown[] = [];
  terminated = false;
  postMessage(message: unknown): void {
    this.posted.push(message);
  }
  terminate(): void {
    this.terminated = true;
  }
  says(data: unknown): void {
    this.dispatchEvent(Object.assign(new Event('message'), { data }));
  }
}

function start() {
  const made: FakeWorker[] = [];
  const spare = new SpareWorker(() => {
    made.push(new FakeWorker());
    return made.at(-1) as unknown as Worker;
  });
  return { spare, made };
}

test('one spare at a time, told once to get ready, given away once it is loaded', () => {
  const { spare, made } = start();
  expect(spare.take()).toBeNull();
  spare.prepare();
  spare.prepare();
  expect(made.length).toBe(1);
  expect(made[0]?.posted).toEqual([{ type: 'warmUp' }]);
  expect(spare.take()).toBeNull();
  made[0]?.says({ type: 'ready', version: 1 });
  expect(spare.take()).toBe(made[0]);
  expect(spare.take()).toBeNull();
  spare.prepare();
  expect(made.length).toBe(2);
});

test('a spare that fails is ended and is none', () => {
  const { spare, made } = start();
  spare.prepare();
  made[0]?.says({ type: 'ready', version: 1 });
  made[0]?.dispatchEvent(new Event('error'));
  expect(made[0]?.terminated).toBe(true);
  expect(spare.take()).toBeNull();
});
