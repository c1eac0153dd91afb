import { describe, expect, it } from '@jest/globals';
import type { EventDefinition, ProcessModel } from '@iter/process-model';
import type { CaseEvent } from '../events.ts';
import { boundary, catching, end, eventSub, message, processModel, start, user } from '../testing/model.ts';
import { Play } from '../testing/play.ts';
import { changed, hold, without } from './tampering.ts';

const both = {
  kind: 'multiple',
  parallel: true,
  of: [message('A'), message('B')],
} as Extract<EventDefinition, { kind: 'multiple' }>;
const attached = processModel(
  'attached',
  [start('s'), user('u'), boundary('b', 'u', message('A')), user('v')],
  ['s -> u', 'b -> v'],
);
const aside = eventSub('aside', [start('as', { event: message('A') }), user('v')], ['as -> v']);
const around = processModel(
  'around',
  [start('s'), user('u'), boundary('b', 'u', message('B')), aside],
  ['s -> u', 'b -> u'],
);
const parallel = processModel(
  'parallel',
  [start('s'), catching('c', { event: both }), end('e')],
  ['s -> c -> e'],
);

function played(model: ProcessModel, ...messages: readonly string[]): readonly CaseEvent[] {
  const play = new Play(model);
  play.start();
  for (const it of messages) play.message(it);
  hold([model], play.history);
  return play.history;
}

describe('the law of what happens', () => {
  const interrupted = played(attached, 'A');
  const left = played(around, 'A');
  const happened = played(parallel, 'A', 'B');

  it.each<readonly [string, ProcessModel, readonly CaseEvent[], string]>([
    [
      'an interrupting boundary event ends its activity',
      attached,
      without(interrupted, { type: 'ElementTerminated' }),
      'u lives on, which b has interrupted',
    ],
    [
      'an interrupting event sub-process ends what lives around it',
      around,
      without(left, { type: 'ElementTerminated' }),
      'aside interrupts, and something lives on in its scope',
    ],
    [
      'a parallel multiple event happens when all have',
      parallel,
      changed(happened, { type: 'MessageCorrelated' }, { partial: undefined }),
      'c happens with 1 left',
    ],
    [
      'and does then',
      parallel,
      changed(happened, { type: 'MessageCorrelated', nr: 2 }, { partial: true }),
      'c goes on waiting with 0 left',
    ],
    [
      'what awaits one thing happens with it',
      attached,
      changed(interrupted, { type: 'MessageCorrelated' }, { partial: true }),
      'b goes on waiting, and awaits one thing',
    ],
  ])('%s', (_, model, history, law) => {
    expect(() => hold([model], history)).toThrow(law);
  });
});
