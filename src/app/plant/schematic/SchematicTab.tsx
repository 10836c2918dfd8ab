// The plant as a piping and instrumentation diagram, with live figures: store, headers, valves, layers of chambers, compressor, room. A
// part that is pointed at or focused shows all there is to know of it.

import { Button } from '@mantine/core';
import { useCallback, useMemo, useRef, useState } from 'react';
import type { FarmCalls, Problem } from '../../../worker/protocol.ts';
import type { Remote } from '../../../worker/rpc.ts';
import type { Schematic } from '../../../worker/schematic.ts';
import { useSize } from '../../charts/use-size.ts';
import { edit } from '../../state/actions.ts';
import { useTwin } from '../../state/store.ts';
import classes from '../Plant.module.css';
import { usePlantAnswer } from '../plant-store.ts';
import { Refusals } from '../Refusals.tsx';
import { detailOf } from './details.ts';
import { Heads, ReturnSide, Room, SupplySide } from './Frame.tsx';
import { BADGE_WORDS, lettersOf } from './figures.ts';
import { cardPlace, type Geometry, geometryOf } from './geometry.ts';
import { LayerRow } from './LayerRow.tsx';
import { PointedContext, type PointedPart } from './pointed.ts';
import own from './Schematic.module.css';
import { Badges } from './Symbols.tsx';

const INTERVAL_MS = 300;
/** Of farms for which one picture costs the engine a tenth of a second. */
const LARGE = 20_000;
const LARGE_INTERVAL_MS = 1500;
const ask = (farm: Remote<FarmCalls>): Promise<Schematic> => farm.schematic();

export function SchematicTab() {
  const large = useTwin((s) => (s.layout?.chambers ?? 0) > LARGE);
  const data = usePlantAnswer(ask, large ? LARGE_INTERVAL_MS : INTERVAL_MS);
  if (!data) return <p className={classes.empty}>Asking the plant</p>;
  return (
    <div className={own.tab}>
      {!data.headers && <HeadersOff />}
      <Drawing data={data} />
    </div>
  );
}

/** Said while there are no headers, with the one edit that turns them on. */
function HeadersOff() {
  const [problems, setProblems] = useState<readonly Problem[]>([]);
  const turnOn = async () => {
    const reply = await edit({ 'headers.enabled': true }, 'Turn headers on');
    setProblems(reply.ok ? [] : reply.problems);
  };
  return (
    <div className={own.off} role="note">
      <span>The headers are off: no gas comes in or goes out but by vents and relief valves.</span>
      <Button variant="light" onClick={() => void turnOn()}>
        Turn headers on
      </Button>
      {problems.length > 0 && <Refusals problems={problems} />}
    </div>
  );
}

/** Room the card may take, px. */
const CARD = { width: 300, height: 190 };

function Drawing({ data }: { data: Schematic }) {
  const scroller = useRef<HTMLElement>(null);
  const { width } = useSize(scroller);
  const [part, setPart] = useState<PointedPart | null>(null);
  const point = useCallback((next: PointedPart | null) => setPart(next), []);
  const pointing = useMemo(() => ({ pointed: part?.id ?? null, point }), [part, point]);
  const geometry = geometryOf(width, data.layers.length);
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: a scrolling region must be reachable by keyboard
    <section ref={scroller} className={own.scroll} aria-label="Schematic" tabIndex={0}>
      <PointedContext value={pointing}>
        {width > 0 && (
          // biome-ignore lint/a11y/useSemanticElements: an SVG has no fieldset
          <svg
            width={geometry.width}
            height={geometry.height}
            viewBox={`0 0 ${geometry.width} ${geometry.height}`}
            className={own.drawing}
            role="group"
            aria-label="Piping and instrumentation of the plant"
          >
            <Room data={data} geometry={geometry} />
            <Heads geometry={geometry} grouped={data.layers.some(({ first, last }) => first !== last)} />
            <SupplySide data={data} geometry={geometry} />
            <ReturnSide data={data} geometry={geometry} />
            {data.layers.map((layer, row) => (
              <LayerRow key={layer.first} row={row} layer={layer} geometry={geometry} data={data} />
            ))}
            <Legend data={data} geometry={geometry} />
          </svg>
        )}
      </PointedContext>
      {part && scroller.current && <Card part={part} data={data} view={scroller.current} />}
    </section>
  );
}

/** What the letters mean that are in the drawing now. */
function Legend({ data, geometry: g }: { data: Schematic; geometry: Geometry }) {
  const letters = lettersOf(data.layers, data.manual);
  return (
    <g>
      {letters.map((letter, k) => (
        <g key={letter} transform={`translate(${g.supplyX + 170 + 190 * k} ${g.bottomY + 15})`}>
          <Badges x={0} y={0} badges={[{ letter, words: '', priority: null }]} />
          <text x="18" y="4" className={own.quiet}>
            {BADGE_WORDS[letter]}
          </text>
        </g>
      ))}
    </g>
  );
}

function Card({ part: { id, area }, data, view }: { part: PointedPart; data: Schematic; view: HTMLElement }) {
  const detail = detailOf(id, data);
  if (!detail) return null;
  const { left, top } = cardPlace(area, CARD, {
    left: view.scrollLeft,
    top: view.scrollTop,
    width: view.clientWidth,
    height: view.clientHeight,
  });
  return (
    <div className={own.card} style={{ left, top, maxWidth: CARD.width }} aria-hidden="true">
      <p className={own.cardTitle}>{detail.title}</p>
      <dl>
        {detail.rows.map(([name, value]) => (
          <div key={`${name} ${value}`}>
            <dt>{name}</dt>
            <dd>{value}</dd>
          </div>
        ))}
      </dl>
      {detail.hint !== '' && <p className={classes.muted}>{detail.hint}</p>}
    </div>
  );
}
