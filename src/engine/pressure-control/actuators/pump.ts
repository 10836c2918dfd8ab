// Pumps and fans: a quadratic curve with the affinity laws, the operating point against a quadratic system, power, and a bank
// with ramps and trips. A fan is a pump whose curve scales with the density of what it moves. Not here: compressors
// (headers/compressor.ts), the room's flow.

/** A machine at rated speed and reference density. */
export interface PumpCurve {
  /** a₀: pressure rise at no flow, Pa. */
  readonly shutOffPressure: number;
  /** a₂ of Δp = a₀ − a₂Q², Pa·s²/m⁶. */
  readonly curvature: number;
  /** Flow of best efficiency, m³/s, and that efficiency (shaft to fluid, 0–1). */
  readonly bestFlow: number;
  readonly bestEfficiency: number;
}

/** Δp = p_s + R Q². */
export interface PipeSystem {
  /** Pressure to be overcome without flow, Pa. */
  readonly staticPressure: number;
  /** Pa·s²/m⁶. */
  readonly resistance: number;
}

export interface OperatingPoint {
  /** m³/s. */
  readonly flow: number;
  /** Pa. */
  readonly pressureRise: number;
  readonly efficiency: number;
  /** Shaft power, W. */
  readonly power: number;
}

/** What is wrong with a curve, for people; null when nothing is. */
export function curveProblem(c: PumpCurve): string | null {
  if (!(c.shutOffPressure > 0) || !(c.curvature > 0)) return 'Shut-off pressure and curvature must be positive.';
  if (!(c.bestEfficiency > 0 && c.bestEfficiency <= 1)) return 'The best efficiency must lie between 0 and 1.';
  if (!(2 * c.bestFlow > Math.sqrt(c.shutOffPressure / c.curvature)))
    return 'The flow of best efficiency must exceed half the flow without resistance: at its double the efficiency is zero.';
  return null;
}

/** Curve through shut-off and one point (m³/s, Pa); best efficiency there. @throws RangeError when it is no curve */
export function curveThrough(
  shutOffPressure: number,
  flow: number,
  pressure: number,
  bestEfficiency: number,
): PumpCurve {
  const curve = {
    shutOffPressure,
    curvature: (shutOffPressure - pressure) / (flow * flow),
    bestFlow: flow,
    bestEfficiency,
  };
  const problem = curveProblem(curve);
  if (problem) throw new RangeError(problem);
  return curve;
}

/** Δp (Pa) at a flow (m³/s) and a speed (share of rated): Q ∝ n, Δp ∝ n² give a₀s² − a₂Q² (affinity laws, Gülich 2014). */
export const pressureRise = (c: PumpCurve, flow: number, speed: number, densityRatio = 1): number =>
  densityRatio * (c.shutOffPressure * speed * speed - c.curvature * flow * flow);

/** η at a flow and speed: a parabola through zero with its top at the best flow, which moves with the speed. */
export function efficiencyAt(c: PumpCurve, flow: number, speed: number): number {
  if (speed <= 0) return 0;
  const share = flow / (speed * c.bestFlow);
  return Math.max(0, c.bestEfficiency * share * (2 - share));
}

/** Shaft power, W: ΔpQ/η with the parabola's zero at no flow divided out, so that churning at a shut valve is finite. P ∝ n³. */
export function shaftPower(c: PumpCurve, flow: number, speed: number, densityRatio = 1): number {
  if (speed <= 0) return 0;
  const best = speed * c.bestFlow;
  return (pressureRise(c, flow, speed, densityRatio) * best) / (c.bestEfficiency * (2 - flow / best));
}

/** Flow at which machine and system agree, m³/s; 0 when the static pressure is too high (a check valve shuts). */
export function operatingFlow(
  c: PumpCurve,
  speed: number,
  staticPressure: number,
  resistance: number,
  densityRatio = 1,
): number {
  const drive = densityRatio * c.shutOffPressure * speed * speed - staticPressure;
  if (!(speed > 0) || !(drive > 0)) return 0;
  const flow = Math.sqrt(drive / (densityRatio * c.curvature + resistance));
  // A negative static pressure could drive more through than the machine at its speed: it then no longer pumps.
  return Math.min(flow, speed * Math.sqrt(c.shutOffPressure / c.curvature));
}

