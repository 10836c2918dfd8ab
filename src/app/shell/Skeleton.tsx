// What stands where the panels will be while the engine starts: their real frames, still and quiet.

import classes from './Skeleton.module.css';

export function PanelSkeleton({ title, rows }: { title: string; rows: number }) {
  return (
    <div className={classes.panel} aria-busy="true">
      <p className={classes.title}>{title}</p>
      {Array.from({ length: rows }, (_, row) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: the rows are all alike and never move
        <div key={row} className={classes.row} aria-hidden="true">
          <span style={{ width: `${34 + ((row * 37) % 30)}%` }} />
          <span style={{ width: '22%' }} />
        </div>
      ))}
    </div>
  );
}

export function LatticeSkeleton() {
  return (
    <div className={classes.lattice} aria-busy="true">
      <svg viewBox="0 0 200 140" className={classes.room} aria-hidden="true">
        <path d="M20 100 90 130 180 104 112 78zM20 40v60M90 66v64M180 42v62M112 20v58M20 40l70 26 90-24-68-22z" />
      </svg>
      <p role="status">Starting the engine</p>
    </div>
  );
}
