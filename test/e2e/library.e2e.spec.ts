import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { writeFileSync } from 'node:fs';
import type { Browser, Page } from 'playwright-core';
import { contentHashOf, listed, openArchive, packArchive } from '@iter/process-catalog/packages';
import { barriersOf, openBrowser, shoot, signIn } from '../support/browser.ts';
import { createTestDatabase } from '../support/database.ts';
import type { TestDatabase } from '../support/database.ts';
import { GivenAway } from '../support/given-away.ts';
import { System, eventually } from '../support/system.ts';
import type { Person } from '../support/system.ts';

const names = ['tutor', 'partecipante', 'redazione', 'programma', 'responsabile', 'operatore'] as const;
const key = 'p_demo.desk-request';
const province = { body: 'p_demo', name: 'Provincia di Monteverde' };

interface List {
  readonly items: readonly { readonly id: string; readonly element: string }[];
}

/** An archive changed by somebody who knows how to write one, and not the tool. */
function repacked(archive: Uint8Array, path: string, text: string, version: string): Uint8Array {
  const opened = openArchive(archive);
  if (!('manifest' in opened)) throw new Error('no package');
  const files = new Map([...opened.files, [path, new TextEncoder().encode(text)]]);
  const packed = listed(files);
  return packArchive(
    { ...opened.manifest, version, files: packed, contentHash: contentHashOf(packed) },
    files,
    null,
  );
}

