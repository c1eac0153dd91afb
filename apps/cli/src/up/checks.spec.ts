import { expect, it } from '@jest/globals';
import { createChecks } from './checks.ts';

const settings = [
  { name: 'fsync', setting: 'off' },
  { name: 'server_version_num', setting: '170000' },
];

const webhooks = async () => ({ count: 2, failing: ['Protocollo'] });
/** The checks of a house whose database is at this address. */
const alarmed = new Map([['views', 'rebuild-falling-behind']]);
const checksAt = (databaseUrl: string, query: (sql: string) => Promise<{ rows: unknown[] }>) =>
  createChecks({
    house: {
      config: { databaseUrl, publicUrl: 'http://localhost', mail: null, accessibility: {} },
      pool: { query },
      clock: { skewMs: 0 },
      troubles: [],
      setAside: [{ it: 'c_borgo: registro', en: 'c_borgo: register' }],
    },
    ...{ version: '1', queueBackend: 'postgres', reactionsAreHere: false, alarmed, webhooks },
  } as unknown as Parameters<typeof createChecks>[0]);

it('says which settings of the database are unsafe, and nothing of other errors', async () => {
  const unsafe = checksAt('postgres://iter:geheim@db:5432/iter', async (sql) => ({
    rows: sql.startsWith('show') ? [{ server_version: '17.0' }] : settings,
  }));
  const lost = checksAt('postgres://iter:geheim@db:5432/iter', async () => {
    throw new Error('password authentication failed for user "iter"');
  });
  const database = { name: 'database', state: 'error' };
  expect(await unsafe()).toContainEqual({
    ...database,
    value: expect.stringMatching(/^db:5432: .*fsync off/),
  });
  expect(await lost()).toContainEqual({ ...database, value: 'db:5432' });
});

it('names the followers that do not catch up', async () => {
  const checks = await checksAt('postgres://db/iter', async () => ({ rows: [] }))();
  expect(checks).toContainEqual({
    ...{ name: 'followers', state: 'error', value: 'views: rebuild-falling-behind' },
  });
});

it('names what cannot be read, which keeps the others from nothing', async () => {
  const checks = await checksAt('postgres://db/iter', async () => ({ rows: [] }))();
  expect(checks).toContainEqual({
    ...{ name: 'troubles', state: 'error' },
    value: { it: 'c_borgo: registro', en: 'c_borgo: register' },
  });
});

it('names the webhooks whose messages are given up', async () => {
  const checks = await checksAt('postgres://db/iter', async () => ({ rows: [] }))();
  expect(checks).toContainEqual({ name: 'webhooks', state: 'warning', value: 'Protocollo' });
});

it('answers the others when an address cannot be read', async () => {
  const checks = await checksAt('host=/run iter', async () => ({ rows: [{ server_version: '17.0' }] }))();
  expect(checks.find(({ name }) => name === 'database')?.value).toMatch(/\(\?\)/);
  expect(checks.find(({ name }) => name === 'version')).toMatchObject({ state: 'ok', value: '1' });
});
