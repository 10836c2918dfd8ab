// Finding and reading the scenario a command names, and applying --set.

import { existsSync, readFileSync, statSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { parse } from 'smol-toml';
import type { Problem } from '../engine/config/problem.ts';
import { MAX_BYTES, readScenario } from '../engine/config/read.ts';
import { findScenario, SCENARIOS } from '../engine/config/scenarios.ts';
import { Farm } from '../engine/farm.ts';
import { checkEdits } from '../engine/parameters/check-edits.ts';
import {
  isParameterKey,
  PARAMETER_KEYS,
  type ParameterKey,
  type ParameterValues,
  parameterRow,
} from '../engine/parameters/table.ts';
import { badInput, formatProblem, usage } from './output.ts';

const PUBLIC = new URL('../../public/', import.meta.url);

/** Text and name of a scenario given by path or by the name of a shipped one. */
export function readScenarioText(name: string): { text: string; file: string } {
  if (existsSync(name) && statSync(name).isFile()) {
    if (statSync(name).size > 4 * MAX_BYTES)
      throw badInput(`${name}: the file has ${statSync(name).size} bytes. A scenario has at most ${MAX_BYTES}.`);
    return { text: readFileSync(name, 'utf8'), file: name };
  }
  const shipped = findScenario(name);
  if (!shipped) {
    throw badInput(
      `${name}: no such file, and no shipped scenario of that name. Shipped: ${SCENARIOS.map((s) => s.name).join(', ')}.`,
    );
  }
  return { text: readFileSync(fileURLToPath(new URL(shipped.path, PUBLIC)), 'utf8'), file: shipped.path };
}

const refuse = (problems: readonly Problem[]): never => {
  throw badInput(
    problems
      .filter((p) => p.severity === 'error')
      .map(formatProblem)
      .join('\n'),
  );
};

/** The values of a scenario with `--set key=value` and `--seed` applied. Warnings go to stderr. */
export function scenarioValues(name: string, sets: readonly string[], seed?: string): ParameterValues {
  const { text, file } = readScenarioText(name);
  const reading = readScenario(text, file);
  if (!reading.ok || !reading.values) return refuse(reading.problems);
  for (const warning of reading.problems) process.stderr.write(`${formatProblem(warning)}\n`);
  const edits: Record<string, unknown> = {};
  for (const set of seed === undefined ? sets : [...sets, `simulation.seed=${seed}`]) {
    const at = set.indexOf('=');
    if (at < 1) throw usage(`--set ${set}: write --set key=value, for example --set drive.frequency_Hz=700.`);
    const key = resolveKey(set.slice(0, at).trim());
    edits[key] = parseValue(key, set.slice(at + 1).trim());
  }
  const checked = checkEdits(reading.values, edits);
  if (!checked.ok) return refuse(checked.problems.map((p) => ({ file: '--set', ...p })));
  return checked.values;
}

/** A key or one of its aliases in the seed's files. */
function resolveKey(typed: string): string {
  if (isParameterKey(typed)) return typed;
  const alias = PARAMETER_KEYS.find((key) => parameterRow(key).aliases?.includes(typed));
  return alias ?? typed;
}

/** The value as TOML would read it; bare words are text. */
function parseValue(key: string, text: string): unknown {
  const row = isParameterKey(key) ? parameterRow(key as ParameterKey) : undefined;
  if (row && (row.kind === 'choice' || row.kind === 'text')) {
    const bare = text.replace(/^(["'])(.*)\1$/, '$2');
    return row.aliasValues?.[bare] ?? bare;
  }
  if (row?.kind === 'mixture' && !text.startsWith('{')) return parseMixture(text);
  try {
    return parse(`value = ${text}`).value;
  } catch {
    return text;
  }
}

/** "He=0.62,Ar=0.38" → { He: 0.62, Ar: 0.38 }. */
export function parseMixture(text: string): Record<string, number> {
  const mixture: Record<string, number> = Object.create(null);
  for (const part of text.split(',')) {
    const [symbol, share] = part.split('=').map((s) => s.trim());
    if (!symbol || share === undefined || share === '' || Number.isNaN(Number(share))) {
      throw usage(`"${text}" is not a mixture: write mole fractions as He=0.62,Ar=0.38.`);
    }
    mixture[symbol] = Number(share);
  }
  return mixture;
}

/** The farm of a scenario; refusals end the command with their reasons. */
export function scenarioFarm(values: ParameterValues, file: string): Farm {
  const made = Farm.create(values);
  if (!made.ok) return refuse(made.problems.map((p) => ({ file, ...p })));
  for (const warning of made.farm.warnings) process.stderr.write(`${formatProblem({ file, ...warning })}\n`);
  return made.farm;
}
