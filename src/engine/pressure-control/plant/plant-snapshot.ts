// What a snapshot keeps of a plant, and how a plant takes it back. Not here: what each part keeps, which the parts know; what goes
// over to a plant built anew after an edit (plant-inherit.ts).

import type { FaultSchedule, FaultScheduleSnapshot } from '../../faults/schedule.ts';
import type { AlarmEvent } from '../../monitoring/alarms/alarm-states.ts';
import type { AlarmSystem, AlarmSystemSnapshot } from '../../monitoring/alarms/alarm-system.ts';
import type { CappedLog, CappedLogSnapshot } from '../../monitoring/capped-log.ts';
import type { LogEntry, OperatorsLog } from '../../monitoring/operators-log.ts';
import type { WearBank } from '../actuators/wear.ts';
import type { Bypasses, BypassSnapshot } from '../safety/bypass.ts';
import type { Interlocks } from '../safety/interlocks.ts';
import type { ReliefBank } from '../safety/relief.ts';
import type { Sequence } from '../safety/shutdown.ts';
import type { InstrumentWatch } from './instrument-watch.ts';
import type { ManualCommands, ManualSnapshot } from './manual-commands.ts';
import type { Measurement } from './measurement.ts';
import type { Observation } from './observation.ts';
import type { OpeningStems } from './opening-stems.ts';
import type { PlantEffects } from './plant-view.ts';
import type { PressureLoops } from './pressure-loops.ts';

/** What a snapshot keeps of a plant besides its arrays. */
export interface PlantSnapshot {
  readonly faults: FaultScheduleSnapshot;
  readonly bypasses: BypassSnapshot;
  readonly alarms: AlarmSystemSnapshot;
  readonly log: CappedLogSnapshot<LogEntry>;
  readonly journal: CappedLogSnapshot<AlarmEvent>;
  readonly sensorFaults: readonly number[];
  readonly instruments: ReturnType<InstrumentWatch['save']>;
  readonly manual: ManualSnapshot;
  /** Share of the fans' flow that is there. */
  readonly cooling: number;
}

/** The parts of a plant that have state of their own. */
export interface PlantParts {
  readonly effects: PlantEffects;
  readonly faults: FaultSchedule;
  readonly measurement: Measurement;
  readonly instruments: InstrumentWatch;
  readonly relief: ReliefBank;
  readonly interlocks: Interlocks;
  readonly bypasses: Bypasses;
  readonly sequence: Sequence;
  readonly alarms: AlarmSystem;
  readonly observation: Observation;
  readonly journal: CappedLog<AlarmEvent>;
  readonly log: OperatorsLog;
  readonly manual: ManualCommands;
  readonly loops: PressureLoops | null;
  readonly stems: OpeningStems | null;
  readonly valveWear: WearBank;
  /** Places of plant-progress.ts. */
  readonly progress: Float64Array;
  readonly purged: Float64Array;
}

/** Every array a snapshot stores, in its order. */
export function plantArrays(plant: PlantParts): Float64Array[] {
  return [
    plant.progress,
    plant.purged,
    ...plant.measurement.arrays(),
    ...plant.relief.arrays(),
    ...plant.interlocks.arrays(),
    ...plant.sequence.arrays(),
    ...plant.alarms.arrays(),
    ...plant.valveWear.arrays(),
    ...(plant.loops?.arrays() ?? []),
    ...(plant.stems?.arrays() ?? []),
  ];
}

/** What a snapshot keeps besides arrays. */
export function plantSnapshot(plant: PlantParts): PlantSnapshot {
  return {
    faults: plant.faults.snapshot(),
    bypasses: plant.bypasses.snapshot(),
    alarms: plant.alarms.snapshot(),
    log: plant.log.snapshot(),
    journal: plant.journal.snapshot(),
    sensorFaults: [...plant.measurement.sensors.saveFaults()],
    instruments: plant.instruments.save(),
    manual: plant.manual.snapshot(),
    cooling: plant.effects.cooling,
  };
}

/** Before plantArrays() are overwritten: what other systems are built with. */
export function preparePlant(plant: PlantParts, kept: PlantSnapshot): void {
  plant.faults.restore(kept.faults);
  plant.effects.cooling = kept.cooling;
}

/** After plantArrays() were overwritten: all but the effects, which the plant renews. */
export function restorePlant(plant: PlantParts, kept: PlantSnapshot): void {
  plant.faults.restore(kept.faults);
  plant.bypasses.restore(kept.bypasses);
  plant.alarms.restore(kept.alarms);
  plant.observation.restored();
  plant.log.restore(kept.log);
  plant.journal.restore(kept.journal);
  plant.measurement.sensors.restoreFaults(Float64Array.from(kept.sensorFaults));
  plant.measurement.followFaults();
  plant.instruments.restore(kept.instruments);
  plant.interlocks.restored();
  plant.manual.restore(kept.manual);
  plant.loops?.follow(plant.manual);
  plant.loops?.restored();
  plant.sequence.restored();
}
