import { describe } from '@jest/globals';
import {
  among,
  around,
  bpmn,
  compensation,
  conditional,
  element,
  end,
  error,
  escalation,
  eventSub,
  flows,
  gateway,
  caught,
  message,
  signal,
  speech,
  start,
  sub,
  task,
  timer,
  user,
} from '../testing/bpmn.ts';
import { refuses, warns } from '../testing/parsing.ts';

const process = (...inside: readonly string[]): string => bpmn(inside.join(''), speech);

describe('a process begins', () => {
  refuses([
    [
      'with a start event, where it draws its end',
      process(start(), user('t'), end(), flows('s -> t -> e')),
      process(user('t'), end(), flows('t -> e')),
      ['p start-missing'],
    ],
    [
      'without one at what no flow leads to',
      process(user('t'), user('u'), flows('t -> u')),
      process(user('t'), user('u'), flows('t -> u -> t')),
      ['p start-missing', 't unreachable', 'u unreachable'],
    ],
    ['with something', around(''), bpmn(''), ['p process-empty']],
    ['once', around(''), around(start('s2'), 's2 -> t'), ['s2 start-ambiguous']],
    [
      'once by each message',
      among(speech, start('a', message('m')) + start('b', message('m2')), 'a -> t', 'b -> t'),
      among(speech, start('a', message('m')) + start('b', message('m')), 'a -> t', 'b -> t'),
      ['b start-ambiguous'],
    ],
    [
      'once by each signal, and a signal is no message',
      among(
        `${speech}<bpmn:signal id="hi" name="hello"/>`,
        start('a', message('m')) + start('b', signal('hi')),
        'a -> t',
        'b -> t',
      ),
      among(speech, start('a', signal('sig')) + start('b', signal('sig')), 'a -> t', 'b -> t'),
      ['b start-ambiguous'],
    ],
    [
      'once by a message, whether a receive task or an event awaits it',
      among(
        speech,
        start('a', message('m2')) + element('receiveTask', 'r', '', 'messageRef="m" instantiate="true"'),
        'a -> t',
        'r -> t',
      ),
      among(
        speech,
        start('a', message('m')) + element('receiveTask', 'r', '', 'messageRef="m" instantiate="true"'),
        'a -> t',
        'r -> t',
      ),
      ['r start-ambiguous'],
    ],
    ...(['error', 'escalation', 'compensation'] as const).map((kind) => {
      const definition = { error: error('er'), escalation: escalation('esc'), compensation: compensation() }[
        kind
      ];
      return [
        `not by ${kind}`,
        process(start('s', conditional('x > 1')), user('t'), flows('s -> t')),
        process(start('s', definition), user('t'), flows('s -> t')),
        ['s event-kind'],
      ] as const;
    }),
    [
      'at a date or in a cycle',
      process(start('s', timer('Cycle', 'R/P1D')), user('t'), flows('s -> t')),
      process(start('s', timer('Duration', 'P1D')), user('t'), flows('s -> t')),
      ['s timer-kind'],
    ],
    [
      'without reading variables for its timer',
      process(start('s', timer('Date', '=now()')), user('t'), flows('s -> t')),
      process(start('s', timer('Date', '=when')), user('t'), flows('s -> t')),
      ['s start-expression'],
    ],
    [
      'without reading variables for its signal',
      bpmn(
        start('s', signal('x')) + user('t') + flows('s -> t'),
        '<bpmn:signal id="x" name="=&quot;a&quot;"/>',
      ),
      bpmn(start('s', signal('x')) + user('t') + flows('s -> t'), '<bpmn:signal id="x" name="=a"/>'),
      ['s start-expression'],
    ],
    [
      'somewhere: a flow leaves the start event',
      around(start('s2', timer('Cycle', 'R/P1D')), 's2 -> t'),
      around(start('s2', timer('Cycle', 'R/P1D'))),
      ['s2 start-without-flow'],
    ],
    ['at the start: no flow leads there', around(''), around('', 't -> s'), ['s start-with-incoming']],
    [
      'by a receive task that stands first',
      process(
        element('receiveTask', 'r', '', 'messageRef="m" instantiate="true"'),
        user('u'),
        flows('r -> u'),
      ),
      among(speech, element('receiveTask', 'r', '', 'messageRef="m" instantiate="true"'), 't -> r'),
      ['r instantiate'],
    ],
    [
      'not inside a sub-process',
      among(speech, sub('x', element('receiveTask', 'r', '', 'messageRef="m"')), 't -> x'),
      among(
        speech,
        sub('x', user('u') + element('receiveTask', 'r', '', 'messageRef="m" instantiate="true"')),
        't -> x',
      ),
      ['r instantiate'],
    ],
    [
      'by an event-based gateway that stands first',
      process(
        gateway('eventBased', 'g', 'instantiate="true"'),
        caught('a', message('m')),
        caught('b', message('m2')),
        flows('g -> a', 'g -> b'),
      ),
      among(
        speech,
        gateway('eventBased', 'g', 'instantiate="true"') +
          caught('a', message('m')) +
          caught('b', message('m2')),
        't -> g -> a',
        'g -> b',
      ),
      ['g instantiate'],
    ],
  ]);
});

describe('a sub-process begins', () => {
  refuses([
    [
      'with one start event or none',
      around(sub('x', user('u') + user('v')), 't -> x'),
      around(sub('x', start('a') + start('b') + user('u') + flows('a -> u', 'b -> u')), 't -> x'),
      ['b start-ambiguous'],
    ],
    [
      'when a token arrives',
      among(speech, sub('x', start('a') + user('u') + flows('a -> u')), 't -> x'),
      among(speech, sub('x', start('a', message('m')) + user('u') + flows('a -> u')), 't -> x'),
      ['a event-kind'],
    ],
    [
      'with a start event, where it draws its end',
      around(sub('x', start('a') + end('b') + flows('a -> b')), 't -> x'),
      around(sub('x', user('u') + end('b') + flows('u -> b')), 't -> x'),
      ['x start-missing'],
    ],
  ]);
  warns([
    [
      'with something',
      around(sub('x', task('u')), 't -> x'),
      around(sub('x', ''), 't -> x'),
      ['x sub-process-empty'],
    ],
  ]);
});

describe('an event sub-process begins', () => {
  refuses([
    [
      'by an event',
      among(speech, eventSub('x', message('m'))),
      among(speech, eventSub('x', '')),
      ['x_s event-kind'],
    ],
    [
      'by its start event',
      among(speech, eventSub('x', escalation('esc'), 'isInterrupting="false"')),
      among(speech, sub('x', user('u'), 'triggeredByEvent="true"')),
      ['x start-missing'],
    ],
    [
      'once',
      among(speech, eventSub('x', conditional('a = 1'))),
      among(
        speech,
        sub(
          'x',
          start('a', message('m')) + start('b', message('m2')) + user('u') + flows('a -> u', 'b -> u'),
          'triggeredByEvent="true"',
        ),
      ),
      ['b start-ambiguous'],
    ],
    [
      'apart from all flows',
      among(speech, eventSub('x', message('m'))),
      among(speech, eventSub('x', message('m')), 't -> x'),
      ['x event-sub-process-flow'],
    ],
    [
      'by an error only when that interrupts',
      among(speech, eventSub('x', error('er'))),
      among(speech, eventSub('x', error('er'), 'isInterrupting="false"')),
      ['x_s error-not-interrupting'],
    ],
  ]);
});
