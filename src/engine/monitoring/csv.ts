// Tables as CSV (RFC 4180) that a spreadsheet shows and never runs: text that would begin a formula is marked as text.

/** Characters that begin a formula in some spreadsheet, full-width forms and what is skipped before them included. */
const FORMULA = /^[\s"']*[=+\-@\uff1d\uff0b\uff0d\uff20|%]|^[\t\r\n]/;

/** One cell. Numbers stay numbers; one that is none becomes empty. */
export function csvCell(value: string | number | boolean): string {
  if (typeof value === 'number') return Number.isFinite(value) ? String(value) : '';
  if (typeof value === 'boolean') return String(value);
  const safe = FORMULA.test(value) ? `'${value}` : value;
  return /[",\r\n\u2028\u2029]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
}

/** A table with its heading; lines end as RFC 4180 says. */
export function csvText(heading: readonly string[], rows: Iterable<readonly (string | number | boolean)[]>): string {
  const lines = [heading.map(csvCell).join(',')];
  for (const row of rows) lines.push(row.map(csvCell).join(','));
  return `${lines.join('\r\n')}\r\n`;
}
