import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { Browser, Page } from 'playwright-core';
import { barriersOf, openBrowser, shoot, signIn } from '../support/browser.ts';
import { textRows, workbookOf } from '../support/workbook.ts';
import { createTestDatabase } from '../support/database.ts';
import type { TestDatabase } from '../support/database.ts';
import { System, eventually } from '../support/system.ts';
import type { Person } from '../support/system.ts';

interface Report {
  readonly committed: boolean;
  readonly new: number;
  readonly lines: readonly { readonly name: string; readonly state: string; readonly why: string | null }[];
}
interface Calendar {
  readonly version: number;
  readonly closures: readonly { readonly from: string; readonly by: string | null }[];
  readonly changes: readonly { readonly reason: string | null }[];
}

const today = new Date().toISOString().slice(0, 10);

describe('registers on the desk', () => {
  let database: TestDatabase;
  let system: System;
  let browser: Browser;
  let people: Readonly<Record<'responsabile' | 'personale' | 'struttura', Person>>;
  const faults: string[] = [];

  beforeAll(async () => {
    database = await createTestDatabase();
    system = await System.start({ databaseUrl: database.url });
    browser = await openBrowser();
    const named = ['responsabile', 'personale', 'struttura'] as const;
    const signedIn = await Promise.all(named.map(async (name) => [name, await system.signIn(name)] as const));
    people = Object.fromEntries(signedIn) as typeof people;
  });
  afterAll(async () => {
    await browser?.close();
    await system?.stop();
    await database?.drop();
  });

  const at = (name: string, width = 1280): Promise<Page> =>
    signIn(browser, { url: system.url, name, faults, viewport: { width, height: 900 } });
  const open = async (page: Page, section: string) => {
    await page.goto(`${system.url}/registers?section=${section}`);
    await page.locator('main h2').waitFor();
    await page.locator('.desk-skeleton').waitFor({ state: 'detached' });
  };
  const barriers = async (page: Page, what: string): Promise<string[]> => {
    const shots = process.env['ITER_SHOTS'];
    if (shots) await page.screenshot({ path: `${shots}/registers-${what}.png`, fullPage: true });
    return (await barriersOf(page)).map((barrier) => `${what}: ${barrier}`);
  };
  const file = (name: string, lines: readonly string[]) => ({
    ...{ name, mimeType: 'text/csv', buffer: Buffer.from(lines.join('\r\n'), 'latin1') },
  });
  const withdraw = (who: Person, register: string, ipa: string, entry: string, language = 'it') =>
    who.call<{ code: string; detail: string; detailLanguage?: string }>(
      'POST',
      `/registers/${register}/${ipa}/withdraw`,
      { entry, reason: 'scritto per errore' },
      { 'accept-language': language },
    );

  it('shows every register without barriers, wide and narrow', async () => {
    const found: string[] = [];
    for (const width of [1280, 320]) {
      const page = await at('responsabile', width);
      if (width < 400) await page.getByRole('button', { name: 'Menu', exact: true }).press('Enter');
      await page.getByRole('link', { name: 'Registri', exact: true }).press('Enter');
      await page.getByRole('heading', { level: 1, name: 'Registri' }).waitFor();
      for (const [section, cell] of [
        ['Enti', 'Comune di Valle Chiara'],
        ['Convenzioni', 'CONV-2025-001'],
        ['Personale', 'B-0101'],
        ['Uffici', 'Servizi demografici'],
        ['Commissioni e UPD', 'Marta Componente'],
        ['Caselle PEC', 'protocollo@pec.borgo.example'],
        ['Calendari', 'Vedi e modifica il calendario'],
      ] as const) {
        await page.getByRole('link', { name: section, exact: true }).press('Enter');
        await page.getByRole('heading', { level: 2, name: section }).waitFor();
        await page.getByText(cell).first().waitFor();
        found.push(...(await barriers(page, `${section.split(' ', 1)[0]}-${width}`)));
      }
    }
    expect(found).toEqual([]);
  });

  it('fills offices from a file that is judged first, then somebody works there', async () => {
    const page = await at('personale');
    await open(page, 'offices');
    await page
      .locator('input[type=file]')
      .setInputFiles(
        file('uffici.csv', [
          'codice;ufficio;matricola del responsabile;fa parte di;attivo dal',
          'CUL;Attività culturali;B-0107;AMM;01/01/2026',
          'BIB;Biblioteca;;CUL;01/01/2005',
          'XYZ;Ufficio di nessuno;Mario Rossi;;01/01/2026',
          'TEC;Ufficio tecnico;B-0103;;01/01/2005',
        ]),
      );
    await page.getByRole('heading', { name: 'Contenuto del file uffici.csv' }).waitFor();
    await page.getByText('nuova: 1 · cambiata: 1 · già così: 1 · da correggere: 1').waitFor();
    await page.getByText('Il responsabile si indica con la matricola').waitFor();
    await page.getByRole('button', { name: 'Tutte le righe' }).press('Enter');
    await page.getByRole('cell', { name: 'già così' }).waitFor();
    const found = await barriers(page, 'report-1280');
    const before = await people.personale.get<{ items: unknown[] }>('/registers/offices/c_borgo');
    expect(before.items).toHaveLength(7);
    await page.getByRole('button', { name: 'Registra solo le 2 voci buone' }).press('Enter');
    await page.getByText('2 voci registrate.').waitFor();
    await page.getByRole('cell', { name: 'Attività culturali' }).first().waitFor();

    await open(page, 'staff');
    await page.getByRole('button', { name: 'Aggiungi' }).press('Enter');
    await page.getByLabel('Matricola').fill('RSSMRA80A01H501U');
    await page.getByLabel('Ufficio', { exact: true }).last().selectOption('CUL');
    await page.getByLabel('Area').selectOption('ISTRUTTORI');
    await page.getByLabel('Assunto il').fill('2026-02-02');
    await page.getByRole('button', { name: 'Registra' }).press('Enter');
    await page.getByText('non può essere il codice fiscale').waitFor();
    found.push(...(await barriers(page, 'form-1280')));
    await page.getByLabel('Matricola').fill('B-0108');
    await page.getByRole('button', { name: 'Registra' }).press('Enter');
    await page.getByText('Voce registrata.').waitFor();
    const row = page.getByRole('row', { name: /B-0108/ });
    expect(await row.innerText()).toContain('Attività culturali');
    expect(found).toEqual([]);
  });

  it('corrects one entry and takes another back with a reason, by keyboard, on a narrow screen', async () => {
    const page = await at('personale', 320);
    await open(page, 'staff');
    await page.getByRole('button', { name: 'Correggi: B-0104' }).press('Enter');
    expect(await page.getByLabel('Matricola').getAttribute('readonly')).not.toBeNull();
    await page.getByLabel('Ultimo giorno di servizio').fill('2026-06-30');
    const found = await barriers(page, 'form-320');
    await page.getByRole('button', { name: 'Registra' }).press('Enter');
    await page.getByText('Voce corretta.').waitFor();
    await page.getByText('al 30 giu 2026').waitFor();

    await page.getByRole('button', { name: 'Ritira: B-0101' }).press('Enter');
    await page.getByLabel('Motivo').fill('Matricola scritta per errore');
    await page.getByRole('button', { name: 'Ritira', exact: true }).press('Enter');
    await page.getByText('È responsabile dell’ufficio DEM').waitFor();
    found.push(...(await barriers(page, 'withdraw-320')));
    await page.getByRole('button', { name: 'Chiudi' }).last().press('Enter');
    await page.getByRole('button', { name: 'Ritira: B-0102' }).press('Enter');
    await page.getByLabel('Motivo').fill('Matricola scritta per errore');
    await page.getByRole('button', { name: 'Ritira', exact: true }).press('Enter');
    await page.getByText('«B-0102» ritirato.').waitFor();
    await eventually('the entry to be gone', async () =>
      (await page.getByRole('button', { name: 'Ritira: B-0102' }).count()) === 0 ? true : null,
    );
    expect(found).toEqual([]);
  });

  it('reads calendars of several bodies with a reason; the same file again changes nothing', async () => {
    const page = await at('responsabile');
    await open(page, 'calendars');
    const lines = [
      'ente;voce;dal;al;giorno del patrono;descrizione',
      'c_borgo;chiusura;24/12/2026;31/12/2026;;Chiusura natalizia',
      'c_valle;patrono;;;11/11;San Martino',
    ];
    await page.locator('input[type=file]').setInputFiles(file('calendari.csv', lines));
    await page.getByText('nuova: 2').waitFor();
    await page.getByLabel('Motivo').fill('Delibere di Giunta 12 e 13/2026');
    await page.getByRole('button', { name: 'Registra le 2 voci' }).press('Enter');
    await page.getByText('2 voci registrate.').waitFor();
    const borgo = await people.personale.get<Calendar>('/bodies/c_borgo/calendar');
    expect(borgo).toMatchObject({ version: 2, closures: [{ from: '2026-12-24', by: 'responsabile' }] });
    expect(borgo.changes[0]?.reason).toBe('Delibere di Giunta 12 e 13/2026');
    await page.locator('input[type=file]').setInputFiles(file('calendari.csv', lines));
    await page.getByText('nuova: 0 · cambiata: 0 · già così: 2').waitFor();
    expect(await page.getByRole('button', { name: /^Registra/ }).count()).toBe(0);
    // The same as a workbook, whose first day is a day of Excel; then one that is none.
    const sheet = textRows(lines.map((line) => line.split(';'))).replace(
      '<c t="inlineStr"><is><t>24/12/2026</t></is></c>',
      '<c s="1"><v>46380</v></c>',
    );
    const workbook = (bytes: Uint8Array) =>
      page.locator('input[type=file]').setInputFiles({
        ...{ name: 'calendari.xlsx', mimeType: 'application/octet-stream', buffer: Buffer.from(bytes) },
      });
    await workbook(workbookOf(sheet));
    await page.getByRole('heading', { name: 'Contenuto del file calendari.xlsx' }).waitFor();
    await page.getByText('nuova: 0 · cambiata: 0 · già così: 2').waitFor();
    await page.getByText('Foglio letto: «Domande». Un altro foglio non è stato letto.').waitFor();
    await workbook(workbookOf('<row><c t="e"><f>1/0</f><v>#DIV/0!</v></c></row>'));
    await page.getByText('Celle con un errore o con una formula senza risultato: «A1».').waitFor();
    expect(await barriers(page, 'workbook-1280')).toEqual([]);
    const other = await people.personale.call<{ code: string }>('POST', '/registers/calendars/import', {
      ...{ csv: lines.join('\n').replace('11/11', '12/11'), commit: true, reason: 'prova' },
    });
    expect([other.status, other.body.code]).toEqual([403, 'not-authorised']);
  });

  it('reads open data of IPA: the addresses of its bodies, and says of the rest how much it was', async () => {
    const page = await at('responsabile');
    await open(page, 'mailboxes');
    await page
      .locator('input[type=file]')
      .setInputFiles(
        file('enti.csv', [
          'Codice_IPA,Denominazione_ente,Mail1,Tipo_Mail1,Mail2,Tipo_Mail2,Data_aggiornamento',
          ...Array.from(
            { length: 12_000 },
            (_, i) => `c_x${i},"Comune n. ${i}",a${i}@pec.x.it,Pec,,,2026-11-02`,
          ),
          'c_borgo,Comune di Borgo Sereno,nuova.pec@pec.borgo.it,Pec,info@borgo.it,Altro,2026-11-02',
        ]),
      );
    await page.getByRole('heading', { name: 'Contenuto del file enti.csv' }).waitFor();
    await page.getByText('Dati aperti di IPA: 12000 righe sono di altri enti, tralasciate.').waitFor();
    await page.getByText('Indirizzi non certificati, tralasciati: 1.').waitFor();
    await page.getByText('PEC del registro che il file non riporta, e che restano: c_borgo').waitFor();
    await page.getByRole('row', { name: /12002 c_borgo nuova.pec@pec.borgo.it nuova/ }).waitFor();
    expect(await barriers(page, 'ipa-1280')).toEqual([]);
    await page.getByRole('button', { name: 'Registra la voce' }).press('Enter');
    await page.getByText('1 voce registrata.').waitFor();
    const { items } = await people.responsabile.get<{ items: { address: string; purpose: string }[] }>(
      '/registers/mailboxes?text=nuova.pec',
    );
    expect(items).toMatchObject([{ address: 'nuova.pec@pec.borgo.it', purpose: 'OTHER' }]);
  });

  it('keeps a convention on which a case was begun, and takes back one that nobody used', async () => {
    const { responsabile, struttura } = people;
    await struttura.post('/cases', {
      ...{ process: 'disciplinary-ordinary', comune: 'c_borgo' },
      variables: { employeeRef: 'B-0104', factsKnownAt: today, staffCategory: 'EMPLOYEE' },
    });
    const { status, body: refused } = await withdraw(responsabile, 'conventions', 'c_borgo', 'CONV-2025-001');
    expect([status, refused.code]).toEqual([409, 'entry-in-use']);
    expect(refused.detail).toContain('ultimo giorno');
    const english = (await withdraw(responsabile, 'conventions', 'c_borgo', 'CONV-2025-001', 'en')).body;
    expect([english.detail, english.detailLanguage]).toEqual([
      expect.stringContaining('its last day is corrected'),
      undefined,
    ]);
    const csv =
      'comune;id;province;services;serviceModel;validFrom;validTo\nc_valle;C-0;p_demo;training;SUPPORT;2020-01-01;2020-12-31';
    const made = await responsabile.post<Report>('/registers/conventions/import', { csv, commit: true });
    expect(made).toMatchObject({ committed: true, new: 1 });
    const [mailbox] = (
      await responsabile.get<{ items: { address: string; version: string }[] }>(
        '/registers/mailboxes?text=protocollo@pec.valle',
      )
    ).items;
    for (const [register, entry] of [
      ['conventions', 'C-0'],
      ['mailboxes', mailbox!.address],
      ['staff', 'V-0203'],
    ] as const)
      expect(
        await responsabile.call('POST', `/registers/${register}/c_valle/withdraw`, {
          ...{ entry, reason: 'scritto per errore', seen: 'quella di prima' },
        }),
      ).toMatchObject({ status: 412, body: { code: 'register-changed' } });
    expect((await withdraw(responsabile, 'conventions', 'c_valle', 'C-0')).status).toBe(204);
    expect(await withdraw(responsabile, 'conventions', 'c_valle', 'C-0')).toMatchObject({ status: 404 });
    expect(
      (await withdraw(responsabile, 'mailboxes', 'c_valle', 'protocollo@pec.valle.example')).status,
    ).toBe(204);
  });

  it('writes nothing over what a colleague has corrected meanwhile before it was read; nothing typed is lost', async () => {
    const page = await at('personale');
    await open(page, 'staff');
    await page.getByRole('button', { name: 'Correggi: B-0103' }).click();
    const dialog = page.getByRole('dialog');
    await dialog.getByLabel('Assunto il').fill('2016-02-01');
    const csv =
      'matricola;ufficio;area;data di assunzione;data di cessazione\nB-0103;TEC;FUNZIONARI;2016-01-04;2026-12-31\n';
    await people.responsabile.post('/registers/staff/import', { csv, body: 'c_borgo', commit: true });
    await dialog.getByRole('button', { name: 'Registra' }).click();
    await dialog.getByText('Qualcun altro ha cambiato questa voce nel frattempo').waitFor();
    await dialog.getByText('Rita Responsabile').waitFor();
    await dialog.getByText('Ora nel registro: 31 dic 2026').waitFor();
    expect(await dialog.getByText('Ora nel registro').count()).toBe(1);
    expect(await dialog.getByLabel('Assunto il').inputValue()).toBe('2016-02-01');
    const found = await barriers(page, 'overtaken-1280');
    await shoot(page, 'register overtaken');
    const entryNow = async () => {
      const { items } = await people.personale.get<{ items: { employeeRef: string }[] }>(
        '/registers/staff/c_borgo',
      );
      return items.find(({ employeeRef }) => employeeRef === 'B-0103');
    };
    expect(await entryNow()).toMatchObject({ hiredOn: '2016-01-04', leftOn: '2026-12-31' });
    await dialog.getByLabel('Ultimo giorno di servizio').fill('2026-12-31');
    await dialog.getByRole('button', { name: 'Registra' }).click();
    await page.getByText('Voce corretta.').waitFor();
    expect(await entryNow()).toMatchObject({ hiredOn: '2016-02-01', leftOn: '2026-12-31' });

    // What is there already is not added once more.
    await page.getByRole('button', { name: 'Aggiungi' }).click();
    await dialog.getByLabel('Matricola').fill('B-0103');
    await dialog.getByLabel('Ufficio', { exact: true }).selectOption('TEC');
    await dialog.getByLabel('Area').selectOption('ISTRUTTORI');
    await dialog.getByLabel('Assunto il').fill('2026-02-02');
    await dialog.getByRole('button', { name: 'Registra' }).click();
    await dialog.getByText('Nel registro c’è già una voce con questo nome').waitFor();
    expect(found).toEqual([]);
    await page.context().close();
  });

  it('lets nobody decide what colleagues see over what somebody else has just decided', async () => {
    const page = await at('responsabile');
    await page.goto(`${system.url}/registers?section=sharing&body=c_valle`);
    await page.getByText('Procedimenti disciplinari', { exact: true }).click();
    const url = '/bodies/c_valle/sharing';
    const before = await people.responsabile.get<{ services: string[]; version: string }>(url);
    const services = ['training'];
    await people.responsabile.call('PUT', url, { services, reason: 'Prima', seen: before.version });
    const late = { services: ['selection'], reason: 'Dopo', seen: before.version };
    expect(await people.responsabile.call('PUT', url, late)).toMatchObject({
      ...{ status: 412, body: { code: 'register-changed', lastChange: { by: 'Rita Responsabile' } } },
    });
    await page.getByRole('button', { name: 'Salva la scelta' }).click();
    const dialog = page.getByRole('dialog');
    await dialog.getByRole('textbox').fill('Deliberazione n. 13');
    await dialog.getByRole('button', { name: 'Salva la scelta' }).click();
    await dialog.getByText('Ora i colleghi vedono: Formazione.').waitFor();
    expect(await dialog.getByRole('textbox').inputValue()).toBe('Deliberazione n. 13');
    await dialog.getByRole('button', { name: 'Salva la scelta' }).click();
    await page.getByText('La scelta è salvata').waitFor();
    const now = await people.responsabile.get<{ services: string[]; reason: string }>(url);
    expect([now.reason, now.services.includes('discipline')]).toEqual(['Deliberazione n. 13', true]);
    await page.context().close();
  });

  it('met no fault', () => {
    expect(faults).toEqual([]);
  });
});
