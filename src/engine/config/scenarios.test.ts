import { readdirSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { buildLayout } from '../lattice/layout.ts';
import type { ParameterValues } from '../parameters/table.ts';
import { readScenario } from './read.ts';
import { findScenario, SCENARIOS } from './scenarios.ts';

const folder = new URL('../../../public/', import.meta.url);
const textOf = (path: string): string => readFileSync(new URL(path, folder), 'utf8');
function valuesOf(name: string): ParameterValues {
  const scenario = findScenario(name);
  if (!scenario) throw new Error(name);
  const { values, problems } = readScenario(textOf(scenario.path), scenario.path);
  expect(problems).toEqual([]);
  if (!values) throw new Error(name);
  return values;
}

describe('the shipped scenarios', () => {
  it('are exactly the files under public/config', () => {
    const files = ['hardware', 'server_farm'].flatMap((kind) =>
      readdirSync(new URL(`config/${kind}/`, folder)).map((file) => `config/${kind}/${file}`),
    );
    expect(SCENARIOS.map((scenario) => scenario.path).sort()).toEqual(files.sort());
  });

  it.each(SCENARIOS.map((scenario) => scenario.name))('%s: reads without problems, builds, fits its room', (name) => {
    const built = buildLayout(valuesOf(name));
    if (!built.ok) throw new Error(JSON.stringify(built.problems));
    expect(built.layout.warnings).toEqual([]);
    expect(built.layout.roomProblem).toBeNull();
    expect(built.layout.components).toBe(1);
    expect(textOf(findScenario(name)?.path ?? '')).toMatch(/^# .*\n(#.*\n)*#.*Look at: /);
  });

  it('have the chambers their descriptions state', () => {
    const counts = SCENARIOS.map(({ name }) => [name, valuesOf(name)['gas_oscillation.chamber_count']]);
    expect(Object.fromEntries(counts)).toEqual({
      default: 1000,
      'feasible-helium-argon': 1000,
      'pressure-swing': 48,
      'seed-as-written': 64,
      development: 64,
      production: 4000,
      test: 10,
      minimal: 27,
      standard: 1000,
      enterprise: 10000,
    });
  });

  it('default: the values of design/default-scenario.md, section 4', () => {
    expect(valuesOf('default')).toMatchObject({
      'layout.kind': 'hcp',
      'layout.spacing_m': 0.1474,
      'gas.mixture': { N2: 0.01, O2: 0.01, H2O: 0.002, He: 0.95, Ne: 0.01, Ar: 0.018 },
      'initial.pressure_Pa': 506625,
      'drive.frequency_Hz': 1000,
      'drive.pattern': 'plane_x',
      'drive.wavelength_spacings': 10,
      'drive.pressure_ratio': 0.01,
      'drive.stroke_m3': 1.05e-5,
      'chips.power_W': 20,
      'cooling.circulation_rate': 1000,
    });
  });

  it('feasible-helium-argon: 1.25 m/s of air through the shrouded block', () => {
    const values = valuesOf('feasible-helium-argon');
    const [, width = 0, height = 0] = values['physical_infrastructure.room_dimensions'];
    const speed = (values['cooling.circulation_rate'] / (width * height)) * values['cooling.block_air_share'];
    expect(speed).toBeGreaterThan(1.2);
    expect(speed).toBeLessThan(1.3);
  });

  it('test: dry enough not to condense at 300 K (saturation 3536 Pa)', () => {
    const values = valuesOf('test');
    expect((values['gas.mixture'].H2O ?? 0) * Number(values['initial.pressure_Pa'])).toBeLessThan(3536);
  });

  it('are found by name and by path', () => {
    expect(findScenario('default')?.path).toBe('config/server_farm/default.toml');
    expect(findScenario('config/hardware/minimal.toml')?.name).toBe('minimal');
    expect(findScenario('test.toml')?.name).toBe('test');
    expect(findScenario('constructor')).toBeUndefined();
  });
});
