import { afterEach, describe, expect, it } from '@jest/globals';
import { createServer } from 'node:net';
import type { AddressInfo } from 'node:net';
import { readPecMail } from '../pec/index.ts';
import type { Fetched, MailboxPlace } from '../pec/index.ts';
import { createPecMailbox } from './index.ts';
import { readingLimits } from './read.ts';
import { dovecot } from '../../../../test/support/dovecot.ts';
import { mailServer } from '../../../../test/support/mail-server.ts';
import { receiptMail } from '../../../../test/support/pec.ts';

const ends: (() => unknown)[] = [];
afterEach(async () => {
  for (const end of ends.splice(0).reverse()) await end();
});

async function imapServer() {
  const made = await dovecot();
  ends.push(() => made.close());
  return made;
}

async function smtpServer(...args: Parameters<typeof mailServer>) {
  const made = await mailServer(...args);
  ends.push(() => made.close());
  return made;
}

function mailbox(more: Partial<Parameters<typeof createPecMailbox>[0]>) {
  const made = createPecMailbox({
    smtpUrl: 'smtp://127.0.0.1:1',
    imapUrl: 'imap://iter:x@127.0.0.1:1',
    address: 'provincia@pec.example',
    patienceMs: 20_000,
    ...more,
  });
  ends.push(() => made.close());
  return made;
}

const letter = {
  messageId: 'lettera-1@iter.example',
  to: ['rita@pec.example'],
  subject: 'PD-2026-001: comunicazione',
  text: 'Si trasmette quanto allegato.',
  files: [{ name: 'atto.pdf', mediaType: 'application/pdf', content: new TextEncoder().encode('%PDF-1.7') }],
};

const read = (fetched: Fetched) => {
  if (fetched.outcome !== 'read') throw new Error(fetched.code);
  return fetched;
};
const uids = (fetched: Fetched) => read(fetched).mails.map(({ place }) => place.uid);

describe('submitting by SMTP', () => {
  it('gives the letter with its file over TLS, under the same Message-ID each time', async () => {
    const { url, ca, letters } = await smtpServer({ tls: 'implicit', password: 'giusta' });
    const box = mailbox({ smtpUrl: url.replace('//', '//iter:giusta@'), ca });
    for (let n = 0; n < 2; n++) expect(await box.send(letter)).toEqual({ outcome: 'accepted', notTo: [] });
    for (const got of letters) {
      expect(got).toMatchObject({ from: 'provincia@pec.example', to: ['rita@pec.example'], secure: true });
      expect(got.headers).toContain('Message-ID: <lettera-1@iter.example>');
      expect(got.headers).toContain('X-TipoRicevuta: completa');
      expect(got.source).toContain('filename=atto.pdf');
      expect(got.source).toContain(Buffer.from('%PDF-1.7').toString('base64'));
    }
    expect(letters).toHaveLength(2);
  });

  it('makes no header and no second receiver of what people typed', async () => {
    const { url, letters } = await smtpServer();
    const box = mailbox({ smtpUrl: url });
    await box.send({
      ...letter,
      subject: 'a\r\nBcc: x@y.example',
      files: [{ ...letter.files[0]!, name: 'a\r\nX-B: c.pdf' }],
    });
    await box.send({ ...letter, to: ['a@x.example, b@x.example'] });
    expect(letters[0]!.to).toEqual(['rita@pec.example']);
    expect(letters[0]!.source).not.toMatch(/^(?:Bcc|X-B):/m);
    expect(letters.every(({ to }) => to.length === 1)).toBe(true);
  });

  it.each([
    [{ onRcptTo: 550 }, { outcome: 'refused', code: 'SMTP 550 5.1.1' }],
    [{ onData: 451 }, { outcome: 'later', code: 'SMTP 451 4.3.0 EMESSAGE' }],
    [{ dropAfterData: true }, { outcome: 'later' }],
    [{ hangOnData: true }, { outcome: 'later' }],
  ] as const)('tells what became of it when the server does %j', async (behaviour, expected) => {
    const { url } = await smtpServer(behaviour);
    expect(await mailbox({ smtpUrl: url }).send(letter)).toMatchObject(expected);
  });
});

