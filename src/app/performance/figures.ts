// The performance figures as they are written: groups of rows, each with a fixed number of digits, and a dash with the
// reason where this browser or the state of the farm lets nothing be measured. Pure.

import type { Status } from '../../worker/protocol.ts';
import type { Spread } from './sample-window.ts';
import type { Traffic } from './traffic-meter.ts';

export interface Row {
  readonly label: string;
  /** One figure, or the median and the 95th percentile. */
  readonly values: readonly string[];
  readonly unit: string;
  /** What is measured and how; with a dash, why there is no figure. */
  readonly note: string;
}
export interface Group {
  readonly title: string;
  /** Headings of the figures, when a row has more than one. */
  readonly columns: readonly string[];
  readonly rows: readonly Row[];
}

/** All that is measured; null where it is not. */
export interface Readings {
  readonly interval: Spread | null;
  readonly work: Spread | null;
  readonly device: Spread | null;
  readonly longestTask: number | null;
  readonly tasksTold: boolean;
  readonly status: Status | null;
  readonly traffic: Traffic;
  /** Bytes of JavaScript heap of the page. */
  readonly heap: number | null;
}

export const NONE = '—';
const DASH = { values: [NONE], unit: '' } as const;

export function groupsOf(readings: Readings): Group[] {
  return [pageGroup(readings), engineGroup(readings.status), trafficGroup(readings.traffic), memoryGroup(readings)];
}

function pageGroup({ interval, work, device, longestTask, tasksTold }: Readings): Group {
  const spread = (label: string, found: Spread | null, note: string): Row =>
    found
      ? { label, values: [milliseconds(found.median), milliseconds(found.p95)], unit: 'ms', note }
      : { label, ...DASH, note: 'Nothing was drawn in the last five seconds.' };
  return {
    title: 'Page',
    columns: ['median', '95 %'],
    rows: [
      spread('Picture every', interval, 'Time from one picture of the lattice to the next, last five seconds.'),
      spread('Main thread', work, 'Work of the main thread for one picture: frame, camera, draw calls, labels.'),
      spread('Device', device, 'From handing a picture to the graphics device until it is finished, waiting included.'),
      longestTask === null
        ? {
            label: 'Longest task',
            ...DASH,
            note: tasksTold ? 'Not measured yet.' : 'This browser does not tell of long tasks.',
          }
        : {
            label: 'Longest task',
            values: [longestTask === 0 ? '<\u202f50' : longestTask.toFixed(0)],
            unit: 'ms',
            note: 'Longest stretch without a pause on the main thread in the last minute; the browser tells of those over 50 ms.',
          },
    ],
  };
}

const KERNELS = { simd: 'SIMD', plain: 'plain' } as const;

function engineGroup(status: Status | null): Group {
  const idle = status === null ? 'The engine has not reported yet.' : 'The farm is paused.';
  const running = status?.running === true;
  const averaged = status?.fidelity === 'averaged';
  const row = (label: string, value: string, unit: string, note: string): Row =>
    running ? { label, values: [value], unit, note } : { label, ...DASH, note: idle };
  const ns = status?.nsPerChamberStep ?? 0;
  return {
    title: 'Engine',
    columns: [],
    rows: [
      row(
        'Real time',
        rate(status?.realTimeFactor ?? 0),
        '×',
        'Simulated seconds per second of the clock, last second.',
      ),
      row(
        'Chamber and step',
        ns.toFixed(ns < 100 ? 1 : 0),
        'ns',
        averaged
          ? 'One averaged step of the whole farm, over its chambers.'
          : 'Wall time of a step over its chambers, other work on the cores included.',
      ),
      row(
        'Steps',
        rate((status?.realTimeFactor ?? 0) / (status?.timeStep_s || 1)),
        '/s',
        'Steps per second of the clock, last second.',
      ),
      kernelRow(status),
    ],
  };
}

function kernelRow(status: Status | null): Row {
  const label = 'Kernel';
  if (!status) return { label, ...DASH, note: 'The engine has not reported yet.' };
  const { kernel, threads } = status.engine;
  const share = threads === null ? '' : `, ${threads} ${threads === 1 ? 'thread' : 'threads'}`;
  const note =
    'SIMD: compiled; plain: the same step in TypeScript, and before the first step. Both give the same bits.';
  return { label, values: [KERNELS[kernel] + share], unit: '', note };
}

function trafficGroup({ messages, messageBytes, frames, frameBytes }: Traffic): Group {
  const row = (label: string, count: number | null, bytes: number | null, note: string): Row => {
    if (count === null || bytes === null)
      return { label, ...DASH, note: 'Measured since this panel opened; a moment.' };
    return { label, values: [rate(count), (bytes / 1000).toFixed(bytes < 1e6 ? 1 : 0)], unit: 'kB', note };
  };
  return {
    title: 'Each second',
    columns: ['count', 'size'],
    rows: [
      row('Messages', messages, messageBytes, 'Status, events and answers; size of their numbers, texts and arrays.'),
      row('Frames', frames, frameBytes, 'Frames of the field on screen that were taken for the lattice.'),
    ],
  };
}

function memoryGroup({ heap, status }: Readings): Group {
  const engine = status?.engine.memoryBytes ?? null;
  const megabytes = (bytes: number): string => (bytes / 1e6).toFixed(1);
  return {
    title: 'Memory',
    columns: [],
    rows: [
      heap === null
        ? { label: 'Page', ...DASH, note: 'This browser does not tell the size of the JavaScript heap.' }
        : {
            label: 'Page',
            values: [megabytes(heap)],
            unit: 'MB',
            note: 'JavaScript heap of the page, rubbish included.',
          },
      engine === null
        ? { label: 'Kernel', ...DASH, note: 'The kernel takes its memory at the first step; the plain step has none.' }
        : { label: 'Kernel', values: [megabytes(engine)], unit: 'MB', note: 'Memory of the compiled kernel.' },
    ],
  };
}

const milliseconds = (ms: number): string => ms.toFixed(ms < 99.95 ? 1 : 0);

/** Three significant digits, no exponent. */
function rate(value: number): string {
  if (!(value > 0)) return '0';
  const digits = 2 - Math.floor(Math.log10(value));
  return value.toFixed(Math.min(5, Math.max(0, digits))).replace(/\B(?=(\d{3})+$)/g, value >= 10_000 ? '\u202f' : '');
}

/** How the pictures are held back, in words; null when nothing holds them back. */
export function holdNote(software: boolean, intervalMs: number, resolution: number, moving: boolean): string | null {
  if (!software) return null;
  if (moving) return 'The processor draws, as fast as it can: the view moves, or nothing else does.';
  const pixels = resolution < 1 ? ` at ${Math.round(100 * resolution)}\u202f% resolution` : '';
  const often = (1000 / intervalMs).toFixed(intervalMs > 100 ? 1 : 0);
  return `Held to ${often} pictures a second${pixels}: the processor draws, and the engine needs it.`;
}
