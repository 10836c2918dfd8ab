// The chambers: one instanced draw of ray-cast spheres, coloured by a scalar through a palette texture.
// Owns the instance attributes the frames are copied into; not the choice of field, range or palette.

import {
  DataTexture,
  DynamicDrawUsage,
  InstancedBufferAttribute,
  type InstancedBufferGeometry,
  LinearFilter,
  Mesh,
  type RawShaderMaterial,
  RGBAFormat,
  UnsignedByteType,
  Vector2,
  Vector3,
} from 'three';
import type { LayoutData } from '../../worker/protocol.ts';
import { latticeMaterial, quadGeometry, type SharedUniforms } from './geometry.ts';
import type { Rgb } from './oklch.ts';
import { type Palette, TEXELS } from './palettes.ts';
import { SPHERE_FRAGMENT, SPHERE_VERTEX } from './shaders.ts';

export class Chambers {
  readonly mesh: Mesh<InstancedBufferGeometry, RawShaderMaterial>;
  /** One value per chamber, and pairs; the newest frame is copied into one of them. */
  single = new InstancedBufferAttribute(new Float32Array(0), 1);
  pairs = new InstancedBufferAttribute(new Float32Array(0), 2);
  private exposure = new InstancedBufferAttribute(new Uint8Array(0), 2);
  private readonly texture: DataTexture;
  private readonly uniforms = {
    uRange: { value: new Vector2(0, 1) },
    uTurn: { value: new Vector2(1, 0) },
    uBelow: { value: new Vector3() },
    uAbove: { value: new Vector3() },
    uMissing: { value: new Vector3() },
    /** Light in the shade and at the outline. */
    uContour: { value: new Vector2(0.3, 0.4) },
    uCyclic: { value: false },
    uHasData: { value: false },
    /** Light that reaches a chamber with all its neighbours. */
    uBuried: { value: 0.5 },
    uDeepest: { value: 255 },
  };

  constructor(shared: SharedUniforms, smoothEdges: boolean) {
    this.texture = new DataTexture(new Uint8Array(4 * TEXELS), TEXELS, 1, RGBAFormat, UnsignedByteType);
    this.texture.magFilter = LinearFilter;
    this.texture.minFilter = LinearFilter;
    const own = { ...this.uniforms, uPalette: { value: this.texture } };
    const material = latticeMaterial(
      SPHERE_VERTEX,
      SPHERE_FRAGMENT,
      shared,
      own,
      smoothEdges ? { SMOOTH_EDGES: 1 } : {},
    );
    material.alphaToCoverage = smoothEdges;
    this.mesh = new Mesh(quadGeometry(), material);
    this.mesh.frustumCulled = false;
  }

  setLayout({ chambers, positions, layers }: LayoutData): void {
    this.mesh.geometry.dispose();
    const geometry = quadGeometry();
    geometry.setAttribute('centre', new InstancedBufferAttribute(positions, 3));
    geometry.setAttribute('layer', new InstancedBufferAttribute(layers, 1));
    this.single = new InstancedBufferAttribute(new Float32Array(chambers), 1).setUsage(DynamicDrawUsage);
    this.pairs = new InstancedBufferAttribute(new Float32Array(2 * chambers), 2).setUsage(DynamicDrawUsage);
    geometry.setAttribute('value', this.single);
    this.exposure = new InstancedBufferAttribute(new Uint8Array(2 * chambers), 2);
    geometry.setAttribute('exposure', this.exposure);
    geometry.instanceCount = chambers;
    this.mesh.geometry = geometry;
    this.uniforms.uHasData.value = false;
  }

  /** Copies a frame into the attribute of its kind and shows it; returns the copy. */
  setValues(data: Float32Array, components: 1 | 2): Float32Array {
    const attribute = components === 2 ? this.pairs : this.single;
    const target = attribute.array as Float32Array;
    target.set(data);
    attribute.needsUpdate = true;
    if (this.mesh.geometry.getAttribute('value') !== attribute) this.mesh.geometry.setAttribute('value', attribute);
    this.uniforms.uHasData.value = true;
    return target;
  }

  /** How exposed each chamber is, see exposure.ts. */
  setExposure(bytes: Uint8Array): void {
    (this.exposure.array as Uint8Array).set(bytes);
    this.exposure.needsUpdate = true;
  }

  /** Chambers in deeper shells are left out. */
  setDeepestShell(shell: number): void {
    this.uniforms.uDeepest.value = shell;
  }

  setPalette(palette: Palette, missing: Rgb): void {
    (this.texture.image.data as Uint8Array).set(palette.texels);
    this.texture.needsUpdate = true;
    setColour(this.uniforms.uBelow.value, palette.below);
    setColour(this.uniforms.uAbove.value, palette.above);
    setColour(this.uniforms.uMissing.value, missing);
    this.uniforms.uCyclic.value = palette.name === 'phase';
  }

  /** How dark the shaded side, the outline and buried chambers become: less on a light ground. */
  setShading(shade: number, outline: number, buried: number): void {
    this.uniforms.uContour.value.set(shade, outline);
    this.uniforms.uBuried.value = buried;
  }

  setRange(low: number, high: number): void {
    this.uniforms.uRange.value.set(low, high);
  }

  /** Weights of the two values of a pair; (1, 0) shows single values as they are. */
  setTurn(cosine: number, sine: number): void {
    this.uniforms.uTurn.value.set(cosine, sine);
  }

  dispose(): void {
    this.mesh.geometry.dispose();
    this.mesh.material.dispose();
    this.texture.dispose();
  }
}

export const setColour = (target: Vector3, [r, g, b]: Rgb): Vector3 => target.set(r / 255, g / 255, b / 255);
