// Physical constants (CODATA 2019, exact where the SI fixes them).

/** Molar gas constant, J/(mol·K). */
export const GAS_CONSTANT = 8.314462618;
/** Boltzmann constant, J/K. */
export const BOLTZMANN = 1.380649e-23;
/** Avogadro constant, 1/mol. */
export const AVOGADRO = 6.02214076e23;
/** Stefan–Boltzmann constant, W/(m²·K⁴). */
export const STEFAN_BOLTZMANN = 5.670374419e-8;
/** Standard acceleration of gravity, m/s². */
export const GRAVITY = 9.80665;
/** Standard atmosphere, Pa. */
export const ATM = 101325;
/** Standard pressure of the thermochemical tables, Pa. */
export const STANDARD_PRESSURE = 1e5;
