// The chambers of the schematic, layer by layer: means and extremes of what is measured, sums of flows, how many valves are held and by
// what. One pass over the chambers; never an array with one entry a chamber.

import type { Farm } from '../engine/farm.ts';
import { RETURN_LINK, SUPPLY_LINK, VENT_LINK } from '../engine/pressure-control/headers/header-rates.ts';
import type { HeaderSystem } from '../engine/pressure-control/headers/header-system.ts';
import { injectorShut, supplyShut, ventOpened } from '../engine/pressure-control/plant/effects.ts';
import { VALVES } from '../engine/pressure-control/plant/plant-topology.ts';

/** Of the chambers of a row; NaN where nothing is known. */
export interface Spread {
  readonly mean: number;
  readonly min: number;
  readonly max: number;
}

/** The valves of one kind in a row of layers. */
export interface SchematicValves {
  /** Openings, 0–1. */
  readonly opening: Spread;
  /** Sum, mol/s into the chambers. */
  readonly flow: number;
  /** What the flow meters tell together, mol/s; NaN for farms too large to read them all. */
  readonly sensedFlow: number;
  /** How many are held by hand, by interlock or sequence, stuck, slow. */
  readonly manual: number;
  readonly held: number;
  readonly stuck: number;
  readonly slow: number;
  /** The first chambers where a valve is not free. */
  readonly chambers: readonly number[];
}

export interface SchematicLayer {
  /** Layers of the row, from 0, both included. */
  readonly first: number;
  readonly last: number;
  readonly chambers: number;
  /** As voted, Pa and K. */
  readonly pressure: Spread;
  readonly temperature: Spread;
  readonly supply: SchematicValves;
  readonly back: SchematicValves;
  /** Vents open, held by hand, held open by interlock or sequence; mol/s out through all openings to the room. */
  readonly vents: { readonly open: number; readonly manual: number; readonly held: number; readonly flow: number };
  readonly relieving: number;
  readonly injectors: { readonly flow: number; readonly manual: number; readonly held: number };
  readonly tripped: number;
  /** The first chambers that tripped or relieve. */
  readonly abnormal: readonly number[];
}

/** Chambers named of a row. */
const FEW = 12;
/** Larger farms do not read every flow meter for a picture. */
const LARGEST_SENSED = 2000;

class Gathered {
  sum = 0;
  count = 0;
  min = Number.POSITIVE_INFINITY;
  max = Number.NEGATIVE_INFINITY;

  add(value: number): void {
    if (!Number.isFinite(value)) return;
    this.sum += value;
    this.count += 1;
    if (value < this.min) this.min = value;
    if (value > this.max) this.max = value;
  }

  get spread(): Spread {
    if (this.count === 0) return { mean: Number.NaN, min: Number.NaN, max: Number.NaN };
    return { mean: this.sum / this.count, min: this.min, max: this.max };
  }
}

class ValveSum {
  private readonly opening = new Gathered();
  private flow = 0;
  private sensed = 0;
  private readonly counts = { manual: 0, held: 0, stuck: 0, slow: 0 };
  private readonly chambers: number[] = [];

  add(opening: number, flow: number, sensed: number): void {
    this.opening.add(opening);
    this.flow += flow;
    this.sensed += sensed;
  }

  note(what: 'manual' | 'held' | 'stuck' | 'slow', chamber: number): void {
    this.counts[what] += 1;
    if (this.chambers.length < FEW && this.chambers.at(-1) !== chamber) this.chambers.push(chamber);
  }

  get valves(): SchematicValves {
    return {
      opening: this.opening.spread,
      flow: this.flow,
      sensedFlow: this.sensed,
      ...this.counts,
      chambers: this.chambers,
    };
  }
}

/** Sums of one row. */
class Row {
  chambers = 0;
  readonly pressure = new Gathered();
  readonly temperature = new Gathered();
  readonly supply = new ValveSum();
  readonly back = new ValveSum();
  readonly vents = { open: 0, manual: 0, held: 0, flow: 0 };
  readonly injectors = { flow: 0, manual: 0, held: 0 };
  relieving = 0;
  tripped = 0;
  readonly abnormal: number[] = [];

  constructor(
    readonly first: number,
    readonly last: number,
  ) {}

  get layer(): SchematicLayer {
    const { first, last, chambers, relieving, tripped, abnormal } = this;
    return {
      first,
      last,
      chambers,
      pressure: this.pressure.spread,
      temperature: this.temperature.spread,
      supply: this.supply.valves,
      back: this.back.valves,
      vents: { ...this.vents },
      relieving,
      injectors: { ...this.injectors },
      tripped,
      abnormal,
    };
  }
}

