// The single owner of the lattice's animation frame. Each frame, in this order: take the newest frame of the engine,
// turn the stroboscope, let the colour range follow, move the camera, draw if anything changed, look under the pointer.
// It asks for the next frame only while something moves; React is not involved.

import { type PerspectiveCamera, type Scene, Vector3, type WebGLRenderer } from 'three';
import { type FieldName, fieldComponents } from '../../engine/fields.ts';
import { drawingMeter } from '../performance/drawing-meter.ts';
import { beats } from '../state/beats.ts';
import { client } from '../state/farm-client.ts';
import { tellFirstPicture } from '../state/first-picture.ts';
import { type TwinState, useTwin } from '../state/store.ts';
import { CameraRig } from './camera-rig.ts';
import { Colouring } from './colouring.ts';
import { DrawGate, setResolution } from './draw-gate.ts';
import { SIDES, type Side } from './framing.ts';
import { graphics, strobeRate } from './graphics.ts';
import { LatticeScene } from './lattice-scene.ts';
import { palette, paletteOf } from './palettes.ts';
import { PointerInput } from './pointer-input.ts';
import { type DrawnView, type Stage, wantedField } from './stage.ts';
import { isDark, type SceneColours, sceneColours } from './theme-colours.ts';
import { stepByNumber, stepTowards } from './walk.ts';

/** While the engine stands still: how often to look for a frame (after a step or an edit). */
const IDLE_LOOK_MS = 150;
const FRAME_COUNT_MS = 250;
/** Steps of stroboscope and colour range are no longer than this after a pause. */
const LONGEST_STEP_S = 0.5;
/** A wait shorter than this is not worth a timer; so often an unfinished picture is looked at. */
const POLL_MS = 8;

export interface DriverHost {
  readonly gl: WebGLRenderer;
  readonly scene: Scene;
  readonly camera: PerspectiveCamera;
  readonly stage: Stage;
  /** Carries the tokens and the count of frames. */
  readonly element: HTMLElement;
  readonly invalidate: () => void;
  readonly onSelect: (ids: number[]) => void;
}

export class LatticeDriver {
  readonly rig: CameraRig;
  readonly lattice: LatticeScene;
  private readonly pointer: PointerInput;
  private readonly colouring = new Colouring();
  private readonly end: (() => void)[] = [];
  private readonly view: { -readonly [K in keyof DrawnView]: DrawnView[K] };
  private readonly gate: DrawGate;
  private colours: SceneColours;
  /** What the camera frames until a person takes it. */
  private side: Side | 'room' = 'threeQuarter';
  private dirty = true;
  private cameraMoved = false;
  private lastFrame = 0;
  private framesDrawn = 0;
  private framePending = false;
  private countTimer = 0;
  private lost = false;
  /** Something a person did waits for its picture. */
  private urgent = false;
  private nextTimer = 0;

  constructor(private readonly host: DriverHost) {
    const { gl, scene, camera, stage, element } = host;
    this.lattice = new LatticeScene(gl, scene, gl.getContextAttributes()?.antialias === true);
    this.gate = new DrawGate(gl.getContext() as WebGL2RenderingContext, graphics().software);
    this.rig = new CameraRig(camera, gl.domElement, this.redraw);
    this.pointer = new PointerInput(gl.domElement, this, stage, host.onSelect);
    this.view = { camera, width: 1, height: 1, distance: 1 };
    this.colours = sceneColours(element);
    stage.driver = this;
    this.paint();
    this.listen();
    const twin = useTwin.getState();
    this.takeLayout(twin, true);
    this.takeAir();
    this.stream(twin);
  }

  /** Asks for a picture as soon as one can be drawn. */
  readonly redraw = (): void => {
    this.dirty = true;
    this.urgent = true;
    this.host.invalidate();
  };

  /** Asks for an animation frame without a new picture: there may be something under the pointer. */
  wake(): void {
    this.host.invalidate();
  }

  resize(width: number, height: number): void {
    if (width < 1 || height < 1) return;
    Object.assign(this.view, { width, height });
    this.rig.setView(width, height);
    if (this.rig.untouched) this.show(this.side, false);
    this.redraw();
  }

