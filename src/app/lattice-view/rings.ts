// Outline rings: of the selected and the hovered chambers, and dashed ones of chambers with faults. Solid where seen, faint where
// something is in front. Marks never change the colour of data.

import {
  Group,
  InstancedBufferAttribute,
  type InstancedBufferGeometry,
  Mesh,
  type RawShaderMaterial,
  Vector3,
} from 'three';
import type { LayoutData } from '../../worker/protocol.ts';
import { latticeMaterial, quadGeometry, type SharedUniforms } from './geometry.ts';
import { RING_FRAGMENT, RING_VERTEX } from './shaders.ts';

/** Rings drawn at most; beyond it a selection is a region, not a list. */
const MOST = 2048;

export class Rings {
  readonly group = new Group();
  readonly colour = new Vector3();
  private readonly ring = new InstancedBufferAttribute(new Float32Array(4 * MOST), 4);
  private readonly geometry: InstancedBufferGeometry;
  private readonly materials: RawShaderMaterial[];

  /** @param dashes rings are broken into so many and stand outside whole ones; 0: whole */
  constructor(shared: SharedUniforms, dashes = 0) {
    this.geometry = quadGeometry();
    this.geometry.setAttribute('ring', this.ring);
    const make = (opacity: number, depthTest: boolean): RawShaderMaterial => {
      const own = { uColour: { value: this.colour }, uOpacity: { value: opacity } };
      const material = latticeMaterial(RING_VERTEX, RING_FRAGMENT, shared, own, dashes > 0 ? { DASHES: dashes } : {});
      Object.assign(material, { transparent: true, depthWrite: false, depthTest });
      return material;
    };
    this.materials = [make(0.28, false), make(1, true)];
    this.materials.forEach((material, i) => {
      const mesh = new Mesh(this.geometry, material);
      mesh.frustumCulled = false;
      mesh.renderOrder = 2 + i;
      this.group.add(mesh);
    });
  }

  set(layout: LayoutData | null, selection: readonly number[], hovered: number | null): void {
    const target = this.ring.array as Float32Array;
    let count = 0;
    const add = (id: number, kind: number): void => {
      if (!layout || id >= layout.chambers || count >= MOST) return;
      for (let axis = 0; axis < 3; axis++) target[4 * count + axis] = layout.positions[3 * id + axis] as number;
      target[4 * count + 3] = kind;
      count++;
    };
    if (hovered !== null && !selection.includes(hovered)) add(hovered, 1);
    for (const id of selection) add(id, 0);
    this.ring.needsUpdate = true;
    this.geometry.instanceCount = count;
    this.group.visible = count > 0;
  }

  dispose(): void {
    this.geometry.dispose();
    for (const material of this.materials) material.dispose();
  }
}
