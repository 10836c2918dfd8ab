// Serves the built page on the given port, for the browser tests: `node tools/serve.mjs 4173`.

import { preview } from 'vite';
import { root } from './setup.mjs';

await preview({ root, logLevel: 'warn', preview: { port: Number(process.argv[2]), strictPort: true } });
