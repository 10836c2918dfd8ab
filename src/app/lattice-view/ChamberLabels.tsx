// Numbers beside the selected chambers, moved with the camera past React. At most eight: beyond that they hide the data.

import { useEffect, useRef } from 'react';
import { Vector3 } from 'three';
import { useTwin } from '../state/store.ts';
import classes from './ChamberLabels.module.css';
import type { DrawnView, Stage } from './stage.ts';
import { layerShown } from './walk.ts';

const MOST = 8;

export function ChamberLabels({ stage }: { stage: Stage }) {
  const selection = useTwin((s) => s.selection);
  const box = useRef<HTMLDivElement>(null);
  const shown = selection.slice(0, MOST);

  // biome-ignore lint/correctness/useExhaustiveDependencies: a new selection has new labels to place
  useEffect(() => {
    const end = stage.onDrawn((view) => place(stage, view, box.current));
    stage.redraw();
    return end;
  }, [stage, selection]);

  return (
    <div ref={box} className={classes.labels} aria-hidden="true">
      {shown.map((id) => (
        <span key={id} data-chamber={id} className={classes.label}>
          {id}
        </span>
      ))}
    </div>
  );
}

const point = new Vector3();

function place(stage: Stage, { camera, width, height }: DrawnView, box: HTMLElement | null): void {
  const lattice = stage.driver?.lattice;
  const layout = lattice?.layout;
  if (!box || !lattice || !layout) return;
  const { layers } = useTwin.getState().view;
  const perMetre = (0.5 * height) / Math.tan((camera.fov * Math.PI) / 360);
  for (const label of box.children as HTMLCollectionOf<HTMLElement>) {
    const id = Number(label.dataset.chamber);
    lattice.placeOf(id, point).applyMatrix4(camera.matrixWorldInverse);
    const depth = -point.z;
    point.applyMatrix4(camera.projectionMatrix);
    const shown = depth > camera.near && id < layout.chambers && layerShown(layout.layers[id] ?? 0, layers);
    label.style.visibility = shown ? 'visible' : 'hidden';
    if (!shown) continue;
    const reach = (layout.chamberRadiusM * perMetre) / depth;
    const x = (0.5 + 0.5 * point.x) * width + 0.78 * reach + 3;
    const y = (0.5 - 0.5 * point.y) * height - 0.78 * reach - 20;
    label.style.transform = `translate(${Math.round(x)}px, ${Math.round(y)}px)`;
  }
}
