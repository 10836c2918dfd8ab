// The networks compared with ngspice: parameter edits of the defaults, and the chambers whose pressure is kept.

export const DURATION_S = 0.05;
export const SAMPLE_S = 2e-4;

// A tenth of the default's stroke: the netlist is linear in the gas, whose own nonlinearity is of the order of p₁/pₘ.
const common = { 'drive.stroke_m3': 1.05e-6, 'chips.power_W': 0 };

export const NETWORKS: Readonly<Record<string, { edits: Readonly<Record<string, unknown>>; chambers: number[] }>> = {
  'chain-of-10': { edits: { ...common, 'layout.size': [10, 1, 1] }, chambers: [0, 4, 9] },
  'hcp-4x4x4': { edits: { ...common, 'layout.size': [4, 4, 4] }, chambers: [0, 21, 42, 63] },
};
