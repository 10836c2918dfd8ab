import { expect, test, vi } from 'vitest';
import { connect, type Port, serve } from './rpc.ts';

/** Two ends of a port that deliver in the next microtask. */
function pair(): [Port, Port] {
  const listeners: [((event: MessageEvent) => void)[], ((event: MessageEvent) => void)[]] = [[], []];
  const end = (own: 0 | 1, other: 0 | 1): Port => ({
    postMessage: (message) => {
      queueMicrotask(() => {
        for (const listener of listeners[other]) listener({ data: structuredClone(message) } as MessageEvent);
      });
    },
    addEventListener: (_, listener) => listeners[own].push(listener),
  });
  return [end(0, 1), end(1, 0)];
}

const target = {
  add: (a: number, b: number) => a + b,
  fail: () => {
    throw new Error('no');
  },
  hang: () => new Promise<void>(() => undefined),
};

test('a call answers with its result; one that throws fails alone', async () => {
  const [here, there] = pair();
  const errors: unknown[] = [];
  serve(there, target, (error) => errors.push(error));
  const { remote, pending } = connect<typeof target>(here, 1000);
  const sum = remote.add(2, 3);
  expect(pending()).toBe(1);
  expect(await sum).toBe(5);
  await expect(remote.fail()).rejects.toThrow('no');
  expect(errors.length).toBe(1);
  expect(await remote.add(1, 1)).toBe(2);
  expect(pending()).toBe(0);
});

test('names the other side does not own are refused, inherited ones too', async () => {
  const [here, there] = pair();
  serve(there, target, () => undefined);
  const { remote } = connect<typeof target & { toString(): string }>(here, 1000);
  await expect(remote.toString()).rejects.toThrow('No call');
});

test('a call without an answer fails after its time, and all open calls fail when the connection closes', async () => {
  vi.useFakeTimers();
  const [here, there] = pair();
  serve(there, target, () => undefined);
  const connection = connect<typeof target>(here, 500);
  const late = expect(connection.remote.hang()).rejects.toThrow('0.5 s');
  await vi.advanceTimersByTimeAsync(501);
  await late;
  const open = expect(connection.remote.hang()).rejects.toThrow('gone');
  connection.close('gone');
  await open;
  await expect(connection.remote.add(1, 2)).rejects.toThrow('gone');
  vi.useRealTimers();
});
