// The kernel is the plain step: every number of the state, the totals and the window's sums, bit for bit, whatever the
// farm. The plain step itself is held to physics elsewhere.

import fc from 'fast-check';
import { expect, test } from 'vitest';
import { compileKernel, moduleText } from '../../../tools/build-kernel.ts';
import type { Farm } from '../farm.ts';
import { createRandom } from '../numerics/random.ts';
import { farmWith } from '../testing.ts';
import type { StepCoefficients } from './coefficients.ts';
import { dispersionTrap } from './dispersion-trap.ts';
import { createKernel, createStepper, kernelBytes, type Stepper } from './kernel.ts';
import { OscillationDetector } from './oscillation-detector.ts';
import { createRelabelling, recentre } from './relabel.ts';
import { createState, type FarmState, stateArrays, TOTAL } from './state.ts';
import { acousticStep, type StepOutcome, type StepWork, type Surroundings, type WindowSums } from './step.ts';

const createWork = (chambers: number, ducts: number): StepWork => ({
  volumeChange: new Float64Array(chambers),
  frictionHeat: new Float64Array(chambers),
  minorHeat: new Float64Array(chambers),
  relabelling: createRelabelling(chambers, ducts),
});

/** All a step may change: the state and the sums of the window. */
function numbersOf(s: FarmState, sums: WindowSums): Record<string, Float64Array> {
  const named: Record<string, Float64Array> = {};
  stateArrays(s).forEach((array, m) => {
    named[`state ${m}`] = array;
  });
  for (const [key, value] of Object.entries(sums)) if (value instanceof Float64Array) named[`sum ${key}`] = value;
  return named;
}

/** The first number that differs in its bits (every NaN counts as one value), or null. */
function difference(a: Record<string, Float64Array>, b: Record<string, Float64Array>): string | null {
  for (const [name, array] of Object.entries(a)) {
    for (let i = 0; i < array.length; i++) {
      if (!Object.is(array[i], b[name][i])) return `${name}[${i}]: ${array[i]} and ${b[name][i]}`;
    }
  }
  return null;
}

type StepOf = (farm: Farm) => StepOutcome;

/** Steps a farm with its detector, without what the farm does besides. */
function advance(farm: Farm, step: StepOf, steps: number): void {
  for (let m = 0; m < steps; m++) {
    step(farm);
    if (farm.detector.advance()) {
      farm.detector.finish(farm.stepping, farm.time_s);
      farm.beginWindow();
    }
  }
}

function plainStepping(): StepOf {
  let work: StepWork | undefined;
  return (farm) => {
    work ??= createWork(farm.state.chambers, farm.state.ducts);
    return acousticStep(farm.state, farm.stepping, farm.layout.edges, farm.surroundings, farm.detector.sums, work);
  };
}

function kernelStepping(): StepOf {
  let stepper: Stepper | null = null;
  return (farm) => {
    if (stepper?.state !== farm.state) {
      const work = createWork(farm.state.chambers, farm.state.ducts);
      stepper = createKernel(farm.state, farm.layout.edges, farm.surroundings, farm.detector.sums, work);
    }
    if (!stepper) throw new Error('no kernel here');
    return stepper.step(farm.stepping);
  };
}

/** Steps two equal farms, one by each step, with edits between blocks, and compares them after every block. */
function compareFarms(
  edits: Readonly<Record<string, unknown>>,
  steps: number,
  later: readonly Record<string, unknown>[] = [],
): Farm {
  const plain = farmWith(edits);
  const fast = farmWith(edits);
  const plainStep = plainStepping();
  const kernelStep = kernelStepping();
  for (const edit of [{}, ...later]) {
    for (const farm of [plain, fast]) {
      const result = farm.edit(edit);
      if (!result.ok) throw new Error(JSON.stringify(result.problems));
      expect(result.farm).toBe(farm);
    }
    advance(plain, plainStep, steps);
    advance(fast, kernelStep, steps);
    expect(
      difference(numbersOf(plain.state, plain.detector.sums), numbersOf(fast.state, fast.detector.sums)),
    ).toBeNull();
    expect(fast.stateHash()).toBe(plain.stateHash());
  }
  return fast;
}

