// A section through the room's air as geometry: the cells it cuts, arrows of the in-plane velocity, the reading at a point and
// where a line of sight meets it. Pure; lengths in metres of the room. Drawn by air-layer.ts.

import type { RoomField } from '../../engine/cooling/room/field.ts';
import type { AirSliceView, Axis } from '../state/store.ts';
import { percentile, type Range, roundUp } from './ranges.ts';

export type Point = readonly [x: number, y: number, z: number];
export type AxisIndex = 0 | 1 | 2;

export const axisIndex = (axis: Axis): AxisIndex => (axis === 'x' ? 0 : axis === 'y' ? 1 : 2);
/** The two directions in the plane across an axis, right-handed. */
export const inPlane = (axis: AxisIndex): readonly [AxisIndex, AxisIndex] =>
  axis === 0 ? [1, 2] : axis === 1 ? [2, 0] : [0, 1];

/** The cell a place lies in, by the faces between cells; places outside count to the outermost. */
export function cellAt(edges: Float32Array, place: number): number {
  const cells = edges.length - 1;
  let [low, high] = [0, cells];
  while (high - low > 1) {
    const middle = (low + high) >> 1;
    if ((edges[middle] as number) <= place) low = middle;
    else high = middle;
  }
  return low;
}

/** The length of the room along an axis, m. */
export const roomLength = ({ edges }: RoomField, axis: AxisIndex): number => edges[axis].at(-1) ?? 0;

/** Where the section stands along its axis, m. @param middle of the lattice along it, m */
export const slicePlace = ({ share }: AirSliceView, length: number, middle: number): number =>
  share === null ? middle : share * length;

const cellNumber = ({ cells }: RoomField, at: readonly [number, number, number]): number =>
  at[0] + cells[0] * (at[1] + cells[1] * at[2]);

export interface AirReading {
  /** K. */
  readonly temperature: number;
  /** m/s. */
  readonly velocity: Point;
  readonly speed: number;
}

/** The air at a point: of the cell it lies in. */
export function airAt(field: RoomField, [x, y, z]: Point): AirReading {
  const { edges, velocity } = field;
  const n = cellNumber(field, [cellAt(edges[0], x), cellAt(edges[1], y), cellAt(edges[2], z)]);
  const v: Point = [velocity[3 * n] as number, velocity[3 * n + 1] as number, velocity[3 * n + 2] as number];
  return { temperature: field.temperature[n] as number, velocity: v, speed: Math.hypot(...v) };
}

/** Values of every cell, K or m/s. */
export function cellValues(field: RoomField, quantity: AirSliceView['quantity']): Float32Array {
  if (quantity === 'temperature') return field.temperature;
  const { velocity } = field;
  return Float32Array.from(field.temperature, (_, n) =>
    Math.hypot(velocity[3 * n] as number, velocity[3 * n + 1] as number, velocity[3 * n + 2] as number),
  );
}

/** Least and largest of some values; null without any. */
export function extremes(values: Iterable<number>): Range | null {
  let [low, high] = [Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY];
  for (const value of values) {
    if (value < low) low = value;
    if (value > high) high = value;
  }
  return low <= high ? [low, high] : null;
}

export interface SliceCells {
  /** Four corners per cell, three coordinates each; every cell as wide and high as it is. */
  readonly corners: Float32Array;
  /** One value per cell. */
  readonly values: Float32Array;
}

/** The cells cut by the plane across an axis at a place. */
export function sliceCells(
  field: RoomField,
  axis: AxisIndex,
  place: number,
  quantity: AirSliceView['quantity'],
): SliceCells {
  const [u, v] = inPlane(axis);
  const all = cellValues(field, quantity);
  const { cells, edges } = field;
  const count = cells[u] * cells[v];
  const corners = new Float32Array(12 * count);
  const values = new Float32Array(count);
  const at: [number, number, number] = [0, 0, 0];
  at[axis] = cellAt(edges[axis], place);
  let n = 0;
  for (let j = 0; j < cells[v]; j++) {
    for (let i = 0; i < cells[u]; i++) {
      at[u] = i;
      at[v] = j;
      values[n] = all[cellNumber(field, at)] as number;
      for (const [corner, du, dv] of [
        [0, 0, 0],
        [1, 1, 0],
        [2, 1, 1],
        [3, 0, 1],
      ] as const) {
        const start = 12 * n + 3 * corner;
        corners[start + axis] = place;
        corners[start + u] = edges[u][i + du] as number;
        corners[start + v] = edges[v][j + dv] as number;
      }
      n++;
    }
  }
  return { corners, values };
}

