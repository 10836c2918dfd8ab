// The acoustic step of the farm as a WebAssembly SIMD kernel: the engine calls `ducts`, `exchange` when gas crossed, then
// `chambers`. Bit for bit the step of gas-oscillation/step.ts; memory and its layout belong to gas-oscillation/kernel.ts.

export { chambers } from './chambers';
export { ducts } from './ducts';
export { exchange } from './exchange';
