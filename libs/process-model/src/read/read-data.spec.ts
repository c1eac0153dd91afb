import { describe, expect, it } from '@jest/globals';
import { among, around, caught, element, message, speech, sub, task, thrown, user } from '../testing/bpmn.ts';
import { nodeOf, refuses } from '../testing/parsing.ts';

const object = (id: string, name = id): string => `<bpmn:dataObject id="${id}" name="${name}"/>`;
const reference = (id: string, of: string, name = ''): string =>
  `<bpmn:dataObjectReference id="${id}" dataObjectRef="${of}" name="${name}"/>`;
const io = (ins: readonly string[], outs: readonly string[] = [], sets = ''): string =>
  `<bpmn:ioSpecification>${ins.map((name) => `<bpmn:dataInput id="in_${name.replaceAll(' ', '_')}" name="${name}"/>`).join('')}${outs.map((name) => `<bpmn:dataOutput id="out_${name}" name="${name}"/>`).join('')}${sets}</bpmn:ioSpecification>`;
const required = (...names: readonly string[]): string =>
  `<bpmn:inputSet>${names.map((name) => `<bpmn:dataInputRefs>in_${name}</bpmn:dataInputRefs>`).join('')}</bpmn:inputSet>`;
const input = (source: string, target: string, inside = ''): string =>
  `<bpmn:dataInputAssociation><bpmn:sourceRef>${source}</bpmn:sourceRef><bpmn:targetRef>${target}</bpmn:targetRef>${inside}</bpmn:dataInputAssociation>`;
const output = (source: string, target: string, inside = ''): string =>
  `<bpmn:dataOutputAssociation>${source && `<bpmn:sourceRef>${source}</bpmn:sourceRef>`}<bpmn:targetRef>${target}</bpmn:targetRef>${inside}</bpmn:dataOutputAssociation>`;
const dataOf = async (xml: string, id = 'u') => {
  const { inputs, outputs, locals, required: needed } = await nodeOf(xml, id);
  const spoken = (mappings: typeof inputs) =>
    mappings.map(({ source, target }) => `${target} = ${source.text}`);
  return { inputs: spoken(inputs), outputs: spoken(outputs), locals, required: needed };
};
const working = (inside: string, objects = object('order')): string =>
  around(objects + user('u', inside), 't -> u');

describe('data associations', () => {
  it('copy data objects into inputs, and outputs into data objects', async () => {
    const xml = working(
      io(['papers'], ['verdict'], required('papers')) +
        input('order', 'in_papers') +
        output('out_verdict', 'result'),
      object('order') + object('result'),
    );
    expect(await dataOf(xml)).toEqual({
      inputs: ['papers = order'],
      outputs: ['result = verdict'],
      locals: ['papers', 'verdict'],
      required: ['papers'],
    });
  });

  it('transform', async () => {
    const xml = working(
      io(['total'], ['sum']) +
        input('order', 'in_total', '<bpmn:transformation>order.a + order.b</bpmn:transformation>') +
        output('out_sum', 'order', '<bpmn:transformation>=sum * 2</bpmn:transformation>'),
    );
    expect(await dataOf(xml)).toMatchObject({
      inputs: ['total = order.a + order.b'],
      outputs: ['order = sum * 2'],
      locals: ['total', 'sum'],
    });
  });

  it('assign, to a path or to the input by its id', async () => {
    const assign = (from: string, to: string): string =>
      `<bpmn:assignment><bpmn:from>${from}</bpmn:from><bpmn:to>${to}</bpmn:to></bpmn:assignment>`;
    const xml = working(
      io(['letter']) +
        input('order', 'in_letter', assign('order.name', 'letter.to') + assign('=1 + 1', '=letter.copies')) +
        input('order', 'in_letter', assign('{}', 'in_letter')),
    );
    expect((await dataOf(xml)).inputs).toEqual([
      'letter.to = order.name',
      'letter.copies = 1 + 1',
      'letter = {}',
    ]);
  });

  it('go by the names of data objects, whatever their references are called', async () => {
    const xml = working(
      io(['x'], ['y']) + input('r1', 'in_x') + output('out_y', 'r2'),
      `<bpmn:dataObject id="o1" name="order"/><bpmn:dataObject id="o2"/>${reference('r1', 'o1', 'Order [open]')}${reference('r2', 'o2', 'result')}`,
    );
    expect(await dataOf(xml)).toMatchObject({ inputs: ['x = order'], outputs: ['result = y'] });
  });

  it('may name variables with spaces, which expressions then read', async () => {
    const xml = around(
      object('o', 'Vacation Days') +
        user('u', io(['left over']) + input('o', 'in_left_over')) +
        user(
          'v',
          '+<zeebe:ioMapping><zeebe:input source="=Vacation Days - 1" target="n"/></zeebe:ioMapping>',
        ),
      't -> u -> v',
    );
    expect(await dataOf(xml)).toMatchObject({
      inputs: ['left over = `Vacation Days`'],
      locals: ['left over'],
    });
    expect((await nodeOf(xml, 'v')).inputs[0]?.source.names).toEqual(['Vacation Days']);
  });

  it('come before Zeebe’s mappings', async () => {
    const xml = working(
      `<bpmn:extensionElements><zeebe:ioMapping><zeebe:input source="=papers.first" target="top"/><zeebe:output source="=top" target="last"/></zeebe:ioMapping></bpmn:extensionElements>${io(['papers'])}${input('order', 'in_papers')}`,
    );
    expect(await dataOf(xml)).toMatchObject({
      inputs: ['papers = order', 'top = papers.first'],
      outputs: ['last = top'],
    });
  });

  it('of events take what a message brings, and give what it says', async () => {
    const xml = among(
      speech,
      object('order') +
        caught(
          'i',
          `<bpmn:dataOutput id="got" name="payload"/>${output('got', 'order')}<bpmn:outputSet><bpmn:dataOutputRefs>got</bpmn:dataOutputRefs></bpmn:outputSet>${message('m')}`,
        ) +
        thrown(
          'o',
          `<bpmn:dataInput id="give" name="said"/>${input('order', 'give')}<bpmn:inputSet><bpmn:dataInputRefs>give</bpmn:dataInputRefs></bpmn:inputSet>${message('m2')}`,
        ),
      't -> i -> o -> e',
    );
    expect(await dataOf(xml, 'i')).toMatchObject({ outputs: ['order = payload'], locals: ['payload'] });
    expect(await dataOf(xml, 'o')).toMatchObject({ inputs: ['said = order'], locals: ['said'] });
  });
});

