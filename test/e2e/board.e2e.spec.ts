import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { Browser } from 'playwright-core';
import { openBrowser, signIn } from '../support/browser.ts';
import { createTestDatabase } from '../support/database.ts';
import type { TestDatabase } from '../support/database.ts';
import { System } from '../support/system.ts';
import type { Person } from '../support/system.ts';

const redisUrl = process.env['ITER_TEST_REDIS_URL'];

describe.each([
  ['postgres', undefined],
  ['redis', redisUrl],
] as const)('the second look at the queues, on %s', (backend, redis) => {
  let database: TestDatabase;
  let system: System;
  let browser: Browser;
  let gestore: Person;

  beforeAll(async () => {
    if (backend === 'redis' && !redis) throw new Error('There is no test Redis: run with `npm test`.');
    database = await createTestDatabase();
    system = await System.start({ databaseUrl: database.url, ...(redis && { redisUrl: redis }) });
    gestore = await system.signIn('gestore');
    browser = await openBrowser();
  }, 60_000);
  afterAll(async () => {
    await browser?.close();
    await system?.stop();
    await database?.drop();
  });

  it('is taken by the operator alone', async () => {
    for (const path of ['/bull-board', '/bull-board/api/queues', '/bull-board/static/favicon.ico']) {
      expect((await fetch(system.url + path, { redirect: 'manual' })).status).toBe(401);
    }
    for (const name of ['operatore', 'responsabile', 'auditor', 'dpo']) {
      const person = await system.signIn(name);
      const asked = ['/bull-board/', '/bull-board/api/queues'].map(async (path) => {
        const { status } = await fetch(system.url + path, {
          headers: { authorization: `Bearer ${person.token}` },
        });
        return [name, status];
      });
      expect(await Promise.all(asked)).toEqual([
        [name, 403],
        [name, 403],
      ]);
    }
  });

  it('changes nothing: what would is not there', async () => {
    const ask = (method: string, path: string) =>
      fetch(`${system.url}/bull-board/api/${path}`, {
        method,
        headers: { authorization: `Bearer ${gestore.token}` },
      });
    const { queues } = (await (await ask('GET', 'queues')).json()) as {
      queues: { name: string; readOnlyMode: boolean }[];
    };
    expect(queues.map(({ name, readOnlyMode }) => [name, readOnlyMode])).toEqual([
      ['bells', true],
      ['service-tasks', true],
    ]);
    for (const [method, path] of [
      ['PUT', 'queues/bells/pause'],
      ['PUT', 'queues/bells/empty'],
      ['PUT', 'queues/bells/obliterate'],
      ['POST', 'queues/bells/add'],
    ] as const) {
      expect([404, 405]).toContain((await ask(method, path)).status);
    }
    expect((await ask('GET', '../../etc/passwd')).status).toBe(404);
  });

  it('is shown under the house’s own policy, and asks no address but its own', async () => {
    const faults: string[] = [];
    const strangers: string[] = [];
    const page = await signIn(browser, {
      ...{ url: system.url, name: 'gestore', faults },
      prepare(it) {
        it.on('request', (request) => {
          const { protocol, origin } = new URL(request.url());
          if (protocol.startsWith('http') && origin !== system.url) strangers.push(request.url());
        });
        it.on('console', (message) => {
          if (message.text().includes('Content Security Policy')) faults.push(message.text());
        });
      },
    });
    await page.goto(`${system.url}/bull-board/queue/bells`);
    await page
      .getByRole('link', { name: /service-tasks/ })
      .first()
      .waitFor();
    await page.reload();
    await page.getByRole('link', { name: /bells/ }).first().waitFor();
    expect({ faults, strangers }).toEqual({ faults: [], strangers: [] });
  });
});
