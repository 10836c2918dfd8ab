// What the farm shows: fields per chamber, metrics of the whole, validity notes. Reads the farm, changes nothing.

import { ATM } from './constants.ts';
import type { Farm } from './farm.ts';
import type { FieldName } from './fields.ts';
import { REFERENCE_TEMPERATURE } from './gas/caloric.ts';
import { maximumWaterFraction } from './gas/mixture.ts';
import { SPECIES, SPECIES_COUNT } from './gas/species.ts';
import { leastSaturationPressure } from './gas/water.ts';
import { frequencyOffset } from './gas-oscillation/frequency-calculator.ts';
import { amplitudeOf, phaseOf } from './gas-oscillation/oscillation-detector.ts';
import type { DrivePattern } from './gas-oscillation/phase-controller.ts';
import { CLOCK, TOTAL } from './gas-oscillation/state.ts';
import type { Layout } from './lattice/layout.ts';
import { METRIC_NAMES, type MetricName } from './metrics.ts';
import { cos, hypot, PI, sin, TWO_PI } from './numerics/elementary.ts';
import type { ParameterKey } from './parameters/table.ts';
import { VALIDITY_LIMITS } from './parameters/validity-limits.ts';
import { entropyIn } from './thermodynamics/first-law.ts';

/** Where a result is outside the model's validity, or near it. */
export interface ValidityNote {
  readonly level: 'caution' | 'outside';
  readonly quantity: string;
  readonly message: string;
  /** The knobs it belongs to. */
  readonly keys: readonly ParameterKey[];
}

/** The value of a one-component field at chamber i. */
function fieldReader(farm: Farm, field: Exclude<FieldName, 'strobe'>): (i: number) => number {
  const { state, detector } = farm;
  const r = detector.readings;
  switch (field) {
    case 'pressure_Pa':
      return (i) => state.pressure[i];
    case 'pressureDeviation_Pa':
      // Averaged: the oscillation of the means at the drive's present phase.
      if (farm.mode === 'averaged') {
        const c = cos(TWO_PI * state.clock[CLOCK.turns]);
        const s = sin(TWO_PI * state.clock[CLOCK.turns]);
        return (i) => r.cosine[i] * c + r.sine[i] * s;
      }
      return (i) => state.pressure[i] - detector.sums.offset[i];
    case 'amplitude_Pa':
      return (i) => amplitudeOf(r, i);
    case 'phase_rad':
      return (i) => phaseOf(r, i);
    case 'temperature_K': {
      const temperature = r.count > 0 ? r.temperature : state.temperature;
      return (i) => REFERENCE_TEMPERATURE + temperature[i];
    }
    case 'wallTemperature_K':
      return (i) => REFERENCE_TEMPERATURE + state.wall[i];
    case 'chipTemperature_K':
      return (i) => REFERENCE_TEMPERATURE + state.chip[i];
    case 'airTemperature_K':
      return (i) => airTemperature(farm, i);
    case 'drivePower_W':
      return (i) => r.drivePower[i];
    case 'wallHeat_W':
      return (i) => r.wallHeat[i] + r.friction[i];
    case 'frequencyOffset_Hz':
      return (i) => frequencyOffset(r, i);
    case 'safetyRung':
      return (i) => farm.plant.rung(i);
    case 'condensate_mol':
      return (i) => state.film[i];
    case 'localCoherence': {
      const coherence = localCoherence(farm);
      return (i) => coherence[i];
    }
  }
}

/** Temperature of the room's air at chamber i, K. */
export const airTemperature = (farm: Farm, i: number): number =>
  REFERENCE_TEMPERATURE + (farm.room.isSolved ? farm.room.airTemperature[i] : farm.surroundings.roomTemperature);