describe('reading by IMAP', () => {
  it('reads receipts as they came, once, and marks nothing as seen', async () => {
    const server = await imapServer();
    const box = mailbox({ imapUrl: server.imapsUrl, ca: server.ca });
    expect(read(await box.fetch(null))).toMatchObject({ mails: [], more: false });

    const sent = receiptMail();
    server.deliver(sent);
    server.deliver(receiptMail({ tipo: 'accettazione' }));
    const first = read(await box.fetch(null));
    expect(uids(first)).toEqual([1, 2]);
    expect(Buffer.from(first.mails[0]!.source!).toString('latin1')).toBe(sent);
    const kinds = await Promise.all(first.mails.map(({ source }) => readPecMail(source!)));
    expect(kinds).toMatchObject([
      { mail: { kind: 'receipt', daticert: { kind: 'delivery', messageId: letter.messageId } } },
      { mail: { kind: 'receipt', daticert: { kind: 'acceptance' } } },
    ]);

    expect(read(await box.fetch(first.place))).toEqual({
      outcome: 'read',
      mails: [],
      place: first.place,
      more: false,
    });
    server.deliver(receiptMail({ tipo: 'errore-consegna' }));
    expect(uids(await box.fetch(first.place))).toEqual([3]);
    expect(uids(await box.fetch(null))).toEqual([1, 2, 3]);
  });

  it('begins anew when the server counts anew', async () => {
    const server = await imapServer();
    const box = mailbox({ imapUrl: server.imapUrl, ca: server.ca });
    for (let n = 0; n < 3; n++) server.deliver(receiptMail());
    const { place } = read(await box.fetch(null));
    server.renumber();
    const again = read(await box.fetch(place));
    expect(again.place.validity).not.toBe(place.validity);
    expect(again.mails).toHaveLength(3);
  });

  it('reads many in bounded pieces, in order, none twice', async () => {
    const server = await imapServer();
    const box = mailbox({ imapUrl: server.imapUrl, ca: server.ca });
    const all = readingLimits.mails * 2 + 7;
    for (let n = 0; n < all; n++) server.deliver(receiptMail());
    const seen: number[] = [];
    let place: MailboxPlace | null = null;
    let pieces = 0;
    for (let more = true; more; pieces++) {
      const next: Extract<Fetched, { outcome: 'read' }> = read(await box.fetch(place));
      seen.push(...uids(next));
      ({ place, more } = next);
    }
    expect(pieces).toBe(3);
    expect(seen).toEqual(Array.from({ length: all }, (_, n) => n + 1));
  });

  it('passes over a mail that is too large, and says that it was there', async () => {
    const server = await imapServer();
    const box = mailbox({ imapUrl: server.imapUrl, ca: server.ca, patienceMs: 20_000 });
    server.deliver(
      Buffer.concat([Buffer.from('Subject: x\r\n\r\n'), Buffer.alloc(64 * 1024 * 1024, 'a\r\n')]),
    );
    server.deliver(receiptMail());
    const { mails, more } = read(await box.fetch(null));
    expect(mails.map(({ source }) => source === null)).toEqual([true, false]);
    expect(mails[0]!.bytes).toBeGreaterThan(64 * 1024 * 1024);
    expect(more).toBe(false);
  });

  it('says why it cannot read, without a secret', async () => {
    const server = await imapServer();
    const wrong = mailbox({ imapUrl: server.imapUrl.replace('segreta', 'sbagliata'), ca: server.ca });
    expect(await wrong.fetch(null)).toEqual({ outcome: 'later', code: 'IMAP EAUTH' });
    // Its certificate is one that nothing but tests trusts.
    expect(await mailbox({ imapUrl: server.imapsUrl }).fetch(null)).toMatchObject({ outcome: 'later' });
    const away = await mailbox({}).fetch(null);
    expect(away).toMatchObject({ outcome: 'later', code: expect.stringMatching(/^IMAP \w+$/) });
  });

  it('gives its password in plain text to no other machine', async () => {
    const heard: string[] = [];
    const plain = createServer((socket) => {
      socket.on('error', () => undefined);
      socket.write('* OK [CAPABILITY IMAP4rev1 AUTH=PLAIN] pronto\r\n');
      socket.on('data', (data) => {
        heard.push(String(data));
        const tag = String(data).split(' ')[0];
        socket.write(`* CAPABILITY IMAP4rev1 AUTH=PLAIN\r\n${tag} OK fatto\r\n`);
      });
    });
    await new Promise<void>((resolve) => plain.listen(0, '127.0.0.2', resolve));
    ends.push(() => plain.close());
    const url = `imap://iter:segreta@127.0.0.2:${(plain.address() as AddressInfo).port}`;
    const told = () => heard.join('').match(/LOGIN|AUTHENTICATE/) !== null;
    expect(await mailbox({ imapUrl: url }).fetch(null)).toMatchObject({ outcome: 'later' });
    expect(told()).toBe(false);
    await mailbox({ imapUrl: url, plaintext: true, patienceMs: 500 }).fetch(null);
    expect(told()).toBe(true);
  });

  it('waits for a server that hangs no longer than it may', async () => {
    const hung = createServer(() => undefined);
    await new Promise<void>((resolve) => hung.listen(0, '127.0.0.1', resolve));
    ends.push(() => hung.close());
    const { port } = hung.address() as AddressInfo;
    expect(
      await mailbox({ imapUrl: `imap://a:b@127.0.0.1:${port}`, patienceMs: 500 }).fetch(null),
    ).toMatchObject({
      outcome: 'later',
    });
  }, 20_000);
});
