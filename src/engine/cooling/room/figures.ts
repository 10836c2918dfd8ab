// What one reads off the room: air changes, fan pressure and power, how much air crosses the block and how much it warms.

import { airChangesPerHour } from '../convection.ts';
import type { Flow } from './flow.ts';
import { cellIndices, type RoomGrid } from './grid.ts';

/** Those that the flow alone decides. */
export interface FlowFigures {
  /** Static pressure at the inlet less that at the outlet, flow-weighted, Pa. */
  readonly pressureDrop: number;
  /** ½ρu² at the outlet, Pa: spent as well when the air is thrown away there. */
  readonly velocityHead: number;
  /** Fan power for the pressure drop, Δp·V̇/η, W. */
  readonly fanPower: number;
  /** The same for pressure drop and velocity head, W. */
  readonly fanPowerWithExit: number;
  /** Air entering the block, m³/s, and its share of the supply (above 1 where a plume recirculates; 0 without supply). */
  readonly blockFlow: number;
  readonly blockShare: number;
  /** Mean speed in the block (superficial), m/s. */
  readonly blockSpeed: number;
}

export interface RoomFigures extends FlowFigures {
  /** Air changes per hour, 1/h. */
  readonly airChanges: number;
  /** Supply over the room's cross-section, m/s. */
  readonly faceSpeed: number;
  /** Temperature of all air leaving the block less that of all air entering it, flow-weighted, K. */
  readonly blockRise: number;
  /** Net flow through the block's middle along the axis where it is largest, m³/s, and the rise from that axis's
   * upstream face to its downstream face, K: the air that crosses, without what slips in and out near the edges. */
  readonly acrossFlow: number;
  readonly acrossRise: number;
  /** Flow-weighted T − 300 K at the outlet, and the mean and highest of all cells. */
  readonly outletTemperature: number;
  readonly meanTemperature: number;
  readonly highestTemperature: number;
}

export { airChangesPerHour };

/** Warming of a stream that takes up `power` W. @param volumetric ρ c_p, J/(m³·K); @returns K */
export const streamRise = (power: number, flow: number, volumetric: number): number => power / (volumetric * flow);

/** @param density kg/m³; @param efficiency of fan and motor */
export function flowFigures(flow: Flow, density: number, efficiency: number): FlowFigures {
  const { grid, supply } = flow;
  const outletSpeed = supply / flow.outletArea;
  const drop = supply > 0 ? density * (openingPressure(flow, true) - openingPressure(flow, false)) : 0;
  const head = 0.5 * density * outletSpeed * outletSpeed;
  let inflow = 0;
  forBlockFaces(flow, (q) => {
    if (q > 0) inflow += q;
  });
  let speed = 0;
  let cells = 0;
  for (const c of grid.interior) {
    if (!flow.inBlock[c]) continue;
    speed += grid.volume[c] * cellSpeed(flow, c);
    cells += grid.volume[c];
  }
  return {
    pressureDrop: drop,
    velocityHead: head,
    fanPower: (drop * supply) / efficiency,
    fanPowerWithExit: ((drop + head) * supply) / efficiency,
    blockFlow: inflow,
    blockShare: supply > 0 ? inflow / supply : 0,
    blockSpeed: cells > 0 ? speed / cells : 0,
  };
}

/** Flow-weighted T − 300 K at the outlet. @param temperature padded, T − 300 K */
export function outletTemperature({ grid, outletFaces, outletArea }: Flow, temperature: Float64Array): number {
  let outlet = 0;
  for (const f of outletFaces) outlet += grid.area[0][f] * temperature[f - 1];
  return outlet / outletArea;
}

/** @param temperature padded, T − 300 K; @param supplyTemperature T − 300 K */
export function roomFigures(
  flow: Flow,
  given: FlowFigures,
  temperature: Float64Array,
  supplyTemperature: number,
): RoomFigures {
  const { grid, supply } = flow;
  const volume = grid.size[0] * grid.size[1] * grid.size[2];
  const across = blockCrossing(flow, temperature, supplyTemperature);
  let mean = 0;
  let highest = Number.NEGATIVE_INFINITY;
  for (const c of grid.interior) {
    mean += grid.volume[c] * temperature[c];
    highest = Math.max(highest, temperature[c]);
  }
  return {
    ...given,
    airChanges: airChangesPerHour(supply, volume),
    faceSpeed: supply / (grid.size[1] * grid.size[2]),
    blockRise: blockRise(flow, temperature, supplyTemperature),
    acrossFlow: across.flow,
    acrossRise: across.rise,
    outletTemperature: outletTemperature(flow, temperature),
    meanTemperature: mean / volume,
    highestTemperature: highest,
  };
}

