// A new setpoint of one loop as an edit of the farm's parameter, which is one value or one for each chamber. Pure.

import type { ParameterEdits } from '../../../engine/parameters/edit.ts';
import type { LoopScope } from '../../../worker/loop-list.ts';

/**
 * @param present control.setpoint_Pa as it is @param layers layer of each chamber @param pressure Pa
 * @returns the edit: one value where all chambers then want the same
 */
export function setpointEdit(
  present: number | readonly number[],
  scope: LoopScope,
  layers: ArrayLike<number>,
  loop: number,
  pressure: number,
): ParameterEdits {
  if (scope === 'farm') return { 'control.setpoint_Pa': pressure };
  const wanted = Array.from(layers, (layer, i) => {
    const isOfLoop = scope === 'layer' ? layer === loop : i === loop;
    if (isOfLoop) return pressure;
    return typeof present === 'number' ? present : (present[i] ?? pressure);
  });
  const same = wanted.every((p) => p === wanted[0]);
  return { 'control.setpoint_Pa': same ? pressure : wanted };
}
