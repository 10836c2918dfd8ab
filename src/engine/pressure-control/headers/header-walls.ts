// Walls of the two headers: gas – wall – room, two lumps each. In a sub-step the gas gives the heat it gave in the last one (a part of its
// rates, so that gas which flows through a cooled header is not tossed about), and afterwards the exact solution of the linear pair at
// the gas's present amounts makes that good: stable at any length, never past equilibrium. What the room gets is booked as the rest, so
// that the energy closes to round-off. Allocates nothing once made.

import { exp, log, pow } from '../../numerics/elementary.ts';
import { ENERGY, idealEnergy, lastCapacity, STRIDE, solveTemperature } from './gas-nodes.ts';

/** One header's wall. */
export interface HeaderWall {
  /** Gas to wall, while there are `amount` moles of it, and wall to room, W/K. */
  readonly inside: number;
  readonly amount: number;
  readonly outside: number;
  /** J/K. */
  readonly capacity: number;
}

/** Exponent with which free convection inside falls with the gas's density: twice that of the Rayleigh number. */
export const DENSITY_EXPONENT = 0.704;
/** Kelvins from the room below which the gas's heat capacity is that at its temperature. */
const NEAR_K = 0.1;
/** Share of its heat that a gas gives at most while it flows. */
const LARGEST_SHARE = 0.1;

export class HeaderWalls {
  /** Temperatures of supply and return, K; heat their gas gave in the last sub-step, W. For snapshots. */
  readonly state = new Float64Array(4);
  readonly temperature = this.state.subarray(0, 2);
  /** Heat to the room, J, and entropy made, J/K, in the last exchange. */
  roomHeat = 0;
  entropy = 0;
  private readonly power = this.state.subarray(2);
  private readonly gas = new Float64Array(STRIDE);

  constructor(
    private readonly walls: readonly [HeaderWall, HeaderWall],
    private readonly roomTemperature: number,
  ) {
    this.temperature.fill(roomTemperature);
  }

  /** Energy of both walls, J above 300 K. */
  storedEnergy(): number {
    const { walls, temperature } = this;
    return walls[0].capacity * (temperature[0] - 300) + walls[1].capacity * (temperature[1] - 300);
  }

  /**
   * Heat that a header's gas gives while it flows in the next sub-step of h seconds, W.
   * @param amount mol; @param T K; @param molar c_v, J/(mol·K)
   */
  held(header: number, h: number, amount: number, T: number, molar: number): number {
    const before = this.power[header];
    const gap = T - this.temperature[header];
    if (!(amount > 0 && before * gap > 0)) return 0;
    const most = Math.min(this.insideOf(header, amount) * Math.abs(gap), (LARGEST_SHARE * amount * molar * T) / h);
    return Math.max(-most, Math.min(most, before));
  }

  /**
   * Lets one header's gas, its wall and the room exchange heat for h seconds; fills roomHeat and entropy.
   * @param held what the gas has already given in the same time, W
   * @param base, delta amounts and energy of the gas are base + delta at `at`; its energy is changed in `delta`
   * @param guess of its temperature, K
   */
  exchange(
    header: number,
    h: number,
    held: number,
    base: Float64Array,
    delta: Float64Array,
    at: number,
    guess: number,
  ): void {
    const { gas, roomTemperature: room, temperature } = this;
    const { outside, capacity } = this.walls[header];
    let amount = 0;
    for (let k = 0; k < STRIDE; k++) gas[k] = base[at + k] + delta[at + k];
    for (let k = 0; k < ENERGY; k++) amount += gas[k];
    const isEmpty = !(amount > 0);
    const warm = isEmpty ? room : solveTemperature(gas, 0, gas[ENERGY], guess);
    const C = isEmpty ? 1 : this.capacityOf(warm);
    const inside = isEmpty ? 0 : this.insideOf(header, amount);
    const wallBefore = temperature[header];
    // About what would stand if the held heat came for ever: dx/dt = −a(x − y), dy/dt = b(x − y) − c y. Of the rates λ₁ < λ₂ ≤ 0 the slow one
    // comes without a difference of large numbers.
    const standing = held / outside;
    const y = wallBefore - room - standing;
    const x = warm - room - standing - (isEmpty ? 0 : held / inside);
    const a = inside / C;
    const b = inside / capacity;
    const c = outside / capacity;
    const root = Math.sqrt((a - c) * (a - c) + b * (b + 2 * (a + c)));
    const fast = -0.5 * (a + b + c + root);
    const slow = fast < 0 ? (a * c) / fast : 0;
    const e = exp(slow * h);
    // e^{At} = e^{λ₂h} + w (A − λ₂), w = (e^{λ₂h} − e^{λ₁h})/(λ₂ − λ₁).
    const w = root > 0 ? (e - exp(fast * h)) / root : h * e;
    const share = e - 1 - w * slow;
    const moved = share * x - w * a * (x - y);
    const wallMoved = share * y + w * (b * (x - y) - c * y);
    const received = isEmpty ? 0 : C * moved;
    const given = held * h - received;
    const toRoom = given - capacity * wallMoved;
    delta[at + ENERGY] += received;
    temperature[header] += wallMoved;
    this.power[header] = given / h;
    this.roomHeat = toRoom;
    const wallMean = meanOf(wallBefore, temperature[header]);
    const gasMean = isEmpty ? wallMean : meanOf(warm + (held * h) / C, warm + moved);
    this.entropy =
      (given * (gasMean - wallMean)) / (gasMean * wallMean) + (toRoom * (wallMean - room)) / (wallMean * room);
  }

  /** Gas to wall with this much gas in the header (mol), W/K. */
  private insideOf(header: number, amount: number): number {
    const wall = this.walls[header];
    return wall.inside * pow(amount / wall.amount, DENSITY_EXPONENT);
  }

  /** Heat capacity of the gas in hand, J/K: over its whole way to the room's temperature, so that it ends there exactly. */
  private capacityOf(T: number): number {
    const { gas, roomTemperature: room } = this;
    const away = T - room;
    const energy = idealEnergy(gas, 0, room);
    return Math.abs(away) > NEAR_K ? (gas[ENERGY] - energy) / away : lastCapacity();
  }
}

/** Temperature at which a constant heat capacity takes up ΔS = ΔU/T between two temperatures: the logarithmic mean, K. */
function meanOf(from: number, to: number): number {
  const r = to / from - 1;
  return Math.abs(r) > 1e-4 ? (from * r) / log(1 + r) : from * (1 + r * (0.5 - r / 12));
}