  /** One animation frame. */
  frame(): void {
    if (this.lost) return;
    const now = performance.now();
    const elapsedS = Math.min(LONGEST_STEP_S, (now - this.lastFrame) / 1000);
    this.lastFrame = now;
    const twin = useTwin.getState();
    const running = twin.status?.running === true;
    this.takeFrame(twin);
    const turning = this.turn(twin, running, elapsedS);
    this.follow(twin, now);
    const gliding = this.colouring.glide(elapsedS);
    const cameraMoved = this.rig.update(now);
    if (turning || gliding || cameraMoved) this.dirty = true;
    const moving = this.urgent || cameraMoved || this.rig.moving;
    if (this.dirty && this.gate.wait(now, moving) === 0) this.draw(now, running && !cameraMoved);
    // What lies under a resting pointer changes with the camera: looked at once it stands.
    if (this.cameraMoved && !cameraMoved) this.pointer.again();
    this.cameraMoved = cameraMoved;
    this.pointer.look();
    if (running || gliding || moving || this.dirty) this.goOn(now, moving);
  }

  /** Asks for the next animation frame: not before the gate would let its picture through. */
  private goOn(now: number, moving: boolean): void {
    const wait = this.gate.wait(now, moving) ?? POLL_MS;
    window.clearTimeout(this.nextTimer);
    if (wait === Number.POSITIVE_INFINITY) return;
    if (wait < POLL_MS || !this.gate.pace.software) this.host.invalidate();
    else this.nextTimer = window.setTimeout(this.host.invalidate, wait);
  }

  /** Shows the lattice from a side. */
  look(side: Side): void {
    this.rig.untouched = true;
    this.show(side, true);
  }

  private show(side: Side | 'room', animate: boolean): void {
    this.side = side;
    if (side === 'room') {
      this.showRoom(animate);
      return;
    }
    const extent = this.lattice.drawnExtent(null, useTwin.getState().view.layers);
    const radius = this.lattice.layout?.chamberRadiusM ?? 0;
    if (extent) this.rig.frame(extent, radius, SIDES[side], animate);
  }

  lookAtRoom(): void {
    this.rig.untouched = true;
    this.show('room', true);
  }

  /** Frames the selection, or the lattice without one, from where the camera is. */
  frameSelection(): void {
    const { selection, view } = useTwin.getState();
    const extent = this.lattice.drawnExtent(selection.length > 0 ? selection : null, view.layers);
    const radius = this.lattice.layout?.chamberRadiusM ?? 0;
    if (!extent) return;
    this.rig.untouched = false;
    this.rig.frame(extent, selection.length > 0 ? 3 * radius : radius, null, true);
  }

  focus(chamber: number): void {
    const { layout } = this.lattice;
    if (layout) this.rig.focus(this.lattice.placeOf(chamber, new Vector3()), 14 * layout.chamberRadiusM);
  }

  /** Moves the selection to the neighbour in a direction of the screen, or to the next chamber by number. */
  walk(step: readonly [right: number, up: number] | 1 | -1): void {
    const { layout } = this.lattice;
    const { selection, hovered, view } = useTwin.getState();
    if (!layout || layout.chambers === 0) return;
    const from = selection.at(-1) ?? hovered;
    if (from === null || from === undefined) {
      this.host.onSelect([stepByNumber(layout, -1, 1, view.layers)]);
    } else if (typeof step === 'number') {
      this.host.onSelect([stepByNumber(layout, from, step, view.layers)]);
    } else {
      const axes = this.host.camera.matrixWorld.elements;
      const along = (i: number): number => step[0] * (axes[i] ?? 0) + step[1] * (axes[4 + i] ?? 0);
      const to = stepTowards(layout, from, [along(0), along(1), along(2)], view.layers);
      if (to !== null) this.host.onSelect([to]);
    }
  }

  select(ids: number[]): void {
    this.host.onSelect(ids);
  }

  /** The chamber at a point in CSS pixels of the view, or null. */
  pick(x: number, y: number): number | null {
    const { width, height } = this.view;
    return this.lattice.pick(this.host.camera, (2 * x) / width - 1, 1 - (2 * y) / height);
  }

