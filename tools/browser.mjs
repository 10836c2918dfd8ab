// Finds a Chromium for the browser tests: CHROMIUM_PATH, Playwright's own, one of the system; else installs Debian's.

import { spawnSync } from 'node:child_process';
import { accessSync, constants, existsSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import { run } from './setup.mjs';

const NAMES = ['chromium', 'chromium-browser', 'google-chrome', 'google-chrome-stable', 'chrome'];
const PLACES = [
  '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
  'C:\\Program Files\\Google\\Chrome\\Application\\chrome.exe',
];

function isProgram(path) {
  try {
    accessSync(path, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}

function systemBrowser() {
  for (const name of NAMES) {
    for (const folder of (process.env.PATH ?? '').split(delimiter)) {
      if (isProgram(join(folder, name))) return join(folder, name);
    }
  }
  return PLACES.find((path) => existsSync(path));
}

async function playwrightBrowser() {
  const { chromium } = await import('@playwright/test');
  const path = chromium.executablePath();
  return path && existsSync(path) ? path : undefined;
}

function installDebianChromium() {
  if (process.platform !== 'linux' || !isProgram('/usr/bin/apt-get')) return;
  const root = process.getuid?.() === 0;
  if (!root && spawnSync('sudo', ['-n', 'true']).status !== 0) return;
  const apt = (...args) => (root ? run('apt-get', args) : run('sudo', ['-n', 'apt-get', ...args]));
  console.log('Installing Debian’s chromium for the browser tests…');
  apt('update', '-q');
  apt('install', '-y', '-q', '--no-install-recommends', 'chromium');
}

/** Path of a Chromium, or undefined when there is none and none could be installed. */
export async function findBrowser() {
  const given = process.env.CHROMIUM_PATH;
  if (given) return isProgram(given) ? given : undefined;
  let found = (await playwrightBrowser()) ?? systemBrowser();
  if (found) return found;
  installDebianChromium();
  found = systemBrowser();
  if (found) return found;
  if (run('npx', ['playwright', 'install', 'chromium']) === 0) return playwrightBrowser();
  return undefined;
}
