// The acoustic step of the farm as a WebAssembly SIMD kernel. Of every thread the engine calls `prepare`, `ownDucts`, when
// all have prepared `sharedDucts`; when all are done and it is time `collect`, `exchange`, `mix` and
// `endExchange` for gas that crossed; `chambers`
// of every thread; and `close`. Bit for bit the step of gas-oscillation/step.ts for any number of threads; memory and its
// layout belong to gas-oscillation/kernel.ts.

export { close } from './books';
export { chambers } from './chambers';
export { collect, ownDucts, prepare, sharedDucts } from './ducts';
export { exchange } from './exchange';
export { endExchange, mix } from './mixing';
