// The farm's drive: the strokes and phases the pistons aim at, by the wanted pressure ratio, the drive's control, its power limit
// and the plant's shares. Not here: the pistons' motion (gas-oscillation/step.ts) and when the drive is corrected (farm.ts).

import type { FarmMode } from './farm-modes.ts';
import type { FarmNetwork } from './farm-network.ts';
import { aimPistons, driveAmplitude, scaleStrokes } from './gas-oscillation/amplitude-manager.ts';
import { DrivePowerLimit, oscillatingPower } from './gas-oscillation/drive-power-limit.ts';
import type { OscillationDetector } from './gas-oscillation/oscillation-detector.ts';
import type { DrivePattern } from './gas-oscillation/phase-controller.ts';
import type { FarmState } from './gas-oscillation/state.ts';
import type { Surroundings } from './gas-oscillation/step.ts';
import type { Layout } from './lattice/layout.ts';
import { TWO_PI } from './numerics/elementary.ts';
import type { ParameterValues } from './parameters/table.ts';
import { DriveFeedforward } from './pressure-control/controller/drive-feedforward.ts';
import type { NetworkState } from './pressure-control/controller/network-inverse.ts';
import type { PlantEffects } from './pressure-control/plant/plant-view.ts';
import { driveWish, patternOf } from './settings.ts';

/** What of a farm the drive needs; its members may be replaced as the farm goes on. */
export interface DriveHost {
  readonly values: ParameterValues;
  readonly layout: Layout;
  readonly state: FarmState;
  readonly detector: OscillationDetector;
  readonly surroundings: Surroundings;
  readonly network: FarmNetwork;
  readonly plant: { readonly effects: PlantEffects };
  readonly mode: FarmMode;
}

export class FarmDrive {
  pattern!: DrivePattern;
  /** Half the peak-to-peak stroke in use, m³. */
  amplitude = 0;
  /** Corrects the pistons to a wanted pressure pattern; null: they move as set. */
  control: DriveFeedforward | null = null;
  readonly powerLimit = new DrivePowerLimit();
  /** What of the strokes was asked and could not be done. */
  private strokeRemark: string | null = null;

  constructor(private readonly host: DriveHost) {}

  /** What of the drive was asked and could not be done, for people. */
  get remark(): string | null {
    return [this.strokeRemark, this.powerLimit.remark].filter((text) => text !== null).join(' ') || null;
  }

  /** After an edit; strokes are left as they were until retune(). */
  configure(): void {
    this.pattern = patternOf(this.host.values, this.host.layout);
  }

  /** Goes on with the strokes that another farm's power limit left. */
  inherit(from: FarmDrive): void {
    this.powerLimit.share = from.powerLimit.share;
  }

  /** Chooses the strokes and aims the pistons. */
  retune(): void {
    const { values, layout, network } = this.host;
    const { amplitude, remark } = driveAmplitude(
      values,
      this.pattern,
      () => network.linearMean(),
      network.coefficients,
      layout.edges,
    );
    this.amplitude = amplitude;
    this.strokeRemark = remark;
    const wish = driveWish(values);
    const before = this.control;
    this.control = wish && new DriveFeedforward(layout.count, layout.edges, wish, this.pattern);
    if (this.control) {
      if (before) this.control.inherit(before);
      const state = this.networkState();
      this.control.retune(state, state.mean.pressure);
      this.strokeRemark = this.control.remark;
    }
    this.aim();
  }

  /** Gives the pistons their aims. */
  aim(): void {
    const { values, surroundings, plant } = this.host;
    if (this.control) takePistons(this.control, surroundings);
    else aimPistons(this.pattern, values['drive.enabled'] ? this.amplitude : 0, surroundings);
    takeShares(plant.effects, surroundings);
    scaleStrokes(this.powerLimit.share, surroundings);
  }

  /** Corrects the pistons by the window that has just passed, where the drive is controlled or beyond its power. @returns whether they aim elsewhere now */
  adapt(): boolean {
    const limited = this.limitPower();
    const { detector, plant, mode } = this.host;
    const { control } = this;
    if (!control) return limited;
    // What the power limit leaves is not the control's to make up for.
    const { share } = this.powerLimit;
    const { drive } = plant.effects;
    const shares = share === 1 ? drive : drive.map((own) => own * share);
    if (!control.adapt(() => this.networkState(), detector.readings, shares, mode === 'averaged')) return limited;
    this.strokeRemark = control.remark;
    this.aim();
    return true;
  }

  private limitPower(): boolean {
    const { values, detector, surroundings, state, mode } = this.host;
    const { readings } = detector;
    const limit = values['drive.power_limit_W'];
    if (!(limit > 0 || this.powerLimit.share < 1)) return false;
    const power = oscillatingPower(readings, surroundings.frequency, mode === 'averaged' ? null : state);
    if (!this.powerLimit.follow(power, limit, readings.duration_s)) return false;
    this.aim();
    return true;
  }

  private networkState(): NetworkState {
    const { network, surroundings } = this.host;
    return {
      mean: network.linearMean(),
      coefficients: network.coefficients,
      omega: TWO_PI * surroundings.frequency,
    };
  }

  /** For snapshots, beside amplitude and the power limit's share. */
  arrays(): Float64Array[] {
    return this.control?.arrays() ?? [];
  }

  /** After arrays() were overwritten from a snapshot. @param share what the power limit left of the strokes */
  restored(amplitude: number, share: number): void {
    this.amplitude = amplitude;
    if (this.control) this.strokeRemark = this.control.remark;
    this.powerLimit.share = share;
    this.aim();
  }
}

/** Aims of the pistons as the drive's control wants them. */
function takePistons({ pistonRe, pistonIm }: DriveFeedforward, around: Surroundings): void {
  around.pistonTargetRe.set(pistonRe);
  around.pistonTargetIm.set(pistonIm);
}

/** Aims of the pistons as set, with the plant's shares of them. */
function takeShares({ drive }: PlantEffects, around: Surroundings): void {
  for (let i = 0; i < drive.length; i++) {
    around.pistonTargetRe[i] *= drive[i];
    around.pistonTargetIm[i] *= drive[i];
  }
}
