// What the page asks of the drivers: lines of the console, pages of the virtual files, the schematic. Answers are plain data.

import type { ConsoleReply } from '../engine/drivers/console.ts';
import { farmDrivers } from '../engine/drivers/farm-drivers.ts';
import type { ProcPage } from '../engine/drivers/proc.ts';
import type { Farm } from '../engine/farm.ts';
import { type Schematic, schematicOf } from './schematic.ts';

export interface DriverCalls {
  /** Carries out one line of the console. @param who signs what it writes */
  driverCommand(line: string, who: string): ConsoleReply;
  /** What the last word of a line could become. */
  driverCompletions(line: string): readonly string[];
  /** A page of a directory's entries below /proc/gas_oscillation. */
  procList(path: string, from: number, count: number): ProcPage;
  /** A page of a file's lines. */
  procRead(path: string, from: number, count: number): ProcPage;
  schematic(): Schematic;
}

export const driverCalls = (farm: () => Farm): DriverCalls => ({
  driverCommand: (line, who) => farmDrivers(farm(), who).console.run(line),
  driverCompletions: (line) => farmDrivers(farm(), '').console.complete(line),
  procList: (path, from, count) => farmDrivers(farm(), '').proc.list(path, from, count),
  procRead: (path, from, count) => farmDrivers(farm(), '').proc.read(path, from, count),
  schematic: () => schematicOf(farm()),
});
