// The card beside the pointer: number, layer, place and value of the chamber under it. Its figures are refreshed a few
// times a second from the frame on screen, past React.

import { useEffect, useRef } from 'react';
import type { LayoutData } from '../../worker/protocol.ts';
import { useTwin } from '../state/store.ts';
import { beside } from './card-place.ts';
import classes from './HoverReadout.module.css';
import { layerText, positionText, readings } from './readout.ts';
import type { Stage } from './stage.ts';

const REFRESH_MS = 200;

export function HoverReadout({ stage, layout }: { stage: Stage; layout: LayoutData }) {
  const hovered = useTwin((s) => (s.hovered !== null && s.hovered < layout.chambers ? s.hovered : null));
  const card = useRef<HTMLDivElement>(null);
  const values = useRef<HTMLDListElement>(null);

  useEffect(() => {
    if (hovered === null) return;
    const place = (): void => {
      const { current } = card;
      if (!current) return;
      const { pointer } = stage;
      // The air's card takes its place where the section stands before the chamber.
      current.hidden = pointer === null || (stage.driver?.airUnder(hovered) ?? null) !== null;
      beside(pointer, current);
    };
    let last = Number.NEGATIVE_INFINITY;
    const refresh = (): void => {
      const now = performance.now();
      if (now - last < REFRESH_MS || !values.current) return;
      last = now;
      fill(values.current, stage, hovered);
    };
    refresh();
    place();
    const endDrawn = stage.onDrawn(refresh);
    const endPointer = stage.onPointer(place);
    return () => {
      endDrawn();
      endPointer();
    };
  }, [stage, hovered]);

  if (hovered === null) return null;
  return (
    <div ref={card} className={classes.card} data-testid="lattice-readout" aria-hidden="true">
      <p className={classes.title}>
        Chamber {hovered}
        <span>layer {layerText(layout, hovered)}</span>
      </p>
      <dl ref={values} className={classes.values} />
      <p className={classes.place}>
        {positionText(layout, hovered)} <span>m</span>
      </p>
    </div>
  );
}

function fill(list: HTMLDListElement, stage: Stage, chamber: number): void {
  const rows = readings(stage, chamber);
  while (list.children.length > 2 * rows.length) list.lastChild?.remove();
  rows.forEach(({ label, text }, i) => {
    const term = list.children[2 * i] ?? list.appendChild(document.createElement('dt'));
    const value = list.children[2 * i + 1] ?? list.appendChild(document.createElement('dd'));
    if (term.textContent !== label) term.textContent = label;
    if (value.textContent !== text) value.textContent = text;
  });
}
