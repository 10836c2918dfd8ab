// A tolerant first look at TOML text, before anything parses it: counts keys and nesting (to refuse bombs) and notes
// where each key stands (for messages). One pass without recursion over any text, valid or not; it never throws.

/** Where something stands in a text; both from 1. */
export interface Place {
  readonly line: number;
  readonly column: number;
}

export interface ScannedKey extends Place {
  /** Full path: section, subsections and the key's own parts. */
  readonly path: readonly string[];
}

export interface ScanLimits {
  readonly keys: number;
  readonly depth: number;
}

export interface Scan {
  /** Headers and keys in the order of the text; cut off at the limit. */
  readonly keys: readonly ScannedKey[];
  /** The first limit the text breaks, and where. */
  readonly broken?: { readonly limit: 'keys' | 'depth' } & Place;
}

/** Scans TOML text up to its end or to the first broken limit. */
export function scanToml(text: string, limits: ScanLimits): Scan {
  return new Scanner(text, limits).run();
}

/**
 * A look-up of places: where a key path is given, else where something below it is (a section opened by a dotted key),
 * else the place of the nearest section above it; undefined if not even that is there.
 */
export function placeFinder(keys: readonly ScannedKey[]): (path: readonly string[]) => Place | undefined {
  const exact = new Map<string, Place>();
  const below = new Map<string, Place>();
  const name = (path: readonly string[], length: number): string => path.slice(0, length).join('\n');
  for (const { path, line, column } of keys) {
    const own = name(path, path.length);
    if (!exact.has(own)) exact.set(own, { line, column });
    for (let length = 1; length < path.length; length++) {
      const section = name(path, length);
      if (!below.has(section)) below.set(section, { line, column });
    }
  }
  return (path) => {
    const own = name(path, path.length);
    const found = exact.get(own) ?? below.get(own);
    for (let length = path.length - 1; length > 0 && !found; length--) {
      const section = exact.get(name(path, length));
      if (section) return section;
    }
    return found;
  };
}

/** An open bracket inside a value: keys in a table continue `path`. */
interface Open {
  readonly isTable: boolean;
  readonly path: readonly string[];
}

const QUOTE = '"';
const APOSTROPHE = "'";

class Scanner {
  private at = 0;
  private line = 1;
  private lineStart = 0;
  private section: readonly string[] = [];
  private readonly open: Open[] = [];
  private readonly keys: ScannedKey[] = [];
  private broken: Scan['broken'];

  constructor(
    private readonly text: string,
    private readonly limits: ScanLimits,
  ) {}

  run(): Scan {
    while (this.at < this.text.length && !this.broken) {
      this.skipBlank();
      if (this.at >= this.text.length) break;
      const inside = this.open.at(-1);
      if (!inside) this.readLine();
      else this.readInside(inside);
    }
    return this.broken ? { keys: this.keys, broken: this.broken } : { keys: this.keys };
  }

  /** White space, newlines and comments. */
  private skipBlank(): void {
    for (; this.at < this.text.length; this.at++) {
      const c = this.text[this.at];
      if (c === '\n') this.newLine();
      else if (c === '#') this.toLineEnd();
      else if (c !== ' ' && c !== '\t' && c !== '\r' && c !== '\ufeff') return;
    }
  }

  private newLine(): void {
    this.line++;
    this.lineStart = this.at + 1;
  }

  /** To the character before the next newline. */
  private toLineEnd(): void {
    const end = this.text.indexOf('\n', this.at);
    this.at = (end < 0 ? this.text.length : end) - 1;
  }

  private place(): Place {
    return { line: this.line, column: this.at - this.lineStart + 1 };
  }

  private note(path: readonly string[], place: Place): void {
    if (this.keys.length >= this.limits.keys) this.broken ??= { limit: 'keys', ...place };
    else this.keys.push({ path, ...place });
    this.checkDepth(path.length + this.arraysOpen(), place);
  }

