// What the engine runs on, read from the farm: where its numbers lie and how much memory they take.

import type { Farm } from '../engine/farm.ts';
import type { EngineInfo } from './protocol.ts';

/** The kernel keeps a farm's arrays in one memory of its own from the first step on; else each has its own buffer. */
export function engineInfo({ state, presentStepper }: Farm): EngineInfo {
  const { buffer, byteLength } = state.pressure;
  const inKernel = buffer.byteLength > byteLength;
  return {
    kernel: inKernel ? 'simd' : 'plain',
    threads: presentStepper?.threads ?? null,
    memoryBytes: inKernel ? buffer.byteLength : null,
  };
}
