// `npm start`: installs what is missing, builds, serves and prints the address.

import { installDependencies, requireNode, root } from './setup.mjs';

requireNode();
installDependencies();
const { build, preview } = await import('vite');
await build({ root, logLevel: 'warn' });
const server = await preview({ root, logLevel: 'warn' });
const address = server.resolvedUrls?.local[0] ?? 'http://127.0.0.1:4173/';
console.log(`\nThe Buhera twin is at ${address}  (Ctrl-C stops it)`);
