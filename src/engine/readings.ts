// The metrics of the whole farm: power, heat, headers, room air, flow in the ducts, balances. Reads the farm, changes nothing.
// Not here: oscillation (oscillation-readings.ts), fields (field-readings.ts), validity notes (validity.ts).

import { ATM } from './constants.ts';
import type { Farm } from './farm.ts';
import { airTemperature } from './field-readings.ts';
import { REFERENCE_TEMPERATURE } from './gas/caloric.ts';
import { TOTAL } from './gas-oscillation/state.ts';
import { gasRange } from './gas-range.ts';
import { METRIC_NAMES, type MetricName } from './metrics.ts';
import { PI } from './numerics/elementary.ts';
import { oscillationMetrics } from './oscillation-readings.ts';
import { entropyIn } from './thermodynamics/first-law.ts';

/** Metrics of the last whole window, in the order of METRIC_NAMES; NaN before the first. */
export function computeMetrics(farm: Farm): Float64Array {
  const values = new Float64Array(METRIC_NAMES.length).fill(Number.NaN);
  const set = (name: MetricName, value: number): void => {
    values[METRIC_NAMES.indexOf(name)] = value;
  };
  const r = farm.detector.readings;
  if (r.count > 0) {
    oscillationMetrics(farm, set);
    const power = (index: number): number => farm.window.last[index] / r.duration_s;
    set('drivePower_W', power(TOTAL.driveWork));
    set('viscousPower_W', power(TOTAL.friction));
    set('minorLossPower_W', power(TOTAL.minorLoss));
    set('thermalLossPower_W', power(TOTAL.thermalLoss));
    set('chipPower_W', power(TOTAL.chipHeat));
    set('roomHeat_W', power(TOTAL.roomHeat));
    const entropy = (entropyIn(farm.window.last) + farm.window.lastHeaders[1]) / r.duration_s;
    set('entropyProduction_W_per_K', entropy);
    set('exergyDestroyed_W', entropy * (REFERENCE_TEMPERATURE + farm.surroundings.roomTemperature));
    const supplied = power(TOTAL.driveWork) + power(TOTAL.chipHeat);
    set('thermalImbalance', supplied > 0 ? (supplied - power(TOTAL.roomHeat)) / supplied : Number.NaN);
  }
  heatMetrics(farm, set);
  headerMetrics(farm, set);
  roomMetrics(farm, set);
  flowMetrics(farm, set);
  const b = farm.balance();
  set('storedEnergy_J', b.stored);
  set('massResidual', b.mass);
  set('speciesResidual', b.species);
  set('energyResidual', b.energy);
  return values;
}

function heatMetrics(farm: Farm, set: (name: MetricName, value: number) => void): void {
  const { state, detector } = farm;
  const n = state.chambers;
  let gas = 0;
  let wall = 0;
  let wallMax = Number.NEGATIVE_INFINITY;
  let chipMax = Number.NEGATIVE_INFINITY;
  const gasTemperature = detector.readings.count > 0 ? detector.readings.temperature : state.temperature;
  for (let i = 0; i < n; i++) {
    gas += gasTemperature[i];
    wall += state.wall[i];
    wallMax = Math.max(wallMax, state.wall[i]);
    chipMax = Math.max(chipMax, state.chip[i]);
  }
  set('gasTemperatureMean_K', REFERENCE_TEMPERATURE + gas / n);
  set('wallTemperatureMean_K', REFERENCE_TEMPERATURE + wall / n);
  set('wallTemperatureMax_K', REFERENCE_TEMPERATURE + wallMax);
  set('chipTemperatureMax_K', REFERENCE_TEMPERATURE + chipMax);
  let air = 0;
  let airMax = Number.NEGATIVE_INFINITY;
  for (let i = 0; i < n; i++) {
    const T = airTemperature(farm, i);
    air += T;
    airMax = Math.max(airMax, T);
  }
  set('airTemperatureMean_K', air / n);
  set('airTemperatureMax_K', airMax);
  set(
    'condensedWater_mol',
    state.film.reduce((a, b) => a + b, 0),
  );
}

