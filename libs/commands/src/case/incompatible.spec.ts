import { afterEach, beforeEach, expect, it } from '@jest/globals';
import type { Principal } from '@iter/access';
import { sequence } from '../../../../test/support/diagrams.ts';
import { testWorld } from '../../../../test/support/world.ts';
import type { AskedCommand, Outcome } from '../outcome.ts';
import type { BodyFacts } from '../ports.ts';
import { worldComune } from '../world/index.ts';
import { createCaseCommands } from './commands.ts';

const asked: Parameters<BodyFacts['incompatible']>[0][] = [];
let world: ReturnType<typeof testWorld>;
let cases: ReturnType<typeof createCaseCommands>;
let n = 0;

beforeEach(async () => {
  asked.length = 0;
  world = testWorld();
  const incompatible: BodyFacts['incompatible'] = (judged) => {
    asked.push(judged);
    return judged.employeeRef === 'B-1' ? ['ugo'] : [];
  };
  cases = createCaseCommands({
    ...world.ports,
    bodies: { ...world.ports.bodies, incompatible },
    people: { principal: async (account) => upd(account) },
  });
  const result = await world.deploy([
    { name: 'disciplinary-x.bpmn', text: sequence('disciplinary-x', 1, { role: 'UPD' }) },
    { name: 'selection-x.bpmn', text: sequence('selection-x', 1, { role: 'UPD' }) },
  ]);
  expect(result.problems.filter(({ severity }) => severity === 'error')).toEqual([]);
});
afterEach(() => world.close());

const upd = (account: string): Principal => ({ ...world.inRole('UPD'), account });

async function begin(process: string, employeeRef: string) {
  const outcome = await cases.start({
    ...{ process, comune: worldComune, variables: { employeeRef }, principal: upd('mara') },
    ...{ route: 'start', idempotencyKey: `k${++n}` },
  });
  if (outcome.outcome !== 'done') throw new Error(JSON.stringify(outcome));
  const created = outcome.events.findLast(({ type }) => type === 'UserTaskCreated');
  const key = (created?.data as { key: string }).key;
  const ask = async (principal: Principal, command: AskedCommand): Promise<string> =>
    answered(
      await cases.execute({
        ...{ caseId: outcome.caseId, command, principal },
        ...{ route: 'spec', idempotencyKey: `k${++n}` },
      }),
    );
  return {
    claim: (account: string) => ask(upd(account), { type: 'ClaimUserTask', key }),
    complete: (account: string) => ask(upd(account), { type: 'CompleteUserTask', key, variables: {} }),
    assign: (to: string) =>
      ask(world.inRole('DESK_SUPERVISOR'), { type: 'AssignUserTask', key, to } as AskedCommand),
  };
}

const answered = (outcome: Outcome): string =>
  outcome.outcome === 'rejected' ? outcome.rejection.code : outcome.outcome;

it('whoever may not judge the employee is not assigned the task, does not claim it, does not complete it', async () => {
  const { claim, complete, assign } = await begin('disciplinary-x', 'B-1');
  expect(await assign('ugo')).toBe('member-incompatible');
  expect(await claim('ugo')).toBe('member-incompatible');
  expect(await complete('ugo')).toBe('member-incompatible');
  expect(await assign('mara')).toBe('done');
  expect(await complete('mara')).toBe('done');
  expect(asked.at(-1)).toEqual({ employeeRef: 'B-1', reporters: ['mara'] });
});

it('judges others, and works in cases that judge nobody', async () => {
  const other = await begin('disciplinary-x', 'B-2');
  expect(await other.assign('ugo')).toBe('done');
  expect(await other.complete('ugo')).toBe('done');
  const selection = await begin('selection-x', 'B-1');
  expect(await selection.claim('ugo')).toBe('done');
  expect(await selection.complete('ugo')).toBe('done');
});
