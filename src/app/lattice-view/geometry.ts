// What the lattice's objects share: the quad every instance is drawn on, the uniforms that place them, the block's extent.
// Not here: what each object looks like.

import {
  BufferAttribute,
  DoubleSide,
  GLSL3,
  InstancedBufferGeometry,
  type IUniform,
  RawShaderMaterial,
  Vector2,
  Vector3,
} from 'three';
import type { LayoutData } from '../../worker/protocol.ts';

/** An instanced quad with corners (±1, ±1). */
export function quadGeometry(): InstancedBufferGeometry {
  const geometry = new InstancedBufferGeometry();
  geometry.setAttribute('corner', new BufferAttribute(Float32Array.of(-1, -1, 1, -1, 1, 1, -1, 1), 2));
  geometry.setIndex([0, 1, 2, 0, 2, 3]);
  geometry.instanceCount = 0;
  return geometry;
}

/** Uniforms that are the same for chambers, ducts and rings, held once. */
export class SharedUniforms {
  readonly uCentre = { value: new Vector3() };
  readonly uStretch = { value: 1 };
  readonly uRadius = { value: 1 };
  readonly uLayers = { value: new Vector2(0, 65535) };
  readonly uGround = { value: new Vector3() };
  /** Depths where the fade starts and ends, and its strength. */
  readonly uFade = { value: new Vector3(0, 1, 0) };
  /** Pixels per metre at one metre from the eye. */
  readonly uPixels = { value: 1000 };

  all(): Record<string, IUniform> {
    const { uCentre, uStretch, uRadius, uLayers, uGround, uFade, uPixels } = this;
    return { uCentre, uStretch, uRadius, uLayers, uGround, uFade, uPixels };
  }
}

export function latticeMaterial(
  vertexShader: string,
  fragmentShader: string,
  shared: SharedUniforms,
  own: Record<string, IUniform>,
  defines: Record<string, number> = {},
): RawShaderMaterial {
  return new RawShaderMaterial({
    glslVersion: GLSL3,
    vertexShader,
    fragmentShader,
    uniforms: { ...shared.all(), ...own },
    defines,
    // Quads turned to the eye have no back.
    side: DoubleSide,
  });
}

/** The smallest box around all chamber centres. */
export interface Extent {
  readonly min: Vector3;
  readonly max: Vector3;
}

export function extentOf({ positions, chambers }: LayoutData): Extent {
  const min = new Vector3(Number.POSITIVE_INFINITY, Number.POSITIVE_INFINITY, Number.POSITIVE_INFINITY);
  const max = min.clone().negate();
  const point = new Vector3();
  for (let i = 0; i < chambers; i++) {
    point.fromArray(positions, 3 * i);
    min.min(point);
    max.max(point);
  }
  return chambers > 0 ? { min, max } : { min: new Vector3(), max: new Vector3() };
}

/** Whether two extents differ by more than rounding, so that the view must be framed anew. */
export const extentChanged = (a: Extent, b: Extent): boolean =>
  a.min.distanceTo(b.min) + a.max.distanceTo(b.max) > 1e-3 * (1 + b.max.distanceTo(b.min));
