import { describe } from '@jest/globals';
import {
  around,
  boundary,
  bpmn,
  caught,
  element,
  end,
  flows,
  gateway,
  link,
  start,
  sub,
  task,
  thrown,
  timer,
  user,
} from '../testing/bpmn.ts';
import { refuses, warns } from '../testing/parsing.ts';

const choice = (kind: string, attributes: string, ...lines: readonly string[]): string =>
  around(gateway(kind, 'g', attributes) + user('a') + user('b'), 't -> g', ...lines);
const later = timer('Duration', 'P1D');

describe('a sequence flow', () => {
  refuses([
    [
      'has both ends',
      around(end('f'), 't -> f'),
      around('', 't -> nowhere'),
      ['t_nowhere dangling-reference', 't_nowhere flow-end-missing'],
    ],
    [
      'joins flow nodes, not data',
      around('<bpmn:dataObject id="o"/>'),
      around('<bpmn:dataObject id="o"/>', 't -> o'),
      ['t_o flow-end-kind'],
    ],
    [
      'joins flow nodes, not artifacts',
      around('<bpmn:textAnnotation id="n"/>'),
      around('<bpmn:textAnnotation id="n"/>', 't -> n'),
      ['t_n flow-end-kind'],
    ],
    [
      'stays within its process',
      around('').replace(
        '</bpmn:definitions>',
        `<bpmn:process id="q">${user('v')}</bpmn:process></bpmn:definitions>`,
      ),
      around('', 't -> v').replace(
        '</bpmn:definitions>',
        `<bpmn:process id="q">${user('v')}</bpmn:process></bpmn:definitions>`,
      ),
      ['t_v flow-crosses-pool'],
    ],
    [
      'stays within its sub-process',
      around(sub('x', start('a') + user('u') + flows('a -> u')), 't -> x'),
      around(sub('x', start('a') + user('u') + flows('a -> u')), 't -> x', 't -> u'),
      ['t_u flow-crosses-scope'],
    ],
    [
      'is named where it is',
      around(element('task', 'x', '<bpmn:incoming>t_x</bpmn:incoming>'), 't -> x'),
      around(element('task', 'x', '<bpmn:incoming>s_t</bpmn:incoming>'), 't -> x'),
      ['x flow-inconsistent'],
    ],
    ['does not leave an end event', around(''), around('', 'e -> t'), ['e end-with-outgoing']],
    [
      'does not lead into a boundary event',
      around(boundary('b', 't', later), 'b -> e'),
      around(boundary('b', 't', later), 'b -> e', 't -> b'),
      ['b boundary-with-incoming'],
    ],
    ['leads to every element', around(user('u'), 't -> u'), around(user('u')), ['u unreachable']],
    [
      'leaves a boundary event',
      around(boundary('b', 't', later), 'b -> e'),
      around(boundary('b', 't', later)),
      ['b boundary-without-flow'],
    ],
  ]);
  warns([
    [
      'leaves an intermediate event',
      around(thrown('i') + caught('j', later), 't -> i -> j -> e'),
      around(thrown('i') + caught('j', later), 't -> i', 't -> j'),
      ['i event-without-flow', 'j event-without-flow'],
    ],
    [
      'may be missing after a link, which goes on elsewhere',
      around(thrown('l', link('L')) + caught('k', link('L')), 't -> l', 'k -> e'),
      around(thrown('l', link('L')) + caught('k', link('L')), 't -> l'),
      ['k event-without-flow'],
    ],
  ]);
});

describe('a condition', () => {
  refuses([
    [
      'stands after activities and choices',
      around(end('f'), 't -> f if x'),
      around('', 's -> e if x'),
      ['s_e condition-not-allowed'],
    ],
    [
      'does not stand after a parallel gateway',
      choice('parallel', '', 'g -> a', 'g -> b'),
      choice('parallel', '', 'g -> a', 'g -> b if x'),
      ['g_b condition-not-allowed'],
    ],
    [
      'does not stand after an event-based gateway',
      around(
        gateway('eventBased', 'g') + caught('a', later) + caught('b', later),
        't -> g -> a -> e',
        'g -> b -> e',
      ),
      around(
        gateway('eventBased', 'g') + caught('a', later) + caught('b', later),
        't -> g -> a',
        'g -> b if x',
      ),
      ['g_b condition-not-allowed'],
    ],
    [
      'stands on every flow of an exclusive gateway',
      choice('exclusive', '', 'g -> a if x', 'g -> b if y'),
      choice('exclusive', '', 'g -> a if x', 'g -> b'),
      ['g_b condition-missing'],
    ],
    [
      'stands on every flow of an inclusive gateway',
      choice('inclusive', 'default="g_b"', 'g -> a if x', 'g -> b'),
      choice('inclusive', '', 'g -> a if x', 'g -> b'),
      ['g_b condition-missing'],
    ],
  ]);
});

