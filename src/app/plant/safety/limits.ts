// The farm's limits from the values of its parameters, as the engine takes them.

import type { ParameterValues } from '../../../engine/parameters/table.ts';
import { plantSettingsOf } from '../../../engine/pressure-control/plant/plant-parameters.ts';
import type { SafetyLimits } from '../../../engine/pressure-control/safety/ladder.ts';

export const limitsOf = (values: ParameterValues): SafetyLimits => plantSettingsOf(values, []).limits;
