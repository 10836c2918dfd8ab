// The known word nearest to a mistyped one, for "did you mean".

/** Longer inputs are nobody's typing error; comparing them would only cost time. */
const LONGEST = 80;

/**
 * The word with the fewest insertions, deletions, replacements and swaps of neighbours from `typed`, letters' case and
 * "-" for "_" not counted; undefined if none is near (more than a third of the longer word, at least 2).
 */
export function nearestWord(typed: string, words: readonly string[]): string | undefined {
  if (typed.length > LONGEST) return undefined;
  const plain = (text: string): string => text.toLowerCase().replaceAll('-', '_');
  let best: string | undefined;
  let fewest = Number.POSITIVE_INFINITY;
  for (const word of words) {
    const most = Math.max(2, Math.floor(Math.max(word.length, typed.length) / 3));
    const edits = editDistance(plain(typed), plain(word), Math.min(most, fewest - 1));
    if (edits !== undefined) {
      best = word;
      fewest = edits;
    }
  }
  return best;
}

/** Optimal string alignment distance; undefined if above `most`. */
function editDistance(a: string, b: string, most: number): number | undefined {
  if (Math.abs(a.length - b.length) > most) return undefined;
  let beforeLast: number[] = [];
  let last = Array.from({ length: b.length + 1 }, (_, j) => j);
  let lastFewest = 0;
  for (let i = 1; i <= a.length; i++) {
    const row = [i];
    let fewest = i;
    for (let j = 1; j <= b.length; j++) {
      const same = a[i - 1] === b[j - 1];
      let edits = Math.min(last[j] + 1, row[j - 1] + 1, last[j - 1] + (same ? 0 : 1));
      if (i > 1 && j > 1 && a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1])
        edits = Math.min(edits, beforeLast[j - 2] + 1);
      row.push(edits);
      fewest = Math.min(fewest, edits);
    }
    // Every later entry builds on one of these two rows.
    if (fewest > most && lastFewest > most) return undefined;
    beforeLast = last;
    last = row;
    lastFewest = fewest;
  }
  return last[b.length] <= most ? last[b.length] : undefined;
}
