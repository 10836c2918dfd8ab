// Nested dissection of a graph (George 1973): an elimination order with little fill, and the tree of its separators. From the
// graph alone: cuts are sought between far ends of each part, by hop counts, and in the given numbering. Not here: values.

/** Vertices in elimination order, cut into blocks; a block's fill lies in itself and in its ancestors only. */
export interface Dissection {
  /** Vertex at each place of the elimination order. */
  readonly order: Uint32Array;
  /** blocks + 1: the places of block b are blockStart[b] … blockStart[b + 1] − 1. Children come before their parent. */
  readonly blockStart: Uint32Array;
  /** Block above each block; −1 for a root. */
  readonly parent: Int32Array;
}

/** Parts this small are eliminated as one dense block. */
const LEAF = 16;
/** Share of a part that each side of its separator must hold. */
const LEAST_SHARE = 0.3;
/** Cuts tried along each direction. */
const CUTS = 5;

/** Neighbours of each vertex by compressed rows. */
interface Graph {
  readonly n: number;
  readonly rowStart: Uint32Array;
  readonly neighbours: Uint32Array;
}

/** @param edges 2e vertex numbers, in any order */
export function neighbourRows(n: number, edges: Uint32Array): Graph {
  const rowStart = new Uint32Array(n + 1);
  for (const v of edges) rowStart[v + 1]++;
  for (let i = 0; i < n; i++) rowStart[i + 1] += rowStart[i];
  const next = rowStart.slice(0, n);
  const neighbours = new Uint32Array(edges.length);
  for (let e = 0; e < edges.length; e += 2) {
    neighbours[next[edges[e]]++] = edges[e + 1];
    neighbours[next[edges[e + 1]]++] = edges[e];
  }
  return { n, rowStart, neighbours };
}

/**
 * Dissects the graph until parts are small. Deterministic; time about edges × log n.
 * @param edges 2e vertex numbers below n
 * @param largest most vertices a separator may have
 * @returns null when a separator is larger
 */
export function nestedDissection(n: number, edges: Uint32Array): Dissection;
export function nestedDissection(n: number, edges: Uint32Array, largest: number): Dissection | null;
export function nestedDissection(n: number, edges: Uint32Array, largest = Number.POSITIVE_INFINITY): Dissection | null {
  const part = new Parts(neighbourRows(n, edges));
  const order: number[] = [];
  const blockStart = [0];
  const parent: number[] = [];
  /** @returns the blocks at the top of this part: one, or several where it falls apart; null at too large a separator */
  const eliminate = (vertices: Uint32Array): number[] | null => {
    const cut = vertices.length <= LEAF ? null : part.split(vertices);
    if ((cut ? cut.separator : vertices).length > largest) return null;
    const first = cut ? eliminate(cut.first) : [];
    const second = cut && first ? eliminate(cut.second) : [];
    if (!first || !second) return null;
    const below = [...first, ...second];
    const own = cut ? cut.separator : vertices;
    if (own.length === 0) return below;
    for (const v of own) order.push(v);
    const block = parent.length;
    parent.push(-1);
    blockStart.push(order.length);
    for (const child of below) parent[child] = block;
    return [block];
  };
  if (!eliminate(Uint32Array.from({ length: n }, (_, i) => i))) return null;
  return { order: Uint32Array.from(order), blockStart: Uint32Array.from(blockStart), parent: Int32Array.from(parent) };
}

interface Cut {
  readonly first: Uint32Array;
  readonly second: Uint32Array;
  readonly separator: Uint32Array;
}

/** Splits vertex sets of one graph; its scratch is as long as the graph. */
class Parts {
  private readonly graph: Graph;
  /** Number of the set a vertex belongs to at present. */
  private readonly member: Int32Array;
  private readonly side: Int8Array;
  private readonly queue: Uint32Array;
  /** Hop counts from the ends in use; meaningful for the members of the present set. */
  private readonly hops: readonly Int32Array[];
  private set = 0;

  constructor(graph: Graph) {
    this.graph = graph;
    this.member = new Int32Array(graph.n);
    this.side = new Int8Array(graph.n);
    this.queue = new Uint32Array(graph.n);
    this.hops = Array.from({ length: 5 }, () => new Int32Array(graph.n));
  }

