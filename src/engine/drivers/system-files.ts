// The virtual files of what is more than one device: headers, controller, oscillation, entropy, cooling, safety, and in words what the
// twin does not model.

import type { Farm } from '../farm.ts';
import { REFERENCE_TEMPERATURE } from '../gas/caloric.ts';
import { frequencyOffset } from '../gas-oscillation/frequency-calculator.ts';
import { amplitudeOf, phaseOf } from '../gas-oscillation/oscillation-detector.ts';
import { METRIC_NAMES, METRICS, type MetricName } from '../metrics.ts';
import {
  MAKE_UP_RETURN,
  MAKE_UP_SUPPLY,
  RELIEF_LINK,
  RETURN,
  SUPPLY,
} from '../pressure-control/headers/header-rates.ts';
import { HEADER_TOTAL } from '../pressure-control/headers/settings.ts';
import { coolingShare, powerShare, pumpSpeed } from '../pressure-control/plant/effects.ts';
import type { PressureLoops } from '../pressure-control/plant/pressure-loops.ts';
import { FARM } from '../pressure-control/safety/interlocks.ts';
import { RUNGS } from '../pressure-control/safety/ladder.ts';
import { TRIP_CAUSES } from '../pressure-control/safety/trip-table.ts';
import { computeMetrics } from '../readings.ts';
import { energyFlows } from '../thermodynamics/energy-flows.ts';
import { controllerMode, MODE_AUTOMATIC, MODE_OFF } from './device-access.ts';
import { compressorState, servingHeaders } from './device-states.ts';
import { row } from './lines.ts';
import { directory, lineFile, linesTogether, numbered, type ProcDirectory, type ProcNode, textFile } from './proc.ts';

const HEADERS_OFF = ['not in service: set headers.enabled to true'];

/** Metrics of the last detector window by name; their names end in the unit. */
function metricLines(farm: Farm, group: (typeof METRICS)[MetricName]['group']): readonly string[] {
  const values = computeMetrics(farm);
  return METRIC_NAMES.flatMap((name, m) => (METRICS[name].group === group ? [row(name, values[m])] : []));
}

function headerLines(farm: Farm, header: typeof SUPPLY | typeof RETURN): readonly string[] {
  const headers = servingHeaders(farm);
  if (!headers) return HEADERS_OFF;
  const { settings: s, controls } = headers;
  const set = header === SUPPLY ? s.supplyPressure : s.returnPressure;
  return [
    row('pressure_Pa', headers.pressure(header)),
    row('set_pressure_Pa', set * controls.pressureShare[header]),
    row('temperature_K', headers.temperature(header)),
    ...(headers.walls ? [row('wall_K', headers.walls.temperature[header])] : []),
    row('volume_m3', header === SUPPLY ? s.supplyVolume : s.returnVolume),
    row('make_up_mol_per_s', headers.headerFlow(header === SUPPLY ? MAKE_UP_SUPPLY : MAKE_UP_RETURN)),
    ...(header === SUPPLY ? [row('relief_mol_per_s', headers.headerFlow(RELIEF_LINK))] : []),
  ];
}

function compressorLines(farm: Farm): readonly string[] {
  const headers = servingHeaders(farm);
  if (!headers) return HEADERS_OFF;
  const { flow, power, suction, discharge } = compressorState(farm);
  const { totals, settings, controls, machines } = headers;
  return [
    row('flow_mol_per_s', flow),
    ...(machines
      ? [row('discharge_K', machines.readings[0]), row('cooler_outlet_K', machines.readings[1])]
      : [
          row('capacity_mol_per_s', settings.compressorLimit * controls.compressorShare),
          row('cooler_outlet_K', settings.roomTemperature),
        ]),
    row('power_W', power),
    row('suction_Pa', suction),
    row('discharge_Pa', discharge),
    row('pressure_ratio', discharge / suction),
    row('compressed_mol', totals[HEADER_TOTAL.compressed]),
    row('work_J', totals[HEADER_TOTAL.compressorWork]),
    row('cooler_heat_J', totals[HEADER_TOTAL.coolerHeat]),
    row('pumps_turning', machines ? machines.pumps.speed.filter((speed) => speed > 0).length : turning(farm)),
    row('supply_power_share', powerShare(farm.plant.acting)),
  ];
}

/** Pumps that turn. */
function turning({ plant: { acting } }: Farm): number {
  let n = 0;
  for (let k = 0; k < acting.pumps; k++) if (pumpSpeed(acting, k) > 0) n++;
  return n;
}

const headerDirectory = (farm: Farm): ProcDirectory =>
  directory({
    supply: textFile(() => headerLines(farm, SUPPLY)),
    return: textFile(() => headerLines(farm, RETURN)),
    compressor: textFile(() => compressorLines(farm)),
  });

const MODE_WORDS: Readonly<Record<number, string>> = { [MODE_OFF]: 'off', [MODE_AUTOMATIC]: 'automatic' };

/** Predictive control has no gains. */
function gainLines(loops: PressureLoops, loop: number): readonly string[] {
  const gains = loops.settings.mode === 'predictive' ? null : loops.tuningOf(loop);
  if (!gains) return [];
  const { mode } = loops.settings;
  return [
    row('gain_per_Pa', gains.proportional),
    row('integral_time_s', gains.proportional / gains.integral),
    row('gains_of', mode === 'adaptive' ? 'adapted' : loops.tuning.gains.source(loop)),
  ];
}

