import { createServer } from 'node:http';
import type { AddressInfo, Server } from 'node:net';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { signatureOf } from '@iter/channels/webhooks';
import type { Browser, Page } from 'playwright-core';
import { barriersOf, openBrowser, signIn } from '../support/browser.ts';
import { createTestDatabase } from '../support/database.ts';
import type { TestDatabase } from '../support/database.ts';
import { sequence } from '../support/diagrams.ts';
import type { List } from '../support/disciplinary.ts';
import { System, eventually } from '../support/system.ts';
import type { Person } from '../support/system.ts';

// A program outside is told what happens: from the desk, where it is added, to its door and back.

interface Message {
  readonly headers: Readonly<Record<string, string>>;
  readonly event: {
    readonly id: string;
    readonly type: string;
    readonly subject: string;
    readonly data: Readonly<Record<string, string | null>>;
  };
  readonly body: string;
}

const person = 'Mario Rossi';

describe('webhooks', () => {
  let database: TestDatabase;
  let system: System;
  let browser: Browser;
  let gestore: Person;
  let operatore: Person;
  let responsabile: Person;
  let server: Server;
  let url: string;
  let status = 204;
  let onMessage: () => Promise<void> | null = () => null;
  const asked: string[] = [];
  const messages: Message[] = [];
  const faults: string[] = [];

  beforeAll(async () => {
    const receiver = createServer((request, reply) => {
      if (request.method === 'OPTIONS') {
        const origin = String(request.headers['webhook-request-origin']);
        asked.push(origin);
        reply.writeHead(200, { 'WebHook-Allowed-Origin': origin }).end();
        return;
      }
      const chunks: Buffer[] = [];
      request.on('data', (chunk: Buffer) => chunks.push(chunk));
      request.on('end', () => {
        const body = Buffer.concat(chunks).toString();
        const headers = request.headers as Record<string, string>;
        messages.push({ headers, body, event: JSON.parse(body) as Message['event'] });
        void Promise.resolve(onMessage()).then(() => reply.writeHead(status).end());
      });
    });
    server = receiver;
    await new Promise<void>((resolve) => receiver.listen(0, '127.0.0.1', resolve));
    url = `http://127.0.0.1:${(receiver.address() as AddressInfo).port}/iter`;
    database = await createTestDatabase();
    system = await System.start({ databaseUrl: database.url });
    [gestore, operatore, responsabile] = (await Promise.all(
      ['gestore', 'operatore', 'responsabile'].map((name) => system.signIn(name)),
    )) as [Person, Person, Person];
    await gestore.post('/process-definitions', { files: [{ name: 'rail.bpmn', text: sequence('rail', 1) }] });
    browser = await openBrowser();
  }, 120_000);
  afterAll(async () => {
    await browser?.close();
    await system?.stop();
    await database?.drop();
    await new Promise((resolve) => server.close(resolve));
  });

  const isSignedWith = (secrets: readonly string[], { headers, body }: Message): boolean =>
    headers['webhook-signature'] ===
    signatureOf({ id: headers['webhook-id']!, sentAt: Number(headers['webhook-timestamp']), body }, secrets);
  const start = async (caseCode: string): Promise<string> => {
    const variables = { caseCode, notes: `Segnalazione su ${person}` };
    const { caseId } = await operatore
      .sees(gestore)
      .post<{ caseId: string }>('/cases', { process: 'rail', comune: 'c_borgo', variables });
    return caseId;
  };
  const about = (code: string, kind: string): Message | undefined =>
    messages.find(({ event }) => event.subject === code && event.data['kind'] === kind);
  const listed = async (query = ''): Promise<readonly { id: string; name: string; state: string }[]> =>
    (await gestore.get<List<{ id: string; name: string; state: string }>>(`/webhooks${query}`)).items;
  const press = (page: Page, name: string) => page.getByRole('button', { name, exact: true }).click();
  const found: string[] = [];

  it('are added at the desk, tried, told of a case, and looked after', async () => {
    const page = await signIn(browser, { url: system.url, name: 'gestore', faults });
    await page.goto(`${system.url}/operations/webhooks`);
    await page.getByText('Nessun webhook').waitFor();
    found.push(...(await barriersOf(page, 'webhooks none')));

    await press(page, 'Aggiungi un webhook');
    const dialog = page.getByRole('dialog');
    const decide = async (act: string): Promise<void> => {
      await press(page, act);
      await dialog.getByLabel('Motivo').fill(`${act}, per prova`);
      await dialog.getByRole('button', { name: act }).click();
    };
    await dialog.getByRole('button', { name: 'Aggiungi un webhook' }).click();
    await dialog.getByText('Ci sono 3 campi da correggere').waitFor();
    await dialog.getByLabel('Nome').fill('Protocollo del Comune');
    await dialog.getByLabel('Indirizzo').fill('https://10.0.0.8/iter');
    // Not without a reason.
    await dialog.getByRole('button', { name: 'Aggiungi un webhook' }).click();
    await dialog.getByText('C’è 1 campo da correggere').waitFor();
    expect(await dialog.locator('.is-wrong').allInnerTexts()).toEqual([expect.stringMatching(/^Motivo/)]);
    await dialog.getByLabel('Motivo').fill('Lo chiede il protocollo');
    await dialog.getByRole('button', { name: 'Aggiungi un webhook' }).click();
    await dialog.getByText('rete interna o di questa macchina').waitFor();
    // Of confidential cases only a body's own webhook is told, and not unless somebody says so.
    const confidential = dialog.getByLabel('Comunica anche le pratiche riservate');
    expect(await confidential.count()).toBe(0);
    await dialog.getByLabel('Di quali pratiche').selectOption({ label: 'Comune di Borgo Sereno' });
    expect(await confidential.isChecked()).toBe(false);
    await dialog.getByLabel('Di quali pratiche').selectOption({ label: 'di tutti gli enti' });
    found.push(...(await barriersOf(page, 'webhooks refused')));
    await dialog.getByLabel('Indirizzo').fill(url);
    await dialog.getByRole('button', { name: 'Aggiungi un webhook' }).click();
    const secret = await page.getByLabel('Segreto', { exact: true }).inputValue();
    expect(secret).toMatch(/^whsec_/);
    found.push(...(await barriersOf(page, 'webhooks made')));

    await page.getByRole('link', { name: 'Protocollo del Comune' }).click();
    await page.getByText('non ha ancora dato il consenso').waitFor();
    expect(await page.content()).not.toContain(secret);
    await press(page, 'Invia una prova');
    await page.getByRole('cell', { name: /Riuscita/ }).waitFor();
    expect(asked).toEqual(['127.0.0.1']);
    expect([messages.length, isSignedWith([secret], messages[0]!)]).toEqual([1, true]);

    const caseId = await start('RP-2026-001');
    const opened = await eventually('the case that was opened', async () =>
      about('RP-2026-001', 'case.opened'),
    );
    expect(isSignedWith([secret], opened)).toBe(true);
    expect(opened.event).toMatchObject({
      type: 'io.github.iter-province.iter.case.opened',
      data: { case: 'RP-2026-001', process: 'rail', comune: 'c_borgo' },
    });
    const { items } = await operatore.get<List<{ id: string }>>(`/tasks?caseId=${caseId}`);
    await operatore.post(`/tasks/${items[0]!.id}/claim`);
    await operatore.post(`/tasks/${items[0]!.id}/complete`, { variables: {} });
    const ended = await eventually('the end of the case', async () => about('RP-2026-001', 'case.ended'));
    expect(ended.event.data['outcome']).toBe('completed');
    expect(JSON.stringify(messages)).not.toMatch(/Rossi|operatore/);

    // A new secret: for a day both are good. That one was copied says nothing of the next.
    await page.context().grantPermissions(['clipboard-read', 'clipboard-write']);
    await decide('Cambia il segreto');
    const field = page.getByLabel('Segreto', { exact: true });
    const passing = await field.inputValue();
    await press(page, 'Copia');
    await page.getByText('Copiato', { exact: true }).waitFor();
    expect(await page.evaluate('navigator.clipboard.readText()')).toBe(passing);
    await decide('Cambia il segreto');
    await eventually('another secret', async () => (await field.inputValue()) !== passing);
    expect(await page.getByText('Copiato', { exact: true }).count()).toBe(0);
    const next = await field.inputValue();
    expect(next).not.toBe(secret);
    await page.getByText('anche il precedente vale').waitFor();
    await start('RP-2026-002');
    const both = await eventually('the second case', async () => about('RP-2026-002', 'case.opened'));
    expect(isSignedWith([next, passing, secret], both)).toBe(true);

    // What happens in a pause leaves afterwards.
    await decide('Metti in pausa');
    await page.getByRole('button', { name: 'Riprendi' }).waitFor();
    // Not sent again meanwhile, and not offered: it would be held, though it was taken before.
    const [paused] = await listed();
    const again = `/webhooks/${paused!.id}/deliveries/${opened.event.id}/retry`;
    expect((await gestore.call<{ code: string }>('POST', again)).body.code).toBe('webhook-paused');
    expect(await page.getByRole('button', { name: 'Riprova tutte le non riuscite' }).count()).toBe(0);
    await decide('Riprendi');
    await page.getByRole('button', { name: 'Metti in pausa' }).waitFor();
    const history = page.getByRole('region', { name: 'Storia' });
    await history.getByText('Webhook aggiunto').waitFor();
    await history.getByText('Pratiche riservate: escluse').waitFor();
    await history.getByText('Motivo: Lo chiede il protocollo').waitFor();
    await history.getByText('Motivo: Riprendi, per prova').waitFor();
    expect(await history.getByRole('listitem').count()).toBe(5);

    // Two change it at once: who is second learns it, and keeps what was typed.
    await press(page, 'Modifica');
    const fewer = { name: 'Protocollo del Comune', url, kinds: ['case.opened'], confidential: false };
    const changed = await gestore.call('PUT', `/webhooks/${paused!.id}`, { ...fewer, reason: 'Bastano' });
    expect(changed.status).toBe(200);
    await dialog.getByLabel('Nome').fill('Albo');
    await dialog.getByLabel('Motivo').fill('Si chiama così');
    await dialog.getByRole('button', { name: 'Salva' }).click();
    await dialog.getByText('Qualcun altro ha appena modificato il webhook').waitFor();
    expect(await dialog.getByLabel('Nome').inputValue()).toBe('Albo');
    found.push(...(await barriersOf(page, 'webhook changed meanwhile')));
    await dialog.getByRole('button', { name: 'Chiudi' }).last().click();
    await history.getByText('Motivo: Bastano').waitFor();

    status = 503;
    await start('RP-2026-003');
    await page.getByText('HTTP 503').first().waitFor();
    found.push(...(await barriersOf(page, 'webhook deliveries')));
    const narrow = await signIn(browser, {
      ...{ url: system.url, name: 'gestore', faults, viewport: { width: 390, height: 844 } },
    });
    await narrow.goto(`${system.url}/operations/webhooks`);
    await narrow.getByRole('link', { name: 'Protocollo del Comune' }).waitFor();
    found.push(...(await barriersOf(narrow, 'webhooks 390')));
    await narrow.getByRole('link', { name: 'Protocollo del Comune' }).click();
    await narrow.getByText('HTTP 503').first().waitFor();
    found.push(...(await barriersOf(narrow, 'webhook deliveries 390')));
    await narrow.context().close();

    // The same message again, and the receiver is gone.
    status = 410;
    await press(page, 'Riprova tutte le non riuscite');
    await page.getByText('ha risposto che non riceve più nulla').waitFor();
    // It stands apart, and nothing is sent there again, nor offered.
    const [over] = await listed('?state=ended');
    expect([over!.state, await listed()]).toEqual(['ended', []]);
    for (const path of ['test', 'deliveries/retry', `deliveries/${messages[0]!.event.id}/retry`])
      expect((await gestore.call('POST', `/webhooks/${over!.id}/${path}`)).status).toBe(409);
    const job = `/operations/jobs/webhook:${over!.id}.${messages[0]!.event.id}/retry`;
    expect((await gestore.call<{ code: string }>('POST', job)).body.code).toBe('webhook-ended');
    expect(await page.getByRole('button', { name: 'Riprova tutte le non riuscite' }).count()).toBe(0);
    const tries = messages.filter(({ event }) => event.subject === 'RP-2026-003');
    expect(tries.length).toBeGreaterThan(1);
    expect(new Set(tries.map(({ headers, body }) => headers['webhook-id'] + body)).size).toBe(1);
    found.push(...(await barriersOf(page, 'webhook ended')));
    expect({ found, faults }).toEqual({ found: [], faults: [] });
  }, 240_000);

  it('tell again, under the same id and in the same bytes, what was sent when the power went', async () => {
    status = 204;
    const terms = {
      name: 'Portale',
      url,
      kinds: ['case.opened'],
      confidential: false,
      body: null,
      reason: 'Prova',
    };
    await gestore.post<{ id: string }>('/webhooks', terms);
    let powerCut: Promise<void> | null = null;
    // Before it has heard the answer, and so before it can write that down.
    onMessage = () => (powerCut ??= system.kill());
    await start('RP-2026-004').catch(() => undefined);
    await eventually('the power cut', async () => powerCut !== null);
    await powerCut;
    onMessage = () => null;
    await system.restart();
    const all = () => messages.filter(({ event }) => event.subject === 'RP-2026-004');
    await eventually('the message again', async () => all().length > 1);
    expect(new Set(all().map(({ headers, body }) => headers['webhook-id'] + body)).size).toBe(1);
    [gestore, operatore, responsabile] = (await Promise.all(
      ['gestore', 'operatore', 'responsabile'].map((name) => system.signIn(name)),
    )) as [Person, Person, Person];
    const items = await listed();
    expect(items.map(({ name }) => name)).toEqual(['Portale']);
    expect((await listed('?state=ended')).map(({ name }) => name)).toEqual(['Protocollo del Comune']);
    await gestore.post('/webhooks', { ...terms, name: 'Altro' });
    const first = await gestore.get<List<{ name: string }> & { nextCursor: string }>('/webhooks?limit=1');
    const next = await listed(`?limit=1&cursor=${first.nextCursor}`);
    expect([...first.items, ...next].map(({ name }) => name)).toEqual(['Portale', 'Altro']);
    await eventually('the mark of it', async () => {
      const log = await gestore.get<List<{ state: string }>>(`/webhooks/${items[0]!.id}/deliveries`);
      return log.items[0]!.state === 'taken';
    });
  }, 120_000);

  it('of a body are managed by whoever answers for its data, and seen by nobody else', async () => {
    const mine = {
      name: 'Personale',
      url: 'https://hooks.example/',
      kinds: ['case.opened'],
      body: 'c_borgo',
      confidential: false,
      reason: 'Lo chiede il servizio del personale',
    };
    const key = 'the same request';
    const [made, again] = await Promise.all(
      [1, 2].map(() =>
        responsabile.call<{ id: string; secret: string }>('POST', '/webhooks', mine, {
          'idempotency-key': key,
        }),
      ),
    );
    expect([made!.status, again!.body]).toEqual([201, made!.body]);
    const { items } = await responsabile.get<List<{ id: string; bodyName: string }>>('/webhooks');
    expect(items.map(({ id }) => id)).toEqual([made!.body.id]);
    const stranger = await system.signIn('altrocomune');
    expect((await stranger.call('GET', '/webhooks')).status).toBe(403);
    expect((await stranger.call('GET', `/webhooks/${made!.body.id}`)).status).toBe(403);
    const ofAll = await responsabile.call('POST', '/webhooks', { ...mine, body: null });
    expect(ofAll.status).toBe(403);
    const secretOfAll = { ...mine, body: null, confidential: true };
    const refusal = await gestore.call<{ code: string }>('POST', '/webhooks', secretOfAll);
    expect([refusal.status, refusal.body.code]).toEqual([422, 'webhook-confidential-of-all']);
    const auditor = await system.signIn('auditor');
    const seen = await auditor.sees(responsabile).get<List<object>>('/audit/events?type=WebhookSubscribed');
    expect(seen.items).toHaveLength(4);
    expect(JSON.stringify(seen)).not.toMatch(/whsec_|hooks\.example/);
    const page = await signIn(browser, { url: system.url, name: 'segretario', faults });
    await page.goto(`${system.url}/registers`);
    await page.getByRole('link', { name: 'Webhook' }).click();
    await page.getByRole('cell', { name: 'Personale' }).waitFor();
    await page.getByRole('button', { name: 'English' }).click();
    await page.getByRole('button', { name: 'Add a webhook' }).click();
    await page.getByRole('group', { name: 'What is told' }).waitFor();
    // What is offered is accepted: of his own body, and not of all together.
    const offered = page.getByLabel('Of whose cases').getByRole('option');
    await offered.first().waitFor({ state: 'attached' });
    expect(await offered.allTextContents()).toEqual(['Comune di Borgo Sereno']);
    // Where it cannot be asked, it is said why nothing can be added.
    await page.route('**/api/v1/webhooks/bodies', (route) => route.fulfill({ status: 400, json: {} }));
    const withoutChoice = page.waitForResponse('**/api/v1/webhooks/bodies');
    await page.reload();
    await page.getByRole('button', { name: 'Add a webhook' }).click();
    await withoutChoice;
    await page.getByRole('dialog').getByRole('alert').waitFor();
    await page.unroute('**/api/v1/webhooks/bodies');
    const bodiesOf = async (person: Person) =>
      person.get<{ all: boolean; items: { code: string }[] }>('/webhooks/bodies');
    const served = await bodiesOf(responsabile);
    expect(served.all).toBe(false);
    for (const { code } of served.items)
      expect((await responsabile.call('POST', '/webhooks', { ...mine, body: code })).status).toBe(201);
    expect((await bodiesOf(gestore)).all).toBe(true);
    expect((await stranger.call('GET', '/webhooks/bodies')).status).toBe(403);
    const barriers = await barriersOf(page, 'webhooks segretario');
    expect({ barriers, faults }).toEqual({ barriers: [], faults: [] });
    const silent = await responsabile.call('POST', `/webhooks/${made!.body.id}/end`, {});
    expect(silent.status).toBe(422);
    await responsabile.post(`/webhooks/${made!.body.id}/end`, { reason: 'Non serve più' });
    const schema = await fetch(`${system.url}/api/v1/webhooks/schema`);
    expect(await schema.json()).toMatchObject({
      title: 'Iter webhook data',
      properties: { kind: { type: 'string' } },
    });
    expect(await (await fetch(`${system.url}/api/v1/webhooks/schema`)).text()).not.toContain('"enum"');
  });
});
