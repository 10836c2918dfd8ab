// What the pressure trends show: the farm, some loops, the selected chambers; and whether the axis reaches to the limits.

import { type LoopScope, loopName } from '../../../engine/pressure-control/plant/loop-name.ts';
import { LOOPS_RECORDED } from '../../../worker/pressure-trends.ts';
import classes from '../Plant.module.css';
import own from './Pressure.module.css';
import { setPressureView, TREND_SUBJECTS, type TrendSubject, usePressureView } from './pressure-view.ts';
import { MOST_LINES } from './trend-lines.ts';

const SUBJECTS: Readonly<Record<TrendSubject, string>> = { farm: 'Farm', loops: 'Loops', chambers: 'Selected' };

/** What the pressure plot shows, and which loops of many. */
export function TrendSubjects({ count, scope }: { count: number; scope: LoopScope }) {
  const subject = usePressureView((s) => s.subject);
  const loops = usePressureView((s) => s.loops);
  const limits = usePressureView((s) => s.limits);
  const toggle = (loop: number) =>
    setPressureView({
      loops: loops.includes(loop)
        ? loops.filter((other) => other !== loop)
        : [...loops.slice(-(MOST_LINES - 1)), loop].sort((a, b) => a - b),
    });
  return (
    <>
      <fieldset className={own.subjects} aria-label="Pressure of">
        {TREND_SUBJECTS.map((name) => (
          <button
            key={name}
            type="button"
            className={classes.chip}
            aria-pressed={subject === name}
            onClick={() => setPressureView({ subject: name })}
          >
            {SUBJECTS[name]}
          </button>
        ))}
        <button
          type="button"
          className={classes.chip}
          aria-pressed={limits}
          title="Let the pressure axis reach to vacuum and trip"
          onClick={() => setPressureView({ limits: !limits })}
        >
          Limits
        </button>
      </fieldset>
      {subject === 'loops' && count > MOST_LINES && scope === 'layer' && (
        <fieldset className={own.loopChips} aria-label="Loops drawn">
          {Array.from({ length: Math.min(count, LOOPS_RECORDED) }, (_, loop) => (
            <button
              // biome-ignore lint/suspicious/noArrayIndexKey: the loop's number is what it is
              key={loop}
              type="button"
              className={classes.chip}
              aria-pressed={loops.includes(loop)}
              aria-label={loopName(scope, loop)}
              onClick={() => toggle(loop)}
            >
              {loop + 1}
            </button>
          ))}
        </fieldset>
      )}
      {subject === 'loops' && scope === 'chamber' && count > LOOPS_RECORDED && (
        <p className={classes.muted}>The first {LOOPS_RECORDED} are recorded; select chambers for others.</p>
      )}
    </>
  );
}
