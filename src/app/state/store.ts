// The page's state: copies of what the worker said, and what only the page knows (view, theme, panels).
// React reads slices; anything faster than 4 Hz reads getState() or subscribes.

import { create } from 'zustand';
import type { FieldName } from '../../engine/fields.ts';
import type { MetricName } from '../../engine/metrics.ts';
import { defaultValues, type ParameterValues } from '../../engine/parameters/table.ts';
import type { FarmEvent, LayoutData, Problem, Status } from '../../worker/protocol.ts';

export type Theme = 'dark' | 'light';
/** strobe: every cycle slowed to a steady turn, from amplitude and phase; waveform: the field as it is now. */
export type LatticeMode = 'strobe' | 'waveform';

/** What the person sees in the lattice view besides the data. */
export interface LatticeView {
  readonly mode: LatticeMode;
  readonly field: FieldName;
  /** Turns of the stroboscope per second. */
  readonly strobeHz: number;
  /** Colour range, or null to follow the data. */
  readonly range: readonly [number, number] | null;
  readonly ducts: boolean;
  readonly room: boolean;
  /** Layers shown, first and last, 0-based; null shows all. */
  readonly layers: readonly [number, number] | null;
  /** Stretch of the distances between chambers, 1 is true. */
  readonly explode: number;
  readonly slice: AirSliceView;
}

/** A section through the room's air. */
export interface AirSliceView {
  readonly shown: boolean;
  /** The axis it is across. */
  readonly axis: Axis;
  /** Place along the axis, 0 … 1 of the room; null is the middle of the lattice. */
  readonly share: number | null;
  readonly quantity: 'temperature' | 'speed';
}
export type Axis = 'x' | 'y' | 'z';

export interface ChartsView {
  readonly metrics: readonly MetricName[];
  /** Shown span, s; null follows the newest data. */
  readonly zoom: readonly [number, number] | null;
  /** Length of the followed span, s; null shows everything recorded. */
  readonly followS: number | null;
  /** Charts stand still while the engine goes on. */
  readonly frozen: boolean;
  /** Time under the pointer, shared by all charts. */
  readonly cursorS: number | null;
}

/** A message over the page: a refused file, a lost worker, a done deed. */
export interface Notice {
  readonly id: number;
  readonly tone: 'error' | 'warning' | 'info';
  readonly title: string;
  readonly problems: readonly Problem[];
}

export interface TwinState {
  readonly phase: 'loading' | 'ready' | 'lost';
  readonly lostReason: string;
  readonly status: Status | null;
  readonly values: ParameterValues;
  /** Values of the scenario as loaded, for "changed" marks. */
  readonly loadedValues: ParameterValues;
  readonly layout: LayoutData | null;
  readonly events: readonly FarmEvent[];
  readonly selection: readonly number[];
  readonly hovered: number | null;
  readonly view: LatticeView;
  readonly charts: ChartsView;
  readonly theme: Theme;
  readonly notices: readonly Notice[];
  /** What was asked of the fast-forward and is not yet done: the engine may be in a long solution. */
  readonly forwardAsked: 'start' | 'cancel' | null;
  readonly undoLabel: string | null;
  readonly redoLabel: string | null;
}

export const useTwin = create<TwinState>(() => ({
  phase: 'loading',
  lostReason: '',
  status: null,
  values: defaultValues(),
  loadedValues: defaultValues(),
  layout: null,
  events: [],
  selection: [],
  hovered: null,
  view: {
    mode: 'strobe',
    field: 'pressureDeviation_Pa',
    strobeHz: 0.5,
    range: null,
    ducts: true,
    room: true,
    layers: null,
    explode: 1,
    slice: { shown: false, axis: 'y', share: null, quantity: 'temperature' },
  },
  charts: {
    metrics: ['pressureRatioRms', 'patternOrderParameter', 'drivePower_W', 'wallTemperatureMean_K'],
    zoom: null,
    followS: 10,
    frozen: false,
    cursorS: null,
  },
  theme: 'dark',
  notices: [],
  forwardAsked: null,
  undoLabel: null,
  redoLabel: null,
}));

export const setView = (change: Partial<LatticeView>): void =>
  useTwin.setState((s) => ({ view: { ...s.view, ...change } }));
export const setCharts = (change: Partial<ChartsView>): void =>
  useTwin.setState((s) => ({ charts: { ...s.charts, ...change } }));

export const setSlice = (change: Partial<AirSliceView>): void =>
  useTwin.setState((s) => ({ view: { ...s.view, slice: { ...s.view.slice, ...change } } }));
