import { afterEach, expect, it } from '@jest/globals';
import { createMemoryLog } from '@iter/event-store/memory';
import { testWorld } from '../../../../test/support/world.ts';
import { worldComune } from '../world/index.ts';
import type { RegisterContents, World } from '../world/index.ts';

const lookups = (inside: string) => `<bpmn:extensionElements>${inside}</bpmn:extensionElements>`;
const diagram = `<?xml version="1.0" encoding="UTF-8"?>
<bpmn:definitions xmlns:bpmn="http://www.omg.org/spec/BPMN/20100524/MODEL" xmlns:zeebe="http://camunda.org/schema/zeebe/1.0" xmlns:iter="urn:iter:bpmn:1" id="d" targetNamespace="urn:t">
  <bpmn:process id="use" name="Use" isExecutable="true">
    <bpmn:startEvent id="s">${lookups('<iter:lookup register="needs" key="=needRef" as="need"/>')}<bpmn:outgoing>f1</bpmn:outgoing></bpmn:startEvent>
    <bpmn:userTask id="t">${lookups('<zeebe:userTask/><iter:lookup register="needs" key="=others" as="found"/>')}<bpmn:incoming>f1</bpmn:incoming><bpmn:outgoing>f2</bpmn:outgoing></bpmn:userTask>
    <bpmn:endEvent id="e"><bpmn:incoming>f2</bpmn:incoming></bpmn:endEvent>
    <bpmn:sequenceFlow id="f1" sourceRef="s" targetRef="t"/>
    <bpmn:sequenceFlow id="f2" sourceRef="t" targetRef="e"/>
  </bpmn:process>
</bpmn:definitions>`;

let world: World | undefined;
afterEach(() => world?.close());

async function begun(variables: Record<string, string>, registers: RegisterContents) {
  world = testWorld(createMemoryLog(), { registers: () => registers });
  expect((await world.deploy([{ name: 'use.bpmn', text: diagram }])).deployed).toBeTruthy();
  const { cases } = world;
  const principal = world.inRole('DESK_OPERATOR');
  const asked = { principal, route: 'spec' };
  const started = await cases.start({
    ...{ ...asked, idempotencyKey: 'start', process: 'use', comune: worldComune, variables },
  });
  if (started.outcome !== 'done') throw new Error(JSON.stringify(started));
  const { caseId, events } = started;
  const task = events.find(({ type }) => type === 'UserTaskCreated')!.data as unknown as { key: string };
  const complete = (others: Record<string, string | string[]>) =>
    cases.execute({
      ...{ ...asked, idempotencyKey: 'complete', caseId },
      command: { type: 'CompleteUserTask', key: task.key, variables: others },
    });
  return { events, complete };
}

const registers = { needs: { 'N-1': { state: 'READY' }, 'N-2': { state: 'OPEN' } } };

it('what a register holds becomes a variable of the start, whatever the caller says it is', async () => {
  const { events } = await begun({ needRef: 'N-1', need: 'mine' }, registers);
  expect(events[0]).toMatchObject({ type: 'CaseStarted', data: { variables: { need: { state: 'READY' } } } });
});

it('nothing found is null, and so is what nobody asked for', async () => {
  const { events } = await begun({ needRef: 'N-9' }, registers);
  expect(events[0]).toMatchObject({ data: { variables: { need: null } } });
  expect((await begun({}, registers)).events[0]).toMatchObject({ data: { variables: { need: null } } });
});

it('a task looks up with what is handed in; a list of keys finds a list', async () => {
  const { complete } = await begun({ needRef: 'N-1' }, registers);
  expect(await complete({ others: ['N-2', 'N-9'] })).toMatchObject({
    events: expect.arrayContaining([
      expect.objectContaining({
        type: 'UserTaskCompleted',
        data: expect.objectContaining({
          variables: { others: ['N-2', 'N-9'], found: [{ state: 'OPEN' }, null] },
        }),
      }),
    ]),
  });
});
