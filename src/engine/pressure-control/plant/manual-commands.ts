// What people hold by hand: openings of valves and vents, flows of injectors, speeds of fans and pumps, setpoints and outputs of the
// pressure controller's loops. Keeps them with who and when; whether one may be given is manual-control.ts, what it does effects.ts.

/** Devices that can be held, and how each is named to people with its number. */
export const MANUAL_DEVICES = [
  'supply-valve',
  'return-valve',
  'vent',
  'injector',
  'fan',
  'pump',
  'loop-setpoint',
  'loop-output',
] as const;

export type ManualDevice = (typeof MANUAL_DEVICES)[number];

export interface ManualCommand {
  readonly device: ManualDevice;
  /** Chamber of valves, vents and injectors; number of fans and pumps; loop of the controller. */
  readonly index: number;
  /** Opening or speed 0–1; mol/s of an injector; Pa of a setpoint; −1 to 1 of a loop's output. */
  readonly value: number;
  /** A loop's output that stands with the loop switched off rather than in manual. */
  readonly off: boolean;
  readonly who: string;
  /** Simulated s. */
  readonly since_s: number;
}

/** Who can name a loop in a sentence. */
export interface LoopNames {
  nameOf(loop: number): string;
}

export type ManualSnapshot = readonly ManualCommand[];

/** "supply valve of chamber 12", "fan 3", "setpoint of layer 4". @param loops names the controller's loops; null: there are none */
export function manualPlace(device: ManualDevice, index: number, loops: LoopNames | null): string {
  if (device === 'fan' || device === 'pump') return `${device} ${index}`;
  if (device === 'loop-setpoint') return `setpoint of ${loops?.nameOf(index) ?? 'a loop'}`;
  if (device === 'loop-output') return `output of ${loops?.nameOf(index) ?? 'a loop'}`;
  return `${device.replace('-', ' ')} of chamber ${index}`;
}

/** The commands that stand, by device and number. */
export class ManualCommands {
  private readonly standing: Readonly<Record<ManualDevice, Map<number, ManualCommand>>> = {
    'supply-valve': new Map(),
    'return-valve': new Map(),
    vent: new Map(),
    injector: new Map(),
    fan: new Map(),
    pump: new Map(),
    'loop-setpoint': new Map(),
    'loop-output': new Map(),
  };

  get count(): number {
    let n = 0;
    for (const device of MANUAL_DEVICES) n += this.standing[device].size;
    return n;
  }

  countOf(device: ManualDevice): number {
    return this.standing[device].size;
  }

  /** Value at which a device is held; undefined: it is automatic. */
  at(device: ManualDevice, index: number): number | undefined {
    const commands = this.standing[device];
    return commands.size === 0 ? undefined : commands.get(index)?.value;
  }

  /** The command that stands; undefined: it is automatic. */
  command(device: ManualDevice, index: number): ManualCommand | undefined {
    return this.standing[device].get(index);
  }

  /** Those of a device, by number. */
  of(device: ManualDevice): ManualCommand[] {
    return [...this.standing[device].values()].sort((a, b) => a.index - b.index);
  }

  set(command: ManualCommand): void {
    // JSON, in which snapshots keep it, knows no negative zero.
    this.standing[command.device].set(command.index, { ...command, value: command.value + 0 });
  }

  /** @returns whether it was held */
  release(device: ManualDevice, index: number): boolean {
    return this.standing[device].delete(index);
  }

  /** All, by device and number. */
  list(): ManualCommand[] {
    return MANUAL_DEVICES.flatMap((device) => this.of(device));
  }

  snapshot(): ManualSnapshot {
    return this.list();
  }

  restore(kept: ManualSnapshot): void {
    for (const device of MANUAL_DEVICES) this.standing[device].clear();
    for (const command of kept) this.set(command);
  }
}
