import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { createPool } from '@iter/platform/postgres';
import type { Browser } from 'playwright-core';
import { barriersOf, openBrowser, shoot, signIn } from '../support/browser.ts';
import { createTestDatabase } from '../support/database.ts';
import type { TestDatabase } from '../support/database.ts';
import { sequence, waiting } from '../support/diagrams.ts';
import type { List } from '../support/disciplinary.ts';
import { eventually, System } from '../support/system.ts';
import type { Person } from '../support/system.ts';

// What a case says is erased on the word of whose data it is. Whatever was written of the person is looked for afterwards in every
// row of every table, and in what the system still answers.

/** In every free text, name and value, as people would write of somebody. */
const canary = 'Zefirino Canarino';

const instruction = {
  ...{ ground: 'RETENTION_OVER', reason: 'Scarto autorizzato' },
  ...{
    protocolBody: 'c_borgo',
    protocolRegister: 'Generale',
    protocolNo: '77/2026',
    protocolDate: '2026-01-07',
  },
};

describe('an erasure', () => {
  let database: TestDatabase;
  let pool: ReturnType<typeof createPool>;
  let system: System;
  let gestore: Person;
  let operatore: Person;
  let responsabile: Person;
  let auditor: Person;
  let dpo: Person;
  let browser: Browser;
  const faults: string[] = [];

  beforeAll(async () => {
    database = await createTestDatabase();
    pool = createPool({ url: database.url, max: 1 });
    system = await System.start({ databaseUrl: database.url });
    [gestore, operatore, responsabile, auditor, dpo] = (await Promise.all(
      ['gestore', 'operatore', 'responsabile', 'auditor', 'dpo'].map((name) => system.signIn(name)),
    )) as [Person, Person, Person, Person, Person];
    const files = [
      { name: 'rail.bpmn', text: sequence('rail', 1) },
      { name: 'attesa.bpmn', text: waiting('attesa') },
    ];
    await gestore.post('/process-definitions', { files });
    operatore.sees(gestore);
    browser = await openBrowser();
  }, 120_000);
  afterAll(async () => {
    await browser?.close();
    await pool?.end();
    await system?.stop();
    await database?.drop();
  });

  /** Every table in which something is written that names the person. */
  async function tellTales(): Promise<readonly string[]> {
    const { rows: tables } = await pool.query<{ name: string }>(
      `select format('%I.%I', table_schema, table_name) as name from information_schema.tables
       where table_type = 'BASE TABLE' and table_schema not in ('pg_catalog', 'information_schema')`,
    );
    const found: string[] = [];
    for (const { name } of tables) {
      const { rows } = await pool.query<{ told: boolean }>(
        `select exists (select from ${name} t where t::text ilike '%canarino%') as told`,
      );
      if (rows[0]!.told) found.push(name);
    }
    return found;
  }

  const erase = (by: Person, caseId: string, body: object = instruction) =>
    by.call<{ code: string; id: string }>('POST', `/cases/${caseId}/erase`, body);
  const carriedOut = (caseId: string) =>
    eventually('the keys to be destroyed', async () => {
      const { erasure } = await responsabile.get<{ erasure: { carriedOutAt: string | null } | null }>(
        `/cases/${caseId}`,
      );
      return erasure?.carriedOutAt;
    });

  it('leaves who acted, when, and the chain; of the person nothing is left anywhere', async () => {
    const variables = { caseCode: 'RP-2026-001', employeeRef: canary, notes: `Segnalazione su ${canary}` };
    const { caseId } = await operatore.post<{ caseId: string }>('/cases', {
      ...{ process: 'rail', comune: 'c_borgo', businessKey: canary, variables },
    });
    await operatore.post(`/cases/${caseId}/comments`, { text: `Ho sentito ${canary}` });
    const upload = new FormData();
    const report = new Blob([`%PDF-1.7 Relazione su ${canary}`], { type: 'application/pdf' });
    upload.set('file', report, `${canary}.pdf`);
    await operatore.post(`/cases/${caseId}/documents`, upload);
    const { items } = await operatore.get<List<{ id: string }>>(`/tasks?caseId=${caseId}`);
    const task = items[0]!.id;
    await operatore.post(`/tasks/${task}/claim`);
    // Somebody else began to write as well.
    const values = { esito: canary };
    const kept = await responsabile.call('PUT', `/session/drafts/task.${task}`, { values });
    expect(kept).toMatchObject({ status: 200, body: { keptAt: expect.any(String) } });

    // Not while it runs.
    expect((await erase(responsabile.sees(operatore), caseId)).body.code).toBe('case-not-ended');
    await operatore.post(`/tasks/${task}/complete`, { variables: { esito: `Archiviata per ${canary}` } });

    // Not without the decision, not by whoever works on it.
    const { protocolNo: _, ...undecided } = instruction;
    expect((await erase(responsabile, caseId, undecided)).status).toBe(422);
    expect((await erase(operatore, caseId)).status).toBe(403);
    expect((await erase(auditor, caseId)).status).toBe(403);
    expect(await tellTales()).toContain('desk.drafts');

    expect((await erase(responsabile, caseId)).status).toBe(200);
    expect((await erase(responsabile, caseId)).body.code).toBe('case-erased');
    await carriedOut(caseId);
    await eventually('views without the person', async () => (await tellTales()).length === 0);
    const state = await responsabile.get<{ status: string; variables: object }>(
      `/cases/${caseId}/state?reason=prova`,
    );
    expect([state.status, state.variables]).toEqual(['completed', {}]);
    const history = await responsabile.get<List<{ type: string }>>(`/cases/${caseId}/history?reason=prova`);
    expect(history.items.map(({ type }) => type)).toContain('CommentAdded');
    expect(JSON.stringify(history)).not.toContain('Canarino');
    const documents = await responsabile.get<List<{ id: string }>>(`/cases/${caseId}/documents?reason=prova`);
    const gone = await responsabile.call('GET', `/documents/${documents.items[0]!.id}/content?reason=prova`);
    expect(gone.status).toBeGreaterThanOrEqual(400);
    const again = await operatore.call<{ code: string }>('POST', `/cases/${caseId}/comments`, {
      text: 'Ancora',
    });
    expect([again.status, again.body.code]).toEqual([409, 'case-erased']);

    // What is handed out of it is whole, and says no more.
    const handedOut = [
      ...['pdf', 'csv', 'jsonl', 'bundle'].map((format) => `export?format=${format}&reason=prova`),
      'replay?reason=prova',
    ];
    for (const path of handedOut) {
      const content = await responsabile.download(`/cases/${caseId}/${path}`);
      expect([path, content.includes('Canarino')]).toEqual([path, false]);
      if (!path.includes('bundle')) continue;
      const file = join(system.home, 'erased.zip');
      writeFileSync(file, content);
      expect(await system.iter('verify', file)).toMatchObject({ status: 0 });
    }

    const verified = await system.iter('verify', '--all');
    expect(verified).toMatchObject({ status: 0 });
    expect(await system.iter('verify', '--views')).toMatchObject({ status: 0 });

    const told =
      await dpo.get<List<{ caseId: string; reason: string; actor: { account: string } }>>('/erasures');
    expect(told.items).toMatchObject([
      { caseId, reason: 'Scarto autorizzato', actor: { account: 'responsabile' } },
    ]);
    expect((await auditor.call('GET', '/erasures')).status).toBe(403);
  }, 180_000);

  it('reaches what a message from outside brought', async () => {
    const send = (name: string, correlationKey: string | null, variables: object) =>
      operatore.post<{ caseId: string }>('/messages', { name, correlationKey, variables, comune: 'c_borgo' });
    const { caseId } = await send('avvio', null, { caseCode: 'AT-2026-001', pratica: canary });
    await send('risposta', canary, { testo: `Risponde ${canary}` });
    await eventually('its end', async () => {
      const { state } = await responsabile.sees(operatore).get<{ state: string }>(`/cases/${caseId}`);
      return state === 'completed';
    });
    const { rows } = await pool.query<{ n: string }>(
      `select count(distinct d.key_id) as n from log l, data_keys d where l.events like '%' || d.key_id || '%'
         and l.events ^@ '{"c":{"stream":"message-'`,
    );
    expect(Number(rows[0]!.n)).toBe(1);
    expect((await erase(responsabile, caseId)).status).toBe(200);
    await carriedOut(caseId);
    const after = await pool.query<{ n: string }>(
      `select count(*) as n from log l, data_keys d where l.events like '%' || d.key_id || '%'
         and (l.events ^@ '{"c":{"stream":"message-' or l.events ^@ '{"c":{"stream":"case-${caseId}')`,
    );
    expect(Number(after.rows[0]!.n)).toBe(0);
    await eventually('views without the person', async () => (await tellTales()).length === 0);
  }, 120_000);

  const end = async (caseId: string): Promise<void> => {
    const { items } = await operatore.get<List<{ id: string }>>(`/tasks?caseId=${caseId}`);
    await operatore.post(`/tasks/${items[0]!.id}/claim`);
    await operatore.post(`/tasks/${items[0]!.id}/complete`, { variables: {} });
  };

  it('is forbidden while the case runs, by the Comune and by the Province, each of which lifts its own', async () => {
    const { caseId } = await operatore.post<{ caseId: string }>('/cases', {
      ...{ process: 'rail', comune: 'c_borgo', variables: { caseCode: 'RP-2026-004' } },
    });
    const segretario = await system.signIn('segretario');
    const hold = async (by: Person, held: boolean) => {
      const { status, body } = await by
        .sees(operatore)
        .call<{ code: string }>('POST', `/cases/${caseId}/hold`, {
          ...{ held, reason: `Lo chiede il giudice: ${held}` },
        });
      return status === 200 ? 'done' : body.code;
    };
    expect(await hold(segretario, true)).toBe('done');
    expect(await hold(responsabile, false)).toBe('case-held-by-another');
    expect(await hold(responsabile, true)).toBe('done');
    await end(caseId);

    const found: string[] = [];
    const keeper = await signIn(browser, { url: system.url, name: 'dpo', faults });
    await keeper.goto(`${system.url}/audit?view=erasures`);
    const table = keeper.getByRole('table', { name: 'Divieti di cancellazione' });
    await table.getByText('Lo chiede il giudice: true').first().waitFor();
    expect(await table.getByRole('row').count()).toBe(3);
    found.push(...(await barriersOf(keeper, 'erasures held')));
    await shoot(keeper, 'erasures held');
    await keeper.close();

    const page = await signIn(browser, { url: system.url, name: 'responsabile', faults });
    await page.goto(`${system.url}/cases/${caseId}`);
    await page.getByText('La cancellazione è vietata dal').nth(1).waitFor();
    expect(await hold(responsabile, false)).toBe('done');
    // Its own button, and the other's hold.
    await page.reload();
    await page.getByRole('button', { name: 'Vieta la cancellazione', exact: true }).waitFor();
    expect(await page.getByText('La cancellazione è vietata dal').count()).toBe(1);
    expect(await page.getByRole('button', { name: 'Cancella il contenuto' }).count()).toBe(0);
    expect((await erase(responsabile, caseId)).body.code).toBe('case-held');
    await page.close();

    expect(await hold(segretario, false)).toBe('done');
    expect(await hold(segretario, false)).toBe('case-not-held');
    expect((await erase(responsabile, caseId)).status).toBe(200);
    expect({ found, faults }).toEqual({ found: [], faults: [] });
  }, 120_000);

  it('is ordered at the desk by the head of the service, told on the case, and kept for the data protection officer', async () => {
    const { caseId } = await operatore.post<{ caseId: string }>('/cases', {
      ...{ process: 'rail', comune: 'c_borgo', variables: { caseCode: 'RP-2026-003' } },
    });
    await end(caseId);

    const found: string[] = [];
    const page = await signIn(browser, { url: system.url, name: 'responsabile', faults });
    await page.goto(`${system.url}/cases/${caseId}`);
    // A court asks for it: it must be kept for a while.
    const decide = async (act: string, reason: string): Promise<void> => {
      await page.getByRole('button', { name: act, exact: true }).click();
      await page.getByRole('dialog').getByLabel('Motivo').fill(reason);
      await page.getByRole('dialog').getByRole('button', { name: act, exact: true }).click();
      await page.getByRole('dialog').waitFor({ state: 'detached' });
    };
    await decide('Vieta la cancellazione', 'Lo chiede il Tribunale');
    await page.getByText('La cancellazione è vietata dal').waitFor();
    expect(await page.getByRole('button', { name: 'Cancella il contenuto' }).count()).toBe(0);
    expect((await erase(responsabile, caseId)).body.code).toBe('case-held');
    await page.getByText('Lo chiede il Tribunale').waitFor();
    await shoot(page, 'erasure held');
    await decide('Togli il divieto di cancellazione', 'Sentenza definitiva');

    await page.getByRole('button', { name: 'Cancella il contenuto' }).click();
    const dialog = page.getByRole('dialog');
    const send = dialog.getByRole('button', { name: 'Cancella il contenuto' });
    await send.click();
    await dialog.getByText('Ci sono 6 campi da correggere').waitFor();
    found.push(...(await barriersOf(page, 'erasure refused')));
    await shoot(page, 'erasure refused');
    await dialog.getByLabel('Perché').selectOption({ label: 'Dati che non andavano registrati' });
    await dialog.getByLabel('Ente che l’ha protocollata').selectOption({ label: 'Comune di Borgo Sereno' });
    await dialog.getByLabel('Registro').fill('Generale');
    await dialog.getByLabel('Numero di protocollo').fill('78/2026');
    await dialog.getByLabel('Data di protocollo').fill('2026-01-07');
    await dialog.getByLabel('Motivo').fill('Aperta per errore');
    await shoot(page, 'erasure filled');
    await send.click();
    await page.getByText('Il contenuto della pratica è stato cancellato').waitFor();
    await page.getByText('prot. 78/2026').waitFor();
    expect(await page.getByRole('button', { name: 'Cancella il contenuto' }).count()).toBe(0);
    found.push(...(await barriersOf(page, 'erasure case')));
    await shoot(page, 'erasure case');

    const keeper = await signIn(browser, { url: system.url, name: 'dpo', faults });
    await keeper.goto(`${system.url}/audit?view=erasures`);
    await keeper.getByText('Aperta per errore').waitFor();
    found.push(...(await barriersOf(keeper, 'erasures')));
    await shoot(keeper, 'erasures');
    expect({ found, faults }).toEqual({ found: [], faults: [] });
  }, 120_000);
});
