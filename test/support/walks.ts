import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { Browser, Page } from 'playwright-core';
import { barriersOf, openBrowser, signIn } from './browser.ts';
import { createTestDatabase } from './database.ts';
import type { TestDatabase } from './database.ts';
import { DisciplinaryCase, signInAll } from './disciplinary.ts';
import { System } from './system.ts';

type Walk = Readonly<Record<string, readonly string[]>>;

/** Who walks where. Each group is a file of its own (`pages-….e2e.spec.ts`), so that several are walked at once. */
export const walks = {
  work: {
    operatore: [
      ...['/', '/tasks', '/tasks/{task}', '/cases', '/cases/new', '/cases/{case}', '/cases/{case}/incoming'],
      ...['/certified-mail', '/nowhere'],
    ],
  },
  law: {
    operatore: [
      ...['/deadlines', '/deadlines?view=month', '/deadlines?view=week', '/printed-registers'],
      ...[
        '/printed-registers?kind=acts',
        '/printed-registers?kind=hearings&state=all',
        '/terms',
        '/calendars',
      ],
      ...['/printed-registers?kind=pipeline', '/printed-registers?kind=rankings'],
      '/terms/calculator?term=disciplinary.contestation&from=2032-02-27&suspended=2032-03-01~2032-03-10',
    ],
  },
  rest: {
    operatore: [
      ...['/escalations', '/substitutions', '/incidents', '/preferences', '/statistics', '/training'],
      ...['/library', '/registers'],
    ],
  },
  others: {
    gestore: [
      ...['/operations', '/operations/find?text=PD-PAGINE', '/operations/definitions'],
      ...['/operations/accounts', '/operations/checks', '/operations/webhooks'],
    ],
    auditor: [
      ...['/audit', '/audit?view=findings', '/audit?view=accesses', '/audit?view=checkpoints'],
      '/cases/{case}/replay',
    ],
    programma: ['/programme'],
    nobody: ['/accessibility', '/survey', '/'],
  },
} satisfies Readonly<Record<string, Walk>>;

/** How far the page scrolls sideways. */
const withTextTwice = `(() => {
  document.documentElement.style.fontSize = '200%';
  const over = document.documentElement.scrollWidth - innerWidth;
  document.documentElement.style.fontSize = '';
  return over;
})()`;

/** Labels of filters that share a row with another one and not its height. */
const askew = `[...document.querySelectorAll('.desk-filters')].flatMap((row) => {
  const fields = [...row.querySelectorAll('select, input')].map((field) => ({ field, at: field.getBoundingClientRect() }));
  return fields
    .filter(({ at }) => fields.some((one) => one.at.top < at.bottom && at.top < one.at.bottom && Math.abs(one.at.bottom - at.bottom) > 2))
    .map(({ field }) => field.labels?.[0]?.textContent ?? field.id);
})`;

const sizes = [
  { width: 320, height: 800 },
  { width: 1280, height: 900 },
];

/** Pages at both widths: no barrier, no motion where none is wanted, no request to anybody else, nothing that the policy forbids. */
export function walkPages(group: keyof typeof walks): void {
  const walk: Walk = walks[group];

  describe(`the pages of the desk: ${group}`, () => {
    let database: TestDatabase;
    let system: System;
    let browser: Browser;
    const faults: string[] = [];
    const strangers: string[] = [];
    const forbidden: string[] = [];
    const address: Record<string, string> = {};

    beforeAll(async () => {
      database = await createTestDatabase();
      const env = { ITER_ACCESSIBILITY_FEEDBACK_EMAIL: 'accessibilita@provincia.example' };
      system = await System.start({ databaseUrl: database.url, env });
      const cast = await signInAll(system);
      await cast.gestore.post('/operations/clock', { to: '2032-02-27T09:00:00+01:00' });
      const file = await DisciplinaryCase.report(cast, '2032-02-27', 'PD-PAGINE');
      address['case'] = file.id;
      // A form that its reader can fill in.
      await file.complete(cast.upd, 't_classify', { route: 'ORDINARY', maxSanction: 'SUSPENSION_1_10D' });
      address['task'] = (await file.task(cast.operatore, 't_preliminaryNote')).id;
      browser = await openBrowser();
    }, 120_000);
    afterAll(async () => {
      await browser?.close();
      await system?.stop();
      await database?.drop();
    });

    const watch = (page: Page): void => {
      page.on('request', (request) => {
        const { protocol, origin } = new URL(request.url());
        if (protocol.startsWith('http') && origin !== system.url) strangers.push(request.url());
      });
      page.on('response', (response) => {
        if (response.status() >= 500) faults.push(`${response.status()} ${response.url()}`);
      });
      page.on('pageerror', (error) => faults.push(error.message));
      page.on('console', (message) => {
        if (message.text().includes('Content Security Policy')) forbidden.push(message.text().slice(0, 200));
      });
    };
    const opened = async (name: string, viewport: { width: number; height: number }): Promise<Page> => {
      if (name !== 'nobody')
        return signIn(browser, { url: system.url, name, viewport, faults, prepare: watch });
      const page = await (await browser.newContext({ viewport, locale: 'it-IT' })).newPage();
      watch(page);
      return page;
    };

    it.each(
      sizes.flatMap((size) =>
        Object.entries(walk).map(([name, paths]) => [size.width, name, paths, size] as const),
      ),
    )(
      'have no barrier at %d px: %s',
      async (width, name, paths, size) => {
        const page = await opened(name, size);
        await page.emulateMedia({ reducedMotion: 'reduce' });
        const found: string[] = [];
        for (const path of paths) {
          await page.goto(system.url + path.replace(/\{(\w+)\}/, (_, what: string) => address[what]!));
          await page.getByRole('heading', { level: 1 }).first().waitFor();
          found.push(...(await barriersOf(page, `${name} ${width} ${path}`)));
          for (const label of (await page.evaluate(askew)) as string[])
            found.push(`${name} ${width} ${path}: the filter ${label} stands askew`);
          // Text alone at twice its size (WCAG 1.4.4); narrow screens have it by their browser's zoom.
          if (width > 1000) {
            const over = (await page.evaluate(withTextTwice)) as number;
            if (over > 0)
              found.push(`${name} ${path}: ${over} px beyond the screen when text is twice as large`);
          }
          const moving = (await page.evaluate('document.getAnimations().length')) as number;
          if (moving > 0)
            found.push(`${name} ${path}: ${moving} animations although motion is to be reduced`);
        }
        await page.context().close();
        expect(found).toEqual([]);
      },
      300_000,
    );

    it('ask no address but their own, break no rule of the policy, and meet no fault', () => {
      expect({ strangers, forbidden, faults }).toEqual({ strangers: [], forbidden: [], faults: [] });
    });
  });
}
