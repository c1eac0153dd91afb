import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { createMemoryLog } from '@iter/event-store/memory';
import { systemPrincipal } from '@iter/access';
import type { Role } from '@iter/access';
import type { AskedCommand, Outcome } from '../outcome.ts';
import { calling, form, sequence, working } from '../../../../test/support/diagrams.ts';
import { testWorld } from '../../../../test/support/world.ts';
import { worldComune } from '../world/index.ts';
import { readOn } from './load.ts';

// Which definition a case, and what lives in it, is of: calls and migration.

type TestWorld = ReturnType<typeof testWorld>;
type Done = Extract<Outcome, { outcome: 'done' }>;

let world: TestWorld;
let n = 0;

const deploy = async (...files: readonly (readonly [string, string])[]): Promise<void> => {
  const result = await world.deploy(files.map(([name, text]) => ({ name, text })));
  expect(result.problems.filter(({ severity }) => severity === 'error')).toEqual([]);
};
const done = (outcome: Outcome): Done => {
  if (outcome.outcome !== 'done') throw new Error(JSON.stringify(outcome));
  return outcome;
};
const refused = (outcome: Outcome) => {
  if (outcome.outcome !== 'rejected') throw new Error(outcome.outcome);
  return outcome.rejection;
};
const start = async (process: string, version?: number): Promise<Done> =>
  done(
    await world.cases.start({
      process,
      ...(version !== undefined && { version }),
      comune: worldComune,
      variables: {},
      principal: world.inRole('DESK_OPERATOR'),
      route: 'start',
      idempotencyKey: `k${n++}`,
    }),
  );
const execute = (caseId: string, command: AskedCommand, role: Role = 'DESK_SUPERVISOR') =>
  world.cases.execute({
    caseId,
    command,
    principal: world.inRole(role),
    route: 'test',
    idempotencyKey: `k${n++}`,
  });
const taskOf = ({ events }: Done): string =>
  (events.findLast(({ type }) => type === 'UserTaskCreated')!.data as { key: string }).key;
const stateOf = async (caseId: string) => {
  const read = await world.cases.readState({ caseId, principal: world.inRole('DESK_OPERATOR') });
  if (read.outcome !== 'read') throw new Error(read.rejection.code);
  return read.state;
};
const migrate = (more: Partial<Extract<AskedCommand, { type: 'MigrateCase' }>> = {}): AskedCommand =>
  ({ type: 'MigrateCase', elements: {}, flows: {}, reason: 'nuova versione', ...more }) as AskedCommand;

beforeEach(() => {
  world = testWorld(createMemoryLog());
});
afterEach(() => world.close());

describe('a task of a called process', () => {
  beforeEach(() =>
    deploy(
      ['caller.bpmn', calling('caller', 'called')],
      ['called.bpmn', sequence('called', 1, { role: 'UPD', form: 'modulo' })],
      ['modulo.json', form],
    ),
  );

  it('belongs to the lane that it has there', async () => {
    const started = await start('caller');
    const key = taskOf(started);
    const claim = (role: Role) => execute(started.caseId, { type: 'ClaimUserTask', key }, role);
    expect(refused(await claim('DESK_OPERATOR')).code).toBe('not-authorised');
    done(await claim('UPD'));
  });

  it('is judged by the form that it has there', async () => {
    const started = await start('caller');
    const key = taskOf(started);
    const complete = (variables: object) =>
      execute(
        started.caseId,
        { type: 'CompleteUserTask', key, variables: variables as Record<string, never> },
        'UPD',
      );
    expect(refused(await complete({ days: 3 }))).toMatchObject({
      code: 'form-invalid',
      errors: [expect.objectContaining({ pointer: '/variables/note' })],
    });
    done(await complete({ note: 'va bene' }));
    expect(await stateOf(started.caseId)).toMatchObject({ status: 'completed', root: { variables: {} } });
  });
});

