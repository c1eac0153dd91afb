import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { startableActivities } from '@iter/engine';
import { createMemoryLog } from '@iter/event-store/memory';
import type { Role } from '@iter/access';
import { adHoc } from '../../../../test/support/diagrams.ts';
import { testWorld } from '../../../../test/support/world.ts';
import { worldComune } from '../world/index.ts';

type TestWorld = ReturnType<typeof testWorld>;

describe.each(['Parallel', 'Sequential'] as const)('an ad-hoc sub-process, %s', (ordering) => {
  let world: TestWorld;
  let caseId: string;
  let n = 0;

  const state = async () => {
    const read = await world.cases.readState({ caseId, principal: world.inRole('DESK_OPERATOR') });
    if (read.outcome !== 'read') throw new Error(read.rejection.code);
    return read.state;
  };
  const open = async () => startableActivities((hash) => world.catalog.byHash(hash)?.model, await state());
  const begin = async (element: string, role: Role = 'DESK_OPERATOR', reason?: string) => {
    const [box] = (await state()).elements.keys();
    const outcome = await world.cases.execute({
      caseId,
      command: { type: 'StartAdHocActivity', key: box ?? '', element },
      principal: world.inRole(role),
      route: 'test',
      idempotencyKey: `b${n++}`,
      ...(reason !== undefined && { reason }),
    });
    return outcome.outcome === 'rejected' ? outcome.rejection.code : outcome.outcome;
  };

  beforeEach(async () => {
    world = testWorld(createMemoryLog());
    const deployed = await world.deploy([{ name: 'a.bpmn', text: adHoc('a', ordering) }]);
    expect(deployed.problems.filter(({ severity }) => severity === 'error')).toEqual([]);
    const started = await world.cases.start({
      process: 'a',
      comune: worldComune,
      variables: { finished: false },
      principal: world.inRole('DESK_OPERATOR'),
      route: 'start',
      idempotencyKey: 's',
    });
    if (started.outcome !== 'done') throw new Error(JSON.stringify(started));
    caseId = started.caseId;
  });
  afterEach(() => world.close());

  it('offers what people may begin, and no other: what it offers is not refused', async () => {
    expect(await open()).toMatchObject([{ element: 'box', activities: ['t_hear', 't_ask'], begun: [] }]);
    expect(await begin('t_other')).toBe('element-not-found');
    expect(await begin('t_ask')).toBe('done');
    const [after] = await open();
    expect(after).toMatchObject({ begun: ['t_ask'] });
    expect(after!.activities).toEqual(ordering === 'Sequential' ? [] : ['t_hear', 't_ask']);
    expect(await begin('t_hear')).toBe(ordering === 'Sequential' ? 'activity-under-way' : 'done');
  });

  it('is begun by who works on the case, or by the supervisor with a reason', async () => {
    expect(await begin('t_ask', 'DESK_SUPERVISOR')).toBe('reason-required');
    expect(await begin('t_ask', 'SYSTEM_OPERATOR')).toBe('case-not-found');
    expect(await begin('t_ask', 'DESK_SUPERVISOR', 'manca l’addetto')).toBe('done');
  });
});
