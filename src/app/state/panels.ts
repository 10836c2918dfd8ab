// Which panels are open and how large: kept in the browser, clamped to what the window allows. Pure rules plus a store.

import { create } from 'zustand';
import { keep, PANELS_KEY, recall } from './storage.ts';

export type PanelName = 'controls' | 'inspector' | 'charts' | 'plant';
export interface Panel {
  readonly open: boolean;
  /** Width of the side panels, height of charts and plant, px. */
  readonly size: number;
}
export type Panels = Readonly<Record<PanelName, Panel>>;

export const PANEL_LIMITS: Readonly<Record<PanelName, { min: number; standard: number; max: number }>> = {
  controls: { min: 260, standard: 312, max: 520 },
  inspector: { min: 280, standard: 336, max: 640 },
  charts: { min: 120, standard: 236, max: 640 },
  plant: { min: 180, standard: 320, max: 720 },
};
/** Closed until it is asked for. */
const CLOSED_AT_FIRST: ReadonlySet<PanelName> = new Set<PanelName>(['plant']);
const NAMES = Object.keys(PANEL_LIMITS) as PanelName[];

export const clampSize = (name: PanelName, size: number): number =>
  Math.round(Math.min(PANEL_LIMITS[name].max, Math.max(PANEL_LIMITS[name].min, size)));

export const standardPanels = (): Panels =>
  Object.fromEntries(
    NAMES.map((name) => [name, { open: !CLOSED_AT_FIRST.has(name), size: PANEL_LIMITS[name].standard }]),
  ) as unknown as Panels;

/** Reads what was kept; whatever is damaged falls back to the standard. */
export function panelsFrom(kept: unknown): Panels {
  const record = typeof kept === 'object' && kept !== null ? (kept as Record<string, unknown>) : {};
  const standard = standardPanels();
  return Object.fromEntries(
    NAMES.map((name) => {
      const panel = record[name] as Partial<Panel> | null | undefined;
      const size = typeof panel?.size === 'number' && Number.isFinite(panel.size) ? panel.size : standard[name].size;
      const open = typeof panel?.open === 'boolean' ? panel.open : standard[name].open;
      return [name, { open, size: clampSize(name, size) }];
    }),
  ) as unknown as Panels;
}

export const usePanels = create<Panels>(() => panelsFrom(recall(PANELS_KEY)));

function change(name: PanelName, panel: Partial<Panel>): void {
  usePanels.setState((s) => ({ [name]: { ...s[name], ...panel } }));
  keep(PANELS_KEY, usePanels.getState());
}
export const resizePanel = (name: PanelName, size: number): void => change(name, { size: clampSize(name, size) });
export const setPanelOpen = (name: PanelName, open: boolean): void => change(name, { open });
export const togglePanel = (name: PanelName): void => setPanelOpen(name, !usePanels.getState()[name].open);
