// A virtual file, read again and again while it is shown. Long ones come page by page.

import { ActionIcon, Tooltip } from '@mantine/core';
import { useCallback, useState } from 'react';
import type { ProcPage } from '../../../engine/drivers/proc.ts';
import type { FarmCalls } from '../../../worker/protocol.ts';
import type { Remote } from '../../../worker/rpc.ts';
import { CloseIcon } from '../../shell/icons.tsx';
import { Pager } from '../Pager.tsx';
import classes from '../Plant.module.css';
import { usePlantAnswer } from '../plant-store.ts';
import own from './Console.module.css';
import { openFile, useConsole } from './console-store.ts';

const INTERVAL_MS = 500;
const PAGE = 200;
/** Files whose lines are sentences rather than a name and its value. */
const SENTENCES = /(?:^|\/)(?:alarms|faults|log|manual|interlocks|devices)$/;

export function FileView() {
  const file = useConsole((s) => s.file);
  return (
    <section className={own.file} aria-label="File">
      {file === null ? (
        <p className={classes.empty}>Choose a file at the left to read it here. Its values follow the farm.</p>
      ) : (
        <OpenFile key={file} path={file} />
      )}
    </section>
  );
}

function OpenFile({ path }: { path: string }) {
  const [offset, setOffset] = useState(0);
  const ask = useCallback((farm: Remote<FarmCalls>) => farm.procRead(path, offset, PAGE), [path, offset]);
  const page = usePlantAnswer(ask, INTERVAL_MS);
  return (
    <>
      <div className={own.head}>
        <h3 className={own.title} title={`/proc/gas_oscillation/${path}`}>
          {path}
        </h3>
        <span className={classes.end}>
          <Tooltip label="Close the file">
            <ActionIcon size={24} aria-label="Close the file" onClick={() => openFile(null)}>
              <CloseIcon />
            </ActionIcon>
          </Tooltip>
        </span>
      </div>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: a scrolling region must be reachable by keyboard */}
      <section className={own.lines} aria-label={`Contents of ${path}`} tabIndex={0}>
        {page && <Lines page={page} sentences={SENTENCES.test(path)} />}
      </section>
      {page?.ok && page.total > PAGE && (
        <Pager
          nouns={['line', 'lines']}
          words={['Earlier', 'Later']}
          offset={offset}
          shown={page.lines.length}
          total={page.total}
          page={PAGE}
          onOffset={setOffset}
        />
      )}
    </>
  );
}

function Lines({ page, sentences }: { page: ProcPage; sentences: boolean }) {
  if (!page.ok) {
    return (
      <p className={classes.empty}>
        {page.problem.message} {page.problem.remedy}
      </p>
    );
  }
  if (page.lines.length === 0) return <p className={classes.empty}>The file is empty.</p>;
  if (sentences) return <pre className={own.sentences}>{page.lines.join('\n')}</pre>;
  return (
    <dl className={own.values}>
      {page.lines.map((line, index) => {
        const cut = line.indexOf(' ');
        return (
          // biome-ignore lint/suspicious/noArrayIndexKey: lines are told by their place
          <div key={index}>
            <dt>{cut < 0 ? line : line.slice(0, cut)}</dt>
            <dd>{cut < 0 ? '' : line.slice(cut + 1)}</dd>
          </div>
        );
      })}
    </dl>
  );
}
