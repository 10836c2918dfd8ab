// Threads of the browser for the kernel's steps (engine/gas-oscillation/kernel-crew.ts): workers of the engine's worker.

import { giveUp, type HelperTask, setThreadPool } from '../engine/gas-oscillation/kernel-crew.ts';

/** Threads in all at most: more meet more often than they save on farms of this product's sizes. */
const MOST = 4;

/** Lends as many threads as the machine has cores, one of them left to the page where there are more than two. */
export function lendThreads(): void {
  const cores = navigator.hardwareConcurrency;
  const threads = Math.min(MOST, cores > 2 ? cores - 1 : cores);
  if (threads < 2) return;
  const workers: Worker[] = [];
  let before: readonly HelperTask[] = [];
  setThreadPool({
    threads,
    assign(tasks) {
      for (const task of before) if (task.memory !== tasks[0]?.memory) giveUp(task);
      before = tasks;
      tasks.forEach((task, m) => {
        workers[m] ??= new Worker(new URL('./step-thread.worker.ts', import.meta.url), { type: 'module' });
        workers[m].postMessage(task);
      });
    },
  });
}
