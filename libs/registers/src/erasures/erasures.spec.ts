import { afterEach, describe, expect, it } from '@jest/globals';
import { erasurePrefix } from '@iter/event-store';
import { createMemoryLog } from '@iter/event-store/memory';
import { createMemoryDataKeys, createSealer } from '@iter/platform/sealing';
import { caseWriter } from '../../../../test/support/case-log.ts';
import type { ErasureCommand, ErasureOrder } from './erasure.ts';
import { createErasures } from './erasures.ts';
import type { Erasures } from './erasures.ts';

const caseId = '0b6f8c7e-5a4d-5c3b-9a1f-2e7d6c5b4a39';
const order: ErasureOrder = {
  ...{ process: 'desk-request', ground: 'SUBJECT_REQUEST', reason: 'Lo chiede Mario Rossi', keys: [] },
  instruction: { body: 'c_borgo', register: 'Generale', number: '7/2026', date: '2026-03-05' },
};
const actor = { account: 'responsabile', role: 'DESK_SUPERVISOR', body: 'p_demo' };
const hold = { type: 'HoldCase', body: 'p_demo', process: 'desk-request' } as const;
const asked = { caseId, tenant: 'c_borgo', actor, commandId: caseId, requestHash: 'h' };
const idOf = (nr: number): string => `${nr}1111111-1111-5111-8111-111111111111`;

const open: Erasures[] = [];
afterEach(async () => {
  await Promise.all(open.splice(0).map((each) => each.close()));
});

it('is ordered once, known in every process, and carried out once', async () => {
  const log = createMemoryLog();
  const keys = createMemoryDataKeys();
  const process = () => {
    const sealer = createSealer({ store: keys });
    const erasures = createErasures({ log, clock: { now: () => '2026-03-06T09:00:00.000Z' }, sealer });
    open.push(erasures);
    return { sealer, erasures };
  };
  const [one, two] = [process(), process()];
  const key = await one.sealer.keyFor(`case-${caseId}`);
  const sealed = key.seal('e1', { name: 'Rossi' }, []);
  expect((await two.sealer.unseal('e1', sealed)).data).toEqual({ name: 'Rossi' });

  const told: string[] = [];
  two.erasures.onOrdered((id) => told.push(id));
  const given = { ...order, keys: [key.id] };
  const execute = (command: ErasureCommand, commandId = caseId) =>
    one.erasures.execute({ ...asked, commandId, command });
  // While it must be kept nobody erases it.
  expect(await execute({ ...hold, reason: 'Lo chiede il Tribunale per Rossi' }, idOf(1))).toMatchObject({
    outcome: 'done',
  });
  expect(await execute({ type: 'OrderErasure', order: given }, idOf(2))).toMatchObject({
    rejection: { code: 'case-held' },
  });
  await two.erasures.catchUp();
  expect(two.erasures.held(caseId)).toMatchObject([{ reason: 'Lo chiede il Tribunale per Rossi' }]);
  expect((await two.sealer.unseal('e1', sealed)).erased).toEqual([]);
  const release = { type: 'ReleaseCase', body: 'p_demo' } as const;
  await execute({ ...release, reason: 'Sentenza definitiva' }, idOf(3));
  expect(await execute({ ...release, reason: 'Ancora' }, idOf(4))).toMatchObject({
    rejection: { code: 'case-not-held' },
  });

  const ordering: ErasureCommand = { type: 'OrderErasure', order: given };
  expect(await execute(ordering)).toMatchObject({ outcome: 'done', repeated: false });
  expect(await execute(ordering)).toMatchObject({ outcome: 'done', repeated: true });
  expect(await execute(ordering, idOf(5))).toMatchObject({ rejection: { code: 'case-erased' } });

  // The key is in the store yet; nobody reads by it any more.
  await two.erasures.catchUp();
  expect([told, (await two.sealer.unseal('e1', sealed)).erased]).toEqual([[caseId], ['name']]);
  expect(two.erasures.due().map(({ caseId: id }) => id)).toEqual([caseId]);
  expect(two.erasures.find(caseId)).toMatchObject({ comune: 'c_borgo', actor, reason: order.reason });

  await two.erasures.carriedOut(caseId);
  await two.erasures.carriedOut(caseId);
  const { events } = await log.readAll({});
  expect(events.map(({ type }) => type)).toEqual([
    'CaseHeld',
    'CaseReleased',
    'ErasureOrdered',
    'ErasureCarriedOut',
  ]);
  expect(JSON.stringify(events)).not.toContain('Rossi');
  expect(two.erasures.due()).toEqual([]);
  expect(two.erasures.list()).toMatchObject([{ carriedOutAt: '2026-03-06T09:00:00.000Z' }]);
});

describe('a hold', () => {
  const house = (log = createMemoryLog()) => {
    const sealer = createSealer({ store: createMemoryDataKeys() });
    const erasures = createErasures({ log, clock: { now: () => '2026-03-06T09:00:00.000Z' }, sealer });
    open.push(erasures);
    let asks = 0;
    const execute = (command: ErasureCommand) =>
      erasures.execute({ ...asked, commandId: idOf(++asks), command });
    return { erasures, execute };
  };
  const reason = 'r';

  it('of one body no other lifts; the case is erased when none is left', async () => {
    const { erasures, execute } = house();
    await execute({ ...hold, body: 'c_borgo', reason });
    expect(await execute({ type: 'ReleaseCase', body: 'p_demo', reason })).toMatchObject({
      rejection: { code: 'case-held-by-another' },
    });
    await execute({ ...hold, reason });
    expect(await execute({ ...hold, reason })).toMatchObject({ rejection: { code: 'case-held' } });
    expect(
      erasures
        .holds()
        .map(({ body, process }) => [body, process])
        .toSorted(),
    ).toEqual([
      ['c_borgo', 'desk-request'],
      ['p_demo', 'desk-request'],
    ]);
    await execute({ type: 'ReleaseCase', body: 'c_borgo', reason });
    expect(await execute({ type: 'OrderErasure', order })).toMatchObject({
      rejection: { code: 'case-held' },
    });
    await execute({ type: 'ReleaseCase', body: 'p_demo', reason });
    expect([erasures.held(caseId), erasures.holds()]).toEqual([[], []]);
    expect(await execute({ type: 'OrderErasure', order })).toMatchObject({ outcome: 'done' });
  });

  it('that was recorded without its body stands in the name of who did it, and whoever may lifts it', async () => {
    const log = createMemoryLog();
    await caseWriter(log, () => '2026-03-05T09:00:00.000Z')(
      caseId,
      [{ type: 'CaseHeld', data: { reason } }],
      { actor, prefix: erasurePrefix },
    );
    const { erasures, execute } = house(log);
    await erasures.catchUp();
    expect(erasures.held(caseId)).toMatchObject([{ body: 'p_demo', process: null, reason }]);
    expect(await execute({ type: 'ReleaseCase', body: 'c_borgo', reason })).toMatchObject({
      outcome: 'done',
    });
    expect(erasures.held(caseId)).toEqual([]);
  });
});
