// Faults as people type them: `kind@target:start[:end]`, as in `leak@12:0.1:2`, `leak=3mm@3,7,9-12:0.1`, `pump-trip@*:5`,
// `clock-failure=1e-6,1e-9@farm:2`, `sensor-bias=0.1@PT-0003-4,XT-0007-*:1`. Whatever is typed gives a fault or problems that name the place, never an exception.

import type { Problem } from '../config/problem.ts';
import { type TargetCounts, targetCount } from '../monitoring/alarms/places.ts';
import { nearestWord } from '../parameters/nearest.ts';
import { parseQuantity, unitSymbol } from '../parameters/units.ts';
import type { SensorNumbers } from '../pressure-control/plant/sensor-numbers.ts';
import { SENSOR_KINDS, SENSORS } from '../pressure-control/sensors/catalogue.ts';
import { FAULT_KIND_NAMES, type FaultMagnitude, type FaultSpec, faultKind, isFaultKind } from './fault-kinds.ts';

export type FaultParse =
  | { readonly ok: true; readonly fault: FaultSpec }
  | { readonly ok: false; readonly problems: readonly Problem[] };

const FORM = 'kind[=magnitude]@target:start[:end], for example leak=2mm@12:0.1:2';
const LONGEST = 4096;

/** Thrown inside this file only. */
class Wrong extends Error {
  constructor(
    readonly at: number,
    message: string,
    readonly remedy: string,
  ) {
    super(message);
  }
}

/**
 * Reads one fault. `column` of a problem counts in `text` from 1; `key` is the text.
 * @param counts how many of each target the farm has; `*` means all of them
 * @param sensors the farm's sensors, which can then be named by their tags; `*` of sensors means all that vote
 */
export function parseFault(text: string, counts: TargetCounts, sensors?: SensorNumbers): FaultParse {
  try {
    return { ok: true, fault: read(text, counts, sensors) };
  } catch (error) {
    if (!(error instanceof Wrong)) throw error;
    const { at, message, remedy } = error;
    const shown = text.length > 80 ? `${text.slice(0, 80)}…` : text;
    return {
      ok: false,
      problems: [{ key: shown, column: at + 1, message: oneLine(message), remedy: oneLine(remedy), severity: 'error' }],
    };
  }
}

// biome-ignore lint/suspicious/noControlCharactersInRegex: control characters are what must not reach a message.
const oneLine = (text: string): string => text.replace(/[\u0000-\u001f\u007f\u2028\u2029]+/g, ' ').slice(0, 380);

/** A fault as it would be typed; `parseFault` gives it back. @param sensors to name those that do not vote by their tags */
export function faultText({ kind, targets, magnitudes, start_s, end_s }: FaultSpec, sensors?: SensorNumbers): string {
  const values = magnitudes.length === 0 ? '' : `=${magnitudes.join(',')}`;
  const { target } = faultKind(kind);
  const places = target === 'farm' ? 'farm' : rangesText(targets, target === 'sensor' ? sensors : undefined);
  return `${kind}${values}@${places}:${start_s}${end_s === null ? '' : `:${end_s}`}`;
}

function rangesText(targets: readonly number[], sensors?: SensorNumbers): string {
  const parts: string[] = [];
  const run = (first: number, last: number): string =>
    sensors?.runText(first, last) ?? (last > first ? `${first}-${last}` : `${first}`);
  for (let k = 0; k < targets.length; k++) {
    let last = k;
    // Sensors that vote and those that do not are counted apart.
    while (targets[last + 1] === targets[last] + 1 && targets[last + 1] !== sensors?.voting) last++;
    parts.push(run(targets[k], targets[last]));
    k = last;
  }
  return parts.join(',');
}

function read(text: string, counts: TargetCounts, sensors: SensorNumbers | undefined): FaultSpec {
  if (text.length > LONGEST) throw new Wrong(LONGEST, 'The fault is too long.', `Write at most ${LONGEST} characters.`);
  const at = text.indexOf('@');
  if (at < 0) throw new Wrong(text.length, 'The fault names no target: "@" is missing.', `Write ${FORM}.`);
  const equals = text.indexOf('=');
  const hasMagnitude = equals >= 0 && equals < at;
  const kind = text.slice(0, hasMagnitude ? equals : at).trim();
  if (!isFaultKind(kind)) {
    const near = nearestWord(kind, FAULT_KIND_NAMES);
    const known = `Known kinds: ${FAULT_KIND_NAMES.join(', ')}.`;
    throw new Wrong(0, `There is no fault "${kind.slice(0, 60)}".`, near ? `Did you mean "${near}"?` : known);
  }
  const row = faultKind(kind);
  const magnitudes = hasMagnitude
    ? readMagnitudes(text.slice(equals + 1, at), equals + 1, row.magnitudes, kind)
    : row.magnitudes.map((m) => m.default);
  const colon = text.indexOf(':', at);
  if (colon < 0) throw new Wrong(text.length, 'The fault has no start: ":" is missing.', `Write ${FORM}.`);
  const available = targetCount(counts, row.target);
  const named = row.target === 'sensor' ? sensors : undefined;
  const targets = readTargets(text.slice(at + 1, colon), at + 1, row.target, available, named);
  const second = text.indexOf(':', colon + 1);
  const start_s = readTime(text.slice(colon + 1, second < 0 ? undefined : second), colon + 1, 'start');
  if (second < 0) return { kind, targets, magnitudes, start_s, end_s: null };
  const end_s = readTime(text.slice(second + 1), second + 1, 'end');
  if (end_s <= start_s) {
    throw new Wrong(
      second + 1,
      `The end, ${end_s} s, is not after the start, ${start_s} s.`,
      'Give a later end, or none.',
    );
  }
  return { kind, targets, magnitudes, start_s, end_s };
}

