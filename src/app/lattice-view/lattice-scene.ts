// The objects of the lattice and how view, theme and layout change them. Draws nothing itself and knows no frames.

import { Color, type Object3D, type PerspectiveCamera, type Scene, Vector3, type WebGLRenderer } from 'three';
import type { LayoutData } from '../../worker/protocol.ts';
import type { LatticeView } from '../state/store.ts';
import { AirLayer } from './air-layer.ts';
import { ChamberGrid } from './chamber-grid.ts';
import { Chambers, setColour } from './chambers.ts';
import { Drops } from './drops.ts';
import { DUCTS_SHOWN_UNASKED, Ducts } from './ducts.ts';
import { deepestShell, exposureOf } from './exposure.ts';
import { type Extent, extentChanged, extentOf, SharedUniforms } from './geometry.ts';
import { Rings } from './rings.ts';
import { Room } from './room.ts';
import { isDark, type SceneColours } from './theme-colours.ts';
import { layerShown } from './walk.ts';

const FADE_STRENGTH = 0.42;
const FAULT_DASHES = 12;

export class LatticeScene {
  readonly chambers: Chambers;
  readonly air = new AirLayer();
  layout: LayoutData | null = null;
  extent: Extent | null = null;
  private readonly shared = new SharedUniforms();
  private readonly ducts: Ducts;
  private readonly rings: Rings;
  private readonly faults: Rings;
  private readonly drops: Drops;
  private readonly room = new Room();
  private readonly centre = new Vector3();
  /** For which layout and layers the ambient light was last worked out. */
  private exposed: { layout: LayoutData; layers: LatticeView['layers']; bytes: Uint8Array } | null = null;
  private deepest = 255;
  /** Built at the first look under the pointer. */
  private grid: ChamberGrid | null = null;

  constructor(
    private readonly renderer: WebGLRenderer,
    private readonly scene: Scene,
    smoothEdges: boolean,
  ) {
    this.chambers = new Chambers(this.shared, smoothEdges);
    this.ducts = new Ducts(this.shared);
    this.rings = new Rings(this.shared);
    this.faults = new Rings(this.shared, FAULT_DASHES);
    this.drops = new Drops(this.shared);
    scene.add(...this.objects());
    this.chambers.mesh.visible = false;
  }

  /** Takes a new layout; true if its extent differs from the one before. */
  setLayout(layout: LayoutData): boolean {
    const extent = extentOf(layout);
    const changed = !this.extent || extentChanged(this.extent, extent);
    this.layout = layout;
    this.extent = extent;
    this.grid = null;
    this.shared.uRadius.value = layout.chamberRadiusM;
    this.centre.copy(extent.min).add(extent.max).multiplyScalar(0.5);
    this.shared.uCentre.value.copy(this.centre);
    this.chambers.setLayout(layout);
    this.chambers.mesh.visible = layout.chambers > 0;
    this.room.setLayout(layout, extent);
    this.air.setLattice(this.centre.toArray());
    return changed;
  }

  setView(view: LatticeView, ductsAsked: boolean): void {
    this.shared.uStretch.value = view.explode;
    if (this.layout && (this.exposed?.layout !== this.layout || this.exposed.layers !== view.layers)) {
      const bytes = exposureOf(this.layout, view.layers);
      this.exposed = { layout: this.layout, layers: view.layers, bytes };
      this.chambers.setExposure(bytes);
    }
    this.deepest = deepestShell(view.explode);
    this.chambers.setDeepestShell(this.deepest);
    this.shared.uLayers.value.set(view.layers?.[0] ?? 0, view.layers?.[1] ?? 65535);
    const few = (this.layout?.ducts ?? 0) <= DUCTS_SHOWN_UNASKED;
    this.ducts.show(this.layout, view.ducts && (ductsAsked || few), this.exposed?.bytes ?? new Uint8Array(0));
    this.room.group.visible = view.room && this.layout !== null;
    this.air.setView(view.slice);
  }

  setColours(colours: SceneColours): void {
    this.renderer.setClearColor(new Color().setStyle(`rgb(${colours.ground.join(',')})`), 1);
    setColour(this.shared.uGround.value, colours.ground);
    setColour(this.ducts.colour, colours.duct);
    setColour(this.rings.colour, colours.text);
    setColour(this.faults.colour, colours.fault);
    this.room.setColours(colours.muted, colours.line);
    setColour(this.drops.colour, colours.text);
    this.air.setColours(colours);
    if (isDark(colours)) this.chambers.setShading(0.22, 0.3, 0.34);
    else this.chambers.setShading(0.4, 0.42, 0.5);
  }

