import { afterAll, describe, expect, it } from '@jest/globals';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { rmSync } from 'node:fs';
import { join } from 'node:path';
import pg from 'pg';
import { startEmbeddedPostgres, temporaryHome } from './index.ts';

const home = temporaryHome('iter-pg');
afterAll(() => rmSync(home, { recursive: true, force: true }));

async function ask<T>(url: string, sql: string): Promise<T[]> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  try {
    return (await client.query(sql)).rows as T[];
  } finally {
    await client.end();
  }
}

describe('the embedded PostgreSQL', () => {
  it('keeps its data, is durable, and is adopted after the process that started it was killed', async () => {
    const first = await startEmbeddedPostgres({ home });
    await ask(first.url, 'create table kept (n int)');
    const settings = await ask<{ name: string; setting: string }>(
      first.url,
      `select name, setting from pg_settings
       where name in ('fsync', 'synchronous_commit', 'full_page_writes', 'data_checksums', 'listen_addresses')`,
    );
    expect(Object.fromEntries(settings.map(({ name, setting }) => [name, setting]))).toEqual({
      fsync: 'on',
      synchronous_commit: 'on',
      full_page_writes: 'on',
      data_checksums: 'on',
      listen_addresses: '127.0.0.1',
    });
    await first.stop();

    const program = `
      import { startEmbeddedPostgres } from '${join(import.meta.dirname, '../../dist/embedded-postgres/index.js')}';
      const { url } = await startEmbeddedPostgres({ home: '${home}' });
      console.log(url);
      setInterval(() => undefined, 1000);`;
    const { NODE_OPTIONS: _, ...env } = process.env;
    const child = spawn(process.execPath, ['--input-type=module', '-e', program], { env });
    const [url] = (await once(child.stdout.setEncoding('utf8'), 'data')) as [string];
    expect(await ask(url.trim(), 'select n from kept')).toEqual([]);

    const guest = await startEmbeddedPostgres({ home });
    expect(guest.isOurs).toBe(false);
    await guest.stop();
    expect(await ask(url.trim(), 'select 1 as one')).toEqual([{ one: 1 }]);

    child.kill('SIGKILL');
    await once(child, 'exit');
    const heir = await startEmbeddedPostgres({ home });
    expect(heir).toMatchObject({ isOurs: true, url: url.trim() });
    await heir.stop();
    await expect(ask(heir.url, 'select 1')).rejects.toThrow();
  });
});
