// What the kernel asks of the engine: rare cases, and those it has no formulas for (see relabel.ts).

/** Renews the caloric (and virial) expansion of a chamber about T (− 300 K). */
export declare function recentre(chamber: i32, T: f64): void;

/** Renews the expansion of a chamber about the centre of the grid nearest to its temperature. */
export declare function toGrid(chamber: i32): void;

/** Settles a chamber about another centre. @returns what that adds to its entropy as summed here, J/K */
export declare function moveCentre(chamber: i32): f64;

/** ln x for any x. */
export declare function log(x: f64): f64;
