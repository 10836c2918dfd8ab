// The bell in the top bar: alarms by priority, the foremost one nobody has acknowledged, a flood, and where the farm is in its
// sequence. Calm: one quiet figure. Its width holds still, so that nothing beside it moves when an alarm comes.

import { Tooltip } from '@mantine/core';
import { PRIORITIES, type Priority } from '../../engine/monitoring/alarms/definition-row.ts';
import type { PlantOverview } from '../../worker/plant-calls.ts';
import bar from '../shell/TopBar.module.css';
import { usePanels } from '../state/panels.ts';
import classes from './AlarmBell.module.css';
import { showAlarm, showPlant, toggleAlarms, usePlantTab } from './plant-dock.ts';
import { usePlant, useWatchPlant } from './plant-store.ts';
import { countsText, floodText, PRIORITY_WORDS, PriorityMark, standingCount, worstPriority } from './priorities.tsx';

const WATCHED_MS = 300;
const GLANCED_MS = 500;

export function AlarmBell() {
  const open = usePanels((s) => s.plant.open);
  useWatchPlant(open ? WATCHED_MS : GLANCED_MS);
  return (
    <div className={`${bar.group} ${classes.group}`}>
      <BellButton />
      <div className={classes.foremost}>
        <Foremost />
      </div>
      <Spoken />
    </div>
  );
}

function BellButton() {
  const alarms = usePlant((s) => s.overview?.alarms);
  const shown = usePanels((s) => s.plant.open);
  const tab = usePlantTab((s) => s.tab);
  const words = alarms ? countsText(alarms) : 'no alarms';
  const worst = alarms ? worstPriority(alarms) : null;
  return (
    <Tooltip label={`${capital(words)}. Click for the list; P opens and closes the plant panel.`}>
      <button
        type="button"
        className={bar.readout}
        data-menu
        aria-pressed={shown && tab === 'alarms'}
        aria-label={`Alarms, ${words}`}
        onClick={toggleAlarms}
      >
        <span className={bar.label}>Alarms</span>
        <span className={`${bar.figure} ${classes.figure}`}>
          {alarms && worst ? (
            <>
              <span className={classes.short}>
                <PriorityMark priority={worst} filled={alarms[worst].unacknowledged > 0} />
                {alarms[worst].standing}
                <Rest n={standingCount(alarms) - alarms[worst].standing} />
              </span>
              <span className={classes.counts}>
                {PRIORITIES.filter((priority) => alarms[priority].standing > 0).map((priority) => (
                  <span key={priority} className={classes.count}>
                    <PriorityMark priority={priority} filled={alarms[priority].unacknowledged > 0} />
                    {alarms[priority].standing}
                  </span>
                ))}
              </span>
            </>
          ) : (
            <span className={bar.muted}>None</span>
          )}
        </span>
      </button>
    </Tooltip>
  );
}

/** Where there is room for the most urgent only. */
const Rest = ({ n }: { n: number }) => (n > 0 ? <span className={bar.unit}>+{n}</span> : null);

const capital = (text: string): string => text.charAt(0).toUpperCase() + text.slice(1);

/** Over the lattice where the top bar has no room for the text. */
export function AlarmBanner() {
  return (
    <div className={classes.banner} data-alarm-banner={useHasNews() || undefined}>
      <Foremost />
    </div>
  );
}

const useHasNews = (): boolean =>
  usePlant(
    ({ overview }) =>
      overview !== null &&
      (overview.foremost !== null ||
        overview.flood ||
        overview.sequence.phase !== 'running' ||
        activeBypasses(overview) > 0),
  );

const activeBypasses = ({ bypasses }: PlantOverview): number =>
  bypasses.reduce((n, { until_s }) => n + (until_s === null ? 0 : 1), 0);

function Foremost() {
  const flood = usePlant(({ overview }) => (overview?.flood ? floodText(overview.announced) : null));
  const phase = usePlant(({ overview }) =>
    overview && overview.sequence.phase !== 'running' ? `The farm is ${overview.sequence.label.split(':')[0]}` : null,
  );
  const bypasses = usePlant(({ overview }) => (overview ? activeBypasses(overview) : 0));
  const alarm = usePlant((s) => s.overview?.foremost?.alarm ?? null);
  const text = usePlant((s) => s.overview?.foremost?.text ?? null);
  const priority = usePlant((s) => s.overview?.foremost?.priority ?? null);
  if (!flood && !phase && bypasses === 0 && text === null) return null;
  return (
    <div className={classes.news}>
      {(flood || phase || bypasses > 0) && (
        <p className={classes.plant}>
          {flood && (
            <button type="button" className={classes.link} onClick={() => showPlant('alarms')}>
              {flood}
            </button>
          )}
          {phase && (
            <button type="button" className={classes.link} onClick={() => showPlant('safety')}>
              {phase}
            </button>
          )}
          {bypasses > 0 && (
            <button
              type="button"
              className={classes.link}
              title="Interlocks that do not act for a while. Show them"
              onClick={() => showPlant('safety')}
            >
              {bypasses === 1 ? '1 interlock bypassed' : `${bypasses} interlocks bypassed`}
            </button>
          )}
        </p>
      )}
      {text !== null && alarm !== null && priority !== null && (
        <button
          type="button"
          className={classes.alarm}
          title={`${text}. Show it in the list`}
          onClick={() => showAlarm(alarm)}
        >
          <PriorityMark priority={priority} filled />
          <span className={classes.text}>
            <strong>{PRIORITY_WORDS[priority]}</strong> {text}
          </span>
        </button>
      )}
    </div>
  );
}

/** For screen readers: each new foremost alarm, once. */
function Spoken() {
  const text = usePlant(({ overview }) => spoken(overview?.foremost ?? null));
  return (
    <p className={classes.spoken} aria-live="polite">
      {text}
    </p>
  );
}

const spoken = (foremost: { readonly text: string; readonly priority: Priority } | null): string =>
  foremost ? `${PRIORITY_WORDS[foremost.priority]} alarm: ${foremost.text}` : '';
