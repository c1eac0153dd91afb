import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { createPool } from '@iter/platform/postgres';
import type { Pool } from 'pg';
import type { Browser, Page } from 'playwright-core';
import { barriersOf, openBrowser, signIn } from '../support/browser.ts';
import { createTestDatabase } from '../support/database.ts';
import type { TestDatabase } from '../support/database.ts';
import { missing, queries, told } from '../support/deploy.ts';
import { sequence, working } from '../support/diagrams.ts';
import type { List } from '../support/disciplinary.ts';
import { System, eventually, password } from '../support/system.ts';
import type { Person } from '../support/system.ts';

// What the system operator sees and mends, over HTTP and at the desk: never the content of a case.

interface Found {
  readonly cases: readonly { id: string; code: string; state: string; version: number }[];
  readonly work: readonly { id: string; kind: string; name: string; state: string }[];
  readonly failed: readonly { id: string }[];
  readonly event: { type: string; stream: string } | null;
  readonly searchedBackTo: string | null;
}
interface Batch {
  readonly items: readonly { id: string; outcome: string; problems: readonly { code: string }[] }[];
  readonly nextCursor: string | null;
}

const secret = 'Assenza ingiustificata di Mario Rossi';
const reason = 'versione corretta';

describe('the system operator', () => {
  let database: TestDatabase;
  let pool: Pool;
  let system: System;
  let browser: Browser;
  let gestore: Person;
  let operatore: Person;
  let automa: Person;
  const faults: string[] = [];
  let ids: string[] = [];

  const deploy = (...files: readonly (readonly [string, string])[]) =>
    gestore.post('/process-definitions', { files: files.map(([name, text]) => ({ name, text })) });
  const start = async (process: string): Promise<string> => {
    const body = { process, comune: 'c_borgo', variables: { notes: secret } };
    return (await operatore.sees(gestore).post<{ caseId: string }>('/cases', body)).caseId;
  };
  const find = (text: string) =>
    gestore.sees(operatore).get<Found>(`/operations/find?text=${encodeURIComponent(text)}`);

  beforeAll(async () => {
    database = await createTestDatabase();
    pool = createPool({ url: database.url, max: 2 });
    system = await System.start({ databaseUrl: database.url });
    [gestore, operatore, automa] = (await Promise.all(
      ['gestore', 'operatore', 'automa'].map((name) => system.signIn(name)),
    )) as [Person, Person, Person];
    await deploy(['rail.bpmn', sequence('rail', 2)], ['works.bpmn', working('works')]);
    ids = [await start('rail'), await start('rail'), await start('rail')];
  });
  const park = (id: string) =>
    pool.query(
      `insert into views.parked (case_id, event_id, event_type, revision, position, error)
       values ($1, $2, 'CaseStarted', 0, '', 'TypeError: x')`,
      [id, randomUUID()],
    );
  afterAll(async () => {
    await browser?.close();
    await system?.stop();
    await pool?.end();
    await database?.drop();
  });

  it('sees what is to be done, how late it is and who does it; a type for which nobody asks has no worker', async () => {
    const caseId = await start('works');
    const job = await eventually('the job', async () => {
      const { work } = await find(caseId);
      return work.find(({ kind }) => kind === 'job');
    });
    expect(job.state).toBe('due');
    const typeNow = async () => {
      const { items } =
        await gestore.get<List<{ type: string; own: boolean; open: number; workers: { name: string }[] }>>(
          '/operations/job-types',
        );
      return items.find(({ type }) => type === job.name)!;
    };
    expect(await typeNow()).toMatchObject({ own: false, open: 1, workers: [] });
    await automa.sees(operatore).post('/jobs/activate', { type: job.name, worker: 'corriere' });
    await eventually('the worker', async () => (await typeNow()).workers[0]?.name === 'corriere');
    const { items } =
      await gestore.get<List<{ kind: string; due: number; latenessMs: number }>>('/operations/work');
    expect(items.find(({ kind }) => kind === 'job')!.due).toBeGreaterThan(0);
    expect(items.map(({ kind }) => kind)).toContain('bell');
  });

  it('finds a case by code, a case or job by id, and a fact of the log by its id; and reads nothing of them', async () => {
    const [id] = ids as [string];
    const byId = await find(id);
    expect(byId.cases).toMatchObject([{ id, state: 'active', version: 1 }]);
    expect((await find(byId.cases[0]!.code)).cases.map((it) => it.id)).toContain(id);
    expect((await find(`${id}.aaaaaaaaaaaa-0`)).cases).toMatchObject([{ id }]);
    const { items } = await operatore.get<List<{ id: string; type: string }>>(`/cases/${id}/history`);
    const started = items.find(({ type }) => type === 'CaseStarted')!;
    expect(await find(started.id)).toMatchObject({
      event: { type: 'CaseStarted', stream: `case-${id}` },
      cases: [{ id }],
      searchedBackTo: null,
    });
    const none = await find(randomUUID());
    expect(none).toMatchObject({ cases: [], event: null });
    expect(none.searchedBackTo).toMatch(/^20/);
    expect(JSON.stringify([byId, await find(started.id)])).not.toContain('Rossi');
  });

  it('tries failed work again: one, what a filter says, or all', async () => {
    const fail = (id: string, kind: string, error: string) =>
      pool.query(
        `insert into effects.tries (id, kind, case_id, name, tries, next_at, error, failed_at)
         values ($1, $2, $3, 'timer', 3, '2099-01-01T00:00:00.000Z', $4, $5)`,
        [id, kind, ids[0], error, new Date().toISOString()],
      );
    // Of kinds that nobody sweeps while they are looked at.
    for (const n of [1, 2, 3]) await fail(`x${n}`, 'mailbox', n === 3 ? 'ETIMEDOUT' : 'ECONNREFUSED');
    const failed = async (query = '') =>
      (await gestore.get<List<{ id: string }>>(`/operations/jobs${query}`)).items.map(({ id }) => id).sort();
    expect(await failed()).toEqual(['x1', 'x2', 'x3']);
    expect(await failed('?error=ETIMEDOUT')).toEqual(['x3']);
    const page = await gestore.get<List<{ id: string }>>('/operations/jobs?limit=2');
    const rest = await gestore.get<List<{ id: string }>>(
      `/operations/jobs?limit=2&cursor=${page.nextCursor}`,
    );
    expect([...page.items, ...rest.items]).toHaveLength(3);
    await gestore.post('/operations/jobs/x1/retry');
    expect(await failed()).toEqual(['x2', 'x3']);
    expect((await gestore.call('POST', '/operations/jobs/x1/retry', {})).status).toBe(404);
    expect(await gestore.post('/operations/jobs/retry', { error: 'ETIMEDOUT' })).toEqual({ count: 1 });
    expect(await gestore.post('/operations/jobs/retry')).toEqual({ count: 1 });
    expect(await failed()).toEqual([]);
  });

  it('resumes a sequence that was set aside, and sees how fast followers are', async () => {
    const [id] = ids as [string];
    await park(id);
    const views = async () => {
      const { items } =
        await gestore.get<List<{ name: string; parked: number; perSecond: number | null }>>(
          '/operations/followers',
        );
      return items.find(({ name }) => name === 'views')!;
    };
    expect((await views()).parked).toBe(1);
    const { items } = await gestore.get<List<{ caseId: string }>>('/operations/followers/views/parked');
    expect(items).toMatchObject([{ caseId: id, error: 'TypeError: x' }]);
    expect(await gestore.post(`/operations/followers/views/parked/${id}/resume`)).toEqual({
      resumed: true,
      error: null,
    });
    expect((await views()).parked).toBe(0);
    await eventually('a speed', async () => (await views()).perSecond !== null);
  });

  it('lets all cases of a version follow another, after a dry run, and the histories say so', async () => {
    await deploy(['rail.bpmn', sequence('rail', 3)]);
    const versions = async () => {
      const { items } =
        await gestore.get<List<{ key: string; versions: { version: number; running: number }[] }>>(
          '/operations/definitions',
        );
      return items
        .find(({ key }) => key === 'rail')!
        .versions.map(({ version, running }) => [version, running]);
    };
    expect(await versions()).toEqual([
      [2, 0],
      [1, 3],
    ]);
    const all = { process: 'rail', from: 1, to: 2, reason };
    const outcomes = ({ items }: Batch) => items.map(({ outcome }) => outcome);
    const dry = await gestore.post<Batch>('/operations/migrations', { ...all, dryRun: true });
    expect(outcomes(dry)).toEqual(['possible', 'possible', 'possible']);
    expect(await versions()).toContainEqual([1, 3]);
    const first = await gestore.post<Batch>('/operations/migrations', { ...all, limit: 2 });
    expect(outcomes(first)).toEqual(['done', 'done']);
    const rest = await gestore.post<Batch>('/operations/migrations', {
      ...all,
      limit: 2,
      cursor: first.nextCursor,
    });
    expect([outcomes(rest), rest.nextCursor]).toEqual([['done'], null]);
    expect(await versions()).toEqual([
      [2, 3],
      [1, 0],
    ]);
    const { items } = await operatore
      .sees(gestore)
      .get<List<{ type: string; actor: { role: string } }>>(`/cases/${ids[0]}/history`);
    expect(items.at(-1)).toMatchObject({ type: 'CaseMigrated', actor: { role: 'SYSTEM_OPERATOR' } });
  });

  it('makes an account, gives it other roles, and keeps it out', async () => {
    const grants = [{ role: 'COMUNE_HR', body: 'c_borgo' }];
    const made = { username: 'n.verdi', displayName: 'Nora Verdi', grants, password };
    await gestore.post('/accounts', made);
    const verdi = await system.signIn('n.verdi');
    expect(await verdi.get('/session')).toMatchObject({ grants: [{ role: 'COMUNE_HR' }] });
    const other = [{ role: 'DESK_OPERATOR', body: 'p_demo' }];
    await gestore.post('/accounts/n.verdi/roles', { grants: other, reason });
    expect(await verdi.get('/session')).toMatchObject({ grants: [{ role: 'DESK_OPERATOR' }] });
    const both = [...other, { role: 'SYSTEM', body: 'p_demo' }];
    expect((await gestore.call('POST', '/accounts/n.verdi/roles', { grants: both, reason })).status).toBe(
      422,
    );
    await gestore.post('/accounts/n.verdi/disable', { reason });
    expect((await verdi.call('GET', '/session')).status).toBe(401);
    const { items } = await gestore.get<List<{ username: string }>>('/accounts?state=disabled');
    expect(items.map(({ username }) => username)).toEqual(['n.verdi']);
    // Nobody gives roles to themselves.
    const own = { grants: [{ role: 'UPD', body: 'p_demo' }], reason };
    expect((await gestore.call('POST', '/accounts/gestore/roles', own)).status).toBe(403);
  });

  it('is told about versions and settings, and no secret', async () => {
    const { items } =
      await gestore.get<List<{ name: string; state: string; value: string }>>('/operations/checks');
    const state = Object.fromEntries(items.map((it) => [it.name, it.state]));
    expect(state).toMatchObject({ troubles: 'ok', database: 'ok', demo: 'warning' });
    const { password: inAddress } = new URL(database.url);
    if (inAddress !== '') expect(JSON.stringify(items)).not.toContain(inAddress);
  });

  it('is shown by dashboard and alerts what the running system tells', async () => {
    const text = await (await fetch(`${system.url}/metrics`)).text();
    // What is told only once there is such a thing, and the rate only after a second look.
    const later = ['iter_incidents_open', 'iter_follower_appends_per_second'];
    expect(missing(queries(), told(text)).filter((name) => !later.includes(name))).toEqual([]);
  });

  it('finds with `iter verify --views` which rows somebody altered by hand', async () => {
    const verify = async () => {
      const { status, out } = await system.iter('verify', '--views', '--json');
      return { status, ...(JSON.parse(out) as { differences: object[] }) };
    };
    expect(await verify()).toMatchObject({ status: 0, differences: [] });
    const rename = (from: string, to: string) =>
      pool.query('update views.cases set process = $2 where id = $1 and process = $3', [ids[0], to, from]);
    await rename('rail', 'works');
    expect(await verify()).toMatchObject({
      ...{ status: 1, differences: [{ table: 'cases', id: ids[0], problem: 'altered' }] },
    });
    // What was altered by hand is right again when the views were made anew.
    const asked = ['--url', system.url, '--user', 'gestore', '--json'];
    const made = await system.iter('rebuild', 'cases', 'views', ...asked);
    expect([made.status, JSON.parse(made.out)]).toEqual([0, { rebuilt: [{ name: 'views', failed: false }] }]);
    expect(await verify()).toMatchObject({ status: 0, differences: [] });
    expect((await system.iter('rebuild', 'nothing', ...asked)).status).toBe(2);
  });

  it('works at the desk: a migration with its dry run, and an account', async () => {
    await deploy(['rail.bpmn', sequence('rail', 4)]);
    browser = await openBrowser();
    const page = await signIn(browser, { url: system.url, name: 'gestore', faults });
    const open = async (it: Page, path: string) => {
      await it.goto(system.url + path);
      await it.getByRole('heading', { level: 1 }).waitFor();
    };
    await open(page, '/operations/definitions');
    await page.getByRole('button', { name: /Fai passare Prova rail, versione 2/ }).click();
    await page.getByLabel(/Motivo/).fill(reason);
    await page.getByRole('button', { name: 'Prova senza cambiare nulla' }).click();
    await page.getByText(/3 possono passare/).waitFor();
    const found = [...(await barriersOf(page, 'operator migrate'))];
    await page.getByRole('button', { name: 'Fai passare quelle che possono' }).click();
    await page.getByText(/3 fatte/).waitFor();
    await page.keyboard.press('Escape');

    // A case that cannot follow is told with the step that stands in the way, by its name.
    const [id] = ids as [string];
    const { items: tasks } = await operatore.get<List<{ id: string }>>(`/tasks?assigned=all&caseId=${id}`);
    await operatore.post(`/tasks/${tasks[0]!.id}/complete`, { variables: {} });
    await deploy(['rail.bpmn', sequence('rail', 1)]);
    await open(page, '/operations/definitions');
    await page.getByRole('button', { name: /Fai passare Prova rail, versione 3/ }).click();
    await page.getByLabel(/Motivo/).fill(reason);
    await page.getByRole('button', { name: 'Prova senza cambiare nulla' }).click();
    await page.getByText('«Attività 2» è in corso e non c’è più').waitFor();
    await page.keyboard.press('Escape');

    // The last case that was set aside takes its table with it, but not the word that it goes on.
    await park(id);
    await open(page, '/operations');
    await page.getByRole('button', { name: `Riprendi ${id}` }).click();
    await page.getByText('La pratica è di nuovo aggiornata').waitFor();
    await page.getByRole('heading', { name: /^Messe da parte/ }).waitFor({ state: 'detached' });
    await page.getByText('La pratica è di nuovo aggiornata').waitFor();

    await open(page, '/operations/accounts');
    await page.getByRole('button', { name: 'Crea un’utenza' }).click();
    await page.getByLabel('Nome utente').fill('a.bruni');
    await page.getByLabel('Nome e cognome').fill('Ada Bruni');
    await page.getByRole('button', { name: 'Aggiungi un ruolo' }).click();
    // No role is given by chance: what was not chosen is asked for where it stands.
    await page.getByRole('dialog').getByRole('button', { name: 'Crea un’utenza' }).click();
    await page.getByText('Ci sono 2 campi da correggere').waitFor();
    await page.getByLabel('Ruolo 1', { exact: true }).selectOption({ label: 'Operatore dello sportello' });
    await page.getByLabel('Ente del ruolo 1').selectOption({ label: 'Provincia di Monteverde' });
    await page.getByRole('dialog').getByRole('button', { name: 'Crea un’utenza' }).click();
    await page.getByText('Password di a.bruni').waitFor();
    found.push(...(await barriersOf(page, 'operator account')));
    await page.keyboard.press('Escape');
    await page.getByText('Ada Bruni', { exact: true }).first().waitFor();

    // Another operator was faster: nothing is overwritten unseen, and nothing typed is lost.
    await page
      .getByRole('row')
      .filter({ hasText: 'Ada Bruni' })
      .getByRole('button', { name: /^Cambia/ })
      .click();
    const dialog = page.getByRole('dialog');
    await dialog.getByRole('button', { name: 'Aggiungi un ruolo' }).click();
    await dialog.getByLabel('Ruolo 2', { exact: true }).selectOption({ label: 'Revisore' });
    await dialog.getByLabel('Motivo').fill(reason);
    await gestore.post('/accounts/a.bruni/roles', { grants: [], reason: 'cessata' });
    await dialog.getByRole('button', { name: 'Salva i ruoli' }).click();
    await dialog.getByText('Qualcun altro ha appena cambiato i ruoli di questa utenza').waitFor();
    expect(await dialog.getByLabel('Motivo').inputValue()).toBe(reason);
    await page.keyboard.press('Escape');

    expect({ found, faults }).toEqual({ found: [], faults: [] });
  }, 180_000);
});
