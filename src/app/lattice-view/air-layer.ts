// The section through the room's air in the scene: cells coloured flat (each is one value), arrows with an outline of the
// ground, a frame. It shines through and hides nothing: chambers before and behind it stay visible.

import {
  BufferAttribute,
  BufferGeometry,
  Color,
  DoubleSide,
  Group,
  LineBasicMaterial,
  LineSegments,
  Mesh,
  MeshBasicMaterial,
  type PerspectiveCamera,
  SRGBColorSpace,
  Vector3,
} from 'three';
import type { RoomField } from '../../engine/cooling/room/field.ts';
import type { AirSliceView } from '../state/store.ts';
import {
  type AirReading,
  type Arrow,
  airAt,
  arrowSpacing,
  arrowTriangles,
  axisIndex,
  cellValues,
  extremes,
  inPlane,
  meet,
  type Point,
  referenceSpeed,
  roomLength,
  sliceArrows,
  sliceCells,
  slicePlace,
} from './air-slice.ts';
import { type Palette, palette, TEXELS } from './palettes.ts';
import { AutoRange, type Range } from './ranges.ts';
import { isDark, type SceneColours } from './theme-colours.ts';

/** The smallest spans worth a colour: K, m/s. */
const LEAST_SPAN = { temperature: 0.1, speed: 0.01 } as const;
/** Border of an arrow in distances of the arrows. */
const OUTLINE = 0.018;

/** What the legend says of the picture. */
export interface AirPicture {
  readonly quantity: AirSliceView['quantity'];
  /** Of the colours, over the whole room. */
  readonly range: Range;
  /** Within the section. */
  readonly present: Range;
  /** m/s of an arrow `arrow_m` long; 0 in still air. */
  readonly reference: number;
  readonly arrow_m: number;
}

/** The palette of a quantity of the air. */
export const airPalette = (quantity: AirSliceView['quantity'], dark: boolean): Palette =>
  palette(quantity === 'temperature' ? 'inferno' : 'viridis', dark ? 'dark' : 'light');

export class AirLayer {
  readonly group = new Group();
  picture: AirPicture | null = null;
  private field: RoomField | null = null;
  private view: AirSliceView | null = null;
  private middle: Point = [0, 0, 0];
  private dark = true;
  private readonly ranges = { temperature: new AutoRange(), speed: new AutoRange() };
  private readonly cells = plane(0.5, 1.1);
  private readonly outlines = plane(0.6, 1.2);
  private readonly arrows = plane(0.9, 1.3);
  private readonly frame = new LineSegments(new BufferGeometry(), new LineBasicMaterial({ transparent: true }));

  constructor() {
    this.cells.material.vertexColors = true;
    this.frame.material.opacity = 0.8;
    this.frame.frustumCulled = false;
    // Under the rings of selected chambers.
    this.frame.renderOrder = 1.4;
    this.group.add(this.cells, this.outlines, this.arrows, this.frame);
    this.group.visible = false;
  }

  /** @param middle of the lattice, m */
  setLattice(middle: Point): void {
    this.middle = middle;
    this.rebuild();
  }

  /** Takes the newest field; null when there is none or the room's air is uniform. */
  setField(field: RoomField | null): void {
    if (!field) {
      this.ranges.temperature.reset();
      this.ranges.speed.reset();
    }
    this.field = field;
    this.rebuild();
  }

  setView(view: AirSliceView): void {
    if (this.view === view) return;
    this.view = view;
    this.rebuild();
  }

  setColours(colours: SceneColours): void {
    this.dark = isDark(colours);
    const css = (rgb: readonly number[]): string => `rgb(${rgb.join(',')})`;
    this.arrows.material.color.setStyle(css(colours.text));
    this.outlines.material.color.setStyle(css(colours.ground));
    this.frame.material.color.setStyle(css(colours.muted));
    this.rebuild();
  }

  /** The air of the section under a point of the view in normalised device coordinates, with its distance from the eye. */
  under(camera: PerspectiveCamera, x: number, y: number): (AirReading & { point: Point; distance: number }) | null {
    const { field, view } = this;
    if (!field || !view?.shown) return null;
    const eye = camera.position;
    const direction = new Vector3(x, y, 0.5).unproject(camera).sub(eye).normalize();
    const axis = axisIndex(view.axis);
    const place = this.place(field, view);
    const hit = meet(field, axis, place, eye.toArray(), direction.toArray());
    return hit && { ...hit, ...airAt(field, hit.point) };
  }

