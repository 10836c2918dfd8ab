// The ducts as muted ribbons between chambers, one instanced draw. Built only when shown: a large lattice has many, of
// which those inside are hidden by the chambers and left out.

import { InstancedBufferAttribute, type InstancedBufferGeometry, Mesh, type RawShaderMaterial, Vector3 } from 'three';
import type { LayoutData } from '../../worker/protocol.ts';
import { latticeMaterial, quadGeometry, type SharedUniforms } from './geometry.ts';
import { DUCT_FRAGMENT, DUCT_VERTEX } from './shaders.ts';

/** Above this many ducts they stay hidden until asked for, and then only those at the surface are drawn. */
export const DUCTS_SHOWN_UNASKED = 20_000;
/** Of a thinned lattice: ducts between chambers in the outermost shells, from 0. */
const DEEPEST_THINNED = 1;

export class Ducts {
  readonly mesh: Mesh<InstancedBufferGeometry, RawShaderMaterial>;
  readonly colour = new Vector3();
  private readonly radius = { value: 0.01 };
  private built: { readonly layout: LayoutData; readonly thinnedBy: Uint8Array | null } | null = null;

  constructor(shared: SharedUniforms) {
    const own = { uColour: { value: this.colour }, uDuctRadius: this.radius };
    this.mesh = new Mesh(quadGeometry(), latticeMaterial(DUCT_VERTEX, DUCT_FRAGMENT, shared, own));
    this.mesh.frustumCulled = false;
    // After the chambers: hidden parts then fail the depth test early.
    this.mesh.renderOrder = 1;
    this.mesh.visible = false;
  }

  /** @param shells two bytes per chamber as in exposure.ts, of the layers shown */
  show(layout: LayoutData | null, shown: boolean, shells: Uint8Array): void {
    this.mesh.visible = shown && layout !== null;
    if (!this.mesh.visible || !layout) return;
    const thinnedBy = layout.ducts > DUCTS_SHOWN_UNASKED ? shells : null;
    if (this.built?.layout === layout && this.built.thinnedBy === thinnedBy) return;
    this.built = { layout, thinnedBy };
    this.radius.value = layout.ductRadiusM;
    const drawn = drawnDucts(layout, thinnedBy);
    const { edges, positions, layers } = layout;
    const ends = [new Float32Array(3 * drawn.length), new Float32Array(3 * drawn.length)] as const;
    const endLayers = new Uint16Array(2 * drawn.length);
    for (let i = 0; i < drawn.length; i++) {
      for (const end of [0, 1] as const) {
        const chamber = edges[2 * (drawn[i] as number) + end] as number;
        for (let axis = 0; axis < 3; axis++) ends[end][3 * i + axis] = positions[3 * chamber + axis] as number;
        endLayers[2 * i + end] = layers[chamber] as number;
      }
    }
    this.mesh.geometry.dispose();
    const geometry = quadGeometry();
    geometry.setAttribute('from', new InstancedBufferAttribute(ends[0], 3));
    geometry.setAttribute('to', new InstancedBufferAttribute(ends[1], 3));
    geometry.setAttribute('layers', new InstancedBufferAttribute(endLayers, 2));
    geometry.instanceCount = drawn.length;
    this.mesh.geometry = geometry;
  }

  dispose(): void {
    this.mesh.geometry.dispose();
    this.mesh.material.dispose();
  }
}

/** The numbers of the ducts to draw: all, or those between chambers at the surface. */
export function drawnDucts({ edges, ducts }: LayoutData, shells: Uint8Array | null): Uint32Array {
  const drawn = new Uint32Array(ducts);
  let count = 0;
  for (let i = 0; i < ducts; i++) {
    const outside = (end: 0 | 1): boolean =>
      shells === null || (shells[2 * (edges[2 * i + end] as number) + 1] as number) <= DEEPEST_THINNED;
    if (outside(0) && outside(1)) drawn[count++] = i;
  }
  return drawn.subarray(0, count);
}
