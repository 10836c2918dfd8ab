// Writes docs/parameters.md from the parameter table: npx tsx tools/parameter-reference.ts

import { mkdirSync, writeFileSync } from 'node:fs';
import { parameterReference } from '../src/engine/parameters/reference.ts';

const page = new URL('../docs/parameters.md', import.meta.url);
mkdirSync(new URL('.', page), { recursive: true });
writeFileSync(page, parameterReference());
