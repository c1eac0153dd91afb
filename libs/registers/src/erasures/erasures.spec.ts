import { afterEach, expect, it } from '@jest/globals';
import { createMemoryLog } from '@iter/event-store/memory';
import { createMemoryDataKeys, createSealer } from '@iter/platform/sealing';
import type { ErasureCommand, ErasureOrder } from './erasure.ts';
import { createErasures } from './erasures.ts';
import type { Erasures } from './erasures.ts';

const caseId = '0b6f8c7e-5a4d-5c3b-9a1f-2e7d6c5b4a39';
const order: ErasureOrder = {
  ...{ process: 'desk-request', ground: 'SUBJECT_REQUEST', reason: 'Lo chiede Mario Rossi', keys: [] },
  instruction: { body: 'c_borgo', register: 'Generale', number: '7/2026', date: '2026-03-05' },
};
const actor = { account: 'responsabile', role: 'DESK_SUPERVISOR', body: 'p_demo' };
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
  expect(
    await execute({ type: 'HoldCase', reason: 'Lo chiede il Tribunale per Rossi' }, idOf(1)),
  ).toMatchObject({
    outcome: 'done',
  });
  expect(await execute({ type: 'OrderErasure', order: given }, idOf(2))).toMatchObject({
    rejection: { code: 'case-held' },
  });
  await two.erasures.catchUp();
  expect(two.erasures.held(caseId)).toMatchObject({ reason: 'Lo chiede il Tribunale per Rossi' });
  expect((await two.sealer.unseal('e1', sealed)).erased).toEqual([]);
  await execute({ type: 'ReleaseCase', reason: 'Sentenza definitiva' }, idOf(3));
  expect(await execute({ type: 'ReleaseCase', reason: 'Ancora' }, idOf(4))).toMatchObject({
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
