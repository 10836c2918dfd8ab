// What in a farm can be wrong, and how a place is named to people. Shared by alarms and faults.

export const TARGET_KINDS = ['chamber', 'duct', 'valve', 'pump', 'fan', 'header', 'sensor', 'room', 'farm'] as const;

export type TargetKind = (typeof TARGET_KINDS)[number];

export interface Place {
  readonly target: TargetKind;
  /** Which of its kind, from 0. */
  readonly index: number;
}

/** How many of each kind a farm has; of room and farm there is one. */
export type TargetCounts = Readonly<Record<Exclude<TargetKind, 'room' | 'farm'>, number>>;

export const targetCount = (counts: TargetCounts, target: TargetKind): number =>
  target === 'room' || target === 'farm' ? 1 : counts[target];

/** "chamber 12", "room". */
export const placeText = ({ target, index }: Place): string =>
  target === 'room' || target === 'farm' ? target : `${target} ${index}`;