  setMarks(selection: readonly number[], hovered: number | null): void {
    this.rings.set(this.layout, selection, hovered);
  }

  /** Marks the chambers that faults strike. */
  setFaulty(chambers: readonly number[]): void {
    this.faults.set(this.layout, chambers, null);
  }

  /** Marks the chambers with condensed water, mol each. */
  setCondensate(amounts: Float32Array | null): void {
    this.drops.set(this.layout, amounts);
  }

  /** Sets what depends on the camera. */
  follow(camera: PerspectiveCamera, height: number): void {
    this.shared.uPixels.value = (0.5 * height) / Math.tan((camera.fov * Math.PI) / 360);
    if (!this.extent) return;
    this.room.follow(camera.position);
    const reach = 0.5 * this.extent.min.distanceTo(this.extent.max) * this.shared.uStretch.value;
    const distance = camera.position.distanceTo(this.centre);
    const start = Math.max(0, distance - 0.8 * reach);
    this.shared.uFade.value.set(start, distance + reach + 1e-6, FADE_STRENGTH);
  }

  /** The chamber drawn at a point of the view (−1 … 1 across and up), or null. */
  pick(camera: PerspectiveCamera, across: number, up: number): number | null {
    const { layout, exposed, centre } = this;
    if (!layout || !exposed) return null;
    this.grid ??= new ChamberGrid(layout);
    camera.updateMatrixWorld();
    const direction = new Vector3(across, up, 0.5).unproject(camera).sub(camera.position).normalize();
    // Instead of stretching the lattice, the eye comes nearer and the chambers shrink.
    const stretch = this.shared.uStretch.value;
    const origin = camera.position.clone().sub(centre).divideScalar(stretch).add(centre);
    const shown = (i: number): boolean =>
      (exposed.bytes[2 * i + 1] as number) <= this.deepest && layerShown(layout.layers[i] as number, exposed.layers);
    const ray = { origin: origin.toArray(), direction: direction.toArray() };
    return this.grid.first(ray, layout.chamberRadiusM / stretch, shown);
  }

  /** Where a chamber is drawn, with the stretch. */
  placeOf(chamber: number, into: Vector3): Vector3 {
    if (!this.layout) return into.set(0, 0, 0);
    into.fromArray(this.layout.positions, 3 * chamber);
    return into.sub(this.centre).multiplyScalar(this.shared.uStretch.value).add(this.centre);
  }

  /** The extent as drawn: of some chambers, or of all that are shown. */
  drawnExtent(ids: readonly number[] | null, layers: LatticeView['layers']): Extent | null {
    if (!this.layout || !this.extent) return null;
    if (!ids && !layers) return this.stretched(this.extent);
    const point = new Vector3();
    const min = new Vector3().setScalar(Number.POSITIVE_INFINITY);
    const max = new Vector3().setScalar(Number.NEGATIVE_INFINITY);
    const include = (id: number): void => {
      this.placeOf(id, point);
      min.min(point);
      max.max(point);
    };
    if (ids) ids.forEach(include);
    else {
      const [first, last] = layers ?? [0, 65535];
      this.layout.layers.forEach((layer, id) => {
        if (layer >= first && layer <= last) include(id);
      });
    }
    return min.x <= max.x ? { min, max } : this.stretched(this.extent);
  }

  dispose(): void {
    this.scene.remove(...this.objects());
    const { chambers, ducts, rings, faults, room, air, drops } = this;
    for (const part of [chambers, ducts, rings, faults, room, air, drops]) part.dispose();
  }

  private objects(): Object3D[] {
    const { chambers, ducts, rings, faults, room, air, drops } = this;
    return [chambers.mesh, ducts.mesh, rings.group, faults.group, room.group, air.group, drops.mesh];
  }

  private stretched({ min, max }: Extent): Extent {
    const stretch = (point: Vector3): Vector3 =>
      point.clone().sub(this.centre).multiplyScalar(this.shared.uStretch.value).add(this.centre);
    return { min: stretch(min), max: stretch(max) };
  }
}
