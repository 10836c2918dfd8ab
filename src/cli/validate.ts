// `twin validate`: checks scenario files as the page and `run` would, without running them.

import type { Problem } from '../engine/config/problem.ts';
import { readScenario } from '../engine/config/read.ts';
import { Farm } from '../engine/farm.ts';
import { CliError, EXIT, formatProblem, printJson, usage } from './output.ts';
import { readScenarioText } from './scenario.ts';

export function validateCommand(files: readonly string[], options: { json?: boolean | undefined }): number {
  if (files.length === 0) throw usage('validate needs one or more TOML files.');
  const problems: Problem[] = files.flatMap(problemsOf);
  const errors = problems.filter((p) => p.severity === 'error');
  const warnings = problems.filter((p) => p.severity === 'warning');
  if (options.json) {
    const row = (p: Problem) => ({
      file: p.file,
      line: p.line,
      column: p.column,
      key: p.key,
      message: `${p.message} ${p.remedy}`,
    });
    printJson({ files, errors: errors.map(row), warnings: warnings.map(row) });
  } else {
    for (const problem of problems) process.stdout.write(`${problem.severity}: ${formatProblem(problem)}\n`);
    process.stdout.write(
      `${files.length} ${files.length === 1 ? 'file' : 'files'}: ${errors.length} errors, ${warnings.length} warnings\n`,
    );
  }
  return errors.length > 0 ? EXIT.badInput : EXIT.done;
}

function problemsOf(file: string): Problem[] {
  let text: string;
  try {
    text = readScenarioText(file).text;
  } catch (error) {
    if (!(error instanceof CliError)) throw error;
    return [{ file, message: error.message, remedy: '', severity: 'error' }];
  }
  const reading = readScenario(text, file);
  if (!reading.ok || !reading.values) return [...reading.problems];
  const made = Farm.create(reading.values);
  return [...reading.problems, ...(made.ok ? made.farm.warnings : made.problems).map((p) => ({ file, ...p }))];
}
