// `twin gas`: properties of a gas mixture at one state.

import { fractions, gasProperties, gasStateProblem } from '../engine/gas/mixture.ts';
import { checkValue } from '../engine/parameters/validate.ts';
import { badInput, keyToWords, number, printJson, printTable, usage } from './output.ts';
import { parseMixture } from './scenario.ts';

export function gasCommand(options: {
  mixture?: string | undefined;
  temperature?: string | undefined;
  pressure?: string | undefined;
  model?: string | undefined;
  json?: boolean | undefined;
}): void {
  if (!options.mixture) throw usage('gas needs --mixture, for example --mixture He=0.62,Ar=0.38.');
  const checked = checkValue('gas.mixture', parseMixture(options.mixture));
  if (!checked.ok) throw badInput(`--mixture: ${checked.message} ${checked.remedy}`);
  const T = Number(options.temperature ?? 300);
  const p = Number(options.pressure ?? 101325);
  const problem = gasStateProblem(T, p);
  if (problem) throw badInput(`${problem}. Give --temperature in K and --pressure in Pa.`);
  const model = options.model ?? 'virial';
  if (model !== 'ideal' && model !== 'virial') throw badInput(`--model ${model}: use ideal or virial.`);
  const properties = gasProperties(fractions(checked.value as Record<string, number>), T, p, model);
  if (options.json) {
    printJson({ mixture: checked.value, temperature_K: T, pressure_Pa: p, model, ...properties });
    return;
  }
  process.stdout.write(`${options.mixture} at ${T} K, ${p} Pa (${model} gas)\n`);
  printTable(
    Object.entries(properties).map(([key, value]) => [keyToWords(key)[0], number(value as number), keyToWords(key)[1]]),
  );
}
