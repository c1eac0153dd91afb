import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { Browser, Page } from 'playwright-core';
import { barriersOf, openBrowser, signIn } from '../support/browser.ts';
import { createTestDatabase } from '../support/database.ts';
import type { TestDatabase } from '../support/database.ts';
import { DisciplinaryCase, signInAll } from '../support/disciplinary.ts';
import { System } from '../support/system.ts';

// Every page of the desk at both widths: no barrier, no request to anybody else, nothing that its own policy forbids.

const dist = join(import.meta.dirname, '..', '..', 'apps', 'desk', 'dist');

/** Who walks where; every address that the router knows is here, or is walked by a test of its own. */
const walks: Readonly<Record<string, readonly string[]>> = {
  operatore: [
    ...['/', '/tasks', '/tasks/{task}', '/cases', '/cases/new', '/cases/{case}', '/cases/{case}/incoming'],
    ...['/certified-mail', '/deadlines', '/escalations', '/substitutions', '/incidents', '/preferences'],
    ...['/statistics', '/training', '/library', '/terms', '/calendars', '/registers', '/nowhere'],
  ],
  gestore: [
    ...['/operations', '/operations/find?text=PD-PAGINE', '/operations/definitions'],
    ...['/operations/accounts', '/operations/checks'],
  ],
  auditor: ['/audit', '/cases/{case}/replay'],
  programma: ['/programme'],
  nobody: ['/accessibility', '/survey', '/'],
};

/** Of parameters, and what is walked elsewhere: one package (library.e2e.spec.ts), those who come to one thing (entrance.e2e.spec.ts). */
const elsewhere = new Set(['library/:key', 'entrance', 'entrance/:id', 'part/:who', '*']);

describe('every page of the desk', () => {
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

  it('is in the walk', () => {
    const router = readFileSync(join(dist, '..', 'src', 'app.tsx'), 'utf8');
    const known = [...router.matchAll(/path: '([^']+)'/g)].map(([, path]) => path!);
    const walked = new Set(
      Object.values(walks)
        .flat()
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

  it.each(
    [
      { width: 320, height: 800 },
      { width: 1280, height: 900 },
    ].flatMap((viewport) => Object.keys(walks).map((name) => [viewport.width, name, viewport] as const)),
  )(
    'at %d px has no barrier: %s',
    async (width, name, viewport) => {
      const page = await opened(name, viewport);
      await page.emulateMedia({ reducedMotion: 'reduce' });
      const found: string[] = [];
      for (const path of walks[name]!) {
        await page.goto(system.url + path.replace(/\{(\w+)\}/, (_, what: string) => address[what]!));
        await page.getByRole('heading', { level: 1 }).first().waitFor();
        found.push(...(await barriersOf(page, `${name} ${width} ${path}`)));
        const moving = (await page.evaluate('document.getAnimations().length')) as number;
        if (moving > 0) found.push(`${name} ${path}: ${moving} animations although motion is to be reduced`);
      }
      await page.context().close();
      expect(found).toEqual([]);
    },
    300_000,
  );

  it('asks no address but its own, breaks no rule of its own policy, and meets no fault', () => {
    expect({ strangers, forbidden, faults }).toEqual({ strangers: [], forbidden: [], faults: [] });
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
    const shell = [...first].map(([, name]) => name!);
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
