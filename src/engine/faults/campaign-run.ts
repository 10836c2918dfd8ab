// One run of a fault campaign on a whole farm: what must hold whatever fails, and whether the alarms name what failed.

import type { Farm } from '../farm.ts';
import type { AlarmKind } from '../monitoring/alarms/alarm-definitions.ts';
import type { SensorNumbers } from '../pressure-control/plant/sensor-numbers.ts';
import type { FaultCase } from './campaign.ts';
import { faultKind } from './fault-kinds.ts';

export interface CampaignResult {
  /** Why the farm stopped; null while it did not. */
  readonly stopped: string | null;
  /** Every pressure, temperature and reading of an alarm was a number all the time. */
  readonly finite: boolean;
  /** Highest pressure of any chamber whose relief valve is sound, Pa, and whether it stayed below the set pressure + 10 %. */
  readonly highest_Pa: number;
  readonly relieved: boolean;
  /** Relative residual of the energy balance at the end. */
  readonly energyResidual: number;
  /** Kind and place of the first cause the alarms named; null: nothing was alarmed. */
  readonly named: { readonly kind: AlarmKind; readonly index: number } | null;
  /** Whether that is one of the faults; null: nothing was alarmed. */
  readonly right: boolean | null;
}

const SENSOR_ALARMS: ReadonlySet<AlarmKind> = new Set<AlarmKind>(['sensor-bad', 'sensor-deviation']);
const INSTRUMENT_ALARMS: ReadonlySet<AlarmKind> = new Set<AlarmKind>(['instrument-bad', 'instrument-deviation']);

/** Steps between looks. */
const LOOK = 100;

/** Runs a farm with its faults to `horizon_s`. */
export function runCampaignCase(farm: Farm, faults: FaultCase, horizon_s: number): CampaignResult {
  for (const fault of faults) farm.plant.addFault(fault, 'campaign');
  const set = farm.plant.relief.settings.setPressure;
  const failed = new Set(faults.flatMap(({ kind, targets }) => (kind === 'relief-stuck' ? targets : [])));
  let highest = 0;
  let finite = true;
  let named: CampaignResult['named'] = null;
  while (farm.intact && farm.time_s < horizon_s) {
    farm.step(LOOK);
    for (let i = 0; i < farm.state.chambers; i++) {
      const p = farm.state.pressure[i];
      if (!failed.has(i)) highest = Math.max(highest, p);
      finite &&= Number.isFinite(p) && Number.isFinite(farm.state.temperature[i]) && p > 0;
    }
    named ??= firstCause(farm);
  }
  const right =
    named && faults.some((fault) => fits(fault, named as NonNullable<typeof named>, farm.plant.measurement.numbers));
  return {
    stopped: farm.stopReason,
    finite,
    highest_Pa: highest,
    relieved: highest <= 1.1 * set,
    energyResidual: Math.abs(farm.balance().energy),
    named,
    right,
  };
}

/** The root of the first alarm announced. */
function firstCause({ plant }: Farm): CampaignResult['named'] {
  const first = plant.journal.entries().find(({ to }) => to === 'unacknowledged');
  if (!first) return null;
  const root = plant.alarms.explain(first.alarm)?.root;
  if (root) return { kind: root.kind, index: root.place.index };
  return { kind: plant.alarms.table.kind(first.alarm), index: plant.alarms.table.place(first.alarm).index };
}

function fits(fault: FaultCase[number], cause: NonNullable<CampaignResult['named']>, sensors: SensorNumbers): boolean {
  const { firstAlarm, target } = faultKind(fault.kind);
  // Those that do not vote are alarmed by chamber.
  if (target === 'sensor' && INSTRUMENT_ALARMS.has(cause.kind))
    return fault.targets.some((k) => k >= sensors.voting && sensors.chamberOf(k) === cause.index);
  // A sensor that is off by so much that it leaves its range is bad rather than off.
  const isKind = target === 'sensor' ? SENSOR_ALARMS.has(cause.kind) : firstAlarm === cause.kind;
  return isKind && (target === 'farm' || fault.targets.includes(cause.index));
}
