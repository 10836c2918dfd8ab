#!/usr/bin/env node
// The `bin` entry: runs the TypeScript CLI through tsx.
import { register } from 'tsx/esm/api';

register();
await import(new URL('../src/cli/main.ts', import.meta.url).href);
