import { describe, expect, it } from '@jest/globals';
import type { ProcessModel } from '@iter/process-model';
import type { CaseEvent } from '../events.ts';
import {
  and,
  catching,
  complex,
  end,
  feel,
  inclusive,
  message,
  processModel,
  start,
  user,
  xor,
} from '../testing/model.ts';
import { Play } from '../testing/play.ts';
import { Accounts } from './accounts.ts';
import { changed, doubled, hold, until, without } from './tampering.ts';

const forked = processModel(
  'forked',
  [start('s'), and('f'), user('u'), user('v'), and('j'), end('e')],
  ['s -> f -> u -> j -> e', 'f -> v -> j'],
);
const gathered = processModel(
  'gathered',
  [
    start('s'),
    and('f'),
    user('u'),
    user('v'),
    user('w'),
    complex('c', { activationCondition: feel('activationCount = 2') }),
    end('e'),
  ],
  ['s -> f -> u -> c -> e', 'f -> v -> c', 'f -> w'],
);
const caught = processModel(
  'caught',
  [start('s'), catching('c', { event: message('A') }), end('e')],
  ['s -> c -> e'],
);

function played(model: ProcessModel, act: (play: Play) => void): readonly CaseEvent[] {
  const play = new Play(model);
  play.start();
  act(play);
  hold([model], play.history);
  return play.history;
}

describe('the law that no token is lost or doubled', () => {
  const begun = played(forked, () => undefined);
  const waiting = played(forked, (play) => play.complete('u'));
  const joined = played(forked, (play) => {
    play.complete('u');
    play.complete('v');
  });
  const activated = played(gathered, (play) => {
    play.complete('u');
    play.complete('v');
  });
  const received = played(caught, (play) => play.message('A'));
  const placed = played(forked, (play) => {
    const instructions = [{ kind: 'start', element: 'v', scope: null } as const];
    play.do({ type: 'ModifyCase', instructions, reason: 'r' });
  });

  it.each<readonly [string, ProcessModel, readonly CaseEvent[], string]>([
    [
      'a token that is on its way comes',
      forked,
      without(begun, { type: 'UserTaskCreated', about: 'v' }),
      '1 tokens on their way to v are lost',
    ],
    [
      'what a person places begins',
      forked,
      without(placed, { type: 'UserTaskCreated', about: 'v', nr: 2 }),
      'what was placed at v is lost',
    ],
    [
      'what begins had a token',
      forked,
      without(begun, { type: 'SequenceFlowTaken', about: 'f_v' }),
      'v begins, and no token was on its way to it',
    ],
    [
      'a token begins one thing',
      forked,
      doubled(begun, { type: 'UserTaskCreated', about: 'v' }, { key: 'other' }),
      'v begins, and no token was on its way to it',
    ],
    [
      'a join has a token of each flow',
      forked,
      without(joined, { type: 'SequenceFlowTaken', about: 'v_j' }),
      'j fires with 1 of 2 tokens',
    ],
    [
      'a join fires once for its tokens',
      forked,
      doubled(
        until(joined, { type: 'ElementCompleted', about: 'j' }),
        { type: 'ElementCompleted', about: 'j' },
        { key: 'other' },
      ),
      'j fires with 0 of 2 tokens',
    ],
    [
      'a join that took its tokens fires',
      gathered,
      until(activated, { type: 'TokensJoined' }),
      'c took its tokens and did not fire',
    ],
    [
      'a join that fires has taken tokens',
      gathered,
      without(activated, { type: 'TokensJoined' }),
      'c fires without tokens',
    ],
    [
      'a join takes only tokens that are there',
      gathered,
      doubled(activated, { type: 'TokensJoined' }),
      'c takes a token of u_c that is not there',
    ],
    [
      'flows are drawn',
      forked,
      changed(begun, { type: 'SequenceFlowTaken', about: 'f_v' }, { flow: 'nowhere' }),
      'there is no flow nowhere',
    ],
    [
      'a token waits where its flow leads',
      forked,
      changed(waiting, { type: 'SequenceFlowTaken', about: 'u_j' }, { joins: 'e' }),
      'u_j leads to j, not to e',
    ],
    [
      'what begins is drawn',
      forked,
      changed(begun, { type: 'UserTaskCreated', about: 'v' }, { element: 'nobody' }),
      'nobody is in no model',
    ],
    [
      'a case follows a definition that is there',
      forked,
      changed(begun, { type: 'CaseStarted' }, { definition: 'another' }),
      'the case follows another, which is not there',
    ],
    [
      'what happens was awaited',
      caught,
      doubled(received, { type: 'MessageCorrelated' }),
      'something happened that nobody awaited',
    ],
  ])('%s', (_, model, history, law) => {
    expect(() => hold([model], history)).toThrow(law);
  });

  it('a token by hand may come to a join after what it had, and by itself', () => {
    const merged = processModel(
      'merged',
      [start('s'), user('u'), xor('x'), xor('y'), inclusive('o'), end('e')],
      ['s -> u', 'x -> o -> e', 'y -> o'],
    );
    const instructions = [
      { kind: 'take', flow: 'x_o', scope: null },
      { kind: 'start', element: 'o', scope: null },
    ] as const;
    const play = new Play(merged);
    play.start();
    play.do({ type: 'ModifyCase', instructions, reason: 'r' });
    hold([merged], play.history);
    expect(play.live()).toEqual(['u']);
  });

  it('at joins there waits what has come and was not taken', () => {
    const accounts = new Accounts((hash) => (hash === forked.hash ? forked : undefined));
    const state = hold([forked], waiting);
    expect(() => accounts.balance(state)).toThrow('at joins there waits j u_j 1, not ');
  });
});
