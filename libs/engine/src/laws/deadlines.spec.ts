import { describe, expect, it } from '@jest/globals';
import type { CaseEvent } from '../events.ts';
import { end, feel, processModel, start, sub, user } from '../testing/model.ts';
import { Play } from '../testing/play.ts';
import { catalogue, step, term } from '../testing/world.ts';
import { changed, doubled, hold, until, without } from './tampering.ts';
import type { Which } from './tampering.ts';

const due = (scope: 'case' | 'local') => ({
  id: 'DL',
  term: 't',
  scope,
  opens: 'activation' as const,
  bases: [{ name: 'b', value: feel('day'), proof: null }],
});
const model = processModel(
  'p',
  [
    start('s'),
    sub('p', [start('ps'), user('u', { deadlines: [due('local')] })], ['ps -> u']),
    user('v', { deadlines: [{ ...due('case'), id: 'DL_V' }] }),
    end('e'),
  ],
  ['s -> p -> v -> e'],
);
const terms = catalogue([term('t', { amount: 5 })], {
  default: [step('alarm', 'legal', 0, { does: 'escalation', repeatHours: 6 })],
});

/** Both deadlines have been told of; `v` is open. */
function told(): Play {
  const play = new Play(model, { catalogue: terms });
  play.start({ day: '2026-01-01' });
  play.complete('u');
  play.advanceTo('2026-01-07T16:00:00.000Z');
  return play;
}

function played(act: (play: Play, deadline: string, escalation: string) => void): readonly CaseEvent[] {
  const play = told();
  act(play, play.deadline('DL_V').key, [...play.state.escalations.keys()][0] ?? '');
  hold([model], play.history);
  return play.history;
}

const reason = 'r';
const opened: Which & { type: 'DeadlineOpened' } = { type: 'DeadlineOpened', about: 'DL_V' };

describe('the law of legal deadlines', () => {
  const still = played(() => undefined);
  const over = played((play) => play.complete('v'));
  const suspended = played((play, deadline) => {
    play.do({ type: 'SuspendDeadline', deadline, on: '2026-01-05', reason });
    play.do({ type: 'ResumeDeadline', deadline, on: '2026-01-06', reason });
  });
  const missed = played((play) => play.advanceTo('2026-01-09T00:00:00.000Z'));
  const rectified = played((play, deadline) => {
    play.advanceTo('2026-01-09T00:00:00.000Z');
    play.do({ type: 'RectifyDeadline', deadline, on: '2026-01-05', reason });
  });
  const answered = played((play, _, key) => {
    play.do({ type: 'AcknowledgeEscalation', key, note: '' });
    play.do({ type: 'ResolveEscalation', key, outcome: 'o' });
  });
  const handedOn = played((play, _, key) => {
    play.do({ type: 'AcknowledgeEscalation', key, note: '' });
    play.advanceTo('2026-01-07T22:00:00.000Z');
    play.do({ type: 'HandOnEscalation', key, account: 'altra', role: null, note: 'n' });
    play.advanceTo('2026-01-08T08:00:00.000Z');
  });

  it.each<readonly [string, readonly CaseEvent[], string]>([
    ['one runs at a time', doubled(still, opened, { key: 'other' }), 'DL_V is opened while it runs'],
    [
      'it is opened where something lives',
      changed(still, opened, { scope: 'nowhere' }),
      'DL_V is opened in a scope that does not live',
    ],
    ['what happens to it comes after its opening', without(missed, opened), 'of what was not opened'],
    [
      'it is missed once',
      doubled(missed, { type: 'DeadlineMissed' }),
      'DeadlineMissed of DL_V, which is missed',
    ],
    [
      'it is suspended while it is open',
      doubled(suspended, { type: 'DeadlineSuspended' }),
      'DeadlineSuspended of DL_V, which is suspended',
    ],
    [
      'it resumes when it was suspended',
      without(suspended, { type: 'DeadlineSuspended' }),
      'DeadlineResumed of DL_V, which is open',
    ],
    [
      'it is closed once',
      doubled(over, { type: 'DeadlineClosed', about: 'DL_V' }),
      'DeadlineClosed of DL_V, which is closed',
    ],
    [
      'what is quiet tells nothing',
      [...rectified, ...rectified.filter(({ type }) => type === 'LadderStepReached').slice(-1)],
      'alarm of DL_V is told, which is quiet',
    ],
    [
      'a step is told in its turn',
      doubled(still, { type: 'LadderStepReached' }),
      'alarm of DL_V is told for the 1. time after the 1.',
    ],
    [
      'it ends with its scope',
      without(over, { type: 'DeadlineClosed', about: 'DL' }),
      'DL runs on after its scope',
    ],
    [
      'it ends with the case',
      without(over, { type: 'DeadlineClosed', about: 'DL_V' }),
      'DL_V runs on after CaseCompleted',
    ],
    [
      'no escalation is open after the end',
      without(over, { type: 'EscalationResolved' }),
      'is open after CaseCompleted',
    ],
    [
      'what is resolved stays so',
      doubled(answered, { type: 'EscalationResolved' }),
      'EscalationResolved of what is resolved',
    ],
    [
      'what is handed on was raised',
      without(handedOn, { type: 'EscalationAcknowledged' }, { type: 'EscalationRaised' }),
      'EscalationHandedOn of what is not raised',
    ],
    [
      'what is answered was raised',
      without(answered, { type: 'EscalationRaised' }),
      'EscalationAcknowledged of what is not raised',
    ],
  ])('%s', (_, history, law) => {
    expect(() => hold([model], history)).toThrow(law);
  });

  it('is kept by bells: of each deadline that of its next instant, and no other', () => {
    const late = '2027-01-01T00:00:00.000Z';
    const first = until(still, { type: 'UserTaskCreated', about: 'v' });
    expect(() => hold([model], changed(first, opened, { bell: late }))).toThrow(`rings at ${late}, not at`);
    expect(() => hold([model], changed(first, opened, { bell: null }))).toThrow('rings at no time, not at');
    const closed: Which & { type: 'DeadlineClosed' } = { type: 'DeadlineClosed', about: 'DL' };
    expect(() => hold([model], changed(still, closed, { bell: late }))).toThrow('a bell rings for nothing');
  });

  it('calls again only what was over, of a deadline that runs again', () => {
    const met = [{ by: 'a', date: feel('day'), use: 'both' as const }];
    const reopen = { ref: 'DL', kind: 'reopen', on: 'completion', when: null, by: null, key: null } as const;
    const second = processModel(
      'q',
      [
        start('s'),
        user('a', { deadlines: [{ ...due('case'), met }] }),
        user('b', { deadlineChanges: [{ ...reopen, reason: null }] }),
        user('c'),
      ],
      ['s -> a -> b -> c'],
    );
    const play = new Play(second, { catalogue: terms });
    play.start({ day: '2026-01-01' });
    play.advanceTo('2026-01-07T16:00:00.000Z');
    const [key = ''] = play.state.escalations.keys();
    play.do({ type: 'ResolveEscalation', key, outcome: 'o' });
    play.complete('a');
    play.complete('b');
    play.advanceTo('2026-01-07T22:00:00.000Z');
    const { history } = play;
    hold([second], history);
    expect(() => hold([second], without(history, { type: 'EscalationResolved' }))).toThrow(
      'EscalationReopened of what is raised',
    );
    expect(() => hold([second], without(history, { type: 'DeadlineReopened' }))).toThrow(
      'EscalationReopened of a deadline that is met',
    );
  });
});
