// A small quadratic programme: the moves of one output that bring predictions nearest to a wanted course, within the output's
// range and rate. Solved by a primal active-set method (Nocedal & Wright 2006, algorithm 16.3) on preallocated arrays: standing
// still is always allowed, every iterate is, and the solution is exact after finitely many. Not here: predictions.

/** Moves planned ahead, and as many predictions: without a constraint the wanted course is then met exactly. */
export const MOVES = 5;
const CONSTRAINTS = 4 * MOVES;
/** Degenerate corners could cycle: the iterate is kept, which is allowed though not best. */
const MOST_ITERATIONS = 60;
/** Directions below this share of the free solution, and paces below it of the direction, are rounding. */
const ROUNDING = 1e-11;

/** What depends on the model alone: made once per tuning. */
export class MoveProblem {
  /** Prediction i after move j, s_{i−j}: lower triangular. */
  private readonly response = new Float64Array(MOVES * MOVES);
  /** (SᵀS + ρI)⁻¹. */
  private readonly inverse = new Float64Array(MOVES * MOVES);
  /** Bounds on the moves: A Δu ≤ b; A, A(SᵀS + ρI)⁻¹ and A(SᵀS + ρI)⁻¹Aᵀ. */
  private readonly rows = new Float64Array(CONSTRAINTS * MOVES);
  private readonly rowsInverse = new Float64Array(CONSTRAINTS * MOVES);
  private readonly dual = new Float64Array(CONSTRAINTS * CONSTRAINTS);
  private readonly bounds = new Float64Array(CONSTRAINTS);
  /** The constraints held as equations, their multipliers, and the system for these. */
  private readonly working = new Int32Array(MOVES);
  private readonly multipliers = new Float64Array(MOVES);
  private readonly system = new Float64Array(MOVES * MOVES);
  private readonly direction = new Float64Array(MOVES);
  private readonly free = new Float64Array(MOVES);
  private readonly gradient = new Float64Array(MOVES);
  /** The solution of the last call of solve. */
  readonly moves = new Float64Array(MOVES);

  /**
   * @param steps step response of the measurement, one to MOVES samples after the delay @param suppression ρ relative to SᵀS's
   * largest diagonal element
   */
  setModel(steps: ArrayLike<number>, suppression: number): void {
    const { response } = this;
    for (let i = 0; i < MOVES; i++) for (let j = 0; j < MOVES; j++) response[i * MOVES + j] = i >= j ? steps[i - j] : 0;
    const normal = Array.from({ length: MOVES }, (_, a) =>
      Array.from({ length: MOVES }, (_, b) => {
        let sum = 0;
        for (let i = 0; i < MOVES; i++) sum += response[i * MOVES + a] * response[i * MOVES + b];
        return sum;
      }),
    );
    const weight = suppression * Math.max(...normal.map((row, a) => row[a]));
    normal.forEach((row, a) => {
      row[a] += weight;
    });
    this.inverse.set(inverted(normal).flat());
    this.prepareConstraints();
  }

  /** Rows: each move ≤ rate, ≥ −rate; each running sum ≤ room above, ≥ −room below. */
  private prepareConstraints(): void {
    const { rows, rowsInverse, dual, inverse } = this;
    rows.fill(0);
    for (let j = 0; j < MOVES; j++) {
      rows[4 * j * MOVES + j] = 1;
      rows[(4 * j + 1) * MOVES + j] = -1;
      for (let k = 0; k <= j; k++) {
        rows[(4 * j + 2) * MOVES + k] = 1;
        rows[(4 * j + 3) * MOVES + k] = -1;
      }
    }
    for (let c = 0; c < CONSTRAINTS; c++) {
      for (let j = 0; j < MOVES; j++) {
        let sum = 0;
        for (let k = 0; k < MOVES; k++) sum += rows[c * MOVES + k] * inverse[k * MOVES + j];
        rowsInverse[c * MOVES + j] = sum;
      }
    }
    for (let c = 0; c < CONSTRAINTS; c++) {
      for (let d = 0; d < CONSTRAINTS; d++) {
        let sum = 0;
        for (let k = 0; k < MOVES; k++) sum += rowsInverse[c * MOVES + k] * rows[d * MOVES + k];
        dual[c * CONSTRAINTS + d] = sum;
      }
    }
  }

  /**
   * The best first move. @param errors wanted less predicted (without moves), MOVES values @param rate largest move, ≥ 0
   * @param above, below room between the present output and its limits, ≥ 0
   */
  solve(errors: ArrayLike<number>, rate: number, above: number, below: number): number {
    const { response, inverse, gradient, free, moves } = this;
    for (let j = 0; j < MOVES; j++) {
      let sum = 0;
      for (let i = j; i < MOVES; i++) sum += response[i * MOVES + j] * errors[i];
      gradient[j] = sum;
    }
    for (let j = 0; j < MOVES; j++) {
      let sum = 0;
      for (let k = 0; k < MOVES; k++) sum += inverse[j * MOVES + k] * gradient[k];
      free[j] = sum;
    }
    moves.set(free);
    if (this.exceeds(rate, above, below)) this.constrain();
    return moves[0];
  }

