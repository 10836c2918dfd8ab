// A worker that helps the engine's worker with the kernel's steps.

import type { HelperTask } from '../engine/gas-oscillation/kernel-crew.ts';
import { helpWith } from '../engine/gas-oscillation/kernel-helper.ts';

globalThis.addEventListener('message', (event: MessageEvent) => helpWith(event.data as HelperTask));