  private checkDepth(depth: number, place: Place): void {
    if (depth > this.limits.depth) this.broken ??= { limit: 'depth', ...place };
  }

  private arraysOpen(): number {
    return this.open.reduce((sum, bracket) => sum + (bracket.isTable ? 0 : 1), 0);
  }

  /** A section header, or a key and the start of its value. */
  private readLine(): void {
    if (this.text[this.at] !== '[') {
      this.readAssignment(this.section);
      return;
    }
    const place = this.place();
    this.at += this.text[this.at + 1] === '[' ? 2 : 1;
    this.section = this.readPath([], ']');
    this.note(this.section, place);
    // Past the closing brackets; what else stands on the line is for the parser to judge.
    this.toLineEnd();
    this.at++;
  }

  private readAssignment(base: readonly string[]): void {
    const place = this.place();
    const start = this.at;
    const path = this.readPath(base, '=');
    this.note(path, place);
    if (this.text[this.at] !== '=') {
      if (this.at === start) this.at++;
      return;
    }
    this.at++;
    while (this.text[this.at] === ' ' || this.text[this.at] === '\t') this.at++;
    this.readValue(path);
  }

  /** A dotted key after `base`, up to `end` or the end of the line; parts beyond the depth limit are not kept. */
  private readPath(base: readonly string[], end: string): readonly string[] {
    const path = [...base];
    let part = '';
    const finish = (): void => {
      if (path.length <= this.limits.depth) path.push(part);
      part = '';
    };
    for (; this.at < this.text.length; this.at++) {
      const c = this.text[this.at];
      if (c === end || c === '\n' || c === '#' || c === ',' || c === '{' || c === '}') break;
      if (c === '.') finish();
      else if (c === QUOTE || c === APOSTROPHE) part += this.readQuoted(c);
      else if (c !== ' ' && c !== '\t' && c !== '\r') part += c;
    }
    finish();
    return path;
  }

  /** A value or the start of one: a bracket is opened, anything else passed over. */
  private readValue(path: readonly string[]): void {
    const c = this.text[this.at];
    if (c === '[' || c === '{') {
      this.checkDepth(path.length + this.arraysOpen() + (c === '[' ? 1 : 0), this.place());
      this.open.push({ isTable: c === '{', path });
      this.at++;
    } else if (c === QUOTE || c === APOSTROPHE) {
      this.readQuoted(c);
      this.at++;
    } else {
      while (this.at < this.text.length && !'\n,]}#'.includes(this.text[this.at])) this.at++;
    }
  }

  private readInside(inside: Open): void {
    const c = this.text[this.at];
    if (c === ']' || c === '}') {
      this.open.pop();
      this.at++;
    } else if (c === ',') {
      this.at++;
    } else if (inside.isTable) {
      this.readAssignment(inside.path);
    } else {
      this.readValue(inside.path);
    }
  }

  /** From an opening quote to its closing one (left at its last character); the text between, escapes unresolved. */
  private readQuoted(quote: string): string {
    const triple = this.text.startsWith(quote.repeat(3), this.at);
    const mark = triple ? quote.repeat(3) : quote;
    this.at += mark.length;
    const start = this.at;
    for (; this.at < this.text.length; this.at++) {
      const c = this.text[this.at];
      if (c === '\n') {
        // An unfinished one-line text ends with its line; the parser will say so.
        if (!triple) {
          this.at--;
          return this.text.slice(start, this.at + 1);
        }
        this.newLine();
      } else if (c === '\\' && quote === QUOTE) {
        if (this.text[this.at + 1] !== '\n') this.at++;
      } else if (this.text.startsWith(mark, this.at)) {
        const content = this.text.slice(start, this.at);
        // Up to two more quotes belong to the text: """a""" + "".
        if (triple) while (this.text[this.at + 3] === quote) this.at++;
        this.at += mark.length - 1;
        return content;
      }
    }
    return this.text.slice(start);
  }
}
