import { expect, it } from '@jest/globals';
import type { Fact, ProcessModel, Word } from '@iter/process-model';
import type { Definition } from './definition.ts';
import { createVocabularies, vocabularyOf } from './vocabulary.ts';

const label = (it: string, en = it) => ({ it, en });
const told = (forms: object, words: readonly Word[] = [], facts: readonly Fact[] = []) => ({
  model: { words, facts, nodes: new Map() } as unknown as ProcessModel,
  forms: new Map([['f', forms as never]]),
});
const field = (key: string, ...values: object[]) => ({
  ...{ type: 'select', key, label: `${key} it`, properties: { labelEn: `${key} en` } },
  values,
});
const option = (value: string, italian: string) => ({ label: italian, value });

it('says what forms ask and offer, also within groups and rows', () => {
  const rows = {
    type: 'dynamiclist',
    path: 'rows',
    label: 'Righe',
    components: [field('inner', option('A', 'Uno'))],
  };
  const { names, values } = vocabularyOf([told({ components: [{ type: 'group', components: [rows] }] })]);
  expect(names).toEqual([
    { name: 'rows', label: label('Righe') },
    { name: 'inner', label: label('inner it', 'inner en') },
  ]);
  expect(values).toEqual([{ name: 'inner', code: 'A', label: label('Uno') }]);
});

it('takes its own words first, then facts, then forms, and each but once', () => {
  const form = {
    components: [field('k', option('A', 'modulo'), option('B', 'modulo'), option('C', 'modulo'))],
  };
  const own: Word[] = [{ code: 'A', of: 'k', label: label('parola') }];
  const fact: Fact = {
    ...{ name: 'k', label: label('fatto') },
    values: [
      { code: 'A', label: label('fatto') },
      { code: 'B', label: label('fatto') },
    ],
  };
  const { names, values } = vocabularyOf([told(form, [], [fact]), told({}, own)]);
  expect(names).toEqual([{ name: 'k', label: label('fatto') }]);
  expect(values.map(({ code, label: said }) => `${code} ${said.it}`)).toEqual([
    'A parola',
    'B fatto',
    'C modulo',
  ]);
});

it('tells of forms that differ all that they say, unless the process itself says it', () => {
  const asks = (italian: string) => ({
    components: [{ type: 'datetime', key: 'sentAt', dateLabel: italian, values: [option('A', italian)] }],
  });
  const forms = [told(asks('Inviata il')), told(asks('Inviata di nuovo il')), told(asks('Inviata il'))];
  const labels = ({ names, values }: ReturnType<typeof vocabularyOf>) =>
    [names, values].map((some) => some.map((one) => one.label.it));
  const both = ['Inviata il', 'Inviata di nuovo il'];
  expect(labels(vocabularyOf(forms))).toEqual([both, both]);
  const own: Word[] = [
    { code: null, of: 'sentAt', label: label('Comunicazione inviata il') },
    { code: 'A', of: 'sentAt', label: label('parola') },
  ];
  expect(labels(vocabularyOf([...forms, told({}, own)]))).toEqual([['Comunicazione inviata il'], ['parola']]);
});

it('says what is found in a register, and its parts, unless the process or a form says it', () => {
  const { model, forms } = told({ components: [field('service')] }, [
    { code: null, of: 'rulesAct', label: label('Atto istitutivo') },
  ]);
  const looking = { lookups: [{ register: 'convention', key: { text: 'comune' }, as: 'inForce' }] };
  const { names } = vocabularyOf([{ model: { ...model, nodes: new Map([['a', looking]]) } as never, forms }]);
  const said = new Map(names.map(({ name, label: { it: italian, en } }) => [name, `${italian} / ${en}`]));
  expect(said.get('inForce')).toBe('Convenzione in vigore / Convention in force');
  expect(said.get('validFrom')).toBe('In vigore dal / In force from');
  expect(said.get('rulesAct')).toBe('Atto istitutivo / Atto istitutivo');
  expect(said.get('service')).toBe('service it / service en');
  expect(said.has('ipa')).toBe(false);
});

