// Compares the gas model with the table of reference states of pure gases (gas/reference_pure_gas.csv), gas by gas.

import { GAS_CONSTANT as R } from '../constants.ts';
import { denseMixtureTransport } from '../gas/dense-transport.ts';
import { gasProperties } from '../gas/mixture.ts';
import { SPECIES, SPECIES_COUNT } from '../gas/species.ts';

export type TableQuantity = 'Z' | 'w' | 'cp' | 'viscosity' | 'conductivity';

/** Largest relative deviations allowed (models.md 1.2: B-only model; dense-transport.ts). */
export const TABLE_TOLERANCES: Readonly<Record<TableQuantity, number>> = {
  Z: 1e-3,
  w: 1e-3,
  cp: 5e-3,
  viscosity: 0.02,
  conductivity: 0.02,
};

export interface WorstDeviation {
  readonly species: string;
  readonly quantity: TableQuantity;
  readonly deviation: number;
  readonly T: number;
  readonly p: number;
  readonly measured: number;
  readonly expected: number;
}

/** The worst relative deviation per gas and quantity, at the table's states. @param text the CSV with its header line */
export function worstDeviations(text: string): WorstDeviation[] {
  const [header, ...lines] = text.trim().split('\n');
  const columns = header.trim().split(',');
  const worst = new Map<string, WorstDeviation>();
  for (const line of lines) {
    const cells = line.trim().split(',');
    const value = (name: string): number => Number(cells[columns.indexOf(name)]);
    const species = cells[0];
    const T = value('T_K');
    const p = value('p_Pa');
    const x = new Float64Array(SPECIES_COUNT);
    x[SPECIES.findIndex((s) => s.symbol === species)] = 1;
    const gas = gasProperties(x, T, p, 'virial');
    const transport = denseMixtureTransport(x, T, p / (gas.compressibility * R * T));
    const pairs: readonly [TableQuantity, number, number][] = [
      ['Z', gas.compressibility, value('Z')],
      ['w', gas.soundSpeed_m_per_s, value('w_ms')],
      ['cp', gas.cp_J_per_kgK, value('cp_JkgK')],
      ['viscosity', transport.viscosity, value('eta_Pas')],
      ['conductivity', transport.conductivity, value('lambda_WmK')],
    ];
    for (const [quantity, measured, expected] of pairs) {
      const deviation = Math.abs(measured / expected - 1);
      const key = `${species} ${quantity}`;
      if (deviation >= (worst.get(key)?.deviation ?? -1)) {
        worst.set(key, { species, quantity, deviation, T, p, measured, expected });
      }
    }
  }
  return [...worst.values()];
}
