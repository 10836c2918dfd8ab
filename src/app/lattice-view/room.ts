// The room around the lattice: a thin wireframe, a floor grid in metres, and the block's outline on the floor.

import { BufferAttribute, BufferGeometry, Group, LineBasicMaterial, LineSegments } from 'three';
import type { LayoutData } from '../../worker/protocol.ts';
import type { Extent } from './geometry.ts';
import type { Rgb } from './oklch.ts';

/** A grid finer than this many lines says nothing. */
const MOST_LINES = 400;

export class Room {
  readonly group = new Group();
  private size: readonly [number, number, number] = [0, 0, 0];
  /** Faces turned to the eye, as bits: x = 0, x, y = 0, y, floor, ceiling. */
  private facing = -1;
  private readonly walls = new LineSegments(new BufferGeometry(), new LineBasicMaterial({ transparent: true }));
  private readonly grid = new LineSegments(new BufferGeometry(), new LineBasicMaterial({ transparent: true }));
  private readonly footprint = new LineSegments(new BufferGeometry(), new LineBasicMaterial({ transparent: true }));

  constructor() {
    this.walls.material.opacity = 0.55;
    this.grid.material.opacity = 0.5;
    this.footprint.material.opacity = 0.45;
    this.group.add(this.grid, this.footprint, this.walls);
    for (const lines of [this.walls, this.grid, this.footprint]) lines.frustumCulled = false;
  }

  setLayout(layout: LayoutData, extent: Extent): void {
    const [x, y, z] = layout.roomM;
    this.size = [x, y, z];
    this.facing = -1;
    setLines(this.grid, floorGrid(x, y));
    const r = layout.chamberRadiusM;
    setLines(this.footprint, rectangle(extent.min.x - r, extent.min.y - r, extent.max.x + r, extent.max.y + r, 0.002));
  }

  /** Leaves out the edges between the eye and the inside of the room; called before each picture. */
  follow(eye: { readonly x: number; readonly y: number; readonly z: number }): void {
    const [x, y, z] = this.size;
    const outside = [eye.x < 0, eye.x > x, eye.y < 0, eye.y > y, eye.z < 0, eye.z > z];
    const facing = outside.reduce((bits, is, face) => bits | (is ? 1 << face : 0), 0);
    if (facing === this.facing) return;
    this.facing = facing;
    setLines(this.walls, boxEdges(x, y, z, facing));
  }

  setColours(walls: Rgb, grid: Rgb): void {
    this.walls.material.color.setStyle(`rgb(${walls.join(',')})`);
    this.footprint.material.color.setStyle(`rgb(${walls.join(',')})`);
    this.grid.material.color.setStyle(`rgb(${grid.join(',')})`);
  }

  dispose(): void {
    for (const lines of [this.walls, this.grid, this.footprint]) {
      lines.geometry.dispose();
      lines.material.dispose();
    }
  }
}

/** Distance of the grid's lines, m: one metre, coarser in a hall. */
export function gridStep(x: number, y: number): number {
  let step = 1;
  while ((x + y) / step > MOST_LINES) step *= 10;
  return step;
}

function setLines(lines: LineSegments, points: readonly number[]): void {
  lines.geometry.dispose();
  lines.geometry = new BufferGeometry().setAttribute('position', new BufferAttribute(Float32Array.from(points), 3));
}

function rectangle(x0: number, y0: number, x1: number, y1: number, z: number): number[] {
  return [x0, y0, z, x1, y0, z, x1, y0, z, x1, y1, z, x1, y1, z, x0, y1, z, x0, y1, z, x0, y0, z];
}

/** The edges of a box that are not between two faces turned to the eye. */
export function boxEdges(x: number, y: number, z: number, facing: number): number[] {
  const size = [x, y, z] as const;
  const edges: number[] = [];
  for (let axis = 0; axis < 3; axis++) {
    const b = (axis + 1) % 3;
    const c = (axis + 2) % 3;
    for (let corner = 0; corner < 4; corner++) {
      const atB = corner & 1;
      const atC = corner >> 1;
      if (facing & (1 << (2 * b + atB)) && facing & (1 << (2 * c + atC))) continue;
      const from = [0, 0, 0];
      from[b] = atB * (size[b] as number);
      from[c] = atC * (size[c] as number);
      const to = [...from];
      to[axis] = size[axis] as number;
      edges.push(...from, ...to);
    }
  }
  return edges;
}

function floorGrid(x: number, y: number): number[] {
  const step = gridStep(x, y);
  const lines: number[] = [];
  for (let at = step; at < x - 1e-6; at += step) lines.push(at, 0, 0, at, y, 0);
  for (let at = step; at < y - 1e-6; at += step) lines.push(0, at, 0, x, at, 0);
  return lines;
}
