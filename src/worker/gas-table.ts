// Properties of a gas mixture along an axis, for the gas panel: the engine's own functions, evaluated on request.

import { fractions, type GasProperties, gasProperties, gasStateProblem } from '../engine/gas/mixture.ts';
import { SPECIES } from '../engine/gas/species.ts';
import type { MixtureValue } from '../engine/parameters/types.ts';
import { checkValue } from '../engine/parameters/validate.ts';
import type { GasReply, GasRequest } from './protocol.ts';

const MOST_POINTS = 400;

/** @returns one array per property; a state that cannot be computed is refused with the reason */
export function gasTable(request: GasRequest): GasReply {
  const checked = checkValue('gas.mixture', request.mixture);
  if (!checked.ok) return refused('gas.mixture', checked.message, checked.remedy);
  const x = fractions(checked.value as MixtureValue);
  const points = request.along === null ? 1 : Math.max(2, Math.min(MOST_POINTS, Math.floor(request.points)));
  const species = SPECIES.findIndex(({ symbol }) => symbol === request.along);
  if (request.along !== null && request.along !== 'temperature' && request.along !== 'pressure' && species < 0) {
    return refused('along', `There is no axis "${request.along}".`, 'Choose temperature, pressure or a gas.');
  }
  const axis = new Float64Array(points);
  const properties: Record<string, Float64Array> = {};
  for (let k = 0; k < points; k++) {
    const value = points === 1 ? request.from : request.from + ((request.to - request.from) * k) / (points - 1);
    axis[k] = value;
    const T = request.along === 'temperature' ? value : request.temperature_K;
    const p = request.along === 'pressure' ? value : request.pressure_Pa;
    const problem = gasStateProblem(T, p);
    if (problem) return refused('initial.temperature_K', `The ${problem}.`, 'Choose a state within that range.');
    const mixture = species >= 0 ? withShare(x, species, Math.min(1, Math.max(0, value))) : x;
    const at = gasProperties(mixture, T, p, request.model);
    for (const name of Object.keys(at) as (keyof GasProperties)[]) {
      properties[name] ??= new Float64Array(points);
      properties[name][k] = at[name];
    }
  }
  return { ok: true, axis, properties };
}

/** The mixture with another share of one gas, the others keeping their proportions. */
function withShare(x: Float64Array, species: number, share: number): Float64Array {
  const rest = 1 - x[species];
  return x.map((value, k) =>
    k === species ? share : rest > 0 ? (value * (1 - share)) / rest : (1 - share) / (x.length - 1),
  );
}

const refused = (key: string, message: string, remedy: string): GasReply => ({
  ok: false,
  problems: [{ key, message, remedy, severity: 'error' }],
});
