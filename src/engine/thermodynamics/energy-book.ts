// What the farm's balance is reckoned from: the start, and everything that edits and changes of description put in or took
// out since, booked openly.

import { type FarmState, TOTAL } from '../gas-oscillation/state.ts';
import { forgetUnseen } from '../gas-oscillation/unseen-energy.ts';
import { type BalanceOrigin, type GivenGas, type StoredEnergy, speciesTotals, totalStored } from './first-law.ts';

export class EnergyBook {
  readonly origin: BalanceOrigin = {
    energy: { gas: 0, layers: 0, solids: 0, ducts: 0 },
    editEnergy: 0,
    species: new Float64Array(6),
  };

  constructor(
    private readonly state: () => FarmState,
    private readonly stored: () => StoredEnergy,
    private readonly given: GivenGas,
  ) {}

  /** Takes the present state as the origin. */
  rebase(): void {
    this.state().totals.fill(0);
    forgetUnseen(this.state());
    this.origin.energy = this.stored();
    this.origin.editEnergy = 0;
    this.origin.species.set(speciesTotals(this.state()));
  }

  /** Runs `change` and books the energy it added. Heat it moved across the boundary is in the totals already. */
  booked<Result>(change: () => Result): Result {
    const before = this.open();
    const result = change();
    this.origin.editEnergy += this.open() - before;
    return result;
  }

  /** As booked, and the gas added too. */
  bookedWithGas<Result>(change: () => Result): Result {
    const before = speciesTotals(this.state());
    const result = this.booked(change);
    const after = speciesTotals(this.state());
    for (let k = 0; k < after.length; k++) this.origin.species[k] += after[k] - before[k];
    return result;
  }

  restore(origin: BalanceOrigin): void {
    Object.assign(this.origin, { energy: origin.energy, editEnergy: origin.editEnergy });
    this.origin.species.set(origin.species);
  }

  /** Energy in the farm that its totals do not explain, J, up to a constant. */
  private open(): number {
    const { totals } = this.state();
    const supplied = totals[TOTAL.driveWork] + totals[TOTAL.chipHeat] - totals[TOTAL.roomHeat];
    return totalStored(this.stored()) - supplied - this.given.energyGiven;
  }
}
