// A worker thread of Node that helps with the kernel's steps: loads its TypeScript through tsx.
import { register } from 'tsx/esm/api';

register();
await import(new URL('../src/cli/step-thread.ts', import.meta.url).href);
