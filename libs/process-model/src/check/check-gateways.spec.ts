import { describe } from '@jest/globals';
import {
  among,
  around,
  boundary,
  caught,
  conditional,
  element,
  gateway,
  link,
  message,
  signal,
  speech,
  task,
  timer,
  user,
} from '../testing/bpmn.ts';
import { refuses, warns } from '../testing/parsing.ts';

const later = timer('Duration', 'P1D');
const receive = (id: string): string => element('receiveTask', id, '', 'messageRef="m2"');
const waiting = (inside: string, ...lines: readonly string[]): string =>
  among(speech, gateway('eventBased', 'g') + inside, 't -> g', ...lines);

describe('a gateway', () => {
  refuses([
    [
      'leads somewhere',
      around(gateway('parallel', 'g') + user('a') + user('b'), 't -> g -> a', 'g -> b'),
      around(gateway('parallel', 'g'), 't -> g'),
      ['g gateway-without-flow'],
    ],
    ...(
      [
        ['Diverging', 'Converging'],
        ['Unspecified', 'Mixed'],
      ] as const
    ).map(([right, wrong]) => {
      const drawn = (direction: string) =>
        around(
          gateway('exclusive', 'g', `gatewayDirection="${direction}"`) +
            user('a') +
            (right === 'Diverging' ? user('b') : ''),
          't -> g -> a if x',
          ...(right === 'Diverging' ? ['g -> b if y'] : []),
        );
      return [
        `is not ${wrong} against its flows`,
        drawn(right),
        drawn(wrong),
        ['g gateway-direction'],
      ] as const;
    }),
    [
      'is not Diverging when flows join in it',
      around(
        gateway('exclusive', 'g', 'gatewayDirection="Converging"') + task('a'),
        't -> g -> e',
        't -> a -> g',
      ),
      around(
        gateway('exclusive', 'g', 'gatewayDirection="Diverging"') + task('a'),
        't -> g -> e',
        't -> a -> g',
      ),
      ['g gateway-direction'],
    ],
    [
      'is complex with a condition that says when it joins',
      around(
        gateway(
          'complex',
          'g',
          '',
          '<bpmn:activationCondition>activationCount &gt; 0</bpmn:activationCondition>',
        ) + task('a'),
        't -> g -> e',
        't -> a -> g',
      ),
      around(gateway('complex', 'g') + task('a'), 't -> g -> e', 't -> a -> g'),
      ['g activation-condition'],
    ],
  ]);
  warns([
    [
      'joins or splits',
      around(gateway('inclusive', 'g') + user('a') + user('b'), 't -> g -> a if x', 'g -> b if y'),
      around(gateway('inclusive', 'g') + user('a'), 't -> g -> a'),
      ['g gateway-useless'],
    ],
    [
      'that is parallel does not wait for both ways of a choice',
      around(
        gateway('exclusive', 'g') + gateway('exclusive', 'j') + user('a') + user('b'),
        't -> g -> a if x',
        'g -> b if y',
        'a -> j -> e',
        'b -> j',
      ),
      around(
        gateway('exclusive', 'g') + gateway('parallel', 'j') + user('a') + user('b'),
        't -> g -> a if x',
        'g -> b if y',
        'a -> j -> e',
        'b -> j',
      ),
      ['j join-deadlock'],
    ],
  ]);
});

describe('an event-based gateway', () => {
  const two = waiting(caught('a', later) + caught('b', message('m')), 'g -> a -> e', 'g -> b -> e');
  refuses([
    [
      'leads to events of all kinds that can be awaited',
      waiting(
        caught('a', later) +
          caught('b', message('m')) +
          caught('c', signal('sig')) +
          caught('d', conditional('x')),
        'g -> a -> e',
        'g -> b -> e',
        'g -> c -> e',
        'g -> d -> e',
      ),
      waiting(caught('a', later) + user('b'), 'g -> a -> e', 'g -> b'),
      ['b event-gateway-targets'],
    ],
    ['waits for two or more', two, waiting(caught('a', later), 'g -> a -> e'), ['g event-gateway-targets']],
    [
      'leads to no link',
      two,
      waiting(
        caught('a', later) + caught('b', link('L')) + element('intermediateThrowEvent', 'l', link('L')),
        'g -> a -> e',
        'g -> b -> e',
        't -> l',
      ),
      ['b event-gateway-targets', 'b link-flow'],
    ],
    [
      'alone leads to its events',
      two,
      waiting(caught('a', later) + caught('b', message('m')), 'g -> a -> e', 'g -> b -> e', 't -> b'),
      ['b event-gateway-targets'],
    ],
    [
      'leads to receive tasks without boundary events',
      waiting(receive('r') + caught('a', later), 'g -> a -> e', 'g -> r'),
      waiting(
        receive('r') + caught('a', later) + boundary('x', 'r', later),
        'g -> a -> e',
        'g -> r',
        'x -> e',
      ),
      ['r event-gateway-targets'],
    ],
    [
      'leads to receive tasks or message events, not to both',
      waiting(receive('r') + caught('a', later), 'g -> a -> e', 'g -> r'),
      waiting(receive('r') + caught('a', message('m')), 'g -> a -> e', 'g -> r'),
      ['g event-gateway-targets'],
    ],
    [
      'waits for all its events only where it starts the process',
      among(
        speech,
        gateway('eventBased', 'g', 'instantiate="true" eventGatewayType="Parallel"') +
          caught('a', message('m2')) +
          caught('b', message('m')),
        'g -> a -> e',
        'g -> b -> e',
      ),
      waiting(caught('a', later) + caught('b', message('m')), 'g -> a -> e', 'g -> b -> e').replace(
        '<bpmn:eventBasedGateway',
        '<bpmn:eventBasedGateway eventGatewayType="Parallel"',
      ),
      ['g event-gateway-parallel'],
    ],
  ]);
});
