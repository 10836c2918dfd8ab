// The canvas and its renderer. Made with fiber's root instead of its Canvas component, which would bring in all of three.js
// for elements nobody writes here: the scene is the driver's.

import { createRoot, type ReconcilerRoot } from '@react-three/fiber';
import { type ReactNode, useEffect, useRef } from 'react';
import { graphics } from './graphics.ts';
import classes from './LatticeView.module.css';

const MOST_PIXEL_RATIO = 1.75;
const CAMERA = { fov: 30, near: 0.02, far: 100, position: [3, -5, 3] as const, up: [0, 0, 1] as const };

export function LatticeCanvas({ children }: { children: ReactNode }) {
  const box = useRef<HTMLDivElement>(null);
  const root = useRef<ReconcilerRoot<HTMLCanvasElement> | null>(null);
  const contents = useRef(children);
  useEffect(() => {
    contents.current = children;
    root.current?.render(children);
  }, [children]);

  useEffect(() => {
    const element = box.current;
    if (!element) return;
    const canvas = document.createElement('canvas');
    element.append(canvas);
    const made = createRoot(canvas);
    let alive = true;
    const resize = async (): Promise<void> => {
      const { clientWidth: width, clientHeight: height } = element;
      if (width === 0 || height === 0) return;
      await made.configure(settings(width, height));
      if (!alive || root.current) return;
      root.current = made;
      made.render(contents.current);
    };
    const observer = new ResizeObserver(() => void resize());
    observer.observe(element);
    return () => {
      alive = false;
      observer.disconnect();
      root.current = null;
      made.unmount();
      canvas.remove();
    };
  }, []);
  return <div ref={box} className={classes.drawing} />;
}

function settings(width: number, height: number): Parameters<ReconcilerRoot<HTMLCanvasElement>['configure']>[0] {
  const { software } = graphics();
  return {
    flat: true,
    frameloop: 'demand',
    dpr: software ? 1 : [1, MOST_PIXEL_RATIO],
    camera: CAMERA,
    size: { width, height, top: 0, left: 0 },
    gl: {
      alpha: false,
      antialias: !software,
      powerPreference: 'high-performance',
      // The tests and the picture export read what was drawn.
      preserveDrawingBuffer: true,
    },
  };
}