  /** The stage has a new field of the room's air. */
  takeAir(): void {
    this.lattice.air.setField(this.host.stage.air);
    this.tellAir();
  }

  takeCondensate(): void {
    this.lattice.setCondensate(this.host.stage.condensate);
    this.redraw();
  }

  takeFaulty(): void {
    this.lattice.setFaulty(this.host.stage.faulty);
    this.redraw();
  }

  /** The air of the section under the pointer, unless a chamber under it stands before the section. */
  airUnder(hovered: number | null): ReturnType<LatticeScene['air']['under']> {
    const { pointer } = this.host.stage;
    const { camera } = this.host;
    if (!pointer) return null;
    const { width, height } = this.view;
    const air = this.lattice.air.under(camera, (2 * pointer.x) / width - 1, 1 - (2 * pointer.y) / height);
    if (!air || hovered === null) return air;
    const reach = this.lattice.placeOf(hovered, new Vector3()).distanceTo(camera.position);
    return reach - (this.lattice.layout?.chamberRadiusM ?? 0) < air.distance ? null : air;
  }

  private tellAir(): void {
    this.host.stage.state.setState({ air: this.lattice.air.picture });
    this.redraw();
  }

  dispose(): void {
    for (const end of this.end) end();
    window.clearTimeout(this.countTimer);
    window.clearTimeout(this.nextTimer);
    this.gate.reset();
    this.pointer.dispose();
    this.rig.dispose();
    this.lattice.dispose();
    this.host.stage.driver = null;
    client.stream(null);
  }

  private showRoom(animate: boolean): void {
    const { layout } = this.lattice;
    if (!layout) return;
    const room = { min: new Vector3(), max: new Vector3(...layout.roomM) };
    this.rig.frame(room, 0, SIDES.threeQuarter, animate);
  }

  private takeFrame({ view }: TwinState): void {
    const frame = client.takeFrame();
    const { layout, chambers } = this.lattice;
    if (!frame || !layout || frame.layoutVersion !== layout.version || frame.field !== wantedField(view)) return;
    const components = fieldComponents(frame.field) === 2 ? 2 : 1;
    if (frame.data.length !== components * layout.chambers) return;
    const { stage } = this.host;
    stage.values = chambers.setValues(frame.data, components);
    if (stage.field !== frame.field) {
      this.colouring.reset();
      stage.state.setState({ drawn: frame.field });
      this.paintField(frame.field);
    }
    if (components === 1) chambers.setTurn(1, 0);
    this.framePending = true;
    this.dirty = true;
  }

  /** Advances the stroboscope; true while it turns. It stands still with the engine. */
  private turn({ view }: TwinState, running: boolean, elapsedS: number): boolean {
    const { stage } = this.host;
    if (stage.field !== 'strobe') return false;
    if (running) {
      stage.angle = (stage.angle + 2 * Math.PI * strobeRate(view.strobeHz) * elapsedS) % (2 * Math.PI);
    }
    this.lattice.chambers.setTurn(Math.cos(stage.angle), Math.sin(stage.angle));
    return running;
  }

  private follow({ view }: TwinState, now: number): void {
    const { stage } = this.host;
    if (!stage.field) return;
    if (this.colouring.consider(stage.field, stage.values, view.range, now)) {
      stage.state.setState({ range: this.colouring.target });
      this.dirty = true;
    }
  }

  /** @param streaming a picture of many: one that stays is drawn as fine as the screen is */
  private draw(now: number, streaming: boolean): void {
    const { gl, scene, camera, stage } = this.host;
    const { pace } = this.gate;
    if (pace.software) setResolution(gl, streaming ? pace.resolution : 1);
    const { shown } = this.colouring;
    this.lattice.chambers.setRange(shown[0], shown[1]);
    this.lattice.follow(camera, this.view.height);
    gl.render(scene, camera);
    this.dirty = false;
    this.urgent = false;
    this.gate.drawn(performance.now());
    drawingMeter.rule = { pace, moving: !streaming };
    this.view.distance = this.rig.controls.getDistance();
    stage.drawn(this.view);
    drawingMeter.drawn(now, performance.now() - now);
    if (this.framePending) {
      this.framePending = false;
      this.framesDrawn++;
      tellFirstPicture();
      // The first at once: it is when the farm is seen.
      this.countTimer ||= window.setTimeout(this.showFrameCount, this.framesDrawn > 1 ? FRAME_COUNT_MS : 0);
    }
  }

