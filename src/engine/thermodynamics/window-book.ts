// What crossed the farm's boundary and changed place in a window: totals at its start and end, stored energy by place, what the
// headers gave. Readings and tables are formed from the window finished last.

import type { StoredByPlace } from './energy-flows.ts';

/** What the headers gave so far. */
export interface HeadersGiven {
  /** J to the chambers. */
  readonly energyGiven: number;
  /** J/K in valves, headers and compressor. */
  readonly entropyProduced: number;
  /** J. */
  readonly compressorWork: number;
}

/** What a snapshot keeps besides arrays(). */
export interface WindowSnapshot {
  readonly stored: { readonly before: StoredByPlace; readonly after: StoredByPlace };
  readonly storedAtStart: StoredByPlace;
}

const NOTHING: StoredByPlace = { gas: 0, ducts: 0, walls: 0, chips: 0 };

export class WindowBook {
  /** Change of each total (TOTAL of state.ts) in the window finished last. */
  readonly last: Float64Array;
  /** Energy (J), entropy produced (J/K) and compressor work (J) of the headers in it. */
  readonly lastHeaders = new Float64Array(3);
  /** Stored energy at its beginning and end. */
  stored: { readonly before: StoredByPlace; readonly after: StoredByPlace } = { before: NOTHING, after: NOTHING };
  private readonly start: Float64Array;
  private readonly headersStart = new Float64Array(3);
  private storedAtStart: StoredByPlace = NOTHING;

  constructor(totals: number) {
    this.last = new Float64Array(totals);
    this.start = new Float64Array(totals);
  }

  begin(totals: Float64Array, headers: HeadersGiven, stored: StoredByPlace): void {
    this.start.set(totals);
    this.headersStart[0] = headers.energyGiven;
    this.headersStart[1] = headers.entropyProduced;
    this.headersStart[2] = headers.compressorWork;
    this.storedAtStart = stored;
  }

  close(totals: Float64Array, headers: HeadersGiven, stored: StoredByPlace): void {
    for (let m = 0; m < this.last.length; m++) this.last[m] = totals[m] - this.start[m];
    this.lastHeaders[0] = headers.energyGiven - this.headersStart[0];
    this.lastHeaders[1] = headers.entropyProduced - this.headersStart[1];
    this.lastHeaders[2] = headers.compressorWork - this.headersStart[2];
    this.stored = { before: this.storedAtStart, after: stored };
  }

  snapshot(): WindowSnapshot {
    return { stored: this.stored, storedAtStart: this.storedAtStart };
  }

  restored(kept: WindowSnapshot): void {
    this.stored = kept.stored;
    this.storedAtStart = kept.storedAtStart;
  }

  /** For snapshots, beside snapshot(). */
  arrays(): Float64Array[] {
    return [this.start, this.last, this.headersStart, this.lastHeaders];
  }
}