test('the binary is that of its source, and computes with SIMD', async () => {
  const bytes = kernelBytes();
  const compiled = await compileKernel();
  expect(Buffer.from(compiled).equals(Buffer.from(bytes)), 'run npm run kernel').toBe(true);
  expect(moduleText(compiled)).toContain(Buffer.from(bytes).toString('base64'));
  // f64x2.add, sub, mul, div and sqrt: prefix 0xFD, opcode in LEB128.
  for (const opcode of [0xf0, 0xf1, 0xf2, 0xf3, 0xef]) {
    expect(Buffer.from(bytes).indexOf(Buffer.from([0xfd, opcode, 0x01]))).toBeGreaterThan(0);
  }
});

test('the default farm, 600 steps', () => {
  compareFarms({ 'drive.stroke_m3': 1.05e-5 }, 600);
});

test('property: random farms of every layout, gas model, loss and number of states, with edits', () => {
  const share = fc.integer({ min: 0, max: 20 });
  fc.assert(
    fc.property(
      fc.record({
        kind: fc.constantFrom('hcp', 'fcc', 'bcc', 'sc', 'random'),
        size: fc.tuple(fc.integer({ min: 1, max: 4 }), fc.integer({ min: 1, max: 3 }), fc.integer({ min: 1, max: 3 })),
        gas: fc.tuple(share, share, share, share, fc.integer({ min: 1, max: 20 })),
        temperature: fc.integer({ min: 230, max: 420 }),
        pressure: fc.integer({ min: 50_000, max: 1_000_000 }),
        frequency: fc.integer({ min: 150, max: 1500 }),
        stroke: fc.integer({ min: 0, max: 200 }),
        ramp: fc.integer({ min: 0, max: 3 }),
        pattern: fc.constantFrom('uniform', 'plane_x', 'layers_z', 'checker', 'corner'),
        chips: fc.constantFrom('uniform', 'gradient_x', 'hot_centre', 'layers', 'random'),
        room: fc.integer({ min: 280, max: 310 }),
        losses: fc.constantFrom('full', 'viscous', 'none'),
        minor: fc.constantFrom(0, 0.5, 1.5),
        resistance: fc.constantFrom('auto', 0, 2000),
        model: fc.constantFrom('ideal', 'virial'),
        states: fc.constantFrom('1', '2', '3', '4'),
        spread: fc.integer({ min: 0, max: 40 }),
        edit: fc.constantFrom<Record<string, unknown>>(
          {},
          { 'drive.frequency_Hz': 700 },
          { 'gas.mixture': { He: 0.6, Ar: 0.4 } },
          { 'initial.temperature_K': 320 },
          { 'simulation.thermoviscous_states': '1' },
          { 'simulation.gas_model': 'virial' },
          { 'simulation.losses': 'viscous' },
          { 'drive.enabled': false },
          { 'chips.power_W': 200 },
        ),
      }),
      (r) => {
        const count = r.size[0] * r.size[1] * r.size[2];
        const total = r.gas.reduce((a, b) => a + b, 0);
        const [N2, O2, Ne, Ar, He] = r.gas.map((n) => n / total);
        compareFarms(
          {
            'layout.kind': r.kind,
            'layout.size': r.size,
            'gas.mixture': { N2, O2, Ne, Ar, He },
            'initial.pressure_Pa': Array.from(
              { length: count },
              (_, i) => r.pressure * (1 + (r.spread / 1000) * ((i * 7) % 5)),
            ),
            'initial.temperature_K': Array.from({ length: count }, (_, i) => r.temperature + ((i * 3) % 4)),
            'drive.frequency_Hz': r.frequency,
            'drive.stroke_m3': r.stroke * 1e-6,
            'drive.pattern': r.pattern,
            'drive.ramp_cycles': r.ramp,
            'duct.minor_loss': r.minor,
            'duct.resistance_Pa_s_per_m3': r.resistance,
            'chips.pattern': r.chips,
            'cooling.room_temperature_K': r.room,
            'simulation.losses': r.losses,
            'simulation.gas_model': r.model,
            'simulation.thermoviscous_states': r.states,
          },
          150,
          [r.edit],
        );
      },
    ),
    { numRuns: 60, seed: 20261123 },
  );
});

