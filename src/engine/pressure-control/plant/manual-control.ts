// Whether a manual command may be given, and what gives way to it: ranges, equipment that is not there, the network that carries it,
// interlocks and sequence that stand above it. What is refused names its place and the remedy and changes nothing.

import type { Problem } from '../../config/problem.ts';
import type { TargetCounts } from '../../monitoring/alarms/places.ts';
import type { OperatorsLog } from '../../monitoring/operators-log.ts';
import { FARM, type Interlocks } from '../safety/interlocks.ts';
import type { SafetyLimits } from '../safety/ladder.ts';
import { PHASES } from '../safety/sequence-phases.ts';
import type { Sequence } from '../safety/shutdown.ts';
import { OPEN_VENTS, TRIP_CAUSES } from '../safety/trip-table.ts';
import { type Acting, injectorShut, supplyShut, ventOpened } from './effects.ts';
import { type ManualCommand, type ManualDevice, manualPlace } from './manual-commands.ts';
import type { PlantView } from './plant-view.ts';
import type { PressureLoops } from './pressure-loops.ts';

/** Largest flow that may be ordered of an injector, mol/s: what its register holds. */
export const LARGEST_INJECTION = 4;

/** A command is of the run, not of the scenario: as in a plant, nothing is held by hand after a start. */
const HELD_UNTIL = 'until it is released or the farm is reset';

export type ManualOrder =
  | {
      readonly device: ManualDevice;
      readonly index: number;
      readonly value: number;
      /** A loop's output: switched off where it stands. */
      readonly off?: boolean;
    }
  /** null: released to automatic. */
  | { readonly device: ManualDevice; readonly index: number; readonly value: null };

/** What of a plant an order touches. */
export interface ManualHost {
  readonly acting: Acting;
  readonly interlocks: Interlocks;
  readonly sequence: Sequence;
  readonly loops: PressureLoops | null;
  readonly targets: TargetCounts;
  readonly limits: SafetyLimits;
  readonly log: OperatorsLog;
  readonly view: PlantView;
}

const no = (place: string, message: string, remedy: string): Problem => ({
  key: place,
  message,
  remedy,
  severity: 'error',
});

/** Carries out an order and logs it. @returns why it is refused, with nothing changed; undefined: it is done */
export function orderManually(host: ManualHost, order: ManualOrder, who: string): Problem | undefined {
  const { device, index, value } = order;
  const place = manualPlace(device, index, host.loops);
  const refused =
    absent(host, device, index, place) ??
    unheard(host, place, who) ??
    (value === null
      ? undefined
      : (outOfRange(host, device, value, place) ?? forbidden(host, device, index, value, place)));
  if (refused) return refused;
  const { manual } = host.acting;
  if (value === null) {
    if (!manual.release(device, index)) return undefined;
    if (device === 'loop-output') host.loops?.releaseOutput(index);
    host.log.add('act', who, `Manual: ${place} released to automatic`, '', host.view.time_s);
  } else {
    const off = order.off ?? false;
    manual.set({ device, index, value, off, who, since_s: host.view.time_s });
    if (device === 'loop-output') host.loops?.holdOutput(index, value);
    host.log.add(
      'act',
      who,
      `Manual: ${place} ${off ? 'switched off' : 'held'} at ${shown(device, value)}`,
      HELD_UNTIL,
      host.view.time_s,
    );
  }
  host.loops?.follow(manual);
  return undefined;
}

const UNITS: Readonly<Partial<Record<ManualDevice, string>>> = { injector: ' mol/s', 'loop-setpoint': ' Pa' };

const shown = (device: ManualDevice, value: number): string =>
  UNITS[device] === undefined
    ? `${Number((100 * value).toPrecision(6))} %`
    : `${Number(value.toPrecision(9))}${UNITS[device]}`;

function absent(
  { targets, loops, view }: ManualHost,
  device: ManualDevice,
  index: number,
  place: string,
): Problem | undefined {
  if (device.startsWith('loop') && loops === null)
    return no(place, 'The pressure controller is off.', 'Set control.enabled to true, with pressure cycling off.');
  const counts = { fan: targets.fan, pump: targets.pump, 'loop-setpoint': loops?.count, 'loop-output': loops?.count };
  const count = (counts as Partial<Record<ManualDevice, number>>)[device] ?? targets.chamber;
  if (!(Number.isInteger(index) && index >= 0 && index < count))
    return no(place, `There is no ${place}.`, `Give 0 to ${count - 1}.`);
  if (!view.headers.hasHeaders && device !== 'fan' && device !== 'vent')
    return no(place, `The ${place} is not in service: the headers are off.`, 'Set headers.enabled to true.');
  return undefined;
}

