import { afterAll, beforeAll, expect, it } from '@jest/globals';
import { createMemoryLog } from '@iter/event-store/memory';
import { legalWorld } from '../../../../test/support/world.ts';
import type { World } from '../world/index.ts';

// Each output is a list of half a megabyte.
const long = `=for i in 1..500 return {candidateRef: i, reason: "${'Manca il titolo di studio. '.repeat(34)}"}`;
const processOf = (
  id: string,
  lists: number,
) => `<definitions xmlns="http://www.omg.org/spec/BPMN/20100524/MODEL"
  xmlns:zeebe="http://camunda.org/schema/zeebe/1.0" targetNamespace="t">
  <process id="${id}" isExecutable="true">
    <startEvent id="start"/>
    <sequenceFlow id="f1" sourceRef="start" targetRef="task"/>
    <userTask id="task">
      <extensionElements><zeebe:ioMapping>
        ${Array.from({ length: lists }, (_, at) => `<zeebe:output source="${long.replaceAll('"', '&quot;')}" target="list${at}"/>`).join('')}
      </zeebe:ioMapping></extensionElements>
    </userTask>
    <sequenceFlow id="f2" sourceRef="task" targetRef="last"/>
    <userTask id="last"/>
    <sequenceFlow id="f3" sourceRef="last" targetRef="end"/>
    <endEvent id="end"/>
  </process>
</definitions>`;

let world: World;
beforeAll(async () => {
  world = legalWorld(createMemoryLog());
  for (const [id, lists] of [
    ['fits', 7],
    ['toomuch', 10],
  ] as const)
    await world.deploy([{ name: `${id}.bpmn`, text: processOf(id, lists) }]);
});
afterAll(() => world.close());

async function complete(process: string) {
  const principal = world.inRole('DESK_OPERATOR');
  const asked = { principal, route: 'test' };
  const started = await world.cases.start({
    ...{ process, comune: 'c_mondo', variables: {}, ...asked, idempotencyKey: process },
  });
  if (started.outcome !== 'done') throw new Error(JSON.stringify(started));
  const { caseId } = started;
  const read = await world.cases.readState({ caseId, principal });
  if (read.outcome !== 'read') throw new Error(JSON.stringify(read));
  const key = [...read.state.tasks.keys()][0] ?? '';
  const done = await world.cases.execute({
    ...{ ...asked, caseId, idempotencyKey: `${process}-1` },
    command: { type: 'CompleteUserTask', key, variables: {} },
  });
  const after = await world.cases.readState({ caseId, principal });
  if (after.outcome !== 'read') throw new Error(JSON.stringify(after));
  return { done, tasks: [...after.state.tasks.values()].map(({ element }) => element), state: after.state };
}

it('more than an append takes is written where it is long lists, which are packed, and read again', async () => {
  const { done, state } = await complete('fits');
  expect(done.outcome).toBe('done');
  const list = state.root.variables['list6'] as readonly object[];
  expect([list.length, list.at(-1)]).toEqual([500, { candidateRef: 500, reason: expect.any(String) }]);
  expect(JSON.stringify(list).length * 7).toBeGreaterThan(2 * 1024 * 1024);
});

it('what whoever reads the case would have to hold has an end, and the case stays where it was', async () => {
  const { done, tasks } = await complete('toomuch');
  expect(done).toMatchObject({ outcome: 'rejected', rejection: { code: 'limit-exceeded' } });
  expect(tasks).toEqual(['task']);
});
