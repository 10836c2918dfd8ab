// What a snapshot keeps of a farm besides its parameter values, and how a farm takes it back; snapshot.ts makes bytes of it.
// Not here: what each part keeps, which the parts know.

import type { RoomSnapshot } from './cooling/room/farm-room.ts';
import type { FarmDrive } from './farm-drive.ts';
import type { FarmHeat } from './farm-heat.ts';
import type { FarmMode, FarmModes } from './farm-modes.ts';
import type { FarmNetwork } from './farm-network.ts';
import type { AveragedSnapshot } from './gas-oscillation/averaged/averaged-mode.ts';
import type { OscillationDetector } from './gas-oscillation/oscillation-detector.ts';
import type { Settling } from './gas-oscillation/settling.ts';
import { type FarmState, stateArrays } from './gas-oscillation/state.ts';
import type { Surroundings } from './gas-oscillation/step.ts';
import type { TideCentre } from './gas-oscillation/tide-centre.ts';
import type { StepKind } from './gas-oscillation/time-step.ts';
import type { FarmHeaders } from './pressure-control/headers/farm-headers.ts';
import type { Plant } from './pressure-control/plant/plant.ts';
import type { PlantSnapshot } from './pressure-control/plant/plant-snapshot.ts';
import type { EnergyBook } from './thermodynamics/energy-book.ts';
import type { StoredEnergy } from './thermodynamics/first-law.ts';
import type { WindowBook, WindowSnapshot } from './thermodynamics/window-book.ts';

/** What a snapshot keeps of a farm besides its values and arrays. */
export interface SnapshotFigures {
  readonly timeStep: number;
  readonly pistonAmplitude: number;
  readonly driveShare: number;
  readonly roomConductance: number;
  readonly origin: { energy: StoredEnergy; editEnergy: number; species: number[] };
  readonly mode: FarmMode;
  readonly stepKind: StepKind;
  readonly stableStep: number;
  readonly averagedStep_s: number;
  readonly settling: number | null;
  readonly window: WindowSnapshot;
  readonly room: RoomSnapshot | null;
  readonly averaged: AveragedSnapshot;
  readonly openingsNeeded: boolean;
  readonly plant: PlantSnapshot;
}

/** The parts of a farm that have state of their own. */
export interface SnapshotHost {
  readonly state: FarmState;
  readonly detector: OscillationDetector;
  readonly tides: TideCentre;
  readonly settling: Settling;
  readonly window: WindowBook;
  readonly surroundings: Surroundings;
  readonly network: FarmNetwork;
  readonly drive: FarmDrive;
  readonly heat: FarmHeat;
  readonly headers: FarmHeaders;
  readonly modes: FarmModes;
  readonly plant: Plant;
  readonly book: EnergyBook;
  /** Restores the plant, with what the farm has of its effects. */
  plantRestored(kept: PlantSnapshot): void;
}

/** Every array a snapshot stores: the state, detector and bookkeeping. */
export function snapshotArrays(farm: SnapshotHost): Float64Array[] {
  return [
    ...stateArrays(farm.state),
    ...farm.detector.arrays(),
    ...farm.tides.arrays(),
    ...farm.window.arrays(),
    ...farm.network.properties.arrays(),
    ...farm.heat.room.arrays(),
    ...farm.headers.arrays(),
    ...farm.modes.averaged.arrays(),
    ...farm.plant.arrays(),
    ...farm.drive.arrays(),
  ];
}

/** What a snapshot keeps besides arrays. */
export function snapshotFigures(farm: SnapshotHost): SnapshotFigures {
  const { network, drive, modes, settling, book } = farm;
  return {
    timeStep: network.coefficients.timeStep,
    pistonAmplitude: drive.amplitude,
    driveShare: drive.powerLimit.share,
    roomConductance: farm.surroundings.roomConductance,
    origin: { ...book.origin, species: [...book.origin.species] },
    mode: modes.mode,
    stepKind: network.kind,
    stableStep: network.stableStep,
    averagedStep_s: modes.averagedStep_s,
    // JSON knows no infinity.
    settling: Number.isFinite(settling.change) ? settling.change : null,
    window: farm.window.snapshot(),
    room: farm.heat.room.snapshot(),
    averaged: modes.averaged.snapshot(),
    openingsNeeded: farm.headers.openingsNeeded,
    plant: farm.plant.snapshot(),
  };
}

/** Before snapshotArrays() are overwritten: makes room for what the snapshot has. */
export function prepareRestore(farm: SnapshotHost, kept: SnapshotFigures): void {
  farm.plant.prepare(kept.plant);
  farm.heat.followFans();
  if (kept.room) farm.heat.room.prepare(kept.room);
  farm.headers.need(kept.openingsNeeded);
  farm.modes.averaged.prepare(kept.averaged);
}

/** After snapshotArrays() were overwritten: what is derived from them. */
export function restored(farm: SnapshotHost, kept: SnapshotFigures): void {
  const { network } = farm;
  farm.detector.restored();
  farm.plantRestored(kept.plant);
  network.renew(kept.timeStep, null);
  network.kind = kept.stepKind;
  network.stableStep = kept.stableStep;
  farm.drive.restored(kept.pistonAmplitude, kept.driveShare);
  farm.surroundings.roomConductance = kept.roomConductance;
  farm.modes.restored(kept);
  farm.settling.change = kept.settling ?? Number.POSITIVE_INFINITY;
  farm.window.restored(kept.window);
  if (kept.room) farm.heat.room.restored(kept.room);
  farm.book.restore({ ...kept.origin, species: Float64Array.from(kept.origin.species) });
}