  dispose(): void {
    for (const part of [this.cells, this.outlines, this.arrows, this.frame]) {
      part.geometry.dispose();
      part.material.dispose();
    }
  }

  private place(field: RoomField, view: AirSliceView): number {
    const axis = axisIndex(view.axis);
    return slicePlace(view, roomLength(field, axis), this.middle[axis]);
  }

  private rebuild(): void {
    const { field, view } = this;
    this.group.visible = view?.shown === true && field !== null;
    if (!view?.shown || !field) {
      this.picture = null;
      return;
    }
    const axis = axisIndex(view.axis);
    const place = this.place(field, view);
    const { quantity } = view;
    const { corners, values } = sliceCells(field, axis, place, quantity);
    const [low, high] = extremes(cellValues(field, quantity)) ?? [0, 1];
    // Air that hardly differs is all of it the cool, slow end.
    const found: Range = [low, Math.max(high, low + LEAST_SPAN[quantity])];
    const range = this.ranges[quantity].update(found, 'sequential', performance.now(), LEAST_SPAN[quantity]);
    this.setCells(corners, values, range, airPalette(quantity, this.dark));
    const spacing = arrowSpacing(field, axis);
    const arrows = sliceArrows(field, axis, place, spacing);
    const reference = referenceSpeed(arrows);
    this.setArrows(arrows, axis, spacing, reference);
    this.setFrame(field, axis, place);
    this.picture = { quantity, range, present: extremes(values) ?? range, reference, arrow_m: spacing };
  }

  private setCells(corners: Float32Array, values: Float32Array, [low, high]: Range, { texels }: Palette): void {
    const colours = new Float32Array(corners.length);
    const colour = new Color();
    const index: number[] = [];
    values.forEach((value, n) => {
      const t = Math.min(1, Math.max(0, (value - low) / (high - low)));
      const texel = 4 * Math.round(t * (TEXELS - 1));
      const [r, g, b] = [0, 1, 2].map((k) => (texels[texel + k] as number) / 255) as [number, number, number];
      colour.setRGB(r, g, b, SRGBColorSpace);
      for (let corner = 0; corner < 4; corner++) colour.toArray(colours, 12 * n + 3 * corner);
      const first = 4 * n;
      index.push(first, first + 1, first + 2, first, first + 2, first + 3);
    });
    this.cells.geometry.dispose();
    const geometry = new BufferGeometry();
    geometry.setAttribute('position', new BufferAttribute(corners, 3));
    geometry.setAttribute('color', new BufferAttribute(colours, 3));
    geometry.setIndex(index);
    this.cells.geometry = geometry;
  }

  private setArrows(arrows: readonly Arrow[], axis: 0 | 1 | 2, spacing: number, reference: number): void {
    for (const [mesh, border] of [
      [this.outlines, OUTLINE * spacing],
      [this.arrows, 0],
    ] as const) {
      mesh.geometry.dispose();
      const points = reference > 0 ? arrowTriangles(arrows, axis, spacing, reference, border) : new Float32Array(0);
      mesh.geometry = new BufferGeometry().setAttribute('position', new BufferAttribute(points, 3));
    }
  }

  private setFrame(field: RoomField, axis: 0 | 1 | 2, place: number): void {
    const [u, v] = inPlane(axis);
    const ring = [
      [0, 0],
      [1, 0],
      [1, 1],
      [0, 1],
    ].map(([atU = 0, atV = 0]) => {
      const point = [0, 0, 0];
      point[axis] = place;
      point[u] = atU * roomLength(field, u);
      point[v] = atV * roomLength(field, v);
      return point;
    });
    const lines = ring.flatMap((point, i) => [...point, ...(ring[(i + 1) % 4] as number[])]);
    this.frame.geometry.dispose();
    this.frame.geometry = new BufferGeometry().setAttribute(
      'position',
      new BufferAttribute(Float32Array.from(lines), 3),
    );
  }
}

function plane(opacity: number, order: number): Mesh<BufferGeometry, MeshBasicMaterial> {
  const material = new MeshBasicMaterial({ transparent: true, opacity, depthWrite: false, side: DoubleSide });
  const mesh = new Mesh(new BufferGeometry(), material);
  mesh.frustumCulled = false;
  mesh.renderOrder = order;
  return mesh;
}
