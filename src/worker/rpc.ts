// Typed calls over one message port: a promise per call, with time-out and failure. The types of the calls are in
// protocol.ts; this file knows only how a call travels.

export interface Port {
  postMessage(message: unknown, transfer?: Transferable[]): void;
  addEventListener(type: 'message', listener: (event: MessageEvent) => void): void;
}

type Calls = Record<string, (...args: never[]) => unknown>;
/** The calls of T as seen from the other side of the port. */
export type Remote<T> = {
  [K in keyof T]: T[K] extends (...args: infer A) => infer R ? (...args: A) => Promise<Awaited<R>> : never;
};

interface CallMessage {
  readonly rpc: 'call';
  readonly id: number;
  readonly method: string;
  readonly args: readonly unknown[];
}
interface ReplyMessage {
  readonly rpc: 'reply';
  readonly id: number;
  readonly result?: unknown;
  readonly error?: string;
}

/** Answers calls arriving on the port with the methods of `target`; a method that throws fails its call only. */
export function serve<T extends object>(port: Port, target: T, onError: (error: unknown) => void): void {
  port.addEventListener('message', async (event: MessageEvent) => {
    const call = event.data as CallMessage;
    if (call?.rpc !== 'call') return;
    const method = (target as unknown as Calls)[call.method];
    try {
      if (!Object.hasOwn(target, call.method) || !method) throw new Error(`No call named "${call.method}"`);
      const result = await (method as (...args: unknown[]) => unknown)(...call.args);
      port.postMessage({ rpc: 'reply', id: call.id, result } satisfies ReplyMessage);
    } catch (error) {
      onError(error);
      port.postMessage({ rpc: 'reply', id: call.id, error: String(error) } satisfies ReplyMessage);
    }
  });
}

export interface Connection<T> {
  readonly remote: Remote<T>;
  /** Number of calls not yet answered. */
  pending(): number;
  /** Fails every open call, and every later one. */
  close(reason: string): void;
}

/** @param timeoutMs after which an unanswered call fails; the other side may be busy, so be generous */
export function connect<T extends object>(port: Port, timeoutMs: number): Connection<T> {
  const open = new Map<
    number,
    { resolve: (value: unknown) => void; reject: (error: Error) => void; timer: ReturnType<typeof setTimeout> }
  >();
  let nextId = 1;
  let closed: string | null = null;
  port.addEventListener('message', (event: MessageEvent) => {
    const reply = event.data as ReplyMessage;
    if (reply?.rpc !== 'reply') return;
    const call = open.get(reply.id);
    if (!call) return;
    open.delete(reply.id);
    clearTimeout(call.timer);
    if (reply.error !== undefined) call.reject(new Error(reply.error));
    else call.resolve(reply.result);
  });
  const send = (method: string, args: unknown[]): Promise<unknown> =>
    new Promise((resolve, reject) => {
      if (closed !== null) return reject(new Error(closed));
      const id = nextId++;
      const timer = setTimeout(() => {
        open.delete(id);
        reject(new Error(`The engine did not answer "${method}" within ${timeoutMs / 1000} s`));
      }, timeoutMs);
      open.set(id, { resolve, reject, timer });
      port.postMessage({ rpc: 'call', id, method, args } satisfies CallMessage);
    });
  const remote = new Proxy({} as Remote<T>, {
    get: (_, method) => (typeof method === 'string' ? (...args: unknown[]) => send(method, args) : undefined),
  });
  return {
    remote,
    pending: () => open.size,
    close(reason) {
      closed = reason;
      for (const call of open.values()) {
        clearTimeout(call.timer);
        call.reject(new Error(reason));
      }
      open.clear();
    },
  };
}