  private readonly showFrameCount = (): void => {
    this.countTimer = 0;
    this.host.element.dataset.frames = String(this.framesDrawn);
  };

  private takeLayout(twin: TwinState, first: boolean): void {
    const { layout, view } = twin;
    if (!layout) return;
    const { stage } = this.host;
    stage.values = new Float32Array(0);
    stage.state.setState({ drawn: null });
    this.pointer.again();
    const extentChanged = this.lattice.setLayout(layout);
    this.rig.setScale(layout.chamberRadiusM, Math.hypot(...layout.roomM));
    this.lattice.setView(view, stage.state.getState().ductsAsked);
    this.lattice.setMarks(twin.selection, twin.hovered);
    this.lattice.setCondensate(stage.condensate);
    this.lattice.setFaulty(stage.faulty);
    if (first || extentChanged) {
      this.rig.untouched = true;
      this.show('threeQuarter', false);
    }
    this.redraw();
  }

  /** Reads the tokens anew and repaints what depends on them. */
  private paint(): void {
    this.colours = sceneColours(this.host.element);
    this.lattice.setColours(this.colours);
    this.host.stage.state.setState({ dark: isDark(this.colours), air: this.lattice.air.picture });
    this.paintField(this.host.stage.field ?? wantedField(useTwin.getState().view));
    this.redraw();
  }

  private paintField(field: FieldName): void {
    const theme = isDark(this.colours) ? 'dark' : 'light';
    this.lattice.chambers.setPalette(palette(paletteOf(field), theme), this.colours.missing);
  }

  private stream({ phase, view }: TwinState): void {
    if (phase !== 'lost') client.stream(wantedField(view));
  }

  private listen(): void {
    const { stage, gl } = this.host;
    const tokens = new MutationObserver(() => this.paint());
    tokens.observe(document.documentElement, { attributes: true });
    const idle = window.setInterval(() => {
      if (!beats.isBeating) this.host.invalidate();
    }, IDLE_LOOK_MS);
    const canvas = gl.domElement;
    const onLost = (): void => this.setLost(true);
    const onRestored = (): void => this.setLost(false);
    canvas.addEventListener('webglcontextlost', onLost);
    canvas.addEventListener('webglcontextrestored', onRestored);
    this.end.push(
      useTwin.subscribe((now, before) => this.onChange(now, before)),
      stage.state.subscribe((now, before) => {
        if (now.ductsAsked === before.ductsAsked) return;
        this.lattice.setView(useTwin.getState().view, now.ductsAsked);
        this.redraw();
      }),
      beats.each(() => {
        this.gate.beat();
        this.host.invalidate();
      }),
      () => tokens.disconnect(),
      () => window.clearInterval(idle),
      () => canvas.removeEventListener('webglcontextlost', onLost),
      () => canvas.removeEventListener('webglcontextrestored', onRestored),
    );
  }

  private onChange(now: TwinState, before: TwinState): void {
    if (now.layout !== before.layout) this.takeLayout(now, false);
    const viewChanged = now.view !== before.view;
    const restarted = now.phase !== before.phase;
    if (restarted || (now.layout !== null) !== (before.layout !== null)) this.stream(now);
    else if (viewChanged && wantedField(now.view) !== wantedField(before.view)) this.stream(now);
    if (viewChanged) {
      this.lattice.setView(now.view, this.host.stage.state.getState().ductsAsked);
      if (now.view.slice !== before.view.slice) this.tellAir();
      this.pointer.again();
      if (now.view.explode !== before.view.explode && this.rig.untouched) this.show(this.side, false);
      this.redraw();
    }
    if (now.selection !== before.selection || now.hovered !== before.hovered) {
      this.lattice.setMarks(now.selection, now.hovered);
      this.redraw();
    }
    if (now.status?.running !== before.status?.running) this.redraw();
  }

  private setLost(lost: boolean): void {
    this.lost = lost;
    this.gate.reset();
    this.host.stage.state.setState({ contextLost: lost });
    if (!lost) this.redraw();
  }
}