function unheard({ acting, loops }: ManualHost, place: string, who: string): Problem | undefined {
  if (who.trim() === '') return no(place, 'The command is not signed.', 'Say who gives it.');
  if (acting.faults.at('network-loss', 0) !== undefined)
    return no(place, 'The control network is lost: commands do not arrive.', 'Clear the fault network-loss.');
  if (loops?.tuning.isTesting)
    return no(place, 'A step test of the controller is running.', 'Wait for its end, or cancel it.');
  return undefined;
}

const PERCENT: readonly [number, number] = [0, 1];

function outOfRange({ limits }: ManualHost, device: ManualDevice, value: number, place: string): Problem | undefined {
  const [low, high] =
    device === 'injector'
      ? [0, LARGEST_INJECTION]
      : device === 'loop-output'
        ? [-1, 1]
        : device === 'loop-setpoint'
          ? [limits.vacuum_Pa, limits.trip_Pa]
          : PERCENT;
  if (value >= low && value <= high) return undefined;
  const why = device === 'loop-setpoint' ? ', between the limits at which the interlocks trip' : '';
  return no(
    place,
    `${value} is out of the range of the ${place}.`,
    `Give ${low} to ${high}${UNITS[device] ?? ''}${why}.`,
  );
}

/** Interlock and sequence stand above every manual command. */
function forbidden(
  host: ManualHost,
  device: ManualDevice,
  index: number,
  value: number,
  place: string,
): Problem | undefined {
  const { acting, sequence } = host;
  const opens = value > 0;
  const held = (does: string): Problem | undefined => {
    const tripped = acting.actions[index] !== 0;
    if (tripped)
      return no(
        place,
        `An interlock ${does} the ${place}: ${causesText(host.interlocks, index)}.`,
        'Remove the cause, reset the interlock, then command again.',
      );
    const { label } = PHASES[sequence.phase];
    return no(place, `The sequence ${does} the ${place}: the farm is ${label}.`, 'Wait until the farm runs again.');
  };
  if (device === 'supply-valve' && opens && supplyShut(acting, index)) return held('holds shut');
  if (device === 'supply-valve' && acting.demand.purge) return held('moves');
  if (device === 'injector' && opens && injectorShut(acting, index)) return held('holds shut');
  if (device === 'vent' && value < 1 && ventOpened(acting, index))
    return (acting.actions[index] & OPEN_VENTS) !== 0 ? held('holds open') : sequenceOpens(host, place);
  if (device === 'fan' && value < 1 && acting.demand.fullCooling) return sequenceOpens(host, place, 'wants all of');
  return undefined;
}

const sequenceOpens = ({ sequence }: ManualHost, place: string, does = 'holds open'): Problem =>
  no(
    place,
    `The sequence ${does} the ${place}: the farm is ${PHASES[sequence.phase].label}.`,
    'Wait until the farm runs again.',
  );

/** Why a chamber's actions are what they are, for people. */
export function causesText(interlocks: Interlocks, chamber: number): string {
  const causes = [...interlocks.latchedCauses(chamber), ...interlocks.latchedCauses(FARM)];
  return causes.map((id) => TRIP_CAUSES.find((cause) => cause.id === id)?.label ?? id).join(', ') || 'nothing latched';
}

/** What of two plants, one built after the other, tells whether a command goes over. */
export interface ManualPlant {
  readonly targets: TargetCounts;
  readonly loops: PressureLoops | null;
}

/** Whether a command stands on in a plant built anew. A setpoint gives way to a setting that was changed after it. */
export function staysManual({ device, index }: ManualCommand, from: ManualPlant, to: ManualPlant): boolean {
  if (device === 'fan' || device === 'pump') return index < to.targets[device];
  if (device !== 'loop-setpoint' && device !== 'loop-output') return from.targets.chamber === to.targets.chamber;
  if (!from.loops || !to.loops || !from.loops.sameLoops(to.loops)) return false;
  return device === 'loop-output' || from.loops.setpointAsSet(index) === to.loops.setpointAsSet(index);
}
