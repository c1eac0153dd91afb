import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { createMemoryLog } from '@iter/event-store/memory';
import { verifyStream } from '@iter/event-store';
import type { EventLog } from '@iter/event-store';
import type { CaseCommand } from '@iter/engine';
import { systemPrincipal } from '@iter/access';
import type { Principal, Role } from '@iter/access';
import type { CaseRequest, Outcome } from '../outcome.ts';
import { form, sequence, waiting } from '../../../../test/support/diagrams.ts';
import { testWorld } from '../../../../test/support/world.ts';
import { worldComune } from '../world/index.ts';
import { createCaseCommands } from './commands.ts';

type TestWorld = ReturnType<typeof testWorld>;
type Done = Extract<Outcome, { outcome: 'done' }>;

let n = 0;
const freshKey = (): string => `key-${n++}`;

const done = (outcome: Outcome): Done => {
  if (outcome.outcome !== 'done') throw new Error(JSON.stringify(outcome));
  return outcome;
};
const rejected = (outcome: Outcome): string =>
  outcome.outcome === 'rejected' ? outcome.rejection.code : outcome.outcome;

/** The task that an answer created last. */
const taskOf = ({ events }: Done): string => {
  const created = events.findLast(({ type }) => type === 'UserTaskCreated');
  return (created?.data as { key: string }).key;
};

const deploy = async (world: TestWorld): Promise<void> => {
  const files = [
    { name: 'two.bpmn', text: sequence('two', 2) },
    { name: 'asks.bpmn', text: sequence('asks', 1, { form: 'modulo' }) },
    { name: 'upd.bpmn', text: sequence('upd', 1, { role: 'UPD' }) },
    { name: 'board.bpmn', text: sequence('board', 1, { role: 'COMMISSION' }) },
    { name: 'waits.bpmn', text: waiting('waits') },
    { name: 'modulo.json', text: form },
  ];
  const result = await world.deploy(files);
  expect(result.problems.filter(({ severity }) => severity === 'error')).toEqual([]);
};

const starting = (world: TestWorld, process = 'two', more: object = {}) =>
  world.cases.start({
    process,
    comune: worldComune,
    variables: {},
    principal: world.inRole(process === 'upd' ? 'UPD' : process === 'board' ? 'COMMISSION' : 'DESK_OPERATOR'),
    route: 'start',
    idempotencyKey: freshKey(),
    ...more,
  });

const request = (
  world: TestWorld,
  caseId: string,
  command: Exclude<CaseCommand, { type: 'StartCase' }>,
  more: Partial<CaseRequest> = {},
): CaseRequest => ({
  caseId,
  command,
  principal: world.inRole('DESK_OPERATOR'),
  route: 'test',
  idempotencyKey: freshKey(),
  ...more,
});

