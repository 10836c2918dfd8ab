// Phase 3 of the step for the ideal gas: relabel.ts `relabel`, in the same order. The list of what crossed is that of `ducts`.

import {
  AMOUNTS,
  CENTRE,
  CENTRE_BYTES,
  CENTRE_COUNT,
  CENTRE_SPACING,
  CENTRES,
  CHANGE_BYTES,
  CHANGES,
  CROSSED_END,
  CROSSED_EXCESS,
  EDGES,
  ENERGY,
  FIRST_CENTRE,
  MIXED,
  TOTALS,
  TOUCHED,
  VOLUME,
} from '../block';
import { toGrid } from './host';

const EXCHANGED_VOLUME: usize = 12 * 8;

/**
 * Hands over the gas of the first `count` ends listed, as changes of the chambers; `mix` then applies them.
 * @returns how many chambers there are to mix; −1 when the gas of one is beyond the table of centres: nothing has changed then
 */
export function exchange(count: i32): i32 {
  const listed = listEnds(count);
  const list = load<usize>(MIXED);
  let inside = 1;
  for (let m: usize = 0; m < <usize>listed; m++) inside &= i32(isTabulated(load<i32>(list + (m << 2))));
  if (!inside) return -1;
  for (let m = 0; m < count; m++) {
    give(chamberAt(m, 0), chamberAt(m, 1), load<f64>(load<usize>(CROSSED_EXCESS) + ((<usize>m) << 3)));
  }
  return listed;
}

/** Lists every chamber at either end of a duct listed, once, in the order of the list. @returns how many */
function listEnds(count: i32): i32 {
  const touched = load<usize>(TOUCHED);
  const list = load<usize>(MIXED);
  let listed: usize = 0;
  for (let m = 0; m < count; m++) {
    for (let which = 0; which < 2; which++) {
      const chamber = chamberAt(m, which);
      if (load<u8>(touched + chamber)) continue;
      store<u8>(touched + chamber, 1);
      store<i32>(list + (listed << 2), chamber);
      listed++;
    }
  }
  for (let m: usize = 0; m < listed; m++) store<u8>(touched + load<i32>(list + (m << 2)), 0);
  return <i32>listed;
}

/** Whether the table has the chamber's centre; brings the centre to the grid. */
function isTabulated(chamber: i32): bool {
  const at = load<usize>(CENTRE) + ((<usize>chamber) << 3);
  const place = load<f64>(at) / CENTRE_SPACING;
  if (floor(place) !== place) toGrid(chamber);
  const centre = load<f64>(at);
  return centre >= FIRST_CENTRE && centre <= FIRST_CENTRE + (CENTRE_COUNT - 1) * CENTRE_SPACING;
}

/** Address of the table's numbers about a chamber's centre, which it has. */
export function centreTerms(chamber: usize): usize {
  const centre = load<f64>(load<usize>(CENTRE) + (chamber << 3));
  return load<usize>(CENTRES) + <usize>(<i32>(centre - FIRST_CENTRE) / CENTRE_SPACING) * CENTRE_BYTES;
}

/** Chamber at the m-th end listed (0), and at the other end of that duct (1). */
function chamberAt(m: i32, other: u32): i32 {
  const end = load<u32>(load<usize>(CROSSED_END) + ((<usize>m) << 2)) ^ other;
  return load<i32>(load<usize>(EDGES) + ((<usize>end) << 2));
}

function give(donor: i32, receiver: i32, moved: f64): void {
  const from = load<usize>(CHANGES) + <usize>donor * CHANGE_BYTES;
  const to = load<usize>(CHANGES) + <usize>receiver * CHANGE_BYTES;
  const at = (<usize>donor) << 3;
  const totals = load<usize>(TOTALS);
  store<f64>(totals + EXCHANGED_VOLUME, load<f64>(totals + EXCHANGED_VOLUME) + moved);
  const share = moved / load<f64>(load<usize>(VOLUME) + at);
  const energy = share * load<f64>(load<usize>(ENERGY) + at);
  store<f64>(from, load<f64>(from) - moved);
  store<f64>(to, load<f64>(to) + moved);
  store<f64>(from, load<f64>(from, 8) - energy, 8);
  store<f64>(to, load<f64>(to, 8) + energy, 8);
  const amounts = load<usize>(AMOUNTS) + <usize>donor * 48;
  const part = f64x2.splat(share);
  for (let place: usize = 0; place < 48; place += 16) {
    const n = f64x2.mul(part, v128.load(amounts + place));
    v128.store(from + place, f64x2.sub(v128.load(from + place, 16), n), 16);
    v128.store(to + place, f64x2.add(v128.load(to + place, 16), n), 16);
  }
}