it('tells a part of what is found from what others call by its name, with its codes, and one entry from several', () => {
  const { model, forms } = told({ components: [field('kind', option('other', 'Altro atto'))] });
  const lookups = [
    { register: 'body', key: { text: 'comune' }, as: 'sender' },
    { register: 'body', key: { text: 'for t in tutors return t.province' }, as: 'tutors' },
    { register: 'needs', key: { text: 'needRef' }, as: 'need' },
    { register: 'needs', key: { text: 'for n in needs return n.needRef' }, as: 'found' },
  ];
  const family = [{ model: { ...model, nodes: new Map([['a', { lookups }]]) } as never, forms }];
  const { names, values } = vocabularyOf(family);
  const said = new Map(names.map(({ name, label: { it: italian } }) => [name, italian]));
  const all = ['sender', 'tutors', 'need', 'found', 'kind', 'sender.kind', 'province', 'sender.province'];
  expect(all.map((name) => said.get(name))).toEqual([
    ...['Dati dell’ente', 'Dati degli enti', 'Fabbisogno', 'Fabbisogni'],
    ...['kind it', 'Tipo di ente', 'Provincia (codice IPA)', undefined],
  ]);
  const others = values.filter(({ code }) => code === 'other');
  expect(others.map(({ name, label: { it: italian } }) => `${name} ${italian}`)).toEqual([
    ...['kind Altro atto', 'sender.kind Altro ente', 'tutors.kind Altro ente'],
  ]);
});

it('tells under which names people type', () => {
  const field = (type: string) => ({ type, key: type, label: type });
  const types = ['textfield', 'textarea', 'select', 'number', 'datetime'];
  const group = { type: 'group', components: types.map(field) };
  expect(vocabularyOf([told({ components: [group] })]).typed).toEqual(['textfield', 'textarea']);
});

it('tells as well where mappings copy what people type, near and far, and not what they make of it', () => {
  const copy = (source: string, target: string, constant?: string) => ({
    ...{ source: { text: source, constant }, target },
  });
  const nodes = [
    { outputs: [copy('text', 'given'), copy('if text = "x" then "A" else "B"', 'judged')] },
    { inputs: [copy('asked.given', 'case.kept'), copy('given', 'fixed', 'given')] },
  ];
  const { model, forms } = told({ components: [{ type: 'textarea', key: 'text', label: 'Testo' }] });
  const copying = { ...model, nodes: new Map(nodes.map((node, at) => [String(at), node])) };
  expect(vocabularyOf([{ model: copying as never, forms }]).typed).toEqual(['text', 'given', 'kept']);
});

it('is made once for as long as a process is told with the same, and anew when what it calls is deployed again', () => {
  const call = { call: { process: { constant: 'q' }, binding: { kind: 'latest' } } };
  const version = (hash: string, key: string, nodes: readonly object[]) => {
    const { model, forms } = told({ components: [field(key)] });
    return { hash, forms, model: { ...model, nodes: new Map(nodes.map((node, at) => [String(at), node])) } };
  };
  const p = version('p1', 'inP', [call]) as unknown as Definition;
  const called = [version('q1', 'inQ', []), version('q2', 'inQ2', [])] as unknown as Definition[];
  let latest = 0;
  const wordsOf = createVocabularies({
    byHash: (hash) => [p, ...called].find((one) => one.hash === hash),
    called: () => called[latest]!.hash,
    decision: () => null,
  });
  const first = wordsOf(p);
  expect(first.names.map(({ name }) => name)).toEqual(['inP', 'inQ']);
  expect(wordsOf(p)).toBe(first);
  latest = 1;
  expect(wordsOf(p).names.map(({ name }) => name)).toEqual(['inP', 'inQ2']);
});
