// The farm's only source of chance: xoshiro128** (Blackman and Vigna 2018), integer arithmetic throughout, so that a
// seed gives the same bits in every engine. The state can be saved and restored. Not for cryptography.

/** The four 32-bit words of the generator; not all zero. */
export type RandomState = readonly [number, number, number, number];

export interface Random {
  /** Uniform in [0, 1) with 53 random bits; takes two 32-bit draws. */
  next(): number;
  /** Uniform over 0 … 2³² − 1. */
  nextUint32(): number;
  /** The present state: `restoreRandom` continues from it. */
  state(): RandomState;
}

/** A generator whose state is filled from the seed by splitmix32. @param seed integer; taken modulo 2³² */
export function createRandom(seed: number): Random {
  let s = seed >>> 0;
  const word = (): number => {
    s = (s + 0x9e3779b9) >>> 0;
    let z = s;
    z = Math.imul(z ^ (z >>> 16), 0x21f0aaad);
    z = Math.imul(z ^ (z >>> 15), 0x735a2d97);
    return (z ^ (z >>> 15)) >>> 0;
  };
  return restoreRandom([word(), word(), word(), word()]);
}

/** The generator that continues from a saved state. @throws on the all-zero state, which would stay zero for ever */
export function restoreRandom(state: RandomState): Random {
  let a = state[0] >>> 0;
  let b = state[1] >>> 0;
  let c = state[2] >>> 0;
  let d = state[3] >>> 0;
  if ((a | b | c | d) === 0) throw new Error('The state of a random generator must not be all zeros.');
  const nextUint32 = (): number => {
    const r = Math.imul(b, 5);
    const result = Math.imul((r << 7) | (r >>> 25), 9) >>> 0;
    const t = b << 9;
    c ^= a;
    d ^= b;
    b ^= c;
    a ^= d;
    c ^= t;
    d = (d << 11) | (d >>> 21);
    return result;
  };
  return {
    nextUint32,
    next: () => {
      const high = nextUint32() >>> 5;
      const low = nextUint32() >>> 6;
      return (high * 67108864 + low) / 9007199254740992;
    },
    state: () => [a >>> 0, b >>> 0, c >>> 0, d >>> 0],
  };
}
