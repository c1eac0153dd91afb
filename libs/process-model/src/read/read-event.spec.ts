import { describe, expect, it } from '@jest/globals';
import type { EventDefinition } from '../model.ts';
import {
  among,
  boundary,
  bpmn,
  cancel,
  caught,
  compensation,
  conditional,
  element,
  end,
  error,
  escalation,
  flows,
  link,
  message,
  signal,
  speech,
  start,
  terminate,
  thrown,
  timer,
  user,
} from '../testing/bpmn.ts';
import { nodeOf, refuses } from '../testing/parsing.ts';

const drawn: Readonly<Record<string, (inside: string) => string>> = {
  catch: (inside) => among(speech, caught('i', inside), 't -> i -> e'),
  throw: (inside) => among(speech, thrown('i', inside), 't -> i -> e'),
  end: (inside) => among(speech, end('i', inside), 't -> i'),
  boundary: (inside) => among(speech, boundary('i', 't', inside), 'i -> e'),
  parallel: (inside) => among(speech, boundary('i', 't', inside, 'parallelMultiple="true"'), 'i -> e'),
};
const eventOf = async (place: string, inside: string): Promise<EventDefinition> =>
  (await nodeOf(drawn[place]?.(inside) ?? '', 'i')).event;

describe('one event definition', () => {
  it.each([
    [
      'catch',
      message('m'),
      { kind: 'message', name: { constant: 'hello' }, correlationKey: { text: 'ref' } },
    ],
    ['throw', message('m2'), { kind: 'message', name: { constant: 'other' }, correlationKey: null }],
    ['catch', timer('Duration', '=d'), { kind: 'timer', timer: 'duration', value: { text: 'd' } }],
    ['catch', signal('sig'), { kind: 'signal', name: { constant: 'alarm' } }],
    ['end', signal('sig'), { kind: 'signal', name: { constant: 'alarm' } }],
    ['boundary', conditional('=x > 1'), { kind: 'conditional', condition: { text: 'x > 1', names: ['x'] } }],
    ['catch', conditional('x > 1'), { kind: 'conditional', condition: { text: 'x > 1', names: ['x'] } }],
    ['boundary', error('er'), { kind: 'error', code: { constant: 'E1' } }],
    ['boundary', error(), { kind: 'error', code: null }],
    ['end', error('er'), { kind: 'error', code: { constant: 'E1' } }],
    ['throw', escalation('esc'), { kind: 'escalation', code: { constant: 'X1' } }],
    ['boundary', escalation(), { kind: 'escalation', code: null }],
    ['throw', compensation(), { kind: 'compensation', activity: null, waitForCompletion: true }],
    [
      'end',
      compensation('waitForCompletion="false"'),
      { kind: 'compensation', activity: null, waitForCompletion: false },
    ],
    ['end', terminate, { kind: 'terminate' }],
    ['end', '', { kind: 'none' }],
    ['throw', '', { kind: 'none' }],
  ])('%s %s', async (place, inside, expected) => {
    expect(await eventOf(place, inside)).toMatchObject(expected);
  });

  it('of a link has its name', async () => {
    const xml = among('', thrown('i', link(' L ')) + caught('k', link('L')), 't -> i', 'k -> e');
    expect((await nodeOf(xml, 'i')).event).toEqual({ kind: 'link', name: 'L' });
  });

  it('of a cancellation lies in its transaction', async () => {
    const inside = start('a') + end('i', cancel) + flows('a -> i');
    const xml = among('', element('transaction', 'x', inside), 't -> x');
    expect((await nodeOf(xml, 'i')).event).toEqual({ kind: 'cancel' });
  });

  it('may be computed where it is thrown', async () => {
    const xml = among('<bpmn:error id="x" errorCode="=code"/>', end('i', error('x')), 't -> i');
    expect((await nodeOf(xml, 'i')).event).toMatchObject({
      kind: 'error',
      code: { text: 'code', names: ['code'] },
    });
  });

  it('of the file is referred to', async () => {
    const roots =
      '<bpmn:timerEventDefinition id="later"><bpmn:timeDuration>P1D</bpmn:timeDuration></bpmn:timerEventDefinition>';
    const xml = among(
      roots,
      caught('i', '<bpmn:eventDefinitionRef>later</bpmn:eventDefinitionRef>'),
      't -> i -> e',
    );
    expect((await nodeOf(xml, 'i')).event).toMatchObject({
      kind: 'timer',
      timer: 'duration',
      value: { constant: 'P1D' },
    });
  });
});

