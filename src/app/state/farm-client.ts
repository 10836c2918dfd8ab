// The page's hold on the worker: starts it, calls it, feeds the store with what it says, and starts it again if it dies.

import type { FieldName } from '../../engine/fields.ts';
import type { ParameterValues } from '../../engine/parameters/table.ts';
import {
  type Frame,
  type FrameMessage,
  type FrameReturn,
  SharedFrameReader,
  type SharedFrames,
} from '../../worker/frame.ts';
import type { FarmCalls, Status, WorkerNotice } from '../../worker/protocol.ts';
import { type Connection, connect, type Remote } from '../../worker/rpc.ts';
import { trafficMeter } from '../performance/traffic-meter.ts';
import { beats } from './beats.ts';
import { notify } from './notices.ts';
import { newFarmWorker, SpareWorker } from './spare-worker.ts';
import { useTwin } from './store.ts';

const CALL_TIMEOUT_MS = 60_000;
const EVENTS_KEPT = 500;

class FarmClient {
  private worker: Worker | null = null;
  private readonly spare = new SpareWorker();
  private connection: Connection<FarmCalls> | null = null;
  private reader: SharedFrameReader | null = null;
  private arrived: FrameMessage | null = null;
  private copy = new Float32Array(0);
  private lastToml: { text: string; name: string } | null = null;
  private polls = 0;
  private streamed: FieldName | null = null;
  private failStart: ((error: Error) => void) | null = null;

  /** Calls of the engine, each a promise. Throws before start(). */
  get farm(): Remote<FarmCalls> {
    if (!this.connection) throw new Error('The engine is not started');
    return this.connection.remote;
  }

  /** Calls without an answer yet, regular questions not counted. */
  pending(): number {
    return Math.max(0, (this.connection?.pending() ?? 0) - this.polls);
  }

  /** A regular question (charts, inspector): while it is open the page still counts as idle. */
  async poll<T>(question: (farm: Remote<FarmCalls>) => Promise<T>): Promise<T> {
    this.polls++;
    try {
      return await question(this.farm);
    } finally {
      this.polls--;
    }
  }

  /** Loads a second worker for the next start; it waits without a farm. */
  prepareSpare(): void {
    this.spare.prepare();
  }

  /**
   * Starts the worker. It can be called at once: what it is asked while it loads, it does when it has. Resolves when it is
   * loaded, rejects when it dies before.
   */
  start(): Promise<void> {
    return new Promise((resolve, reject) => {
      const spare = this.spare.take();
      this.failStart = spare ? null : reject;
      const worker = spare ?? newFarmWorker();
      this.worker = worker;
      this.connection = connect<FarmCalls>(worker, CALL_TIMEOUT_MS);
      this.reader = null;
      this.arrived = null;
      worker.addEventListener('error', (event) => {
        event.preventDefault();
        this.lost(event.message || 'The engine could not be started or stopped by itself.');
      });
      worker.addEventListener('message', (event: MessageEvent) => {
        if (this.worker !== worker) return;
        const notice = event.data as WorkerNotice | SharedFrames | FrameMessage;
        trafficMeter.message(performance.now(), notice.type === 'frame' ? null : notice);
        if (notice.type === 'ready') {
          this.failStart = null;
          resolve();
        } else this.receive(notice);
      });
      // A new engine does not know what the lattice shows.
      if (this.streamed) this.stream(this.streamed);
      if (spare) resolve();
    });
  }

  /** Remembers the scenario from which to start again. */
  remember(text: string, name: string): void {
    this.lastToml = { text, name };
  }

  /**
   * Starts a new worker with the scenario last remembered. Rejects (and the phase is 'lost' again) when that fails.
   * @param restore puts back what had changed since, given the values as loaded
   */
  async restart(restore?: (loaded: ParameterValues) => Promise<void>): Promise<void> {
    const wasRunning = useTwin.getState().status?.running ?? true;
    this.stop('restarted');
    useTwin.setState({ phase: 'loading', lostReason: '' });
    await this.start();
    if (this.lastToml) {
      const reply = await this.farm.load(this.lastToml.text, this.lastToml.name);
      if (reply.values && restore) await restore(reply.values);
    }
    if (wasRunning) await this.farm.run();
    useTwin.setState({ phase: 'ready' });
  }

  /** Ends the worker as a crash would, for tests of the recovery. */
  kill(): void {
    this.lost('The engine was stopped.');
  }

  /** The newest frame not taken before, or null. Its data is reused by the next call. */
  takeFrame(): Frame | null {
    const frame = this.reader ? this.reader.read() : this.takeArrived();
    if (frame) trafficMeter.frame(performance.now(), frame.data.byteLength);
    return frame;
  }

  private takeArrived(): Frame | null {
    const arrived = this.arrived;
    if (!arrived) return null;
    this.arrived = null;
    if (this.copy.length < arrived.data.length) this.copy = new Float32Array(arrived.data.length);
    this.copy.set(arrived.data);
    const frame = { ...arrived, data: this.copy.subarray(0, arrived.data.length) };
    // The buffer goes back: its return is the worker's credit for the next frame.
    this.worker?.postMessage({ type: 'frameReturn', data: arrived.data } satisfies FrameReturn, [arrived.data.buffer]);
    return frame;
  }

  /** Chooses the field streamed to the lattice. */
  stream(field: FieldName | null): void {
    this.streamed = field;
    void this.connection?.remote.stream(field).catch(() => undefined);
  }

  private receive(notice: WorkerNotice | SharedFrames | FrameMessage): void {
    if (notice.type === 'status') {
      this.tell(notice.status);
    } else if (notice.type === 'layout') {
      useTwin.setState((s) => ({
        layout: notice.layout,
        selection: s.selection.filter((id) => id < notice.layout.chambers),
      }));
    } else if (notice.type === 'event') {
      useTwin.setState((s) => ({ events: [...s.events.slice(-EVENTS_KEPT), notice.event] }));
      if (notice.event.kind === 'limit') {
        notify('error', 'The farm stopped at a physical limit', [
          { message: notice.event.message, remedy: '', severity: 'error' },
        ]);
      }
    } else if (notice.type === 'sharedFrames') {
      this.reader = new SharedFrameReader(notice);
    } else if (notice.type === 'frame') {
      this.arrived = notice;
    } else if (notice.type === 'failure') {
      this.lost([notice.message, ...notice.log.slice(-3)].join('\n'));
    }
  }

  /** Shows a status with the next beat, but at once when more than time has gone on. */
  private tell(status: Status): void {
    const shown = useTwin.getState().status;
    const isOnlyTime =
      shown !== null &&
      shown.running === status.running &&
      shown.fidelity === status.fidelity &&
      shown.valuesVersion === status.valuesVersion &&
      shown.layoutVersion === status.layoutVersion;
    if (isOnlyTime) beats.show(this, () => useTwin.setState({ status }));
    else {
      beats.forget(this);
      useTwin.setState({ status });
    }
  }

  private lost(reason: string): void {
    this.stop(reason);
    useTwin.setState({ phase: 'lost', lostReason: reason });
    this.failStart?.(new Error(reason));
    this.failStart = null;
  }

  private stop(reason: string): void {
    this.connection?.close(reason);
    this.worker?.terminate();
    this.worker = null;
  }
}

export const client = new FarmClient();