/** Writes a field of all chambers into `target` (fieldComponents numbers each). */
export function writeField(farm: Farm, field: FieldName, target: Float32Array): void {
  if (field === 'strobe') {
    const { cosine, sine } = farm.detector.readings;
    for (let i = 0; i < cosine.length; i++) {
      target[2 * i] = cosine[i];
      target[2 * i + 1] = sine[i];
    }
    return;
  }
  const read = fieldReader(farm, field);
  for (let i = 0; i < farm.state.chambers; i++) target[i] = read(i);
}

const directions = new WeakMap<DrivePattern, { readonly re: Float64Array; readonly im: Float64Array }>();

/** e^{iθ_source} per chamber, found once per pattern. */
function sourceDirections(pattern: DrivePattern): { readonly re: Float64Array; readonly im: Float64Array } {
  let known = directions.get(pattern);
  if (!known) {
    known = { re: pattern.phase.map(cos), im: pattern.phase.map(sin) };
    directions.set(pattern, known);
  }
  return known;
}

/** |mean of e^{i(θ − θ_source)}| over each chamber and its neighbours; valid until the next call. */
export function localCoherence(farm: Farm): Float64Array {
  const n = farm.layout.count;
  const { edges } = farm.layout;
  const { re, im, sumRe, sumIm, members } = coherenceSums(farm.layout);
  const source = sourceDirections(farm.pattern);
  const { cosine, sine } = farm.detector.readings;
  for (let i = 0; i < n; i++) {
    // e^{i(θ − θ_source)} with θ the phase of cosine − i·sine; of a chamber at rest 0.
    const amplitude = hypot(cosine[i], sine[i]);
    const x = amplitude > 0 ? cosine[i] / amplitude : 1;
    const y = amplitude > 0 ? -sine[i] / amplitude : 0;
    re[i] = x * source.re[i] + y * source.im[i];
    im[i] = y * source.re[i] - x * source.im[i];
  }
  sumRe.set(re);
  sumIm.set(im);
  for (let e = 0; e < edges.length / 2; e++) {
    const i = edges[2 * e];
    const j = edges[2 * e + 1];
    sumRe[i] += re[j];
    sumIm[i] += im[j];
    sumRe[j] += re[i];
    sumIm[j] += im[i];
  }
  for (let i = 0; i < n; i++) re[i] = hypot(sumRe[i], sumIm[i]) / members[i];
  return re;
}

interface CoherenceSums {
  readonly re: Float64Array;
  readonly im: Float64Array;
  readonly sumRe: Float64Array;
  readonly sumIm: Float64Array;
  /** A chamber and its neighbours. */
  readonly members: Float64Array;
}

const coherenceKept = new WeakMap<Layout, CoherenceSums>();

function coherenceSums(layout: Layout): CoherenceSums {
  let kept = coherenceKept.get(layout);
  if (!kept) {
    const array = (): Float64Array => new Float64Array(layout.count);
    kept = { re: array(), im: array(), sumRe: array(), sumIm: array(), members: array().fill(1) };
    for (const i of layout.edges) kept.members[i]++;
    coherenceKept.set(layout, kept);
  }
  return kept;
}

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
  flowMetrics(farm, set);
  const b = farm.balance();
  set('storedEnergy_J', b.stored);
  set('massResidual', b.mass);
  set('speciesResidual', b.species);
  set('energyResidual', b.energy);
  return values;
}

