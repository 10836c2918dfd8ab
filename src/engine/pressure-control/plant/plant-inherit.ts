// What of a plant goes over to the one built in its place after an edit: as much as has the same shape in both, and what ended is said
// in the log. Not here: a plant that goes on from a snapshot (plant-snapshot.ts).

import { faultKind } from '../../faults/fault-kinds.ts';
import { type TargetCounts, targetCount } from '../../monitoring/alarms/places.ts';
import { type Acting, renewEffects } from './effects.ts';
import { staysManual } from './manual-control.ts';
import { RHYTHM_COUNT } from './plant-progress.ts';
import type { PlantParts } from './plant-snapshot.ts';
import { VALVES } from './plant-topology.ts';
import type { PlantView } from './plant-view.ts';
import type { PressureLoops } from './pressure-loops.ts';
import { carrySensorFaults, isOpen, renumbered } from './sensor-faults.ts';

/** Why manual commands end with an edit. */
const ENDED = 'their devices are gone, or their settings were changed';

/** What of a plant its successor takes, and what it takes it with. */
export interface InheritHost extends PlantParts {
  readonly view: PlantView;
  readonly targets: TargetCounts;
  readonly acting: Acting;
  /** Faults of sensors, relief valves and stems into these. */
  followFaults(): void;
}

/**
 * Goes on where the plant before stood: an edit resets no trip, no emergency stop, no alarm and no sequence. Of a farm with other
 * chambers only what is the whole farm's goes over, and faults whose places there still are.
 */
export function inheritPlant(plant: InheritHost, from: InheritHost): void {
  plant.log.restore(from.log.snapshot());
  plant.journal.restore(from.journal.snapshot());
  inheritFaults(plant, from);
  plant.progress.set(from.progress.subarray(RHYTHM_COUNT), RHYTHM_COUNT);
  takeArrays(from.sequence, plant.sequence);
  plant.sequence.restored();
  if (takeArrays(from.interlocks, plant.interlocks)) {
    plant.interlocks.restored();
    plant.bypasses.restore(from.bypasses.snapshot());
  }
  takeArrays(from.relief, plant.relief);
  takeArrays(from.valveWear, plant.valveWear);
  if (takeArrays(from.measurement, plant.measurement)) plant.progress.set(from.progress.subarray(0, RHYTHM_COUNT));
  if (sameTargets(from.alarms.table.targets, plant.alarms.table.targets) && takeArrays(from.alarms, plant.alarms)) {
    plant.alarms.restore(from.alarms.snapshot());
    plant.observation.restored();
  }
  if (from.loops) inheritLoops(plant, from.loops);
  inheritStems(plant, from);
  inheritManual(plant, from);
  plant.followFaults();
  renewEffects(plant.effects, plant.acting);
}

function inheritFaults(plant: InheritHost, from: InheritHost): void {
  const [own, old] = [plant.measurement, from.measurement];
  const kept = from.faults.snapshot();
  const faults = renumbered(kept.faults, own.numbers, old.numbers);
  const gone = faults.some(({ state }, k) => state !== kept.faults[k].state);
  const fits = faults.every(
    (fault) =>
      !isOpen(fault) || fault.targets.every((k) => k < targetCount(plant.targets, faultKind(fault.kind).target)),
  );
  if (fits) plant.faults.restore({ ...kept, faults });
  if (gone || (!fits && from.faults.all.some(isOpen)))
    plant.log.add('event', 'plant', 'Faults ended: the farm has other parts now', '', plant.view.time_s);
  carrySensorFaults(old, own);
  if (own.numbers.isLike(old.numbers)) plant.instruments.restore(from.instruments.save());
}

function inheritLoops({ loops, log, view }: InheritHost, from: PressureLoops): void {
  const t = view.time_s;
  const { tuning } = from;
  if (loops?.count === from.count) {
    const changed = loops.inherit(from);
    if (changed.length > 0) log.add('event', 'settings', loops.gainsChanged(changed), '', t);
  }
  if (tuning.isTesting) {
    const name = from.nameOf(tuning.test?.loop ?? 0);
    log.add('event', 'controller', `Step test of ${name} ended`, 'an edit of the plant', t);
  }
}

/** Where there were none, stems begin where the valves stand. */
function inheritStems({ stems, view }: InheritHost, from: InheritHost): void {
  const { present, hasHeaders } = view.headers;
  if (from.stems) stems?.inherit(from.stems);
  else if (stems && present && hasHeaders) {
    const length = VALVES * view.state.chambers;
    stems.beginAt(Float64Array.from({ length }, (_, k) => present.opening(Math.floor(k / VALVES), k % VALVES)));
  }
}

function inheritManual(plant: InheritHost, from: InheritHost): void {
  const kept = from.manual.list().filter((command) => staysManual(command, from, plant));
  const ended = from.manual.count - kept.length;
  if (ended > 0) plant.log.add('event', 'plant', `Manual commands ended: ${ended}`, ENDED, plant.view.time_s);
  plant.manual.restore(kept);
  plant.loops?.follow(plant.manual);
}

/** Copies a part's state to one of the same shape. @returns whether it is of the same shape */
function takeArrays(from: { arrays(): Float64Array[] }, to: { arrays(): Float64Array[] }): boolean {
  const [old, own] = [from.arrays(), to.arrays()];
  if (old.length !== own.length || old.some((array, m) => array.length !== own[m].length)) return false;
  own.forEach((array, m) => {
    array.set(old[m]);
  });
  return true;
}

const sameTargets = (a: TargetCounts, b: TargetCounts): boolean => JSON.stringify(a) === JSON.stringify(b);
