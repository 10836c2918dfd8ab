// Runs the built page with every panel open and watches the JavaScript heaps of page and engine, each time after a forced
// collection. Prints each sample and, at the end, one JSON document with the slopes in MB an hour.
// Run: npm run build && node tools/page-soak.mjs [seconds] [--size=46,46,46] [--dist=folder]

import { openPage, option } from './page-session.mjs';

const seconds = Number(process.argv.slice(2).find((text) => /^\d+$/.test(text)) ?? 600);
const SETTLE_S = 15;
const SAMPLES = 20;
const { page, close } = await openPage({
  port: 4198,
  size: option('size')?.split(',').map(Number),
  dist: option('dist'),
});
await page.keyboard.press('h');
const session = await page.context().newCDPSession(page);
await session.send('HeapProfiler.enable');
const workers = await attachWorkers();
await page.waitForTimeout(1000 * SETTLE_S);
const samples = [];
const started = Date.now();
for (let k = 0; k <= SAMPLES; k++) {
  await page.waitForTimeout(Math.max(0, started + (1000 * seconds * k) / SAMPLES - Date.now()));
  const sample = { t_s: Math.round((Date.now() - started) / 1000), ...(await leastHeaps()) };
  samples.push(sample);
  console.error(JSON.stringify(sample));
}
const status = await page.evaluate(() => window.twin.status());
console.log(
  JSON.stringify(
    {
      seconds,
      chambers: status.chambers,
      simulated_s: status.simulated_s,
      slope_MB_per_h: { page: slope('page_MB'), engine: slope('engine_MB') },
      nodes: [samples[0].nodes, samples.at(-1).nodes],
      listeners: [samples[0].listeners, samples.at(-1).listeners],
      last: samples.at(-1),
    },
    null,
    1,
  ),
);
await close();
process.exit(0);

/** The least of a few readings: a chart that is just being drawn holds its last picture as well. */
async function leastHeaps() {
  const readings = [];
  for (let k = 0; k < 4; k++) {
    readings.push(await heaps());
    await page.waitForTimeout(170);
  }
  return readings.reduce((least, reading) => (reading.page_MB < least.page_MB ? reading : least));
}

async function heaps() {
  await session.send('HeapProfiler.collectGarbage');
  const { usedSize, backingStorageSize = 0 } = await session.send('Runtime.getHeapUsage');
  const { nodes, jsEventListeners } = await session.send('Memory.getDOMCounters');
  let engine = 0;
  for (const ask of workers) {
    await ask('HeapProfiler.collectGarbage');
    const { usedSize: used } = await ask('Runtime.getHeapUsage');
    engine += used;
  }
  const MB = (bytes) => Number((bytes / 1e6).toFixed(3));
  return {
    page_MB: MB(usedSize),
    arrays_MB: MB(backingStorageSize),
    engine_MB: workers.length > 0 ? MB(engine) : null,
    nodes,
    listeners: jsEventListeners,
  };
}

/** Questions to the page's workers through the page's own session. */
async function attachWorkers() {
  const asks = [];
  const open = new Map();
  let next = 1;
  session.on('Target.attachedToTarget', ({ sessionId, targetInfo }) => {
    if (targetInfo.type !== 'worker') return;
    asks.push(
      (method, params = {}) =>
        new Promise((resolve, reject) => {
          const id = next++;
          open.set(`${sessionId}/${id}`, { resolve, reject });
          const message = JSON.stringify({ id, method, params });
          session.send('Target.sendMessageToTarget', { sessionId, message }).catch(reject);
        }),
    );
  });
  session.on('Target.receivedMessageFromTarget', ({ sessionId, message }) => {
    const { id, result, error } = JSON.parse(message);
    const call = open.get(`${sessionId}/${id}`);
    if (!call) return;
    open.delete(`${sessionId}/${id}`);
    if (error) call.reject(new Error(error.message));
    else call.resolve(result);
  });
  await session.send('Target.setAutoAttach', { autoAttach: true, waitForDebuggerOnStart: false, flatten: false });
  return asks;
}

/** Least squares over the second half of the samples, MB an hour: in the first, code is compiled and histories fill. */
function slope(name) {
  const points = samples.slice(SAMPLES / 2).filter((sample) => sample[name] !== null);
  if (points.length < 2) return null;
  const mean = (of) => points.reduce((sum, point) => sum + of(point), 0) / points.length;
  const t = mean((point) => point.t_s);
  const y = mean((point) => point[name]);
  const along = points.reduce((sum, point) => sum + (point.t_s - t) * (point[name] - y), 0);
  const across = points.reduce((sum, point) => sum + (point.t_s - t) ** 2, 0);
  return Number(((3600 * along) / across).toFixed(2));
}
