import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { createMemoryLog } from '@iter/event-store/memory';
import { testWorld } from '../../../../test/support/world.ts';
import type { Choice, ChoiceQuestion } from '../ports.ts';
import { worldComune } from '../world/index.ts';
import type { World } from '../world/index.ts';
import { mostChoices, offerChoices } from './choices.ts';

const diagram = `<?xml version="1.0" encoding="UTF-8"?>
<bpmn:definitions xmlns:bpmn="http://www.omg.org/spec/BPMN/20100524/MODEL" xmlns:zeebe="http://camunda.org/schema/zeebe/1.0" xmlns:iter="urn:iter:bpmn:1" id="d" targetNamespace="urn:t">
  <bpmn:process id="use" name="Use" isExecutable="true">
    <bpmn:laneSet id="ls"><bpmn:lane id="l" name="Sportello"><bpmn:extensionElements><iter:role code="DESK_OPERATOR"/></bpmn:extensionElements><bpmn:flowNodeRef>s</bpmn:flowNodeRef><bpmn:flowNodeRef>w</bpmn:flowNodeRef><bpmn:flowNodeRef>t</bpmn:flowNodeRef><bpmn:flowNodeRef>e</bpmn:flowNodeRef></bpmn:lane></bpmn:laneSet>
    <bpmn:startEvent id="s"><bpmn:extensionElements><zeebe:formDefinition formId="begin"/></bpmn:extensionElements><bpmn:outgoing>f1</bpmn:outgoing></bpmn:startEvent>
    <bpmn:intermediateCatchEvent id="w"><bpmn:extensionElements><iter:incoming message="joined" label="Adesione" form="begin"/></bpmn:extensionElements><bpmn:incoming>f1</bpmn:incoming><bpmn:outgoing>f2</bpmn:outgoing><bpmn:messageEventDefinition id="md" messageRef="m"/></bpmn:intermediateCatchEvent>
    <bpmn:userTask id="t"><bpmn:extensionElements><zeebe:userTask/><zeebe:formDefinition formId="choose"/><zeebe:ioMapping><zeebe:input source="=[&quot;n2&quot;]" target="fitting"/></zeebe:ioMapping></bpmn:extensionElements><bpmn:incoming>f2</bpmn:incoming><bpmn:outgoing>f3</bpmn:outgoing></bpmn:userTask>
    <bpmn:endEvent id="e"><bpmn:incoming>f3</bpmn:incoming></bpmn:endEvent>
    <bpmn:sequenceFlow id="f1" sourceRef="s" targetRef="w"/>
    <bpmn:sequenceFlow id="f2" sourceRef="w" targetRef="t"/>
    <bpmn:sequenceFlow id="f3" sourceRef="t" targetRef="e"/>
  </bpmn:process>
  <bpmn:message id="m" name="joined"/>
</bpmn:definitions>`;
const select = (key: string, more: object = {}) => ({
  ...{ type: 'select', id: key, key, label: key },
  properties: { register: 'needs', ...more },
});
const form = {
  ...{ type: 'default', id: 'begin', schemaVersion: 16 },
  components: [
    select('needRef', { offer: '=entry.comune = comune and entry.postsLeft > 0' }),
    { type: 'dynamiclist', id: 'l', path: 'needs', label: 'l', components: [select('ref')] },
    { type: 'textfield', id: 'typed', key: 'typed', label: 'typed' },
  ],
};

const choosing = {
  ...{ type: 'default', id: 'choose', schemaVersion: 16 },
  // A case is not offered itself.
  components: [
    select('needRef', { offer: '=list contains(fitting, entry.name) and string length(caseId) > 0' }),
  ],
};

const need = (value: string, comune: string, postsLeft: number): Choice => ({
  ...{
    value,
    label: { it: value, en: value },
    names: [value, `FAB-${value}`],
    entry: { name: value, comune, postsLeft },
  },
});
const own = [need('n1', worldComune, 1), need('n2', worldComune, 0)];
const elsewhere = need('n3', 'c_altro', 1);