describe('a default flow', () => {
  refuses([
    [
      'has no condition',
      choice('exclusive', 'default="g_a"', 'g -> a', 'g -> b if x'),
      choice('exclusive', 'default="g_a"', 'g -> a if y', 'g -> b if x'),
      ['g_a default-with-condition'],
    ],
    [
      'leaves its element',
      choice('exclusive', 'default="g_a"', 'g -> a', 'g -> b if x'),
      choice('exclusive', 'default="s_t"', 'g -> a if y', 'g -> b if x'),
      ['g default-not-outgoing'],
    ],
    [
      'belongs to a choice',
      choice('complex', 'default="g_a"', 'g -> a', 'g -> b if x'),
      bpmn(
        [
          '<bpmn:startEvent id="s"/>',
          gateway('parallel', 'g'),
          user('a'),
          user('b'),
          flows('s -> g -> a', 'g -> b'),
        ].join(''),
      ).replace('<bpmn:parallelGateway', '<bpmn:parallelGateway default="g_a"'),
      ['g unknown-attribute'],
    ],
  ]);
  warns([
    [
      'stands beside conditions',
      around(user('a', '', 'default="a_c"') + task('b') + task('c'), 't -> a -> b if x', 'a -> c'),
      around(user('a', '', 'default="a_c"') + task('b') + task('c'), 't -> a -> b', 'a -> c'),
      ['a default-never-taken'],
    ],
    [
      'or a flow without condition stands beside those of an activity',
      around(user('a') + task('b') + task('c'), 't -> a -> b if x', 'a -> c'),
      around(user('a') + task('b') + task('c'), 't -> a -> b if x', 'a -> c if y'),
      ['a default-missing'],
    ],
  ]);
});

describe('a circle', () => {
  const script = element('scriptTask', 'a', '+<zeebe:script expression="=1" resultVariable="x"/>');
  refuses([
    [
      'in which nothing waits has a way out',
      around(user('a') + task('b'), 't -> a -> b -> a'),
      around(script + task('b'), 't -> a -> b -> a'),
      ['a infinite-loop'],
    ],
    [
      'may go through a link',
      around(user('a') + thrown('l', link('L')) + caught('k', link('L')), 't -> a -> l', 'k -> a'),
      around(task('a') + thrown('l', link('L')) + caught('k', link('L')), 't -> a -> l', 'k -> a'),
      ['a infinite-loop'],
    ],
    [
      'waits when a sub-process in it does',
      around(sub('x', start('i') + user('u') + flows('i -> u')) + task('b'), 't -> x -> b -> x'),
      around(sub('x', start('i') + task('u') + flows('i -> u')) + task('b'), 't -> x -> b -> x'),
      ['x infinite-loop'],
    ],
    [
      'waits when what it calls may',
      around(element('callActivity', 'x', '', 'calledElement="q"') + task('b'), 't -> x -> b -> x'),
      around(task('x') + task('b'), 't -> x -> b -> x'),
      ['x infinite-loop'],
    ],
  ]);
  warns([
    [
      'in which nothing waits ends by its own conditions',
      around(gateway('exclusive', 'g') + user('a'), 't -> a -> g -> a if n > 0', 'g -> e if n = 0'),
      around(gateway('exclusive', 'g') + task('a'), 't -> a -> g -> a if n > 0', 'g -> e if n = 0'),
      ['g loop-without-wait'],
    ],
    [
      'may be left by an inclusive choice',
      around(gateway('inclusive', 'g') + user('a'), 't -> a -> g -> a if n > 0', 'g -> e if n = 0'),
      around(gateway('inclusive', 'g') + task('a'), 't -> a -> g -> a if n > 0', 'g -> e if n = 0'),
      ['g loop-without-wait'],
    ],
  ]);
});
