// Both themes keep WCAG contrast: text 4.5:1 and marks 3:1 on every surface they stand on.

import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';

const css = readFileSync(new URL('./tokens.css', import.meta.url), 'utf8');

function tokens(theme: 'dark' | 'light'): Record<string, string> {
  const start = css.indexOf(`[data-theme='${theme}'] {`);
  const block = css.slice(start, css.indexOf('}', start));
  return Object.fromEntries([...block.matchAll(/--([\w-]+): (#[0-9a-f]{6});/g)].map((m) => [m[1], m[2] as string]));
}

function luminance(hex: string): number {
  const [r, g, b] = [1, 3, 5].map((i) => {
    const c = Number.parseInt(hex.slice(i, i + 2), 16) / 255;
    return c <= 0.04045 ? c / 12.92 : ((c + 0.055) / 1.055) ** 2.4;
  }) as [number, number, number];
  return 0.2126 * r + 0.7152 * g + 0.0722 * b;
}

function contrast(a: string, b: string): number {
  const [x, y] = [luminance(a), luminance(b)].sort((p, q) => q - p) as [number, number];
  return (x + 0.05) / (y + 0.05);
}

const SURFACES = ['ground', 'panel', 'raised'];
const TEXT = ['text', 'text-muted', 'accent', 'critical', 'high', 'medium', 'low'];
const MARKS = ['line-strong', 'data-line', 'data-1', 'data-2', 'data-3', 'data-4', 'data-5', 'data-6'];

describe.each(['dark', 'light'] as const)('%s theme', (theme) => {
  const t = tokens(theme);
  it.each(TEXT)('text %s reads on every surface', (name) => {
    for (const surface of SURFACES)
      expect(contrast(t[name] as string, t[surface] as string), surface).toBeGreaterThan(4.5);
  });
  it.each(MARKS)('mark %s shows on every surface', (name) => {
    for (const surface of SURFACES)
      expect(contrast(t[name] as string, t[surface] as string), surface).toBeGreaterThan(3);
  });
  it('text reads on the accent', () => {
    expect(contrast(t['on-accent'] as string, t.accent as string)).toBeGreaterThan(4.5);
    expect(contrast(t.text as string, t['accent-ground'] as string)).toBeGreaterThan(4.5);
    expect(contrast(t.accent as string, t['accent-ground'] as string)).toBeGreaterThan(4.5);
  });
});
