// Energies of the gas of a chamber or of the farm: internal, free, and what work it could do; each term explained.

import { Tooltip } from '@mantine/core';
import type { ChamberPotentials } from '../../engine/thermodynamics/chamber-ledger.ts';
import { quantityText } from '../shell/format.ts';
import classes from './Inspector.module.css';

const POTENTIALS: readonly {
  readonly key: keyof ChamberPotentials;
  readonly label: string;
  readonly symbol: string;
  readonly unit: string;
  readonly help: string;
}[] = [
  {
    key: 'internalEnergy_J',
    label: 'Internal energy',
    symbol: 'U',
    unit: 'J',
    help: 'Energy of the gas at its mean state. Zero: the elements at 298.15 K, so compounds count their heat of formation.',
  },
  {
    key: 'entropy_J_per_K',
    label: 'Entropy',
    symbol: 'S',
    unit: 'J_per_K',
    help: 'Absolute entropy of the gas with its entropy of mixing.',
  },
  {
    key: 'helmholtz_J',
    label: 'Helmholtz energy',
    symbol: 'F = U − TS',
    unit: 'J',
    help: 'Its decrease is the most work the gas can do at constant temperature and volume.',
  },
  {
    key: 'gibbs_J',
    label: 'Gibbs energy',
    symbol: 'G = U + pV − TS',
    unit: 'J',
    help: 'Its decrease is the most work besides expansion at constant temperature and pressure; least at equilibrium.',
  },
  {
    key: 'exergy_J',
    label: 'Exergy',
    symbol: 'ΔU + p₀ΔV − T₀ΔS',
    unit: 'J',
    help: 'Work the gas could do coming to the supply air’s temperature T₀ and p₀ = 1 atm, its composition kept. Zero there.',
  },
];

export function GasEnergies({ title, potentials }: { title: string; potentials: ChamberPotentials }) {
  return (
    <section className={classes.block} aria-label="Free energies">
      <h3 className={classes.heading}>{title}</h3>
      <dl className={classes.figures}>
        {POTENTIALS.map(({ key, label, symbol, unit, help }) => (
          <div key={key}>
            <dt>
              <Tooltip
                label={`${label} ${symbol}. ${help}`}
                position="left"
                events={{ hover: true, focus: true, touch: true }}
              >
                <button type="button" className={classes.term}>
                  {label}
                </button>
              </Tooltip>
            </dt>
            <dd>{quantityText(potentials[key], unit, unit, 4)}</dd>
          </div>
        ))}
      </dl>
    </section>
  );
}
