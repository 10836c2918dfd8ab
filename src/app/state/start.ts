// The first seconds: theme, engine and scenario start together, then the farm runs.

import { SCENARIOS, type ShippedScenario } from '../../engine/config/scenarios.ts';
import { writeScenario } from '../../engine/config/write.ts';
import { defaultValues } from '../../engine/parameters/table.ts';
import { restoreMetrics } from '../charts/shown-metrics.ts';
import { openFirst, run, setTheme } from './actions.ts';
import { client } from './farm-client.ts';
import { fetchScenario } from './files.ts';
import { firstPicture, whenIdle } from './first-picture.ts';
import { type KeptScenario, keepScenario, recallScenario, setAsideScenario } from './kept-scenario.ts';
import { notify } from './notices.ts';
import { recall, THEME_KEY } from './storage.ts';
import { useTwin } from './store.ts';

const FIRST_SCENARIO = SCENARIOS[0] as ShippedScenario;

export function startTwin(): void {
  const kept = recall(THEME_KEY);
  const preferred = matchMedia('(prefers-color-scheme: light)').matches ? 'light' : 'dark';
  setTheme(kept === 'light' || kept === 'dark' ? kept : preferred);
  restoreMetrics();
  void startFarm();
  keepSpareReady();
}

/** After the first picture, and again after each restart, while the page has nothing else to do. */
function keepSpareReady(): void {
  const prepare = (): void => {
    void firstPicture
      .then(() => whenIdle())
      .then(() => {
        if (useTwin.getState().phase === 'ready') client.prepareSpare();
      });
  };
  useTwin.subscribe((now, before) => {
    if (now.phase === 'ready' && before.phase !== 'ready') prepare();
  });
}

async function startFarm(): Promise<void> {
  // The file travels while the engine compiles. Its failure is told, not fatal: the engine has the same defaults.
  const kept = recallScenario();
  const scenario = fetchScenario(FIRST_SCENARIO).catch((error: unknown) => error as Error);
  try {
    // Its code travels too: the calls below wait in its port.
    const started = client.start();
    const text = await scenario;
    if (kept && (await openKept(kept))) {
      // The scenario of the last visit runs.
    } else if (typeof text === 'string') {
      await openFirst(text, `${FIRST_SCENARIO.name}.toml`);
    } else {
      notify('warning', 'The default scenario could not be fetched; the built-in defaults run', [
        { message: text.message, remedy: 'Open a scenario file.', severity: 'warning' },
      ]);
      await openFirst(writeScenario(defaultValues(), { title: 'defaults' }), 'defaults.toml');
    }
    await Promise.all([started, run()]);
    useTwin.setState({ phase: 'ready' });
    keepScenario();
  } catch {
    // The client has set the phase to 'lost' and the page says so.
  }
}

/** Opens the scenario of the last visit; one that is refused is set aside and explained. */
async function openKept(kept: KeptScenario): Promise<boolean> {
  const reply = await openFirst(kept.text, kept.name);
  if (!reply.ok) setAsideScenario(kept);
  return reply.ok;
}
