// "Why this alarm?": from the deviations present and their onsets back to what came first. Each deviation takes its likeliest
// cause along the causal graph, the plant's places and time; the chains that result end in roots. The same deviations give the
// same answer in whatever order they are handed in. A judgement, not a proof: it names what fits, and the data it rests on.

import { ALARM_DEFINITIONS, type AlarmKind } from './alarm-definitions.ts';
import { CAUSES_OF, type CausalEdge, causalRank, lateness_s, type Whereabouts } from './causal-graph.ts';
import { type Place, placeText } from './places.ts';

export interface Deviation {
  readonly kind: AlarmKind;
  readonly place: Place;
  /** Simulated s. */
  readonly onset_s: number;
}

/** What the plant's places have to do with each other. */
export interface PlantTopology {
  /** Chambers joined to a chamber by ducts. */
  neighbours(chamber: number): ArrayLike<number>;
  ductsOf(chamber: number): ArrayLike<number>;
  valvesOf(chamber: number): ArrayLike<number>;
  sensorsOf(chamber: number): ArrayLike<number>;
}

export interface Explanation {
  /** From the first deviation to the one asked about. */
  readonly chain: readonly Deviation[];
  readonly root: Deviation;
  /** For people. */
  readonly sentence: string;
}

/** Likelier first: what is at the place itself, then its parts, then what serves all, last what a neighbour hands on. */
const LIKELIHOOD: readonly Whereabouts[] = ['same', 'part', 'any', 'neighbour'];

interface Link {
  readonly deviation: Deviation;
  /** Position in the order of deviations. */
  readonly at: number;
  cause: Link | null;
  root: Link;
  hops: number;
}

const order = (a: Deviation, b: Deviation): number =>
  causalRank(a.kind) - causalRank(b.kind) || a.onset_s - b.onset_s || a.place.index - b.place.index;

const key = (kind: AlarmKind, index: number): string => `${kind}@${index}`;

/** The causes of a set of deviations, all at once: `explain` is then cheap. A place deviates in a kind once. */
export class CauseFinder {
  private readonly links: Link[];
  private readonly byPlace = new Map<string, Link>();
  private readonly byKind = new Map<AlarmKind, Link[]>();

  constructor(
    deviations: readonly Deviation[],
    private readonly topology: PlantTopology,
  ) {
    this.links = [...deviations].sort(order).map((deviation, at) => {
      const link: Link = { deviation, at, cause: null, root: null as unknown as Link, hops: 0 };
      link.root = link;
      return link;
    });
    for (const link of this.links) {
      const { kind, place } = link.deviation;
      this.byPlace.set(key(kind, place.index), link);
      const same = this.byKind.get(kind);
      if (same) same.push(link);
      else this.byKind.set(kind, [link]);
    }
    // In causal order, so that each cause's own root is known when its effects ask for it.
    for (const link of this.links) this.findCause(link);
  }

  /** Deviations that nothing present explains, by onset: the first is what came first. */
  roots(): { root: Deviation; consequences: number }[] {
    const counts = new Map<Link, number>();
    for (const { root } of this.links) counts.set(root, (counts.get(root) ?? -1) + 1);
    return [...counts]
      .sort(([a], [b]) => a.deviation.onset_s - b.deviation.onset_s || a.at - b.at)
      .map(([link, consequences]) => ({ root: link.deviation, consequences }));
  }

  /** The deviation that came first of all; undefined if there is none. */
  firstOut(): Deviation | undefined {
    return this.roots()[0]?.root;
  }

  /** The root of a deviation: itself, if nothing present explains it; undefined if it is not among them. */
  rootOf(kind: AlarmKind, index: number): Deviation | undefined {
    return this.byPlace.get(key(kind, index))?.root.deviation;
  }

  /** Why a deviation is there; undefined if it is not among them. */
  explain(kind: AlarmKind, index: number): Explanation | undefined {
    let link: Link | null = this.byPlace.get(key(kind, index)) ?? null;
    if (link === null) return undefined;
    const chain: Deviation[] = [];
    for (; link !== null; link = link.cause) chain.unshift(link.deviation);
    return { chain, root: chain[0], sentence: sentence(chain) };
  }

