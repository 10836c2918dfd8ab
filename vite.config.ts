import react from '@vitejs/plugin-react';
import { defineConfig } from 'vite';

/** One policy for development, preview and the tests; docs/architecture.md says why each line. */
const CONTENT_SECURITY_POLICY = [
  "default-src 'none'",
  "script-src 'self' 'wasm-unsafe-eval'",
  "style-src 'self' 'unsafe-inline'",
  "img-src 'self' data: blob:",
  "font-src 'self'",
  "connect-src 'self'",
  "worker-src 'self'",
  "base-uri 'none'",
  "form-action 'none'",
  "frame-ancestors 'none'",
  "require-trusted-types-for 'script'",
  'trusted-types default',
].join('; ');

const isolation = {
  'Cross-Origin-Opener-Policy': 'same-origin',
  'Cross-Origin-Embedder-Policy': 'require-corp',
  'X-Content-Type-Options': 'nosniff',
};
// TWIN_NO_ISOLATION serves without shared memory, to test the other streaming path.
const headers = {
  ...(process.env.TWIN_NO_ISOLATION ? { 'X-Content-Type-Options': 'nosniff' } : isolation),
  'Content-Security-Policy': CONTENT_SECURITY_POLICY,
};

export default defineConfig({
  plugins: [react()],
  worker: { format: 'es' },
  server: { host: '127.0.0.1', port: 5173 },
  preview: { host: '127.0.0.1', port: 4173, headers },
  build: {
    target: 'es2022',
    // three.js is one lazy chunk of 0.9 MB (246 kB gzip), loaded beside the engine.
    chunkSizeWarningLimit: 1000,
    rolldownOptions: {
      output: {
        codeSplitting: {
          groups: [
            {
              name: 'react',
              test: /node_modules[\\/](react|react-dom|react-is|scheduler|zustand|use-sync-external-store|clsx)[\\/]/,
              priority: 10,
            },
            // Shared by the lattice and recharts: apart, so that the lattice does not wait for recharts.
            {
              name: 'd3',
              test: /node_modules[\\/]d3-(color|interpolate|scale-chromatic)[\\/]/,
              priority: 5,
            },
            { name: 'three', test: /node_modules[\\/](three|@react-three)/ },
            {
              name: 'recharts',
              test: /node_modules[\\/](recharts|victory-vendor|d3-(?!scale-chromatic|color|interpolate)|@reduxjs|react-redux|immer|reselect|es-toolkit|decimal\.js)/,
            },
            { name: 'mantine', test: /node_modules[\\/]@mantine/ },
          ],
        },
      },
    },
  },
  test: {
    include: ['src/**/*.test.ts', 'src/**/*.test.tsx'],
    testTimeout: 120_000,
    // All cores: left to itself it keeps one free, half of a small machine.
    maxWorkers: '100%',
  },
} as Parameters<typeof defineConfig>[0]);
