// From measured values to alarm conditions: limit, deadband, on delay and off delay (ISA-18.2, 11.4), before the life cycle.
// A value that is no number changes nothing: a lost sensor neither raises nor clears the alarms of what it measured.

/** When the condition of one kind of alarm comes and goes. */
export interface ConditionRule {
  /** In the unit of the value observed; ignored for 'state'. */
  readonly limit: number;
  readonly direction: 'above' | 'below' | 'state';
  /** How far back over the limit the value must go to clear; ≥ 0. */
  readonly deadband: number;
  /** How long the value must stay over (on) or back (off) before the condition follows, s. */
  readonly onDelay_s: number;
  readonly offDelay_s: number;
}

/** Where conditions go: the alarm machine, or what gathers a step's onsets before it. */
export interface ConditionSink {
  readonly count: number;
  condition(alarm: number): boolean;
  setCondition(alarm: number, present: boolean, time: number): void;
}

export class ConditionFilter {
  /** Time since which the value has been contradicting the condition; NaN: it agrees. */
  private readonly since: Float64Array;

  constructor(
    private readonly sink: ConditionSink,
    private readonly rules: readonly ConditionRule[],
    private readonly kindOf: ArrayLike<number>,
  ) {
    this.since = new Float64Array(sink.count).fill(Number.NaN);
  }

  /** A new value of what an alarm watches. @param limit instead of the rule's, same unit @param time simulated s */
  observe(alarm: number, value: number, time: number, limit?: number): void {
    if (Number.isNaN(value)) return;
    const rule = this.rules[this.kindOf[alarm]];
    const at = limit ?? rule.limit;
    const back = this.sink.condition(alarm) ? rule.deadband : 0;
    // At the limit counts as over it, the safe side.
    const over = rule.direction === 'below' ? value <= at + back : value >= at - back;
    this.observeState(alarm, over, time);
  }

  /** Whether what an alarm watches is wrong just now. @param time simulated s */
  observeState(alarm: number, wrong: boolean, time: number): void {
    if (wrong === this.sink.condition(alarm)) {
      this.since[alarm] = Number.NaN;
      return;
    }
    const rule = this.rules[this.kindOf[alarm]];
    if (Number.isNaN(this.since[alarm])) this.since[alarm] = time;
    if (time - this.since[alarm] < (wrong ? rule.onDelay_s : rule.offDelay_s)) return;
    this.since[alarm] = Number.NaN;
    this.sink.setCondition(alarm, wrong, time);
  }

  /** The state, for snapshots. */
  arrays(): Float64Array[] {
    return [this.since];
  }
}
