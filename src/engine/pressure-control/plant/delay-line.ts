// Readings that arrive late: values handed over now and given out a while later. The delay is resolved by a few dozen places.

/** Places in the line: the delay is kept to a part of this many. */
const PLACES = 32;

export class DelayLine {
  /** Values under way, oldest first from `head` on; time since the last was taken, s; delay it holds for, s; head. */
  private readonly values: Float64Array;
  private readonly state = new Float64Array(3);

  constructor(readonly count: number) {
    this.values = new Float64Array(PLACES * count);
  }

  /** Replaces `values` by those of `delay` seconds ago, dt (s) after the call before; a new delay starts from the present ones. */
  pass(values: Float64Array, delay: number, dt: number): void {
    const { state, count } = this;
    if (delay !== state[1]) {
      for (let k = 0; k < PLACES; k++) this.values.set(values, k * count);
      state[0] = 0;
      state[1] = delay;
    }
    if (!(delay > 0)) return;
    state[0] += dt;
    const share = delay / PLACES;
    for (; state[0] >= share; state[0] -= share) {
      this.values.set(values, state[2] * count);
      state[2] = (state[2] + 1) % PLACES;
    }
    values.set(this.values.subarray(state[2] * count, (state[2] + 1) * count));
  }

  /** The whole state, for snapshots. */
  arrays(): Float64Array[] {
    return [this.values, this.state];
  }
}
