// The virtual files as a tree: directories open at a click, page by page where they are long; a file is read at a click.

import { type KeyboardEvent, useCallback, useEffect, useState } from 'react';
import { ChevronIcon } from '../../shell/icons.tsx';
import { client } from '../../state/farm-client.ts';
import { useTwin } from '../../state/store.ts';
import own from './Console.module.css';
import { openFile, useConsole } from './console-store.ts';

/** Entries of a directory that are asked for at a time. */
const PAGE = 100;

interface Listing {
  readonly names: readonly string[];
  readonly total: number;
}

/** One entry of a directory, asked for when it is shown. */
function useListing(path: string): { readonly listing: Listing | null; readonly more: () => void } {
  const layout = useTwin((s) => s.status?.layoutVersion);
  const values = useTwin((s) => s.status?.valuesVersion);
  const [wanted, setWanted] = useState(PAGE);
  const [listing, setListing] = useState<Listing | null>(null);
  // biome-ignore lint/correctness/useExhaustiveDependencies: another farm has other files
  useEffect(() => {
    let alive = true;
    client
      .poll((farm) => farm.procList(path, 0, wanted))
      .then((page) => {
        if (alive && page.ok) setListing({ names: page.lines, total: page.total });
      })
      // A lost engine is told elsewhere.
      .catch(() => undefined);
    return () => {
      alive = false;
    };
  }, [path, wanted, layout, values]);
  const more = useCallback(() => setWanted((n) => n + PAGE), []);
  return { listing, more };
}

export function ProcTree() {
  return (
    <nav className={own.tree} aria-label="Files of the farm">
      <div role="tree" aria-label="/proc/gas_oscillation" onKeyDown={walk}>
        <Entries path="" level={1} />
      </div>
    </nav>
  );
}

/** Arrow keys from row to row; right opens a directory, left shuts it or goes to the one that holds it. */
function walk(event: KeyboardEvent<HTMLElement>): void {
  const row = event.target instanceof HTMLElement ? event.target.closest<HTMLElement>('[role="treeitem"]') : null;
  if (!row) return;
  const rows = [...event.currentTarget.querySelectorAll<HTMLElement>('[role="treeitem"]')];
  const at = rows.indexOf(row);
  const open = row.getAttribute('aria-expanded');
  const to = (target: HTMLElement | null | undefined): void => {
    target?.focus();
    event.preventDefault();
  };
  if (event.key === 'ArrowDown') to(rows[at + 1]);
  else if (event.key === 'ArrowUp') to(rows[at - 1]);
  else if (event.key === 'Home') to(rows[0]);
  else if (event.key === 'End') to(rows.at(-1));
  else if (event.key === 'ArrowRight') {
    if (open === 'false') row.click();
    else if (open === 'true') rows[at + 1]?.focus();
    event.preventDefault();
  } else if (event.key === 'ArrowLeft') {
    if (open === 'true') row.click();
    else {
      const level = Number(row.getAttribute('aria-level'));
      to(rows.slice(0, at).findLast((one) => Number(one.getAttribute('aria-level')) < level));
    }
    event.preventDefault();
  } else if (event.key === 'Enter' || event.key === ' ') {
    row.click();
    event.preventDefault();
  }
}

function Entries({ path, level }: { path: string; level: number }) {
  const { listing, more } = useListing(path === '' ? '.' : path);
  if (!listing) return null;
  const rest = listing.total - listing.names.length;
  return (
    <>
      {listing.names.map((name, index) => (
        <TreeEntry key={name} path={path} name={name} level={level} first={level === 1 && index === 0} />
      ))}
      {rest > 0 && (
        // biome-ignore lint/a11y/useKeyWithClickEvents: the tree's own handler presses it
        <div
          role="treeitem"
          aria-level={level}
          tabIndex={-1}
          className={own.row}
          style={{ paddingLeft: 12 + 14 * level }}
          onClick={more}
        >
          {Math.min(PAGE, rest)} more of {rest}
        </div>
      )}
    </>
  );
}

interface TreeEntryProps {
  readonly path: string;
  readonly name: string;
  readonly level: number;
  /** The row to which Tab goes. */
  readonly first: boolean;
}

function TreeEntry({ path, name, level, first }: TreeEntryProps) {
  const [open, setOpen] = useState(false);
  const file = useConsole((s) => s.file);
  const isDirectory = name.endsWith('/');
  const plain = isDirectory ? name.slice(0, -1) : name;
  const whole = path === '' ? plain : `${path}/${plain}`;
  const act = () => (isDirectory ? setOpen(!open) : openFile(whole));
  return (
    <>
      {/* biome-ignore lint/a11y/useKeyWithClickEvents: the tree's own handler presses it */}
      <div
        role="treeitem"
        aria-level={level}
        aria-expanded={isDirectory ? open : undefined}
        aria-selected={!isDirectory && file === whole}
        tabIndex={first ? 0 : -1}
        className={own.row}
        style={{ paddingLeft: 12 + 14 * (level - 1) }}
        onClick={act}
      >
        <span className={own.chevron} data-open={open || undefined}>
          {isDirectory && <ChevronIcon />}
        </span>
        {name}
      </div>
      {isDirectory && open && <Entries path={whole} level={level + 1} />}
    </>
  );
}
