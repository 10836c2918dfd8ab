// The first few of many by a key, without sorting them all: lists of a hundred thousand are asked for a page at a time.

/**
 * Indices of the `count` entries with the largest keys among 0 … n − 1, the largest first; equal ones by index. Keys that are no number
 * come last. O(n log count).
 */
export function topIndices(n: number, key: (index: number) => number, count: number): number[] {
  const heap: { index: number; key: number }[] = [];
  // A heap with the worst at the root: the one to give way.
  const worse = (a: { index: number; key: number }, b: { index: number; key: number }): boolean =>
    a.key < b.key || (a.key === b.key && a.index > b.index);
  const sink = (from: number): void => {
    let at = from;
    for (;;) {
      let worst = at;
      for (const child of [2 * at + 1, 2 * at + 2])
        if (child < heap.length && worse(heap[child], heap[worst])) worst = child;
      if (worst === at) return;
      [heap[at], heap[worst]] = [heap[worst], heap[at]];
      at = worst;
    }
  };
  for (let index = 0; index < n; index++) {
    const value = key(index);
    const entry = { index, key: Number.isNaN(value) ? Number.NEGATIVE_INFINITY : value };
    if (heap.length < count) {
      heap.push(entry);
      if (heap.length === count) for (let at = (count >> 1) - 1; at >= 0; at--) sink(at);
    } else if (count > 0 && worse(heap[0], entry)) {
      heap[0] = entry;
      sink(0);
    }
  }
  return heap.sort((a, b) => (worse(a, b) ? 1 : -1)).map(({ index }) => index);
}

/** A page of that order: what stands at `offset` and the `limit` after it. */
export const pageOf = (n: number, key: (index: number) => number, offset: number, limit: number): number[] =>
  topIndices(n, key, Math.min(n, offset + limit)).slice(offset);
