import { describe, expect, it } from '@jest/globals';
import type { LoopSpec, ProcessModel } from '@iter/process-model';
import type { CaseEvent } from '../events.ts';
import {
  boundary,
  catching,
  end,
  message,
  multi,
  plain,
  processModel,
  start,
  sub,
  user,
} from '../testing/model.ts';
import type { Piece } from '../testing/model.ts';
import { Play } from '../testing/play.ts';
import { changed, doubled, hold, without } from './tampering.ts';

const path = (...pieces: readonly Piece[]): ProcessModel =>
  processModel(
    'p',
    [start('s'), ...pieces, end('e')],
    [['s', ...pieces.filter((it) => it.node.attachedTo === null).map((it) => it.node.id), 'e'].join(' -> ')],
  );

const twice: LoopSpec = multi({ sequential: true, cardinality: plain(2) });

/** A history from beginning to end. */
function whole(model: ProcessModel, ...tasks: readonly string[]): readonly CaseEvent[] {
  const play = new Play(model);
  play.start();
  for (const it of tasks)
    if (it.startsWith('message')) play.message('A');
    else play.complete(it);
  expect(play.state.status).toBe('completed');
  hold([model], play.history);
  return play.history;
}

describe('the law that everything has one life', () => {
  const one = path(user('u'));
  const simple = whole(one, 'u');
  const repeated = path(user('m', { loop: twice }));
  const both = whole(repeated, 'm', 'm');
  const around = path(sub('p', [start('ps'), user('pu')], ['ps -> pu']));
  const inside = whole(around, 'pu');
  const awaiting = path(user('u'), boundary('b', 'u', message('A')));
  const attached = whole(awaiting, 'u');
  const catches = path(catching('c', { event: message('A') }));
  const caught = whole(catches, 'message');

  it.each<readonly [string, ProcessModel, readonly CaseEvent[], string]>([
    [
      'nothing happens after the end',
      one,
      [...simple, { type: 'CommentAdded', data: { key: 'k', text: 't' } }],
      'CommentAdded after the end of the case',
    ],
    ['a key names one thing', one, doubled(simple, { type: 'UserTaskCreated' }), 'is used twice'],
    [
      'what begins lies in what lives',
      one,
      changed(simple, { type: 'UserTaskCreated' }, { scope: 'nowhere' }),
      'u begins in a scope that is not live',
    ],
    [
      'what passes lies in what lives',
      one,
      changed(simple, { type: 'ElementCompleted', about: 'e' }, { scope: 'nowhere' }),
      'e begins in a scope that is not live',
    ],
    [
      'an instance begins once',
      repeated,
      changed(both, { type: 'UserTaskCreated', nr: 2 }, { iteration: 1 }),
      'instance 1 of m begins twice',
    ],
    [
      'instances count from one',
      repeated,
      changed(both, { type: 'UserTaskCreated' }, { iteration: 2 }),
      'instance 2 of m comes too early',
    ],
    [
      'only what is repeated has instances',
      repeated,
      changed(both, { type: 'ElementActivated' }, { loop: undefined }),
      'm repeats in what is not repeated',
    ],
    [
      'there are no more instances than there may be',
      repeated,
      changed(both, { type: 'ElementActivated' }, { loop: { kind: 'sequential', total: 1 } }),
      'm has more instances than it may',
    ],
    [
      'every instance completes or is ended',
      repeated,
      changed(both, { type: 'UserTaskCompleted', nr: 2 }, { iteration: undefined }),
      'm has instances that neither completed nor ended',
    ],
    [
      'what lives ends once',
      one,
      doubled(simple, { type: 'UserTaskCompleted' }),
      'UserTaskCompleted of u, which does not live',
    ],
    [
      'what ends has lived',
      one,
      without(simple, { type: 'UserTaskCreated' }),
      'UserTaskCompleted of u, which does not live',
    ],
    [
      'a scope ends when nothing lives in it',
      around,
      without(inside, { type: 'UserTaskCompleted' }),
      'ElementCompleted of p, in which something lives',
    ],
    [
      'what ends awaits nothing',
      awaiting,
      without(attached, { type: 'MessageUnsubscribed' }),
      'UserTaskCompleted of u, for which something is awaited',
    ],
    [
      'a case ends when nothing lives in it',
      one,
      without(
        simple,
        { type: 'UserTaskCompleted' },
        { type: 'SequenceFlowTaken', about: 'u_e' },
        { type: 'ElementCompleted', about: 'e' },
      ),
      'CaseCompleted while something lives',
    ],
    [
      'a task is done by somebody',
      one,
      simple.map((it) =>
        it.type === 'UserTaskCompleted' ? { type: 'ElementCompleted' as const, data: it.data } : it,
      ),
      'u completes, and nobody has done it',
    ],
    [
      'what waits goes on when it has happened',
      catches,
      without(caught, { type: 'MessageCorrelated' }),
      'c completes, and what it waits for has not happened',
    ],
  ])('%s', (_, model, history, law) => {
    expect(() => hold([model], history)).toThrow(law);
  });
});
