import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from '@jest/globals';
import { readPecMail, signedParts } from '@iter/channels/pec';
import { checkCms } from '@iter/documents/signatures';
import fc from 'fast-check';
import { receiptMail } from '../support/pec.ts';
import { withoutLabour } from '../support/labour.ts';

/** Signed by OpenSSL with a certificate made for tests. */
const receipt = readFileSync(join(import.meta.dirname, '../fixtures/mail/receipt.eml'), 'latin1');
const bytes = (text: string): Buffer => Buffer.from(text, 'latin1');

async function integrity(mail: string): Promise<string | null> {
  const parts = signedParts(bytes(mail));
  return parts && (await checkCms(parts.signature, parts.content)).state;
}

describe('the signature of a receipt', () => {
  it('holds for the mail as it came, and for one saved without its CRs', async () => {
    expect(await readPecMail(bytes(receipt))).toMatchObject({
      mail: { kind: 'receipt', heading: { signed: true } },
    });
    expect(await integrity(receipt)).toBe('intact');
    expect(await integrity(receipt.replaceAll('\r\n', '\n'))).toBe('intact');
  });

  it.each([
    ['the text', 'Ricevuta\r\n', 'Ricevuto\r\n'],
    ['a blank', 'Ricevuta\r\n', 'Ricevuta \r\n'],
    ['the message that it carries', 'Si trasmette', 'Si trasmise'],
    ['the data', 'PD94', 'PD95'],
  ])('does not hold when somebody changed %s', async (_, there, put) => {
    expect(receipt).toContain(there);
    expect(await integrity(receipt.replace(there, put))).toBe('altered');
  });

  it('is none, or says nothing, where the form is not that of a signed mail', async () => {
    expect(await integrity(receiptMail())).toBe('unverifiable');
    expect(await integrity('Subject: x\r\n\r\ny')).toBeNull();
    expect(await integrity(receipt.replace('multipart/signed', 'multipart/mixed'))).toBeNull();
    expect(await integrity(receipt.replace('--signed--', '--signed\r\n\r\nx\r\n--signed--'))).toBeNull();
    expect(await integrity(receipt.replace('x-pkcs7-signature; name', 'octet-stream; name'))).toBeNull();
    expect(
      await integrity(
        receipt.replace('Content-Type: multipart', 'Content-Type: a/b\r\nContent-Type: multipart'),
      ),
    ).toBeNull();
  });

  it('never throws, whatever is done to a mail', async () => {
    fc.assert(
      fc.property(fc.nat(receipt.length), fc.nat(80), fc.string({ maxLength: 30 }), (at, cut, put) => {
        signedParts(bytes(receipt.slice(0, at) + put + receipt.slice(at + cut)));
      }),
      { numRuns: 1_000 },
    );
    const many = receipt.slice(0, receipt.indexOf('--signed')) + '--signed\n'.repeat(200_000);
    expect(await withoutLabour(1_000, () => signedParts(bytes(many)))).toBeNull();
  });
});