describe('commands of a case', () => {
  let log: EventLog;
  let world: TestWorld;

  beforeEach(async () => {
    log = createMemoryLog();
    world = testWorld(log);
    await deploy(world);
  });
  afterEach(() => world.close());

  const complete = (caseId: string, key: string, variables = {}, more: Partial<CaseRequest> = {}) =>
    world.cases.execute(request(world, caseId, { type: 'CompleteUserTask', key, variables }, more));

  describe('accepted, refused, sent twice', () => {
    it('knows a file that is sent again, whatever is found of its signature by then', async () => {
      const { caseId } = done(await starting(world));
      const file = { name: 'atto.pdf.p7s', mediaType: 'application/pkcs7-signature', sizeBytes: 3 };
      const send = (signature: { readonly apart: string | null }, sha256 = 'a'.repeat(64)) =>
        world.cases.execute(
          request(
            world,
            caseId,
            {
              ...{ type: 'AttachDocument', ...file, sha256, protocolNo: null, task: null },
              signature: { format: 'CAdES', state: 'unverifiable', count: 1, ...signature },
            },
            { idempotencyKey: 'the-same-file' },
          ),
        );
      const first = done(await send({ apart: null }));
      const again = done(await send({ apart: 'the document that came meanwhile' }));
      expect([again.repeated, again.events]).toEqual([true, first.events]);
      expect((await send({ apart: null }, 'b'.repeat(64))).outcome).toBe('key-reused');
    });

    it('starts a case and completes it, task by task', async () => {
      const started = done(await starting(world));
      const first = done(await complete(started.caseId, taskOf(started), { a: 1 }));
      const second = done(await complete(started.caseId, taskOf(first)));
      expect(second.events.at(-1)?.type).toBe('CaseCompleted');
      const stored = await log.readStream(`case-${started.caseId}`);
      expect(verifyStream(stored)).toBeNull();
      expect(stored.at(-1)?.revision).toBe(second.revision);
      expect(second.position).toBe(stored.at(-1)?.position);
      expect(stored.every(({ tenant }) => tenant === worldComune)).toBe(true);
      expect(stored[0]?.actor).toMatchObject({ account: 'desk_operator', role: 'DESK_OPERATOR' });
    });

    it('refuses what the state does not allow, and appends nothing', async () => {
      const started = done(await starting(world));
      const key = taskOf(started);
      done(await complete(started.caseId, key));
      const before = await log.lastPosition();
      expect(rejected(await complete(started.caseId, key))).toBe('task-not-found');
      expect(rejected(await complete('00000000-0000-5000-8000-000000000000', key))).toBe('case-not-found');
      expect(await log.lastPosition()).toBe(before);
    });

    it('answers the same key with the first answer, also after the case has moved on', async () => {
      const started = done(await starting(world));
      const key = taskOf(started);
      const again = { idempotencyKey: 'same' };
      const first = done(await complete(started.caseId, key, { a: 1 }, again));
      done(await complete(started.caseId, taskOf(first)));
      const second = done(await complete(started.caseId, key, { a: 1 }, again));
      expect(second).toEqual({ ...first, events: expect.anything(), repeated: true });
      expect(second.events.map(({ id, type, data }) => ({ id, type, data }))).toEqual(
        first.events.map(({ id, type, data }) => ({ id, type, data })),
      );
    });

    it('refuses the same key with another body; another person’s key is another command', async () => {
      const started = done(await starting(world));
      const key = taskOf(started);
      done(await complete(started.caseId, key, { a: 1 }, { idempotencyKey: 'same' }));
      expect(await complete(started.caseId, key, { a: 2 }, { idempotencyKey: 'same' })).toEqual({
        outcome: 'key-reused',
      });
      const colleague = { ...world.inRole('DESK_OPERATOR'), account: 'colleague' };
      const other = await complete(
        started.caseId,
        key,
        { a: 1 },
        { idempotencyKey: 'same', principal: colleague },
      );
      expect(rejected(other)).toBe('task-not-found');
    });

    it('notes once what a case has started, also when it has ended; for the house alone', async () => {
      const started = done(await starting(world));
      const link = { type: 'LinkCase', case: started.caseId, element: 'e' } as const;
      const asked = (more: Partial<CaseRequest>) =>
        world.cases.execute(request(world, started.caseId, link, { principal: systemPrincipal, ...more }));
      expect(rejected(await asked({ principal: world.inRole('DESK_OPERATOR') }))).toBe('not-authorised');
      expect(rejected(await asked({ caseId: '00000000-0000-5000-8000-000000000000' }))).toBe(
        'case-not-found',
      );
      const first = done(await complete(started.caseId, taskOf(started)));
      done(await complete(started.caseId, taskOf(first)));
      const once = { idempotencyKey: 'link' };
      expect(done(await asked(once)).events.map(({ type, data }) => [type, data])).toEqual([
        ['CaseLinked', { case: started.caseId, relation: 'started', element: 'e' }],
      ]);
      expect(done(await asked(once)).repeated).toBe(true);
      const stored = await log.readStream(`case-${started.caseId}`);
      expect(stored.filter(({ type }) => type === 'CaseLinked')).toHaveLength(1);
    });

    it('starts one case for one key', async () => {
      const once = { idempotencyKey: 'start' };
      const outcomes = await Promise.all([starting(world, 'two', once), starting(world, 'two', once)]);
      const [first, second] = outcomes.map(done);
      expect(second?.caseId).toBe(first?.caseId);
      expect([first?.repeated, second?.repeated]).toEqual([false, true]);
      expect(await starting(world, 'two', { ...once, variables: { x: 1 } })).toEqual({
        outcome: 'key-reused',
      });
    });

    it('pins the version at the start, and gives the first answer after another was deployed', async () => {
      const once = { idempotencyKey: 'pinned' };
      const first = done(await starting(world, 'two', once));
      await world.deploy([{ name: 'two.bpmn', text: sequence('two', 3) }]);
      expect(done(await starting(world, 'two', once))).toMatchObject({
        caseId: first.caseId,
        repeated: true,
      });
      const newer = done(await starting(world));
      expect(newer.events[0]?.data).toMatchObject({ version: 2 });
      const older = done(await starting(world, 'two', { version: 1 }));
      expect(older.events[0]?.data).toMatchObject({ version: 1 });
      expect(done(await complete(first.caseId, taskOf(first))).outcome).toBe('done');
    });

    it('completes one task once, however many send it at once with one key', async () => {
      const started = done(await starting(world));
      const key = taskOf(started);
      const outcomes = await Promise.all(
        Array.from({ length: 20 }, () => complete(started.caseId, key, {}, { idempotencyKey: 'race' })),
      );
      expect(new Set(outcomes.map((outcome) => done(outcome).position)).size).toBe(1);
      expect(outcomes.filter((outcome) => !done(outcome).repeated)).toHaveLength(1);
    });

    it('and one alone wins among different keys', async () => {
      const started = done(await starting(world));
      const outcomes = await Promise.all(
        Array.from({ length: 10 }, () => complete(started.caseId, taskOf(started))),
      );
      expect(outcomes.filter(({ outcome }) => outcome === 'done')).toHaveLength(1);
      expect(outcomes.filter((outcome) => rejected(outcome) === 'task-not-found')).toHaveLength(9);
    });
  });

  describe('revisions and times', () => {
    it('refuses a stale revision and names the present one', async () => {
      const started = done(await starting(world));
      const key = taskOf(started);
      expect(await complete(started.caseId, key, {}, { expectedRevision: started.revision - 1 })).toEqual({
        outcome: 'stale',
        revision: started.revision,
      });
      done(await complete(started.caseId, key, {}, { expectedRevision: started.revision }));
    });

    it('keeps when it happened apart from when it was recorded', async () => {
      const started = done(await starting(world));
      const { events } = done(
        await complete(started.caseId, taskOf(started), {}, { occurredAt: '2026-03-05T10:00:00+01:00' }),
      );
      expect(events[0]).toMatchObject({
        occurredAt: '2026-03-05T09:00:00.000Z',
        recordedAt: '2026-03-06T08:00:00.000Z',
      });
    });

    it.each([
      ['2026-03-06T08:00:00.001Z', 'date-in-the-future'],
      ['2026-02-31T08:00:00Z', 'date-invalid'],
      ['2026-03-05', 'date-invalid'],
      ['2026-03-05T08:00:00', 'date-invalid'],
      ['ieri', 'date-invalid'],
    ])('refuses that it happened at %s', async (occurredAt, code) => {
      const started = done(await starting(world));
      expect(rejected(await complete(started.caseId, taskOf(started), {}, { occurredAt }))).toBe(code);
    });
  });

  describe('what comes from outside', () => {
    it.each([
      ['an empty key', { idempotencyKey: '' }, 'idempotency-key-invalid'],
      ['an endless key', { idempotencyKey: 'x'.repeat(201) }, 'idempotency-key-invalid'],
      ['a key with a line break', { idempotencyKey: 'a\nb' }, 'idempotency-key-invalid'],
      ['an unknown process', { process: 'nope' }, 'definition-not-found'],
      ['an unknown version', { version: 7 }, 'definition-not-found'],
      ['a start that is not there', { startElement: 'nope' }, 'start-element-not-found'],
      ['a message that starts nothing', { message: 'nope' }, 'start-element-not-found'],
      ['a NUL in a text', { variables: { a: ['x\u0000'] } }, 'variables-invalid'],
      ['half a surrogate pair', { variables: { a: '\ud800' } }, 'variables-invalid'],
      [
        'a name that objects treat specially',
        { variables: JSON.parse('{"a":{"__proto__":1}}') },
        'variables-invalid',
      ],
      ['too much', { variables: { a: 'x'.repeat(600_000) } }, 'variables-invalid'],
      ['too deep', { variables: { a: JSON.parse('['.repeat(40) + ']'.repeat(40)) } }, 'variables-invalid'],
    ])('refuses %s', async (_, more, code) => {
      const before = await log.lastPosition();
      expect(rejected(await starting(world, 'two', more))).toBe(code);
      expect(await log.lastPosition()).toBe(before);
    });

    it('validates the form of a task on the server, and takes no field that is not on it', async () => {
      const started = done(await starting(world, 'asks'));
      const given = (variables: object) => complete(started.caseId, taskOf(started), variables);
      expect(await given({ days: 11, extra: 1 })).toMatchObject({
        rejection: {
          code: 'form-invalid',
          errors: expect.arrayContaining([
            expect.objectContaining({ pointer: '/variables/note' }),
            expect.objectContaining({ pointer: '/variables/days' }),
            expect.objectContaining({ pointer: '/variables/extra' }),
          ]),
        },
      });
      done(await given({ note: 'va bene', days: 3 }));
    });
  });

  describe('who acts', () => {
    it('asks inside the handler, on the state as it stands', async () => {
      const started = done(await starting(world, 'upd'));
      const by = (principal: Principal) => complete(started.caseId, taskOf(started), {}, { principal });
      expect(rejected(await by(world.inRole('DESK_OPERATOR')))).toBe('not-authorised');
      expect(rejected(await by(world.inRole('COMUNE_HR', 'c_altro')))).toBe('case-not-found');
      expect(rejected(await by(systemPrincipal))).toBe('not-authorised');
      done(await by(world.inRole('UPD')));
    });

    it('assigns only to who could complete it', async () => {
      const started = done(await starting(world, 'upd'));
      const assign = (to: string) =>
        world.cases.execute(
          request(
            world,
            started.caseId,
            { type: 'AssignUserTask', key: taskOf(started), to },
            {
              principal: world.inRole('DESK_SUPERVISOR'),
            },
          ),
        );
      expect(rejected(await assign('desk_operator'))).toBe('not-authorised');
      done(await assign('upd'));
    });

    it('gives what is for one procedure from one member of a board to another, and names who could have it', async () => {
      const board = ['vera', 'carla'].map((account) => ({ ...world.inRole('COMMISSION'), account }));
      const people = [...board, world.inRole('UPD'), world.inRole('DESK_SUPERVISOR')];
      const cases = createCaseCommands({
        ...world.ports,
        people: { principal: async (account) => people.find((one) => one.account === account) ?? null },
      });
      const started = done(await starting(world, 'board'));
      const principal = world.inRole('DESK_SUPERVISOR');
      const asked = {
        caseId: started.caseId,
        task: taskOf(started),
        among: [...people.map((one) => one.account), 'x'],
      };
      const assign = (to: string) =>
        cases.execute(
          request(world, started.caseId, { type: 'AssignUserTask', key: asked.task, to }, { principal }),
        );
      done(await assign('vera'));
      expect(await cases.whoMayTake({ ...asked, principal })).toEqual({
        outcome: 'read',
        accounts: ['vera', 'carla'],
      });
      done(await assign('carla'));
      const by = async (who: Principal, task = asked.task) => {
        const answer = await cases.whoMayTake({ ...asked, principal: who, task });
        return answer.outcome === 'rejected' ? answer.rejection.code : answer.accounts;
      };
      expect(await by(world.inRole('UPD'))).toBe('not-authorised');
      expect(await by(world.inRole('COMUNE_HR', 'c_altro'))).toBe('case-not-found');
      expect(await by(principal, 'gone-0')).toBe('task-not-found');
    });

    it('lets who files by a task alone replace what was filed for it, and nothing else of the file', async () => {
      const started = done(await starting(world, 'board'));
      const task = taskOf(started);
      const attach = (role: Role, letter: string, more: { task: string | null; replaces?: string }) => {
        const file = { name: 'atto.pdf', mediaType: 'application/pdf', sizeBytes: 1, protocolNo: null };
        return world.cases.execute(
          request(
            world,
            started.caseId,
            { type: 'AttachDocument', ...file, sha256: letter.repeat(64), ...more },
            { principal: world.inRole(role) },
          ),
        );
      };
      const keyOf = (outcome: Outcome) => String((done(outcome).events.at(-1)?.data as { key: string }).key);
      const decision = keyOf(await attach('DESK_OPERATOR', 'a', { task: null }));
      const draft = keyOf(await attach('COMMISSION', 'b', { task }));
      expect(rejected(await attach('COMMISSION', 'c', { task, replaces: decision }))).toBe('not-authorised');
      expect(rejected(await attach('COMMISSION', 'c', { task, replaces: 'no-0' }))).toBe('not-authorised');
      const signed = keyOf(await attach('COMMISSION', 'd', { task, replaces: draft }));
      done(await attach('DESK_OPERATOR', 'e', { task, replaces: signed }));
      done(await attach('DESK_OPERATOR', 'f', { task, replaces: decision }));
    });
  });

  describe('messages', () => {
    it('start a case, reach the one that awaits them, and count once', async () => {
      const send = async (name: string, more: object = {}) => {
        const outcome = await world.messages.send({
          name,
          correlationKey: null,
          variables: { pratica: 'P-1' },
          principal: world.inRole('DESK_OPERATOR'),
          route: 'messages',
          idempotencyKey: freshKey(),
          ...more,
        });
        if (outcome.outcome === 'published') throw new Error('nobody took the message');
        return outcome;
      };
      const { caseId } = done(await send('avvio', { comune: worldComune }));
      const once = { caseId, correlationKey: 'P-1', idempotencyKey: 'risposta-1' };
      expect(rejected(await send('risposta', { ...once, correlationKey: 'P-2', idempotencyKey: 'x' }))).toBe(
        'message-not-awaited',
      );
      const first = done(await send('risposta', once));
      expect(first.events.at(-1)?.type).toBe('CaseCompleted');
      expect(done(await send('risposta', once)).repeated).toBe(true);
      expect(rejected(await send('ignoto', { comune: worldComune }))).toBe('message-not-awaited');
    });
  });

  describe('reading', () => {
    it('folds the case as it stood, at a revision and at an instant', async () => {
      const started = done(await starting(world, 'two', { variables: { a: 1 } }));
      world.clock.set('2026-03-07T08:00:00.000Z');
      done(await complete(started.caseId, taskOf(started), { a: 2 }));
      const read = async (more: object) => {
        const reading = await world.cases.readCase({
          caseId: started.caseId,
          principal: world.inRole('DESK_OPERATOR'),
          ...more,
        });
        if (reading.outcome !== 'read') throw new Error(reading.rejection.code);
        return reading;
      };
      expect((await read({})).state.root.variables).toEqual({ a: 2 });
      expect((await read({ revision: started.revision })).state.root.variables).toEqual({ a: 1 });
      expect((await read({ at: '2026-03-06T23:00:00Z' })).events).toHaveLength(started.revision + 1);
      expect((await read({ at: '2026-03-05T00:00:00Z' })).state.status).toBe('none');
    });

    it('is denied as commands are', async () => {
      const { caseId } = done(await starting(world));
      const read = (principal: Principal, reason?: string) =>
        world.cases.readCase({ caseId, principal, ...(reason && { reason }) });
      expect(await read(world.inRole('SYSTEM_OPERATOR'))).toMatchObject({
        rejection: { code: 'case-not-found' },
      });
      expect(await read(world.inRole('DESK_SUPERVISOR'))).toMatchObject({
        rejection: { code: 'reason-required' },
      });
      expect(await read(world.inRole('DESK_SUPERVISOR'), 'verifica')).toMatchObject({ outcome: 'read' });
      expect(await read(world.inRole('AUDITOR'))).toMatchObject({ outcome: 'read', pseudonymised: true });
    });
  });
});
