// A part of the schematic that can be pointed at and reached by keyboard: it shows its card, and may do something when it is pressed.

import { type KeyboardEvent, type ReactNode, useContext } from 'react';
import type { Schematic } from '../../../worker/schematic.ts';
import { detailOf, type PartId } from './details.ts';
import { PointedContext } from './pointed.ts';
import own from './Schematic.module.css';

interface Props {
  readonly id: PartId;
  readonly data: Schematic;
  /** Area that takes the pointer. */
  readonly area: { readonly x: number; readonly y: number; readonly width: number; readonly height: number };
  readonly onPress?: () => void;
  readonly children: ReactNode;
}

export function Part({ id, data, area, onPress, children }: Props) {
  const { pointed, point } = useContext(PointedContext);
  const detail = detailOf(id, data);
  const label = detail && [detail.title, ...detail.rows.map(([name, value]) => `${name} ${value}`)].join('; ');
  const press = (event: KeyboardEvent) => {
    if (event.key !== 'Enter' && event.key !== ' ') return;
    onPress?.();
    event.preventDefault();
  };
  const shown = { id, area };
  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: the role is given, as image or as button
    <g
      role={onPress ? 'button' : 'img'}
      aria-label={label ?? undefined}
      tabIndex={0}
      className={own.part}
      data-pressable={onPress ? true : undefined}
      data-pointed={pointed === id || undefined}
      onPointerEnter={() => point(shown)}
      onPointerLeave={() => point(null)}
      onFocus={() => point(shown)}
      onBlur={() => point(null)}
      onClick={onPress}
      onKeyDown={onPress && press}
    >
      <rect {...area} rx="4" className={own.area} />
      {children}
    </g>
  );
}