it('an incident of a called process says whose element is stuck', async () => {
  await deploy(['caller.bpmn', calling('caller', 'works')], ['works.bpmn', working('works')]);
  const { caseId, events } = await start('caller');
  const { key } = events.find(({ type }) => type === 'JobCreated')!.data as { key: string };
  const failing = { type: 'FailJob', key, retries: 0, message: 'x' } as const;
  const outcome = await world.cases.execute({
    ...{ caseId, command: failing, route: 'test', idempotencyKey: 'f' },
    principal: systemPrincipal,
  });
  expect(done(outcome).events.at(-1)).toMatchObject({
    type: 'IncidentRaised',
    data: { code: 'job-failed', element: 'print', definition: world.catalog.find('works')!.hash },
  });
});

describe('a case that migrates', () => {
  const versions = async (): Promise<void> => {
    await deploy(['p.bpmn', sequence('p', 1)], ['q.bpmn', sequence('q', 1)]);
    await deploy(['p.bpmn', sequence('p', 2, { role: 'UPD' })]);
  };

  it('follows another version of its process, by number, by hash, or the latest', async () => {
    await versions();
    const { hash } = world.catalog.find('p', 2)!;
    for (const to of [{ version: 2 }, { definition: hash }, {}]) {
      const { caseId } = await start('p', 1);
      const { events } = done(await execute(caseId, migrate(to)));
      expect(events[0]).toMatchObject({ type: 'CaseMigrated', data: { version: 2, definition: hash } });
      expect(await stateOf(caseId)).toMatchObject({ version: 2, definition: hash });
    }
  });

  it('gives its open tasks to the lane that they have there', async () => {
    await versions();
    const started = await start('p', 1);
    const key = taskOf(started);
    const { events } = done(await execute(started.caseId, migrate()));
    expect(events[0]?.data).toMatchObject({ tasks: { [key]: { role: 'UPD', formId: null } } });
    const claim = (role: Role) => execute(started.caseId, { type: 'ClaimUserTask', key }, role);
    expect(refused(await claim('DESK_OPERATOR')).code).toBe('not-authorised');
    done(await claim('UPD'));
  });

  it('is refused for whoever may not, without a reason, and where it may not go', async () => {
    await versions();
    const { caseId } = await start('p', 1);
    const code = async (more: object, role?: Role) =>
      refused(await execute(caseId, migrate(more), role)).code;
    expect(await code({}, 'TRAINER')).toBe('case-not-found');
    expect(await code({}, 'DESK_OPERATOR')).toBe('not-authorised');
    expect(await code({ reason: ' ' })).toBe('reason-required');
    expect(await code({ version: 3 })).toBe('definition-not-found');
    expect(await code({ version: 1 })).toBe('migration-invalid');
    // Who may see a case hangs on its process: it never becomes one of another.
    expect(await code({ definition: world.catalog.find('q')!.hash })).toBe('migration-invalid');
    expect((await stateOf(caseId)).version).toBe(1);
  });

  it('is refused to what cannot be read any more, by number and by hash', async () => {
    await versions();
    const { caseId } = await start('p', 1);
    const { catalog } = world;
    const [, worn] = catalog.versions('p');
    const unreadable = {
      ...worn!,
      get model(): never {
        throw new Error('unreadable');
      },
    };
    const { byHash, find } = catalog;
    Object.assign(catalog, {
      byHash: (hash: string) => (hash === worn!.hash ? unreadable : byHash(hash)),
      find: (key: string, version?: number) => (version === 2 ? undefined : find(key, version)),
    });
    for (const to of [{ version: 2 }, { definition: worn!.hash }]) {
      expect(refused(await execute(caseId, migrate(to))).code).toBe('definition-not-found');
      const forecast = await world.cases.forecastMigration({
        ...{ caseId, principal: world.inRole('DESK_SUPERVISOR'), elements: {}, flows: {}, reason: 'prova' },
        ...to,
      });
      expect(forecast).toMatchObject({ rejection: { code: 'definition-not-found' } });
    }
  });

  it('twice with one key migrates once, also when a later version has come', async () => {
    await versions();
    const { caseId } = await start('p', 1);
    const request = {
      caseId,
      command: migrate(),
      principal: world.inRole('DESK_SUPERVISOR'),
      route: 'test',
      idempotencyKey: 'same',
    };
    const first = done(await world.cases.execute(request));
    await deploy(['p.bpmn', sequence('p', 3)]);
    const second = done(await world.cases.execute(request));
    expect(second).toMatchObject({ repeated: true, revision: first.revision });
    expect((await stateOf(caseId)).version).toBe(2);
  });

  it('keeps who did what, under the new names', async () => {
    await deploy(['p.bpmn', sequence('p', 2)]);
    await deploy(['p.bpmn', sequence('p', 2).replaceAll('t_1', 't_first')]);
    const started = await start('p', 1);
    const key = taskOf(started);
    done(await execute(started.caseId, { type: 'CompleteUserTask', key, variables: {} }, 'DESK_OPERATOR'));
    const deeds = async () => (await readOn(world.ports, started.caseId)).deeds.map(({ element }) => element);
    expect(await deeds()).toEqual([null, 't_1']);
    done(await execute(started.caseId, migrate({ elements: { t_1: 't_first' } })));
    expect(await deeds()).toEqual([null, 't_first']);
  });

  it('has what was entered before corrected as the form would have it that had asked for it', async () => {
    const asking = sequence('p', 2, { form: 'modulo' });
    await deploy(['p.bpmn', asking], ['modulo.json', form]);
    await deploy(['p.bpmn', asking.replaceAll('t_1', 't_first')]);
    const started = await start('p', 1);
    const command = {
      type: 'CompleteUserTask',
      key: taskOf(started),
      variables: { note: 'errata' },
    } as const;
    done(await execute(started.caseId, command, 'DESK_OPERATOR'));
    done(await execute(started.caseId, migrate({ elements: { t_1: 't_first' } })));
    const correct = (note: string) =>
      execute(started.caseId, { type: 'RectifyCase', variables: { note }, reason: 'errore di battitura' });
    expect(refused(await correct(''))).toMatchObject({
      ...{ code: 'form-invalid', errors: [{ pointer: '/variables/note', code: 'required' }] },
    });
    done(await correct('giusta'));
  });

  it('is forecast: what goes on, what has no place; and nothing happens', async () => {
    await deploy(['p.bpmn', sequence('p', 2)]);
    await deploy(['p.bpmn', sequence('p', 1)]);
    const started = await start('p', 1);
    const forecast = async (role: Role = 'DESK_SUPERVISOR', reason: string | null = 'prova') => {
      const question = { caseId: started.caseId, principal: world.inRole(role), reason };
      const answer = await world.cases.forecastMigration({ ...question, elements: {}, flows: {} });
      return answer.outcome === 'read' ? answer : answer.rejection.code;
    };
    expect(await forecast()).toMatchObject({
      version: 2,
      plan: { problems: [], moved: [{ from: 't_1', to: 't_1' }] },
    });
    const key = taskOf(started);
    done(await execute(started.caseId, { type: 'CompleteUserTask', key, variables: {} }, 'DESK_OPERATOR'));
    expect(await forecast()).toMatchObject({
      plan: { problems: [{ code: 'element-unmapped', element: 't_2' }] },
    });
    expect(await forecast('DESK_OPERATOR')).toBe('not-authorised');
    expect(await forecast('DESK_SUPERVISOR', null)).toBe('reason-required');
    expect(await forecast('TRAINER')).toBe('case-not-found');
    expect(await forecast('SYSTEM_OPERATOR')).toMatchObject({ version: 2 });
    expect(await stateOf(started.caseId)).toMatchObject({ version: 1 });
  });
});
