import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import ICAL from 'ical.js';
import type { Browser, Page } from 'playwright-core';
import { barriersOf, openBrowser, signIn } from '../support/browser.ts';
import { createTestDatabase } from '../support/database.ts';
import type { TestDatabase } from '../support/database.ts';
import { DisciplinaryCase, signInAll } from '../support/disciplinary.ts';
import type { Cast } from '../support/disciplinary.ts';
import { mailServer } from '../support/mail-server.ts';
import type { Letter, MailServer } from '../support/mail-server.ts';
import { freePort } from '../support/servers.mjs';
import { System, eventually } from '../support/system.ts';

// Mail and calendars, from the log to the outside: a real server takes the letters, another parser reads the feed.
describe('notices leave the house', () => {
  let database: TestDatabase;
  let mail: MailServer;
  let system: System;
  let cast: Cast;
  let browser: Browser;
  let file: DisciplinaryCase;
  const publicUrl = 'https://iter.provincia.example';
  /** Words that must never leave: people, what was typed, variables. */
  const secrets = ['M-0042', 'Assenza', 'Olga', 'Ugo', 'Rita', 'matricola', '1234/2026'];

  beforeAll(async () => {
    database = await createTestDatabase();
    mail = await mailServer();
    system = await System.start({
      databaseUrl: database.url,
      port: await freePort(),
      env: { SMTP_URL: mail.url, MAIL_FROM: 'Iter <iter@provincia.example>', PUBLIC_URL: publicUrl },
    });
    cast = await signInAll(system);
    browser = await openBrowser();
    await cast.gestore.post('/operations/clock', { to: '2032-02-27T09:00:00+01:00' });
    file = await DisciplinaryCase.report(cast, '2032-02-27', 'PD-2032-077');
  });
  afterAll(async () => {
    await browser?.close();
    await system?.stop();
    await mail?.close();
    await database?.drop();
  });

  const faults: string[] = [];
  const signedIn = (name: string, width: number): Promise<Page> =>
    signIn(browser, { url: system.url, name, viewport: { width, height: 900 }, faults });
  const subjectOf = ({ headers }: Letter): string =>
    headers.find((line) => line.startsWith('Subject: '))!.slice(9);

  it('lets people say where and how, and try it, by keyboard as well', async () => {
    const page = await signedIn('operatore', 1280);
    await page.getByRole('button', { name: /Account di/ }).click();
    await page.getByRole('link', { name: 'Preferenze' }).click();
    await page.getByRole('heading', { level: 1, name: 'Preferenze' }).waitFor();
    await page.getByText('Non hai indicato un indirizzo').waitFor();
    const address = page.getByLabel('Indirizzo di posta elettronica');
    await address.fill('non un indirizzo');
    await address.press('Enter');
    await page.getByText(/Non è un indirizzo di posta valido/).waitFor();
    expect(await address.getAttribute('aria-invalid')).toBe('true');
    await address.fill('olga@provincia.example');
    await page.getByText('Una volta al giorno', { exact: true }).click();
    await page.getByRole('button', { name: 'Salva' }).click();
    await page.getByText('Salvato').waitFor();
    await page.getByRole('button', { name: 'Invia un messaggio di prova' }).click();
    await page.getByText(/ha accettato il messaggio/).waitFor();
    expect(mail.letters.map(({ to }) => to[0])).toEqual(['olga@provincia.example']);
    expect(mail.letters[0]!.text).toContain(`${publicUrl}/preferences`);
    expect(await barriersOf(page)).toEqual([]);
    await page.context().close();
  }, 120_000);

  it('tells those whom the ladder calls, by code and link only, once, also over a crash', async () => {
    const upd = await cast.upd.call('PUT', '/session/preferences', {
      email: 'ugo@provincia.example',
      delivery: 'off',
    });
    expect(upd.status).toBe(200);
    await cast.responsabile.call('PUT', '/session/preferences', {
      email: 'rita@provincia.example',
      delivery: 'immediate',
    });
    const before = mail.letters.length;
    const told = (who: string): Letter[] =>
      mail.letters.slice(before).filter(({ to }) => to[0]!.startsWith(who));
    await cast.gestore.post('/operations/clock', { to: '2032-03-24T08:00:00+01:00' });
    const letter = await eventually('the letter to the head of the service', async () => told('rita')[0]);
    await eventually('the letter to the desk', async () => told('olga')[0]);
    expect(subjectOf(letter)).toMatch(/^PD-2032-077, entro il /);
    expect(letter.text).toContain(`${publicUrl}/cases/${file.id}`);
    expect(letter.text).toContain('Comune di Borgo Sereno');
    expect(letter.headers).toContain('Auto-Submitted: auto-generated');
    for (const { headers, text } of mail.letters) {
      const all = `${headers.filter((line) => !/^(To|From):/.test(line)).join('\n')}\n${text}`;
      for (const secret of secrets) expect([secret, all.includes(secret)]).toEqual([secret, false]);
      const links = text.match(/https?:\/\/[^\s"<>]+/g) ?? [];
      expect(links.filter((link) => !link.startsWith(`${publicUrl}/`))).toEqual([]);
      expect(links.length).toBeGreaterThan(0);
    }
    // A letter that the server has and the house has not written down yet may come twice: that is no fault.
    const allSent = () =>
      eventually('the figures', async () => {
        const state = await cast.gestore.get<{ sent: number; waiting: number }>('/operations/mail');
        return state.waiting === 0 && state.sent > 0;
      });
    await allSent();
    const count = mail.letters.length;
    await system.kill();
    await system.restart();
    cast = await signInAll(system);
    await cast.gestore.post('/operations/views/reactions/rebuild');
    await cast.gestore.post('/operations/views/views/rebuild');
    await allSent();
    await new Promise((resolve) => setTimeout(resolve, 12_000));
    expect(mail.letters).toHaveLength(count);
  }, 180_000);

  it('shows the operator what no server takes, without the address, and tries it again', async () => {
    mail.behave({ onRcptTo: 550 });
    await cast.gestore.post('/operations/clock', { to: '2032-03-30T08:00:00+02:00' });
    interface Failed {
      readonly items: readonly { readonly id: string; readonly kind: string; readonly reason: string }[];
    }
    const failed = await eventually('the refusal', async () => {
      const { items } = await cast.gestore.get<Failed>('/operations/jobs');
      return items.find(({ kind }) => kind === 'mail');
    });
    expect(failed.reason).toBe('SMTP 550 5.1.1');
    const page = await signedIn('gestore', 1280);
    await page.goto(`${system.url}/operations`);
    await page.getByText('Posta agli operatori').first().waitFor();
    await page.getByText('SMTP 550 5.1.1').first().waitFor();
    expect(await page.locator('body').innerText()).not.toContain('@');
    expect(await barriersOf(page)).toEqual([]);
    await page.context().close();
    mail.behave({ onRcptTo: undefined });
    const before = mail.letters.length;
    await cast.gestore.post(`/operations/jobs/${encodeURIComponent(failed.id)}/retry`);
    await eventually('the letter', async () => mail.letters.length > before);
  });

  it('gives calendars an address that is shown once, and dead once it is revoked', async () => {
    const page = await signedIn('operatore', 390);
    await page.goto(`${system.url}/preferences`);
    await page
      .getByLabel('Scadenze di')
      .selectOption({ label: 'Tutte quelle che vedo: Comune di Borgo Sereno' });
    await page.getByRole('button', { name: 'Crea l’indirizzo' }).click();
    const address = await page.getByLabel('Indirizzo del calendario').inputValue();
    expect(address).toMatch(new RegExp(`^${publicUrl}/api/v1/calendar/feeds/[\\w-]{43}\\.ics$`));
    expect(await barriersOf(page)).toEqual([]);
    const here = address.replace(publicUrl, system.url);
    const feed = await fetch(here);
    expect(feed.headers.get('content-type')).toBe('text/calendar; charset=utf-8');
    const text = await feed.text();
    const events = new ICAL.Component(ICAL.parse(text) as never)
      .getAllSubcomponents('vevent')
      .map((event) => new ICAL.Event(event));
    const due = await file.deadline(cast.operatore, 'DL_CONTESTATION');
    expect(events.map(({ startDate }) => startDate.toString())).toEqual(
      expect.arrayContaining([due.safeActionDate, due.legalDueDate]),
    );
    expect(events.every(({ summary }) => summary.startsWith('PD-2032-077: '))).toBe(true);
    for (const secret of secrets) expect([secret, text.includes(secret)]).toEqual([secret, false]);
    const tag = feed.headers.get('etag')!;
    expect((await fetch(here, { headers: { 'if-none-match': tag } })).status).toBe(304);

    await page.reload();
    await page.getByRole('button', { name: /^Revoca/ }).waitFor();
    expect(await page.getByLabel('Indirizzo del calendario').count()).toBe(0);
    await page.getByRole('button', { name: /^Revoca/ }).click();
    await page.getByRole('dialog').getByRole('button', { name: 'Revoca' }).click();
    await page.getByText('Nessun calendario').waitFor();
    expect((await fetch(here)).status).toBe(404);
    expect(system.output).not.toContain(address.split('/').at(-1)!.slice(0, 43));
    await page.context().close();
  });

  it('without an error of ours', () => {
    expect(faults).toEqual([]);
  });
});
