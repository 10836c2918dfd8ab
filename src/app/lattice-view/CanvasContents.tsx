// The seam between React and the driver: makes it when the renderer is there, gives it every animation frame and size.

import { useFrame, useThree } from '@react-three/fiber';
import { useEffect, useRef } from 'react';
import { PerspectiveCamera } from 'three';
import { LatticeDriver } from './driver.ts';
import type { Stage } from './stage.ts';

interface Props {
  readonly stage: Stage;
  readonly element: HTMLElement;
  readonly onSelect: (ids: number[]) => void;
}

export function CanvasContents({ stage, element, onSelect }: Props) {
  const { gl, scene, camera, invalidate, size } = useThree();
  const driver = useRef<LatticeDriver | null>(null);
  const select = useRef(onSelect);
  useEffect(() => {
    select.current = onSelect;
  }, [onSelect]);

  useEffect(() => {
    if (!(camera instanceof PerspectiveCamera)) throw new Error('The lattice needs a perspective camera');
    const made = new LatticeDriver({
      gl,
      scene,
      camera,
      stage,
      element,
      invalidate: () => invalidate(),
      onSelect: (ids) => select.current(ids),
    });
    driver.current = made;
    return () => {
      driver.current = null;
      made.dispose();
    };
  }, [gl, scene, camera, invalidate, stage, element]);

  useEffect(() => driver.current?.resize(size.width, size.height), [size]);

  // A priority above zero hands the drawing to the driver.
  useFrame(() => driver.current?.frame(), 1);
  return null;
}