test('thousands of steps with gas crossing the ducts, ideal and real', () => {
  for (const model of ['ideal', 'virial']) {
    const farm = compareFarms(
      {
        'layout.size': [3, 3, 3],
        'drive.stroke_m3': 8e-5,
        'drive.pattern': 'checker',
        'drive.frequency_Hz': 400,
        'simulation.gas_model': model,
      },
      3000,
      [{ 'gas.mixture': { He: 0.5, Ar: 0.5 } }],
    );
    expect(farm.state.totals[TOTAL.exchangedVolume]).toBeGreaterThan(1e-5);
  }
});

/** A farm of random numbers about the usual ones: any graph, any number of states, ducts that meet their ends at once. */
function randomParts(seed: number, chambers: number, ducts: number, poles: number, violence: number) {
  const random = createRandom(seed);
  const about = (middle: number, spread = 0.2) => middle * (1 + spread * (2 * random.next() - 1));
  const signed = (size: number) => size * (2 * random.next() - 1);
  const fill = (array: Float64Array, value: () => number) =>
    array.forEach((_, i) => {
      array[i] = value();
    });
  const make = (length: number, value: () => number): Float64Array => Float64Array.from({ length }, value);
  const s = createState(chambers, ducts, poles, random.next() < 0.5 ? 'ideal' : 'virial');
  for (let i = 0; i < chambers; i++) {
    for (let k = 0; k < 6; k++) s.amounts[6 * i + k] = random.next() < 0.5 ? 0 : about(0.05);
    s.amounts[6 * i + 3] = about(0.2);
    for (let k = 0; k < 6; k++) s.amount[i] += s.amounts[6 * i + k];
    s.temperature[i] = signed(10);
    s.volume[i] = about(1.2e-3);
    s.pressure[i] = about(5e5, 0.05);
    recentre(s, i, s.temperature[i] + signed(5 * violence));
    s.energy[i] = s.caloric[4 * i] + s.caloric[4 * i + 1] * (s.temperature[i] - s.centre[i]);
  }
  fill(s.layer, () => signed(10));
  fill(s.instantLayer, () => signed(10));
  fill(s.pendingHeat, () => about(1e-6));
  fill(s.wall, () => signed(10));
  fill(s.chip, () => signed(20));
  fill(s.flow, () => signed(0.02 * violence));
  fill(s.displacement, () => signed(5e-6));
  fill(s.viscous, () => signed(0.02 * violence));
  const edges = new Uint32Array(2 * ducts);
  for (let e = 0; e < ducts; e++) {
    edges[2 * e] = Math.floor(random.next() * chambers);
    edges[2 * e + 1] = (edges[2 * e] + 1 + Math.floor(random.next() * (chambers - 1))) % chambers;
  }
  const around: Surroundings = {
    wallCapacity: 600,
    chipCapacity: 120,
    roomConductance: 1.5,
    chipConductance: 5,
    roomTemperature: -3,
    chipPower: make(chambers, () => about(20)),
    frequency: 1000,
    pistonTargetRe: make(chambers, () => signed(2e-5 * violence)),
    pistonTargetIm: make(chambers, () => signed(2e-5 * violence)),
    rampTime: random.next() < 0.5 ? 0 : 0.002,
  };
  const { sums } = new OscillationDetector(chambers, ducts);
  fill(sums.offset, () => about(5e5, 0.01));
  sums.weight = random.next();
  const perPole = (value: () => number) => make(poles, value);
  const quadratic = random.next() < 0.3 ? () => 0 : () => about(5e5);
  const c: StepCoefficients = {
    timeStep: 25e-6,
    powerFactor: 1 + 0.1 * random.next(),
    meanOfStep: 1,
    trap: dispersionTrap(random.next() < 0.3 ? 0 : 1000, 25e-6),
    halfCycle: 1 + Math.floor(3 * random.next()),
    poleRatio: perPole(() => about(0.3)),
    poleTime: perPole(() => about(1e-4)),
    layerCapacity: make(chambers * poles, () => about(0.05)),
    instantCapacity: make(chambers, () => about(0.01)),
    wallConductance: make(chambers, () => about(0.4)),
    inertance: make(ducts, () => about(60)),
    resistance: make(ducts, () => about(800)),
    layerResistance: make(ducts * poles, () => about(5000)),
    quadratic: make(ducts, quadratic),
    halfVolume: make(ducts, () => about(6e-6)),
    gas: [],
    inertial: make(ducts, () => about(5e6)),
    denominator: make(ducts, () => about(5.1e6)),
    damping: make(ducts * poles, () => about(4000)),
    layerPull: make(chambers * poles, () => about(0.02)),
    halfPull: make(chambers, () => about(0.04)),
    inverse: perPole(() => about(0.7)),
    doubled: perPole(() => about(0.6)),
    approach: perPole(() => about(0.4)),
  };
  return { s, c, edges, around, sums };
}

