// Everything a person or a script can do to the farm: edit, undo, open, save, run, step, select. One owner of the edit
// queue and of the history; the page and window.twin both act through here.

import type { ParameterEdits } from '../../engine/parameters/edit.ts';
import { parameterRow } from '../../engine/parameters/table.ts';
import type { EditReply, LoadReply, Problem } from '../../worker/protocol.ts';
import { EditQueue, type QueuedEdit } from './edit-queue.ts';
import { client } from './farm-client.ts';
import type { Fidelity } from './fidelity.ts';
import { changedKeys, History, type ScenarioText, type Step } from './history.ts';
import { notify } from './notices.ts';
import { keep, THEME_KEY } from './storage.ts';
import { setCharts, type Theme, type TwinState, useTwin } from './store.ts';

/** Chambers the inspector overlays; the engine records waveforms of these only. */
export const INSPECTED_MAX = 6;
export const TIME_SCALE_MIN = 1e-4;
export const TIME_SCALE_MAX = 1e4;

const history = new History();
const queue = new EditQueue(sendEdit, {
  now: () => performance.now(),
  after: (ms, callback) => setTimeout(callback, ms),
});
let interactions = 0;
/** Undo, redo and loading happen one after another. */
let chain: Promise<unknown> = Promise.resolve();
let chained = 0;

/** A number for one interaction: a drag, one commit of a field, one click. */
export const newInteraction = (): number => ++interactions;

/** Edits and other deeds not yet done. */
export const pendingDeeds = (): number => queue.size + chained;

/**
 * Changes parameters while the farm runs; refused edits change nothing.
 * @param label what the undo button will say
 * @param interaction edits of the same number are coalesced and undone together
 */
export function edit(edits: ParameterEdits, label: string, interaction = newInteraction()): Promise<EditReply> {
  return queue.push({ edits, label, interaction });
}

async function sendEdit({ edits, label, interaction }: QueuedEdit): Promise<EditReply> {
  const before = useTwin.getState().values;
  const reply = await client.farm.edit(edits, label);
  if (reply.ok) {
    useTwin.setState({ values: reply.values });
    history.recordEdit(interaction, label, before, reply.values);
    showHistory();
  }
  return reply;
}

export const undo = (): Promise<void> => inTurn(() => move('back'));
export const redo = (): Promise<void> => inTurn(() => move('forward'));

async function move(direction: 'back' | 'forward'): Promise<void> {
  await queue.settled();
  const step = direction === 'back' ? history.undoStep : history.redoStep;
  if (!step) return;
  const target = direction === 'back' ? step.before : step.after;
  const problems = await apply(step, target);
  if (problems.length > 0) {
    notify('error', direction === 'back' ? `Could not undo: ${step.label}` : `Could not redo: ${step.label}`, problems);
    return;
  }
  if (direction === 'back') history.movedBack();
  else history.movedForward();
  showHistory();
}

async function apply(step: Step, target: Step['before']): Promise<readonly Problem[]> {
  if (step.kind === 'load') {
    const { text, name } = target as ScenarioText;
    const reply = await replaceFarm(text, name);
    return reply.ok ? [] : reply.problems;
  }
  const reply = await client.farm.edit(target as ParameterEdits, step.label);
  if (!reply.ok) return reply.problems;
  useTwin.setState({ values: reply.values });
  return [];
}

/** Opens a scenario text as one undo step; a refused one is explained in a notice and changes nothing. */
export function openText(text: string, name: string): Promise<LoadReply> {
  return inTurn(async () => {
    await queue.settled();
    const status = useTwin.getState().status;
    const before: ScenarioText = { text: await client.farm.save(), name: status?.fileName ?? 'scenario.toml' };
    const reply = await replaceFarm(text, name);
    if (reply.ok) {
      history.recordLoad(before, { text, name });
      showHistory();
    }
    tellOfLoad(reply, name);
    return reply;
  });
}

/** The first scenario of the session: nothing to go back to. */
export async function openFirst(text: string, name: string): Promise<LoadReply> {
  const reply = await replaceFarm(text, name);
  tellOfLoad(reply, name);
  return reply;
}

async function replaceFarm(text: string, name: string): Promise<LoadReply> {
  const reply = await client.farm.load(text, name);
  if (reply.ok && reply.values) {
    client.remember(text, name);
    useTwin.setState((s) => ({
      values: reply.values ?? s.values,
      loadedValues: reply.values ?? s.loadedValues,
      charts: { ...s.charts, zoom: null, cursorS: null },
    }));
  }
  return reply;
}

