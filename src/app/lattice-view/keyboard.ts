// What the keys do while the lattice has the focus. Page-wide keys belong to the shell.

import type { KeyboardEvent } from 'react';
import { isFastForwarding } from '../state/actions.ts';
import { useTwin } from '../state/store.ts';
import type { LatticeDriver } from './driver.ts';

const TURN_RAD = 0.055;
const ZOOM = 0.82;

/** Arrow keys as steps to the right and up. */
const ARROWS: Readonly<Record<string, readonly [number, number]>> = {
  ArrowLeft: [-1, 0],
  ArrowRight: [1, 0],
  ArrowUp: [0, 1],
  ArrowDown: [0, -1],
};

/** Does what the key asks; false if the key means nothing here. */
export function act(driver: LatticeDriver, event: KeyboardEvent): boolean {
  if (event.ctrlKey || event.metaKey || event.altKey) return false;
  const arrow = ARROWS[event.key];
  if (arrow) {
    if (event.shiftKey) driver.walk(arrow);
    else driver.rig.turn(-arrow[0] * TURN_RAD, -arrow[1] * TURN_RAD);
    return true;
  }
  switch (event.key) {
    case 'f':
    case 'F':
      driver.frameSelection();
      return true;
    case 'Home':
      driver.lookAtRoom();
      return true;
    case '+':
    case '=':
      driver.rig.zoom(ZOOM);
      return true;
    case '-':
      driver.rig.zoom(1 / ZOOM);
      return true;
    case 'n':
      driver.walk(1);
      return true;
    case 'p':
      driver.walk(-1);
      return true;
    case 'Escape':
      // The page cancels a fast-forward first.
      if (useTwin.getState().selection.length === 0 || isFastForwarding(useTwin.getState())) return false;
      driver.select([]);
      return true;
    default:
      return false;
  }
}
