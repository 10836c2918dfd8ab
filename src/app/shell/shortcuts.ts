// The keyboard of the page. Single keys act only while nobody types; a focused control keeps the keys it needs.

import { useEffect, useEffectEvent } from 'react';
import { togglePerformance } from '../performance/performance-shown.ts';
import { togglePlant } from '../plant/plant-dock.ts';
import { cancelFastForward, fastForward, isFastForwarding, redo, step, toggleRun, undo } from '../state/actions.ts';
import { openFile, saveFile } from '../state/files.ts';
import { dismissNewest } from '../state/notices.ts';
import { setPanelOpen } from '../state/panels.ts';
import { useTwin } from '../state/store.ts';

export const SEARCH_ID = 'parameter-search';

/** For the help dialog; the handler below does what these say. */
export const SHORTCUTS: readonly { readonly keys: string; readonly does: string }[] = [
  { keys: 'Space', does: 'Run or pause' },
  { keys: '.', does: 'One time step' },
  { keys: 'B', does: 'Run forward to thermal balance' },
  { keys: 'Ctrl Z', does: 'Undo' },
  { keys: 'Ctrl Shift Z', does: 'Redo (also Ctrl Y)' },
  { keys: 'Ctrl O', does: 'Open a scenario file' },
  { keys: 'Ctrl S', does: 'Save the scenario' },
  { keys: '/', does: 'Search parameters' },
  { keys: 'P', does: 'Plant panel: alarms, pressure, safety, faults, schematic, console, log' },
  { keys: 'H', does: 'Performance figures' },
  { keys: 'Esc', does: 'Close, or cancel a drag or the fast-forward' },
  { keys: '?', does: 'This list' },
];

const typesText = (target: EventTarget | null): boolean =>
  target instanceof HTMLTextAreaElement ||
  (target instanceof HTMLInputElement && target.type !== 'range' && target.type !== 'checkbox') ||
  (target instanceof HTMLElement && target.isContentEditable);

/** Space on these presses them. */
const pressedBySpace = (target: EventTarget | null): boolean =>
  target instanceof HTMLElement &&
  target.closest('button, a, summary, [role="button"], [role="menuitem"], [role="option"], input[type="checkbox"]') !==
    null;

export function useShortcuts(openHelp: () => void): void {
  const onKey = useEffectEvent((event: KeyboardEvent) => {
    if (event.defaultPrevented) return;
    const act = event.ctrlKey || event.metaKey ? commandOf(event) : plainDeed(event, openHelp);
    if (!act) return;
    event.preventDefault();
    act();
  });
  useEffect(() => {
    const listen = (event: KeyboardEvent) => onKey(event);
    window.addEventListener('keydown', listen);
    // Before an open tooltip, which takes Escape for itself.
    window.addEventListener('keydown', cancelByEscape, true);
    return () => {
      window.removeEventListener('keydown', listen);
      window.removeEventListener('keydown', cancelByEscape, true);
    };
  }, []);
}

function commandOf(event: KeyboardEvent): (() => void) | null {
  const key = event.key.toLowerCase();
  if (event.altKey) return null;
  if (key === 's') return () => void saveFile();
  if (key === 'o') return openFile;
  // In a text field these belong to the text.
  if (typesText(event.target)) return null;
  if (key === 'z') return event.shiftKey ? () => void redo() : () => void undo();
  if (key === 'y') return () => void redo();
  return null;
}

function plainDeed(event: KeyboardEvent, openHelp: () => void): (() => void) | null {
  if (event.altKey) return null;
  if (event.key === 'Escape') return deedOfEscape();
  if (typesText(event.target) || document.querySelector('[role="dialog"][aria-modal="true"]')) return null;
  if (event.key === ' ') return pressedBySpace(event.target) ? null : toggleRun;
  if (event.key === '.') return () => step();
  if (event.key.toLowerCase() === 'b' && !event.shiftKey) return fastForward;
  if (event.key.toLowerCase() === 'h' && !event.shiftKey) return togglePerformance;
  if (event.key.toLowerCase() === 'p' && !event.shiftKey) return togglePlant;
  if (event.key === '?') return openHelp;
  if (event.key === '/') return focusSearch;
  return null;
}

function deedOfEscape(): (() => void) | null {
  const twin = useTwin.getState();
  if (isFastForwarding(twin) && !isFloatingOpen()) return cancelFastForward;
  return twin.notices.length > 0 ? () => dismissNewest() : null;
}

/** An open menu or dialog takes Escape for itself. */
const isFloatingOpen = (): boolean => document.querySelector('[role="menu"], [role="dialog"]') !== null;

/** Escape cancels a fast-forward, unless a field or slider has a use for it. */
function cancelByEscape(event: KeyboardEvent): void {
  if (event.key !== 'Escape' || !isFastForwarding(useTwin.getState()) || isFloatingOpen()) return;
  const { target } = event;
  if (target instanceof HTMLElement && target.closest('input, textarea, select, [role="slider"]')) return;
  event.preventDefault();
  cancelFastForward();
}

function focusSearch(): void {
  setPanelOpen('controls', true);
  requestAnimationFrame(() => document.getElementById(SEARCH_ID)?.focus());
}