describe('the library of the community of practice', () => {
  let database: TestDatabase;
  let system: System;
  let browser: Browser;
  let tutor: Page;
  let head: Page;
  let people: Readonly<Record<(typeof names)[number], Person>>;
  const folder = new GivenAway('desk-request', province);
  const other = new GivenAway('desk-request', { body: 'p_altra', name: 'Provincia di Altrove' });
  const faults: string[] = [];
  let first: Awaited<ReturnType<GivenAway['pack']>>;

  const upload = (content: Uint8Array): FormData => {
    const form = new FormData();
    form.append('file', new Blob([Buffer.from(content)]), 'pacchetto.zip');
    return form;
  };
  const publish = async (who: Person, content: Uint8Array) => {
    const answer = await who.call<{ code?: string; errors?: { code: string }[] }>(
      'POST',
      '/library',
      upload(content),
    );
    return {
      status: answer.status,
      code: answer.body.code,
      errors: answer.body.errors?.map(({ code }) => code),
    };
  };

  beforeAll(async () => {
    database = await createTestDatabase();
    [system, browser, first] = await Promise.all([
      System.start({ databaseUrl: database.url }),
      openBrowser(),
      folder.pack('1.0.0'),
    ]);
    people = Object.fromEntries(
      await Promise.all(names.map(async (name) => [name, await system.signIn(name)] as const)),
    ) as typeof people;
    tutor = await signIn(browser, { url: system.url, name: 'tutor', faults });
  });
  afterAll(async () => {
    folder.remove();
    other.remove();
    await browser?.close();
    await system?.stop();
    await database?.drop();
  });

  it('is empty at first, and says so', async () => {
    await tutor.getByRole('link', { name: 'Biblioteca' }).click();
    await tutor.getByRole('heading', { level: 1, name: 'Biblioteca' }).waitFor();
    await tutor.getByText('Nessun pacchetto', { exact: true }).waitFor();
  });

  it('shows a tutor what is in an archive before it is published', async () => {
    await tutor.getByText('Pubblica un pacchetto').click();
    const spoilt = folder.path('spoilt.zip');
    writeFileSync(
      spoilt,
      repacked(first.content, 'processes/desk-request/README.md', 'a\nRSSMRA80A01H501U', '1.0.0'),
    );
    await tutor.getByLabel('Archivio (.zip)').setInputFiles(spoilt);
    await tutor.getByRole('button', { name: 'Verifica' }).click();
    await tutor.getByText('Così il pacchetto non si pubblica.').waitFor();
    await shoot(tutor, 'library refused');
    expect(await tutor.getByRole('table', { name: 'Che cosa non va' }).innerText()).toContain('README.md:2');
    expect(await tutor.getByRole('button', { name: 'Conferma e pubblica' }).count()).toBe(0);

    await tutor.getByLabel('Archivio (.zip)').setInputFiles(first.file);
    await tutor.getByRole('button', { name: 'Verifica' }).click();
    await tutor.getByText('Il pacchetto è integro').waitFor();
    await shoot(tutor, 'library verdict');
    await tutor.getByRole('button', { name: 'Conferma e pubblica' }).click();
    await tutor.getByText('Pubblicato: Richiesta allo sportello, versione 1.0.0.').waitFor();
    await tutor.getByRole('table', { name: 'Pacchetti pubblicati' }).waitFor();
  });

  it('publishes a version once, whole, about nobody, fit to be deployed and of one’s own', async () => {
    const { tutor: person, redazione, operatore } = people;
    expect(await publish(person, first.content)).toMatchObject({ status: 201 });
    const changed = repacked(first.content, 'processes/desk-request/README.md', 'altro', '1.0.0');
    expect(await publish(person, changed)).toMatchObject({ status: 409, code: 'package-version-taken' });
    expect(await publish(person, Buffer.from('no archive'))).toMatchObject({
      status: 422,
      code: 'package-invalid',
    });
    const named = repacked(first.content, 'processes/desk-request/README.md', 'RSSMRA80A01H501U', '1.0.1');
    expect(await publish(person, named)).toMatchObject({
      ...{ status: 422, code: 'package-personal-data', errors: ['personal-data'] },
    });
    const broken = repacked(first.content, 'processes/desk-request/forms/t_triage.json', '{}', '1.0.1');
    expect(await publish(person, broken)).toMatchObject({ status: 422, code: 'package-not-deployable' });

    const { content } = await other.pack('1.0.0');
    const seen = await person.call<{ fit: boolean; problems: object[] }>(
      'POST',
      '/library/check',
      upload(content),
    );
    expect(seen).toMatchObject({ status: 200, body: { fit: false, problems: [{ code: 'not-authorised' }] } });
    expect(await publish(person, content)).toMatchObject({ status: 403, code: 'not-authorised' });
    expect(await publish(operatore, content)).toMatchObject({ status: 403, code: 'not-authorised' });
    expect(await publish(redazione, content)).toMatchObject({ status: 201 });
  });

  it('knows that a Province uses a version, from which day, and shows the drawing', async () => {
    head = await signIn(browser, { url: system.url, name: 'responsabile', faults });
    await head.getByRole('link', { name: 'Biblioteca' }).click();
    await head.getByRole('searchbox', { name: 'Cerca' }).fill('monteverde');
    await head
      .getByRole('row', { name: /Provincia di Monteverde/ })
      .getByRole('link', { name: 'Richiesta allo sportello' })
      .click();
    await head.getByRole('heading', { level: 1, name: 'Richiesta allo sportello' }).waitFor();
    await head.locator('.desk-canvas svg [data-element-id="t_triage"]').first().waitFor();
    await head.getByText('Nessun ente ha ancora detto di usarlo.').waitFor();
    await head.getByText('Usiamo questo pacchetto').click();
    await shoot(head, 'library adopt');
    await head.getByRole('button', { name: 'Registra l’uso' }).click();
    await head.getByText('L’uso è stato registrato.').waitFor();
    const users = await head.getByRole('table', { name: 'Chi lo usa' }).innerText();
    expect(users).toMatch(/Provincia di Monteverde.*1\.0\.0, come pubblicato/s);
  });

  it('says in words what the next version changes', async () => {
    folder.change('desk-request.bpmn', (text) =>
      text.replace('name="Valutare la richiesta"', 'name="Smistare la richiesta"'),
    );
    folder.change('README.md', (text) => `${text}\nProvato in una Provincia.\n`);
    const next = await folder.pack('1.1.0');
    expect(await publish(people.tutor, next.content)).toMatchObject({ status: 201 });

    await head.reload();
    await head.getByRole('heading', { level: 2, name: 'Che cosa cambia' }).waitFor();
    await head.getByText('2 differenze').waitFor();
    const drawn = await head.getByRole('region', { name: 'Disegno', exact: true }).innerText();
    expect(drawn).toMatch(
      /Smistare la richiesta: nome, era Valutare la richiesta, ora è Smistare la richiesta/,
    );
    expect(await head.getByRole('table', { name: 'Chi lo usa' }).innerText()).toContain(
      'c’è una versione successiva',
    );
  });

  it('shows what another Province made of its process beside what it was made from', async () => {
    const { content } = await other.pack('2.0.0');
    const opened = openArchive(content);
    const original = openArchive(first.content);
    if (!('manifest' in opened) || !('manifest' in original)) throw new Error('no packages');
    const { origin, key: process, version, contentHash } = original.manifest;
    const adapted = { ...opened.manifest, basedOn: { origin, key: process, version, contentHash } };
    expect(await publish(people.programma, packArchive(adapted, opened.files, null))).toMatchObject({
      status: 201,
    });
    const shown = await people.operatore.get<{ derived: unknown[] }>(`/library/${key}`);
    expect(shown.derived).toMatchObject([{ key: 'p_altra.desk-request', version: '2.0.0', from: '1.0.0' }]);
    const diff = await people.operatore.get<{ total: number }>(
      `/library/${key}/diff?from=1.1.0&to=p_altra.desk-request@2.0.0`,
    );
    expect(diff.total).toBe(2);

    // Whoever adapted it compares with what it was made from, and with what came of that since.
    await head.goto(`${system.url}/library/p_altra.desk-request`);
    await head.getByText('c’è una versione successiva').waitFor();
    await head.getByText(/^Nessuna differenza/).waitFor();
    await head.getByLabel('Da', { exact: true }).selectOption('Provincia di Monteverde, versione 1.1.0');
    await head.getByText('2 differenze').waitFor();
    await head.goto(`${system.url}/library/${key}`);
  });

  it('gives the same bytes back, and they play where they are put', async () => {
    const got = await people.operatore.download(`/library/${key}/1.0.0/archive`);
    expect(got.equals(first.content)).toBe(true);
    writeFileSync(folder.path('got.zip'), got);
    const put = await folder.run('package', 'import', 'got.zip', '--into', 'adopted');
    expect(put).toMatchObject({ status: 0 });
    const played = await folder.run('test', 'adopted');
    expect(played.status === 0 ? '' : played.said).toBe('');
  });

  it('withdraws a version with a reason: nobody adopts it any more, who uses it may stop', async () => {
    await tutor.goto(`${system.url}/library/${key}`);
    await tutor.getByRole('button', { name: 'Ritira la versione 1.0.0' }).click();
    await tutor.getByLabel('Motivo').fill('Superata dalla 1.1.0');
    await tutor.getByRole('button', { name: 'Ritira', exact: true }).click();
    await tutor.getByText(/ritirata il .*: Superata dalla 1.1.0/).waitFor();
    const again = { body: 'p_demo', version: '1.0.0', since: '2026-01-01' };
    const refused = await people.responsabile.call<{ code: string }>('POST', `/library/${key}/adopt`, again);
    expect(refused).toMatchObject({ status: 409, body: { code: 'package-withdrawn' } });

    // What draws comes while the button below it is pressed, and moves it under nobody's finger.
    const drawer = /\/assets\/diagram-[^/]*\.js$/;
    const bring = Promise.withResolvers<undefined>();
    await head.route(drawer, async (route) => {
      await bring.promise;
      await route.continue();
    });
    const asked = head.waitForRequest(drawer);
    await head.reload();
    // Asked for once the drawing is there: before that the button may still move, and be somewhere else when it is pressed.
    const script = (await asked).url();
    await head.getByRole('button', { name: 'Non lo usiamo più: Provincia di Monteverde' }).hover();
    await head.mouse.down();
    bring.resolve(undefined);
    await head.evaluate(
      `import('${script}').then(() => new Promise((then) => requestAnimationFrame(() => requestAnimationFrame(then))))`,
    );
    await head.mouse.up();
    await head.getByText('Nessun ente ha ancora detto di usarlo.').waitFor();
    await head.locator('.desk-canvas svg').first().waitFor();
  });

  it('offers the processes of the house, packed and signed by it', async () => {
    const { redazione } = people;
    const before = await redazione.get<{ items: { process: string; published: boolean }[] }>('/library/own');
    expect(before.items.length).toBeGreaterThan(25);
    await redazione.post('/library/own', { process: 'training-evaluation' });
    await redazione.post('/library/own', { process: 'training-evaluation' });
    const page = await signIn(browser, { url: system.url, name: 'redazione', faults });
    await page.getByRole('link', { name: 'Biblioteca' }).click();
    await page
      .getByText(`${before.items.length - 1} procedimenti non sono ancora nella biblioteca.`)
      .waitFor();
    await page.getByLabel('Servizio').selectOption('training');
    await page.getByRole('link', { name: 'Valutazione' }).waitFor();
    await page.getByText('Provincia di Altrove').waitFor({ state: 'detached' });
    expect(await page.getByRole('table', { name: 'Pacchetti pubblicati' }).getByRole('row').count()).toBe(2);
    await page.context().close();
  });

  it('has as materials what an editor has published, with the files that were there then', async () => {
    const { partecipante, redazione, operatore } = people;
    const { caseId } = await partecipante.post<{ caseId: string }>('/cases', {
      ...{ process: 'community-contribution', comune: 'p_demo', variables: {} },
    });
    const attach = async (name: string) => {
      const form = new FormData();
      form.append('file', new Blob([`%PDF-1.4 ${name}`]), `${name}.pdf`);
      const { status } = await partecipante.call('POST', `/cases/${caseId}/documents`, form);
      expect(status).toBe(201);
    };
    const complete = async (who: Person, element: string, variables: object) => {
      const task = await eventually(element, async () => {
        const { items } = await who.get<List>(`/tasks?assigned=all&caseId=${caseId}`);
        return items.find((one) => one.element === element);
      });
      await who.post(`/tasks/${task.id}/complete`, { variables });
    };
    await attach('schema');
    await complete(partecipante, 't_submit', {
      ...{ kind: 'MODEL', theme: 'TRAINING', title: 'Schema di piano' },
      contributionText: 'Usato in due Province.',
    });
    expect(await operatore.sees(partecipante).get('/library/materials')).toMatchObject({ items: [] });
    await complete(redazione.sees(partecipante), 't_moderate', {
      moderation: 'PUBLISH',
      noPersonalData: true,
    });
    await attach('dopo');
    const { items } = await operatore
      .sees(partecipante)
      .get<{ items: { files: { id: string }[] }[] }>('/library/materials?service=training');
    expect(items).toMatchObject([
      { kind: 'MODEL', title: 'Schema di piano', service: 'training', files: [{ name: 'schema.pdf' }] },
    ]);
    const file = `/library/materials/${caseId}/files/${items[0]?.files[0]?.id}`;
    expect(await operatore.get(file)).toBe('%PDF-1.4 schema');
    await tutor.goto(`${system.url}/library?section=materials`);
    await tutor.getByRole('heading', { level: 3, name: 'Schema di piano' }).waitFor();
    expect(await barriersOf(tutor, 'library materials')).toEqual([]);
  });

  it('is contributed to by whoever takes part, who is offered nothing that is not theirs to begin', async () => {
    const { partecipante, programma, operatore } = people;
    const begins = async (who: Person) => {
      const { items } = await who.get<{
        items: { key: string; starts: { bodies: readonly string[] }[] }[];
      }>('/process-definitions');
      return Object.fromEntries(
        items.map(({ key, starts }) => [key, [...new Set(starts.flatMap(({ bodies }) => bodies))]]),
      );
    };
    const offered = await begins(partecipante);
    expect(Object.entries(offered).filter(([, bodies]) => bodies.length > 0)).toEqual([
      ['community-contribution', ['p_demo']],
    ]);
    expect(await begins(programma)).toMatchObject({ 'accompaniment-edition': ['upi_demo'] });
    expect(await begins(operatore)).toMatchObject({
      'accompaniment-edition': [],
      'desk-request': expect.arrayContaining(['c_borgo', 'c_valle']),
    });
    const page = await signIn(browser, { url: system.url, name: 'partecipante', faults });
    await page.goto(`${system.url}/cases/new`);
    // One procedure, one body: there is nothing to choose.
    await page.getByRole('button', { name: 'Avvia la pratica' }).waitFor();
    expect(await page.getByLabel('Ente').locator('option').allInnerTexts()).toEqual([
      'Scegli…',
      'Provincia di Monteverde',
    ]);
    await page.getByRole('button', { name: 'Avvia la pratica' }).click();
    await page.waitForURL(/\/(cases|entrance)\/[^/]+$/);
    await page.context().close();
  });

  it.each([320, 1280])('has no barriers %d pixels wide', async (width) => {
    for (const [path, what] of [
      ['/library', 'Pacchetti pubblicati'],
      [`/library/${key}`, 'Versioni'],
    ] as const) {
      await tutor.setViewportSize({ width, height: 900 });
      await tutor.goto(`${system.url}${path}`);
      await tutor.getByRole('table', { name: what }).waitFor();
      expect(await barriersOf(tutor, `library ${what} ${width}`)).toEqual([]);
    }
  });

  it('is written in English too, and broke nothing', async () => {
    await tutor.getByRole('button', { name: 'English' }).click();
    await tutor.getByRole('heading', { level: 2, name: 'What changes' }).waitFor();
    expect(faults).toEqual([]);
  });
});
