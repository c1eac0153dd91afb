import { afterEach, beforeEach, expect, it } from '@jest/globals';
import type { Principal } from '@iter/access';
import { sequence } from '../../../../test/support/diagrams.ts';
import { testWorld } from '../../../../test/support/world.ts';
import type { AskedCommand, Outcome } from '../outcome.ts';
import { worldComune } from '../world/index.ts';
import { createCaseCommands } from './commands.ts';

let world: ReturnType<typeof testWorld>;
let cases: ReturnType<typeof createCaseCommands>;
/** Accounts of the head of B-1, as the registers name them now. */
let heads: readonly string[];
let n = 0;

beforeEach(async () => {
  world = testWorld();
  heads = ['anna'];
  cases = createCaseCommands({
    ...world.ports,
    bodies: {
      ...world.ports.bodies,
      headship: (body, employeeRef) =>
        body === worldComune && employeeRef === 'B-1' ? { heads, own: ['io'] } : { heads: [], own: [] },
    },
    people: { principal: async (account) => head(account) },
  });
  const files = ['disciplinary-x', 'training-x'].map((name) => ({
    ...{ name: `${name}.bpmn`, text: sequence(name, 2, { role: 'STRUCTURE_HEAD' }) },
  }));
  const { problems } = await world.deploy(files);
  expect(problems.filter(({ severity }) => severity === 'error')).toEqual([]);
});
afterEach(() => world.close());

const head = (account: string): Principal => ({ ...world.inRole('STRUCTURE_HEAD'), account });
const answered = (outcome: Outcome): string =>
  outcome.outcome === 'rejected' ? outcome.rejection.code : outcome.outcome;

const begin = (who: Principal, employeeRef: string, process = 'disciplinary-x') =>
  cases.start({
    ...{ process, comune: worldComune, variables: { employeeRef }, principal: who },
    ...{ route: 'start', idempotencyKey: `k${++n}` },
  });

async function begun(who: Principal) {
  const outcome = await begin(who, ' B-1 ');
  if (outcome.outcome !== 'done') throw new Error(JSON.stringify(outcome));
  const key = (outcome.events.findLast(({ type }) => type === 'UserTaskCreated')!.data as { key: string })
    .key;
  const ask = async (principal: Principal, command: object): Promise<string> =>
    answered(
      await cases.execute({
        ...{ caseId: outcome.caseId, command: { key, ...command } as AskedCommand, principal },
        ...{ route: 'spec', idempotencyKey: `k${++n}` },
      }),
    );
  return {
    claim: (account: string) => ask(head(account), { type: 'ClaimUserTask' }),
    assign: (to: string) => ask(world.inRole('DESK_SUPERVISOR'), { type: 'AssignUserTask', to }),
  };
}

it('a case is begun by the head of the person that it names, not by another nor by that person', async () => {
  expect(answered(await begin(head('anna'), 'B-1'))).toBe('done');
  for (const account of ['bruno', 'io']) {
    const outcome = await begin(head(account), ' B-1 ');
    expect(answered(outcome)).toBe('not-authorised');
  }
  expect(await begin(head('bruno'), 'B-1')).toMatchObject({
    rejection: { message: { it: expect.stringMatching(/registro degli uffici/) } },
  });
});

it('of whom nobody is named, and where nobody is judged, every head begins', async () => {
  expect(answered(await begin(head('bruno'), 'B-2'))).toBe('done');
  expect(answered(await begin(head('bruno'), 'B-1', 'training-x'))).toBe('done');
});

it('its tasks are the head’s of today: another neither takes them nor is given them', async () => {
  const { claim, assign } = await begun(world.inRole('DESK_OPERATOR'));
  for (const account of ['bruno', 'io']) {
    expect(await claim(account)).toBe('case-not-found');
    expect(await assign(account)).toBe('not-authorised');
  }
  heads = ['bruno'];
  expect(await claim('anna')).toBe('case-not-found');
  expect(await assign('bruno')).toBe('done');
});