function oscillationMetrics(farm: Farm, set: (name: MetricName, value: number) => void): void {
  const r = farm.detector.readings;
  const n = farm.layout.count;
  const amplitudes = new Float64Array(n);
  const source = sourceDirections(farm.pattern);
  let square = 0;
  let largest = 0;
  let smallest = Number.POSITIVE_INFINITY;
  let re = 0;
  let im = 0;
  let patternRe = 0;
  let patternIm = 0;
  let standingRe = 0;
  let standingIm = 0;
  let energy = 0;
  let offset = 0;
  let pressure = 0;
  for (let i = 0; i < n; i++) {
    const amplitude = amplitudeOf(r, i);
    const ratio = amplitude / r.pressure[i];
    const x = amplitude > 0 ? r.cosine[i] / amplitude : 1;
    const y = amplitude > 0 ? -r.sine[i] / amplitude : 0;
    amplitudes[i] = amplitude;
    square += ratio * ratio;
    largest = Math.max(largest, ratio);
    smallest = Math.min(smallest, ratio);
    re += x;
    im += y;
    patternRe += x * source.re[i] + y * source.im[i];
    patternIm += y * source.re[i] - x * source.im[i];
    standingRe += r.cosine[i] * r.cosine[i] - r.sine[i] * r.sine[i];
    standingIm -= 2 * r.cosine[i] * r.sine[i];
    energy += amplitude * amplitude;
    offset += frequencyOffset(r, i);
    pressure += r.pressure[i];
  }
  amplitudes.sort();
  const percentile = (share: number): number => amplitudes[Math.min(n - 1, Math.floor(share * n))];
  set('pressureRatioRms', Math.sqrt(square / n));
  set('pressureRatioMax', largest);
  set('pressureRatioMin', smallest);
  set('amplitudeSpread', percentile(0.1) > 0 ? percentile(0.9) / percentile(0.1) : Number.NaN);
  set('orderParameter', hypot(re, im) / n);
  set('patternOrderParameter', hypot(patternRe, patternIm) / n);
  set('standingRatio', energy > 0 ? hypot(standingRe, standingIm) / energy : Number.NaN);
  set('frequencyMean_Hz', farm.values['drive.frequency_Hz'] + offset / n);
  set('pressureMean_Pa', pressure / n);
  if (farm.drive.control) {
    set('driveTrackingError', farm.drive.control.error);
    set('driveTrackingErrorMax', farm.drive.control.largestError);
    set('driveStrokeMax_m3', 2 * farm.drive.control.largestDisplacement);
  }
  const coherence = localCoherence(farm);
  set('localCoherenceMean', coherence.reduce((a, b) => a + b, 0) / n);
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
  const room = farm.room.readings();
  if (room) {
    set('airOutletTemperature_K', REFERENCE_TEMPERATURE + room.outletTemperature);
    set('airThroughLattice_m3_per_s', room.blockFlow);
    set('fanPower_W', room.fanPower);
    set('roomAirResidual', farm.room.balanceResidual());
  }
  set(
    'condensedWater_mol',
    state.film.reduce((a, b) => a + b, 0),
  );
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

const DRIVE_KEYS: readonly ParameterKey[] = ['drive.stroke_m3', 'drive.pressure_ratio'];

/** Where the farm is near or beyond what the model covers, with the number and the law. */
export function validityNotes(farm: Farm, metrics: Float64Array): ValidityNote[] {
  const notes: ValidityNote[] = [];
  const metric = (name: MetricName): number => metrics[METRIC_NAMES.indexOf(name)];
  for (const { metric: name, quantity, caution, outside, law, keys } of VALIDITY_LIMITS) {
    const value = metric(name);
    if (!(value > caution)) continue;
    notes.push({
      level: value > outside ? 'outside' : 'caution',
      quantity,
      message: `${quantity} is ${value.toPrecision(3)}: ${law}`,
      keys,
    });
  }
  if (farm.drive.remark !== null) {
    notes.push({ level: 'outside', quantity: 'Piston stroke', message: farm.drive.remark, keys: DRIVE_KEYS });
  }
  rangeNotes(farm, metric, notes);
  return notes;
}

/** Extremes of the chambers' gas: Pa, K, and the highest vapour pressure over saturation at the wall. */
function gasRange(farm: Farm): { low: number; high: number; cold: number; hot: number; wettest: number } {
  const { state } = farm;
  let low = Number.POSITIVE_INFINITY;
  let high = 0;
  let cold = Number.POSITIVE_INFINITY;
  let hot = 0;
  let wettest = 0;
  const water = SPECIES.findIndex((s) => s.symbol === 'H2O');
  for (let i = 0; i < state.chambers; i++) {
    low = Math.min(low, state.pressure[i]);
    high = Math.max(high, state.pressure[i]);
    const T = REFERENCE_TEMPERATURE + state.temperature[i];
    cold = Math.min(cold, T);
    hot = Math.max(hot, T);
    const x = state.amounts[i * SPECIES_COUNT + water] / state.amount[i];
    const wall = REFERENCE_TEMPERATURE + state.wall[i];
    // The saturation pressure is dear: only of chambers that may be the wettest.
    if (x * state.pressure[i] > wettest * leastSaturationPressure(wall))
      wettest = Math.max(wettest, x / maximumWaterFraction(wall, state.pressure[i]));
  }
  return { low, high, cold, hot, wettest };
}

function rangeNotes(farm: Farm, metric: (name: MetricName) => number, notes: ValidityNote[]): void {
  const { values, layout } = farm;
  const { low, high, cold, hot, wettest } = gasRange(farm);
  const [lowAtm, highAtm] = values['gas_oscillation.pressure_range'];
  const [lowK, highK] = values['gas_oscillation.temperature_range'];
  const note = (
    level: 'caution' | 'outside',
    quantity: string,
    message: string,
    keys: readonly ParameterKey[],
  ): void => {
    notes.push({ level, quantity, message, keys });
  };
  if (low < lowAtm * ATM || high > highAtm * ATM) {
    note(
      'caution',
      'Pressure',
      `Pressure from ${(low / ATM).toPrecision(3)} to ${(high / ATM).toPrecision(3)} atm leaves the operating range ${lowAtm} to ${highAtm} atm.`,
      ['initial.pressure_Pa', ...DRIVE_KEYS],
    );
  }
  if (high > values['gas_chambers.pressure_rating'] * ATM) {
    note(
      'outside',
      'Pressure rating',
      `Pressure of ${(high / ATM).toPrecision(3)} atm exceeds the chambers’ rating of ${values['gas_chambers.pressure_rating']} atm.`,
      ['gas_chambers.pressure_rating', 'initial.pressure_Pa'],
    );
  }
  if (cold < lowK || hot > highK) {
    note(
      'caution',
      'Temperature',
      `Gas temperature from ${cold.toPrecision(4)} to ${hot.toPrecision(4)} K leaves the operating range ${lowK} to ${highK} K.`,
      ['initial.temperature_K'],
    );
  }
  if (metric('wallTemperatureMax_K') > values['gas_chambers.temperature_rating']) {
    note(
      'outside',
      'Temperature rating',
      `Wall temperature exceeds the rating of ${values['gas_chambers.temperature_rating']} K.`,
      ['gas_chambers.temperature_rating', 'chips.power_W'],
    );
  }
  if (cold < 200 || hot > 1000) {
    note(
      'outside',
      'Gas data',
      `Gas temperature from ${cold.toPrecision(4)} to ${hot.toPrecision(4)} K leaves the range of the gas data, 200 to 1000 K.`,
      ['initial.temperature_K'],
    );
  }
  if (wettest > 1) {
    note(
      'caution',
      'Condensation',
      `Water vapour is ${wettest.toPrecision(3)} times its saturation at the wall: it condenses.`,
      ['gas.mixture', 'initial.pressure_Pa', 'initial.temperature_K'],
    );
  }
  if (layout.roomProblem)
    note('caution', 'Room', layout.roomProblem, [
      'physical_infrastructure.room_dimensions',
      'layout.spacing_m',
      'layout.size',
    ]);
}

/** Entropy production for documents without a whole window: since the start, W/K. */
export const meanEntropyProduction = (farm: Farm): number =>
  farm.time_s > 0 ? entropyIn(farm.state.totals) / farm.time_s : 0;
