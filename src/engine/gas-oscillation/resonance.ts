// Textbook resonances of one chamber, for comparison with the network's modes and for validity marks.

import { PI } from '../numerics/elementary.ts';

/**
 * Helmholtz resonance of a vessel with one neck, Hz: f = (a/2π) √(A/(V l_eff)), l_eff = l + 2·endCorrection·r.
 * @param soundSpeed m/s; volumes in m³, lengths in m; endCorrection per end in neck radii (0.85 flanged, 0.61 free)
 */
export function helmholtzFrequency(
  soundSpeed: number,
  volume: number,
  diameter: number,
  length: number,
  endCorrection: number,
): number {
  const radius = diameter / 2;
  return (soundSpeed / (2 * PI)) * Math.sqrt((PI * radius * radius) / (volume * (length + 2 * endCorrection * radius)));
}
