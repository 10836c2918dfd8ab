// How the farm stops and starts: emergency stop, orderly shutdown, restart. A row of phases, each with what it demands of the
// plant, when it is done, how long it may take and what follows if it takes longer. A shutdown never gets stuck on its way: what
// will not finish is carried on, or becomes an emergency. Who commands the plant obeys `demand`; the interlocks stand above it.

import type { Problem } from '../../config/problem.ts';
import { PERMISSIVES } from './permissives.ts';
import {
  type Demand,
  PHASE_NAMES,
  PHASES,
  type PhaseName,
  type PlantReadings,
  type SequenceSettings,
  STANDARD_SEQUENCE,
} from './sequence-phases.ts';

export interface SequenceEvent {
  readonly time_s: number;
  readonly from: PhaseName;
  readonly to: PhaseName;
  readonly who: string;
  readonly why: string;
}

export interface SequenceStatus {
  readonly phase: PhaseName;
  readonly label: string;
  readonly since_s: number;
  /** What it waits for, for people. */
  readonly waitingFor: readonly string[];
  /** s; null: it has no time limit. */
  readonly timeLeft_s: number | null;
}

/** A condition of the restart, as it stands. */
export interface PermissiveStatus {
  readonly label: string;
  readonly met: boolean;
  /** What is read and what is wanted; '' where the label says all. */
  readonly reading: string;
  readonly remedy: string;
}

export type SequenceReply = { readonly ok: true } | { readonly ok: false; readonly problems: readonly Problem[] };

const refusal = (message: string, remedy: string): Problem => ({ message, remedy, severity: 'error' });

const FALLING_BACK = 'shutdown';

export class Sequence {
  /** What the plant must do now; the same object always. */
  readonly demand: Demand = { drive: 1, chips: true, supply: true, vents: false, purge: false, fullCooling: false };
  /** [phase, time of entry, drive share, time of the last step] */
  private readonly state = new Float64Array(4);
  private readonly settings: SequenceSettings;

  /** Starts in the phase 'running'. @param time simulated s */
  constructor(
    private readonly sink: (event: SequenceEvent) => void,
    time: number,
    settings: Partial<SequenceSettings> = {},
  ) {
    this.settings = { ...STANDARD_SEQUENCE, ...settings };
    this.state.set([PHASE_NAMES.indexOf('running'), time, 1, time]);
  }

  get phase(): PhaseName {
    return PHASE_NAMES[this.state[0]] ?? 'emergency';
  }

  /** Goes on as far as the readings allow, one phase at most. @param time simulated s */
  step(readings: PlantReadings, time: number): void {
    const { phase } = this;
    const row = PHASES[phase];
    if (PHASE_NAMES[this.state[0]] === undefined) {
      this.state[0] = PHASE_NAMES.indexOf('emergency');
      this.state[1] = time;
    }
    if (readings.farmTripped && row.tripStops) this.enter('emergency', time, 'interlock', 'the farm has tripped');
    else if (row.next !== null && row.waitsFor(readings, this.settings, this.state[2]).length === 0) {
      this.enter(row.next, time, 'sequence', `${row.label} done`);
    } else if (row.onTimeout !== null && !(time - this.state[1] < this.settings.timeouts_s[phase])) {
      const late = row.waitsFor(readings, this.settings, this.state[2]).join('; ');
      this.enter(row.onTimeout, time, FALLING_BACK, `${row.label} took too long: ${late}`);
    }
    this.ramp(time);
  }

  /** Stops everything at once, from wherever. Never refused. @param time simulated s */
  emergencyStop(who: string, why: string, time: number): void {
    if (this.phase !== 'emergency') this.enter('emergency', time, who.trim() === '' ? 'not named' : who, why);
    this.ramp(time);
  }

  /** Begins the orderly shutdown. @param time simulated s */
  shutDown(who: string, why: string, time: number): SequenceReply {
    if (who.trim() === '') return this.no(refusal('Shutdown: nobody is named.', 'Say who shuts down.'));
    if (!PHASES[this.phase].mayShutDown) {
      return this.no(refusal(`Shutdown: the farm is ${PHASES[this.phase].label}.`, 'Wait until it is safe.'));
    }
    this.enter('ramping-down', time, who, why);
    return { ok: true };
  }

  /** Begins the restart: from 'safe', if every permissive is met. All that are not are told. @param time simulated s */
  restart(readings: PlantReadings, who: string, why: string, time: number): SequenceReply {
    const problems: Problem[] = [];
    if (who.trim() === '') problems.push(refusal('Restart: nobody is named.', 'Say who restarts.'));
    if (this.phase !== 'safe') {
      problems.push(
        refusal(`Restart: the farm is ${PHASES[this.phase].label}.`, 'Only a farm that is safe is restarted.'),
      );
    }
    for (const { met, message, remedy } of PERMISSIVES) {
      if (!met(readings, this.settings)) problems.push(refusal(`Restart: ${message}.`, remedy));
    }
    if (problems.length > 0) return { ok: false, problems };
    this.enter('purging', time, who, why);
    return { ok: true };
  }

  status(readings: PlantReadings, time: number): SequenceStatus {
    const { phase } = this;
    const row = PHASES[phase];
    return {
      phase,
      label: row.label,
      since_s: this.state[1],
      waitingFor: row.waitsFor(readings, this.settings, this.state[2]),
      timeLeft_s: row.onTimeout === null ? null : Math.max(0, this.state[1] + this.settings.timeouts_s[phase] - time),
    };
  }

  /** What a restart needs, met or not, in the order in which it is looked at. */
  permissives(readings: PlantReadings): PermissiveStatus[] {
    return PERMISSIVES.map(({ label, met, reading, remedy }) => ({
      label,
      met: met(readings, this.settings),
      reading: reading(readings, this.settings),
      remedy,
    }));
  }

  /** The state, for snapshots; call `restored` after it has been filled. */
  arrays(): Float64Array[] {
    return [this.state];
  }

  restored(): void {
    this.obey();
  }

  private no(problem: Problem): SequenceReply {
    return { ok: false, problems: [problem] };
  }

  private enter(to: PhaseName, time: number, who: string, why: string): void {
    const from = this.phase;
    this.state[0] = PHASE_NAMES.indexOf(to);
    this.state[1] = time;
    this.obey();
    this.sink({ time_s: time, from, to, who, why });
  }

  /** Moves the drive's share towards what the phase wants. Down at once where the phase says so, else in the ramp's time. */
  private ramp(time: number): void {
    const { drive, ramped } = PHASES[this.phase];
    const elapsed = time - this.state[3];
    const most = elapsed > 0 ? elapsed / this.settings.ramp_s : 0;
    const share = Number.isFinite(this.state[2]) ? this.state[2] : 0;
    if (!ramped) this.state[2] = drive;
    else this.state[2] = drive > share ? Math.min(drive, share + most) : Math.max(drive, share - most);
    if (Number.isFinite(time)) this.state[3] = time;
    this.obey();
  }

  private obey(): void {
    const { demand } = PHASES[this.phase];
    this.demand.drive = PHASES[this.phase].ramped ? this.state[2] : PHASES[this.phase].drive;
    this.demand.chips = demand.chips;
    this.demand.supply = demand.supply;
    this.demand.vents = demand.vents;
    this.demand.purge = demand.purge;
    this.demand.fullCooling = demand.fullCooling;
  }
}
