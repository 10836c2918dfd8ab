// The figures of the selected chambers: one column each.

import type { ChamberDetail } from '../../worker/protocol.ts';
import { quantity, significant } from '../shell/format.ts';
import classes from './Inspector.module.css';
import { chamberColour } from './scope-data.ts';

interface Reading {
  readonly label: string;
  /** Unit when all columns share it; '' when each value brings its own. */
  readonly unit: string;
  text(detail: ChamberDetail): string;
}

const DEGREES = 180 / Math.PI;
const ATM = 101325;

const own = (value: number, unit: string, digits = 3): string => {
  const { value: text, unit: symbol } = quantity(value, unit, unit, digits);
  return `${text}\u202f${symbol}`;
};

const READINGS: readonly Reading[] = [
  { label: 'Pressure', unit: 'atm', text: (d) => significant(d.pressure_Pa / ATM, 5) },
  { label: 'Mean pressure', unit: 'atm', text: (d) => significant(d.meanPressure_Pa / ATM, 5) },
  { label: 'Amplitude', unit: '', text: (d) => own(d.amplitude_Pa, 'Pa') },
  { label: 'Phase', unit: '°', text: (d) => degrees(d.phase_rad) },
  {
    label: 'Phase of source',
    unit: '°',
    text: (d) => (d.sourcePhase_rad === null ? 'not driven' : degrees(d.sourcePhase_rad)),
  },
  { label: 'Frequency', unit: 'Hz', text: (d) => significant(d.frequency_Hz, 6) },
  { label: 'Local coherence', unit: '', text: (d) => significant(d.localCoherence, 4) },
  { label: 'Gas temperature', unit: 'K', text: (d) => significant(d.temperature_K, 5) },
  { label: 'Wall temperature', unit: 'K', text: (d) => significant(d.wallTemperature_K, 5) },
  { label: 'Room air', unit: 'K', text: (d) => significant(d.airTemperature_K, 5) },
  { label: 'Chip temperature', unit: 'K', text: (d) => significant(d.chipTemperature_K, 5) },
  { label: 'Drive power', unit: '', text: (d) => own(d.ledger.flows.driveToGas_W, 'W') },
  { label: 'Gas', unit: '', text: (d) => own(d.amount_mol, 'mol') },
];

const degrees = (radians: number): string => (radians * DEGREES).toFixed(1).replace('-', '−');

export function Readings({ details }: { details: readonly ChamberDetail[] }) {
  return (
    <section className={classes.tableScroll} aria-label="Readings" tabIndex={details.length > 2 ? 0 : undefined}>
      <table className={classes.readings}>
        <thead>
          <tr>
            <th scope="col">Chamber</th>
            {details.map((d, i) => (
              <th key={d.id} scope="col">
                <span className={classes.swatch} style={{ background: `var(${chamberColour(i)})` }} />
                {d.id}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {READINGS.map(({ label, unit, text }) => (
            <tr key={label}>
              <th scope="row">
                {label}
                {unit !== '' && <span className={classes.unit}> {unit}</span>}
              </th>
              {details.map((d) => (
                <td key={d.id}>{text(d)}</td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  );
}