/** Cell-centred air speed, m/s. */
export function cellSpeed(flow: Flow, c: number): number {
  const [u, v, w] = flow.velocity;
  const [, sy, sz] = flow.grid.strides;
  const x = 0.5 * (u[c] + u[c + 1]);
  const y = 0.5 * (v[c] + v[c + sy]);
  const z = 0.5 * (w[c] + w[c + sz]);
  return Math.sqrt(x * x + y * y + z * z);
}

/** Mean p/ρ on an opening: the cell's, carried over its outer half by the drag there. */
function openingPressure(flow: Flow, inlet: boolean): number {
  const { grid, settings, velocity, pressure, inBlock } = flow;
  let sum = 0;
  for (const f of inlet ? flow.inletFaces : flow.outletFaces) {
    const c = inlet ? f : f - 1;
    const u = velocity[0][f];
    const drag = inBlock[c] && settings.drag ? settings.drag : { viscous: 0, quadratic: settings.openResistance };
    const half = 0.5 * grid.width[0][c] * (drag.viscous * settings.viscosity * u + drag.quadratic * u * u);
    sum += grid.area[0][f] * (pressure[c] + (inlet ? half : -half));
  }
  return sum / (inlet ? flow.inletArea : flow.outletArea);
}

/** Calls `face` with the flow into the block, m³/s, through each face of it that air passes, and the cells within and without. */
function forBlockFaces(flow: Flow, face: (q: number, within: number, without: number) => void): void {
  const { grid, velocity, inBlock } = flow;
  const { strides, area } = grid;
  for (const c of blockSurface(grid, inBlock)) {
    for (let a = 0; a < 3; a++) {
      for (const side of [0, 1]) {
        const at = c + side * strides[a];
        const other = side ? at : c - strides[a];
        const q = (side ? -1 : 1) * velocity[a][at] * area[a][at];
        if (!inBlock[other] && q !== 0) face(q, c, other);
      }
    }
  }
}

/** The flow-weighted warming from entry into the block to exit. */
function blockRise(flow: Flow, temperature: Float64Array, supply: number): number {
  const { grid } = flow;
  let inflow = 0;
  let outflow = 0;
  let entering = 0;
  let leaving = 0;
  forBlockFaces(flow, (q, within, without) => {
    if (q > 0) {
      inflow += q;
      // The other side may be a ghost where the block touches an opening: air enters at the supply's temperature.
      entering += q * (grid.volume[without] > 0 ? temperature[without] : supply);
    } else {
      outflow -= q;
      leaving -= q * temperature[within];
    }
  });
  return inflow > 0 && outflow > 0 ? leaving / outflow - entering / inflow : 0;
}

/** See RoomFigures.acrossFlow. */
function blockCrossing(flow: Flow, temperature: Float64Array, supply: number): { flow: number; rise: number } {
  const { grid, velocity, inBlock } = flow;
  const { strides, area, blockFirst: low, blockLast: high } = grid;
  let largest = 0;
  let rise = 0;
  for (let a = 0; a < 3; a++) {
    // The face in the middle, or the two beside it, half each.
    const [left, right] = [Math.floor((low[a] + high[a] + 1) / 2), Math.ceil((low[a] + high[a] + 1) / 2)];
    // Sums of flow and of flow times temperature that pass in the positive direction (0) and in the negative (1).
    const first = { flow: [0, 0], carried: [0, 0] };
    const last = { flow: [0, 0], carried: [0, 0] };
    let net = 0;
    for (const c of grid.interior) {
      if (!inBlock[c]) continue;
      const n = cellIndices(grid, c)[a];
      if (n === left) net += 0.5 * velocity[a][c] * area[a][c];
      if (n === right) net += 0.5 * velocity[a][c] * area[a][c];
      if (n === low[a]) pass(first, velocity[a][c] * area[a][c], c - strides[a], c);
      if (n === high[a]) pass(last, velocity[a][c + strides[a]] * area[a][c + strides[a]], c, c + strides[a]);
    }
    if (Math.abs(net) <= largest) continue;
    largest = Math.abs(net);
    const way = net > 0 ? 0 : 1;
    const [entry, exit] = net > 0 ? [first, last] : [last, first];
    rise =
      entry.flow[way] > 0 && exit.flow[way] > 0
        ? exit.carried[way] / exit.flow[way] - entry.carried[way] / entry.flow[way]
        : 0;
  }
  return { flow: largest, rise };

  function pass(face: { flow: number[]; carried: number[] }, q: number, below: number, above: number): void {
    const way = q > 0 ? 0 : 1;
    const from = q > 0 ? below : above;
    face.flow[way] += Math.abs(q);
    face.carried[way] += Math.abs(q) * (grid.volume[from] > 0 ? temperature[from] : supply);
  }
}

const blockSurface = (grid: RoomGrid, inBlock: Uint8Array): Uint32Array =>
  grid.interior.filter((c) => {
    if (!inBlock[c]) return false;
    const n = cellIndices(grid, c);
    return n.some((index, a) => index === grid.blockFirst[a] || index === grid.blockLast[a]);
  });