function loopLines(farm: Farm, loop: number): readonly string[] {
  const { loops, manual } = farm.plant;
  if (!loops) return [];
  const figures = loops.tracking.figures(loop);
  return [
    row('measured_Pa', loops.bank.measurement[loop]),
    row('setpoint_Pa', loops.target(loop)),
    row('setpoint_by', manual.command('loop-setpoint', loop) ? 'hand' : 'settings'),
    row('output', loops.output(loop)),
    row('mode', MODE_WORDS[controllerMode(farm, loop)] ?? 'manual'),
    row('moved_by', loops.mode(loop)),
    ...gainLines(loops, loop),
    row('rms_error_Pa', figures.rms),
    row('largest_error_Pa', figures.largest),
    row('settling_time_s', figures.settlingTime ?? Number.NaN),
  ];
}

function controllerDirectory(farm: Farm): ProcDirectory {
  const { loops } = farm.plant;
  const cycle = servingHeaders(farm)?.settings.cycle ?? null;
  const moves = loops
    ? `${loops.settings.mode} control`
    : cycle
      ? 'the cycle of the headers'
      : 'nothing: they stand at the openings given';
  return directory({
    status: textFile(() => [
      row('controller', loops ? loops.settings.mode : 'off'),
      row('valves_moved_by', servingHeaders(farm) ? moves : 'nothing: the headers are off'),
      row('loops', loops?.count ?? 0),
    ]),
    loops: numbered(
      () => loops?.count ?? 0,
      (loop) => loopLines(farm, loop),
    ),
  });
}

function oscillationDirectory(farm: Farm): ProcDirectory {
  const { readings } = farm.detector;
  const waiting = 'none: the first detector window is not complete';
  return directory({
    status: textFile(() => [
      row('drive_frequency_Hz', farm.surroundings.frequency),
      row('windows', readings.count),
      ...(readings.count > 0
        ? [
            row('window_end_s', readings.end_s),
            row('window_s', readings.duration_s),
            ...metricLines(farm, 'oscillation'),
          ]
        : [row('analysis', waiting)]),
    ]),
    analyzers: numbered(
      () => farm.layout.count,
      (i) =>
        readings.count === 0
          ? [row('analysis', waiting)]
          : [
              row('chamber', i),
              row('amplitude_Pa', amplitudeOf(readings, i)),
              row('phase_rad', phaseOf(readings, i)),
              row('frequency_Hz', farm.surroundings.frequency + frequencyOffset(readings, i)),
              row('mean_pressure_Pa', readings.pressure[i]),
              row('drive_power_W', readings.drivePower[i]),
            ],
    ),
  });
}

function entropyDirectory(farm: Farm): ProcDirectory {
  return directory({
    status: textFile(() => {
      const { ready, entropy_W_per_K: entropy, exergyDestroyed_W } = energyFlows(farm);
      if (!ready) return [row('production', 'none: the first detector window is not complete')];
      const produced = Object.values(entropy).reduce((a, b) => a + b, 0);
      return [
        row('production_W_per_K', produced),
        row('exergy_destroyed_W', exergyDestroyed_W),
        ...Object.entries(entropy).map(([mechanism, value]) => row(`${mechanism}_W_per_K`, value)),
      ];
    }),
  });
}

function coolingDirectory(farm: Farm): ProcDirectory {
  return directory({
    status: textFile(() => {
      const { acting, roomOxygen } = farm.plant;
      return [
        row('air', farm.room.isSolved ? 'solved in space' : 'uniform'),
        row('supply_flow_m3_per_s', farm.values['cooling.circulation_rate'] * coolingShare(acting)),
        row('supply_share', coolingShare(acting)),
        row('supply_temperature_K', REFERENCE_TEMPERATURE + farm.surroundings.roomTemperature),
        row('room_oxygen', roomOxygen),
        ...metricLines(farm, 'heat'),
      ];
    }),
    devices: textFile(() => ['not modelled: thermoacoustic coolers; the room is cooled by its air alone']),
  });
}

function safetyDirectory(farm: Farm): ProcDirectory {
  const { plant } = farm;
  const label = (id: string): string => TRIP_CAUSES.find((cause) => cause.id === id)?.label ?? id;
  return directory({
    status: textFile(() => {
      const status = plant.sequence.status(plant.plantReadings(), farm.time_s);
      const counts = RUNGS.map(() => 0);
      for (let i = 0; i < farm.layout.count; i++) counts[plant.rung(i)]++;
      return [
        row('sequence', status.phase),
        row('since_s', status.since_s),
        ...status.waitingFor.map((text) => row('waits_for', text)),
        row('emergency_stop', plant.isStopped ? 'pressed' : 'released'),
        row('interlocks', plant.interlocks.tripped ? 'tripped' : 'calm'),
        row('room_oxygen', plant.roomOxygen),
        ...RUNGS.map((rung, k) => row(`chambers_${rung.replace('-', '_')}`, counts[k])),
      ];
    }),
    interlocks: lineFile(
      linesTogether(() => {
        const lines: string[] = [];
        for (let group = FARM; group < plant.interlocks.groups; group++) {
          const causes = plant.interlocks.latchedCauses(group);
          if (causes.length > 0)
            lines.push(`${group === FARM ? 'farm' : `chamber ${group}`}: ${causes.map(label).join(', ')}`);
        }
        return lines;
      }),
    ),
  });
}

/** The places that the seed names. */
export const seedDirectories = (
  farm: Farm,
): Readonly<Record<'entropy' | 'oscillation' | 'cooling', ProcDirectory>> => ({
  entropy: entropyDirectory(farm),
  oscillation: oscillationDirectory(farm),
  cooling: coolingDirectory(farm),
});

/** Places beside those of the seed. */
export const furtherDirectories = (farm: Farm): Readonly<Record<string, ProcNode>> => ({
  headers: headerDirectory(farm),
  controller: controllerDirectory(farm),
  safety: safetyDirectory(farm),
});
