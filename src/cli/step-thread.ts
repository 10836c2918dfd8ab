// A worker thread of Node that helps with the kernel's steps.

import { parentPort } from 'node:worker_threads';
import type { HelperTask } from '../engine/gas-oscillation/kernel-crew.ts';
import { helpWith } from '../engine/gas-oscillation/kernel-helper.ts';

parentPort?.on('message', (task: HelperTask) => helpWith(task));