test('property: any graph and any number of states, steps that cross and re-centre, until and beyond breaking', () => {
  let broken = 0;
  let crossed = 0;
  let recentred = 0;
  fc.assert(
    fc.property(
      fc.integer({ min: 1, max: 1_000_000 }),
      fc.constantFrom(2, 3, 7, 18, 23, 33, 64, 97, 130),
      fc.constantFrom(0, 1, 9, 30, 60, 64, 150, 333),
      fc.integer({ min: 0, max: 6 }),
      fc.constantFrom(0.1, 1, 3),
      (seed, chambers, ducts, poles, violence) => {
        const plain = randomParts(seed, chambers, ducts, poles, violence);
        const fast = randomParts(seed, chambers, ducts, poles, violence);
        const work = createWork(chambers, ducts);
        const fastWork = createWork(chambers, ducts);
        const stepper = createKernel(fast.s, fast.edges, fast.around, fast.sums, fastWork, 1 + (seed % 3));
        for (let n = 0; n < 60; n++) {
          const centres = plain.s.centre.slice();
          const outcome = acousticStep(plain.s, plain.c, plain.edges, plain.around, plain.sums, work);
          expect(stepper?.step(fast.c)).toBe(outcome);
          if (n % 10 === 9 || outcome === 'broken')
            expect(difference(numbersOf(plain.s, plain.sums), numbersOf(fast.s, fast.sums))).toBeNull();
          expect(fastWork.relabelling.count).toBe(work.relabelling.count);
          crossed += work.relabelling.count;
          if (work.relabelling.count === 0 && plain.s.centre.some((T, i) => T !== centres[i])) recentred++;
          if (outcome === 'broken') {
            broken++;
            break;
          }
        }
      },
    ),
    { numRuns: 150, seed: 20261124 },
  );
  expect(broken).toBeGreaterThan(5);
  expect(crossed).toBeGreaterThan(100);
  expect(recentred).toBeGreaterThan(5);
});

