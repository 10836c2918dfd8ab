// Pointer over the lattice: hover, click, toggle, double-click. Looks at most once per animation frame, only when the pointer
// moved or the camera came to rest; a drag (which turns the camera) selects nothing.

import { useTwin } from '../state/store.ts';
import type { LatticeDriver } from './driver.ts';
import { selectionAfterClick } from './picking.ts';
import type { Stage } from './stage.ts';

const DRAG_PX = 4;

export class PointerInput {
  private moved = false;
  private down: { x: number; y: number; id: number; dragged: boolean } | null = null;

  constructor(
    private readonly element: HTMLElement,
    private readonly driver: LatticeDriver,
    private readonly stage: Stage,
    private readonly onSelect: (ids: number[]) => void,
  ) {
    element.addEventListener('pointermove', this.onMove);
    element.addEventListener('pointerdown', this.onDown);
    element.addEventListener('pointerup', this.onUp);
    element.addEventListener('pointercancel', this.onLeave);
    element.addEventListener('pointerleave', this.onLeave);
    element.addEventListener('dblclick', this.onDoubleClick);
  }

  /** Looks under the pointer if it moved since the last look. */
  look(): void {
    const { pointer } = this.stage;
    if (!this.moved || !pointer) return;
    this.moved = false;
    hover(this.driver.pick(pointer.x, pointer.y));
  }

  /** The picture changed under the pointer: looks again at the next frame. */
  again(): void {
    this.moved = this.stage.pointer !== null;
  }

  dispose(): void {
    const { element } = this;
    element.removeEventListener('pointermove', this.onMove);
    element.removeEventListener('pointerdown', this.onDown);
    element.removeEventListener('pointerup', this.onUp);
    element.removeEventListener('pointercancel', this.onLeave);
    element.removeEventListener('pointerleave', this.onLeave);
    element.removeEventListener('dblclick', this.onDoubleClick);
  }

  private readonly onMove = (event: PointerEvent): void => {
    const at = this.place(event);
    if (this.down && Math.hypot(at.x - this.down.x, at.y - this.down.y) > DRAG_PX) this.down.dragged = true;
    if (this.down?.dragged) {
      this.leave();
      return;
    }
    this.moved = true;
    this.stage.pointAt(at);
    this.driver.wake();
  };

  private readonly onDown = (event: PointerEvent): void => {
    this.down = event.isPrimary ? { ...this.place(event), id: event.pointerId, dragged: event.button !== 0 } : null;
  };

  private readonly onUp = (event: PointerEvent): void => {
    const { down } = this;
    this.down = null;
    if (!down || down.dragged || event.pointerId !== down.id) return;
    const toggle = event.shiftKey || event.ctrlKey || event.metaKey;
    const hit = this.driver.pick(down.x, down.y);
    const { selection } = useTwin.getState();
    if (hit !== null || selection.length > 0) this.onSelect(selectionAfterClick(selection, hit, toggle));
  };

  private readonly onLeave = (): void => {
    this.down = null;
    this.leave();
  };

  private readonly onDoubleClick = (event: MouseEvent): void => {
    const at = this.place(event);
    const hit = this.driver.pick(at.x, at.y);
    if (hit !== null) this.driver.focus(hit);
  };

  private leave(): void {
    this.moved = false;
    this.stage.pointAt(null);
    hover(null);
  }

  private place(event: MouseEvent): { x: number; y: number } {
    const box = this.element.getBoundingClientRect();
    return { x: event.clientX - box.left, y: event.clientY - box.top };
  }
}

function hover(chamber: number | null): void {
  if (useTwin.getState().hovered !== chamber) useTwin.setState({ hovered: chamber });
}
