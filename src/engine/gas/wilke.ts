// Wilke's mixture rule for viscosity, for comparison with the engine's Chapman–Enskog mixtures (transport.ts): it is quick, and
// several per cent off where masses differ much.

/**
 * η = Σ x_i η_i / Σ_j x_j Φ_ij, Φ_ij = [1 + (η_i/η_j)^{1/2}(M_j/M_i)^{1/4}]²/√(8(1 + M_i/M_j)) (Wilke 1950).
 * @param x mole fractions; @param viscosities of the pure gases, Pa·s; @param molarMasses in one common unit
 */
export function wilkeViscosity(
  x: ArrayLike<number>,
  viscosities: ArrayLike<number>,
  molarMasses: ArrayLike<number>,
): number {
  let sum = 0;
  for (let i = 0; i < x.length; i++) {
    let weight = 0;
    for (let j = 0; j < x.length; j++) {
      const root =
        1 + Math.sqrt(viscosities[i] / viscosities[j]) * Math.sqrt(Math.sqrt(molarMasses[j] / molarMasses[i]));
      weight += (x[j] * root * root) / Math.sqrt(8 * (1 + molarMasses[i] / molarMasses[j]));
    }
    sum += (x[i] * viscosities[i]) / weight;
  }
  return sum;
}
