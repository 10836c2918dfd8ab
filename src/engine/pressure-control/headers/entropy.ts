// Entropy made by gas that passes a link, in three parts each ≥ 0 for every state: the drop of pressure, unequal temperatures,
// unequal compositions (the receiving body is well stirred). Per mole of upstream gas x, T, p into a body x′, T′, p′:
//   R ln(p/p′) + c_p[(T/T′ − 1) − ln(T/T′)] + R Σ x_k ln(x_k/x′_k)
// Exact for small amounts and constant c_p; the body is taken after the sub-step, so that a first trace of a gas costs no infinity.

import { GAS_CONSTANT as R } from '../../constants.ts';
import { SPECIES_COUNT } from '../../gas/species.ts';
import { log } from '../../numerics/elementary.ts';
import { compressionEntropy } from './compressor.ts';
import { type GasNodes, STRIDE } from './gas-nodes.ts';
import type { HeaderControls } from './header-controls.ts';
import { COMPRESSOR, HEADER_LINKS, INJECTORS, LINKS, RETURN, SUPPLY, type SubStepContext } from './header-rates.ts';
import { HEADER_TOTAL, type HeaderSettings } from './settings.ts';
import type { SubStep } from './sub-step.ts';

/** Pressure drop, J/(mol·K); 0 against a rise. */
export const throttlingPart = (up: number, down: number): number => (up > down && down > 0 ? R * log(up / down) : 0);

/** Unequal temperatures, J/(mol·K), of gas with molar c_p at T into a body at `into`. */
export function heatPart(cp: number, T: number, into: number): number {
  const excess = T / into - 1;
  if (Math.abs(excess) > 1e-3) return cp * (excess - log(1 + excess));
  return cp * excess * excess * (0.5 - excess * (1 / 3 - 0.25 * excess));
}

/**
 * Unequal compositions, J/(mol·K), of gas of body `from` into a body with these amounts (SPECIES_COUNT from `at`, their sum
 * `total`); each term x ln(x/x′) − x + x′ is ≥ 0 by itself.
 */
export function mixingPart(nodes: GasNodes, from: number, amounts: Float64Array, at: number, total: number): number {
  const perMole = 1 / nodes.amount[from];
  const perMoleThere = 1 / total;
  let sum = 0;
  for (let k = 0; k < SPECIES_COUNT; k++) {
    const x = nodes.y[from * STRIDE + k] * perMole;
    const there = amounts[at + k] * perMoleThere;
    if (x === there) continue;
    if (x === 0) sum += there;
    else if (there > 0) {
      const d = x / there - 1;
      sum += Math.abs(d) > 1e-3 ? x * (log(x) - log(there)) - x + there : there * d * d * (0.5 - d * (1 / 6 - d / 12));
    }
  }
  return R * sum;
}

const mixed = new Float64Array(SPECIES_COUNT);

/** Adds the entropy made by the proposed sub-step of h seconds to the totals. What happens to gas outside (room, relief) is not ours. */
export function bookEntropy(
  settings: HeaderSettings,
  controls: HeaderControls,
  c: SubStepContext,
  stepper: SubStep,
  h: number,
  totals: Float64Array,
): void {
  const { here, moved } = stepper;
  const { nodes } = here;
  for (let e = 0; e < LINKS * c.slots; e++) if (moved[e] !== 0) bookLink(c, stepper, e, totals);
  const first = LINKS * c.capacity;
  for (let e = first; e < first + HEADER_LINKS; e++) {
    if (e !== first + COMPRESSOR && moved[e] !== 0) bookLink(c, stepper, e, totals);
  }
  const compressed = moved[first + COMPRESSOR];
  if (compressed > 0) {
    const from = c.capacity + RETURN;
    const to = c.capacity + SUPPLY;
    // The regulator never lets gas down; idling pumps may.
    const lift = nodes.pressure[to] / nodes.pressure[from];
    const ratio = settings.machines ? lift : Math.max(1, lift);
    const T = nodes.temperature[from];
    totals[HEADER_TOTAL.entropyCompressor] +=
      compressed * compressionEntropy(nodes.y, from * STRIDE, T, ratio, c.work, c.outlet, settings.roomTemperature);
    bookArrival(c, stepper, from, c.outlet, to, compressed, totals);
  }
  for (let a = 0; a < c.slots; a++) {
    const injected = h * controls.injector[c.chamber[a]];
    if (injected > 0)
      bookArrival(c, stepper, c.capacity + INJECTORS, settings.injectorTemperature, a, injected, totals);
  }
  for (let v = 0; v < c.capacity + 2; v++) {
    if (v === c.slots) v = c.capacity;
    bookDilution(c, stepper, v, totals);
  }
}

/** The other half of the mixing: the gas that was there takes on the new composition. */
function bookDilution(c: SubStepContext, stepper: SubStep, body: number, totals: Float64Array): void {
  const { nodes } = stepper.here;
  const before = nodes.amount[body];
  if (!(before > 0)) return;
  const total = compositionAfter(c, stepper, body);
  totals[HEADER_TOTAL.entropyMixing] += Math.min(before, total) * mixingPart(nodes, body, mixed, 0, total);
}

/** Amounts of a body after the proposed sub-step into `mixed`. @returns their sum, mol */
function compositionAfter(c: SubStepContext, stepper: SubStep, body: number): number {
  let total = 0;
  for (let k = 0; k < SPECIES_COUNT; k++) {
    mixed[k] = c.base[body * STRIDE + k] + stepper.next[body * STRIDE + k];
    total += mixed[k];
  }
  return total;
}

function bookLink(c: SubStepContext, stepper: SubStep, e: number, totals: Float64Array): void {
  const { here, moved, rise } = stepper;
  const { nodes, links } = here;
  const forward = moved[e] > 0;
  const up = forward ? links.up[e] : links.down[e];
  const down = forward ? links.down[e] : links.up[e];
  const amount = Math.abs(moved[e]);
  const before = throttlingPart(nodes.pressure[up], nodes.pressure[down]);
  const after = throttlingPart(nodes.pressure[up] + rise[up], nodes.pressure[down] + rise[down]);
  totals[HEADER_TOTAL.entropyThrottling] += amount * 0.5 * (before + after);
  if (down < c.capacity + 2 && nodes.amount[up] > 0)
    bookArrival(c, stepper, up, nodes.temperature[up], down, amount, totals);
}

/** Gas of body `from`, at T, becomes part of the gas of body `to`. */
function bookArrival(
  c: SubStepContext,
  stepper: SubStep,
  from: number,
  T: number,
  to: number,
  amount: number,
  totals: Float64Array,
): void {
  const { nodes } = stepper.here;
  if (nodes.amount[to] > 0) {
    const cp = nodes.heatCapacity[from] + R;
    totals[HEADER_TOTAL.entropyHeat] += amount * heatPart(cp, T, nodes.temperature[to]);
  }
  const total = compositionAfter(c, stepper, to);
  totals[HEADER_TOTAL.entropyMixing] += amount * mixingPart(nodes, from, mixed, 0, total);
}
