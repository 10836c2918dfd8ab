// The control panel's sections, derived from the parameter table: essentials, advanced, planned; and the search.

import { PARAMETER_KEYS, type ParameterKey, parameterRow } from '../../engine/parameters/table.ts';
import { GROUPS, type GroupId } from '../../engine/parameters/types.ts';

export interface ControlGroup {
  readonly id: GroupId;
  readonly title: string;
  readonly essentials: readonly ParameterKey[];
  /** Advanced rows, the modelled before the planned. */
  readonly advanced: readonly ParameterKey[];
  /** No row of it is modelled yet. */
  readonly planned: boolean;
}

const isPlanned = (key: ParameterKey): boolean => parameterRow(key).effect === 'planned';

/** Sections in the order of the table; those of which nothing is modelled come last. */
export function controlGroups(keys: readonly ParameterKey[] = PARAMETER_KEYS): ControlGroup[] {
  const byGroup = new Map<GroupId, ParameterKey[]>();
  for (const key of keys) {
    const { group } = parameterRow(key);
    const list = byGroup.get(group);
    if (list) list.push(key);
    else byGroup.set(group, [key]);
  }
  const groups = [...byGroup].map(([id, members]) => {
    const advanced = members.filter((key) => parameterRow(key).advanced);
    return {
      id,
      title: GROUPS[id],
      essentials: members.filter((key) => !parameterRow(key).advanced),
      advanced: [...advanced.filter((key) => !isPlanned(key)), ...advanced.filter(isPlanned)],
      planned: members.every(isPlanned),
    };
  });
  return [...groups.filter((g) => !g.planned), ...groups.filter((g) => g.planned)];
}

/** Keys whose label, key, help or effect contains every word of the search. */
export function matchingKeys(search: string): ParameterKey[] {
  const words = search.toLowerCase().split(/\s+/).filter(Boolean);
  return PARAMETER_KEYS.filter((key) => {
    const { label, help, affects, group } = parameterRow(key);
    const text = `${key} ${label} ${help} ${affects} ${GROUPS[group]}`.toLowerCase();
    return words.every((word) => text.includes(word));
  });
}
