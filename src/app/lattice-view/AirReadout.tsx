// The card beside the pointer over the section through the room's air: temperature, speed and velocity there. Filled from
// the pointer and the drawn field, past React.

import { useEffect, useRef } from 'react';
import { useTwin } from '../state/store.ts';
import { beside } from './card-place.ts';
import { formatNumber } from './format.ts';
import classes from './HoverReadout.module.css';
import type { Stage } from './stage.ts';

const ROWS = ['Temperature', 'Speed', 'Velocity x, y, z', 'Place x, y, z'] as const;
const K_DECIMALS = 2;
const SPEED_DECIMALS = 3;

export function AirReadout({ stage }: { stage: Stage }) {
  const card = useRef<HTMLDivElement>(null);
  useEffect(() => {
    const look = (): void => {
      const { current } = card;
      if (!current) return;
      const air = stage.driver?.airUnder(useTwin.getState().hovered) ?? null;
      current.hidden = air === null;
      if (!air) return;
      const three = (values: readonly number[], decimals: number): string =>
        values.map((value) => formatNumber(value, decimals)).join(', ');
      const texts = [
        `${formatNumber(air.temperature, K_DECIMALS)}\u202fK`,
        `${formatNumber(air.speed, SPEED_DECIMALS)}\u202fm/s`,
        three(air.velocity, SPEED_DECIMALS),
        `${three(air.point, 2)}\u202fm`,
      ];
      current.querySelectorAll('dd').forEach((row, i) => {
        const text = texts[i] ?? '';
        if (row.textContent !== text) row.textContent = text;
      });
      beside(stage.pointer, current);
    };
    look();
    const ends = [
      stage.onPointer(look),
      stage.onDrawn(look),
      useTwin.subscribe((now, before) => {
        if (now.hovered !== before.hovered) look();
      }),
    ];
    return () => {
      for (const end of ends) end();
    };
  }, [stage]);
  return (
    <div ref={card} className={classes.card} data-testid="air-readout" aria-hidden="true" hidden>
      <p className={classes.title}>Room air</p>
      <dl className={classes.values}>
        {ROWS.map((label) => (
          <div key={label}>
            <dt>{label}</dt>
            <dd />
          </div>
        ))}
      </dl>
    </div>
  );
}
