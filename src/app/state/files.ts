// Scenario files in and out of the page: shipped ones by name, a person's own by picker or drop, and download.

import type { ShippedScenario } from '../../engine/config/scenarios.ts';
import type { LoadReply } from '../../worker/protocol.ts';
import { openText, scenarioText } from './actions.ts';
import { notify } from './notices.ts';
import { useTwin } from './store.ts';

export const FILE_BYTES_MAX = 256 * 1024;

/** Text of a shipped scenario; rejects when the server has no such file. */
export async function fetchScenario({ path }: ShippedScenario): Promise<string> {
  const response = await fetch(`/${path}`);
  const text = await response.text();
  // A server for single-page apps answers a missing file with the page itself.
  if (!response.ok || /^\s*<!doctype/i.test(text)) throw new Error(`The server has no file "${path}".`);
  return text;
}

export async function openShipped(scenario: ShippedScenario): Promise<void> {
  const fileName = `${scenario.name}.toml`;
  try {
    await openText(await fetchScenario(scenario), fileName);
  } catch (error) {
    refuse(`${fileName} was not opened`, error instanceof Error ? error.message : String(error), 'Choose another.');
  }
}

let picker: HTMLInputElement | null = null;

/** Lets the person choose a file. */
export function openFile(): void {
  picker ??= createPicker();
  // The same file again is a choice, too.
  picker.value = '';
  picker.click();
}

/** Kept in the page: a picker that only a variable holds may be collected before the person has chosen. */
function createPicker(): HTMLInputElement {
  const input = document.createElement('input');
  input.type = 'file';
  input.accept = '.toml';
  input.hidden = true;
  input.addEventListener('change', () => {
    const file = input.files?.[0];
    if (file) void readFile(file);
  });
  document.body.append(input);
  return input;
}

/** Opens a chosen or dropped file, if it can be one. */
export async function readFile(file: File): Promise<LoadReply | null> {
  const reason = whyNotScenario(file.name, file.size);
  if (reason) {
    refuse(`${file.name} was not opened; the running farm is unchanged`, reason.message, reason.remedy);
    return null;
  }
  return openText(await file.text(), file.name);
}

/** Why a file cannot be a scenario, or null. */
export function whyNotScenario(name: string, bytes: number): { message: string; remedy: string } | null {
  if (!/\.(toml|conf)$/i.test(name)) {
    return { message: 'It is not a scenario file.', remedy: 'Choose a file whose name ends in .toml.' };
  }
  if (bytes > FILE_BYTES_MAX) {
    return {
      message: `It has ${Math.ceil(bytes / 1024)} kB; a scenario has at most ${FILE_BYTES_MAX / 1024} kB.`,
      remedy: 'Remove what does not belong to the scenario.',
    };
  }
  return null;
}

/** Downloads the farm’s present parameters as a scenario file. */
export async function saveFile(): Promise<void> {
  const name = useTwin.getState().status?.fileName || 'scenario.toml';
  const fileName = name.endsWith('.toml') ? name : `${name}.toml`;
  download(await scenarioText(), fileName, 'application/toml');
  notify('info', `Saved ${fileName}`);
}

export function download(text: string, fileName: string, type: string): void {
  const url = URL.createObjectURL(new Blob([text], { type }));
  const link = document.createElement('a');
  link.href = url;
  link.download = fileName;
  link.click();
  setTimeout(() => URL.revokeObjectURL(url), 1000);
}

function refuse(title: string, message: string, remedy: string): void {
  notify('error', title, [{ message, remedy, severity: 'error' }]);
}
