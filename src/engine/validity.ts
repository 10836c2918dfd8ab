// Where the farm is near or beyond what the model covers, in words. Reads the farm and its metrics, changes nothing; the limits
// of single metrics are rows of parameters/validity-limits.ts.

import { ATM } from './constants.ts';
import type { Farm } from './farm.ts';
import { gasRange } from './gas-range.ts';
import { METRIC_NAMES, type MetricName } from './metrics.ts';
import type { ParameterKey } from './parameters/table.ts';
import { VALIDITY_LIMITS } from './parameters/validity-limits.ts';

/** Where a result is outside the model's validity, or near it. */
export interface ValidityNote {
  readonly level: 'caution' | 'outside';
  readonly quantity: string;
  readonly message: string;
  /** The knobs it belongs to. */
  readonly keys: readonly ParameterKey[];
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
