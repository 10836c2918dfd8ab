// The frame of a side panel: a title, its tools, a close button, and a body that scrolls.

import { ActionIcon, Tooltip } from '@mantine/core';
import type { ReactNode } from 'react';
import { type PanelName, setPanelOpen } from '../state/panels.ts';
import { CloseIcon } from './icons.tsx';
import classes from './Panel.module.css';

interface Props {
  readonly name: PanelName;
  readonly title: string;
  readonly note?: ReactNode;
  readonly tools?: ReactNode;
  readonly children: ReactNode;
}

export function Panel({ name, title, note, tools, children }: Props) {
  return (
    <>
      <header className={classes.header}>
        <h2 className={classes.title}>{title}</h2>
        {note !== undefined && <span className={classes.note}>{note}</span>}
        <div className={classes.tools}>
          {tools}
          <Tooltip label={`Close ${title.toLowerCase()}`}>
            <ActionIcon size={24} aria-label={`Close ${title.toLowerCase()}`} onClick={() => setPanelOpen(name, false)}>
              <CloseIcon />
            </ActionIcon>
          </Tooltip>
        </div>
      </header>
      {children}
    </>
  );
}