  private exceeds(rate: number, above: number, below: number): boolean {
    const { bounds, moves } = this;
    let isBeyond = false;
    for (let c = 0; c < CONSTRAINTS; c++) {
      const kind = c & 3;
      bounds[c] = kind < 2 ? rate : kind === 2 ? above : below;
      if (this.along(c, moves) > bounds[c]) isBeyond = true;
    }
    return isBeyond;
  }

  /** Product of a constraint's row and a vector. */
  private along(c: number, vector: Float64Array): number {
    let sum = 0;
    for (let k = 0; k < MOVES; k++) sum += this.rows[c * MOVES + k] * vector[k];
    return sum;
  }

  private constrain(): void {
    const { moves, direction, free, working } = this;
    let size = 0;
    for (let j = 0; j < MOVES; j++) size = Math.max(size, Math.abs(free[j]));
    moves.fill(0);
    let held = 0;
    for (let iteration = 0; iteration < MOST_ITERATIONS; iteration++) {
      this.aim(held);
      let longest = 0;
      for (let j = 0; j < MOVES; j++) longest = Math.max(longest, Math.abs(direction[j]));
      if (longest <= ROUNDING * size) {
        const release = this.mostNegative(held);
        if (release < 0) return;
        held--;
        for (let k = release; k < held; k++) working[k] = working[k + 1];
        continue;
      }
      const blocking = this.advance(held, longest);
      if (blocking >= 0 && held < MOVES) {
        working[held] = blocking;
        held++;
      }
    }
  }

  /** Direction to the minimum along the held constraints: p = d − H⁻¹Aᵀλ with (A H⁻¹ Aᵀ)λ = A d, d the way to the free solution. */
  private aim(held: number): void {
    const { moves, free, direction, working, multipliers, system, dual, rowsInverse } = this;
    for (let j = 0; j < MOVES; j++) direction[j] = free[j] - moves[j];
    for (let a = 0; a < held; a++) {
      multipliers[a] = this.along(working[a], direction);
      for (let b = 0; b < held; b++) system[a * MOVES + b] = dual[working[a] * CONSTRAINTS + working[b]];
    }
    // Gauss without pivots: the system is positive definite, since held constraints are independent.
    for (let c = 0; c < held; c++) {
      for (let a = c + 1; a < held; a++) {
        const factor = system[a * MOVES + c] / system[c * MOVES + c];
        for (let b = c; b < held; b++) system[a * MOVES + b] -= factor * system[c * MOVES + b];
        multipliers[a] -= factor * multipliers[c];
      }
    }
    for (let a = held - 1; a >= 0; a--) {
      for (let b = a + 1; b < held; b++) multipliers[a] -= system[a * MOVES + b] * multipliers[b];
      multipliers[a] /= system[a * MOVES + a];
    }
    for (let a = 0; a < held; a++) {
      for (let j = 0; j < MOVES; j++) direction[j] -= rowsInverse[working[a] * MOVES + j] * multipliers[a];
    }
  }

  private mostNegative(held: number): number {
    let found = -1;
    let least = 0;
    for (let a = 0; a < held; a++) {
      if (this.multipliers[a] < least) {
        least = this.multipliers[a];
        found = a;
      }
    }
    return found;
  }

  /** Goes along the direction as far as allowed. @returns the constraint that stopped it, −1 if none */
  private advance(held: number, longest: number): number {
    const { moves, direction, bounds, working } = this;
    let share = 1;
    let blocking = -1;
    for (let c = 0; c < CONSTRAINTS; c++) {
      if (working.indexOf(c) >= 0 && working.indexOf(c) < held) continue;
      const pace = this.along(c, direction);
      // A row that depends on those held is not approached, but for rounding.
      if (pace <= ROUNDING * longest) continue;
      const room = Math.max(0, (bounds[c] - this.along(c, moves)) / pace);
      if (room < share) {
        share = room;
        blocking = c;
      }
    }
    for (let j = 0; j < MOVES; j++) moves[j] += share * direction[j];
    return blocking;
  }
}

/** Inverse of a small positive definite matrix (Gauss–Jordan; no pivots needed). */
function inverted(matrix: readonly (readonly number[])[]): number[][] {
  const n = matrix.length;
  const work = matrix.map((row, a) => [...row, ...row.map((_, b) => (a === b ? 1 : 0))]);
  for (let c = 0; c < n; c++) {
    const by = work[c][c];
    work[c] = work[c].map((x) => x / by);
    for (let a = 0; a < n; a++) {
      const factor = work[a][c];
      if (a !== c) work[a] = work[a].map((x, b) => x - factor * work[c][b]);
    }
  }
  return work.map((row) => row.slice(n));
}
