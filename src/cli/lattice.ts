// `twin lattice`: a layout and the figures of its graph.

import { graphFigures } from '../engine/lattice/graph.ts';
import { buildLayout } from '../engine/lattice/layout.ts';
import { sphereRadius } from '../engine/lattice/sphere.ts';
import { checkEdits } from '../engine/parameters/check-edits.ts';
import { withEdits } from '../engine/parameters/edit.ts';
import { defaultValues } from '../engine/parameters/table.ts';
import { badInput, formatProblem, number, printJson, printTable, usage } from './output.ts';

export interface LatticeOptions {
  layout?: string | undefined;
  size?: string | undefined;
  spacing?: string | undefined;
  seed?: string | undefined;
  json?: boolean | undefined;
}

export function latticeCommand(options: LatticeOptions): void {
  const edits: Record<string, unknown> = { 'layout.kind': options.layout ?? 'hcp' };
  if (options.size) {
    const size = options.size.split('x').map(Number);
    if (size.length !== 3) throw usage(`--size ${options.size}: write three whole numbers as 10x10x10.`);
    edits['layout.size'] = size;
  }
  if (options.spacing) edits['layout.spacing_m'] = Number(options.spacing);
  if (options.seed) edits['simulation.seed'] = Number(options.seed);
  const checked = checkEdits(defaultValues(), edits);
  if (!checked.ok) throw badInput(checked.problems.map(formatProblem).join('\n'));
  // The figures are those of the graph: let the duct be as thin as it must, so that any spacing that holds the spheres will do.
  const spacing = checked.values['layout.spacing_m'];
  const radius = sphereRadius(checked.values['gas_chambers.chamber_volume']);
  const values =
    spacing < 2 * radius
      ? withEdits(checked.values, { 'gas_chambers.chamber_volume': 0.5 * spacing * spacing * spacing * 0.5 })
      : checked.values;
  const built = buildLayout(values);
  if (!built.ok) throw badInput(built.problems.map(formatProblem).join('\n'));
  const figures = graphFigures(built.layout);
  if (options.json) {
    printJson({ layout: checked.values['layout.kind'], spacing_m: spacing, ...figures });
    return;
  }
  process.stdout.write(`${checked.values['layout.kind']}, spacing ${spacing} m\n`);
  printTable([
    ['Chambers', String(figures.chambers)],
    ['Ducts', String(figures.edges)],
    [
      'Neighbours',
      Object.entries(figures.neighbourHistogram)
        .map(([n, count]) => `${n}: ${count}`)
        .join(', '),
    ],
    ['λ₂', number(figures.lambda2)],
    ['λ_max', number(figures.lambdaMax)],
    ['Extent', figures.extent_m.map((x) => number(x)).join(' × '), 'm'],
  ]);
}
