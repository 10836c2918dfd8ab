// `twin modes` and `twin netlist`: the linear network of a scenario.

import { networkModes } from '../engine/gas-oscillation/modes.ts';
import { netlist } from '../engine/gas-oscillation/netlist.ts';
import { number, printJson, printTable, usage } from './output.ts';
import { scenarioFarm, scenarioValues } from './scenario.ts';

export interface NetworkOptions {
  count?: string | undefined;
  duration?: string | undefined;
  linear?: boolean | undefined;
  set?: string[] | undefined;
  json?: boolean | undefined;
}

function farmOf(scenario: string | undefined, command: string, options: NetworkOptions) {
  if (!scenario) throw usage(`${command} needs a scenario: a TOML file or the name of a shipped one.`);
  return scenarioFarm(scenarioValues(scenario, options.set ?? []), scenario);
}

export function modesCommand(scenario: string | undefined, options: NetworkOptions): void {
  const farm = farmOf(scenario, 'modes', options);
  const count = Number(options.count ?? 10);
  if (!(Number.isInteger(count) && count >= 1 && count <= 200))
    throw usage(`--count ${options.count}: give a whole number from 1 to 200.`);
  const modes = networkModes(farm, count);
  if (options.json) {
    printJson(modes);
    return;
  }
  process.stdout.write('Lowest modes of the linear network (without the uniform one)\n');
  printTable(
    modes.frequencies_Hz.map((f, m) => [`mode ${m + 1}`, number(f), `Hz   Q ${number(modes.qualityFactors[m])}`]),
  );
}

export function netlistCommand(scenario: string | undefined, options: NetworkOptions): void {
  const farm = farmOf(scenario, 'netlist', options);
  const duration = Number(options.duration ?? 0.05);
  if (!(duration > 0 && duration <= 1000))
    throw usage(`--duration ${options.duration}: give seconds above 0, at most 1000.`);
  const text = netlist(farm, {
    duration_s: duration,
    linear: options.linear === true,
    title: `Buhera twin, ${scenario}`,
  });
  if (options.json) printJson({ netlist: text });
  else process.stdout.write(text);
}
