import { createHash } from 'node:crypto';
import { beforeAll, describe, expect, it } from '@jest/globals';
import { signer } from '../../../../test/support/signing.ts';
import type { Sign } from '../../../../test/support/signing.ts';
import { signatureOf } from './signature-of.ts';

const p7s = 'application/pkcs7-signature';
const letter = Buffer.from('Contestazione');
let sign: Sign;
beforeAll(async () => {
  sign = await signer();
});

/** A case in which files were filed one after the other, and what was found of each. */
async function filed(...files: readonly (readonly [name: string, content: Buffer])[]) {
  const beside: Parameters<typeof signatureOf>[2][number][] = [];
  const contents = new Map<string, Buffer>();
  for (const [name, content] of files) {
    const mediaType = name.endsWith('.p7s') ? p7s : 'text/plain';
    const sha256 = createHash('sha256').update(content).digest('hex');
    const open = (hash: string) => Promise.resolve(contents.get(hash) ?? null);
    const signature = await signatureOf({ name, mediaType, sha256 }, content, beside, open);
    contents.set(sha256, content);
    beside.push({ key: name, name, mediaType, sha256, ...(signature && { signature }) });
  }
  return beside.map(({ signature }) => signature ?? null);
}

describe('a signature in a file of its own', () => {
  const intact = { format: 'CAdES', state: 'intact', count: 1 };

  it('is checked with the document that it signs, by whatever names they go', async () => {
    const signature = await sign(letter, { detached: true });
    expect(
      await filed(['altro.txt', Buffer.from('Altro')], ['atto.txt', letter], ['firma.p7s', signature]),
    ).toEqual([null, null, { ...intact, apart: 'atto.txt' }]);
  });

  it('is known by its name where it digests in another way than the house', async () => {
    const signature = await sign(letter, { detached: true, digest: 'SHA-512' });
    expect(await filed(['atto.txt', letter], ['Atto.txt.P7S'.toLowerCase(), signature])).toEqual([
      null,
      { ...intact, apart: 'atto.txt' },
    ]);
  });

  it('lacks its document until that comes, which then says so', async () => {
    const signature = await sign(letter, { detached: true });
    expect(
      await filed(['firma.p7s', signature], ['altro.txt', Buffer.from('Altro')], ['atto.txt', letter]),
    ).toEqual([
      { format: 'CAdES', state: 'unverifiable', count: 1, apart: null },
      null,
      { ...intact, apart: 'firma.p7s' },
    ]);
  });

  it('waits with others: the one that signs the document goes before the one that has its name', async () => {
    const [right, former] = [
      await sign(letter, { detached: true }),
      await sign(Buffer.from('Prima stesura'), { detached: true }),
    ];
    const found = { ...intact, apart: 'firma.p7s' };
    expect(
      (await filed(['atto.txt.p7s', former], ['firma.p7s', right], ['atto.txt', letter])).at(-1),
    ).toEqual(found);
    expect(
      (await filed(['firma.p7s', right], ['atto.txt.p7s', former], ['atto.txt', letter])).at(-1),
    ).toEqual(found);
  });

  it('is opened for each document that comes, but only the newest of many', async () => {
    const lost = await sign(Buffer.from('Altro'), { detached: true });
    const waiting = Array.from({ length: 500 }, (_, i) => ({
      ...{ key: `${i}`, name: `${i}.p7s`, mediaType: p7s, sha256: `${i}` },
      signature: { format: 'CAdES', state: 'unverifiable', count: 1, apart: null } as const,
    }));
    let opened = 0;
    const open = async () => (opened++, lost);
    const file = { name: 'atto.txt', mediaType: 'text/plain', sha256: 'x' };
    expect(await signatureOf(file, letter, waiting, open)).toBeNull();
    expect(opened).toBe(20);
  });

  it('is of another document than the one beside it, by its name', async () => {
    const signature = await sign(Buffer.from('Prima stesura'), { detached: true });
    expect(await filed(['atto.txt', letter], ['atto.txt.p7s', signature])).toEqual([
      null,
      { ...intact, state: 'altered', apart: 'atto.txt' },
    ]);
  });

  it('that holds its document is like one in the document', async () => {
    expect(await filed(['atto.txt.p7s', await sign(letter)])).toEqual([intact]);
  });
});
