// What the browser keeps for this page: theme and panel sizes. Storage may be full, forbidden or damaged: none of that
// may disturb the page, so reading gives null and writing gives up silently.

export const THEME_KEY = 'buhera.theme';
export const PANELS_KEY = 'buhera.panels';
export const CHARTS_KEY = 'buhera.charts';
export const OPERATOR_KEY = 'buhera.operator';
export const PERFORMANCE_KEY = 'buhera.performance';

export function keep(key: string, value: unknown): void {
  try {
    localStorage.setItem(key, JSON.stringify(value));
  } catch {
    // Nothing is lost but the convenience.
  }
}

/** @param longest text of more characters is taken for damaged */
export function recall(key: string, longest = 10_000): unknown {
  try {
    const text = localStorage.getItem(key);
    return text === null || text.length > longest ? null : (JSON.parse(text) as unknown);
  } catch {
    return null;
  }
}
