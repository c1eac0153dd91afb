import { spawnSync } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { createTestDatabase } from '../support/database.ts';
import type { TestDatabase } from '../support/database.ts';
import { adHoc, calling, form, sequence, working } from '../support/diagrams.ts';
import type { List, Task } from '../support/disciplinary.ts';
import { System, eventually, password } from '../support/system.ts';
import type { Person } from '../support/system.ts';

// What people do to a case beside its flow, and what programs outside do for it, over HTTP.

interface Answer {
  readonly caseId: string;
}
interface Token {
  readonly key: string;
  readonly element: string;
  readonly definition: string;
}
interface CaseState {
  readonly status: string;
  readonly version: number;
  readonly definition: string;
  readonly tokens: readonly Token[];
  readonly variables: Readonly<Record<string, unknown>>;
}
interface Job {
  readonly id: string;
  readonly retries: number;
  readonly variables: Readonly<Record<string, unknown>>;
}
interface Incident {
  readonly id: string;
  readonly caseId: string;
  readonly code: string;
  readonly name: string;
}

const reason = 'istruttoria da rifare';
const why = `?reason=${encodeURIComponent(reason)}`;

describe('cases that people and programs move', () => {
  let database: TestDatabase;
  let system: System;
  let operatore: Person;
  let responsabile: Person;
  let gestore: Person;
  let automa: Person;

  const deploy = (...files: readonly (readonly [string, string])[]) =>
    gestore.post('/process-definitions', { files: files.map(([name, text]) => ({ name, text })) });
  const start = async (process: string, variables: object = {}): Promise<string> =>
    (await operatore.sees(gestore).post<Answer>('/cases', { process, comune: 'c_borgo', variables })).caseId;
  const state = (id: string, at = '') => operatore.get<CaseState>(`/cases/${id}/state${at}`);
  const tasks = async (id: string) =>
    (await operatore.get<List<Task & { name: string; definition: string }>>(`/tasks?caseId=${id}`)).items;
  const refusal = async (who: Person, path: string, body: object) => {
    const answer = await who.call<{ code: string; errors: { code: string }[] }>('POST', path, body);
    return [answer.status, answer.body.code];
  };

  beforeAll(async () => {
    database = await createTestDatabase();
    system = await System.start({ databaseUrl: database.url });
    [operatore, responsabile, gestore, automa] = (await Promise.all(
      ['operatore', 'responsabile', 'gestore', 'automa'].map((name) => system.signIn(name)),
    )) as [Person, Person, Person, Person];
    await deploy(
      ['steps.bpmn', sequence('steps', 2)],
      ['caller.bpmn', calling('caller', 'called')],
      ['called.bpmn', sequence('called', 1, { form: 'modulo' })],
      ['inquiry.bpmn', adHoc('inquiry')],
      ['works.bpmn', working('works')],
      ['rail.bpmn', sequence('rail', 2)],
      ['modulo.json', form],
    );
  });
  afterAll(async () => {
    await system?.stop();
    await database?.drop();
  });

  it('deploys no process with a term that is not in the catalogue', async () => {
    const text = sequence('lawless', 1).replace(
      '<bpmn:startEvent id="start">',
      '<bpmn:startEvent id="start"><bpmn:extensionElements><iter:deadline id="DL_A" term="no.such.term"><iter:base name="b" value="=today()"/></iter:deadline></bpmn:extensionElements>',
    );
    expect(text).toContain('no.such.term');
    const files = [{ name: 'lawless.bpmn', text }];
    const answer = await gestore.call<{ code: string; errors: { code: string }[] }>(
      ...(['POST', '/process-definitions', { files }] as const),
    );
    expect(answer.body).toMatchObject({ code: 'deployment-refused', errors: [{ code: 'term-unresolved' }] });
  });

  it('shows a task of a called process with its name and form, and takes its values', async () => {
    const id = await start('caller');
    const [task] = await tasks(id);
    expect(task).toMatchObject({ element: 't_1', name: 'Attività 1' });
    const { key } = await operatore.get<{ key: string }>(`/process-definitions/by-hash/${task!.definition}`);
    expect(key).toBe('called');
    const detail = await operatore.get<{ form: { id: string } }>(`/tasks/${task!.id}`);
    expect(detail.form.id).toBe('modulo');
    expect(await refusal(operatore, `/tasks/${task!.id}/complete`, { variables: {} })).toEqual([
      422,
      'form-invalid',
    ]);
    await operatore.post(`/tasks/${task!.id}/complete`, { variables: { note: 'fatto' } });
    const { items } = await operatore.get<List<{ data: { element?: string }; definition: string }>>(
      `/cases/${id}/history?limit=200`,
    );
    const of = (element: string) => items.find(({ data }) => data.element === element)?.definition;
    expect(of('t_1')).toBe(task!.definition);
    expect(of('call')).toBe((await operatore.get<{ definition: string }>(`/cases/${id}`)).definition);
    expect((await state(id)).status).toBe('completed');
  });

  it('moves a token back and sets variables, for the supervisor with a reason only', async () => {
    const id = await start('steps');
    const [first] = await tasks(id);
    await operatore.post(`/tasks/${first!.id}/complete`, {});
    const before = await state(id);
    const { key } = before.tokens.find(({ element }) => element === 't_2')!;
    const instructions = [
      { kind: 'move', key, element: 't_1' },
      { kind: 'set', variables: { ripetuta: true } },
    ];
    for (const who of [operatore, gestore]) {
      const [status] = await refusal(who, `/cases/${id}/modify`, { reason, instructions });
      expect([403, 404]).toContain(status);
    }
    expect(await refusal(responsabile, `/cases/${id}/modify`, { instructions })).toEqual([
      422,
      'request-invalid',
    ]);
    await responsabile.post(`/cases/${id}/modify`, { reason, instructions });
    operatore.sees(responsabile);
    expect(await state(id)).toMatchObject({ tokens: [{ element: 't_1' }], variables: { ripetuta: true } });
    expect((await tasks(id)).map(({ element }) => element)).toEqual(['t_1']);
    expect(await refusal(responsabile, `/cases/${id}/modify`, { reason, instructions })).toEqual([
      422,
      'element-not-found',
    ]);
  });

  it('says what a migration would do, does it, and shows what was before as it was', async () => {
    const id = await start('steps');
    const { definition } = await state(id);
    await deploy(['steps.bpmn', sequence('steps', 3)]);
    responsabile.sees(gestore);
    const forecast = await responsabile.post<{ possible: boolean; version: number }>(`/cases/${id}/migrate`, {
      reason,
      dryRun: true,
    });
    expect(forecast).toMatchObject({ possible: true, version: 2, moved: [{ from: 't_1', to: 't_1' }] });
    expect(await state(id)).toMatchObject({ version: 1, definition });
    const none = { reason, elements: { t_1: 't_9' } };
    expect(await responsabile.post(`/cases/${id}/migrate`, { ...none, dryRun: true })).toMatchObject({
      possible: false,
      problems: [{ code: 'element-unmapped', element: 't_1' }],
    });
    expect(await refusal(responsabile, `/cases/${id}/migrate`, none)).toEqual([422, 'migration-invalid']);
    const { revision } = await operatore.get<{ revision: number }>(`/cases/${id}`);
    await responsabile.post(`/cases/${id}/migrate`, { reason });
    operatore.sees(responsabile);
    expect(await state(id)).toMatchObject({ version: 2 });
    expect(await operatore.get(`/cases/${id}`)).toMatchObject({ version: 2, process: 'steps' });
    expect(await state(id, `?revision=${revision}`)).toMatchObject({ version: 1, definition });
    const [task] = await tasks(id);
    expect(task!.definition).not.toBe(definition);
    expect(await refusal(responsabile, `/cases/${id}/migrate`, { reason })).toEqual([
      422,
      'migration-invalid',
    ]);
  });

  it('begins activities of an ad-hoc sub-process, as often as asked, until it is over', async () => {
    const id = await start('inquiry', { finished: false });
    const open = async () =>
      (
        await operatore.get<List<{ key: string; activities: { element: string; name: string }[] }>>(
          `/cases/${id}/ad-hoc`,
        )
      ).items;
    const [box] = await open();
    expect(box!.activities).toEqual([
      { element: 't_hear', name: 'Sentire' },
      { element: 't_ask', name: 'Chiedere' },
    ]);
    const begin = `/cases/${id}/ad-hoc/${box!.key}/start`;
    await operatore.post(begin, { element: 't_hear' });
    await operatore.post(begin, { element: 't_hear' });
    expect(await refusal(operatore, begin, { element: 't_no' })).toEqual([422, 'element-not-found']);
    const [first, second] = await tasks(id);
    await operatore.post(`/tasks/${first!.id}/complete`, { variables: { finished: false } });
    await operatore.post(`/tasks/${second!.id}/complete`, { variables: { finished: true } });
    expect((await state(id)).status).toBe('completed');
    expect(await open()).toEqual([]);
  });

  describe('the tool', () => {
    const iter = (user: string, ...args: string[]) => {
      const { NODE_OPTIONS: _, ...env } = process.env;
      const more = ['--url', system.url, '--user', user];
      const done = spawnSync(process.execPath, ['apps/cli/bin/iter.js', ...args, ...more], {
        encoding: 'utf8',
        env: { ...env, ITER_PASSWORD: password },
      });
      return { status: done.status, out: done.stdout, err: done.stderr };
    };

    it('folds a history again, and finds what the system says; so does who reads under pseudonyms', async () => {
      const id = await start('inquiry', { finished: false });
      const { status, out } = iter('operatore', 'replay', id);
      expect([status, out]).toEqual([
        0,
        expect.stringMatching(/inquiry 1\t\d+ events\tfolds to the same state\n$/),
      ]);
      expect(iter('auditor', 'replay', '--all', '--json')).toMatchObject({ status: 0, err: '' });
      const { cases } = JSON.parse(iter('auditor', 'replay', '--all', '--json').out) as {
        cases: { id: string; differences: string[] }[];
      };
      expect(cases.find((it) => it.id === id)).toMatchObject({ differences: [], migration: null });
    });

    it('says for every open case what another definition would do to it', async () => {
      const [first, second] = [await start('rail'), await start('rail')];
      const [task] = await tasks(second);
      await operatore.post(`/tasks/${task!.id}/complete`, {});
      const file = join(system.home, 'rail.bpmn');
      writeFileSync(file, sequence('rail', 2).replaceAll('t_2', 't_other'));
      const against = ['replay', '--all', '--against', file];
      const { status, out } = iter('operatore', ...against);
      expect(status).toBe(1);
      expect(out).toMatch(new RegExp(`${first}.*\tgoes on\n`));
      expect(out).toMatch(new RegExp(`${second}.*\tCANNOT\n  t_2 element-unmapped: `));
      const mapped = iter('operatore', ...against, '--elements', '{"t_2":"t_other"}');
      expect([mapped.status, mapped.out]).toEqual([0, expect.stringContaining('t_2 goes on as t_other')]);
      const one = iter('operatore', 'replay', first, '--against', file, '--json');
      expect(JSON.parse(one.out)).toMatchObject({
        cases: [{ id: first, differences: [], migration: { possible: true, problems: [], dropped: [] } }],
      });
    });

    it('refuses what it cannot do, with status 2', async () => {
      const id = await start('rail');
      const file = join(system.home, 'other.bpmn');
      writeFileSync(file, sequence('other', 1));
      expect(iter('operatore', 'replay').status).toBe(2);
      expect(iter('operatore', 'replay', id, '--all').status).toBe(2);
      expect(iter('operatore', 'replay', id, '--against', 'nowhere.bpmn').status).toBe(2);
      expect(iter('operatore', 'replay', id, '--against', file)).toMatchObject({
        status: 2,
        err: expect.stringContaining('the file has no process rail') as unknown,
      });
      expect(iter('responsabile', 'replay', id)).toMatchObject({
        status: 2,
        err: expect.stringContaining('reason-required') as unknown,
      });
      expect(iter('responsabile', 'replay', id, '--reason', reason).status).toBe(0);
    });

    it('prints a history with what each event is about', async () => {
      const id = await start('rail');
      const { key } = (await state(id)).tokens[0]!;
      const instructions = [{ kind: 'move', key, element: 't_2' }];
      await responsabile.post(`/cases/${id}/modify`, { reason, instructions });
      const { out } = iter('operatore', 'case', 'history', id);
      expect(out).toMatch(/\tCaseModified\tmove t_2\tresponsabile \(DESK_SUPERVISOR\)\n/);
      expect(out).toMatch(/\tSequenceFlowTaken\tf_1\t/);
      expect(out).toMatch(/\tUserTaskCreated\tt_2\t/);
    });
  });

  describe('jobs of programs outside', () => {
    const activate = async (more: object = {}) =>
      (await automa.post<List<Job>>('/jobs/activate', { type: 'stampa', lockMs: 60_000, ...more })).items;
    /** The table of jobs follows the log: it must be there before the clock jumps over a lease. */
    const advance = async (duration: string) => {
      await eventually('all followers', async () => {
        const { items } = await gestore.get<List<{ behind: number }>>('/operations/followers');
        return items.every(({ behind }) => behind === 0);
      });
      await gestore.post('/operations/clock', { advance: duration });
    };
    const jobOf = (id: string) =>
      eventually('the job', async () => (await activate()).find((job) => job.id.startsWith(id)));

    it('are leased to one at a time, and come again when the lease is over', async () => {
      const id = await start('works', { copie: 3 });
      const first = await jobOf(id);
      expect(first).toMatchObject({ retries: 2, variables: { copie: 3 } });
      expect(await activate()).toEqual([]);
      await advance('PT61S');
      const [again] = await activate();
      expect(again!.id).toBe(first.id);
      await automa.post(`/jobs/${first.id}/complete`, { variables: { stampato: true } });
      expect(await refusal(automa, `/jobs/${first.id}/complete`, {})).toEqual([409, 'case-not-active']);
      expect(await state(id)).toMatchObject({ status: 'completed', variables: { stampato: true } });
    });

    it('that fail rest, come again with fewer retries, and ask people when none is left', async () => {
      const id = await start('works');
      const job = await jobOf(id);
      await automa.post(`/jobs/${job.id}/fail`, { retries: 1, message: 'carta finita', retryInMs: 600_000 });
      await advance('PT9M');
      expect(await activate()).toEqual([]);
      await advance('PT2M');
      expect(await jobOf(id)).toMatchObject({ id: job.id, retries: 1 });
      await automa.post(`/jobs/${job.id}/fail`, { retries: 0, message: 'carta finita' });
      const incidents = () => responsabile.sees(automa).get<List<Incident>>('/incidents?limit=100');
      const incident = (await incidents()).items.find(({ caseId }) => caseId === id);
      expect(incident).toMatchObject({ code: 'job-failed', name: 'Stampare' });
      await advance('PT1H');
      expect(await activate()).toEqual([]);
      await responsabile.post(`/incidents/${incident!.id}/resolve`, { resolution: 'carta ricaricata' });
      await jobOf(id);
      await automa.post(`/jobs/${job.id}/complete`, {});
      expect((await state(id)).status).toBe('completed');
    });

    it('end in an error that the process catches, or that people are told of', async () => {
      const caught = await start('works');
      const job = await jobOf(caught);
      await automa.post(`/jobs/${job.id}/error`, { code: 'illeggibile', variables: { pagina: 2 } });
      operatore.sees(automa);
      expect((await tasks(caught)).map(({ element }) => element)).toEqual(['t_mend']);
      const other = await start('works');
      const second = await jobOf(other);
      await automa.post(`/jobs/${second.id}/error`, { code: 'sconosciuto' });
      const { items } = await responsabile.sees(automa).get<List<Incident>>('/incidents?limit=100');
      expect(items.find(({ caseId }) => caseId === other)).toMatchObject({ code: 'error-not-caught' });
    });

    it('are not given while the case is suspended', async () => {
      const id = await start('works');
      const job = await jobOf(id);
      await responsabile.sees(operatore).post(`/cases/${id}/suspend`, { reason });
      expect(await refusal(automa, `/jobs/${job.id}/complete`, {})).toEqual([409, 'case-suspended']);
      await advance('PT2M');
      expect(await activate()).toEqual([]);
      await responsabile.post(`/cases/${id}/resume`, { reason });
      await jobOf(id);
      await automa.post(`/jobs/${job.id}/complete`, {});
    });

    it('are for programs only', async () => {
      for (const who of [operatore, responsabile, gestore]) {
        expect(await refusal(who, '/jobs/activate', { type: 'stampa' })).toEqual([403, 'not-authorised']);
      }
      const { status } = await automa.call('GET', `/cases/${await start('works')}/history${why}`);
      expect(status).toBe(404);
    });
  });
});
