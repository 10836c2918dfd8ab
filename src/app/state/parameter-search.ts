// What is searched in the controls, and the way to a parameter's knob from anywhere on the page.

import { create } from 'zustand';
import type { ParameterKey } from '../../engine/parameters/table.ts';
import { setPanelOpen } from './panels.ts';

export const useParameterSearch = create<{ readonly text: string }>(() => ({ text: '' }));

export const searchParameters = (text: string): void => useParameterSearch.setState({ text });

/** Mark of a parameter's row in the page. */
export const rowId = (key: ParameterKey): string => `parameter-${key}`;

/** Shows the knob of a parameter, searching it where its section is folded, and gives it the keyboard. */
export function revealParameter(key: ParameterKey): void {
  setPanelOpen('controls', true);
  if (!document.getElementById(rowId(key))) searchParameters(key);
  // The panel lists what was found at its leisure.
  const deadline = performance.now() + 1000;
  const focus = (): void => {
    const field = document.getElementById(rowId(key))?.querySelector<HTMLElement>('input, select, [role="slider"]');
    if (field) field.focus();
    else if (performance.now() < deadline) requestAnimationFrame(focus);
  };
  requestAnimationFrame(focus);
}