let world: World;
let asked: ChoiceQuestion[];
beforeEach(async () => {
  world = testWorld(createMemoryLog());
  asked = [];
  // Whoever is of the Comune sees its own.
  Object.assign(world.ports.registers, {
    async choices(question: ChoiceQuestion) {
      asked.push(question);
      const seen = question.principal.account === 'desk_operator' ? [...own, elsewhere] : own;
      const called = question.called?.map((name) => name.toUpperCase());
      return seen.filter(({ names }) => !called || names.some((name) => called.includes(name.toUpperCase())));
    },
  });
  const files = [
    { name: 'use.bpmn', text: diagram },
    { name: 'begin.json', text: JSON.stringify(form) },
    { name: 'choose.json', text: JSON.stringify(choosing) },
  ];
  expect((await world.deploy(files)).deployed).toBeTruthy();
});
afterEach(() => world.close());

const definition = () => world.catalog.find('use')!.hash;
const offers = (field: string, more: object = {}) =>
  offerChoices(world.ports, {
    ...{ principal: world.inRole('DESK_OPERATOR'), definition: definition(), formId: 'begin', field },
    ...{ comune: worldComune, ...more },
  });
const start = (variables: Record<string, never>, role: 'DESK_OPERATOR' | 'COMUNE_HR' = 'DESK_OPERATOR') =>
  world.cases.checkStart({
    ...{ principal: world.inRole(role), process: 'use', comune: worldComune, variables },
  });

describe('what a field offers of a register', () => {
  it('is found behind many entries that the form does not offer', async () => {
    const many = [
      ...Array.from({ length: 7_000 }, (_, at) => need(`x${at}`, 'c_altro', 1)),
      need('last', worldComune, 1),
    ];
    Object.assign(world.ports.registers, {
      choices: async ({ limit = 50 }: ChoiceQuestion) => many.slice(0, limit),
    });
    expect(await offers('needRef')).toMatchObject({ items: [{ value: 'last' }], hasMore: false });
  });

  it('is what somebody may see, as the form narrows it, by the words that were typed', async () => {
    expect(await offers('needRef', { text: 'ufficio' })).toMatchObject({
      items: [{ value: 'n1' }],
      ...{ chosen: null, hasMore: false },
    });
    expect(asked).toMatchObject([{ register: 'needs', text: 'ufficio' }]);
    expect(await offers('needs.ref')).toMatchObject({ items: [...own, elsewhere] });
  });

  it('tells what was chosen already also where it is offered no more, if it may be seen', async () => {
    expect(await offers('needRef', { chosen: 'n2' })).toMatchObject({ chosen: { value: 'n2' } });
    expect(await offers('needRef', { chosen: 'n3', principal: world.inRole('COMUNE_HR') })).toMatchObject({
      chosen: null,
    });
  });

  it('ends after so many, and says that there are others', async () => {
    const many = Array.from({ length: mostChoices + 1 }, (_, n) => need(`m${n}`, worldComune, 1));
    Object.assign(world.ports.registers, { choices: async () => many });
    const found = await offers('needRef');
    expect(found).toMatchObject({ hasMore: true });
    expect('items' in found && found.items.length).toBe(mostChoices);
    // Of so many the register tells no more, and what the form offers may be among the others.
    Object.assign(world.ports.registers, {
      choices: async ({ limit = 0 }: ChoiceQuestion) => Array.from({ length: limit }, () => elsewhere),
    });
    expect(await offers('needRef')).toMatchObject({ items: [], hasMore: true });
  });

  it('is narrowed by what the task sees that asks, for whoever may complete it', async () => {
    const principal = world.inRole('DESK_OPERATOR');
    const asked = { principal, route: 'test', variables: {} };
    const begun = await world.cases.start({
      ...{ process: 'use', comune: worldComune, ...asked, idempotencyKey: 'begin' },
    });
    if (begun.outcome !== 'done') throw new Error(JSON.stringify(begun));
    const { caseId } = begun;
    await world.cases.execute({
      ...{ caseId, ...asked, idempotencyKey: 'joined' },
      command: {
        ...{ type: 'RegisterIncoming', message: 'joined', variables: { needRef: 'n1' } as never, note: '' },
        ...{ protocolNo: '1', receivedOn: '2026-01-01', sender: 'Comune', documents: [] },
      },
    });
    const read = await world.cases.readState({ caseId, principal });
    const key = read.outcome === 'read' ? [...read.state.tasks.keys()][0]! : '';
    const asks = (more: object = {}) =>
      world.cases.offerChoices({
        ...{ principal, definition: definition(), formId: 'choose', field: 'needRef', comune: worldComune },
        ...{ task: { caseId, key }, ...more },
      });
    expect(await asks()).toMatchObject({ items: [{ value: 'n2' }], hasMore: false });
    // To others, and of a task that is not there, it offers nothing, and tells what was chosen.
    expect(await asks({ principal: world.inRole('COMUNE_HR'), chosen: 'n2' })).toMatchObject({
      ...{ items: [], chosen: { value: 'n2' } },
    });
    expect(await asks({ task: { caseId, key: 'x' } })).toMatchObject({ items: [] });
  });

  it('is nothing of a field that chooses from none', async () => {
    for (const field of ['typed', 'nowhere', 'needs', 'needs.nowhere'])
      expect(await offers(field)).toMatchObject({ code: 'definition-not-found' });
  });
});

