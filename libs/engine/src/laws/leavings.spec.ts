import { describe, expect, it } from '@jest/globals';
import type { ProcessModel } from '@iter/process-model';
import type { CaseEvent } from '../events.ts';
import {
  and,
  complex,
  end,
  feel,
  inclusive,
  processModel,
  start,
  task,
  user,
  xor,
} from '../testing/model.ts';
import { Play } from '../testing/play.ts';
import { doubled, hold, without } from './tampering.ts';
import type { Which } from './tampering.ts';

const model = processModel(
  'p',
  [
    start('s'),
    and('a'),
    user('u'),
    xor('x'),
    inclusive('o'),
    task('t', { completionQuantity: 2 }),
    user('v'),
    user('w'),
    end('e'),
  ],
  [
    's -> a -> u -> e',
    'a -> x -> v default',
    'x -> w if n = 1',
    'a -> o -> v default',
    'o -> w if n = 1',
    'a -> t -> w',
    'v -> e',
    'w -> e',
  ],
);
const history = ((): readonly CaseEvent[] => {
  const play = new Play(model);
  play.start({ n: 1 });
  hold([model], play.history);
  return play.history;
})();
/** Started by one token, reset by the other. */
const drawnOnce = processModel(
  'c',
  [
    start('s'),
    and('a'),
    user('u'),
    user('v'),
    complex('g', { activationCondition: feel('activationCount >= 1') }),
    user('w'),
    end('e'),
  ],
  ['s -> a -> u -> g -> w -> e', 'a -> v -> g'],
);
const reset = ((): readonly CaseEvent[] => {
  const play = new Play(drawnOnce);
  play.start();
  for (const element of ['u', 'v']) play.complete(element);
  hold([drawnOnce], play.history);
  return play.history;
})();
const flow = (about: string): Which & { type: 'SequenceFlowTaken' } => ({ type: 'SequenceFlowTaken', about });
/** The last one: of two the second. */
const created = (nr: number): Which => ({ type: 'UserTaskCreated', about: 'w', nr });

describe('the law that everything is left as its flows ask', () => {
  it.each<readonly [string, ProcessModel, readonly CaseEvent[], string]>([
    [
      'a token leaves what has completed',
      model,
      without(history, { type: 'ElementCompleted', about: 's' }),
      'a token leaves s, which has not completed',
    ],
    [
      'a fork sends a token along every flow',
      model,
      without(history, flow('a_u'), { type: 'UserTaskCreated', about: 'u' }),
      'no token leaves a along a_u',
    ],
    [
      'an exclusive gateway along one',
      model,
      without(history, flow('x_w'), created(1)),
      '0 flows lead on from x',
    ],
    [
      'an inclusive gateway along one at least',
      model,
      without(history, flow('o_w'), created(1)),
      'no token leaves o',
    ],
    [
      'each as often as it gives tokens',
      model,
      without(history, flow('t_w'), created(1)),
      '1 tokens leave t along t_w',
    ],
    [
      'and no more often',
      model,
      doubled(doubled(history, flow('a_u')), { type: 'UserTaskCreated', about: 'u' }, { key: 'other' }),
      '2 tokens leave a along a_u',
    ],
    [
      'and a complex gateway along a flow without a condition only when it starts',
      drawnOnce,
      [
        ...reset,
        ...reset.filter(({ data }) => 'flow' in data && data.flow === 'g_w'),
        ...doubled(reset, { type: 'UserTaskCreated', about: 'w' }, { key: 'other' }).filter(
          ({ data }) => 'key' in data && data.key === 'other',
        ),
      ],
      'a token leaves g along g_w at its reset',
    ],
  ])('%s', (_, drawn, wrong, law) => {
    expect(() => hold([drawn], wrong)).toThrow(law);
  });
});
