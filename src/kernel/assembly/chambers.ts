// Phases 2b and 4 of the step (gas-oscillation/step.ts, movePistons and stepChambers), two chambers at a time, in three
// passes over a block of chambers that stays in the fastest cache: short passes let the processor overlap the divisions
// of many chambers. Each line follows its line there, operation by operation.

import { CHAMBER_POLE_BYTES, CHAMBER_POLES, CHAMBERS, POLES, VIRIAL } from '../block';
import { book, booked, closeBooks, openBooks } from './books';
import { Ideal, Real, renew, warm } from './gas';
import { Pair, Single } from './lanes';

/** Chambers per block. */
const BLOCK: i32 = 32;

/** Moves pistons and steps all chambers, walls and chips. @returns the sum of the new pressures */
export function chambers(): f64 {
  openBooks();
  const count = load<i32>(CHAMBERS);
  const whole = count & ~1;
  if (load<i32>(VIRIAL)) {
    run<Pair, Real>(0, whole);
    if (count !== whole) run<Single, Real>(whole, count);
  } else {
    run<Pair, Ideal>(0, whole);
    if (count !== whole) run<Single, Ideal>(whole, count);
  }
  closeBooks();
  return booked();
}

function run<Lanes, Gas>(from: i32, to: i32): void {
  const blockBytes: usize = CHAMBER_POLES + load<i32>(POLES) * CHAMBER_POLE_BYTES;
  for (let i = from; i < to; i += BLOCK) {
    const end = min(i + BLOCK, to);
    warm<Lanes, Gas>(i, end, blockBytes);
    renew<Lanes, Gas>(i, end, blockBytes);
    book<Lanes>(i, end);
  }
}
