// The phases of shutdown and restart as a table. shutdown.ts walks through it; what a restart needs is in permissives.ts.

import { ATM } from '../../constants.ts';

/** What the sequence must know of the plant. A reading that is no number meets no condition. */
export interface PlantReadings {
  /** Largest drive of a chamber, of its set value. */
  readonly drive: number;
  /** Every supply valve and injector is confirmed closed. */
  readonly isolated: boolean;
  /** Highest wall or gas temperature, K. */
  readonly hottest_K: number;
  readonly highestPressure_Pa: number;
  readonly lowestPressure_Pa: number;
  /** Volumes of fresh gas, in chamber volumes, since purging began. */
  readonly purgedVolumes: number;
  /** There are headers, and the supply has gas to purge and refill with. */
  readonly supplyReady: boolean;
  /** Of the room, mole fraction. */
  readonly roomOxygen: number;
  /** Of the set flow. */
  readonly coolingFlow: number;
  /** An interlock of the whole farm is latched; any interlock is; any cause is present. */
  readonly farmTripped: boolean;
  readonly anyTripped: boolean;
  readonly anyCause: boolean;
}

export interface SequenceSettings {
  /** Time from full drive to none, and back, s. */
  readonly ramp_s: number;
  /** Cool enough to depressurise and to start, K. */
  readonly cool_K: number;
  /** At or below it there is no pressure to speak of, Pa. */
  readonly safePressure_Pa: number;
  /** Pressure to which the restart fills, Pa. */
  readonly startPressure_Pa: number;
  readonly purgeVolumes: number;
  readonly roomOxygen: number;
  readonly coolingFlow: number;
  /** Longest stay in each phase that has a limit, s. */
  readonly timeouts_s: Readonly<Record<PhaseName, number>>;
}

export interface Demand {
  /** Share of the set drive that is allowed, 0–1. */
  drive: number;
  chips: boolean;
  /** Supply valves and injectors may open. */
  supply: boolean;
  vents: boolean;
  /** Fresh gas through every chamber. */
  purge: boolean;
  fullCooling: boolean;
}

export const PHASE_NAMES = [
  'running',
  'ramping-down',
  'isolating',
  'cooling',
  'depressurising',
  'safe',
  'emergency',
  'purging',
  'pressurising',
  'ramping-up',
] as const;

export type PhaseName = (typeof PHASE_NAMES)[number];

const NO_LIMIT = Number.POSITIVE_INFINITY;

export const STANDARD_SEQUENCE: SequenceSettings = {
  ramp_s: 10,
  cool_K: 320,
  safePressure_Pa: 1.1 * ATM,
  startPressure_Pa: 5 * ATM,
  purgeVolumes: 3,
  roomOxygen: 0.195,
  coolingFlow: 0.9,
  timeouts_s: {
    running: NO_LIMIT,
    'ramping-down': 30,
    isolating: 30,
    cooling: 3600,
    depressurising: 900,
    safe: NO_LIMIT,
    emergency: NO_LIMIT,
    purging: 1800,
    pressurising: 900,
    'ramping-up': 60,
  },
};

type Waits = (readings: PlantReadings, settings: SequenceSettings, driveShare: number) => string[];

export interface Phase {
  /** "The farm is …" */
  readonly label: string;
  readonly demand: Omit<Demand, 'drive'>;
  /** Share of the drive it goes to; gradually if ramped. */
  readonly drive: number;
  readonly ramped: boolean;
  /** Empty when it is done; else what is missing. */
  readonly waitsFor: Waits;
  readonly next: PhaseName | null;
  readonly onTimeout: PhaseName | null;
  /** A trip of the farm makes it an emergency. */
  readonly tripStops: boolean;
  readonly mayShutDown: boolean;
}

export const shown = (value: number, digits: number): string =>
  Number.isFinite(value) ? value.toFixed(digits) : 'not known';

/** What is missing, told only where the condition is not met; written so that a reading that is no number never meets it. */
const missing = (met: boolean, text: string): string[] => (met ? [] : [text]);

const stopped: Waits = ({ drive }) => missing(drive <= 0.01, `drive at ${shown(100 * drive, 0)} %, wanted 0 %`);
const isolated: Waits = ({ isolated: closed }) => missing(closed, 'supply valves or injectors not confirmed closed');
const cool: Waits = ({ hottest_K }, { cool_K }) =>
  missing(hottest_K <= cool_K, `hottest at ${shown(hottest_K, 1)} K, wanted ${cool_K} K`);
