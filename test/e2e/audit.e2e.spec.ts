import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { Browser, Page } from 'playwright-core';
import { bundleLimits } from '@iter/documents/case-bundle';
import { openZip } from '@iter/platform/archive';
import { barriersOf, openBrowser, signIn } from '../support/browser.ts';
import { createTestDatabase } from '../support/database.ts';
import type { TestDatabase } from '../support/database.ts';
import { DisciplinaryCase, signInAll } from '../support/disciplinary.ts';
import type { List } from '../support/disciplinary.ts';
import { System, eventually } from '../support/system.ts';

// What auditors ask of all histories, who read a file, and a history too long for one chapter.

const today = '2032-02-27';
const rounds = 5_000;
/** Each round is an instance that begins and ends: more than ten thousand events. */
const longProcess = `<?xml version="1.0" encoding="UTF-8"?>
<definitions xmlns="http://www.omg.org/spec/BPMN/20100524/MODEL" xmlns:zeebe="http://camunda.org/schema/zeebe/1.0"
  targetNamespace="urn:test"><process id="long-file" name="Fascicolo lungo" isExecutable="true">
  <startEvent id="s"/><sequenceFlow id="a" sourceRef="s" targetRef="round"/>
  <scriptTask id="round" name="Un giro"><extensionElements>
    <zeebe:script expression="=n" resultVariable="done"/></extensionElements>
    <multiInstanceLoopCharacteristics isSequential="true"><extensionElements>
      <zeebe:loopCharacteristics inputCollection="=for i in 1..${rounds} return i" inputElement="n"/>
    </extensionElements></multiInstanceLoopCharacteristics></scriptTask>
  <sequenceFlow id="b" sourceRef="round" targetRef="e"/><endEvent id="e"/></process></definitions>`;

