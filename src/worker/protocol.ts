// The contract between page and worker: the calls the page can make and what the worker sends on its own.
//
//   page ── call {id, method, args} ──► worker        rpc.ts carries it; each call answers, fails or times out
//   page ◄─ reply {id, result | error} ── worker
//   page ◄─ status (≤ 10 Hz), layout, event ── worker
//   page ◄─ frames ── worker                          frame.ts: shared memory when isolated, else transferred buffers
//
// The worker owns time and state; the page holds copies. Nothing here has behaviour.

import type { Problem } from '../engine/config/problem.ts';
import type { RoomField } from '../engine/cooling/room/field.ts';
import type { FarmMode } from '../engine/farm-modes.ts';
import type { FieldName } from '../engine/fields.ts';
import type { MetricName } from '../engine/metrics.ts';
import type { ParameterEdits } from '../engine/parameters/edit.ts';
import type { ParameterValues } from '../engine/parameters/table.ts';
import type { MixtureValue } from '../engine/parameters/types.ts';
import type { ChamberLedger } from '../engine/thermodynamics/chamber-ledger.ts';
import type { EnergyFlows } from '../engine/thermodynamics/energy-flows.ts';
import type { ValidityNote } from '../engine/validity.ts';
import type { DriverCalls } from './driver-calls.ts';
import type { PlantCalls } from './plant-calls.ts';
import type { PressureCalls } from './pressure-calls.ts';

export const PROTOCOL_VERSION = 1;

export type { Problem };

/** Geometry of the farm in room coordinates: x, y, z from a corner of the floor, metres, z up. */
export interface LayoutData {
  /** Increases with each new layout. */
  readonly version: number;
  readonly chambers: number;
  readonly ducts: number;
  /** 3 × chambers. */
  readonly positions: Float32Array;
  /** Layer (0-based, bottom to top) of each chamber. */
  readonly layers: Uint16Array;
  readonly layerCount: number;
  /** 2 × ducts: the two chambers of each duct. */
  readonly edges: Uint32Array;
  readonly chamberRadiusM: number;
  readonly ductRadiusM: number;
  readonly roomM: readonly [number, number, number];
  /** Why the farm does not fit the room, if it does not. */
  readonly roomProblem: string | null;
}

export interface Residuals {
  readonly mass: number;
  readonly species: number;
  readonly energy: number;
}

export type { ValidityNote };

export interface Status {
  readonly simulated_s: number;
  readonly steps: number;
  readonly timeStep_s: number;
  /** Simulated seconds per wall second, over the last second; 0 when paused. */
  readonly realTimeFactor: number;
  /** What was asked for. */
  readonly timeScale: number;
  /** Cost of one step of one chamber, ns, over the last second. */
  readonly nsPerChamberStep: number;
  readonly engine: EngineInfo;
  readonly chambers: number;
  readonly ducts: number;
  readonly running: boolean;
  /** How the farm runs now. */
  readonly fidelity: FarmMode;
  /** Why it cannot be averaged as it is set; null when it can or nobody has tried. */
  readonly fidelityRemark: string | null;
  /** While running forward to the thermal steady state; null otherwise. */
  readonly fastForward: FastForwardProgress | null;
  readonly residuals: Residuals;
  /** 16 hexadecimal digits. In the notices of a running farm null: it costs a pass over the state. */
  readonly stateHash: string | null;
  readonly frequency_Hz: number;
  readonly meanPressure_Pa: number;
  /** Latest value of each metric; NaN before the first window. */
  readonly metrics: Readonly<Record<MetricName, number>>;
  readonly validity: readonly ValidityNote[];
  readonly layoutVersion: number;
  readonly valuesVersion: number;
  readonly fileName: string;
  readonly selected: readonly number[];
}

/** What the engine runs on; null where it is not known. */
export interface EngineInfo {
  /** simd: the compiled kernel; plain: the same step in TypeScript. */
  readonly kernel: 'simd' | 'plain';
  readonly threads: number | null;
  /** Memory of the kernel, bytes. */
  readonly memoryBytes: number | null;
}

/** Running forward in averaged mode until what comes in leaves again. */
export interface FastForwardProgress {
  /** 0 … 1, by the logarithm of the imbalance. */
  readonly progress: number;
  /** |in − out| over in, now and where it ends. */
  readonly imbalance: number;
  readonly target: number;
  /** Simulated time since it began, s. */
  readonly elapsed_s: number;
}

/** Something that happened, for the log and as a flag in the charts. */
export interface FarmEvent {
  readonly id: number;
  readonly time_s: number;
  readonly kind: 'load' | 'edit' | 'reset' | 'limit' | 'note';
  readonly message: string;
}

export type EditReply =
  | {
      readonly ok: true;
      readonly step: number;
      readonly values: ParameterValues;
      readonly warnings: readonly Problem[];
    }
  | { readonly ok: false; readonly problems: readonly Problem[] };

