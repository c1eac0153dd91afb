import { describe, expect, it } from '@jest/globals';
import { among, around, loop, signal, speech, times, user } from '../testing/bpmn.ts';
import { errorsOf, nodeOf } from '../testing/parsing.ts';

const loopOf = async (inside: string) => (await nodeOf(among(speech, user('u', inside), 't -> u'), 'u')).loop;
const standard = (inside: string, attributes = ''): string =>
  `<bpmn:standardLoopCharacteristics ${attributes}>${inside}</bpmn:standardLoopCharacteristics>`;

describe('a standard loop', () => {
  it('goes on while its condition holds', async () => {
    expect(
      await loopOf(standard('<bpmn:loopCondition>loopCounter &lt; 3</bpmn:loopCondition>')),
    ).toMatchObject({
      kind: 'standard',
      testBefore: false,
      condition: { text: 'loopCounter < 3' },
      maximum: null,
    });
  });

  it('may be tested before, and has a maximum', async () => {
    expect(await loopOf(standard('', 'testBefore="true" loopMaximum="5"'))).toMatchObject({
      testBefore: true,
      condition: null,
      maximum: { constant: 5 },
    });
  });
});

describe('a multi-instance activity', () => {
  it('counts', async () => {
    expect(await loopOf(loop(times('=n + 1'), 'isSequential="true"'))).toMatchObject({
      kind: 'multi',
      sequential: true,
      cardinality: { text: 'n + 1' },
      collection: null,
      behavior: { kind: 'all' },
    });
  });

  it('goes through a collection in Zeebe’s words, until enough is done', async () => {
    const inside = `<bpmn:extensionElements><zeebe:loopCharacteristics inputCollection="=xs" inputElement="x" outputCollection="ys" outputElement="=y"/></bpmn:extensionElements><bpmn:completionCondition>numberOfCompletedInstances > 1</bpmn:completionCondition>`;
    expect(await loopOf(loop(inside))).toMatchObject({
      sequential: false,
      cardinality: null,
      collection: { text: 'xs' },
      item: 'x',
      outputCollection: 'ys',
      outputElement: { text: 'y' },
      completionCondition: { text: 'numberOfCompletedInstances > 1' },
    });
  });

  it('goes through a collection in BPMN’s words', async () => {
    const data = `
      <bpmn:ioSpecification id="io"><bpmn:dataInput id="in" name="papers"/><bpmn:dataInput id="one" name="page"/><bpmn:dataOutput id="verdict" name="verdict"/><bpmn:dataOutput id="out" name="verdicts"/>
        <bpmn:inputSet><bpmn:dataInputRefs>in</bpmn:dataInputRefs><bpmn:dataInputRefs>one</bpmn:dataInputRefs></bpmn:inputSet></bpmn:ioSpecification>
      <bpmn:dataInputAssociation id="a1"><bpmn:sourceRef>docs</bpmn:sourceRef><bpmn:targetRef>in</bpmn:targetRef></bpmn:dataInputAssociation>
      <bpmn:dataInputAssociation id="a2"><bpmn:sourceRef>item</bpmn:sourceRef><bpmn:targetRef>one</bpmn:targetRef></bpmn:dataInputAssociation>
      <bpmn:dataOutputAssociation id="a3"><bpmn:sourceRef>verdict</bpmn:sourceRef><bpmn:targetRef>given</bpmn:targetRef></bpmn:dataOutputAssociation>
      <bpmn:dataOutputAssociation id="a4"><bpmn:sourceRef>out</bpmn:sourceRef><bpmn:targetRef>results</bpmn:targetRef></bpmn:dataOutputAssociation>`;
    const characteristics = loop(
      '<bpmn:loopDataInputRef>in</bpmn:loopDataInputRef><bpmn:loopDataOutputRef>out</bpmn:loopDataOutputRef><bpmn:inputDataItem id="item" name="paper"/><bpmn:outputDataItem id="given" name="given"/>',
    );
    const xml = around(
      `<bpmn:dataObject id="docs" name="documents" isCollection="true"/><bpmn:dataObject id="results" name="results" isCollection="true"/>${user('u', data + characteristics)}`,
      't -> u',
    );
    const node = await nodeOf(xml, 'u');
    expect(node.loop).toMatchObject({
      collection: { text: 'documents' },
      item: 'paper',
      outputCollection: 'results',
      outputElement: { text: 'verdict' },
    });
    expect(node.inputs).toMatchObject([{ source: { text: 'paper' }, target: 'page' }]);
    expect(node.outputs).toEqual([]);
    expect([node.locals, node.required]).toEqual([['page'], ['page']]);
  });

  it('of BPMN goes through a data object that it sees', async () => {
    const xml = around(
      `<bpmn:dataObject id="docs" name="documents" isCollection="true"/>${user('u', loop('<bpmn:loopDataInputRef>docs</bpmn:loopDataInputRef><bpmn:inputDataItem id="item" name="paper"/>'))}`,
      't -> u',
    );
    expect((await nodeOf(xml, 'u')).loop).toMatchObject({ collection: { text: 'documents' }, item: 'paper' });
  });

  const definition = '<bpmn:signalEventDefinition id="rung" signalRef="sig"/>';
  const thrown = async (inside: string, attributes: string) => {
    const node = await nodeOf(
      among(speech + definition, user('u', loop(times('3') + inside, attributes)), 't -> u'),
      'u',
    );
    return node.loop?.kind === 'multi' ? node.loop.behavior : null;
  };

  it('throws one event, or one for each instance', async () => {
    expect(await thrown('', 'behavior="One" oneBehaviorEventRef="rung"')).toMatchObject({
      kind: 'one',
      event: { kind: 'signal' },
    });
    expect(await thrown('', 'behavior="None" noneBehaviorEventRef="rung"')).toMatchObject({
      kind: 'none',
      event: { kind: 'signal', name: { constant: 'alarm' } },
    });
  });

  it('throws events under conditions', async () => {
    const complex = `<bpmn:complexBehaviorDefinition id="cb"><bpmn:condition>numberOfCompletedInstances = 2</bpmn:condition><bpmn:event id="ev">${signal('sig')}</bpmn:event></bpmn:complexBehaviorDefinition>`;
    expect(await thrown(complex, 'behavior="Complex"')).toMatchObject({
      kind: 'complex',
      definitions: [{ condition: { text: 'numberOfCompletedInstances = 2' }, event: { kind: 'signal' } }],
    });
  });

  it('throws nothing that only waits', async () => {
    const roots = `${speech}<bpmn:timerEventDefinition id="later"><bpmn:timeDuration>P1D</bpmn:timeDuration></bpmn:timerEventDefinition>`;
    const xml = among(
      roots,
      user('u', loop(times('3'), 'behavior="One" oneBehaviorEventRef="later"')),
      't -> u',
    );
    expect(await errorsOf(xml)).toEqual(['u loop-behavior']);
  });
});
