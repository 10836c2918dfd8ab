// What the page says about fidelity: the modes by name, and why single cycles cannot be seen now. Pure.

import type { Status } from '../../worker/protocol.ts';

export const FIDELITIES = ['waveform', 'averaged', 'auto'] as const;
export type Fidelity = (typeof FIDELITIES)[number];
export const isFidelity = (value: string): value is Fidelity => (FIDELITIES as readonly string[]).includes(value);

export const MODE_NAMES: Readonly<Record<Status['fidelity'], string>> = { waveform: 'Waveform', averaged: 'Averaged' };

/** What must change before cycles can be seen. */
export interface NoCycles {
  readonly message: string;
  /** Choosing the waveform would show them. */
  readonly choosable: boolean;
}

/**
 * Why scopes, spectra and the true waveform have nothing to show now; null while every cycle is resolved.
 * @param chosen value of simulation.fidelity
 */
export function noCycles(
  status: Pick<Status, 'fidelity' | 'fastForward' | 'running'> | null,
  chosen: string,
): NoCycles | null {
  if (!status || status.fidelity === 'waveform') return null;
  if (status.fastForward) {
    return { message: 'Averaged: no cycles are resolved while running forward to thermal balance.', choosable: false };
  }
  if (chosen === 'averaged') {
    return {
      message: 'Averaged: only amplitudes, phases and means are carried. Select Waveform to see cycles.',
      choosable: true,
    };
  }
  if (!status.running) {
    return { message: 'Averaged and paused: cycles are resolved as soon as the farm runs.', choosable: true };
  }
  return { message: 'Averaged: select Waveform or a slow motion scale to see cycles.', choosable: true };
}