describe('several event definitions', () => {
  it('are one of many', async () => {
    expect(await eventOf('catch', message('m') + signal('sig'))).toMatchObject({
      kind: 'multiple',
      parallel: false,
      of: [{ kind: 'message' }, { kind: 'signal' }],
    });
  });

  it('are all of many, when parallel', async () => {
    expect(await eventOf('parallel', message('m') + signal('sig'))).toMatchObject({
      kind: 'multiple',
      parallel: true,
    });
  });

  it('count those of the file', async () => {
    const xml = among(
      `${speech}<bpmn:signalEventDefinition id="rung" signalRef="sig"/>`,
      caught('i', `${message('m')}<bpmn:eventDefinitionRef>rung</bpmn:eventDefinitionRef>`),
      't -> i -> e',
    );
    expect((await nodeOf(xml, 'i')).event).toMatchObject({ of: [{ kind: 'message' }, { kind: 'signal' }] });
  });

  it('are thrown in their order, and what ends the scope last', async () => {
    expect(await eventOf('end', terminate + signal('sig') + message('m2'))).toMatchObject({
      of: [{ kind: 'signal' }, { kind: 'message' }, { kind: 'terminate' }],
    });
  });

  it('are one when there is one, parallel or not', async () => {
    expect(await eventOf('parallel', message('m'))).toMatchObject({ kind: 'message' });
  });
});

describe('correlation in BPMN’s own words', () => {
  const property = (id: string, path = 'orderId'): string =>
    `<bpmn:correlationProperty id="${id}"><bpmn:correlationPropertyRetrievalExpression messageRef="ask"><bpmn:messagePath>${path}</bpmn:messagePath></bpmn:correlationPropertyRetrievalExpression></bpmn:correlationProperty>`;
  const file = (properties: string, refs: readonly string[], subscription: string): string =>
    bpmn(
      [
        `<bpmn:correlationSubscription id="cs" correlationKeyRef="key">${subscription}</bpmn:correlationSubscription>`,
        start(),
        element('receiveTask', 'r', '', 'messageRef="ask"'),
        element('sendTask', 'o', '', 'messageRef="ask"'),
        user('u'),
        flows('s -> r -> o -> u'),
      ].join(''),
      `<bpmn:message id="ask" name="asked"/>${properties}<bpmn:collaboration id="c"><bpmn:correlationKey id="key">${refs.map((ref) => `<bpmn:correlationPropertyRef>${ref}</bpmn:correlationPropertyRef>`).join('')}</bpmn:correlationKey></bpmn:collaboration>`,
    );
  const binding = (id: string): string =>
    `<bpmn:correlationPropertyBinding correlationPropertyRef="${id}"><bpmn:dataPath>order.id</bpmn:dataPath></bpmn:correlationPropertyBinding>`;

  it('is the key of the message: of the case where it waits, of the payload where it throws', async () => {
    const xml = file(property('order'), ['order'], binding('order'));
    expect((await nodeOf(xml, 'r')).message?.correlationKey).toMatchObject({ text: 'order.id' });
    expect((await nodeOf(xml, 'o')).message?.correlationKey).toMatchObject({ text: 'orderId' });
  });

  refuses([
    [
      'by several properties is refused',
      file(property('order'), ['order'], binding('order')),
      file(
        property('order') + property('customer'),
        ['order', 'customer'],
        binding('order') + binding('customer'),
      ),
      ['r unsupported-correlation', 'o unsupported-correlation'],
    ],
  ]);
});
