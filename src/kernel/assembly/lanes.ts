// Two chambers or two ducts side by side in one v128. An odd last one runs alone: `Single` in place of `Pair`, where
// the second lane holds whatever lies there and is never stored or summed.

/** Type arguments that stand for compile-time choices: their size is the choice. */
export type Pair = i16;
export type Single = i8;

/** Numbers of boundary-layer states that are written out; `Any` loops. */
export type Two = i8;
export type Three = i16;
export type Four = i32;
export type Any = i64;

/** The number of states, or −1. */
export function few<Poles>(): i32 {
  return sizeof<Poles>() === 4 ? 4 : sizeof<Poles>() === 2 ? 3 : sizeof<Poles>() === 1 ? 2 : -1;
}

export function put<Lanes>(at: usize, value: v128): void {
  if (sizeof<Lanes>() === 2) v128.store(at, value);
  else v128.store_lane<u64>(at, value, 0);
}

/** Adds `value` to what is stored. */
export function accumulate<Lanes>(at: usize, value: v128): void {
  put<Lanes>(at, f64x2.add(v128.load(at), value));
}

/** [a₀, b₀] and [a₁, b₁] of [a₀, a₁] and [b₀, b₁]. */
export function first(a: v128, b: v128): v128 {
  return v128.shuffle<f64>(a, b, 0, 2);
}
export function second(a: v128, b: v128): v128 {
  return v128.shuffle<f64>(a, b, 1, 3);
}
