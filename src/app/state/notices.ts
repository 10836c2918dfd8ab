// Messages over the page: said once, listed until dismissed; plain information goes away by itself.

import type { Problem } from '../../worker/protocol.ts';
import { type Notice, useTwin } from './store.ts';

const INFO_SHOWN_MS = 4000;
const KEPT = 4;
let lastId = 0;

export function notify(tone: Notice['tone'], title: string, problems: readonly Problem[] = []): void {
  const id = ++lastId;
  useTwin.setState((s) => ({ notices: [...s.notices.slice(1 - KEPT), { id, tone, title, problems }] }));
  if (tone === 'info') setTimeout(() => dismiss(id), INFO_SHOWN_MS);
}

export function dismiss(id: number): void {
  useTwin.setState((s) => ({ notices: s.notices.filter((n) => n.id !== id) }));
}

/** The newest notice goes; answers whether there was one. */
export function dismissNewest(): boolean {
  const newest = useTwin.getState().notices.at(-1);
  if (newest) dismiss(newest.id);
  return newest !== undefined;
}