const empty: Waits = ({ highestPressure_Pa }, { safePressure_Pa }) =>
  missing(
    highestPressure_Pa <= safePressure_Pa,
    `highest pressure ${shown(highestPressure_Pa / ATM, 2)} atm, wanted ${shown(safePressure_Pa / ATM, 2)} atm`,
  );
const purged: Waits = ({ purgedVolumes }, settings) =>
  missing(
    purgedVolumes >= settings.purgeVolumes,
    `purged ${shown(purgedVolumes, 1)} volumes of ${settings.purgeVolumes}`,
  );
const filled: Waits = ({ lowestPressure_Pa }, { startPressure_Pa }) =>
  missing(
    lowestPressure_Pa >= 0.98 * startPressure_Pa,
    `lowest pressure ${shown(lowestPressure_Pa / ATM, 2)} atm, wanted ${shown(startPressure_Pa / ATM, 2)} atm`,
  );
const rampedUp: Waits = (_, __, share) => missing(share >= 1, `drive allowed to ${shown(100 * share, 0)} %`);
const nothing: Waits = () => [];

const all =
  (...waits: readonly Waits[]): Waits =>
  (readings, settings, share) =>
    waits.flatMap((one) => one(readings, settings, share));

const CLOSED = { chips: false, supply: false, vents: false, purge: false, fullCooling: true } as const;
const OFF = { drive: 0, ramped: false } as const;

/** In a shutdown nothing waits for ever: what does not finish becomes an emergency, but for cooling, which time alone can do. */
export const PHASES: Readonly<Record<PhaseName, Phase>> = {
  running: {
    label: 'running',
    demand: { chips: true, supply: true, vents: false, purge: false, fullCooling: false },
    drive: 1,
    ramped: true,
    waitsFor: nothing,
    next: null,
    onTimeout: null,
    tripStops: true,
    mayShutDown: true,
  },
  'ramping-down': {
    label: 'ramping its drive down',
    demand: { ...CLOSED, supply: true },
    drive: 0,
    ramped: true,
    waitsFor: stopped,
    next: 'isolating',
    onTimeout: 'emergency',
    tripStops: true,
    mayShutDown: false,
  },
  isolating: {
    ...OFF,
    label: 'closing its supply',
    demand: CLOSED,
    waitsFor: all(stopped, isolated),
    next: 'cooling',
    onTimeout: 'emergency',
    tripStops: true,
    mayShutDown: false,
  },
  cooling: {
    ...OFF,
    label: 'cooling down',
    demand: CLOSED,
    waitsFor: cool,
    next: 'depressurising',
    onTimeout: 'depressurising',
    tripStops: true,
    mayShutDown: false,
  },
  depressurising: {
    ...OFF,
    label: 'letting its pressure off',
    demand: { ...CLOSED, vents: true },
    waitsFor: all(isolated, empty),
    next: 'safe',
    onTimeout: 'emergency',
    tripStops: true,
    mayShutDown: false,
  },
  safe: {
    ...OFF,
    label: 'safe: without drive, supply or pressure',
    demand: { ...CLOSED, vents: true, fullCooling: false },
    waitsFor: nothing,
    next: null,
    onTimeout: null,
    tripStops: false,
    mayShutDown: false,
  },
  emergency: {
    ...OFF,
    label: 'in emergency stop',
    demand: { ...CLOSED, vents: true },
    waitsFor: all(stopped, isolated, empty),
    next: 'safe',
    onTimeout: null,
    tripStops: false,
    mayShutDown: false,
  },
  purging: {
    ...OFF,
    label: 'being purged',
    demand: { ...CLOSED, supply: true, vents: true, purge: true, fullCooling: false },
    waitsFor: purged,
    next: 'pressurising',
    onTimeout: 'isolating',
    tripStops: true,
    mayShutDown: true,
  },
  pressurising: {
    ...OFF,
    label: 'being filled',
    demand: { ...CLOSED, supply: true, fullCooling: false },
    waitsFor: filled,
    next: 'ramping-up',
    onTimeout: 'isolating',
    tripStops: true,
    mayShutDown: true,
  },
  'ramping-up': {
    label: 'ramping its drive up',
    demand: { chips: true, supply: true, vents: false, purge: false, fullCooling: false },
    drive: 1,
    ramped: true,
    waitsFor: rampedUp,
    next: 'running',
    onTimeout: 'ramping-down',
    tripStops: true,
    mayShutDown: true,
  },
};
