// Threads of Node for the kernel's steps (engine/gas-oscillation/kernel-crew.ts).

import { availableParallelism } from 'node:os';
import { Worker } from 'node:worker_threads';
import { giveUp, type HelperTask, setThreadPool } from '../engine/gas-oscillation/kernel-crew.ts';

/** Lends threads to the kernels made from now on. @param threads in all; as many as the machine has cores, at most four, when not given */
export function lendThreads(threads = Math.min(4, availableParallelism())): void {
  if (threads < 2) {
    setThreadPool(null);
    return;
  }
  const workers: Worker[] = [];
  let before: readonly HelperTask[] = [];
  setThreadPool({
    threads,
    assign(tasks) {
      for (const task of before) if (task.memory !== tasks[0]?.memory) giveUp(task);
      before = tasks;
      tasks.forEach((task, m) => {
        workers[m] ??= createWorker();
        workers[m].postMessage(task);
      });
    },
  });
}

function createWorker(): Worker {
  const worker = new Worker(new URL('../../tools/step-thread.mjs', import.meta.url));
  // The process may end while helpers wait.
  worker.unref();
  return worker;
}
