// The ducts as muted ribbons between chambers, one instanced draw. Built only when shown: a large lattice has many.

import { InstancedBufferAttribute, type InstancedBufferGeometry, Mesh, type RawShaderMaterial, Vector3 } from 'three';
import type { LayoutData } from '../../worker/protocol.ts';
import { latticeMaterial, quadGeometry, type SharedUniforms } from './geometry.ts';
import { DUCT_FRAGMENT, DUCT_VERTEX } from './shaders.ts';

/** Above this many ducts they stay hidden until asked for. */
export const DUCTS_SHOWN_UNASKED = 20_000;

export class Ducts {
  readonly mesh: Mesh<InstancedBufferGeometry, RawShaderMaterial>;
  readonly colour = new Vector3();
  private readonly radius = { value: 0.01 };
  private built = -1;

  constructor(shared: SharedUniforms) {
    const own = { uColour: { value: this.colour }, uDuctRadius: this.radius };
    this.mesh = new Mesh(quadGeometry(), latticeMaterial(DUCT_VERTEX, DUCT_FRAGMENT, shared, own));
    this.mesh.frustumCulled = false;
    // After the chambers: hidden parts then fail the depth test early.
    this.mesh.renderOrder = 1;
    this.mesh.visible = false;
  }

  show(layout: LayoutData | null, shown: boolean): void {
    this.mesh.visible = shown && layout !== null;
    if (!this.mesh.visible || !layout || this.built === layout.version) return;
    this.built = layout.version;
    this.radius.value = layout.ductRadiusM;
    const { edges, positions, layers, ducts } = layout;
    const ends = [new Float32Array(3 * ducts), new Float32Array(3 * ducts)] as const;
    const endLayers = new Uint16Array(2 * ducts);
    for (let i = 0; i < ducts; i++) {
      for (const end of [0, 1] as const) {
        const chamber = edges[2 * i + end] as number;
        for (let axis = 0; axis < 3; axis++) ends[end][3 * i + axis] = positions[3 * chamber + axis] as number;
        endLayers[2 * i + end] = layers[chamber] as number;
      }
    }
    this.mesh.geometry.dispose();
    const geometry = quadGeometry();
    geometry.setAttribute('from', new InstancedBufferAttribute(ends[0], 3));
    geometry.setAttribute('to', new InstancedBufferAttribute(ends[1], 3));
    geometry.setAttribute('layers', new InstancedBufferAttribute(endLayers, 2));
    geometry.instanceCount = ducts;
    this.mesh.geometry = geometry;
  }

  /** A new worker may number its layouts from one again. */
  forget(): void {
    this.built = -1;
  }

  dispose(): void {
    this.mesh.geometry.dispose();
    this.mesh.material.dispose();
  }
}