/** Time series for charts: min and max per bucket, so that no peak is lost. */
export interface SeriesReply {
  /** Bucket times, s. */
  readonly time: Float64Array;
  readonly series: Readonly<Partial<Record<MetricName, { readonly min: Float64Array; readonly max: Float64Array }>>>;
  /** Whole recorded span, s. */
  readonly span: readonly [number, number];
  readonly events: readonly FarmEvent[];
}

/** What the inspector shows of one selected chamber. */
export interface ChamberDetail {
  readonly id: number;
  readonly position_m: readonly [number, number, number];
  readonly neighbours: readonly number[];
  readonly pressure_Pa: number;
  readonly temperature_K: number;
  readonly wallTemperature_K: number;
  /** Of the room's air at the chamber. */
  readonly airTemperature_K: number;
  readonly chipTemperature_K: number;
  readonly volume_m3: number;
  readonly amount_mol: number;
  /** From the lock-in of the last window. */
  readonly amplitude_Pa: number;
  readonly phase_rad: number;
  readonly sourcePhase_rad: number | null;
  readonly frequency_Hz: number;
  readonly localCoherence: number;
  readonly meanPressure_Pa: number;
  /** The last cycles, oldest first; time_s is simulated time. */
  readonly waveform: {
    readonly time_s: Float64Array;
    readonly pressure_Pa: Float64Array;
    readonly volume_m3: Float64Array;
    readonly temperature_K: Float64Array;
  };
  /** Amplitude spectrum of the pressure (Hann window, peak amplitudes). */
  readonly spectrum: { readonly frequency_Hz: Float64Array; readonly amplitude_Pa: Float64Array };
  /** Heat flows, entropy production and free energies over the last window. */
  readonly ledger: ChamberLedger;
}

/** What the gas panel asks: a state, and an axis to vary (none: one point). */
export interface GasRequest {
  readonly mixture: MixtureValue;
  readonly temperature_K: number;
  readonly pressure_Pa: number;
  readonly model: 'ideal' | 'virial';
  /** Varied quantity; a species symbol varies its mole fraction, the others keeping their proportions. */
  readonly along: 'temperature' | 'pressure' | string | null;
  readonly from: number;
  readonly to: number;
  readonly points: number;
}

export type GasReply =
  | {
      readonly ok: true;
      /** Values of the varied quantity (K, Pa or mole fraction). */
      readonly axis: Float64Array;
      /** One array per property of `gas` (docs/headless.md), in the order of the axis. */
      readonly properties: Readonly<Record<string, Float64Array>>;
    }
  | { readonly ok: false; readonly problems: readonly Problem[] };

export interface LoadReply {
  readonly ok: boolean;
  readonly problems: readonly Problem[];
  /** Present when ok. */
  readonly values?: ParameterValues;
}

/** Calls the page can make. Each answers with a promise on the page's side. */
export interface FarmCalls extends PlantCalls, PressureCalls, DriverCalls {
  /** Replaces the farm by the one a scenario text describes; on failure the running farm is untouched. */
  load(tomlText: string, fileName: string): LoadReply;
  /** Scenario TOML of the present parameters. */
  save(): string;
  /** Changes parameters while running. */
  edit(edits: ParameterEdits, label: string): EditReply;
  values(): ParameterValues;
  run(): void;
  pause(): void;
  /** Steps n times (pauses first) and answers when done. */
  step(n: number): Status;
  setTimeScale(scale: number): void;
  /** Same parameters, time zero. */
  reset(): void;
  select(ids: readonly number[]): void;
  inspect(): readonly ChamberDetail[];
  /** Series of metrics between two simulated times in at most `points` buckets; NaN bounds mean everything. */
  series(metrics: readonly MetricName[], fromS: number, toS: number, points: number): SeriesReply;
  /** One field now, computed on demand. */
  frame(field: FieldName): Float32Array;
  /** Which field is streamed to the lattice; null stops the stream. */
  stream(field: FieldName | null): void;
  status(): Status;
  /** Energy and entropy flows of the whole farm over the last window. */
  flows(): EnergyFlows;
  /** Temperature and velocity of the room's air; null with uniform room air. */
  room(): RoomField | null;
  /** Runs forward in averaged mode until the farm is in thermal balance; refused with the reason when it cannot be averaged. */
  fastForward(): EditReply;
  cancelFastForward(): void;
  /** Properties of a mixture along one axis; the state is the rest of the request. */
  gas(request: GasRequest): GasReply;
  layout(): LayoutData;
  events(): readonly FarmEvent[];
}

/** Page → worker: get ready without a farm. A spare compiles what a farm needs, so that taking its place takes no time. */
export interface WarmUp {
  readonly type: 'warmUp';
}

/** What the worker sends on its own. */
export type WorkerNotice =
  | { readonly type: 'ready'; readonly version: number }
  | { readonly type: 'warm' }
  | { readonly type: 'status'; readonly status: Status }
  | { readonly type: 'layout'; readonly layout: LayoutData }
  | { readonly type: 'event'; readonly event: FarmEvent }
  | { readonly type: 'failure'; readonly message: string; readonly log: readonly string[] };
