import { expect, it } from '@jest/globals';
import { emptyState, evolveAll, isClear } from '@iter/engine';
import { createMemoryLog } from '@iter/event-store/memory';
import type { JsonObject } from '@iter/event-store';
import { bpmnOf } from '../../../../test/standard/notation.ts';
import { testWorld } from '../../../../test/support/world.ts';
import { worldComune } from '../world/index.ts';
import { withoutErased } from './erased.ts';
import type { CaseReading } from './read.ts';

/** Repeated work that gives something, an ad-hoc sub-process, and a sub-process that is undone. */
const model = `
  startEvent s
  userTask each each:"=people" as:person out:"answers=person"
  subProcess box
    startEvent bs
    userTask a
    boundaryEvent ba on:a compensate
    userTask undo isForCompensation="true"
    association ba -> undo
    endEvent be
    bs -> a -> be
  intermediateThrowEvent x compensate:box
  endEvent e
  s -> each -> box -> x -> e
`;

it('a case without what was erased stands where it stood, step by step', async () => {
  const world = testWorld(createMemoryLog());
  const deployed = await world.deploy([{ name: 'p.bpmn', text: bpmnOf(model) }]);
  expect(deployed.problems.filter(({ severity }) => severity === 'error')).toEqual([]);
  const by = { principal: world.inRole('DESK_OPERATOR'), route: 'test' };
  const started = await world.cases.start({
    ...{ ...by, process: 'p', comune: worldComune, idempotencyKey: 's' },
    variables: { people: ['Ada', 'Ugo'] },
  });
  if (started.outcome !== 'done') throw new Error(JSON.stringify(started));
  const { caseId } = started;
  const read = async (): Promise<CaseReading> => {
    const reading = await world.cases.readCase({ caseId, principal: by.principal });
    if (reading.outcome !== 'read') throw new Error(reading.rejection.code);
    return reading;
  };
  let { state, events } = await read();
  for (let n = 0; state.tasks.size > 0; n++) {
    const erased = events.map((event) => {
      const data = event.data as JsonObject;
      const sealed = Object.keys(data).filter((field) => !isClear(event.type, field, data[field]));
      return { ...event, data: withoutErased(data, sealed) } as unknown as typeof event;
    });
    const folded = evolveAll(emptyState, erased);
    const shape = ({ status, elements, tasks, compensations }: typeof state) => ({
      status,
      elements: [...elements.values()].map(({ key, element, children, iteration, loop }) => ({
        ...{ key, element, children, iteration },
        started: loop?.started,
        completed: loop?.completed,
      })),
      tasks: [...tasks.keys()],
      compensations: [...compensations.keys()],
    });
    expect(shape(folded)).toEqual(shape(state));
    expect(JSON.stringify(folded.root.variables)).not.toMatch(/Ada|Ugo/);
    const [key] = state.tasks.keys();
    const command = { type: 'CompleteUserTask', key: key ?? '', variables: {} } as const;
    const outcome = await world.cases.execute({ ...by, caseId, command, idempotencyKey: `c${n}` });
    expect(outcome.outcome).toBe('done');
    ({ state, events } = await read());
  }
  expect(state.status).toBe('completed');
  expect(events.filter(({ type }) => type === 'UserTaskCompleted')).toHaveLength(4);
  await world.close();
});
