// The size of a spherical chamber and of the duct between two of them.

import { cbrt } from '../numerics/elementary.ts';

/** Inner radius in metres of a sphere of `volumeM3`. */
export const sphereRadius = (volumeM3: number): number => cbrt((3 * volumeM3) / (4 * Math.PI));

/**
 * Length in metres of a straight duct of radius r between two spheres of radius a whose centres are s apart: what lies
 * outside both spheres, s − 2√(a² − r²). Negative when the spheres reach into each other; NaN when r > a.
 */
export const automaticDuctLength = (centreDistanceM: number, sphereRadiusM: number, ductRadiusM: number): number =>
  centreDistanceM - 2 * Math.sqrt(sphereRadiusM * sphereRadiusM - ductRadiusM * ductRadiusM);
