// Setpoint and gains of one loop as edits of the farm's parameters, which are one value or one for each chamber. Pure.

import type { ParameterEdits } from '../../../engine/parameters/edit.ts';
import type { PiGains } from '../../../engine/pressure-control/controller/kept-gains.ts';
import type { LoopScope } from '../../../engine/pressure-control/plant/loop-name.ts';

/** Which chambers a loop has. */
export interface LoopPlace {
  readonly scope: LoopScope;
  /** Layer of each chamber. */
  readonly layers: ArrayLike<number>;
  readonly loop: number;
}

type PerChamber = number | readonly number[];

/** A value for the loop's chambers, the others as they are; one value where all chambers then have the same. */
function withValue(present: PerChamber, { scope, layers, loop }: LoopPlace, value: number): PerChamber {
  if (scope === 'farm') return value;
  const values = Array.from(layers, (layer, i) => {
    const isOfLoop = scope === 'layer' ? layer === loop : i === loop;
    if (isOfLoop) return value;
    return typeof present === 'number' ? present : (present[i] ?? value);
  });
  return values.every((x) => x === values[0]) ? value : values;
}

/** @param present control.setpoint_Pa as it is @param pressure Pa */
export const setpointEdit = (present: PerChamber, place: LoopPlace, pressure: number): ParameterEdits => ({
  'control.setpoint_Pa': withValue(present, place, pressure),
});

/** @param present control.gain_per_Pa and control.integral_time_s as they are @param gains null: from the valves' sizes */
export function gainsEdit(
  present: { readonly gain: PerChamber; readonly integralTime: PerChamber },
  place: LoopPlace,
  gains: PiGains | null,
): ParameterEdits {
  if (!gains) return { 'control.gain_per_Pa': withValue(present.gain, place, 0) };
  return {
    'control.gain_per_Pa': withValue(present.gain, place, gains.gain),
    'control.integral_time_s': withValue(present.integralTime, place, gains.integralTime),
  };
}
