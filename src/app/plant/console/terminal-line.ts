// The line being typed: completion by what all candidates share, and the way through the lines typed before. Pure.

/** What all words begin with. */
export function commonPrefix(words: readonly string[]): string {
  let prefix = words[0] ?? '';
  for (const word of words) while (!word.startsWith(prefix)) prefix = prefix.slice(0, -1);
  return prefix;
}

/** The line with its last word replaced by what its candidates share; a single one that is no directory is followed by a blank. */
export function completed(line: string, candidates: readonly string[]): string {
  if (candidates.length === 0) return line;
  const cut = line.search(/\S*$/);
  const word = commonPrefix(candidates);
  const ended = candidates.length === 1 && !word.endsWith('/');
  return line.slice(0, cut) + (word.length >= line.length - cut ? word : line.slice(cut)) + (ended ? ' ' : '');
}

/** Where one stands among the lines typed before: their number for the new line, which is kept as it was left. */
export interface Recall {
  readonly at: number;
  readonly draft: string;
}

/** One line back (−1) or on (1). @param line as it stands now @returns the line shown and the new place */
export function recalled(
  history: readonly string[],
  { at, draft }: Recall,
  line: string,
  step: -1 | 1,
): { readonly line: string; readonly recall: Recall } {
  const next = Math.min(history.length, Math.max(0, at + step));
  const kept = at === history.length ? line : draft;
  return { line: next === history.length ? kept : (history[next] ?? ''), recall: { at: next, draft: kept } };
}

const LONGEST_HISTORY = 200;

/** The history with a line added; the same line twice in a row counts once. */
export const remembered = (history: readonly string[], line: string): readonly string[] =>
  history.at(-1) === line ? history : [...history, line].slice(-LONGEST_HISTORY);
