// Lines of the virtual files: a name, a value, aligned with nothing, so that programs can split them at the first blank.

/** A number in at most eight digits; "none" where there is none. */
export const number = (x: number): string => (Number.isFinite(x) ? String(Number(x.toPrecision(8))) : 'none');

/** "pressure_Pa 506625". */
export const row = (name: string, value: number | string | boolean): string =>
  `${name} ${typeof value === 'number' ? number(value) : String(value)}`;

/** One line of a text, whatever people have typed into it. */
// biome-ignore lint/suspicious/noControlCharactersInRegex: control characters are what must not reach a line.
export const oneLine = (text: string): string => text.replace(/[\u0000-\u001f\u007f\u2028\u2029]+/g, ' ');