describe('what auditors ask of histories', () => {
  let database: TestDatabase;
  let system: System;
  let browser: Browser;
  let file: DisciplinaryCase;
  let longId: string;
  let page: Page;
  const faults: string[] = [];

  beforeAll(async () => {
    database = await createTestDatabase();
    system = await System.start({ databaseUrl: database.url });
    const cast = await signInAll(system);
    await cast.gestore.post('/operations/clock', { to: `${today}T09:00:00+01:00` });
    await cast.gestore.post('/process-definitions', { files: [{ name: 'long.bpmn', text: longProcess }] });
    const started = await cast.operatore.post<{ caseId: string }>('/cases', {
      ...{ process: 'long-file', comune: 'c_borgo', variables: {} },
    });
    longId = started.caseId;
    // It must be over: its facts are not to stand before those that are looked for.
    await eventually('the end of the long history', async () => {
      const { state } = await cast.operatore.get<{ state: string }>(`/cases/${longId}`);
      return state === 'completed' || null;
    });
    file = await DisciplinaryCase.report(cast, today, 'PD-2032-401');
    const reason = encodeURIComponent('controllo dei termini');
    await cast.responsabile.get(`/cases/${file.id}/history?reason=${reason}`);
    await cast.responsabile.get(`/cases/${file.id}/state?revision=0&reason=${reason}`);
    await cast.responsabile.get(`/cases/${file.id}/state?at=2032-01-22T08:00:00Z&reason=${reason}`);
    browser = await openBrowser();
    page = await signIn(browser, { url: system.url, name: 'auditor', faults });
  }, 120_000);
  afterAll(async () => {
    await browser?.close();
    await system?.stop();
    await database?.drop();
  });

  it('is answered across cases, narrowed by question, year and term, and leads into the history', async () => {
    await page.goto(`${system.url}/audit`);
    await page.getByRole('button', { name: 'Domande' }).click();
    await page.getByText('Nessun termine risponde a questa domanda').waitFor();
    await page.getByLabel('Domanda').selectOption('unproven');
    const found = page.getByRole('table', { name: 'Decorrenza senza prova' });
    await found.getByRole('link', { name: 'PD-2032-401' }).first().waitFor();
    expect(page.url()).toContain('question=unproven');
    const term = page.getByLabel('Termine', { exact: true });
    await term.selectOption({ label: 'Segnalazione all’UPD' });
    await found.getByRole('link', { name: 'PD-2032-401' }).first().waitFor();
    await term.selectOption({ label: 'Validità della graduatoria' });
    await page.getByText('Nessun termine risponde a questa domanda').waitFor();
    await term.selectOption('');
    await page.getByLabel('Anno').selectOption('2031');
    await page.getByText('Nessun termine risponde a questa domanda').waitFor();
    await page.getByLabel('Anno').selectOption('2032');
    await found.getByRole('link', { name: 'PD-2032-401' }).first().click();
    await page.getByRole('heading', { level: 1, name: /passo per passo/ }).waitFor();
    await page.goBack();
    await found
      .getByText('Conoscenza dei fatti da parte del responsabile della struttura: ven 27 feb 2032')
      .waitFor();
    // The fact itself is a step away, and the address is then that of its step.
    await found
      .getByRole('row', { name: /Segnalazione all’UPD/ })
      .getByRole('link', { name: /^aperto: 27 feb 2032/ })
      .click();
    await page
      .getByText(/Termine aperto: Segnalazione all’UPD/)
      .first()
      .waitFor();
    await eventually('the step is in the address', () => Promise.resolve(/\?step=\d+$/.test(page.url())));
    expect(Number(new URL(page.url()).searchParams.get('step'))).toBeGreaterThan(1);
  });

  it('tells the facts of all cases by the names of their processes, and of one kind when asked', async () => {
    await page.goto(`${system.url}/audit`);
    const facts = page.getByRole('table', { name: 'Revisione' });
    await page.getByLabel('Procedimento').selectOption('disciplinary-ordinary');
    await facts.getByText('Nuova attività: Scegliere la procedura').first().waitFor();
    await facts
      .getByText(/^Termine aperto: Contestazione dell’addebito, scade/)
      .first()
      .waitFor();
    await page.getByLabel('Che cosa è accaduto').selectOption({ label: 'Completato: …' });
    await facts.getByText('Nuova attività: Scegliere la procedura').waitFor({ state: 'detached' });
    await facts.getByText('Completato: Registrare e aprire il fascicolo').first().waitFor();
    const kinds = await facts.locator('.desk-sub code').allTextContents();
    expect(new Set(kinds)).toEqual(new Set(['UserTaskCompleted']));
    await page.getByLabel('In quale ruolo').selectOption({ label: 'Segretario comunale' });
    await page.getByText(/^Nessun fatto registrato|^Nessuno tra i più recenti/).waitFor();
    await page.getByLabel('In quale ruolo').selectOption('');
    await facts.getByText('Completato: Registrare e aprire il fascicolo').first().waitFor();
    await page.getByLabel('Registrato dal').fill('2032-03-01');
    await page.getByText('Nessun fatto registrato').waitFor();
    await page.getByLabel('Registrato dal').fill(today);
    await facts.getByText('Completato: Registrare e aprire il fascicolo').first().waitFor();
    expect(await barriersOf(page, 'audit-facts-1280')).toEqual([]);
  });

  it('asks the log, which records it, once for each period: not while it is typed, nor when somebody looks again', async () => {
    const asked: (string | null)[] = [];
    await page.goto(`${system.url}/audit`);
    await page.getByRole('table', { name: 'Revisione' }).waitFor();
    page.on('request', (request) => {
      const { pathname, searchParams } = new URL(request.url());
      if (pathname.endsWith('/audit/events')) asked.push(searchParams.get('from'));
    });
    const first = page.getByLabel('Registrato dal');
    for (const typed of ['0002', '0020', '0203', '2031']) await first.fill(`${typed}-02-27`);
    await page.getByRole('table', { name: 'Revisione' }).waitFor();
    await page.getByLabel('al', { exact: true }).fill('2031-02-26');
    await page.getByRole('alert').filter({ hasText: 'Il periodo va da un giorno' }).waitFor();
    expect(await page.locator('.desk-skeleton').count()).toBe(0);
    await page.getByLabel('al', { exact: true }).fill('');
    await page.getByRole('table', { name: 'Revisione' }).waitFor();
    await page.clock.setFixedTime(new Date(Date.now() + 3_600_000));
    await page.evaluate("dispatchEvent(new Event('visibilitychange'))");
    // What is asked then has been asked before this is answered.
    const ofOneKind = page.waitForResponse((one) => new URL(one.url()).searchParams.has('type'));
    await page.getByLabel('Che cosa è accaduto').selectOption({ label: 'Completato: …' });
    await ofOneKind;
    const facts = page.getByRole('table', { name: 'Revisione' });
    await facts.getByText('Nuova attività').first().waitFor({ state: 'detached' });
    await facts.waitFor();
    expect(asked).toEqual(['2031-02-27', '2031-02-27']);
    page.removeAllListeners('request');
  });

  it('says as of when it is, and is asked again, which is recorded, by whoever wants it', async () => {
    await page.goto(`${system.url}/audit?view=accesses`);
    const accesses = page.getByRole('table', { name: 'Accessi' });
    await accesses.getByRole('row').nth(1).waitFor();
    await page.getByText(/^Aggiornato al 27 feb 2032/).waitFor();
    const readings = () => accesses.getByText('L’elenco degli accessi').count();
    const before = await readings();
    const again = page.getByRole('button', { name: 'Chiedi di nuovo' });
    await again.click();
    // What the answer tells was read before it was asked for: each answer has one reading more.
    await eventually('the reading of before', async () => (await readings()) > before);
    await page.goto(`${system.url}/audit?role=UPD&type=Mario`);
    await page.getByText(/^Aggiornato al 27 feb 2032/).waitFor();
    await page.getByRole('button', { name: 'Accessi' }).click();
    const asked = accesses.getByText('In quale ruolo: Ufficio procedimenti disciplinari');
    await asked.first().waitFor();
    expect(await accesses.innerText()).not.toContain('Mario');
  });

  it('is as of when its first page was read, whatever was read after, and says when it could not be asked again', async () => {
    await page.goto(`${system.url}/audit`);
    const said = page.getByText(/^Aggiornato al/);
    await said.waitFor();
    const asOf = await said.innerText();
    await page.route('**/status', () => undefined);
    await page.clock.setFixedTime(new Date(Date.now() + 3_600_000));
    const more = page.waitForResponse((one) => new URL(one.url()).searchParams.has('cursor'));
    await page.getByRole('button', { name: 'Mostra altri' }).click();
    await more;
    await page.getByRole('table', { name: 'Revisione' }).getByRole('row').nth(150).waitFor();
    await said.waitFor();
    expect(await said.innerText()).toBe(asOf);
    await page.route('**/api/v1/audit/events*', (route) =>
      route.fulfill({ status: 403, contentType: 'application/problem+json', body: '{}' }),
    );
    await page.getByRole('button', { name: 'Chiedi di nuovo' }).click();
    await page.getByText('Ora non è stato possibile chiedere di nuovo').waitFor();
    expect(await said.innerText()).toContain(asOf);
    await page.unrouteAll({ behavior: 'ignoreErrors' });
  });

  it('is not asked again when the stream of changes comes back: each reading is recorded as one of the reader', async () => {
    const prepare = (watched: Page) =>
      void watched.route('**/api/v1/changes*', (route) =>
        route.fulfill({ contentType: 'text/event-stream', body: 'retry: 200\n\n' }),
      );
    const watched = await signIn(browser, { url: system.url, name: 'auditor', faults, prepare });
    await watched.goto(`${system.url}/audit`);
    await watched.getByRole('table', { name: 'Revisione' }).waitFor();
    const asked: string[] = [];
    watched.on('request', (request) => asked.push(new URL(request.url()).pathname));
    // What is asked again with it has been.
    await eventually('it came back twice', () =>
      Promise.resolve(asked.filter((path) => path === '/status').length >= 2),
    );
    expect(asked.filter((path) => path.includes('/audit/'))).toEqual([]);
    await watched.unrouteAll({ behavior: 'ignoreErrors' });
    await watched.context().close();
  });

  it('ends with who read a file: to the auditor under pseudonyms, to the data protection officer with names and reasons', async () => {
    const readings = `${system.url}/audit?view=accesses&case=${file.id}`;
    await page.goto(readings);
    const accesses = page.getByRole('table', { name: 'Accessi' });
    await accesses.getByRole('row').nth(1).waitFor();
    expect(await accesses.innerText()).not.toMatch(/responsabile|controllo dei termini/);
    await page.getByRole('button', { name: 'Mostra gli accessi a tutte' }).click();
    await page.getByText('Accessi alla pratica').waitFor({ state: 'hidden' });
    expect(page.url()).not.toContain(file.id);

    const officer = await signIn(browser, { url: system.url, name: 'dpo', faults });
    await officer.goto(readings);
    const named = officer.getByRole('row', { name: /responsabile/ });
    await named.getByText('controllo dei termini').first().waitFor();
    await named.filter({ hasText: 'Come stava · passo 1' }).first().waitFor();
    await named.filter({ hasText: 'Come stava · 22 gen 2032, 09:00' }).first().waitFor();
    await officer.context().close();
  });

  it('is vouched for by signed checkpoints, which prove a case and the log to whoever kept them', async () => {
    const gestore = await system.signIn('gestore');
    await gestore.post('/operations/clock', { to: `${today}T11:00:00+01:00` });
    interface Signed {
      readonly checkpoint: { readonly number: number; readonly madeAt: string };
      readonly fingerprint: string;
    }
    const auditor = await system.signIn('auditor');
    const list = (query = '') =>
      auditor.get<List<Signed> & { nextCursor: string | null }>(`/audit/checkpoints${query}`);
    const { items } = await eventually('a checkpoint of now', async () => {
      const answer = await list();
      return answer.items[0]?.checkpoint.madeAt.startsWith(`${today}T10:`) ? answer : undefined;
    });
    const [first, second] = [await list('?limit=1'), items.slice(1)];
    expect(first.items[0]).toEqual(items[0]);
    const rest = await list(`?limit=100&cursor=${first.nextCursor}`);
    expect([rest.items, rest.nextCursor]).toEqual([second, null]);
    const operatore = await system.signIn('operatore');
    expect((await operatore.call('GET', '/audit/checkpoints')).status).toBe(403);

    const kept = join(system.home, 'kept.jsonl');
    const keep = (all: readonly object[]) =>
      writeFileSync(kept, all.map((one) => `${JSON.stringify(one)}\n`).join(''));
    keep(items);
    const whole = await system.iter('verify', '--all', '--checkpoints', kept);
    expect(whole).toMatchObject({ status: 0, out: expect.stringContaining(items[0]!.fingerprint) });
    expect(whole.out).toContain(`i ${items.length} punti di controllo conservati altrove`);
    keep([{ ...items[0], checkpoint: { ...items[0]!.checkpoint, number: 999 } }]);
    expect((await system.iter('verify', '--all', '--checkpoints', kept)).status).toBe(2);

    const supervisor = await system.signIn('responsabile');
    const bundle = join(system.home, 'fascicolo.zip');
    writeFileSync(
      bundle,
      await supervisor.download(`/cases/${file.id}/export?format=bundle&reason=controllo`),
    );
    const proven = await system.iter('verify', bundle);
    expect(proven).toMatchObject({ status: 0, out: expect.stringContaining(items[0]!.fingerprint) });
    expect(proven.out).toContain('comprende gli eventi fino al');
  });

  it('gives the auditor a bundle that names nobody, and says what of it is proven', async () => {
    const auditor = await system.signIn('auditor');
    const bundle = join(system.home, 'pseudonimo.zip');
    const content = await auditor.download(`/cases/${file.id}/export?format=bundle`);
    writeFileSync(bundle, content);
    const proven = await system.iter('verify', bundle);
    expect(proven).toMatchObject({ status: 0, out: expect.stringContaining('in forma pseudonima') });
    expect(proven.out).toContain('il contenuto (chi, che cosa, quali documenti) non è verificabile');
    const opened = openZip(content, bundleLimits);
    const files = 'fault' in opened ? [] : [...opened.entries];
    expect(files.map(([name]) => name)).toContain('covered.jsonl');
    const told = files.map(([, file]) => new TextDecoder().decode(file)).join('');
    expect(told).toContain('"account":"p-');
    for (const account of ['operatore', 'responsabile']) expect(told).not.toContain(`"${account}"`);

    const lines = await auditor.download(`/cases/${file.id}/export?format=jsonl`);
    const [first] = lines.toString().split('\n');
    // Whoever knew it could try accounts until the hash of the event fits.
    expect(JSON.parse(first!)).toMatchObject({ commandId: expect.stringMatching(/^p-/) });
  });

  it('shows the checkpoints, hands them over, and says which of them covers a case', async () => {
    await page.goto(`${system.url}/audit`);
    await page.getByRole('button', { name: 'Punti di controllo' }).click();
    await page.getByRole('table', { name: 'Punti di controllo' }).getByRole('row').nth(1).waitFor();
    const download = page.waitForEvent('download');
    await page.getByRole('button', { name: 'Scarica tutti' }).click();
    const kept = join(system.home, 'from-the-desk.jsonl');
    await (await download).saveAs(kept);
    expect(await system.iter('verify', '--all', '--checkpoints', kept)).toMatchObject({ status: 0 });
    await page.goto(`${system.url}/cases/${file.id}/replay`);
    await page.getByRole('button', { name: 'Verifica ora la catena' }).click();
    await page.getByText(/Il punto di controllo \d+, firmato il .* attesta i passi fino al \d+/).waitFor();
  });

  it.each([320, 1280])('has no barriers %d pixels wide', async (width) => {
    await page.setViewportSize({ width, height: 900 });
    const found: string[] = [];
    for (const view of ['findings&question=unproven', 'accesses', 'checkpoints']) {
      await page.goto(`${system.url}/audit?view=${view}`);
      await page.getByRole('row').nth(1).waitFor();
      found.push(...(await barriersOf(page, `audit-${view.slice(0, 8)}-${width}`)));
    }
    expect(found).toEqual([]);
  });

  it('goes through ten thousand events chapter by chapter: to the end, back, and on by steps', async () => {
    const auditor = await system.signIn('auditor');
    const total = await eventually('the end of the long case', async () => {
      const chapter = await auditor.get<{ total: number; state?: string }>(`/cases/${longId}/replay`);
      return chapter.total > 2 * rounds ? chapter.total : undefined;
    });
    await page.goto(`${system.url}/cases/${longId}/replay`);
    const slider = page.getByRole('slider');
    await slider.waitFor();
    const at = (step: number) =>
      page.getByText(`Passo ${step} di ${total}`, { exact: true }).first().waitFor();
    // How long the page left the screen as it was, at the longest, while it was driven: told, not asserted.
    await page.evaluate(`(() => { window.longest = 0; let last = performance.now();
      const frame = (now) => { window.longest = Math.max(window.longest, now - last); last = now; requestAnimationFrame(frame); };
      requestAnimationFrame(frame); })()`);
    await slider.focus();
    await page.keyboard.press('End');
    await at(total);
    await page.keyboard.press('Home');
    await at(1);
    for (let step = 2; step <= 60; step++) await page.keyboard.press('ArrowRight');
    await at(60);
    const longest = (await page.evaluate('window.longest')) as number;
    if (process.env['ITER_SHOTS']) console.log(`${total} events, longest frame ${Math.round(longest)} ms`);
    expect(faults).toEqual([]);
  });
});
