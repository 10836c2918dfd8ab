// What the kernel asks of the engine: rare cases, and those it has no formulas for (see relabel.ts).

/** Renews the caloric (and virial) expansion of a chamber about T (− 300 K). */
export declare function recentre(chamber: i32, T: f64): void;

/** Entropy of a chamber's gas, J/K. */
export declare function gasEntropy(chamber: i32): f64;

/** T − 300 K at which a chamber's gas has its energy, from its present temperature; re-centres. */
export declare function temperatureOf(chamber: i32): f64;
