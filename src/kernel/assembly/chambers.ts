// Phases 2b and 4 of the step (gas-oscillation/step.ts, movePistons and stepChambers), two chambers at a time, in three
// passes over a block of chambers that stays in the fastest cache: short passes let the processor overlap the divisions
// of many chambers. Each line follows its line there, operation by operation.

import { CHAMBER_BLOCK, CHAMBERS, THREAD_CHAMBER, THREAD_CHAMBER_END, THREAD_SCRATCH, VIRIAL } from '../block';
import { book, closeBooks, openBooks } from './books';
import { threadBlock } from './foreign';
import { Ideal, Real, renew, warm } from './gas';
import { Pair, Single } from './lanes';

/** Moves pistons and steps chambers, walls and chips of a thread, whose records are complete. */
export function chambers(thread: i32): void {
  const own = threadBlock(thread);
  const end = load<i32>(own, THREAD_CHAMBER_END);
  const scratch = load<usize>(own, THREAD_SCRATCH);
  for (let from = load<i32>(own, THREAD_CHAMBER); from < end; from += CHAMBER_BLOCK) {
    const to = min(from + CHAMBER_BLOCK, end);
    openBooks();
    if (load<i32>(VIRIAL)) block<Real>(from, to, scratch);
    else block<Ideal>(from, to, scratch);
    closeBooks(from / CHAMBER_BLOCK);
  }
}

function block<Gas>(from: i32, to: i32, scratch: usize): void {
  const whole = min(to, load<i32>(CHAMBERS) & ~1);
  if (whole > from) run<Pair, Gas>(from, whole, scratch);
  if (whole < to) run<Single, Gas>(max(from, whole), to, scratch);
}

function run<Lanes, Gas>(from: i32, to: i32, scratch: usize): void {
  warm<Lanes, Gas>(from, to, scratch);
  renew<Lanes, Gas>(from, to, scratch);
  book<Lanes>(from, to, scratch);
}
