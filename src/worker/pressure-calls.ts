// What the Pressure tab asks: trends, loops, valves, machines, sensors, and the tuning of a loop by a step test. Lists are pages;
// answers are plain data; what is refused is refused with the reason and the remedy.

import type { Farm } from '../engine/farm.ts';
import {
  COMPRESSOR,
  MAKE_UP_RETURN,
  MAKE_UP_SUPPLY,
  RELIEF_LINK,
  RETURN,
  SUPPLY,
  VENT_LINK,
} from '../engine/pressure-control/headers/header-rates.ts';
import { compressorCapacity } from '../engine/pressure-control/headers/header-sizing.ts';
import type { HeaderSystem } from '../engine/pressure-control/headers/header-system.ts';
import { type LoopPage, type LoopQuery, listLoops } from './loop-list.ts';
import type { PlantReply } from './plant-calls.ts';
import type { PressureTrends, TrendName, TrendsReply } from './pressure-trends.ts';
import { listSensors, type SamplingRow, type SensorPage, type SensorQuery, samplingRows } from './sensor-list.ts';
import { type TuningView, TuningViews } from './tuning-view.ts';
import { listValves, type ValvePage, type ValveQuery } from './valve-list.ts';

export interface HeaderReading {
  readonly name: 'supply' | 'return';
  readonly pressure_Pa: number;
  readonly setpoint_Pa: number;
  readonly temperature_K: number;
}

/** Headers, compressor, vents and relief valves as they are now. */
export interface Machines {
  /** Empty while the headers are off. */
  readonly headers: readonly HeaderReading[];
  /** null while the headers are off. Flows in mol/s. */
  readonly compressor: {
    readonly flow: number;
    readonly capacity: number;
    readonly power_W: number;
    /** Machines it has, and how many of their capacity run. */
    readonly machines: number;
    readonly running: number;
  } | null;
  readonly flows: {
    readonly makeUp: number;
    readonly headerRelief: number;
    readonly vents: number;
    readonly injectors: number;
  };
  /** Chambers open to the room by vent, leak or relief; relief valves open, how often they have opened, valves in all. */
  readonly open: number;
  readonly reliefOpen: number;
  readonly reliefOpenings: number;
  readonly chambers: number;
}

export interface PressureCalls {
  /** Trends between two simulated times in at most `points` buckets; NaN bounds mean everything. */
  pressureTrends(names: readonly TrendName[], fromS: number, toS: number, points: number): TrendsReply;
  loops(query: LoopQuery): LoopPage;
  valves(query: ValveQuery): ValvePage;
  machines(): Machines;
  pressureSensors(query: SensorQuery): SensorPage;
  /** How the kinds of pressure sensors see the drive's oscillation. */
  sampling(): readonly SamplingRow[];
  /** The step test and what came of it; null while the controller is off. @param closedLoopTime s; null: as set */
  tuning(closedLoopTime: number | null): TuningView | null;
  /** @param size of the output, 0–1 @param longestRecord s */
  startStepTest(loop: number, size: number, longestRecord: number, who: string): PlantReply;
  cancelStepTest(who: string): PlantReply;
}

const fine: PlantReply = { ok: true };
const no = (message: string, remedy: string): PlantReply => ({
  ok: false,
  problems: [{ message, remedy, severity: 'error' }],
});
const OFF = no('The pressure controller is off.', 'Turn headers and control on, and pressure cycling off.');

export function pressureCalls(farm: () => Farm, trends: PressureTrends): PressureCalls {
  const views = new TuningViews();
  const log = (who: string, what: string): void => {
    farm().plant.log.add('act', who, what, '', farm().time_s);
  };
  return {
    pressureTrends: (names, from, to, points) => trends.query(names, from, to, points),
    loops: (query) => listLoops(farm(), query),
    valves: (query) => listValves(farm(), query),
    machines: () => machinesOf(farm()),
    pressureSensors: (query) => listSensors(farm(), query),
    sampling: () => samplingRows(farm().surroundings.frequency),
    tuning: (closedLoopTime) => views.view(farm(), closedLoopTime),
    startStepTest(loop, size, longestRecord, who) {
      const { loops, limits } = farm().plant;
      if (!loops) return OFF;
      const p = loops.count > loop ? loops.bank.measurement[loop] : Number.NaN;
      // Well within what would alarm or trip.
      const lowest = Math.max(0.2 * p, 2 * limits.vacuum_Pa);
      const highest = Math.min(2 * p, 0.95 * limits.alert_Pa);
      const refused = loops.startTest({ loop, size, longestRecord, lowest, highest });
      if (refused) return no(refused[0], refused[1]);
      log(who, `Step test of ${loops.nameOf(loop)} begun: ${Number((100 * size).toPrecision(3))} % of its output`);
      return fine;
    },
    cancelStepTest(who) {
      const { loops } = farm().plant;
      const test = loops?.tuning.test;
      if (!loops || !test?.isRunning) return no('No step test is running.', 'Start one first.');
      test.cancel();
      log(who, `Step test of ${loops.nameOf(test.loop)} cancelled`);
      return fine;
    },
  };
}

function machinesOf({ plant, headers, layout }: Farm): Machines {
  const { present } = headers;
  const equipped = present !== null && headers.hasHeaders;
  const { lift, openings } = plant.relief;
  let open = 0;
  let vents = 0;
  for (let i = 0; present && i < layout.count; i++) {
    if (present.controls.roomArea[i] > 0) open++;
    vents -= present.flowInto(i, VENT_LINK);
  }
  return {
    headers: equipped ? [headerOf(present, SUPPLY), headerOf(present, RETURN)] : [],
    compressor: equipped
      ? {
          flow: present.headerFlow(COMPRESSOR),
          capacity: compressorCapacity(present.settings),
          power_W: present.compressorPower,
          machines: plant.targets.pump,
          running: present.controls.compressorShare,
        }
      : null,
    flows: {
      makeUp: equipped ? present.headerFlow(MAKE_UP_SUPPLY) + present.headerFlow(MAKE_UP_RETURN) : 0,
      headerRelief: equipped ? present.headerFlow(RELIEF_LINK) : 0,
      vents,
      injectors: equipped ? present.controls.injector.reduce((sum, flow) => sum + flow, 0) : 0,
    },
    open,
    reliefOpen: lift.reduce((n, x) => n + (x > 0 ? 1 : 0), 0),
    reliefOpenings: openings.reduce((sum, n) => sum + n, 0),
    chambers: layout.count,
  };
}

function headerOf(present: HeaderSystem, header: number): HeaderReading {
  const { settings: s, controls } = present;
  const set = header === SUPPLY ? s.supplyPressure : s.returnPressure;
  return {
    name: header === SUPPLY ? 'supply' : 'return',
    pressure_Pa: present.pressure(header),
    setpoint_Pa: set * controls.pressureShare[header],
    temperature_K: present.temperature(header),
  };
}