/** The operating point of one machine. */
export function operatingPoint(c: PumpCurve, speed: number, system: PipeSystem, densityRatio = 1): OperatingPoint {
  const flow = operatingFlow(c, speed, system.staticPressure, system.resistance, densityRatio);
  return {
    flow,
    pressureRise: pressureRise(c, flow, speed, densityRatio),
    efficiency: efficiencyAt(c, flow, speed),
    power: shaftPower(c, flow, speed, densityRatio),
  };
}

export interface PumpDrive {
  /** Speed, share of rated per second, up and (running or tripped) down. */
  readonly rampUp: number;
  readonly rampDown: number;
}

/** The caller writes command, static pressure and resistance; a step sets speed, flow, pressure rise and power. */
export class PumpBank {
  /** Wanted speed, share of rated, 0–1. */
  readonly command: Float64Array;
  readonly staticPressure: Float64Array;
  readonly resistance: Float64Array;
  /** Density of what is moved over the curve's. */
  readonly densityRatio: Float64Array;
  readonly speed: Float64Array;
  readonly flow: Float64Array;
  readonly pressureRise: Float64Array;
  readonly power: Float64Array;
  /** Shaft work since the start, J. */
  readonly work: Float64Array;
  private readonly tripped: Float64Array;

  /** @throws RangeError for an impossible curve or drive */
  constructor(
    readonly count: number,
    readonly curve: PumpCurve,
    readonly drive: PumpDrive,
  ) {
    const problem = curveProblem(curve);
    if (problem) throw new RangeError(problem);
    if (!(drive.rampUp > 0) || !(drive.rampDown > 0)) throw new RangeError('The ramps must be positive.');
    const perPump = (value = 0): Float64Array => new Float64Array(count).fill(value);
    this.command = perPump();
    this.staticPressure = perPump();
    this.resistance = perPump();
    this.densityRatio = perPump(1);
    this.speed = perPump();
    this.flow = perPump();
    this.pressureRise = perPump();
    this.power = perPump();
    this.work = perPump();
    this.tripped = perPump();
  }

  /** Lets a pump run down; it stays so, whatever its command, until it is reset. */
  trip(i: number): void {
    this.tripped[i] = 1;
  }

  /** Allows a tripped pump to restart along its ramp. */
  reset(i: number): void {
    this.tripped[i] = 0;
  }

  isTripped(i: number): boolean {
    return this.tripped[i] === 1;
  }

  /** Moves the speeds towards their commands for dt (s, > 0); what then flows is the caller's. */
  ramp(dt: number): void {
    const { drive } = this;
    for (let i = 0; i < this.count; i++) {
      const wanted = this.tripped[i] === 1 ? 0 : Math.min(1, Math.max(0, this.command[i]));
      const up = this.speed[i] + drive.rampUp * dt;
      const down = this.speed[i] - drive.rampDown * dt;
      this.speed[i] = Math.min(up, Math.max(down, wanted));
    }
  }

  /** Advances all pumps by dt (s, > 0). */
  step(dt: number): void {
    const { curve } = this;
    this.ramp(dt);
    for (let i = 0; i < this.count; i++) {
      const speed = this.speed[i];
      const flow = operatingFlow(curve, speed, this.staticPressure[i], this.resistance[i], this.densityRatio[i]);
      this.flow[i] = flow;
      this.pressureRise[i] = speed > 0 ? pressureRise(curve, flow, speed, this.densityRatio[i]) : 0;
      this.power[i] = shaftPower(curve, flow, speed, this.densityRatio[i]);
      this.work[i] += this.power[i] * dt;
    }
  }

  /** The whole state, for snapshots. */
  arrays(): Float64Array[] {
    return [
      this.command,
      this.staticPressure,
      this.resistance,
      this.densityRatio,
      this.speed,
      this.flow,
      this.pressureRise,
      this.power,
      this.work,
      this.tripped,
    ];
  }
}
