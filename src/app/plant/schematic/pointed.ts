// Which part of the schematic is pointed at or focused.

import { createContext } from 'react';
import type { PartId } from './details.ts';

export interface PointedPart {
  readonly id: PartId;
  readonly area: { readonly x: number; readonly y: number; readonly width: number; readonly height: number };
}

export interface Pointing {
  readonly pointed: PartId | null;
  point(part: PointedPart | null): void;
}

export const PointedContext = createContext<Pointing>({ pointed: null, point: () => undefined });
