import { createHash } from 'node:crypto';
import { beforeAll, describe, expect, it } from '@jest/globals';
import { checkApart, checkSignatures, signatureApart } from './index.ts';
import { signer } from '../../../../test/support/signing.ts';
import type { Sign } from '../../../../test/support/signing.ts';
import { withoutLabour } from '../../../../test/support/labour.ts';

const p7m = 'application/pkcs7-mime';
const p7s = 'application/pkcs7-signature';
const pdf = 'application/pdf';

let sign: Sign;
beforeAll(async () => {
  sign = await signer();
});

/** A PDF whose signature covers all of it but the signature. */
async function signedPdf(
  change: (bytes: Buffer) => void = () => undefined,
  signatureOf = (content: Buffer) => sign(content, { detached: true }),
): Promise<Buffer> {
  const room = 8_192;
  const head = '%PDF-1.7\n1 0 obj\n<< /Type /Sig /ByteRange [0 AAAAAAAA BBBBBBBB CCCCCCCC] /Contents ';
  const tail = ' >>\nendobj\ntesto dell’atto\n%%EOF\n';
  const second = head.length + room + 2;
  const range = `[0 ${String(head.length).padStart(8)} ${String(second).padStart(8)} ${String(Buffer.byteLength(tail)).padStart(8)}]`;
  const filled = Buffer.from(head.replace('[0 AAAAAAAA BBBBBBBB CCCCCCCC]', range));
  const end = Buffer.from(tail);
  const signature = await signatureOf(Buffer.concat([filled, end]));
  const file = Buffer.concat([filled, Buffer.from(`<${signature.toString('hex').padEnd(room, '0')}>`), end]);
  change(file);
  return file;
}

describe('a signed file', () => {
  it('is intact: what was signed is what is there', async () => {
    const content = await sign(Buffer.from('Contestazione'));
    const found = { format: 'CAdES', state: 'intact', count: 1 };
    expect(await checkSignatures(p7m, content)).toEqual(found);
    expect(await checkSignatures(p7m, Buffer.from(content.toString('base64')))).toEqual(found);
    const pem = `-----BEGIN PKCS7-----\n${content.toString('base64')}\n-----END PKCS7-----\n`;
    expect(await checkSignatures(p7m, Buffer.from(pem))).toEqual(found);
    expect(await checkSignatures(pdf, await signedPdf())).toEqual({ ...found, format: 'PAdES' });
  });

  it('was altered after it was signed', async () => {
    const content = await sign(Buffer.from('Contestazione'));
    content[content.indexOf('Contestazione')] = 0x58;
    expect(await checkSignatures(p7m, content)).toMatchObject({ state: 'altered' });
    const altered = await signedPdf((bytes) => void (bytes[bytes.indexOf('testo')] = 0x58));
    expect(await checkSignatures(pdf, altered)).toMatchObject({ state: 'altered' });
  });

  it('cannot be followed: without the certificate, or with something behind the signature', async () => {
    const content = await sign(Buffer.from('Contestazione'), { withCertificate: false });
    expect(await checkSignatures(p7m, content)).toMatchObject({ state: 'unverifiable' });
    const more = Buffer.concat([await signedPdf(), Buffer.from('2 0 obj\n<< /Type /DSS >>\nendobj')]);
    expect(await checkSignatures(pdf, more)).toMatchObject({ state: 'unverifiable', count: 1 });
  });

  it('does not pass off the signature of something else as its own', async () => {
    const borrowed = await signedPdf(undefined, () => sign(Buffer.from('Contestazione')));
    expect(await checkSignatures(pdf, borrowed)).toMatchObject({ state: 'unverifiable', count: 1 });
    expect(await checkApart(await sign(Buffer.from('Altro')), Buffer.from('Atto'))).toMatchObject({
      state: 'unverifiable',
    });
  });

  it('is no signed file', async () => {
    expect(await checkSignatures(pdf, Buffer.from('%PDF-1.7\nniente'))).toBeNull();
    expect(await checkSignatures('image/png', Buffer.from('x'))).toBeNull();
  });
});

describe('a signature in a file of its own', () => {
  const content = Buffer.from('Contestazione');

  it.each(['SHA-256', 'SHA-512'] as const)(
    'with a digest by %s holds with what was signed',
    async (digest) => {
      const signature = await sign(content, { detached: true, digest });
      const base64 = Buffer.from(signature.toString('base64'));
      const hash = createHash(digest).update(content).digest('hex');
      expect([...(signatureApart(p7s, base64) ?? [])]).toEqual([hash]);
      expect(await checkApart(base64, content)).toEqual({ format: 'CAdES', state: 'intact', count: 1 });
      expect(await checkApart(signature, Buffer.from('Altro'))).toMatchObject({ state: 'altered' });
    },
  );

  it('is none when it holds its content, or is nothing', async () => {
    expect(signatureApart(p7s, await sign(content))).toBeNull();
    expect(signatureApart(p7s, Buffer.from('MIIBroken but long enough to look like it'))).toBeNull();
    expect(signatureApart(pdf, content)).toBeNull();
  });
});

describe('a hostile file', () => {
  it.each<[string, string, Buffer]>([
    ['nothing of a structure', p7m, Buffer.from('MIIBroken but long enough to look like it')],
    ['a structure that goes on for ever', p7m, Buffer.alloc(400_000, Buffer.from([0x30, 0x80]))],
    [
      'a million of elements',
      p7m,
      Buffer.concat([
        Buffer.from([0x30, 0x83, 0x1e, 0x84, 0x80]),
        Buffer.alloc(2_000_000, Buffer.from([0x05, 0x00])),
      ]),
    ],
    ['a length beyond the file', p7m, Buffer.from([0x30, 0x84, 0x7f, 0xff, 0xff, 0xff, 0x06])],
    ['a range outside the file', pdf, Buffer.from('%PDF-1.7 /ByteRange [0 10 20 999999999] /Contents <00>')],
    [
      'a range that is not filled in',
      pdf,
      Buffer.from('%PDF-1.7 /ByteRange [0 ********** ****] /Contents <00>'),
    ],
    ['a range over itself', pdf, Buffer.from('%PDF-1.7 /ByteRange [0 30 10 5] /Contents <00>')],
    ['a hundred thousand ranges', pdf, Buffer.from(`%PDF-1.7 ${'/ByteRange [0 1 2 3] '.repeat(100_000)}`)],
    ['hex that is none', pdf, Buffer.from('%PDF-1.7 /ByteRange [0 52 60 2] /Contents padpadpadpa<zzzzzz>ab')],
  ])('with %s is bounded and says that nothing can be said', async (_, type, content) => {
    expect(await withoutLabour(5_000, () => checkSignatures(type, content))).toMatchObject({
      state: 'unverifiable',
    });
  });
});
