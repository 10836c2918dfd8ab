// What the drawing loop and the overlays around it share: the newest frame, the stroboscope's angle, the shown range,
// the pointer, and a call after each drawn picture. Anything faster than 4 Hz goes by here, not through React.

import type { PerspectiveCamera } from 'three';
import { createStore } from 'zustand/vanilla';
import type { RoomField } from '../../engine/cooling/room/field.ts';
import { FIELDS, type FieldName, fieldComponents } from '../../engine/fields.ts';
import type { LatticeView } from '../state/store.ts';
import type { AirPicture } from './air-layer.ts';
import type { LatticeDriver } from './driver.ts';
import { type Range, samplePhased, sampleValues } from './ranges.ts';

/** The part of the stage that React shows; changes at most 4 times a second. */
export interface StageState {
  /** The field whose frames are on screen: the wanted one, as soon as its first frame is here. */
  readonly drawn: FieldName | null;
  readonly range: Range;
  /** Ducts of a lattice too large for them were asked for. */
  readonly ductsAsked: boolean;
  readonly contextLost: boolean;
  /** The section through the room's air as drawn; null when there is none. */
  readonly air: AirPicture | null;
  /** Tokens on the ground are light on dark. */
  readonly dark: boolean;
}

export interface DrawnView {
  readonly camera: PerspectiveCamera;
  /** CSS pixels. */
  readonly width: number;
  readonly height: number;
  /** Distance of the eye from what it turns about, m. */
  readonly distance: number;
}

/** The field to be streamed for what the person wants to see. */
export const wantedField = ({ field, mode }: LatticeView): FieldName =>
  field === 'pressureDeviation_Pa' && mode === 'strobe' ? 'strobe' : field;

type Listener<T> = (value: T) => void;

export class Stage {
  readonly state = createStore<StageState>(() => ({
    drawn: null,
    range: [0, 1],
    ductsAsked: false,
    contextLost: false,
    air: null,
    dark: true,
  }));
  /** Copy of the newest frame, as streamed. */
  values: Float32Array = new Float32Array(0);
  /** Angle of the stroboscope, rad. */
  angle = 0;
  /** The newest field of the room's air while a section is shown, and mol of condensed water per chamber if there is any. */
  air: RoomField | null = null;
  condensate: Float32Array | null = null;
  /** Chambers that faults strike. */
  faulty: readonly number[] = [];
  /** Pointer in CSS pixels of the view, or null outside or while dragging. */
  pointer: { readonly x: number; readonly y: number } | null = null;
  driver: LatticeDriver | null = null;
  private readonly drawnListeners = new Set<Listener<DrawnView>>();
  private readonly pointerListeners = new Set<() => void>();

  get field(): FieldName | null {
    return this.state.getState().drawn;
  }

  /** The value of a chamber as it is coloured now; NaN without data. */
  valueOf(chamber: number): number {
    const { field, values } = this;
    if (!field) return Number.NaN;
    if (fieldComponents(field) === 1) return values[chamber] ?? Number.NaN;
    const c = values[2 * chamber] ?? Number.NaN;
    const s = values[2 * chamber + 1] ?? Number.NaN;
    return c * Math.cos(this.angle) + s * Math.sin(this.angle);
  }

  /** Amplitude and phase of a chamber in the stroboscope: p′ = amplitude · cos(angle + phase). */
  oscillationOf(chamber: number): { amplitude: number; phase: number } {
    const c = this.values[2 * chamber] ?? Number.NaN;
    const s = this.values[2 * chamber + 1] ?? Number.NaN;
    return { amplitude: Math.hypot(c, s), phase: Math.atan2(-s, c) };
  }

  /** A sample of the values as they are coloured now; returns how many were written. */
  sample(into: Float32Array): number {
    const { field, values } = this;
    if (!field) return 0;
    if (fieldComponents(field) === 1) return sampleValues(values, into);
    return samplePhased(values, Math.cos(this.angle), Math.sin(this.angle), into);
  }

  /** The unit of what is drawn. */
  get unit(): string {
    return this.field ? FIELDS[this.field].unit : '';
  }

  onDrawn(listener: Listener<DrawnView>): () => void {
    this.drawnListeners.add(listener);
    return () => this.drawnListeners.delete(listener);
  }

  drawn(view: DrawnView): void {
    for (const listener of this.drawnListeners) listener(view);
  }

  onPointer(listener: () => void): () => void {
    this.pointerListeners.add(listener);
    return () => this.pointerListeners.delete(listener);
  }

  pointAt(pointer: Stage['pointer']): void {
    this.pointer = pointer;
    for (const listener of this.pointerListeners) listener();
  }

  setAir(field: RoomField | null): void {
    this.air = field;
    this.driver?.takeAir();
  }

  setCondensate(amounts: Float32Array | null): void {
    this.condensate = amounts;
    this.driver?.takeCondensate();
  }

  setFaulty(chambers: readonly number[]): void {
    this.faulty = chambers;
    this.driver?.takeFaulty();
  }

  /** Asks for one more picture. */
  redraw(): void {
    this.driver?.redraw();
  }
}
