import { expect, it } from '@jest/globals';
import { checkEach } from './compile.ts';
import type { SourceFile } from './source-files.ts';

interface Drawn {
  readonly key?: string;
  readonly facts?: string;
  readonly form?: string;
  readonly calls?: string;
  /** The task is done once for each. */
  readonly each?: true;
}

const repeated = `<bpmn:multiInstanceLoopCharacteristics><bpmn:extensionElements>
  <zeebe:loopCharacteristics inputCollection="=[1, 2]" inputElement="n"/></bpmn:extensionElements></bpmn:multiInstanceLoopCharacteristics>`;

/** A process with one task that has a form, and perhaps calls another. */
const bpmn = ({ key = 'p', facts = '', form, calls, each }: Drawn): SourceFile => ({
  name: `${key}.bpmn`,
  text: `<?xml version="1.0"?>
<bpmn:definitions xmlns:bpmn="http://www.omg.org/spec/BPMN/20100524/MODEL" xmlns:iter="urn:iter:bpmn:1"
    xmlns:zeebe="http://camunda.org/schema/zeebe/1.0" id="d" targetNamespace="x">
  <bpmn:process id="${key}" isExecutable="true">
    <bpmn:extensionElements>${facts}</bpmn:extensionElements>
    <bpmn:startEvent id="s"/><bpmn:sequenceFlow id="f1" sourceRef="s" targetRef="t"/>
    <bpmn:userTask id="t"><bpmn:extensionElements><zeebe:userTask/>
      ${form ? `<zeebe:formDefinition formId="${form}"/>` : ''}</bpmn:extensionElements>
      ${each ? repeated : ''}</bpmn:userTask>
    ${
      calls
        ? `<bpmn:sequenceFlow id="f2" sourceRef="t" targetRef="c"/><bpmn:callActivity id="c"><bpmn:extensionElements>
           <zeebe:calledElement processId="${calls}"/></bpmn:extensionElements></bpmn:callActivity>`
        : ''
    }
  </bpmn:process>
</bpmn:definitions>`,
});
const form = (id: string, ...components: object[]): SourceFile => ({
  name: `${id}.json`,
  text: JSON.stringify({ type: 'default', id, components }),
});
const field = (type: string, key: string, more: object = {}) => ({
  type,
  id: `f_${key}`,
  key,
  label: key,
  ...more,
});
const choice = field('select', 'urgency', {
  values: ['LOW', 'HIGH'].map((value) => ({ value, label: value })),
});
const fact = (name: string, ...codes: string[]) =>
  `<iter:fact name="${name}" label="x">${codes.map((it) => `<iter:factValue code="${it}" label="x"/>`).join('')}</iter:fact>`;

const found = async (...files: readonly SourceFile[]) =>
  [...(await checkEach(files, 'warning')).values()]
    .flat()
    .filter(({ rule }) => rule.startsWith('fact-'))
    .map(({ file, line, severity, element, rule }) => `${file}:${line} ${severity} ${element} ${rule}`);

const fields = form('f', choice, field('checkbox', 'oral'), field('textfield', 'note'));

it.each([
  ['a choice among its values', fact('urgency', 'LOW', 'HIGH'), []],
  ['yes or no', fact('oral'), []],
  ['unknown to the process', fact('nobody', 'LOW'), ['fact-unknown']],
  ['free text', fact('note', 'LOW'), ['fact-open']],
  ['a value that no form offers', fact('urgency', 'LOW', 'NONE'), ['fact-value']],
  ['yes or no, where forms offer a choice', fact('urgency'), ['fact-value']],
])('a fact: %s', async (_, facts, rules) => {
  expect(await found(bpmn({ facts, form: 'f' }), fields)).toEqual(
    rules.map((rule) => `p.bpmn:4 error p ${rule}`),
  );
});

it('a fact may be what a called process asks for, near or far', async () => {
  const called = [bpmn({ key: 'q', calls: 'r' }), bpmn({ key: 'r', form: 'f' }), fields];
  expect(await found(bpmn({ facts: fact('urgency', 'LOW'), calls: 'q' }), ...called)).toEqual([]);
  expect(await found(bpmn({ facts: fact('note'), calls: 'q' }), ...called)).toEqual([
    'p.bpmn:4 error p fact-open',
  ]);
  expect(await found(bpmn({ facts: fact('note'), calls: 'gone' }))).toEqual([]);
});

it('a fact is not what a called process calls personal', async () => {
  const called = bpmn({ key: 'q', facts: '<iter:personal fields="urgency" subject="=x"/>', form: 'f' });
  expect(await found(bpmn({ facts: fact('urgency', 'LOW'), calls: 'q' }), called, fields)).toEqual([
    'p.bpmn:4 error p fact-personal',
  ]);
});

it('a fact is not what each of several is asked for', async () => {
  const facts = fact('urgency', 'LOW');
  expect(await found(bpmn({ facts, form: 'f', each: true }), fields)).toEqual([
    'p.bpmn:4 error p fact-repeated',
  ]);
  const once = bpmn({ key: 'q', form: 'f' });
  expect(await found(bpmn({ facts, form: 'f', each: true, calls: 'q' }), once, fields)).toEqual([]);
});