test('a broken farm breaks at the same step with the same numbers', () => {
  const parts = () => {
    const p = randomParts(7, 12, 30, 4, 0.1);
    p.around.pistonTargetRe.fill(-2e-3);
    return p;
  };
  const [plain, fast] = [parts(), parts()];
  const work = createWork(12, 30);
  const stepper = createKernel(fast.s, fast.edges, fast.around, fast.sums, createWork(12, 30));
  let outcome: StepOutcome = 'ok';
  for (let n = 0; n < 2000 && outcome === 'ok'; n++) {
    outcome = acousticStep(plain.s, plain.c, plain.edges, plain.around, plain.sums, work);
    expect(stepper?.step(fast.c)).toBe(outcome);
  }
  expect(outcome).toBe('broken');
  expect(difference(numbersOf(plain.s, plain.sums), numbersOf(fast.s, fast.sums))).toBeNull();
});

test('pistons whose drive was switched off come to rest at zero: no subnormal number stays', () => {
  const farm = compareFarms({ 'layout.size': [2, 1, 1], 'drive.stroke_m3': 2e-5, 'chips.power_W': 0 }, 70_000, [
    { 'drive.enabled': false },
  ]);
  for (const array of [farm.state.pistonRe, farm.state.pistonIm, farm.state.piston])
    for (const x of array) expect(x).toBe(0);
});

test('mixing outside the range of the kernel’s polynomials is the engine’s', () => {
  const parts = () => {
    const p = randomParts(11, 10, 24, 3, 1);
    p.s.gasModel = 'ideal';
    p.s.virial.fill(0);
    for (let i = 0; i < 10; i++) {
      p.s.temperature[i] = i % 3 === 0 ? -130 : i % 3 === 1 ? 900 : 50;
      p.s.energy[i] = 0;
      recentre(p.s, i, p.s.temperature[i]);
      p.s.energy[i] = p.s.caloric[4 * i];
    }
    return p;
  };
  const [plain, fast] = [parts(), parts()];
  const work = createWork(10, 24);
  const stepper = createKernel(fast.s, fast.edges, fast.around, fast.sums, createWork(10, 24));
  let crossed = 0;
  for (let n = 0; n < 20; n++) {
    const outcome = acousticStep(plain.s, plain.c, plain.edges, plain.around, plain.sums, work);
    expect(stepper?.step(fast.c)).toBe(outcome);
    crossed += work.relabelling.count;
  }
  expect(crossed).toBeGreaterThan(20);
  expect(difference(numbersOf(plain.s, plain.sums), numbersOf(fast.s, fast.sums))).toBeNull();
});

test('what others write into the state between steps is seen: the farm holds the kernel’s own arrays', () => {
  const [plain, fast] = [randomParts(3, 9, 14, 3, 0.1), randomParts(3, 9, 14, 3, 0.1)];
  const work = createWork(9, 14);
  const stepper = createStepper(fast.s, fast.edges, fast.around, fast.sums, createWork(9, 14));
  expect(stepper.kind).toBe('kernel');
  for (let n = 0; n < 20; n++) {
    for (const p of [plain, fast]) {
      p.s.pressure[n % 9] *= 1.001;
      p.s.wall[4] += 0.1;
      p.around.roomConductance *= 1.01;
      p.around.pistonTargetIm[2] += 1e-7;
      p.sums.weight = 1 + 0.1 * n;
    }
    if (n === 10)
      for (const p of [plain, fast]) p.c = { ...p.c, timeStep: 20e-6, resistance: p.c.resistance.map((r) => 2 * r) };
    acousticStep(plain.s, plain.c, plain.edges, plain.around, plain.sums, work);
    stepper.step(fast.c);
  }
  expect(difference(numbersOf(plain.s, plain.sums), numbersOf(fast.s, fast.sums))).toBeNull();
});

test('without SIMD (here: more states than the kernel holds) the plain step serves', () => {
  const { s, c, edges, around, sums } = randomParts(5, 4, 5, 17, 0.1);
  const stepper = createStepper(s, edges, around, sums, createWork(4, 5));
  expect(stepper.kind).toBe('plain');
  expect(stepper.step(c)).toBe('ok');
});
