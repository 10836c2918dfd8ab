import { defineConfig } from '@playwright/test';

/** The built page, served twice: with cross-origin isolation (shared memory) and without (transferred buffers). */
export const ISOLATED = 'http://127.0.0.1:4173';
export const PLAIN = 'http://127.0.0.1:4174';

const executablePath = process.env.CHROMIUM_PATH;

export default defineConfig({
  testDir: 'e2e',
  testMatch: '*.e2e.ts',
  workers: 1,
  retries: 0,
  timeout: 120_000,
  expect: { timeout: 30_000 },
  use: {
    baseURL: ISOLATED,
    viewport: { width: 1280, height: 800 },
    launchOptions: {
      ...(executablePath ? { executablePath } : {}),
      args: [
        ...(process.getuid?.() === 0 ? ['--no-sandbox'] : []),
        '--use-angle=gl-egl',
        '--ignore-gpu-blocklist',
        '--no-first-run',
        '--disable-background-networking',
        '--disable-component-update',
        '--disable-sync',
        '--disable-quic',
      ],
    },
  },
  webServer: [
    { command: 'node tools/serve.mjs 4173', url: ISOLATED, reuseExistingServer: false },
    { command: 'node tools/serve.mjs 4174', url: PLAIN, reuseExistingServer: false, env: { TWIN_NO_ISOLATION: '1' } },
  ],
});
