import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { mailLimits, readPecMail } from './message.ts';
import { withoutLabour } from '../../../../test/support/labour.ts';
import { daticertXml, receiptMail, signedForm } from '../../../../test/support/pec.ts';

const read = (mail: string) => readPecMail(Buffer.from(mail, 'latin1'));
const data = {
  name: 'daticert.xml',
  type: 'application/xml',
  content: daticertXml({ tipo: 'posta-certificata' }),
};
const inside = (mail: string) => ({ name: 'postacert.eml', type: 'message/rfc822', content: mail });
const plainMail = 'From: a@x.example\r\nSubject: ciao\r\nMessage-ID: <1@x.example>\r\n\r\nciao\r\n';

describe('mail of a certified mailbox', () => {
  it('is a receipt, with the message that it is about', async () => {
    const answer = await read(receiptMail({}, plainMail));
    expect(answer).toMatchObject({
      ok: true,
      mail: {
        kind: 'receipt',
        daticert: { kind: 'delivery', at: '2026-03-25T10:12:13+01:00', messageId: 'lettera-1@iter.example' },
        heading: { from: 'posta-certificata@pec.gestore.example', signed: true },
      },
    });
    if (!answer.ok || answer.mail.kind !== 'receipt') throw new Error('no receipt');
    expect(Buffer.from(answer.mail.original!).toString()).toContain('Message-ID: <1@x.example>');
  });

  it('is a message that another certified mailbox sent', async () => {
    const mail = signedForm({
      headers: ['X-Trasporto: posta-certificata'],
      files: [data, inside(plainMail)],
    });
    expect(await read(mail)).toMatchObject({
      ok: true,
      mail: { kind: 'envelope', daticert: { kind: 'transport' } },
    });
  });

  it('names what it answers, also inside the message it carries, the last one first', async () => {
    const reply = `In-Reply-To: <3@x.example>\r\nReferences: <1@x.example>\r\n <2@x.example> x\r\n${plainMail}`;
    const answers = ['3@x.example', '2@x.example', '1@x.example'];
    const carried = signedForm({ headers: ['X-Trasporto: posta-certificata'], files: [data, inside(reply)] });
    for (const mail of [reply, carried])
      expect(await read(mail)).toMatchObject({ mail: { heading: { answers } } });
    expect(await read(plainMail)).toMatchObject({ mail: { heading: { answers: [] } } });
    const many = `References: ${'<a@x.example> '.repeat(1_000)}\r\n${plainMail}`;
    const told = await read(many);
    if (!told.ok) throw new Error('not read');
    expect(told.mail.heading.answers).toHaveLength(mailLimits.answers);
  });

  it('comes from outside, or is no certified mail', async () => {
    expect(
      await read(signedForm({ headers: ['X-Trasporto: errore'], files: [inside(plainMail)] })),
    ).toMatchObject({
      mail: { kind: 'anomaly' },
    });
    expect(await read(plainMail)).toMatchObject({ mail: { kind: 'plain', heading: { signed: false } } });
  });

  it('proves nothing by a receipt that lies in the message it carries', async () => {
    // Providers choose boundaries that the message they carry does not hold.
    const forged = receiptMail().replace(/signed(?="|\r|--\r)|mixed(?="|\r|--\r)/g, '$&-inside');
    expect(
      await read(signedForm({ headers: ['X-Trasporto: errore'], files: [inside(forged)] })),
    ).toMatchObject({
      mail: { kind: 'anomaly' },
    });
    const wrapped = signedForm({ headers: ['X-Ricevuta: avvenuta-consegna'], files: [inside(forged)] });
    expect(await read(wrapped)).toEqual({ ok: false, fault: { code: 'no-daticert' } });
    expect(await read(signedForm({ files: [{ ...data, content: daticertXml() }] }))).toMatchObject({
      mail: { kind: 'plain' },
    });
  });

  it.each([
    [
      'two daticert.xml',
      signedForm({ headers: ['X-Trasporto: posta-certificata'], files: [data, data] }),
      'several-daticert',
    ],
    ['none', signedForm({ headers: ['X-Ricevuta: accettazione'] }), 'no-daticert'],
    [
      'another kind in the header',
      receiptMail().replace('X-Ricevuta: avvenuta-consegna', 'X-Ricevuta: accettazione'),
      'contradictory',
    ],
    [
      'a kind that is none',
      receiptMail().replace('X-Ricevuta: avvenuta-consegna', 'X-Ricevuta: toString'),
      'contradictory',
    ],
    [
      'another message in the header',
      receiptMail().replace('ID: <lettera-1@', 'ID: <lettera-2@'),
      'contradictory',
    ],
    [
      'two headers',
      receiptMail().replace('X-Ricevuta:', 'X-Ricevuta: accettazione\r\nX-Ricevuta:'),
      'contradictory',
    ],
    [
      'a receipt as transport',
      receiptMail().replace('X-Ricevuta: avvenuta-consegna', 'X-Trasporto: posta-certificata'),
      'contradictory',
    ],
    ['a date that is none', receiptMail({ giorno: '30/02/2026' }), 'daticert'],
    ['huge headers', `X-A: ${'a'.repeat(mailLimits.headerBytes)}\r\n${plainMail}`, 'malformed'],
    [
      'many parts',
      signedForm({
        files: Array.from({ length: 201 }, (_, n) => ({ name: `${n}`, type: 'a/b', content: 'x' })),
      }),
      'too-many-parts',
    ],
  ])('refuses %s', async (_, mail, code) => {
    expect(await read(mail)).toMatchObject({ ok: false, fault: { code } });
  });

  it('refuses what is too large, and parts in one another, without labour', async () => {
    expect(await readPecMail(new Uint8Array(mailLimits.bytes + 1))).toMatchObject({
      fault: { code: 'too-large' },
    });
    let nested = 'Content-Type: text/plain\r\n\r\nx';
    for (let n = 0; n < 200; n++) {
      nested = `Content-Type: multipart/mixed; boundary="b${n}"\r\n\r\n--b${n}\r\n${nested}\r\n--b${n}--`;
    }
    expect(await withoutLabour(2_000, () => read(`From: a@x.example\r\n${nested}`))).toMatchObject({
      fault: { code: 'malformed' },
    });
    let mails = plainMail;
    for (let n = 0; n < 300; n++) mails = `Content-Type: message/rfc822\r\n\r\n${mails}`;
    expect(await withoutLabour(2_000, () => read(mails))).toMatchObject({
      ok: true,
      mail: { kind: 'plain' },
    });
  });

  it('never throws, whatever is done to a mail', async () => {
    const good = receiptMail({}, plainMail);
    await fc.assert(
      fc.asyncProperty(
        fc.nat(good.length),
        fc.nat(60),
        fc.oneof(
          fc.string({ maxLength: 40 }),
          fc.constantFrom(
            '\r\n',
            '\r\n\r\n',
            '--mixed\r\n',
            '--signed--',
            'Content-Type: message/rfc822\r\n\r\n',
          ),
        ),
        async (at, cut, put) => {
          const answer = await read(good.slice(0, at) + put + good.slice(at + cut));
          expect(typeof answer.ok).toBe('boolean');
        },
      ),
      { numRuns: 500 },
    );
  });
});
