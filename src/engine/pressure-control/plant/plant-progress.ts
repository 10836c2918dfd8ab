// Where a plant stands between its scans, as places of one array that snapshots and edits keep whole. Not here: what the parts keep.

export const PROGRESS = {
  /** Steps since the last sample, samples since the last scan, scans since the last vote. */
  steps: 0,
  samples: 1,
  scans: 2,
  /** Time of the last scan, s. */
  scanned: 3,
  /** Oxygen of the room, mole fraction. */
  roomOxygen: 4,
  /** Gas vented up to the last scan, mol. */
  vented: 5,
  /** The emergency stop: 0, PRESSED or LET_GO. */
  stop: 6,
} as const;
export const PROGRESS_COUNT = 7;
/** Places before this one are the rhythm of the measurement, and of use to no other. */
export const RHYTHM_COUNT = 4;

/** The emergency stop: one let go is felt once more, so that a press between two scans is not missed. */
export const PRESSED = 1;
export const LET_GO = 2;