function tellOfLoad(reply: LoadReply, name: string): void {
  if (!reply.ok) notify('error', `${name} was not opened; the running farm is unchanged`, reply.problems);
  else if (reply.problems.length > 0) notify('warning', `${name} was opened with remarks`, reply.problems);
}

/** Scenario text of the farm as it is now. */
export async function scenarioText(): Promise<string> {
  await queue.settled();
  return client.farm.save();
}

export function selectChambers(ids: readonly number[]): void {
  const chambers = useTwin.getState().layout?.chambers ?? 0;
  const selection = [...new Set(ids)].filter((id) => Number.isInteger(id) && id >= 0 && id < chambers);
  useTwin.setState({ selection });
  quietly(client.farm.select(selection.slice(0, INSPECTED_MAX)));
}

export const run = (): Promise<void> => client.farm.run();
export const pause = (): Promise<void> => client.farm.pause();

export function toggleRun(): void {
  const running = useTwin.getState().status?.running ?? false;
  quietly(running ? pause() : run());
}

/** One time step; pauses first. */
export function step(n = 1): void {
  quietly(client.farm.step(n).then((status) => useTwin.setState({ status })));
}

export function setTimeScale(scale: number): void {
  quietly(client.farm.setTimeScale(Math.min(TIME_SCALE_MAX, Math.max(TIME_SCALE_MIN, scale))));
}

/** How the farm is computed; refusals (a farm that cannot be averaged) are explained in a notice. */
export function chooseFidelity(fidelity: Fidelity): void {
  const { label } = parameterRow('simulation.fidelity');
  quietly(
    edit({ 'simulation.fidelity': fidelity }, label).then((reply) => {
      if (!reply.ok) notify('error', 'The fidelity stays as it was', reply.problems);
    }),
  );
}

/** Runs forward in averaged mode until what comes in leaves again. */
export function fastForward(): void {
  if (isFastForwarding(useTwin.getState())) return;
  useTwin.setState({ forwardAsked: 'start' });
  quietly(
    client.farm
      .fastForward()
      .then((reply) => {
        if (!reply.ok) notify('error', 'The farm cannot be run forward', reply.problems);
      })
      .finally(() => useTwin.setState((s) => ({ forwardAsked: s.forwardAsked === 'start' ? null : s.forwardAsked }))),
  );
}

export const isFastForwarding = ({ status, forwardAsked }: TwinState): boolean =>
  forwardAsked !== null || (status?.fastForward ?? null) !== null;

export function cancelFastForward(): void {
  useTwin.setState({ forwardAsked: 'cancel' });
  quietly(client.farm.cancelFastForward().finally(() => useTwin.setState({ forwardAsked: null })));
}

/** Same parameters, time zero. */
export function reset(): void {
  quietly(client.farm.reset());
}

export function setTheme(theme: Theme): void {
  useTwin.setState({ theme });
  document.documentElement.dataset.theme = theme;
  keep(THEME_KEY, theme);
}

/** Starts the engine again with the last scenario and the values it had when it was lost. */
export async function restartEngine(): Promise<void> {
  const { values, selection } = useTwin.getState();
  setCharts({ zoom: null, cursorS: null });
  await client.restart(async (loaded) => {
    const keys = changedKeys(loaded, values);
    if (keys.length === 0) return;
    const edits = Object.fromEntries(keys.map((key) => [key, values[key]])) as ParameterEdits;
    const reply = await client.farm.edit(edits, 'restore the settings');
    if (reply.ok) useTwin.setState({ values: reply.values });
    else {
      useTwin.setState({ values: loaded });
      notify('warning', 'The engine runs again with the settings of the file', reply.problems);
    }
  });
  selectChambers(selection);
}

function showHistory(): void {
  useTwin.setState({ undoLabel: history.undoStep?.label ?? null, redoLabel: history.redoStep?.label ?? null });
}

function inTurn<T>(deed: () => Promise<T>): Promise<T> {
  chained++;
  const done = chain.then(deed).finally(() => {
    chained--;
  });
  chain = done.catch(() => undefined);
  return done;
}

/** A call whose failure is already on screen: the engine is lost, or the call timed out. */
function quietly(call: Promise<unknown>): void {
  call.catch((error: unknown) => {
    if (useTwin.getState().phase === 'lost') return;
    notify('error', 'The engine did not answer', [
      { message: String(error), remedy: 'Try again; if it stays silent, reload the page.', severity: 'error' },
    ]);
  });
}