  private findCause(link: Link): void {
    let best: Link | null = null;
    let bestLikelihood = LIKELIHOOD.length;
    for (const edge of CAUSES_OF.get(link.deviation.kind) ?? []) {
      const likelihood = LIKELIHOOD.indexOf(edge.where);
      if (likelihood > bestLikelihood) continue;
      this.candidates(link, edge, (candidate) => {
        if (!fits(candidate, link, edge)) return;
        if (likelihood === bestLikelihood && best !== null && !likelier(candidate, best, edge.where)) return;
        best = candidate;
        bestLikelihood = likelihood;
      });
    }
    // The assignments happen inside a callback, which the compiler does not follow.
    const cause = best as Link | null;
    if (cause === null) return;
    link.cause = cause;
    link.root = cause.root;
    link.hops = cause.hops + 1;
  }

  private candidates(link: Link, edge: CausalEdge, consider: (candidate: Link) => void): void {
    const { place } = link.deviation;
    const look = (index: number): void => {
      const candidate = this.byPlace.get(key(edge.cause, index));
      if (candidate !== undefined) consider(candidate);
    };
    if (edge.where === 'same') look(place.index);
    else if (edge.where === 'any') this.earliestFitting(link, edge, consider);
    else if (place.target === 'chamber') {
      const places =
        edge.where === 'neighbour' ? this.topology.neighbours(place.index) : this.partsOf(edge, place.index);
      for (let k = 0; k < places.length; k++) look(places[k]);
    }
  }

  /** Of causes anywhere, the earliest that is early enough and not too long ago. */
  private earliestFitting(link: Link, edge: CausalEdge, consider: (candidate: Link) => void): void {
    const found = this.byKind.get(edge.cause)?.find((candidate) => fits(candidate, link, edge));
    if (found !== undefined) consider(found);
  }

  private partsOf({ cause }: CausalEdge, chamber: number): ArrayLike<number> {
    const { target } = ALARM_DEFINITIONS[cause];
    if (target === 'valve') return this.topology.valvesOf(chamber);
    if (target === 'sensor') return this.topology.sensorsOf(chamber);
    return target === 'duct' ? this.topology.ductsOf(chamber) : [];
  }
}

function fits(candidate: Link, link: Link, { cause, effect, within_s }: CausalEdge): boolean {
  // Along one kind only what stands before may be a cause: this keeps chains from running in a circle.
  if (cause === effect && candidate.at >= link.at) return false;
  const lag = link.deviation.onset_s - candidate.deviation.onset_s;
  return lag <= within_s && lag >= (cause === effect ? 0 : -lateness_s(cause));
}

/**
 * Of two causes in the same whereabouts: at the place itself the nearer one in the causal order, so that no step is left out;
 * elsewhere the shorter chain, the earlier root, the order of places.
 */
const likelier = (a: Link, b: Link, where: Whereabouts): boolean =>
  where === 'same'
    ? a.at > b.at
    : (a.hops - b.hops || a.root.deviation.onset_s - b.root.deviation.onset_s || a.at - b.at) < 0;

const named = ({ kind, place }: Deviation): string => `${ALARM_DEFINITIONS[kind].label} (${placeText(place)})`;

const seconds = (s: number): string => `${Math.round(s * 1000) / 1000} s`;

function sentence(chain: readonly Deviation[]): string {
  const [root, ...rest] = chain;
  const start = `${named(root)} at ${seconds(root.onset_s)}`;
  if (rest.length === 0) return `${start}: nothing else that is present explains it.`;
  const steps = rest.map((deviation) => {
    const lag = deviation.onset_s - root.onset_s;
    return `${named(deviation)} ${lag < 0 ? `noticed ${seconds(-lag)} before it` : `${seconds(lag)} later`}`;
  });
  return `First ${start}; from it followed ${steps.join(', then ')}.`;
}
