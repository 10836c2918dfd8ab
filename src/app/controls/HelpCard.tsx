// One card for all rows: key, meaning, range, default, what it affects, where the seed names it. Shown beside a row after
// a moment of hovering its label or reaching it by Tab; one floating element instead of a hundred.

import { createContext, type ReactNode, useContext, useEffect, useId, useMemo, useRef, useState } from 'react';
import { createPortal } from 'react-dom';
import { type ParameterKey, parameterRow } from '../../engine/parameters/table.ts';
import type { ParameterRow } from '../../engine/parameters/types.ts';
import { convert } from '../../engine/parameters/units.ts';
import { validityRule } from '../../engine/parameters/validity-limits.ts';
import { symbolOf, typed, withUnit } from '../shell/format.ts';
import classes from './HelpCard.module.css';

interface Card {
  readonly key: ParameterKey;
  readonly x: number;
  readonly y: number;
}
interface CardActions {
  show(key: ParameterKey, anchor: Element, delayMs: number): void;
  hide(): void;
}

const Context = createContext<CardActions>({ show: () => undefined, hide: () => undefined });
const WIDTH = 300;
const GAP = 10;

export function HelpCardProvider({ children }: { children: ReactNode }) {
  const [card, setCard] = useState<Card | null>(null);
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined);
  const actions = useMemo<CardActions>(() => {
    const hide = () => {
      clearTimeout(timer.current);
      setCard(null);
    };
    return {
      show: (key, anchor, delayMs) => {
        clearTimeout(timer.current);
        timer.current = setTimeout(() => {
          const row = anchor.getBoundingClientRect();
          const panel = (anchor.closest('aside') ?? anchor).getBoundingClientRect();
          const beside = panel.right + GAP + WIDTH < window.innerWidth;
          setCard({ key, x: beside ? panel.right + GAP : row.left, y: beside ? row.top : row.bottom + GAP });
        }, delayMs);
      },
      hide,
    };
  }, []);
  useEffect(() => {
    const onKey = (event: KeyboardEvent) => event.key === 'Escape' && actions.hide();
    window.addEventListener('keydown', onKey);
    window.addEventListener('wheel', actions.hide, { passive: true });
    return () => {
      clearTimeout(timer.current);
      window.removeEventListener('keydown', onKey);
      window.removeEventListener('wheel', actions.hide);
    };
  }, [actions]);
  return (
    <Context value={actions}>
      {children}
      {card && createPortal(<CardView card={card} />, document.body)}
    </Context>
  );
}

export function useHelpCard(key: ParameterKey): { show(anchor: Element, delayMs: number): void; hide(): void } {
  const { show, hide } = useContext(Context);
  return useMemo(() => ({ show: (anchor, delayMs) => show(key, anchor, delayMs), hide }), [key, show, hide]);
}

const EFFECTS = {
  live: 'at the next step',
  rebuild: 'rebuilds the lattice, keeping its state where it can',
  planned: 'not modelled yet: kept in the file',
} as const;

function CardView({ card }: { card: Card }) {
  const id = useId();
  const row = parameterRow(card.key);
  const rule = validityRule(card.key);
  const facts: (readonly [string, string])[] = [
    ['Range', rangeText(row)],
    ['Default', defaultText(row)],
    ['Affects', row.affects],
    ...(rule === '' ? [] : [['Valid while', rule] as const]),
    ['Acts', EFFECTS[row.effect]],
    ['Source', row.seed ? `seed, ${row.seed}` : 'twin'],
  ];
  return (
    <div
      role="tooltip"
      id={id}
      className={classes.card}
      style={{ left: card.x, top: Math.max(8, Math.min(card.y, window.innerHeight - 220)), width: WIDTH }}
    >
      <p className={classes.title}>{row.label}</p>
      <p className={classes.key}>{card.key}</p>
      <p>{row.help}</p>
      <dl className={classes.facts}>
        {facts
          .filter(([, text]) => text !== '')
          .map(([name, text]) => (
            <div key={name}>
              <dt>{name}</dt>
              <dd>{text}</dd>
            </div>
          ))}
      </dl>
    </div>
  );
}

const shown = (value: number, row: ParameterRow): string =>
  typed(convert(value, row.unit, row.displayUnit ?? row.unit));
const unitText = (row: ParameterRow): string => symbolOf(row.displayUnit ?? row.unit);

function rangeText(row: ParameterRow): string {
  if (row.min === undefined || row.max === undefined) return '';
  return withUnit(`${shown(row.min, row)} to ${shown(row.max, row)}`, unitText(row));
}

function defaultText(row: ParameterRow): string {
  const value = row.default;
  if (typeof value === 'number') return withUnit(shown(value, row), unitText(row));
  if (typeof value === 'boolean') return value ? 'on' : 'off';
  if (typeof value === 'string') return row.choiceLabels?.[value] ?? value;
  if (Array.isArray(value) && typeof value[0] === 'number') {
    return withUnit(
      value.map((x) => shown(x as number, row)).join(row.kind === 'range' ? ' to ' : ' × '),
      unitText(row),
    );
  }
  return '';
}
