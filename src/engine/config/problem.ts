// One thing wrong with an input, told to people: what, where, and what would be right. Shared by every reader of input.

export interface Problem {
  readonly file?: string;
  /** 1-based. */
  readonly line?: number;
  readonly column?: number;
  readonly key?: string;
  /** What is wrong. */
  readonly message: string;
  /** What would be right. */
  readonly remedy: string;
  readonly severity: 'error' | 'warning';
}
