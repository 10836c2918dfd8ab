// Stems of the header valves that neither the controller nor a cycle moves: from where they stand to the opening set or held by hand,
// with the response time of the scenario. Shorter than a tenth of a scan they have arrived when they are seen, and are left out.
// A cycle's valves have the same time as their lag behind the pressure (headers/valve-program.ts).

import { ValveStemBank } from '../actuators/valve-stem.ts';
import type { HeaderSystem } from '../headers/header-system.ts';
import type { ManualCommands } from './manual-commands.ts';
import { VALVES } from './plant-topology.ts';

/** Shortest response time that is felt, s. */
const FELT_S = 1e-3;
/** Damping as of the controller's stems; plain valves without positioner: no deadband, no stiction, no limit of speed. */
const STEM = { damping: 0.7, rateLimit: Number.POSITIVE_INFINITY, deadband: 0, stiction: 0 } as const;

export class OpeningStems {
  /** Command and position are openings, shares of the full flow coefficient. */
  readonly bank: ValveStemBank;
  /** [whether the valves have been seen where they stand]. */
  private readonly begun = new Float64Array(1);

  /** @param responseTime s: 1/ω of the stems */
  constructor(
    private readonly chambers: number,
    responseTime: number,
  ) {
    this.bank = new ValveStemBank(VALVES * chambers, { ...STEM, naturalFrequency: 1 / responseTime }, 0);
  }

  static areFelt(responseTime: number): boolean {
    return responseTime >= FELT_S;
  }

  /** One scan, dt (s) after the last. */
  step(dt: number, headers: HeaderSystem, manual: ManualCommands): void {
    this.begin(headers);
    this.command(headers, manual);
    this.bank.step(dt);
    this.tell(headers);
  }

  /** Stems that nothing was known of stand where the openings are set. */
  private begin({ settings: s }: HeaderSystem): void {
    if (this.begun[0] === 1) return;
    this.begun[0] = 1;
    for (let k = 0; k < this.bank.count; k++) this.place(k, k % VALVES === 0 ? s.supplyOpening : s.returnOpening);
  }

  private command({ settings: s }: HeaderSystem, manual: ManualCommands): void {
    const { command } = this.bank;
    for (let i = 0; i < this.chambers; i++) {
      command[VALVES * i] = manual.at('supply-valve', i) ?? s.supplyOpening;
      command[VALVES * i + 1] = manual.at('return-valve', i) ?? s.returnOpening;
    }
  }

  /** Openings into the headers' controls. */
  tell(headers: HeaderSystem): void {
    this.begin(headers);
    const { supply, back } = headers.controls;
    const { position } = this.bank;
    for (let i = 0; i < this.chambers; i++) {
      supply[i] = position[VALVES * i];
      back[i] = position[VALVES * i + 1];
    }
  }

  /** Goes on where stems of another response time stood. */
  inherit(from: OpeningStems): void {
    if (from.bank.count !== this.bank.count) return;
    this.begun.set(from.begun);
    this.bank.position.set(from.bank.position);
    this.bank.velocity.set(from.bank.velocity);
    this.bank.command.set(from.bank.command);
    this.bank.accepted.set(from.bank.accepted);
  }

  /** Begins where valves of another kind stood. @param opening per valve, 0–1; NaN: not known */
  beginAt(opening: Float64Array): void {
    if (opening.length !== this.bank.count || opening.some(Number.isNaN)) return;
    this.begun[0] = 1;
    for (let k = 0; k < opening.length; k++) this.place(k, opening[k]);
  }

  private place(valve: number, opening: number): void {
    this.bank.position[valve] = opening;
    this.bank.command[valve] = opening;
    this.bank.accepted[valve] = opening;
    this.bank.velocity[valve] = 0;
  }

  /** For snapshots. */
  arrays(): Float64Array[] {
    return [this.begun, ...this.bank.arrays()];
  }
}
