import { expect, it } from '@jest/globals';
import { createMemoryLog } from '@iter/event-store/memory';
import { bpmnOf } from '../../../../test/standard/notation.ts';
import { testWorld } from '../../../../test/support/world.ts';
import { createMessages } from '../messages.ts';
import type { ErasureFacts, ErasureOrder } from '../ports.ts';
import { worldComune } from '../world/index.ts';
import { createCaseCommands } from './commands.ts';

const instruction = { body: worldComune, register: 'Generale', number: '7/2026', date: '2026-03-05' };

/** A case that has thrown a message and ended, in a house that keeps a register of erasures. */
async function thrown() {
  const world = testWorld(createMemoryLog());
  const ordered: ErasureOrder[] = [];
  /** What another process has ordered and this one has not heard of. */
  const elsewhere: ErasureOrder[] = [];
  const erasures: ErasureFacts = {
    async execute({ command }) {
      if (command.type === 'OrderErasure') ordered.push(command.order);
      return { outcome: 'done', position: null, repeated: ordered.length > 1 };
    },
    find: () => ordered[0] ?? null,
    held: () => [],
    onOrdered: () => () => undefined,
    catchUp: async () => void ordered.push(...elsewhere.splice(0)),
  };
  const cases = createCaseCommands({ ...world.ports, erasures });
  await world.deploy([
    {
      name: 'p.bpmn',
      text: bpmnOf('startEvent s\nintermediateThrowEvent t message:M\nendEvent e\ns -> t -> e'),
    },
  ]);
  const by = { principal: world.inRole('DESK_OPERATOR'), route: 'test', idempotencyKey: 's' };
  const started = await cases.start({
    ...{ ...by, process: 'p', comune: worldComune, variables: { name: 'Rossi' } },
  });
  if (started.outcome !== 'done') throw new Error(JSON.stringify(started));
  const { caseId } = started;
  const head = { principal: world.inRole('DESK_SUPERVISOR'), route: 'erase', reason: 'r' };
  const erase = async (idempotencyKey: string) => {
    const order = { ground: 'SUBJECT_REQUEST', instruction } as const;
    const outcome = await cases.erase({ ...head, ...order, caseId, idempotencyKey });
    return outcome.outcome === 'rejected' ? outcome.rejection.code : outcome.outcome;
  };
  const event = started.events.find(({ type }) => type === 'MessageThrown');
  if (event?.type !== 'MessageThrown') throw new Error('nothing was thrown');
  const [{ keyId } = event] = started.events;
  return {
    ...{ world, traffic: createMessages(world.ports, cases), cases, caseId, keyId, erase, event },
    ...{ ordered, elsewhere },
  };
}

it('is not ordered while somebody may still get what the case has thrown: its content lies in the case', async () => {
  const { world, traffic, caseId, keyId, erase, event, ordered } = await thrown();
  // Nobody has brought it anywhere yet.
  expect(await erase('1')).toBe('message-waiting');
  const { name, correlationKey, element, variables = {} } = event.data;
  const address = { tenant: worldComune, name, correlationKey };
  await traffic.publish({
    ...{ ...address, id: event.id, element, variables, caseId },
    ...{ revision: event.revision, thrownAt: event.recordedAt },
  });
  expect(await erase('2')).toBe('message-waiting');
  const stream = traffic.streamOf(address, event.recordedAt);
  const expiry = { type: 'ExpireMessage', messageId: event.id } as const;
  world.clock.set('2026-06-01T08:00:00.000Z');
  await traffic.tell(stream, worldComune, expiry);
  expect(await erase('3')).toBe('done');
  expect(ordered).toEqual([
    { process: 'p', ground: 'SUBJECT_REQUEST', instruction, reason: 'r', keys: [keyId] },
  ]);
  // The same again is answered by the register, whatever can still be read of the case.
  expect(await erase('3')).toBe('done');
  expect(ordered[1]?.keys).toEqual([]);
  await world.close();
});

it('takes nothing more, and is read without what was sealed, as soon as any process has ordered it', async () => {
  const { world, cases, caseId, elsewhere } = await thrown();
  const comment = async (idempotencyKey: string) => {
    const done = await cases.execute({
      ...{ caseId, principal: world.inRole('DESK_OPERATOR'), route: 'comment', idempotencyKey },
      command: { type: 'AddComment', text: idempotencyKey },
    });
    return done.outcome === 'rejected' ? done.rejection.code : done.outcome;
  };
  expect(await comment('before')).toBe('case-not-active');
  // Its key is not among those that the order names: it was taken by somebody who was late.
  elsewhere.push({ process: 'p', ground: 'SUBJECT_REQUEST', instruction, reason: 'r', keys: [] });
  expect(await comment('after')).toBe('case-erased');
  const read = await cases.readCase({
    ...{ caseId, principal: world.inRole('DESK_SUPERVISOR'), reason: 'controllo' },
  });
  expect(JSON.stringify(read)).toContain('MessageThrown');
  expect(JSON.stringify(read)).not.toContain('Rossi');
  await world.close();
});
