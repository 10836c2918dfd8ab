import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { defaultValues } from '../parameters/table.ts';
import { readScenario } from './read.ts';

/** "line:column key message | remedy" of each problem. */
const problemsOf = (text: string): string[] =>
  readScenario(text, 'farm.toml').problems.map((p) => {
    expect(p.file).toBe('farm.toml');
    return `${p.line}:${p.column} ${p.key ?? ''} ${p.message} | ${p.remedy}`;
  });
const valuesOf = (text: string) => {
  const { ok, values, problems } = readScenario(text, 'farm.toml');
  expect(problems).toEqual([]);
  expect(ok).toBe(true);
  if (!values) throw new Error('no values');
  return values;
};

describe('readScenario', () => {
  it('reads nothing as the defaults', () => {
    expect(valuesOf('')).toEqual(defaultValues());
    expect(valuesOf('\ufeff# only a comment\r\n')).toEqual(defaultValues());
  });

  it('reads the seed’s own configuration files as they stand', () => {
    const seed = readFileSync(new URL('./seed-files.txt', import.meta.url), 'utf8').split('%%%');
    const [oscillation, hardware, test] = seed.map(valuesOf);
    expect(oscillation).toEqual(defaultValues());
    expect(hardware).toEqual(defaultValues());
    expect(test['gas_oscillation.chamber_count']).toBe(10);
    expect(test['gas_oscillation.pressure_range']).toEqual([0.5, 5]);
    expect(test['gas.mixture'].He).toBeUndefined();
    const { N2 = 0, O2 = 0, H2O = 0 } = test['gas.mixture'];
    expect([N2, O2, H2O].map((share) => Number(share.toFixed(6)))).toEqual([0.454545, 0.454545, 0.090909]);
  });

  it('understands every way TOML has of writing a key', () => {
    const values = valuesOf(`
      drive.frequency_Hz = 900
      [monitoring]
      alert_thresholds = { temperature = 400.5, pressure = 9 }
      [ "layout" ]
      'size' = [ 2,
        3, # three
        4,
      ]
    `);
    expect(values['drive.frequency_Hz']).toBe(900);
    expect(values['monitoring.alert_thresholds.temperature']).toBe(400.5);
    expect(values['gas_oscillation.chamber_count']).toBe(24);
    expect(valuesOf('[monitoring.alert_thresholds]\npressure = 3')['monitoring.alert_thresholds.pressure']).toBe(3);
  });

  it('lets linked parameters follow: the count gives the size, the gases their shares', () => {
    expect(valuesOf('[gas_oscillation]\nchamber_count = 64')['layout.size']).toEqual([4, 4, 4]);
    const mixture = valuesOf('[gas_oscillation]\ngas_mixture = ["He", "Ne"]')['gas.mixture'];
    expect(mixture).toEqual({ He: 0.95 / 0.96, Ne: 0.01 / 0.96 });
  });

  it('names place, key, what is wrong and what would be right', () => {
    const text = `[gas]
mixture = { He = 0.9, Ar = 0.05 }
[drive]
frequncy_Hz = 1000
pattern = "plane_w"
stroke_m3 = 5
[gas_oscillation]
  chamber_count = 10.5
[nonsense]
a = 1
[monitoring]
alert_thresholds = { temperature = 450.0, presure = 12.0 }
[initial]
temperature_K = 1979-05-27
pressure_Pa = inf
[chips]
power_W = [1, 2]
`;
    expect(problemsOf(text)).toEqual([
      '2:1 gas.mixture gas.mixture: The shares sum to 0.95, not 1. | Write mole fractions that sum to 1, for example { He = 0.95, Ar = 0.05 }; species: N2, O2, H2O, He, Ne, Ar.',
      '4:1 drive.frequncy_Hz "drive.frequncy_Hz" is not a key of the twin. | Did you mean drive.frequency_Hz?',
      '5:1 drive.pattern drive.pattern: The text "plane_w" is not one of the choices. | Did you mean "plane_x"? Choose one of "uniform", "plane_x", "plane_y", "plane_z", "layers_z", "checker", "spiral", "eight", "face_x", "corner", "centre".',
      '6:1 drive.stroke_m3 drive.stroke_m3: 5 is out of range. | Write a number from 0 to 0.01 m³ or "auto".',
      '8:3 gas_oscillation.chamber_count gas_oscillation.chamber_count: 10.5 is not a whole number. | Write a whole number from 1 to 100000.',
      '9:1 nonsense "nonsense" is not a section of the twin. | Remove this section; docs/parameters.md lists all keys.',
      '12:43 monitoring.alert_thresholds.presure "monitoring.alert_thresholds.presure" is not a key of the twin. | Did you mean monitoring.alert_thresholds.pressure?',
      '14:1 initial.temperature_K initial.temperature_K: A date or time is not a number. | Write a number from 150 to 700 K, or a list of them.',
      '15:1 initial.pressure_Pa initial.pressure_Pa: Infinity is not a finite number. | Write a number from 1000 to 5000000 Pa, or a list of them.',
      '17:1 chips.power_W chips.power_W: The list has 2 values for 1000 chambers. | Give one number, or 1000 in a list; or set gas_oscillation.chamber_count to 2.',
    ]);
    expect(readScenario(text, 'farm.toml').values).toBeUndefined();
  });

  it('finds a key in the wrong section', () => {
    expect(problemsOf('[oscillator]\nfrequency_Hz = 3')[0]).toContain('1:1 oscillator');
    expect(problemsOf('[layout]\nchamber_count = 3')[0]).toContain('Did you mean gas_oscillation.chamber_count?');
    expect(problemsOf('frequency_Hz = 3')[0]).toContain('Did you mean drive.frequency_Hz?');
  });

  it('prefers the twin’s own key to the seed’s and says so when they differ', () => {
    const both = (own: number): string => `[gas_oscillation]\ncycle_frequency = 1000\n[drive]\nfrequency_Hz = ${own}\n`;
    for (const text of [both(900), '[drive]\nfrequency_Hz = 900\n[gas_oscillation]\ncycle_frequency = 1000\n']) {
      const { ok, values, problems } = readScenario(text, 'f');
      expect(ok).toBe(true);
      expect(values?.['drive.frequency_Hz']).toBe(900);
      expect(problems).toHaveLength(1);
      expect(problems[0]).toMatchObject({ severity: 'warning', key: 'gas_oscillation.cycle_frequency' });
      expect(problems[0].message).toContain('drive.frequency_Hz and gas_oscillation.cycle_frequency');
    }
    valuesOf(both(1000));
  });

  it.each([
    ['a = 1\na = 2', '2:1', 'Give each section and each key once'],
    ['[drive]\nenabled = yes', '2:11', ''],
    ['[drive]\npattern = "uniform', '2:11', 'same quote'],
    ['[drive]\nfrequency_Hz = 99999999999999999999', '2:16', 'smaller number'],
    ['[drive]\nfrequency_Hz 1000', '2:', 'key = value'],
    ['[layout]\nsize = [1, 2\nkind = "hcp"', '', 'Check quotes, brackets'],
  ])('locates the syntax error in %j', (text, place, remedy) => {
    const [problem] = problemsOf(text);
    expect(problem.startsWith(place)).toBe(true);
    expect(problem).toContain('Not valid TOML here');
    expect(problem).toContain(remedy);
  });

  it.each([
    ['gas = 3', '1:1 gas gas is 3, but it is the name of a section. | Write [gas] on a line of its own'],
    ['[[drive]]\nfrequency_Hz = 3', '1:1 drive drive is a list of 1'],
    ['"gas.mixture" = { He = 1 }', 'Write gas.mixture without quotes.'],
    ['[gas]\n"mixture.He" = 1', 'is not a key'],
    ['[layout]\nsize = [3, 3, 3]\n[gas_oscillation]\nchamber_count = 28', '4:1 gas_oscillation.chamber_count'],
    ['[layout]\nsize = [100, 100, 100]', 'at most 100000 chambers'],
    [
      '[gas]\nmixture = { He = 1.0 }\n[gas_oscillation]\ngas_mixture = ["Ar"]',
      '2:1 gas.mixture gas.mixture: The mixture holds He',
    ],
  ])('refuses %j', (text, expected) => {
    expect(problemsOf(text).join('\n')).toContain(expected);
    expect(readScenario(text, 'f').ok).toBe(false);
  });

  it('warns when a custom layout has another number of chambers than asked for', () => {
    const text =
      '[layout]\nkind = "custom"\npositions_m = [[0, 0, 0], [1, 0, 0]]\n[gas_oscillation]\nchamber_count = 1000';
    const { ok, values, problems } = readScenario(text, 'f');
    expect(ok).toBe(true);
    expect(values?.['gas_oscillation.chamber_count']).toBe(2);
    expect(problems).toMatchObject([{ severity: 'warning', line: 5, key: 'gas_oscillation.chamber_count' }]);
  });

  it('collects all problems, but not endlessly', () => {
    const many = Array.from({ length: 200 }, (_, n) => `unknown_${n} = ${n}`).join('\n');
    const { problems } = readScenario(many, 'f');
    expect(problems).toHaveLength(51);
    expect(problems[49]).toMatchObject({ line: 50 });
    expect(problems[50].message).toContain('150 more problems');
  });
});