function readMagnitudes(text: string, at: number, rows: readonly FaultMagnitude[], kind: string): number[] {
  if (rows.length === 0) throw new Wrong(at, `The fault ${kind} has no magnitude.`, `Write ${kind}@… without "=".`);
  const parts = text.split(',');
  if (parts.length > rows.length) {
    throw new Wrong(
      at,
      `The fault ${kind} has ${rows.length} magnitude(s), not ${parts.length}.`,
      rows.map(rangeText).join('; '),
    );
  }
  let place = at;
  return rows.map((row, k) => {
    if (k >= parts.length) return row.default;
    const parsed = parseQuantity(parts[k].trim(), row.unit, row.unit);
    if (!parsed.ok)
      throw new Wrong(place, `${row.label}: "${parts[k].slice(0, 40)}": ${parsed.reason}.`, rangeText(row));
    if (!(parsed.value >= row.min && parsed.value <= row.max)) {
      throw new Wrong(place, `${row.label}: ${parsed.value} is out of range.`, rangeText(row));
    }
    place += parts[k].length + 1;
    return parsed.value;
  });
}

const rangeText = ({ label, min, max, unit }: FaultMagnitude): string =>
  `${label}: give ${min} to ${max} ${unitSymbol(unit)}`.trimEnd();

function readTime(text: string, at: number, what: string): number {
  const parsed = parseQuantity(text.trim(), 's', 's');
  if (!parsed.ok)
    throw new Wrong(at, `The ${what} "${text.slice(0, 40)}": ${parsed.reason}.`, 'Give seconds of simulated time.');
  if (parsed.value < 0) throw new Wrong(at, `The ${what} is before the beginning.`, 'Give 0 or more seconds.');
  return parsed.value;
}

function readTargets(
  text: string,
  at: number,
  target: string,
  available: number,
  sensors: SensorNumbers | undefined,
): number[] {
  const there = remedyFor(target, available, sensors);
  if (available === 0) throw new Wrong(at, `There is nothing that can fail so: no ${target}.`, there);
  if (text.trim() === '*' || (target === 'farm' && text.trim() === 'farm'))
    return Array.from({ length: sensors?.voting ?? available }, (_, k) => k);
  const chosen = new Set<number>();
  let place = at;
  for (const part of text.split(',')) {
    const typed = part.trim();
    if (sensors && /^[a-z]{2}-/i.test(typed)) {
      const numbers = sensors.named(typed);
      if (!numbers) throw new Wrong(place, `There is no sensor ${typed.slice(0, 40)}.`, there);
      for (const k of numbers) chosen.add(k);
      place += part.length + 1;
      continue;
    }
    const match = /^(\d{1,9})(?:-(\d{1,9}))?$/.exec(typed);
    if (!match) throw new Wrong(place, `"${part.slice(0, 40)}" is no ${target}.`, there);
    const first = Number(match[1]);
    const last = match[2] === undefined ? first : Number(match[2]);
    if (last < first) throw new Wrong(place, `The range ${first}-${last} runs backwards.`, `Write ${last}-${first}.`);
    if (last >= available) throw new Wrong(place, `There is no ${target} ${last}.`, there);
    for (let k = first; k <= last; k++) chosen.add(k);
    place += part.length + 1;
  }
  return [...chosen].sort((a, b) => a - b);
}

function remedyFor(target: string, available: number, sensors: SensorNumbers | undefined): string {
  if (available === 0) return `This farm has no ${target}.`;
  if (!sensors) return `Give ${target} 0 to ${available - 1}, a list 3,7,9-12, or *.`;
  const { perChamber, chambers } = sensors.placement;
  const slots = SENSOR_KINDS.map((kind) => `${SENSORS[kind].letters} 1 to ${perChamber[kind]}`).join(', ');
  return `Give a tag such as ${sensors.tag(0)} (chambers 0 to ${chambers - 1}; ${slots}), XT-7-* for all of a chamber, numbers 0 to ${available - 1}, or * for those that vote.`;
}
