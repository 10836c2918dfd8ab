// Where one is and how large it is: the directions of x, y and z, and a length at the distance one turns about.

import { useEffect, useRef } from 'react';
import { useTwin } from '../state/store.ts';
import { formatLength } from './format.ts';
import { gridStep } from './room.ts';
import classes from './ScaleBar.module.css';
import type { DrawnView, Stage } from './stage.ts';

const LONGEST_PX = 96;
const ARM = 15;
const AXES = ['x', 'y', 'z'] as const;

export function ScaleBar({ stage }: { stage: Stage }) {
  const bar = useRef<HTMLDivElement>(null);
  const label = useRef<HTMLSpanElement>(null);
  const axes = useRef<SVGSVGElement>(null);
  const room = useTwin((s) => s.view.room);
  const step = useTwin((s) => (s.layout ? gridStep(s.layout.roomM[0], s.layout.roomM[1]) : 1));

  useEffect(() => {
    const end = stage.onDrawn((view) => {
      if (bar.current && label.current) measure(view, bar.current, label.current);
      if (axes.current) point(view, axes.current);
    });
    stage.redraw();
    return end;
  }, [stage]);

  return (
    <div className={classes.scale} aria-hidden="true">
      <div className={classes.lengths}>
        <span ref={label} className={classes.label} />
        <div ref={bar} className={classes.bar} />
        {room && <span className={classes.grid}>floor grid {formatLength(step)}</span>}
      </div>
      <svg ref={axes} className={classes.axes} width="48" height="48" viewBox="-24 -24 48 48" aria-hidden="true">
        {AXES.map((name) => (
          <g key={name}>
            <line x1="0" y1="0" />
            <text textAnchor="middle" dominantBaseline="central">
              {name}
            </text>
          </g>
        ))}
      </svg>
    </div>
  );
}

/** The largest of 1, 2, 5 × 10ⁿ not above x. */
export function roundDown(x: number): number {
  const decade = 10 ** Math.floor(Math.log10(x) + 1e-9);
  const step = [5, 2, 1].find((s) => s * decade <= x * (1 + 1e-9)) ?? 1;
  return Number((step * decade).toPrecision(3));
}

function measure({ camera, height, distance }: DrawnView, bar: HTMLElement, label: HTMLElement): void {
  const perMetre = (0.5 * height) / Math.tan((camera.fov * Math.PI) / 360) / distance;
  const length = roundDown(LONGEST_PX / perMetre);
  const width = `${Math.round(length * perMetre)}px`;
  if (bar.style.width !== width) bar.style.width = width;
  const text = formatLength(length);
  if (label.textContent !== text) label.textContent = text;
}

function point({ camera }: DrawnView, svg: SVGSVGElement): void {
  const m = camera.matrixWorldInverse.elements;
  for (let axis = 0; axis < 3; axis++) {
    const x = m[4 * axis] ?? 0;
    const y = -(m[4 * axis + 1] ?? 0);
    const away = (m[4 * axis + 2] ?? 0) < -0.02;
    const group = svg.children[axis];
    const line = group?.children[0];
    const name = group?.children[1];
    if (!group || !line || !name) continue;
    const short = Math.hypot(x, y) < 0.2;
    group.setAttribute('class', `${classes.axis} ${away ? classes.away : ''}`);
    line.setAttribute('x2', (x * ARM).toFixed(1));
    line.setAttribute('y2', (y * ARM).toFixed(1));
    name.setAttribute('visibility', short ? 'hidden' : 'visible');
    name.setAttribute('x', (x * (ARM + 6)).toFixed(1));
    name.setAttribute('y', (y * (ARM + 6)).toFixed(1));
  }
}
