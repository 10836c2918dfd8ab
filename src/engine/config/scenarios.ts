// The scenarios that ship with the twin: TOML files under public/, found by name by page and CLI alike.

export interface ShippedScenario {
  /** What people type and links carry. */
  readonly name: string;
  /** Below public/ (and below the page's own address). */
  readonly path: string;
  readonly title: string;
  /** What it is and what to look at, in a sentence or two. */
  readonly description: string;
}

export const SCENARIOS: readonly ShippedScenario[] = [
  {
    name: 'default',
    path: 'config/server_farm/default.toml',
    title: 'Default farm',
    description:
      '1000 chambers of helium-rich gas at 5 atm; a plane wave of ten spacings at 1 kHz runs through the block along x.',
  },
  {
    name: 'feasible-helium-argon',
    path: 'config/server_farm/feasible-helium-argon.toml',
    title: 'Feasible: helium and argon',
    description:
      '62 % helium and 38 % argon at 342 Hz, all pistons in phase: every validity mark is green, and 2 m³/s of ducted air cools it.',
  },
  {
    name: 'pressure-swing',
    path: 'config/server_farm/pressure-swing.toml',
    title: 'Pressure swing',
    description: '48 chambers breathe between 0.1 and 10 atm through supply and return headers, once in two seconds.',
  },
  {
    name: 'seed-as-written',
    path: 'config/server_farm/seed-as-written.toml',
    title: 'The seed as written',
    description:
      '64 chambers of air with the seed’s own demands: a full swing at 1 kHz and 20 kW of chips each. It cannot hold; the safety system shows how.',
  },
  {
    name: 'development',
    path: 'config/server_farm/development.toml',
    title: 'Development',
    description: '64 chambers: quick to step through and to experiment with.',
  },
  {
    name: 'production',
    path: 'config/server_farm/production.toml',
    title: 'Production',
    description: '4000 chambers, 20 × 20 × 10, with the gas and the wave of the default farm.',
  },
  {
    name: 'test',
    path: 'config/server_farm/test.toml',
    title: 'Test profile',
    description: 'The seed’s test profile: ten chambers of humid air at 2 atm, driven at 260 Hz.',
  },
  {
    name: 'minimal',
    path: 'config/hardware/minimal.toml',
    title: 'Minimal hardware',
    description: '27 chambers in a small room: the least that has an inside.',
  },
  {
    name: 'standard',
    path: 'config/hardware/standard.toml',
    title: 'Standard hardware',
    description: 'The seed’s hardware file: 1000 chambers of 1 L in a room of 10 × 10 × 3 m.',
  },
  {
    name: 'enterprise',
    path: 'config/hardware/enterprise.toml',
    title: 'Enterprise hardware',
    description: '10 000 chambers, 25 × 25 × 16, in a room of 12 × 12 × 4 m.',
  },
];

/** The shipped scenario of that name (or file name, with or without folder and ending); undefined if there is none. */
export function findScenario(name: string): ShippedScenario | undefined {
  return SCENARIOS.find(({ name: known, path }) => name === known || name === path || name === `${known}.toml`);
}