  /** Two sides without an edge between them and the separator that parts them; null where no cut pays. */
  split(vertices: Uint32Array): Cut | null {
    this.set++;
    for (const v of vertices) this.member[v] = this.set;
    const [any, a, b, c, d] = this.hops;
    const from = this.distances(vertices, vertices[0], any);
    if (from.reached < vertices.length) return this.splitComponents(vertices);
    const end = this.distances(vertices, from.last, a).last;
    this.distances(vertices, end, b);
    const aside = farthest(vertices, (v) => Math.min(a[v], b[v]));
    this.distances(vertices, this.distances(vertices, aside, c).last, d);
    const directions: ((v: number) => number)[] = [
      (v) => v,
      (v) => a[v] - b[v],
      (v) => c[v] - d[v],
      (v) => a[v] + c[v] - b[v] - d[v],
      (v) => a[v] + d[v] - b[v] - c[v],
    ];
    let best: { sorted: Uint32Array; at: number; cost: number; low: boolean } | null = null;
    for (const direction of directions) {
      // By direction, then by number: equal keys keep the given numbering.
      const sorted = sortedBy(vertices, direction);
      for (let k = 0; k < CUTS; k++) {
        const at = Math.round(vertices.length * (LEAST_SHARE + ((1 - 2 * LEAST_SHARE) * (k + 0.5)) / CUTS));
        const [low, high] = this.borders(sorted, at);
        const border = Math.min(low, high);
        // A lopsided cut leaves more to do below.
        const share = at / vertices.length;
        const cost = border / (4 * share * (1 - share));
        if (!best || cost < best.cost) best = { sorted, at, cost, low: low < high };
      }
    }
    return best && this.cut(best.sorted, best.at, best.low);
  }

  /** Vertices before `at` with a neighbour after it, and the other way round. */
  private borders(sorted: Uint32Array, at: number): [number, number] {
    const { side, member, set, graph } = this;
    for (let k = 0; k < sorted.length; k++) side[sorted[k]] = k < at ? 0 : 1;
    let low = 0;
    let high = 0;
    for (const v of sorted) {
      for (let k = graph.rowStart[v]; k < graph.rowStart[v + 1]; k++) {
        const w = graph.neighbours[k];
        if (member[w] !== set || side[w] === side[v]) continue;
        if (side[v] === 0) low++;
        else high++;
        break;
      }
    }
    return [low, high];
  }

  private cut(sorted: Uint32Array, at: number, low: boolean): Cut | null {
    this.borders(sorted, at);
    const { side, member, set, graph } = this;
    const own = low ? 0 : 1;
    const separator: number[] = [];
    const sides: [number[], number[]] = [[], []];
    for (const v of sorted) {
      let border = false;
      if (side[v] === own) {
        for (let k = graph.rowStart[v]; k < graph.rowStart[v + 1] && !border; k++) {
          const w = graph.neighbours[k];
          border = member[w] === set && side[w] !== own;
        }
      }
      (border ? separator : sides[side[v]]).push(v);
    }
    if (sides[0].length === 0 || sides[1].length === 0) return null;
    return {
      first: Uint32Array.from(sides[0]),
      second: Uint32Array.from(sides[1]),
      separator: Uint32Array.from(separator),
    };
  }

  /** Fills hop counts from one vertex through its set: how many it reached, and the last of them. */
  private distances(
    vertices: Uint32Array,
    start: number,
    hops: Int32Array,
  ): { readonly last: number; readonly reached: number } {
    const { graph, member, set, queue } = this;
    for (const v of vertices) hops[v] = -1;
    hops[start] = 0;
    queue[0] = start;
    let reached = 1;
    for (let k = 0; k < reached; k++) {
      const v = queue[k];
      for (let m = graph.rowStart[v]; m < graph.rowStart[v + 1]; m++) {
        const w = graph.neighbours[m];
        if (member[w] !== set || hops[w] >= 0) continue;
        hops[w] = hops[v] + 1;
        queue[reached++] = w;
      }
    }
    return { last: queue[reached - 1], reached };
  }

  /** Unconnected parts dealt to two sides, as equal as they come; no separator. */
  private splitComponents(vertices: Uint32Array): Cut {
    const { graph, member, set, queue } = this;
    const sides: [number[], number[]] = [[], []];
    for (const start of vertices) {
      if (member[start] !== set) continue;
      member[start] = -1;
      queue[0] = start;
      let reached = 1;
      for (let k = 0; k < reached; k++) {
        for (let m = graph.rowStart[queue[k]]; m < graph.rowStart[queue[k] + 1]; m++) {
          const w = graph.neighbours[m];
          if (member[w] !== set) continue;
          member[w] = -1;
          queue[reached++] = w;
        }
      }
      const side = sides[0].length <= sides[1].length ? sides[0] : sides[1];
      for (let k = 0; k < reached; k++) side.push(queue[k]);
    }
    return { first: Uint32Array.from(sides[0]), second: Uint32Array.from(sides[1]), separator: new Uint32Array(0) };
  }
}

function farthest(vertices: Uint32Array, distance: (v: number) => number): number {
  let best = vertices[0];
  for (const v of vertices) if (distance(v) > distance(best)) best = v;
  return best;
}

/** The vertices by ascending whole-numbered key, ties by their number. */
function sortedBy(vertices: Uint32Array, key: (v: number) => number): Uint32Array {
  let largest = 1;
  for (const v of vertices) largest = Math.max(largest, v + 1);
  // Key and number in one double, exact up to 2^53.
  const packed = Float64Array.from(vertices, (v) => key(v) * largest + v);
  packed.sort();
  return Uint32Array.from(packed, (p) => ((p % largest) + largest) % largest);
}
