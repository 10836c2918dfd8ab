// The worker: a session on a message port, turned by its own loop. The only place where engine and page meet.

import './trusted-types.ts';
import { fieldComponents } from '../engine/fields.ts';
import { type FrameMessage, type FrameReturn, frameCapacity, type SharedFrames, SharedFrameWriter } from './frame.ts';
import { PROTOCOL_VERSION, type WarmUp, type WorkerNotice } from './protocol.ts';
import { type Port, serve } from './rpc.ts';
import { type Outlet, Session } from './session.ts';
import { lendThreads } from './step-threads.ts';

const scope = globalThis as unknown as Port & { crossOriginIsolated?: boolean };
const FRAME_MS = 15;

/** Newest lines of what went wrong, sent along with a failure. */
const trouble: string[] = [];
const isolated = scope.crossOriginIsolated === true && typeof SharedArrayBuffer !== 'undefined';

let writer: SharedFrameWriter | null = null;
/** Without isolation: the one buffer that travels; null while it is with the page. */
let spare: Float32Array<ArrayBuffer> | null = new Float32Array(0);
let capacity = 0;
let frameNumber = 0;
let lastFrame = Number.NEGATIVE_INFINITY;

const outlet: Outlet = {
  notify: (notice) => scope.postMessage(notice),
  layoutChanged(chambers) {
    capacity = frameCapacity(chambers);
    if (!isolated) return;
    if (!writer || writer.capacity < capacity) {
      writer = new SharedFrameWriter(capacity);
      scope.postMessage({ type: 'sharedFrames', buffer: writer.buffer, capacity } satisfies SharedFrames);
    }
  },
  offerFrame(field, layoutVersion, chambers, fill) {
    // No farm yet.
    if (capacity === 0) return;
    const now = performance.now();
    if (now - lastFrame < FRAME_MS) {
      // Too soon; while the engine stands still nobody would offer it again.
      if (!session.isRunning) setTimeout(() => session.offerFrame(), FRAME_MS);
      return;
    }
    if (writer) {
      writer.write(field, layoutVersion, chambers, fill);
      lastFrame = now;
    } else if (spare && !isolated) {
      const count = chambers * fieldComponents(field);
      const buffer = spare.buffer.byteLength >= 4 * count ? spare.buffer : new ArrayBuffer(4 * capacity);
      const data = new Float32Array(buffer, 0, count);
      fill(data);
      spare = null;
      lastFrame = now;
      scope.postMessage({ type: 'frame', field, layoutVersion, number: ++frameNumber, data } satisfies FrameMessage, [
        buffer,
      ]);
    }
  },
};

if (isolated) lendThreads();
const session = new Session(outlet, () => performance.now());
serve(scope, session.calls, (error) => trouble.push(String(error)));
scope.addEventListener('message', (event: MessageEvent) => {
  const message = event.data as FrameReturn | WarmUp;
  if (message?.type === 'warmUp') warmUp();
  if (message?.type !== 'frameReturn') return;
  spare = message.data as Float32Array<ArrayBuffer>;
  if (!session.isRunning) session.offerFrame();
});

// The loop yields through a message channel, which browsers do not delay as they do nested timers.
const channel = new MessageChannel();
let waiting = false;
channel.port1.onmessage = () => {
  waiting = false;
  turn();
};
const soon = (): void => {
  if (waiting) return;
  waiting = true;
  channel.port2.postMessage(null);
};
function turn(): void {
  try {
    const wait = session.turn();
    if (wait === null) return;
    if (wait < 2) soon();
    else setTimeout(soon, wait);
  } catch (error) {
    trouble.push(String(error));
    const message = error instanceof Error ? `${error.message}` : String(error);
    scope.postMessage({
      type: 'failure',
      message: `The engine failed: ${message}`,
      log: trouble.slice(-20),
    } satisfies WorkerNotice);
  }
}
// Calls may start the engine: look after each of them.
scope.addEventListener('message', () => {
  if (session.isRunning) soon();
});

/** A scenario small enough to be over at once, with everything the default one calls. */
const TRIAL = '[layout]\nsize = [4, 4, 4]\n[drive]\nstroke_m3 = 1e-5\n';
const TRIAL_STEPS = 600;

/** Compiles what a farm needs by running a small one that nobody hears of. */
function warmUp(): void {
  const nothing = (): void => undefined;
  const mute: Outlet = { notify: nothing, layoutChanged: nothing, offerFrame: nothing };
  const trial = new Session(mute, () => performance.now());
  trial.calls.load(TRIAL, 'trial');
  trial.calls.step(TRIAL_STEPS);
  scope.postMessage({ type: 'warm' } satisfies WorkerNotice);
}

scope.postMessage({ type: 'ready', version: PROTOCOL_VERSION } satisfies WorkerNotice);
