// The drivers of a running farm, put together: its registers, its virtual files, its device tree, and the console over them. Made anew
// for each use, it is cheap: nothing is computed that is not asked for, and what is read changes nothing.

import type { Farm } from '../farm.ts';
import { faultText } from '../faults/parse.ts';
import { queryAlarms } from '../monitoring/alarms/alarm-list.ts';
import { PRIORITIES } from '../monitoring/alarms/definition-row.ts';
import { actuatorSources, manualText } from './actuator-files.ts';
import { Console } from './console.ts';
import { deviceAccess, deviceCounts, idleDevices } from './device-access.ts';
import { deviceTreeSource } from './device-tree.ts';
import { number, oneLine, row } from './lines.ts';
import { farmFiles, lineFile, linesTogether, Proc, type ProcDirectory } from './proc.ts';
import { RegisterSpace } from './registers.ts';
import { sensorSources } from './sensor-files.ts';
import { furtherDirectories, seedDirectories } from './system-files.ts';

export interface FarmDrivers {
  readonly registers: RegisterSpace;
  readonly proc: Proc;
  readonly console: Console;
}

/** @param who signs what is written, in the operators' log */
export function farmDrivers(farm: Farm, who: string): FarmDrivers {
  const registers = new RegisterSpace(deviceCounts(farm), deviceAccess(farm, who));
  const proc = new Proc(procTree(farm));
  return { registers, proc, console: new Console(proc, registers) };
}

/** The device tree source of a farm. @param most devices written out of each kind */
export const farmDeviceTree = (farm: Farm, most?: number): string =>
  deviceTreeSource(deviceCounts(farm), most, idleDevices(farm));

function procTree(farm: Farm): ProcDirectory {
  const { plant } = farm;
  return farmFiles({
    status: () => statusLines(farm),
    alarms: linesTogether(() =>
      queryAlarms(plant.alarms, { limit: Number.MAX_SAFE_INTEGER }).rows.map((alarm) =>
        oneLine(
          `${alarm.priority} ${alarm.state} ${alarm.label}, ${alarm.place}, since ${number(alarm.onset_s)} s` +
            (alarm.cause === undefined ? '' : `, because of ${plant.alarmText(alarm.cause)}`),
        ),
      ),
    ),
    faults: linesTogether(() =>
      plant.faults.all.map(
        (fault) => `${fault.id} ${fault.state} ${oneLine(faultText(fault, plant.measurement.numbers))}`,
      ),
    ),
    log: linesTogether(() =>
      plant.log
        .entries()
        .map(({ time_s, kind, who, what, why }) =>
          oneLine(`${number(time_s)} ${kind} ${who}: ${what}${why === '' ? '' : ` (${why})`}`),
        ),
    ),
    sensors: sensorSources(farm),
    actuators: actuatorSources(farm),
    parts: seedDirectories(farm),
    more: {
      manual: lineFile(linesTogether(() => plant.manual.list().map((command) => manualText(command, plant.loops)))),
      ...furtherDirectories(farm),
    },
  });
}

function statusLines(farm: Farm): readonly string[] {
  const { plant, layout, values } = farm;
  const standing = queryAlarms(plant.alarms, { limit: Number.MAX_SAFE_INTEGER }).rows;
  const balance = farm.balance();
  return [
    row('time_s', farm.time_s),
    row('steps', farm.steps),
    row('state', farm.intact ? 'intact' : `stopped: ${farm.stopReason ?? 'a limit was reached'}`),
    row('fidelity', farm.mode),
    row('chambers', layout.count),
    row('ducts', layout.edges.length / 2),
    row('layers', layout.layerCount),
    row('drive', values['drive.enabled'] ? 'on' : 'off'),
    row('drive_frequency_Hz', farm.surroundings.frequency),
    row('headers', farm.headers.hasHeaders ? 'on' : 'off'),
    row('controller', plant.loops ? plant.loops.settings.mode : 'off'),
    row('sequence', plant.sequence.phase),
    row('interlocks', plant.interlocks.tripped ? 'tripped' : 'calm'),
    ...PRIORITIES.map((priority) =>
      row(`alarms_${priority}`, standing.filter((alarm) => alarm.priority === priority).length),
    ),
    row('faults_active', plant.faults.active.length),
    row('manual_commands', plant.manual.count),
    row('mass_residual', balance.mass),
    row('species_residual', balance.species),
    row('energy_residual', balance.energy),
  ];
}
