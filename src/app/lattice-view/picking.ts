// Which chamber is under a pixel: the numbers are drawn as colours into one pixel and read back without stalling.

import { Color, PerspectiveCamera, Scene, Vector4, type WebGLRenderer, WebGLRenderTarget } from 'three';
import type { Chambers } from './chambers.ts';

export class Picker {
  private readonly scene = new Scene();
  private readonly target = new WebGLRenderTarget(1, 1);
  private readonly camera = new PerspectiveCamera();
  private readonly clear = new Color();

  constructor(
    private readonly renderer: WebGLRenderer,
    chambers: Chambers,
  ) {
    this.scene.add(chambers.idMesh);
  }

  /** The chamber at a point of the view in CSS pixels, or null. */
  async pick(camera: PerspectiveCamera, width: number, height: number, x: number, y: number): Promise<number | null> {
    const { renderer } = this;
    this.camera.copy(camera, false);
    this.camera.setViewOffset(width, height, Math.floor(x), Math.floor(y), 1, 1);
    renderer.getClearColor(this.clear);
    const alpha = renderer.getClearAlpha();
    renderer.setRenderTarget(this.target);
    renderer.setClearColor(0, 0);
    renderer.clear();
    renderer.render(this.scene, this.camera);
    renderer.setRenderTarget(null);
    renderer.setClearColor(this.clear, alpha);
    const pixel = new Uint8Array(4);
    await renderer.readRenderTargetPixelsAsync(this.target, 0, 0, 1, 1, pixel);
    const { x: low, y: middle, z: high } = new Vector4().fromArray(pixel);
    const number = low + 256 * middle + 65536 * high;
    return number > 0 ? number - 1 : null;
  }

  dispose(): void {
    this.target.dispose();
  }
}

/** The selection after a click: one, more by toggling, or none on empty ground. */
export function selectionAfterClick(selection: readonly number[], hit: number | null, toggle: boolean): number[] {
  if (hit === null) return toggle ? [...selection] : [];
  if (!toggle) return [hit];
  return selection.includes(hit) ? selection.filter((id) => id !== hit) : [...selection, hit];
}
