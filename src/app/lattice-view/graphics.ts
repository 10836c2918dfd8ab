// Whether this machine can draw the lattice, and how well: decided once, before the real context is made.

export interface Graphics {
  readonly available: boolean;
  /** Drawn by the processor: fewer pixels, no smoothing, fewer frames, so that the engine keeps its share. */
  readonly software: boolean;
  /** Name of the device as the browser tells it. */
  readonly device: string;
}

let known: Graphics | null = null;

export function graphics(): Graphics {
  known ??= probe();
  return known;
}

function probe(): Graphics {
  const canvas = document.createElement('canvas');
  canvas.width = 1;
  canvas.height = 1;
  const gl = canvas.getContext('webgl2');
  if (!gl) return { available: false, software: false, device: '' };
  const info = gl.getExtension('WEBGL_debug_renderer_info');
  const name = String(gl.getParameter(info ? info.UNMASKED_RENDERER_WEBGL : gl.RENDERER));
  gl.getExtension('WEBGL_lose_context')?.loseContext();
  return { available: true, software: /swiftshader|llvmpipe|softpipe|software|basic render/i.test(name), device: name };
}

let reducedMotion: MediaQueryList | null = null;

export function prefersReducedMotion(): boolean {
  reducedMotion ??= window.matchMedia('(prefers-reduced-motion: reduce)');
  return reducedMotion.matches;
}

const REDUCED_MOTION_RATE = 0.15;

/** Turns of the stroboscope per second, much slower for those who ask for less motion. */
export const strobeRate = (chosenHz: number): number => chosenHz * (prefersReducedMotion() ? REDUCED_MOTION_RATE : 1);
