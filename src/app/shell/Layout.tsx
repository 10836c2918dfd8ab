// Where the panels stand: top bar, controls at the left, lattice in the middle, inspector at the right, charts below.
// Sizes are CSS variables from the panel store; below 1100 px the panels stack and the page scrolls.

import { type CSSProperties, lazy, type ReactNode, Suspense } from 'react';
import { ChartsPanel } from '../charts/ChartsPanel.tsx';
import { ControlsPanel } from '../controls/ControlsPanel.tsx';
import { InspectorPanel } from '../inspector/InspectorPanel.tsx';
import { usePerformanceShown } from '../performance/performance-shown.ts';
import { AlarmBanner } from '../plant/AlarmBell.tsx';
import { selectChambers } from '../state/actions.ts';
import { usePanels } from '../state/panels.ts';
import { useTwin } from '../state/store.ts';
import { ErrorBoundary } from './ErrorBoundary.tsx';
import classes from './Layout.module.css';
import { Separator } from './Separator.tsx';
import { LatticeSkeleton, PanelSkeleton } from './Skeleton.tsx';
import { TopBar } from './TopBar.tsx';

// Its code travels while the engine starts; a failure shows where the view would be.
const latticeModule = import('../lattice-view/LatticeView.tsx');
latticeModule.catch(() => undefined);
const LatticeView = lazy(async () => ({ default: (await latticeModule).LatticeView }));
const PerformanceFigures = lazy(async () => ({
  default: (await import('../performance/PerformanceFigures.tsx')).PerformanceFigures,
}));
const PlantPanel = lazy(async () => ({ default: (await import('../plant/PlantPanel.tsx')).PlantPanel }));
const selectIds = (ids: number[]) => selectChambers(ids);

export function Layout({ onHelp }: { onHelp: () => void }) {
  const { controls, inspector, charts, plant } = usePanels();
  const lost = useTwin((s) => s.phase === 'lost');
  const loading = useTwin((s) => s.status === null);
  const style = {
    '--controls-size': `${controls.size}px`,
    '--inspector-size': `${inspector.size}px`,
    '--dock-size': `${plant.open ? plant.size : charts.size}px`,
  } as CSSProperties;
  return (
    <div className={classes.page} style={style} inert={lost}>
      <TopBar onHelp={onHelp} />
      <div className={classes.body}>
        {controls.open && (
          <aside className={classes.controls} aria-label="Controls">
            <Separator panel="controls" label="Resize controls" edge="right" />
            {loading ? (
              <PanelSkeleton title="Controls" rows={14} />
            ) : (
              <Guarded name="controls" part={<ControlsPanel />} />
            )}
          </aside>
        )}
        <div className={classes.right}>
          <div className={classes.upper}>
            <main className={classes.lattice} aria-label="Lattice">
              <Lattice />
            </main>
            {inspector.open && (
              <aside className={classes.inspector} aria-label="Inspector">
                <Separator panel="inspector" label="Resize inspector" edge="left" />
                {loading ? (
                  <PanelSkeleton title="Inspector" rows={9} />
                ) : (
                  <Guarded name="inspector" part={<InspectorPanel />} />
                )}
              </aside>
            )}
          </div>
          {(charts.open || plant.open) && <Dock charts={charts.open} plant={plant.open} loading={loading} />}
        </div>
      </div>
    </div>
  );
}

/** Plant and charts share the bottom; one height for both. */
function Dock({ charts, plant, loading }: { charts: boolean; plant: boolean; loading: boolean }) {
  return (
    <div className={classes.dock}>
      <Separator panel={plant ? 'plant' : 'charts'} label={plant ? 'Resize plant' : 'Resize charts'} edge="top" />
      {plant && (
        <section className={classes.plant} aria-label="Plant">
          <Guarded
            name="plant"
            part={
              <Suspense fallback={<PanelSkeleton title="Plant" rows={6} />}>
                {loading ? <PanelSkeleton title="Plant" rows={6} /> : <PlantPanel />}
              </Suspense>
            }
          />
        </section>
      )}
      {charts && (
        <section className={classes.charts} aria-label="Charts">
          {loading ? <PanelSkeleton title="Charts" rows={4} /> : <Guarded name="charts" part={<ChartsPanel />} />}
        </section>
      )}
    </div>
  );
}

function Lattice() {
  const measured = usePerformanceShown((s) => s.shown);
  const paused = useTwin((s) => s.phase === 'ready' && s.status?.running === false);
  return (
    <>
      <Guarded
        name="lattice"
        part={
          <Suspense fallback={<LatticeSkeleton />}>
            <LatticeView onSelect={selectIds} />
          </Suspense>
        }
      />
      <AlarmBanner />
      {paused && <p className={classes.paused}>Paused</p>}
      {measured && (
        <Guarded
          name="performance figures"
          part={
            <Suspense fallback={null}>
              <PerformanceFigures />
            </Suspense>
          }
        />
      )}
    </>
  );
}

function Guarded({ name, part }: { name: string; part: ReactNode }) {
  return <ErrorBoundary name={name}>{part}</ErrorBoundary>;
}
