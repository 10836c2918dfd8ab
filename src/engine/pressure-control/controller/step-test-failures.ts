// How a step test can fail, with words for people: what happened and what would help.

export type StepTestFailure =
  | 'cancelled'
  | 'edited'
  | 'not-steady'
  | 'no-room'
  | 'out-of-range'
  | 'bad-signal'
  | 'no-response'
  | 'poor-fit';
export const FAILURES: readonly { readonly kind: StepTestFailure; readonly words: string }[] = [
  { kind: 'cancelled', words: 'The test was cancelled.' },
  { kind: 'edited', words: 'An edit of the controller, its limits or its sensors ended the test: start it again.' },
  {
    kind: 'not-steady',
    words: 'The loop did not come to rest: wait longer, allow a larger tolerance, or set it to manual first.',
  },
  {
    kind: 'no-room',
    words:
      'The output’s limits leave no room for the step in either direction: move the output or take a smaller step.',
  },
  { kind: 'out-of-range', words: 'The measurement left the range allowed for the test: take a smaller step.' },
  { kind: 'bad-signal', words: 'The measurement was lost during the test: look at the sensor.' },
  {
    kind: 'no-response',
    words: 'The measurement hardly moved: take a larger step, or look whether the actuator follows.',
  },
  {
    kind: 'poor-fit',
    words: 'No simple process explains the record: noise or disturbances are too large for this step.',
  },
];
