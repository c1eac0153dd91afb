import { describe } from '@jest/globals';
import {
  among,
  around,
  boundary,
  caught,
  cancel,
  compensation,
  conditional,
  element,
  end,
  error,
  escalation,
  eventSub,
  flows,
  link,
  message,
  signal,
  speech,
  start,
  sub,
  task,
  terminate,
  thrown,
  timer,
  user,
} from '../testing/bpmn.ts';
import { refuses } from '../testing/parsing.ts';

const later = timer('Duration', 'P1D');
const transaction = (id: string, inside: string): string =>
  element(
    'transaction',
    id,
    [start(`${id}_s`), inside, flows(`${id}_s -> ${id}_t`), user(`${id}_t`)].join(''),
  );

describe('an event is of a kind that its place allows', () => {
  const definitions: Readonly<Record<string, string>> = {
    message: message('m'),
    timer: later,
    signal: signal('sig'),
    conditional: conditional('x = 1'),
    error: error('er'),
    escalation: escalation('esc'),
    terminate,
    link: link('L'),
  };
  const places: readonly (readonly [string, (inside: string) => string, string, readonly string[]])[] = [
    [
      'intermediate catch event',
      (inside) => among(speech, caught('i', inside), 't -> i -> e'),
      'message',
      ['error', 'escalation', 'terminate'],
    ],
    [
      'intermediate throw event',
      (inside) => among(speech, thrown('i', inside), 't -> i -> e'),
      'signal',
      ['timer', 'conditional', 'error', 'terminate'],
    ],
    [
      'end event',
      (inside) => among(speech, end('i', inside), 't -> i'),
      'escalation',
      ['timer', 'conditional', 'link'],
    ],
    [
      'boundary event',
      (inside) => among(speech, boundary('i', 't', inside), 'i -> e'),
      'conditional',
      ['terminate', 'link'],
    ],
  ];
  refuses(
    places.flatMap(([place, drawn, sound, wrong]) =>
      wrong.map(
        (kind) =>
          [
            `no ${kind} as an ${place}`,
            drawn(definitions[sound] ?? ''),
            drawn(definitions[kind] ?? ''),
            ['i event-kind'],
          ] as const,
      ),
    ),
  );
  refuses([
    [
      'no boundary event without one',
      around(boundary('i', 't', later), 'i -> e'),
      around(boundary('i', 't', ''), 'i -> e'),
      ['i event-kind'],
    ],
    [
      'no catch event without one',
      around(caught('i', later), 't -> i -> e'),
      around(caught('i', ''), 't -> i -> e'),
      ['i event-kind'],
    ],
    [
      'no link among several',
      among(speech, caught('i', message('m') + later), 't -> i -> e'),
      among(speech, caught('i', message('m') + link('L')), 't -> i -> e'),
      ['i event-kind'],
    ],
    [
      'no two endings',
      among(speech, end('i', message('m2') + error('er')), 't -> i'),
      among(speech, end('i', terminate + error('er')), 't -> i'),
      ['i event-kind'],
    ],
    [
      'no error beside others that must happen too',
      among(speech, boundary('i', 't', error('er') + later), 'i -> e'),
      among(speech, boundary('i', 't', error('er') + later, 'parallelMultiple="true"'), 'i -> e'),
      ['i event-kind'],
    ],
  ]);
});

describe('what is spoken of has a name', () => {
  refuses([
    [
      'a message',
      among(speech, caught('i', message('m')), 't -> i -> e'),
      among(`${speech}<bpmn:message id="m3"/>`, caught('i', message('m3')), 't -> i -> e'),
      ['i message-missing'],
    ],
    [
      'the message of a receive task',
      among(speech, element('receiveTask', 'r', '', 'messageRef="m"'), 't -> r'),
      among(speech, element('receiveTask', 'r'), 't -> r'),
      ['r message-missing'],
    ],
    [
      'a signal',
      among(speech, thrown('i', signal('sig')), 't -> i -> e'),
      among(speech, thrown('i', signal()), 't -> i -> e'),
      ['i signal-missing'],
    ],
    [
      'an error that is thrown',
      among(speech, end('i', error('er')), 't -> i'),
      among(speech, end('i', error()), 't -> i'),
      ['i error-code'],
    ],
    [
      'an error without a code that is caught, which is every error, but not one that is thrown',
      among('<bpmn:error id="none"/>', boundary('i', 't', error('none')), 'i -> e'),
      among('<bpmn:error id="none"/>', end('i', error('none')), 't -> i'),
      ['i error-code'],
    ],
    [
      'a fixed one where an error is caught',
      among('<bpmn:error id="x" errorCode="=a"/>', end('i', error('x')), 't -> i'),
      among('<bpmn:error id="x" errorCode="=a"/>', boundary('i', 't', error('x')), 'i -> e'),
      ['i error-code'],
    ],
    [
      'an escalation that is thrown',
      among(speech, thrown('i', escalation('esc')), 't -> i -> e'),
      among(speech, thrown('i', escalation()), 't -> i -> e'),
      ['i escalation-code'],
    ],
    [
      'a condition that is awaited',
      around(caught('i', conditional('x = 1')), 't -> i -> e'),
      around(caught('i', '<bpmn:conditionalEventDefinition/>'), 't -> i -> e'),
      ['i condition-missing'],
    ],
  ]);
});

