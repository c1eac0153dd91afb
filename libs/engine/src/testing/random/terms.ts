import type { DeadlineChange, DeadlineDecl, Expression } from '@iter/process-model';
import { feel, plain } from '../model.ts';
import { catalogue, step, term } from '../world.ts';
import type { Tape } from './tape.ts';

const short = [
  term('short', { amount: 2 }),
  term('hours', { unit: 'h', amount: 12, rollover: false, nature: 'DIRECTORY', ladder: 'hourly' }),
  term('wait', { nature: 'DILATORY', amount: 1, earliest: 'dayAfter' }),
  term('effect', { nature: 'EFFECT', amount: 1 }),
  term('notice', { nature: 'DILATORY', amount: 3, direction: 'backward', rollover: false }),
  term('validity', { nature: 'VALIDITY', amount: 3, rollover: false }),
];

const ladders = {
  default: [
    step('warn', 'safe', -1),
    step('alarm', 'legal', 0, { does: 'escalation', repeatHours: 6 }),
    step('after', 'legal', 1, { does: 'escalation', repeatHours: 24 }),
  ],
  hourly: [
    { ...step('told', 'opening', 0, { does: 'task', repeatHours: 3, by: ['desk'] }), hours: 4 },
    { ...step('risk', 'legal', 0, { does: 'incident', incident: 'risk', repeatHours: 2 }), hours: -2 },
    { ...step('late', 'legal', 0, { does: 'escalation' }), hours: 0 },
  ],
};

/** Terms of every nature, so short that plays see their end, with ladders that tell, call and repeat. */
export const terms = catalogue(short, ladders);

/** The same after people have edited it: deadlines that are open keep what they have, unless a ladder is issued again. */
export const editedTerms = catalogue(
  short.map((it) => ({ ...it, amount: it.amount + 1 })),
  { ...ladders, default: [step('warn', 'safe', 0), step('may', 'earliest', 0), step('late', 'legal', 2)] },
);

/** The day that a case goes by, as a variable that commands change; and an instant, which hour terms need. */
const dates = (tape: Tape): Expression =>
  tape.once(14) ? feel('missing') : tape.pick(plain('2026-01-01T08:00:00.000Z'), feel('day'));

interface Legal {
  readonly deadlines?: readonly (Partial<DeadlineDecl> & Pick<DeadlineDecl, 'id' | 'term'>)[];
  readonly deadlineChanges?: readonly DeadlineChange[];
}

/**
 * What the law attaches to an element: a deadline that it opens, changes of those that others declare.
 * @param element its id
 * @param known ids of the deadlines declared so far; added to
 * @param others elements that may meet it
 */
export function legal(tape: Tape, element: string, known: string[], others: readonly string[]): Legal {
  const changes = known.length > 0 && tape.once(3) ? { deadlineChanges: [change(tape, known)] } : {};
  if (!tape.once(6)) return changes;
  const id = `DL_${element}`;
  known.push(id);
  const met = (): DeadlineDecl['met'][number] => ({
    by: [element, ...others][tape.below(1 + others.length)] ?? element,
    date: tape.pick(null, feel('day')),
    use: tape.pick('both', 'decides', 'quiets'),
  });
  const declaration = {
    id,
    term: tape.pick('short', 'hours', 'wait', 'effect', 'notice', 'validity'),
    opens: tape.pick('activation', 'completion'),
    scope: tape.pick('case', 'local'),
    key: tape.once(5) ? feel('n') : null,
    when: tape.once(6) ? feel('n < 3') : null,
    bases: [
      { name: 'b', value: dates(tape), proof: tape.pick(null, plain('P/1')) },
      ...(tape.once(4) ? [{ name: 'c', value: feel('day'), proof: null }] : []),
    ],
    met: Array.from({ length: tape.below(3) }, met),
  } as const;
  return { ...changes, deadlines: [declaration] };
}

function change(tape: Tape, known: readonly string[]): DeadlineChange {
  const kind = tape.pick(
    'meet',
    'suspend',
    'resume',
    'extend',
    'interrupt',
    'replace',
    'rebase',
    'reopen',
    'close',
  );
  const isPlain = kind === 'replace' || kind === 'reopen' || kind === 'close';
  return {
    ref: known[tape.below(known.length)] ?? '',
    kind,
    on: tape.pick('completion', 'activation'),
    when: null,
    by: kind === 'extend' ? plain(3) : isPlain ? null : tape.pick(null, feel('day')),
    key: null,
    reason: null,
  };
}
