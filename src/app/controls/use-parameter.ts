// One parameter under a person's hand: what to show, how to change it while dragging, how to end or cancel the drag.
// Owns nothing but the draft of an interaction under way; the value itself is the store's copy of the engine's.

import { useEffect, useRef, useState } from 'react';
import { type ParameterKey, parameterRow } from '../../engine/parameters/table.ts';
import type { ParameterRow, ParameterValue } from '../../engine/parameters/types.ts';
import type { EditReply, Problem } from '../../worker/protocol.ts';
import { edit, newInteraction } from '../state/actions.ts';
import { sameValue } from '../state/history.ts';
import { useTwin } from '../state/store.ts';

export interface RowMessage {
  readonly tone: 'error' | 'warning';
  readonly text: string;
}

/** A refusal stays this long: the value it was about is already back. */
const REFUSAL_SHOWN_MS = 12_000;

export interface ParameterControl {
  readonly key: ParameterKey;
  readonly row: ParameterRow;
  /** The draft of an interaction under way, else the engine's value. */
  readonly value: ParameterValue;
  readonly loaded: ParameterValue;
  readonly changed: boolean;
  readonly message: RowMessage | null;
  /** Value at the start of the interaction under way, else the present one. */
  start(): ParameterValue;
  /** Acts at once and keeps the interaction open: a drag. */
  change(value: ParameterValue): void;
  /** Ends the interaction. */
  finish(): void;
  /** Puts back what was there when the interaction began. */
  cancel(): void;
  /** One change by itself. */
  commit(value: ParameterValue): void;
  /** What was typed cannot be read. */
  refuse(reason: string): void;
}

export function useParameter(key: ParameterKey): ParameterControl {
  const row = parameterRow(key);
  const stored = useTwin((s): ParameterValue => s.values[key]);
  const loaded = useTwin((s): ParameterValue => s.loadedValues[key]);
  const [draft, setDraft] = useState<{ value: ParameterValue } | null>(null);
  const [message, setMessage] = useState<RowMessage | null>(null);
  const interaction = useRef<{ id: number; start: ParameterValue } | null>(null);
  const open = useRef(0);

  useEffect(() => {
    if (message?.tone !== 'error') return;
    const timer = setTimeout(() => setMessage(null), REFUSAL_SHOWN_MS);
    return () => clearTimeout(timer);
  }, [message]);

  const settle = () => {
    if (!interaction.current && open.current === 0) setDraft(null);
  };
  const send = (value: ParameterValue, id: number) => {
    open.current++;
    edit({ [key]: value }, row.label, id)
      .then(
        (reply) => setMessage(messageOf(reply, key)),
        () => setMessage({ tone: 'error', text: 'The engine did not answer; nothing changed.' }),
      )
      .finally(() => {
        open.current--;
        settle();
      });
  };
  const start = () => interaction.current?.start ?? useTwin.getState().values[key];
  const change = (value: ParameterValue) => {
    interaction.current ??= { id: newInteraction(), start: useTwin.getState().values[key] };
    setDraft({ value });
    send(value, interaction.current.id);
  };
  const finish = () => {
    interaction.current = null;
    settle();
  };
  return {
    key,
    row,
    value: draft ? draft.value : stored,
    loaded,
    changed: !sameValue(stored, loaded),
    message,
    start,
    change,
    finish,
    cancel: () => {
      if (!interaction.current) return;
      change(interaction.current.start);
      finish();
    },
    commit: (value) => {
      change(value);
      finish();
    },
    refuse: (reason) => setMessage({ tone: 'error', text: reason }),
  };
}

function messageOf(reply: EditReply, key: ParameterKey): RowMessage | null {
  const about = (problems: readonly Problem[]) => problems.find((p) => p.key === key) ?? problems[0];
  if (reply.ok) {
    const warning = reply.warnings.find((p) => p.key === key);
    return warning ? { tone: 'warning', text: sentence(warning) } : null;
  }
  const problem = about(reply.problems);
  return { tone: 'error', text: problem ? sentence(problem) : 'The engine refused this value.' };
}
const sentence = ({ message, remedy }: Problem): string => `${message} ${remedy}`.trim();

/** The worst validity note of a parameter, as two primitives so that rows render only when it changes. */
export function useValidity(key: ParameterKey): { level: 'caution' | 'outside' | null; text: string } {
  const find = (status: ReturnType<typeof useTwin.getState>['status']) => {
    const notes = status?.validity.filter((n) => n.keys.includes(key)) ?? [];
    return notes.find((n) => n.level === 'outside') ?? notes[0];
  };
  const level = useTwin((s) => find(s.status)?.level ?? null);
  const text = useTwin((s) => {
    const note = find(s.status);
    return note ? `${note.quantity}: ${note.message}` : '';
  });
  return { level, text };
}
