// The acoustic step of the farm as a WebAssembly SIMD kernel: the engine calls `ducts`; `collect` and `exchange` when it is time
// for gas that crossed to change chamber; then `chambers`. Bit for bit the step of gas-oscillation/step.ts; memory and its layout belong to gas-oscillation/kernel.ts.

export { chambers } from './chambers';
export { collect, ducts } from './ducts';
export { exchange } from './exchange';