describe('what is thrown is caught once', () => {
  refuses([
    [
      'an error at one activity',
      among(speech, boundary('b', 't', error('er')) + boundary('c', 't', error()), 'b -> e', 'c -> e'),
      among(speech, boundary('b', 't', error('er')) + boundary('c', 't', error('er')), 'b -> e', 'c -> e'),
      ['c error-duplicate'],
    ],
    [
      'an error in one scope',
      among(speech, eventSub('x', error()) + eventSub('y', error('er'))),
      among(speech, eventSub('x', error()) + eventSub('y', error())),
      ['y_s error-duplicate'],
    ],
    [
      'an escalation at one activity',
      among(
        speech,
        boundary('b', 't', escalation('esc')) + boundary('c', 't', error('er')),
        'b -> e',
        'c -> e',
      ),
      among(
        speech,
        boundary('b', 't', escalation('esc')) + boundary('c', 't', escalation('esc')),
        'b -> e',
        'c -> e',
      ),
      ['c catch-duplicate'],
    ],
  ]);
});

describe('an error', () => {
  refuses([
    [
      'always interrupts, as an escalation need not',
      among(speech, boundary('b', 't', escalation('esc'), 'cancelActivity="false"'), 'b -> e'),
      among(speech, boundary('b', 't', error('er'), 'cancelActivity="false"'), 'b -> e'),
      ['b error-not-interrupting'],
    ],
  ]);
});

describe('a boundary event', () => {
  refuses([
    [
      'sits on an activity',
      around(boundary('b', 't', later), 'b -> e'),
      around(boundary('b', 'e', later), 'b -> e'),
      ['b boundary-not-attached'],
    ],
    [
      'sits beside its activity',
      around(sub('x', user('u') + boundary('b', 'u', later) + task('v') + flows('b -> v')), 't -> x'),
      around(sub('x', user('u')) + boundary('b', 'u', later), 't -> x', 'b -> e'),
      ['b boundary-not-attached'],
    ],
    [
      'does not sit on an event sub-process',
      among(speech, eventSub('x', message('m')) + boundary('b', 't', later), 'b -> e'),
      among(speech, eventSub('x', message('m')) + boundary('b', 'x', later), 'b -> e'),
      ['b boundary-not-attached'],
    ],
  ]);
});

describe('a cancellation', () => {
  refuses([
    [
      'is thrown inside a transaction',
      around(transaction('x', end('c', cancel) + flows('x_t -> c')), 't -> x'),
      around(end('c', cancel), 't -> c'),
      ['c cancel-outside-transaction'],
    ],
    [
      'is caught at a transaction',
      around(transaction('x', '') + boundary('b', 'x', cancel), 't -> x', 'b -> e'),
      around(boundary('b', 't', cancel), 'b -> e'),
      ['b cancel-outside-transaction'],
    ],
    [
      'always interrupts',
      around(transaction('x', '') + boundary('b', 'x', cancel), 't -> x', 'b -> e'),
      around(transaction('x', '') + boundary('b', 'x', cancel, 'cancelActivity="false"'), 't -> x', 'b -> e'),
      ['b event-kind'],
    ],
    [
      'is alone at its boundary',
      around(transaction('x', '') + boundary('b', 'x', cancel), 't -> x', 'b -> e'),
      around(transaction('x', '') + boundary('b', 'x', cancel + compensation()), 't -> x', 'b -> e'),
      ['b event-kind', 'b event-kind', 'b compensation-flow', 'b compensation-handler'],
    ],
  ]);
});

describe('a link', () => {
  const pair = around(thrown('l', link('L')) + caught('k', link('L')), 't -> l', 'k -> e');
  refuses([
    ['is caught where it is thrown', pair, around(thrown('l', link('L')), 't -> l'), ['l link-pair']],
    [
      'is thrown where it is caught',
      pair,
      around(caught('k', link('L')), 'k -> e'),
      ['k link-pair', 'k unreachable'],
    ],
    [
      'stays within its scope',
      pair,
      around(
        thrown('l', link('L')) + sub('x', caught('k', link('L')) + task('v') + user('w') + flows('k -> v')),
        't -> l',
        't -> x',
      ),
      ['l link-pair', 'k link-pair', 'k unreachable', 'v unreachable'],
    ],
    [
      'is caught once, thrown as often as wanted',
      around(
        thrown('l', link('L')) + thrown('o', link('L')) + caught('k', link('L')),
        't -> l',
        't -> o',
        'k -> e',
      ),
      around(
        thrown('l', link('L')) + caught('k', link('L')) + caught('o', link('L')),
        't -> l',
        'k -> e',
        'o -> e',
      ),
      ['o link-pair'],
    ],
    [
      'has no flow behind it',
      pair,
      around(thrown('l', link('L')) + caught('k', link('L')), 't -> l -> e', 'k -> e'),
      ['l link-flow'],
    ],
    [
      'has no flow before it',
      pair,
      around(thrown('l', link('L')) + caught('k', link('L')), 't -> l', 't -> k -> e'),
      ['k link-flow'],
    ],
    [
      'has a name',
      pair,
      around(
        thrown('l', '<bpmn:linkEventDefinition/>') + caught('k', link('L')) + thrown('o', link('L')),
        't -> l',
        't -> o',
        'k -> e',
      ),
      ['l link-name', 'l link-pair'],
    ],
  ]);
});
