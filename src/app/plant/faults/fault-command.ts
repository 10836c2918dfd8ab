// From a filled form to the text of a fault, as on the command line: kind[=magnitude]@targets:start[:end].

import { FAULT_KIND_NAMES, type FaultKind, type FaultTarget, faultKind } from '../../../engine/faults/fault-kinds.ts';
import type { TargetCounts } from '../../../engine/monitoring/alarms/places.ts';
import { VALVES, VOTING_SENSORS } from '../../../engine/pressure-control/plant/plant-topology.ts';
import type { SensorNumbers } from '../../../engine/pressure-control/plant/sensor-numbers.ts';
import { SENSORS } from '../../../engine/pressure-control/sensors/catalogue.ts';
import type { PointKind } from '../../../engine/pressure-control/sensors/placement.ts';
import { typed } from '../../shell/format.ts';

export interface FaultForm {
  readonly kind: FaultKind;
  /** SI, one for each magnitude of the kind. */
  readonly magnitudes: readonly number[];
  /** As typed: 12, a list 3,7,9-12, tags PT-0003-4,XT-7-*, or *. */
  readonly targets: string;
  /** s from now. */
  readonly start_s: number;
  /** s; null: until it is cleared. */
  readonly duration_s: number | null;
}

export function faultCommand({ kind, magnitudes, targets, start_s, duration_s }: FaultForm): string {
  const values = magnitudes.length === 0 ? '' : `=${magnitudes.map(typed).join(',')}`;
  const places = faultKind(kind).target === 'farm' ? 'farm' : targets.replaceAll(' ', '');
  const end = duration_s === null ? '' : `:${typed(start_s + duration_s)}`;
  return `${kind}${values}@${places}:${typed(start_s)}${end}`;
}

/** Kinds by what they strike, in the order of the table. */
export function faultGroups(): { readonly title: string; readonly kinds: readonly FaultKind[] }[] {
  const groups = new Map<string, FaultKind[]>();
  for (const kind of FAULT_KIND_NAMES) {
    const title = GROUP_OF[faultKind(kind).target];
    groups.set(title, [...(groups.get(title) ?? []), kind]);
  }
  return [...groups].map(([title, kinds]) => ({ title, kinds }));
}

const GROUP_OF: Readonly<Record<FaultTarget, string>> = {
  chamber: 'Chambers',
  duct: 'Ducts and valves',
  valve: 'Ducts and valves',
  pump: 'Pumps, fans, headers',
  fan: 'Pumps, fans, headers',
  header: 'Pumps, fans, headers',
  sensor: 'Sensors',
  farm: 'Whole farm',
};

/** Numbers of what belongs to chambers: themselves, their ducts, the supply valve or first pressure sensor of each. */
export function placesOf(target: FaultTarget, chambers: readonly number[], edges: ArrayLike<number>): number[] {
  const chosen = new Set(chambers);
  if (target === 'chamber') return [...chosen].sort((a, b) => a - b);
  if (target === 'valve') return [...chosen].map((i) => VALVES * i).sort((a, b) => a - b);
  if (target === 'sensor') return [...chosen].map((i) => VOTING_SENSORS * i).sort((a, b) => a - b);
  if (target !== 'duct') return [];
  const ducts: number[] = [];
  for (let e = 0; 2 * e < edges.length; e++)
    if (chosen.has(edges[2 * e] as number) || chosen.has(edges[2 * e + 1] as number)) ducts.push(e);
  return ducts;
}

/** 3,7,9-12. */
export function rangesText(numbers: readonly number[]): string {
  const parts: string[] = [];
  for (let k = 0; k < numbers.length; k++) {
    const first = numbers[k] as number;
    let last = k;
    while (numbers[last + 1] === (numbers[last] as number) + 1) last++;
    parts.push(last > k ? `${first}-${numbers[last]}` : String(first));
    k = last;
  }
  return parts.join(',');
}

/** Sensors named in a line at most. */
const MOST_TAGS = 3;
const SENSOR_WORDS = ['A', 'B', 'C'];

const POINT_WORDS: Readonly<Record<PointKind, string>> = {
  gas: 'in the gas',
  wall: 'on the wall',
  chip: 'on the chips',
  port: 'at a duct',
  valve: 'at a valve',
};

/** "PT-0003-4, pressure at a valve of chamber 3". */
function instrumentHint(sensors: SensorNumbers, index: number): string {
  const { kind, chamber, point, tag } = sensors.placement.describe(sensors.idOf(index));
  return `${tag}, ${SENSORS[kind].label.toLowerCase()} ${POINT_WORDS[point.kind]} of chamber ${chamber}`;
}

/** What a number means: "return valve of chamber 12". @param sensors the farm's, to name those that do not vote */
export function placeHint(
  target: FaultTarget,
  index: number,
  edges: ArrayLike<number>,
  sensors?: SensorNumbers | null,
): string {
  if (target === 'valve')
    return `${index % VALVES === 0 ? 'supply' : 'return'} valve of chamber ${Math.floor(index / VALVES)}`;
  if (target === 'sensor' && sensors && index >= sensors.voting && index < sensors.count)
    return instrumentHint(sensors, index);
  if (target === 'sensor') {
    const slot = index % VOTING_SENSORS;
    const measures = slot < 3 ? 'pressure' : 'temperature';
    return `${measures} sensor ${SENSOR_WORDS[slot % 3]} of chamber ${Math.floor(index / VOTING_SENSORS)}`;
  }
  if (target === 'duct') {
    const [from, to] = [edges[2 * index], edges[2 * index + 1]];
    return from === undefined || to === undefined ? `duct ${index}` : `duct between chambers ${from} and ${to}`;
  }
  if (target === 'header') return index === 0 ? 'supply header' : 'return header';
  return target === 'farm' ? 'the whole farm' : `${target} ${index}`;
}

/** What is meant by a list of places, for people: the first two by name, the rest by number. */
export function placesHint(
  target: FaultTarget,
  places: readonly number[],
  edges: ArrayLike<number>,
  sensors?: SensorNumbers | null,
): string {
  const [first, second] = places;
  if (first === undefined) return '';
  if (target === 'farm') return 'The whole farm';
  if (target === 'chamber') return places.length === 1 ? `Chamber ${first}` : `${places.length} chambers`;
  const named = capital(placeHint(target, first, edges, sensors));
  if (second === undefined) return named;
  if (target === 'sensor' && sensors) {
    const tags = places.slice(0, MOST_TAGS).map((index) => sensors.tag(index));
    return `${places.length} sensors: ${tags.join(', ')}${places.length > MOST_TAGS ? ' …' : ''}`;
  }
  const two = [first, second].map((index) => placeHint(target, index, edges, sensors)).join(', ');
  return `${places.length} ${target}s: ${two}${places.length > 2 ? ' …' : ''}`;
}

/** How the numbers of a target go, and how many there are. */
export function numbering(target: FaultTarget, counts: TargetCounts): string {
  if (target === 'farm') return '';
  const n = counts[target];
  if (n === 0) return `This farm has no ${target}.`;
  const range = n === 1 ? '0' : `0 to ${n - 1}`;
  if (target === 'valve') return `${range}: 2 × chamber is its supply valve, + 1 its return valve`;
  if (target === 'sensor')
    return 'Tags as PT-0003-4, XT-7-*, XT-7-1-9; or numbers: 6 × chamber + k for those that vote, k 0–2 pressure A–C, 3–5 temperature A–C';
  if (target === 'header') return '0 supply, 1 return';
  return `${range}, a list 3,7,9-12, or * for all`;
}

const capital = (text: string): string => text.charAt(0).toUpperCase() + text.slice(1);