describe('what lives in an element', () => {
  it('are its properties, and the data objects inside it that move', async () => {
    const inside = `<bpmn:property id="pr" name="tries"/>${object('draft')}${object('drawn')}${task('w', io(['d']) + input('draft', 'in_d'))}`;
    expect(await dataOf(around(sub('u', inside), 't -> u'))).toEqual({
      inputs: [],
      outputs: [],
      locals: ['tries', 'draft'],
      required: [],
    });
  });
});

describe('what is required', () => {
  it('is neither optional, nor left without a source', async () => {
    const sets =
      '<bpmn:inputSet><bpmn:dataInputRefs>in_a</bpmn:dataInputRefs><bpmn:dataInputRefs>in_b</bpmn:dataInputRefs><bpmn:dataInputRefs>in_c</bpmn:dataInputRefs><bpmn:optionalInputRefs>in_b</bpmn:optionalInputRefs></bpmn:inputSet>';
    const xml = working(io(['a', 'b', 'c'], [], sets) + input('order', 'in_a') + input('order', 'in_b'));
    expect(await dataOf(xml)).toMatchObject({ locals: ['a', 'b'], required: ['a'] });
  });
});

describe('what is only drawn', () => {
  it('moves nothing', async () => {
    const xml = working(
      `<bpmn:property id="ph" name="__targetRef_placeholder"/>${input('ref', 'ph')}${output('', 'ref')}`,
      `<bpmn:dataObject id="o"/>${reference('ref', 'o', 'Fascicolo (bozza)')}<bpmn:dataStoreReference id="ds" name="Archive"/>`,
    );
    expect(await dataOf(xml)).toEqual({ inputs: [], outputs: [], locals: [], required: [] });
  });
});

describe('data', () => {
  const store = '<bpmn:dataStoreReference id="ds" name="Archive"/>';
  const sound = working(io(['papers']) + input('order', 'in_papers'));
  refuses([
    [
      'of stores outside stay there',
      sound,
      working(io(['papers']) + input('ds', 'in_papers'), store),
      ['u unsupported-data'],
    ],
    [
      'come in one set',
      working(io(['papers'], [], required('papers')) + input('order', 'in_papers')),
      working(io(['papers'], [], required('papers') + required('papers')) + input('order', 'in_papers')),
      ['u unsupported-data'],
    ],
    [
      'that move have names',
      sound,
      working(io(['papers']) + input('o', 'in_papers'), object('o', 'Papers (draft)')),
      ['u variable-name'],
    ],
    [
      'are assigned to variables',
      sound,
      working(
        io(['papers']) +
          input(
            'order',
            'in_papers',
            '<bpmn:assignment><bpmn:from>1</bpmn:from><bpmn:to>a + b</bpmn:to></bpmn:assignment>',
          ),
      ),
      ['u variable-name'],
    ],
  ]);

  it('of a process are its variables', async () => {
    const xml = around(
      `<bpmn:ioSpecification><bpmn:dataInput id="pi" name="badge"/><bpmn:inputSet><bpmn:dataInputRefs>pi</bpmn:dataInputRefs></bpmn:inputSet><bpmn:outputSet/></bpmn:ioSpecification>${user('u', io(['number']) + input('pi', 'in_number'))}${element('manualTask', 'v')}`,
      't -> u -> v',
    );
    expect(await dataOf(xml)).toMatchObject({ inputs: ['number = badge'], locals: ['number'] });
  });
});
