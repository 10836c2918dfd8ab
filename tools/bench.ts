// `npm run bench -- [NAME]… [options]`: the benchmarks, `twin bench`.

import process from 'node:process';

process.argv.splice(2, 0, 'bench');
await import('../src/cli/main.ts');
