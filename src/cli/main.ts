// The headless twin: one command a call. Names and JSON keys are stable (docs/headless.md): add, never rename.

import { parseArgs } from 'node:util';
import { SCENARIOS } from '../engine/config/scenarios.ts';
import { benchCommand } from './bench/command.ts';
import { consoleCommand, devicesCommand } from './console.ts';
import { gasCommand } from './gas.ts';
import { latticeCommand } from './lattice.ts';
import { modesCommand, netlistCommand } from './network.ts';
import { CliError, EXIT } from './output.ts';
import { runCommand } from './run.ts';
import { validateCommand } from './validate.ts';

const HELP = `twin COMMAND …

  gas       --mixture He=0.62,Ar=0.38 [--temperature 300] [--pressure 506625] [--model virial|ideal]
            properties of a gas mixture (K, Pa)
  lattice   [--layout hcp] [--size 10x10x10] [--spacing 0.1474] [--seed 1]
            a layout and the figures of its graph
  run       SCENARIO [--duration 0.02] [--set key=value]… [--seed N] [--fidelity waveform] [--threads N] [--fault kind@place:start[:end]]…
            [--sample chamber=3,field=pressure,every=1]… [--save FILE] [--out metrics.csv]
            a fault's place is a number, a list 3,7-9, *, farm, or of a sensor its tag: PT-0003-4, XT-7-*
  run       --load FILE [--duration 0.02] …
            simulates; a snapshot goes on where it was saved
  modes     SCENARIO [--count 10] [--set key=value]…
            eigenmodes of the linear network
  netlist   SCENARIO [--duration 0.05] [--linear] [--set key=value]…
            the linearised network for ngspice
  console   SCENARIO [--duration 0] [--set key=value]… [--fault …]… [--command "read DEVICE/NUMBER/REGISTER"]…
            the driver console: registers and /proc files of a running farm; without --command it reads lines (run 0.5 lets time pass)
  devices   SCENARIO [--limit N]
            the device tree source of the farm
  validate  FILE…
            checks scenario files
  bench     [kernel|scaling|threads|farm|averaged|spice]… [--chambers 100,1000] [--rounds N] [--threads N]
            [--plot FILE.svg]
            benchmarks, each against a reference of the same run; --plot is for scaling

SCENARIO is a TOML file or the name of a shipped scenario:
${SCENARIOS.map(({ name }) => name).join(', ')}.
--json prints one JSON document instead of text.
Exit codes: 0 done, 1 wrong input, 2 usage, 3 a physical limit stopped the run.
`;

const OPTIONS = {
  json: { type: 'boolean' },
  help: { type: 'boolean', short: 'h' },
  mixture: { type: 'string' },
  temperature: { type: 'string' },
  pressure: { type: 'string' },
  model: { type: 'string' },
  layout: { type: 'string' },
  size: { type: 'string' },
  spacing: { type: 'string' },
  seed: { type: 'string' },
  threads: { type: 'string' },
  duration: { type: 'string' },
  fidelity: { type: 'string' },
  set: { type: 'string', multiple: true },
  sample: { type: 'string', multiple: true },
  fault: { type: 'string', multiple: true },
  save: { type: 'string' },
  load: { type: 'string' },
  out: { type: 'string' },
  count: { type: 'string' },
  linear: { type: 'boolean' },
  chambers: { type: 'string' },
  rounds: { type: 'string' },
  plot: { type: 'string' },
  command: { type: 'string', multiple: true },
  limit: { type: 'string' },
} as const;

function main(args: string[]): number {
  let parsed: ReturnType<typeof parseArgs<{ args: string[]; options: typeof OPTIONS; allowPositionals: true }>>;
  try {
    parsed = parseArgs({ args, options: OPTIONS, allowPositionals: true });
  } catch (error) {
    throw new CliError(EXIT.usage, `${error instanceof Error ? error.message : error}\nTry: twin --help`);
  }
  const [command, ...rest] = parsed.positionals;
  const options = parsed.values;
  if (options.help || command === undefined || command === 'help') {
    process.stdout.write(HELP);
    return command === undefined && !options.help ? EXIT.usage : EXIT.done;
  }
  switch (command) {
    case 'gas':
      gasCommand(options);
      return EXIT.done;
    case 'lattice':
      latticeCommand(options);
      return EXIT.done;
    case 'run':
      return runCommand(rest[0], options);
    case 'modes':
      modesCommand(rest[0], options);
      return EXIT.done;
    case 'netlist':
      netlistCommand(rest[0], options);
      return EXIT.done;
    case 'console':
      return consoleCommand(rest[0], options);
    case 'devices':
      return devicesCommand(rest[0], options);
    case 'validate':
      return validateCommand(rest, options);
    case 'bench':
      benchCommand(rest, options);
      return EXIT.done;
    default:
      throw new CliError(EXIT.usage, `There is no command "${command}".\n\n${HELP}`);
  }
}

process.stdout.on('error', (error: NodeJS.ErrnoException) => {
  // The reader went away (as `head` does): nothing left to say.
  process.exit(error.code === 'EPIPE' ? 0 : 1);
});
try {
  process.exitCode = main(process.argv.slice(2));
} catch (error) {
  if (!(error instanceof CliError)) throw error;
  process.stderr.write(`${error.message}\n`);
  process.exitCode = error.code;
}
