// Oxygen of the air of the room: gas from the chambers displaces air, the fans bring fresh. Not here: heat of the room (cooling/room/).

import { ATM, GAS_CONSTANT } from '../../constants.ts';
import { REFERENCE_TEMPERATURE } from '../../gas/caloric.ts';
import { type Acting, coolingShare } from './effects.ts';
import { PROGRESS } from './plant-progress.ts';
import type { PlantView } from './plant-view.ts';

/** Oxygen of fresh air, mole fraction. */
export const FRESH_OXYGEN = 0.2095;

/** Moves the oxygen of a plant's progress on by dt (s), with what was vented meanwhile. */
export function airTheRoom(progress: Float64Array, view: PlantView, acting: Acting, dt: number): void {
  const vented = view.headers.vented;
  const escaped = ((vented - progress[PROGRESS.vented]) * GAS_CONSTANT * REFERENCE_TEMPERATURE) / ATM;
  progress[PROGRESS.vented] = vented;
  const fresh = view.ventilation * coolingShare(acting) * dt;
  // Backward Euler: any step is stable.
  const { roomVolume } = view;
  const oxygen = roomVolume * progress[PROGRESS.roomOxygen] + FRESH_OXYGEN * fresh;
  progress[PROGRESS.roomOxygen] = oxygen / (roomVolume + fresh + Math.max(0, escaped));
}
