// The camera: orbit, pan and zoom to the cursor with damping, flights to a pose, framing. Imperative, outside React.
// It does not know what is drawn; the driver asks it to move and redraws when it did.

import type { PerspectiveCamera, Vector3 } from 'three';
import { OrbitControls } from 'three/addons/controls/OrbitControls.js';
import { frameBox, type Lens, type Pose } from './framing.ts';
import type { Extent } from './geometry.ts';
import { prefersReducedMotion } from './graphics.ts';

const FLIGHT_MS = 420;
/** Pixels kept free of the block at each side of the view. */
const FREE = { left: 24, right: 24, top: 28, bottom: 28 };
/** Below this size the legend lies as a strip along the bottom; Legend.module.css has the same numbers. */
const STRIP = { width: 820, height: 520, tall: 86 };

interface Flight {
  readonly from: Pose;
  readonly to: Pose;
  readonly start: number;
}

export class CameraRig {
  readonly controls: OrbitControls;
  private flight: Flight | null = null;
  private settling = false;
  private width = 1;
  private height = 1;
  /** True until a person takes the camera: a resize may then frame anew. */
  untouched = true;

  constructor(
    private readonly camera: PerspectiveCamera,
    element: HTMLElement,
    private readonly moved: () => void,
  ) {
    camera.up.set(0, 0, 1);
    this.controls = new OrbitControls(camera, element);
    this.controls.enableDamping = true;
    this.controls.dampingFactor = 0.14;
    this.controls.zoomToCursor = true;
    this.controls.zoomSpeed = 0.9;
    this.controls.rotateSpeed = 0.8;
    this.controls.addEventListener('change', this.onChange);
    this.controls.addEventListener('start', this.onStart);
    element.addEventListener('wheel', this.onStart, { passive: true });
  }

  /** Whether the next update may still move the camera. */
  get moving(): boolean {
    return this.flight !== null || this.settling;
  }

  setView(width: number, height: number): void {
    this.width = width;
    this.height = height;
  }

  /** How near and far one may go around an extent in a room. */
  setScale(radius: number, roomDiagonal: number): void {
    this.controls.minDistance = 2.5 * radius;
    this.controls.maxDistance = 4 * roomDiagonal;
    this.camera.near = 0.25 * radius;
    this.camera.far = 8 * roomDiagonal;
    this.camera.updateProjectionMatrix();
  }

  /** Shows the whole box, from a side or from where the camera is now. */
  frame(extent: Extent, margin: number, side: Vector3 | null, animate: boolean): void {
    const from = side ?? this.camera.position.clone().sub(this.controls.target);
    this.go(frameBox(extent, margin, from, this.lens()), animate);
  }

  /** Looks at a point from the present side at a distance. */
  focus(point: Vector3, distance: number): void {
    const back = this.camera.position.clone().sub(this.controls.target).normalize();
    this.go({ target: point.clone(), position: point.clone().addScaledVector(back, distance) }, true);
    this.untouched = false;
  }

  /** Turns around the target by angles in radians. */
  turn(left: number, up: number): void {
    this.flight = null;
    this.untouched = false;
    this.controls.rotateLeft(left);
    this.controls.rotateUp(up);
    this.settling = true;
    this.moved();
  }

  zoom(factor: number): void {
    const { target } = this.controls;
    const offset = this.camera.position.clone().sub(target).multiplyScalar(factor);
    offset.clampLength(this.controls.minDistance, this.controls.maxDistance);
    this.go({ target: target.clone(), position: target.clone().add(offset) }, true);
    this.untouched = false;
  }

  /** Advances flight and damping; true if the camera moved. */
  update(now: number): boolean {
    if (this.flight) {
      const { from, to, start } = this.flight;
      const share = Math.min(1, (now - start) / FLIGHT_MS);
      const eased = share * share * (3 - 2 * share);
      this.controls.target.lerpVectors(from.target, to.target, eased);
      const offset = from.position.clone().sub(from.target);
      const wanted = to.position.clone().sub(to.target);
      const length = offset.length() + (wanted.length() - offset.length()) * eased;
      // Along the shorter arc at an even distance: a straight line could pass through the block.
      offset.normalize().lerp(wanted.normalize(), eased);
      if (offset.lengthSq() < 1e-6) offset.set(0, -1, 0);
      this.camera.position.copy(this.controls.target).addScaledVector(offset.normalize(), length);
      if (share === 1) this.flight = null;
      this.controls.update();
      return true;
    }
    this.settling = this.controls.update();
    return this.settling;
  }

  dispose(): void {
    this.controls.removeEventListener('change', this.onChange);
    this.controls.removeEventListener('start', this.onStart);
    this.controls.domElement?.removeEventListener('wheel', this.onStart);
    this.controls.dispose();
  }

  private go(to: Pose, animate: boolean): void {
    if (animate && !prefersReducedMotion()) {
      const from = { position: this.camera.position.clone(), target: this.controls.target.clone() };
      this.flight = { from, to, start: performance.now() };
    } else {
      this.flight = null;
      this.camera.position.copy(to.position);
      this.controls.target.copy(to.target);
      this.controls.update();
    }
    this.moved();
  }

  private lens(): Lens {
    const tanY = Math.tan((this.camera.fov * Math.PI) / 360);
    const { width, height } = this;
    const share = (pixels: number, of: number): number => Math.min(0.3, pixels / Math.max(1, of));
    return {
      tanX: (tanY * width) / Math.max(1, height),
      tanY,
      insets: {
        left: share(FREE.left, width),
        right: share(FREE.right, width),
        top: share(FREE.top, height),
        bottom: share(FREE.bottom + (width < STRIP.width || height < STRIP.height ? STRIP.tall : 0), height),
      },
    };
  }

  private readonly onChange = (): void => {
    this.settling = true;
    this.moved();
  };

  private readonly onStart = (): void => {
    this.flight = null;
    this.untouched = false;
  };
}
