// Centres of the regular packings, layer by layer from the bottom, rows within a layer, x fastest. All have nearest
// neighbours exactly one spacing apart. Not here: neighbours (neighbours.ts), checks and the room (layout.ts).

export type RegularKind = 'hcp' | 'fcc' | 'bcc' | 'sc' | 'hexagonal_prism';

export interface Sites {
  /** 3n, metres: x, y, z of each centre. */
  readonly positions: Float64Array;
  /** n: layer of each centre, from 0 at the bottom. */
  readonly layers: Uint16Array;
}

const SQRT2 = Math.sqrt(2);
const SQRT3 = Math.sqrt(3);
const SQRT6 = Math.sqrt(6);

/** Position of site (i, j, k) in units of the spacing. */
type Rule = (i: number, j: number, k: number) => readonly [number, number, number];

// hcp: models.md 2.6, close-packed layers in the order ABAB.
// fcc and bcc: square layers, every other one shifted by half a cell in x and y (conventional axes; fcc turned by 45°).
const RULES: Readonly<Record<Exclude<RegularKind, 'hexagonal_prism'>, Rule>> = {
  hcp: (i, j, k) => [i + 0.5 * ((j + k) % 2), (SQRT3 / 2) * (j + (k % 2) / 3), (SQRT6 / 3) * k],
  fcc: (i, j, k) => [i + 0.5 * (k % 2), j + 0.5 * (k % 2), k / SQRT2],
  bcc: (i, j, k) => [(2 / SQRT3) * (i + 0.5 * (k % 2)), (2 / SQRT3) * (j + 0.5 * (k % 2)), k / SQRT3],
  sc: (i, j, k) => [i, j, k],
};

/** Neighbours inside the packing: 12 in hcp and fcc, 8 in bcc and hexagonal_prism (6 in the layer, 2 across), 6 in sc. */
export const FULL_NEIGHBOURS: Readonly<Record<RegularKind, number>> = {
  hcp: 12,
  fcc: 12,
  bcc: 8,
  sc: 6,
  hexagonal_prism: 8,
};

/**
 * The first `count` sites of a packing of nx × ny × nz sites.
 *
 * hexagonal_prism: each layer holds nx·ny sites of a triangular lattice taken ring by ring around its centre, so that
 * the outline is a regular hexagon when nx·ny is 7, 19, 37, 61, 91 …; nz such layers stand exactly above each other.
 * @param spacingM distance of nearest neighbours, m
 */
export function regularSites(
  kind: RegularKind,
  size: readonly [number, number, number],
  spacingM: number,
  count: number,
): Sites {
  const [nx, ny] = size;
  const positions = new Float64Array(3 * count);
  const layers = new Uint16Array(count);
  const perLayer = nx * ny;
  const hexagon = kind === 'hexagonal_prism' ? hexagonFootprint(perLayer) : undefined;
  for (let n = 0; n < count; n++) {
    const k = Math.floor(n / perLayer);
    const inLayer = n - k * perLayer;
    const j = Math.floor(inLayer / nx);
    const [x, y, z] =
      kind === 'hexagonal_prism'
        ? ([hexagon?.[2 * inLayer] ?? 0, hexagon?.[2 * inLayer + 1] ?? 0, k] as const)
        : RULES[kind](inLayer - j * nx, j, k);
    positions[3 * n] = spacingM * x;
    positions[3 * n + 1] = spacingM * y;
    positions[3 * n + 2] = spacingM * z;
    layers[n] = k;
  }
  return { positions, layers };
}

/** x, y (in spacings) of the `count` sites of a triangular lattice nearest its centre, counted in hexagonal rings. */
function hexagonFootprint(count: number): Float64Array {
  const xy = new Float64Array(2 * count);
  // The six directions of a walk around a ring, in axial coordinates (q along x, r 60° from it).
  const steps = [
    [-1, 1],
    [-1, 0],
    [0, -1],
    [1, -1],
    [1, 0],
    [0, 1],
  ] as const;
  let n = 0;
  const place = (q: number, r: number): void => {
    if (n >= count) return;
    xy[2 * n] = q + 0.5 * r;
    xy[2 * n + 1] = (SQRT3 / 2) * r;
    n++;
  };
  place(0, 0);
  for (let ring = 1; n < count; ring++) {
    let q = ring;
    let r = 0;
    for (const [dq, dr] of steps) {
      for (let step = 0; step < ring; step++) {
        place(q, r);
        q += dq;
        r += dr;
      }
    }
  }
  return xy;
}