/** Row of each layer when at most `most` rows are drawn: equally many layers each, but for the last. */
export const rowOfLayer = (layer: number, layers: number, most: number): number =>
  Math.floor(layer / Math.ceil(layers / most));

/** @param most rows at most; neighbouring layers share one where there are more */
export function schematicLayers(farm: Farm, headers: HeaderSystem | null, most: number): SchematicLayer[] {
  const { layers, layerCount, count } = farm.layout;
  const per = Math.ceil(layerCount / most);
  const rows = Array.from(
    { length: Math.ceil(layerCount / per) },
    (_, r) => new Row(r * per, Math.min(layerCount, (r + 1) * per) - 1),
  );
  const rowOf = (chamber: number): Row => rows[Math.floor(layers[chamber] / per)];
  for (let i = 0; i < count; i++) addChamber(rowOf(i), farm, headers, i);
  addFlows(farm, headers, rowOf);
  addHands(farm, rowOf);
  addFaults(farm, rowOf);
  return rows.map((row) => row.layer);
}

function addChamber(row: Row, { plant, headers }: Farm, serving: HeaderSystem | null, i: number): void {
  const { measurement, acting, relief } = plant;
  row.chambers += 1;
  row.pressure.add(measurement.pressureVote.value[i]);
  row.temperature.add(measurement.temperatureVote.value[i]);
  const tripped = acting.actions[i] !== 0;
  if (tripped) row.tripped += 1;
  if (relief.lift[i] > 0) row.relieving += 1;
  if ((tripped || relief.lift[i] > 0) && row.abnormal.length < FEW) row.abnormal.push(i);
  const { present } = headers;
  if (ventOpened(acting, i)) row.vents.held += 1;
  if (present && present.controls.roomArea[i] > 0) {
    row.vents.open += 1;
    row.vents.flow -= present.flowInto(i, VENT_LINK);
  }
  if (!serving) return;
  if (supplyShut(acting, i)) row.supply.note('held', i);
  if (injectorShut(acting, i)) row.injectors.held += 1;
  row.injectors.flow += serving.controls.injector[i];
}

/** Openings and flows of the header valves, and what their meters tell. */
function addFlows(farm: Farm, headers: HeaderSystem | null, rowOf: (chamber: number) => Row): void {
  if (!headers) return;
  const { controls: c } = headers;
  const { placement, sensors } = farm.plant.measurement;
  const meters = farm.layout.count <= LARGEST_SENSED ? placement.perChamber.flow : 0;
  const now = farm.time_s;
  const sensed = (chamber: number, which: number): number => {
    if (meters <= which) return Number.NaN;
    const reading = sensors.read(placement.id('flow', chamber, which), now);
    return Number.isNaN(reading) ? 0 : reading;
  };
  for (let i = 0; i < farm.layout.count; i++) {
    const row = rowOf(i);
    const supply = between(headers.wantedOpening(i, 0), c.supplyLow[i], c.supplyHigh[i]);
    const back = between(headers.wantedOpening(i, 1), c.backLow[i], c.backHigh[i]);
    row.supply.add(supply, headers.flowInto(i, SUPPLY_LINK), sensed(i, 0));
    row.back.add(back, headers.flowInto(i, RETURN_LINK), sensed(i, 1));
  }
}

const between = (asked: number, low: number, high: number): number =>
  low === high ? low : Math.min(high, Math.max(low, asked));

function addHands({ plant }: Farm, rowOf: (chamber: number) => Row): void {
  for (const { index } of plant.manual.of('supply-valve')) rowOf(index).supply.note('manual', index);
  for (const { index } of plant.manual.of('return-valve')) rowOf(index).back.note('manual', index);
  for (const { index } of plant.manual.of('vent')) rowOf(index).vents.manual += 1;
  for (const { index } of plant.manual.of('injector')) rowOf(index).injectors.manual += 1;
}

function addFaults({ plant }: Farm, rowOf: (chamber: number) => Row): void {
  for (const { kind, targets } of plant.faults.active) {
    if (kind !== 'stuck-valve' && !(kind === 'slow-valve' && plant.loops)) continue;
    for (const valve of targets) {
      const chamber = Math.floor(valve / VALVES);
      const row = rowOf(chamber);
      (valve % VALVES === 0 ? row.supply : row.back).note(kind === 'stuck-valve' ? 'stuck' : 'slow', chamber);
    }
  }
}
