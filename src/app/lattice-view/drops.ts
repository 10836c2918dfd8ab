// A drop on every chamber with condensed water: one instanced draw over the chambers, shown only where there is some.

import { InstancedBufferAttribute, type InstancedBufferGeometry, Mesh, type RawShaderMaterial, Vector3 } from 'three';
import type { LayoutData } from '../../worker/protocol.ts';
import { latticeMaterial, quadGeometry, type SharedUniforms } from './geometry.ts';
import { DROP_FRAGMENT, DROP_VERTEX } from './shaders.ts';

export class Drops {
  readonly mesh: Mesh<InstancedBufferGeometry, RawShaderMaterial>;
  readonly colour = new Vector3();

  constructor(shared: SharedUniforms) {
    const material = latticeMaterial(DROP_VERTEX, DROP_FRAGMENT, shared, { uColour: { value: this.colour } });
    Object.assign(material, { transparent: true, depthWrite: false });
    this.mesh = new Mesh(quadGeometry(), material);
    this.mesh.frustumCulled = false;
    this.mesh.renderOrder = 1.5;
    this.mesh.visible = false;
  }

  /** @param amounts mol per chamber; null, or of another layout: nothing is marked */
  set(layout: LayoutData | null, amounts: Float32Array | null): void {
    this.mesh.visible = layout !== null && amounts !== null && amounts.length === layout.chambers;
    if (!this.mesh.visible || !layout || !amounts) return;
    this.mesh.geometry.dispose();
    const geometry = quadGeometry();
    geometry.setAttribute('centre', new InstancedBufferAttribute(layout.positions, 3));
    geometry.setAttribute('layer', new InstancedBufferAttribute(layout.layers, 1));
    geometry.setAttribute('amount', new InstancedBufferAttribute(amounts, 1));
    geometry.instanceCount = layout.chambers;
    this.mesh.geometry = geometry;
  }

  dispose(): void {
    this.mesh.geometry.dispose();
    this.mesh.material.dispose();
  }
}