export interface Arrow {
  readonly from: Point;
  /** In-plane velocity, m/s, along the two directions of the plane. */
  readonly along: readonly [number, number];
}

/** Arrows at even distances over the plane, whatever the cells' sizes, so that fine cells do not crowd. */
export function sliceArrows(field: RoomField, axis: AxisIndex, place: number, spacing: number): Arrow[] {
  const [u, v] = inPlane(axis);
  const arrows: Arrow[] = [];
  const lengths = [roomLength(field, u), roomLength(field, v)] as const;
  const counts = lengths.map((length) => Math.max(1, Math.floor(length / spacing + 1e-6)));
  const [nu = 1, nv = 1] = counts;
  for (let j = 0; j < nv; j++) {
    for (let i = 0; i < nu; i++) {
      const from: [number, number, number] = [0, 0, 0];
      from[axis] = place;
      from[u] = ((i + 0.5) * lengths[0]) / nu;
      from[v] = ((j + 0.5) * lengths[1]) / nv;
      const { velocity } = airAt(field, from);
      arrows.push({ from, along: [velocity[u], velocity[v]] });
    }
  }
  return arrows;
}

/** Distance of the arrows, m: about so many along the longer side of the plane. */
const ARROWS_ALONG = 28;
export const arrowSpacing = (field: RoomField, axis: AxisIndex): number => {
  const [u, v] = inPlane(axis);
  return Math.max(roomLength(field, u), roomLength(field, v)) / ARROWS_ALONG;
};

/** The speed whose arrow is as long as the distance of the arrows: round, and few are faster. 0 in still air. */
export function referenceSpeed(arrows: readonly Arrow[]): number {
  const speeds = Float32Array.from(arrows, ({ along }) => Math.hypot(...along)).sort();
  const fast = percentile(speeds, 0.95);
  return fast > 0 ? roundUp(fast) : 0;
}

/** Arrows shorter than this share of the reference are left out. */
const LEAST_SHARE = 0.04;
/** Shares of the distance of the arrows. */
const SHAFT = 0.024;
const HEAD = 0.24;
const HEAD_WIDTH = 0.09;

/**
 * Arrows as triangles in the plane, three coordinates per corner: length in proportion to speed.
 * @param border widens each arrow by so much, m, for an outline under it
 */
export function arrowTriangles(
  arrows: readonly Arrow[],
  axis: AxisIndex,
  spacing: number,
  reference: number,
  border: number,
): Float32Array {
  const [u, v] = inPlane(axis);
  const points: number[] = [];
  for (const { from, along } of arrows) {
    const speed = Math.hypot(...along);
    const share = speed / reference;
    if (!(share >= LEAST_SHARE)) continue;
    const length = share * spacing;
    const [du, dv] = [along[0] / speed, along[1] / speed];
    const corner = (forward: number, left: number): void => {
      const point = [0, 0, 0];
      point[axis] = from[axis];
      point[u] = from[u] + forward * du - left * dv;
      point[v] = from[v] + forward * dv + left * du;
      points.push(...point);
    };
    const head = Math.min(HEAD * spacing, 0.6 * length);
    const halfHead = (HEAD_WIDTH / HEAD) * head + border;
    const halfShaft = Math.min(SHAFT * spacing, 0.4 * halfHead) + border;
    const neck = length - head - border;
    corner(-border, -halfShaft);
    corner(neck, -halfShaft);
    corner(neck, halfShaft);
    corner(-border, -halfShaft);
    corner(neck, halfShaft);
    corner(-border, halfShaft);
    corner(neck, -halfHead);
    corner(length + 2 * border, 0);
    corner(neck, halfHead);
  }
  return Float32Array.from(points);
}

/** Where a ray meets the plane within the room, and how far along the ray; null if it does not. */
export function meet(
  field: RoomField,
  axis: AxisIndex,
  place: number,
  eye: Point,
  direction: Point,
): { readonly point: Point; readonly distance: number } | null {
  const distance = (place - eye[axis]) / direction[axis];
  if (!(distance > 0) || !Number.isFinite(distance)) return null;
  const point = [0, 1, 2].map((a) => (eye[a] as number) + distance * (direction[a] as number));
  const [u, v] = inPlane(axis);
  for (const a of [u, v]) if (!((point[a] as number) >= 0 && (point[a] as number) <= roomLength(field, a))) return null;
  point[axis] = place;
  return { point: point as [number, number, number], distance };
}
