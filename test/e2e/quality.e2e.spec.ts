import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { Browser } from 'playwright-core';
import { accessibilityEn } from '../../apps/desk/src/i18n/accessibility-en.ts';
import { accessibilityIt } from '../../apps/desk/src/i18n/accessibility-it.ts';
import { openBrowser, signIn } from '../support/browser.ts';
import { createTestDatabase } from '../support/database.ts';
import type { TestDatabase } from '../support/database.ts';
import { System } from '../support/system.ts';
import { walks } from '../support/walks.ts';

// What holds of all pages of the desk: they are walked (walks.ts), under one policy, and none is heavy.

const dist = join(import.meta.dirname, '..', '..', 'apps', 'desk', 'dist');

/**
 * Of parameters, and what is walked elsewhere: one package (library.e2e.spec.ts), those who come to one thing
 * (entrance.e2e.spec.ts), a Comune's people in a course (training.e2e.spec.ts).
 */
const elsewhere = new Set([
  ...['library/:key', 'entrance', 'entrance/:id', 'part/:who', 'operations/webhooks/:id', '*'],
  'training/editions/:id/:comune',
]);

describe('every page of the desk', () => {
  let database: TestDatabase;
  let system: System;
  let browser: Browser;

  beforeAll(async () => {
    database = await createTestDatabase();
    const env = { ITER_ACCESSIBILITY_FEEDBACK_EMAIL: 'accessibilita@provincia.example' };
    system = await System.start({ databaseUrl: database.url, env });
    browser = await openBrowser();
  }, 60_000);
  afterAll(async () => {
    await browser?.close();
    await system?.stop();
    await database?.drop();
  });

  it('is in the walk', () => {
    const router = readFileSync(join(dist, '..', 'src', 'app.tsx'), 'utf8');
    const known = [...router.matchAll(/path: '([^']+)'/g)].map(([, path]) => path!);
    const walked = new Set(
      Object.values<Readonly<Record<string, readonly string[]>>>(walks)
        .flatMap((walk) => Object.values(walk).flat())
        .map((path) =>
          path
            .slice(1)
            .split('?', 1)[0]!
            .replace('tasks/{task}', 'tasks/:id')
            .replace('cases/{case}', 'cases/:id'),
        ),
    );
    expect(known.filter((path) => path !== '/' && !elsewhere.has(path) && !walked.has(path))).toEqual([]);
  });

  it('is served under a policy without an exception for scripts, and compressed', async () => {
    const answer = await fetch(system.url);
    const policy = Object.fromEntries(
      (answer.headers.get('content-security-policy') ?? '').split(';').map((part) => {
        const [name, ...sources] = part.trim().split(' ');
        return [name!, sources.join(' ')] as const;
      }),
    );
    expect(policy['default-src']).toBe("'self'");
    expect(policy['script-src'] ?? "'self'").toBe("'self'");
    const [script] = /\/assets\/index-[\w-]+\.js/.exec(await answer.text())!;
    const compressed = await fetch(system.url + script, { headers: { 'accept-encoding': 'gzip' } });
    expect(compressed.headers.get('content-encoding')).toBe('gzip');
    expect(compressed.headers.get('content-type')).toMatch(/javascript/);
  });

  it('works on when the state of the service cannot be asked', async () => {
    const faults: string[] = [];
    const page = await signIn(browser, {
      ...{ url: system.url, name: 'operatore', faults },
      prepare: (it) => void it.route(/\/status$/, (route) => route.fulfill({ status: 503, body: '' })),
    });
    await page.getByRole('heading', { level: 1, name: 'Attività' }).waitFor();
    await page.goto(`${system.url}/accessibility`);
    await page.getByRole('heading', { level: 1, name: accessibilityIt.accessibility.title }).waitFor();
    expect(faults.filter((fault) => !fault.endsWith('/status'))).toEqual([]);
    expect(faults.length).toBeGreaterThan(0);
    await page.context().close();
  });

  it('leads to the case of a task only whom the case opens to', async () => {
    const desk = await system.signIn('operatore');
    const { now } = (await (await fetch(`${system.url}/status`)).json()) as { now: string };
    const asked = { requestText: 'Permessi', service: 'OTHER', urgency: 'NORMAL' };
    const variables = { ...asked, receivedAt: now.slice(0, 10) };
    const { id } = await desk.post<{ id: string }>('/cases', {
      ...{ process: 'desk-request', comune: 'c_borgo', variables },
    });
    const open = async (seesCase: boolean) => {
      const page = await signIn(browser, {
        ...{ url: system.url, name: 'operatore', faults: [] },
        prepare: (it) =>
          void it.route(/\/api\/v1\/tasks\?/, async (route) => {
            const answer = await route.fetch();
            const { items, ...rest } = (await answer.json()) as { items: object[] };
            const told = items.map((item) => ({ ...item, seesCase }));
            await route.fulfill({ response: answer, json: { ...rest, items: told } });
          }),
      });
      await page.locator('[data-task]').first().waitFor();
      const ways = await page.locator(`main a[href="/cases/${id}"]`).count();
      await page.context().close();
      return ways;
    };
    expect([await open(true), await open(false)]).toEqual([1, 0]);
  });

  it('leads to the statement, which says in both languages what the drawing cannot do and what replaces it', async () => {
    const page = await (await browser.newContext({ locale: 'it-IT' })).newPage();
    await page.goto(system.url);
    await page.getByRole('contentinfo').getByRole('link', { name: 'Accessibilità', exact: true }).click();
    await page.getByRole('heading', { level: 1, name: accessibilityIt.accessibility.title }).waitFor();
    const told = async () => {
      const [gaps, instead] = await Promise.all(
        ['dt', 'dd'].map((tag) => page.locator(`.desk-words ${tag}`).allInnerTexts()),
      );
      return gaps!.map((gap, at) => ({ gap, instead: instead![at] }));
    };
    expect(accessibilityIt.accessibility.gaps.length).toBeGreaterThan(3);
    await expect(told()).resolves.toEqual(accessibilityIt.accessibility.gaps);
    await page.getByRole('link', { name: 'accessibilita@provincia.example' }).waitFor();
    await page.getByRole('button', { name: 'English' }).click();
    await page.getByText(accessibilityEn.accessibility.diagramText).waitFor();
    await expect(told()).resolves.toEqual(accessibilityEn.accessibility.gaps);
    expect(await page.getAttribute('html', 'lang')).toBe('en');
    await page.context().close();
  });

  it('needs less than 350 kB of compressed script before a diagram is drawn', () => {
    const names = readdirSync(join(dist, 'assets')).filter((name) => name.endsWith('.js'));
    const text = new Map(names.map((name) => [name, readFileSync(join(dist, 'assets', name), 'utf8')]));
    const sizeOf = new Map(names.map((name) => [name, gzipSync(text.get(name)!, { level: 9 }).length]));
    /** What a script cannot begin without; what it asks for later is not in it. */
    const closure = (name: string, seen = new Set<string>()): Set<string> => {
      if (seen.has(name) || !text.has(name)) return seen;
      seen.add(name);
      const imports = text.get(name)!.matchAll(/(?:from|import)\s*["']\.\/([\w.-]+\.js)["']/g);
      for (const [, next] of imports) closure(next!, seen);
      return seen;
    };
    const first = readFileSync(join(dist, 'index.html'), 'utf8').matchAll(/assets\/([\w.-]+\.js)/g);
    // The texts come by themselves, in one language, and nothing is drawn before them.
    const texts = names.filter((name) => /^it-[\w-]+\.js$/.test(name));
    expect(texts).toHaveLength(1);
    const shell = [...texts, ...[...first].map(([, name]) => name!)];
    const bytesOf = (page: string): number => {
      const all = new Set([...shell, page].flatMap((name) => [...closure(name)]));
      return [...all].reduce((sum, name) => sum + sizeOf.get(name)!, 0);
    };
    const pages = names.filter((name) => !name.startsWith('diagram-'));
    const heavy = pages.map((name) => [name, bytesOf(name)] as const).filter(([, bytes]) => bytes >= 350_000);
    expect(heavy).toEqual([]);
    expect(bytesOf(names.find((name) => name.startsWith('inbox-'))!)).toBeLessThan(260_000);
  });
});
