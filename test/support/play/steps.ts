import fc from 'fast-check';
import { COMMAND_NAMES, COMMANDS, type Command } from '../../../domain/commands';
import { ROLES, type Role } from '../../../domain/parties';

/**
 * One step of a random life. Numbers choose among what there is when the step is made, counted round, so that a
 * shorter life is a life too.
 */
export type Step =
  /** What is possible now. */
  | { do: 'possible'; choice: number; body: number }
  /** Any command by anybody, mostly refused. `own`: by one of the line's parties. */
  | { do: 'any'; command: Command; role: Role; own: boolean; body: number }
  /** An earlier command once more, under its own key. */
  | { do: 'again'; choice: number };

/** A step that only the pure machines know: what came past the API, and the outside world. */
export type PureStep =
  | Step
  /** Anything at all instead of what a command carries. */
  | { do: 'malformed'; command: Command; role: Role; data: unknown }
  /** One of the calls that wait outside comes to one of its ends. */
  | { do: 'answer'; choice: number; outcome: number }
  | { do: 'pass'; ms: number }
  /** The history has become long: the line continues as new. */
  | { do: 'grow' }
  /** Somebody cancels the workflow in the Temporal UI. */
  | { do: 'cancel' };

/** A step that only the whole of Steward knows. */
export type LiveStep =
  | Step
  /** The same update twice at once, past the API. */
  | { do: 'twins'; choice: number; body: number }
  | { do: 'wait'; ms: number }
  /** The worker goes away in the middle, and comes back. */
  | { do: 'kill' };

const choice = fc.nat(11);
const command = fc.constantFrom(...COMMAND_NAMES);
const role = fc.constantFrom(...ROLES);

const possible = fc.record({ do: fc.constant('possible' as const), choice, body: choice });
const again = fc.record({ do: fc.constant('again' as const), choice });
/** Half of them by a role that may give the command in general. */
const any = command.chain((name) =>
  fc.record({
    do: fc.constant('any' as const),
    command: fc.constant(name),
    role: fc.oneof(fc.constantFrom<Role>(...COMMANDS[name]), role),
    own: fc.oneof({ weight: 3, arbitrary: fc.constant(true) }, fc.constant(false)),
    body: choice,
  }),
);

const MINUTE = 60_000;
const DAY = 1_440 * MINUTE;

/** Up to so many steps of the pure machines. */
export function pureSteps(maxLength: number): fc.Arbitrary<PureStep[]> {
  const malformed = command.chain((name) =>
    fc.record({
      do: fc.constant('malformed' as const),
      command: fc.constant(name),
      role: fc.constantFrom<Role>(...COMMANDS[name]),
      data: fc.oneof(fc.jsonValue(), nearlyRight),
    }),
  );
  const pass = fc.record({
    do: fc.constant('pass' as const),
    ms: fc.constantFrom(1_000, MINUTE, 60 * MINUTE, DAY, 11 * DAY, 31 * DAY),
  });
  const answer = fc.record({ do: fc.constant('answer' as const), choice, outcome: choice });
  const step = fc.oneof(
    { weight: 10, arbitrary: possible },
    { weight: 4, arbitrary: any },
    { weight: 1, arbitrary: again },
    { weight: 2, arbitrary: malformed },
    { weight: 4, arbitrary: answer },
    { weight: 2, arbitrary: pass },
    { weight: 1, arbitrary: fc.constant({ do: 'grow' as const }) },
    { weight: 1, arbitrary: fc.constantFrom({ do: 'cancel' as const }, { do: 'grow' as const }) },
  );
  return fc.array(step, { maxLength, size: 'max' });
}

/** Objects with the fields that commands carry, and in them anything. */
const nearlyRight = fc.dictionary(
  fc.constantFrom(
    'reason',
    'proof',
    'amount',
    'refund',
    'verdict',
    'activity',
    'enabledAt',
    'note',
    'received',
  ),
  fc.oneof(
    fc.jsonValue({ maxDepth: 1 }),
    fc.constantFrom('complete', 'refund', { currency: 'CNY', minor: 0.5 }),
  ),
);

/** As many steps on the live server. */
export function liveSteps(length: number): fc.Arbitrary<LiveStep[]> {
  const wait = fc.record({ do: fc.constant('wait' as const), ms: fc.nat(600) });
  const twins = fc.record({ do: fc.constant('twins' as const), choice, body: choice });
  const step = fc.oneof(
    { weight: 20, arbitrary: possible },
    { weight: 10, arbitrary: any },
    { weight: 4, arbitrary: again },
    { weight: 4, arbitrary: twins },
    { weight: 3, arbitrary: wait },
    { weight: 1, arbitrary: fc.constant({ do: 'kill' as const }) },
  );
  return fc.array(step, { minLength: length, maxLength: length, size: 'max' });
}
