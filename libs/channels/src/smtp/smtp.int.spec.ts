import { afterEach, describe, expect, it } from '@jest/globals';
import { createServer } from 'node:net';
import type { AddressInfo, Server, Socket } from 'node:net';
import type { MailChannel } from '../channel.ts';
import { createSmtpChannel } from './index.ts';
import { mailServer } from '../../../../test/support/mail-server.ts';

const ends: (() => unknown)[] = [];
afterEach(async () => {
  for (const end of ends.splice(0).reverse()) await end();
});

const letter = {
  messageId: 'a-b-c@iter.example',
  to: 'rita@provincia.example',
  subject: 'PD-2026-001: scade il 7 aprile',
  text: 'Pratica PD-2026-001\nhttps://iter.example/cases/1',
  html: '<p>Pratica PD-2026-001</p>',
};

function channel(url: string, more: Partial<Parameters<typeof createSmtpChannel>[0]> = {}): MailChannel {
  const made = createSmtpChannel({
    url,
    from: 'Iter <iter@provincia.example>',
    listId: 'avvisi.iter.example',
    ...more,
  });
  ends.push(() => made.close());
  return made;
}

async function server(...args: Parameters<typeof mailServer>) {
  const made = await mailServer(...args);
  ends.push(() => made.close());
  return made;
}

describe('SMTP', () => {
  it('hands a letter over with its headers', async () => {
    const { url, letters } = await server();
    expect(await channel(url).send(letter)).toEqual({ outcome: 'accepted' });
    const [got] = letters;
    expect(got).toMatchObject({ from: 'iter@provincia.example', to: ['rita@provincia.example'] });
    for (const header of [
      'Message-ID: <a-b-c@iter.example>',
      'Auto-Submitted: auto-generated',
      'List-ID: <avvisi.iter.example>',
      'From: Iter <iter@provincia.example>',
      'To: rita@provincia.example',
    ]) {
      expect(got!.headers).toContain(header);
    }
    expect(got!.source).toContain('text/plain');
    expect(got!.source).toContain('text/html');
  });

  it('makes no header and no second receiver of what people typed', async () => {
    const { url, letters } = await server();
    const wicked = { ...letter, subject: 'a\r\nBcc: x@y.example\r\n\r\nbody', to: 'rita@provincia.example' };
    expect((await channel(url).send(wicked)).outcome).toBe('accepted');
    expect(letters[0]!.to).toEqual(['rita@provincia.example']);
    expect(letters[0]!.headers.filter((line) => /^bcc/i.test(line))).toEqual([]);
    await channel(url).send({ ...letter, to: 'a@x.example, b@x.example' });
    expect(letters.every(({ to }) => to.length === 1)).toBe(true);
  });

  it.each([
    ['the receiver', { onRcptTo: 550 }, { outcome: 'refused', code: 'SMTP 550 5.1.1' }],
    ['the receiver for now', { onRcptTo: 450 }, { outcome: 'later', code: 'SMTP 450 4.2.1 EENVELOPE' }],
    ['the letter', { onData: 554 }, { outcome: 'refused', code: 'SMTP 554 5.6.0' }],
    ['the letter for now', { onData: 451 }, { outcome: 'later', code: 'SMTP 451 4.3.0 EMESSAGE' }],
    ['our sender', { onMailFrom: 553 }, { outcome: 'later', code: expect.stringMatching(/^SMTP 553/) }],
  ] as const)('tells apart what the server says of %s', async (_, refusing, expected) => {
    const { url, letters } = await server(refusing);
    const sent = await channel(url).send(letter);
    expect(sent).toEqual(expected);
    expect(JSON.stringify(sent)).not.toContain('rita');
    expect(letters).toEqual([]);
  });

  it('does not know when the connection breaks after the letter, and sends it once by itself', async () => {
    const { url, given } = await server({ dropAfterData: true });
    expect(await channel(url).send(letter)).toMatchObject({ outcome: 'later' });
    expect(given()).toBe(1);
  });

  it('waits for a server that hangs no longer than it may', async () => {
    const hung = await listening(() => undefined);
    // Only here: on a busy machine a server that answers may need longer.
    const brief = { patienceMs: 1_000 };
    expect(await channel(`smtp://127.0.0.1:${hung}`, brief).send(letter)).toMatchObject({ outcome: 'later' });
    const slow = await server({ hangOnData: true });
    expect(await channel(slow.url, brief).send(letter)).toMatchObject({ outcome: 'later' });
  }, 20_000);

  it('comes again after a server that was away, with the same channel', async () => {
    const first = await mailServer();
    const { port } = first;
    await first.close();
    const made = channel(`smtp://127.0.0.1:${port}`);
    expect(await made.send(letter)).toMatchObject({ outcome: 'later' });
    const back = await server({ port });
    expect(await made.send(letter)).toEqual({ outcome: 'accepted' });
    expect(back.letters).toHaveLength(1);
  });

  it('speaks TLS to a server with a certificate that holds, and to no other', async () => {
    const { url, ca, letters } = await server({ tls: 'implicit' });
    expect(await channel(url, { ca }).send(letter)).toEqual({ outcome: 'accepted' });
    expect(letters[0]!.secure).toBe(true);
    expect(await channel(url).send(letter)).toMatchObject({ outcome: 'later' });
    expect(letters).toHaveLength(1);
  });

  it('gives nothing in plain text to another machine, unless told so', async () => {
    const plain = await server({ host: '127.0.0.2' });
    expect(await channel(plain.url).send(letter)).toMatchObject({ outcome: 'later' });
    expect(plain.letters).toEqual([]);
    expect(await channel(plain.url, { plaintext: true }).send(letter)).toEqual({ outcome: 'accepted' });

    const upgraded = await server({ host: '127.0.0.2', tls: 'starttls' });
    expect(await channel(upgraded.url, { ca: upgraded.ca }).send(letter)).toEqual({ outcome: 'accepted' });
    expect(upgraded.letters[0]!.secure).toBe(true);
  });

  it('tries again when it is the password that is wrong', async () => {
    const { url, letters } = await server({ password: 'giusta' });
    const withPassword = (password: string) => channel(url.replace('//', `//iter:${password}@`));
    expect(await withPassword('sbagliata').send(letter)).toMatchObject({ outcome: 'later' });
    expect(await withPassword('giusta').send(letter)).toEqual({ outcome: 'accepted' });
    expect(letters).toHaveLength(1);
  });
});

/** A server that does this with whoever calls. @returns its port */
async function listening(onCall: (socket: Socket) => void): Promise<number> {
  const calls = new Set<Socket>();
  const hung: Server = createServer((socket) => {
    calls.add(socket);
    socket.on('error', () => undefined);
    onCall(socket);
  });
  await new Promise<void>((resolve) => hung.listen(0, '127.0.0.1', resolve));
  ends.push(() => {
    for (const call of calls) call.destroy();
    return new Promise((resolve) => hung.close(resolve));
  });
  return (hung.address() as AddressInfo).port;
}
