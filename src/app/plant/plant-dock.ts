// Where the plant panel stands: it shares the dock at the bottom with the charts. Where the window has no room for both, the one
// that opens takes the place of the other, and the charts come back when the plant panel closes.

import { create } from 'zustand';
import { type Panels, setPanelOpen, usePanels } from '../state/panels.ts';
import { chooseAlarm } from './plant-store.ts';

export const PLANT_TABS = ['alarms', 'pressure', 'safety', 'faults', 'schematic', 'console', 'log'] as const;
export type PlantTab = (typeof PLANT_TABS)[number];

export const usePlantTab = create<{ readonly tab: PlantTab }>(() => ({ tab: 'alarms' }));

/** Below this width, px, the dock holds one panel. */
export const ROOM_FOR_BOTH = 1840;

export function showPlant(tab: PlantTab): void {
  usePlantTab.setState({ tab });
  setPanelOpen('plant', true);
}

/** The key of the panel: opens it where it was, or closes it. */
export const togglePlant = (): void => setPanelOpen('plant', !usePanels.getState().plant.open);

/** The bell: opens the alarms, closes them when they are what is shown. */
export function toggleAlarms(): void {
  const shown = usePanels.getState().plant.open && usePlantTab.getState().tab === 'alarms';
  if (shown) setPanelOpen('plant', false);
  else showPlant('alarms');
}

export function showAlarm(alarm: number): void {
  chooseAlarm(alarm);
  showPlant('alarms');
}

/** What must give way after a change of the panels; null: nothing. */
export function givesWay(now: Panels, before: Panels, room: boolean): 'charts' | 'plant' | null {
  if (room || !now.plant.open || !now.charts.open) return null;
  return before.plant.open ? 'plant' : 'charts';
}

let displaced = false;
const hasRoom = (): boolean => globalThis.innerWidth >= ROOM_FOR_BOTH;

// What was kept open in a wider window.
if (!hasRoom() && usePanels.getState().plant.open && usePanels.getState().charts.open) {
  displaced = true;
  setPanelOpen('charts', false);
}

usePanels.subscribe((now, before) => {
  const away = givesWay(now, before, hasRoom());
  if (away === 'charts') displaced = true;
  if (away) {
    setPanelOpen(away, false);
    return;
  }
  if (!before.plant.open || now.plant.open || !displaced) return;
  displaced = false;
  if (!now.charts.open) setPanelOpen('charts', true);
});