function headerMetrics(farm: Farm, set: (name: MetricName, value: number) => void): void {
  const { detector } = farm;
  const headers = farm.headers.present;
  if (headers) set('ventedAmount_mol', farm.headers.vented);
  if (headers && farm.headers.hasHeaders) {
    set('supplyPressure_Pa', headers.pressure(0));
    set('returnPressure_Pa', headers.pressure(1));
    if (detector.readings.count > 0)
      set('compressorPower_W', farm.window.lastHeaders[2] / detector.readings.duration_s);
    const { machines } = headers;
    if (machines) {
      const [discharge, outlet, flow] = machines.readings;
      set('pumpsRunning', machines.control.running);
      set('pumpedFlow_mol_per_s', flow);
      if (flow > 0) set('dischargeTemperature_K', discharge);
      set('coolerOutlet_K', outlet);
    }
  }
}

function roomMetrics(farm: Farm, set: (name: MetricName, value: number) => void): void {
  const room = farm.room.readings();
  if (room) {
    set('airOutletTemperature_K', REFERENCE_TEMPERATURE + room.outletTemperature);
    set('airThroughLattice_m3_per_s', room.blockFlow);
    set('fanPower_W', room.fanPower);
    set('roomAirResidual', farm.room.balanceResidual());
  }
}

function flowMetrics(farm: Farm, set: (name: MetricName, value: number) => void): void {
  const omega = 2 * PI * farm.values['drive.frequency_Hz'];
  const { edges } = farm.layout;
  const { coefficients: c } = farm;
  const area = PI * farm.ducts.radius * farm.ducts.radius;
  const { peakFlow } = farm.detector.readings;
  let mach = 0;
  let reynolds = 0;
  let tidal = 0;
  let knudsen = 0;
  let shock = 0;
  for (let e = 0; e < peakFlow.length; ) {
    // Ducts come in runs of one first chamber, and neighbours often share their gas.
    const gas = c.gas[edges[2 * e]];
    let flow = 0;
    let flowLength = 0;
    for (; e < peakFlow.length && c.gas[edges[2 * e]] === gas; e++) {
      flow = Math.max(flow, peakFlow[e]);
      flowLength = Math.max(flowLength, peakFlow[e] * farm.ducts.lengths[e]);
      if (peakFlow[e] > tidal * c.halfVolume[e]) tidal = peakFlow[e] / c.halfVolume[e];
    }
    const speed = flow / area;
    const kinematic = gas.viscosity_Pa_s / gas.density_kg_per_m3;
    const a = gas.idealSoundSpeed_m_per_s;
    mach = Math.max(mach, speed / a);
    knudsen = Math.max(knudsen, gas.meanFreePath_m / (2 * farm.ducts.radius));
    shock = Math.max(shock, (0.5 * (gas.gamma + 1) * omega * flowLength) / (area * a * a));
    reynolds = Math.max(reynolds, (speed * Math.sqrt((2 * kinematic) / omega)) / kinematic);
  }
  set('knudsenMax', knudsen);
  set('shockRatioMax', shock);
  set('timeStepShare', c.timeStep / farm.stableStep);
  if (farm.mode === 'averaged') set('harmonicShare', farm.averaged.harmonicShare());
  set('machMax', mach);
  set('reynoldsMax', reynolds);
  set('tidalRatioMax', tidal / omega);
  let slowest = Number.POSITIVE_INFINITY;
  for (const gas of c.gas) slowest = Math.min(slowest, gas.idealSoundSpeed_m_per_s);
  const { high, wettest } = gasRange(farm);
  set('saturationMax', wettest);
  set('pressureOverRating', high / (farm.values['gas_chambers.pressure_rating'] * ATM));
  set('helmholtzNumber', (omega * farm.layout.sphereRadius_m) / slowest);
}

/** Entropy production for documents without a whole window: since the start, W/K. */
export const meanEntropyProduction = (farm: Farm): number =>
  farm.time_s > 0 ? entropyIn(farm.state.totals) / farm.time_s : 0;