describe('what is handed in', () => {
  const errors = (pointer: string) => ({ errors: [{ pointer, code: 'not-on-register' }] });

  it('is judged again by what that person may see, also in rows, and may be called by its code', async () => {
    expect(await start({ needRef: 'fab-n3' } as never)).toMatchObject({ outcome: 'read', errors: [] });
    expect(await start({ needRef: 'n1', needs: [{ ref: 'n3' }] } as never)).toMatchObject({ errors: [] });
    expect(await start({ needs: [{ ref: 'n1' }, { ref: 'n9' }] } as never)).toMatchObject(
      errors('/variables/needs/1/ref'),
    );
    // What is handed in is kept as it is, but for blanks around it: a value in other letters would be no entry for whatever reads it.
    const inCapitals = { ...need('M-4', worldComune, 1), names: ['M-4'] };
    Object.assign(world.ports.registers, { choices: async () => [elsewhere, inCapitals] });
    for (const needRef of ['M-4', 'M-4 '])
      expect(await start({ needRef } as never)).toMatchObject({ errors: [] });
    for (const needRef of ['N3', 'm-4'])
      expect(await start({ needRef } as never)).toMatchObject(errors('/variables/needRef'));
  });

  it('is told alike whether it is not there or not to be seen', async () => {
    world.catalog.find('use');
    const hr = { principal: world.inRole('COMUNE_HR'), process: 'use', comune: worldComune };
    const asCandidate = { ...hr, principal: { ...world.inRole('DESK_OPERATOR'), account: 'altro' } };
    for (const needRef of ['n3', 'n9'])
      expect(await world.cases.checkStart({ ...asCandidate, variables: { needRef } as never })).toMatchObject(
        errors('/variables/needRef'),
      );
  });

  it('fits the offer of the form, where no rule of the process could say why not: in what arrives', async () => {
    const principal = world.inRole('DESK_OPERATOR');
    const asked = { principal, route: 'test', idempotencyKey: 'begin', variables: {} };
    const begun = await world.cases.start({ process: 'use', comune: worldComune, ...asked });
    if (begun.outcome !== 'done') throw new Error(JSON.stringify(begun));
    const arrives = (needRef: string) =>
      world.cases.checkIncoming({
        ...{ principal, caseId: begun.caseId, message: 'joined', variables: { needRef } as never, cover: {} },
      });
    expect(await arrives('n1')).toMatchObject({ outcome: 'read', errors: [] });
    expect(await arrives('n2')).toMatchObject(errors('/variables/needRef'));
    expect(await start({ needRef: 'n2' } as never)).toMatchObject({ outcome: 'read', errors: [] });
  });
});
