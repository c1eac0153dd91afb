import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { certified } from '../../../../test/support/certificate.ts';
import { EsdbDouble } from '../../../../test/support/esdb/index.ts';
import { appendOf } from '../contract/events.ts';
import { logsOn } from './testing.ts';

const folder = mkdtempSync(join(tmpdir(), 'iter-test-'));
const file = join(folder, 'ca.crt');
let double: EsdbDouble;

beforeAll(async () => {
  const { ca, ...pair } = certified();
  writeFileSync(file, ca);
  double = await EsdbDouble.start({ secured: { ...pair, user: 'iter', password: 'geheim' } });
});
afterAll(() => {
  double.stop();
  rmSync(folder, { recursive: true });
});

const address = (who: string, query: string): string => `esdb://${who}127.0.0.1:${double.port}?${query}`;

/** Who is refused is not waited for. */
const soon = { quietMs: 2_000 };

/** What opening says; null: it went well, and the log takes appends. */
async function refusal(url: string, options?: { readonly quietMs: number }): Promise<string | null> {
  const server = logsOn(url);
  try {
    const log = await server.open(options);
    await log.append(appendOf('case-1', null, 'a'));
    for await (const page of log.follow()) if (page.events.length > 0) break;
    return null;
  } catch (error) {
    return String(error);
  } finally {
    await server.close();
  }
}

describe('a server that speaks TLS and asks for a password', () => {
  it('is written to, read and followed by who knows it', async () => {
    expect(await refusal(address('iter:geheim@', `tlsCAFile=${file}`))).toBeNull();
  });

  it.each(['iter:falsch@', ''])('is refused by it: %s', async (who) => {
    const said = await refusal(address(who, `tlsCAFile=${file}`), soon);
    expect(said).toMatch(/denied|unauthenticated/i);
    expect(said).not.toContain('falsch');
  });

  it('is not told the password when nobody vouches for it', async () => {
    double.requests.length = 0;
    expect(await refusal(address('iter:geheim@', ''), soon)).not.toBeNull();
    expect(double.requests).toEqual([]);
  });
});
