// What must be so before the farm is restarted, each with what is read now and what to do while it is not so.

import { type PlantReadings, type SequenceSettings, shown } from './sequence-phases.ts';

export interface Permissive {
  /** What must be so: "Farm cool". */
  readonly label: string;
  readonly met: (readings: PlantReadings, settings: SequenceSettings) => boolean;
  /** What is read and what is wanted, with units; '' where the label says all. */
  readonly reading: (readings: PlantReadings, settings: SequenceSettings) => string;
  /** Of the refusal while it is not met. */
  readonly message: string;
  readonly remedy: string;
}

const nothing = (): string => '';
const percent = (share: number, digits: number): string => `${shown(100 * share, digits)} %`;

/** A reading that is no number meets no condition. */
export const PERMISSIVES: readonly Permissive[] = [
  {
    label: 'No cause of a trip present',
    met: ({ anyCause }) => anyCause === false,
    reading: nothing,
    message: 'the cause of a trip is still present',
    remedy: 'Remove it.',
  },
  {
    label: 'No interlock latched',
    met: ({ anyTripped, farmTripped }) => anyTripped === false && farmTripped === false,
    reading: nothing,
    message: 'an interlock is latched',
    remedy: 'Reset it: an operator must do so.',
  },
  {
    label: 'Farm cool',
    met: ({ hottest_K }, { cool_K }) => hottest_K <= cool_K,
    reading: ({ hottest_K }, { cool_K }) => `hottest ${shown(hottest_K, 1)} K, wanted ${shown(cool_K, 0)} K or less`,
    message: 'the farm is not cool',
    remedy: 'Let it cool.',
  },
  {
    label: 'Oxygen in the room',
    met: ({ roomOxygen }, settings) => roomOxygen > settings.roomOxygen,
    reading: ({ roomOxygen }, settings) => `${percent(roomOxygen, 2)}, wanted above ${percent(settings.roomOxygen, 1)}`,
    message: 'the room has too little oxygen',
    remedy: 'Ventilate the room.',
  },
  {
    label: 'Cooling flow',
    met: ({ coolingFlow }, settings) => coolingFlow >= settings.coolingFlow,
    reading: ({ coolingFlow }, settings) =>
      `${percent(coolingFlow, 0)} of the set flow, wanted ${percent(settings.coolingFlow, 0)} or more`,
    message: 'the cooling flow is low',
    remedy: 'Start the fans.',
  },
  {
    label: 'Gas in the supply header',
    met: ({ supplyReady }) => supplyReady === true,
    reading: nothing,
    message: 'there is no supply header with gas to refill it from',
    remedy: 'Turn the headers on and let the supply reach its pressure, or reset the farm to time zero.',
  },
];
