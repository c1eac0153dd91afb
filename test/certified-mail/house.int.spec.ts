import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { systemPrincipal } from '@iter/access';
import { createPecMailbox } from '@iter/channels/pec-mailbox';
import { createCaseCommands, createMessages } from '@iter/commands';
import type { AskedCommand, Outcome } from '@iter/commands';
import { worldComune } from '@iter/commands/world';
import { createDocuments, createMemoryContents } from '@iter/documents';
import type { KeptDocument } from '@iter/documents';
import type { CaseState } from '@iter/engine';
import { romeDate } from '@iter/legal-calendar';
import { createPool, migrate } from '@iter/platform/postgres';
import { createPostgresDataKeys, createSealer, dataKeyMigrations } from '@iter/platform/sealing';
import { createArrivals, createQueues, createReactions, openJob } from '@iter/reactions';
import type { CertifiedMailPorts } from '@iter/reactions';
import type { Pool } from 'pg';
import { certifiedMailPorts, mailVault } from '../../apps/cli/src/up/certified-mail.ts';
import { momentOf, sending } from '../support/certified-mail.ts';
import { createTestDatabase } from '../support/database.ts';
import { openTestLog } from '../support/logs.ts';
import { dovecot } from '../support/dovecot.ts';
import { mailServer } from '../support/mail-server.ts';
import { daticertXml, receiptMail, signedForm } from '../support/pec.ts';
import { throughCommands } from '../support/reactions.ts';
import { eventually } from '../support/system.ts';
import { testWorld } from '../support/world.ts';

const start = '2026-03-25T09:11:00.000Z';
const minuteMs = 60_000;
const address = 'provincia@pec.example';

let database: Awaited<ReturnType<typeof createTestDatabase>>;
let pool: Pool;
/** The world's time: it ticks as ours does, and is set ahead. */
let aheadMs = Date.parse(start) - Date.now();
const now = (): string => new Date(Date.now() + aheadMs).toISOString();
const advance = (ms: number): void => void (aheadMs += ms);
let smtp: Awaited<ReturnType<typeof mailServer>>;
let imap: Awaited<ReturnType<typeof dovecot>>;
let house: Awaited<ReturnType<typeof openHouse>>;

async function openHouse(more: Partial<CertifiedMailPorts> = {}) {
  const log = await openTestLog(database.url);
  const world = testWorld(log);
  const clock = { now };
  const sealer = createSealer({ store: createPostgresDataKeys(pool, new Uint8Array(32).fill(1)) });
  const ports = { ...world.ports, sealer, clock };
  const cases = createCaseCommands(ports);
  const messages = createMessages(ports, cases);
  const documents = createDocuments({ store: createMemoryContents(), sealer });
  const queues = await createQueues({ databaseUrl: database.url, onError: () => undefined });
  const certifiedMailbox = createPecMailbox({
    smtpUrl: smtp.url,
    imapUrl: imap.imapUrl,
    address,
    ca: imap.ca,
    patienceMs: 1_500,
  });
  const certified = certifiedMailPorts({
    config: { certifiedMail: { address, smtpUrl: smtp.url, imapUrl: imap.imapUrl } },
    ...{ certifiedMailbox, cases, documents, sealer },
  })!;
  const errors: string[] = [];
  const reactions = await createReactions({
    ...{ log, pool, queues, clock, worker: 'a' },
    logger: {
      info: () => undefined,
      error: (fields, message) => void errors.push(`${message} ${JSON.stringify(fields)}`),
    },
    ...throughCommands({ world, sealer, cases, messages }),
    async jobNow(caseId, key) {
      const state = await certified.caseNow(caseId);
      return state && openJob(state, key);
    },
    certifiedMail: { ...certified, readEveryMs: 0, everyMs: 200, ...more },
    reconcileEveryMs: 1_000,
  });
  await world.deploy([{ name: 'sending.bpmn', text: sending('sending') }]);
  await world.catalog.catchUp();
  reactions.start();
  await reactions.ready;
  return {
    ...{ cases, documents, reactions, errors, operator: world.inRole('DESK_OPERATOR') },
    arrivals: createArrivals({ pool, vault: mailVault({ sealer }) }),
    async close() {
      await reactions.stop();
      await queues.close();
      certifiedMailbox.close();
      await world.close();
      await log.close();
    },
  };
}

beforeAll(async () => {
  database = await createTestDatabase();
  pool = createPool({ url: database.url, max: 20 });
  await migrate(pool, dataKeyMigrations);
  smtp = await mailServer();
  imap = await dovecot();
});
afterAll(async () => {
  await imap.close();
  await smtp.close();
  await pool.end();
  await database.drop();
});
beforeEach(async () => {
  smtp.letters.splice(0);
  house = await openHouse();
});
afterEach(async () => {
  smtp.behave({ onRcptTo: undefined, hangOnData: undefined });
  await house.close();
  expect(house.errors).toEqual([]);
});

/** Waits until what is expected holds. */
async function holds(check: () => Promise<void>): Promise<void> {
  let last: unknown;
  const answer = async () => {
    try {
      await check();
      return true;
    } catch (error) {
      last = error;
      return null;
    }
  };
  await eventually('what is expected', answer, 15_000).catch(() => Promise.reject(last));
}

let n = 0;
const done = (outcome: Outcome) => {
  if (outcome.outcome !== 'done') throw new Error(JSON.stringify(outcome));
  return outcome;
};
const ask = async (caseId: string, command: AskedCommand, principal = house.operator) =>
  done(
    await house.cases.execute({
      ...{ principal, route: 'spec', idempotencyKey: `k${n++}`, caseId, command },
    }),
  );
async function stateOf(caseId: string): Promise<CaseState> {
  const reading = await house.cases.readState({ caseId, principal: systemPrincipal });
  if (reading.outcome !== 'read') throw new Error(reading.rejection.code);
  return reading.state;
}
const taskOf = (state: CaseState, element: string) =>
  [...state.tasks.values()].find((task) => task.element === element);
const opens = (caseId: string, element: string) =>
  holds(async () => expect(taskOf(await stateOf(caseId), element)).toBeDefined());
const complete = async (caseId: string, element: string, variables = {}) =>
  ask(caseId, { type: 'CompleteUserTask', key: taskOf(await stateOf(caseId), element)!.key, variables });

/** The act as the house drafted it; nobody has signed it. */
const draftOf = (task: string, file: KeptDocument): AskedCommand => ({
  ...{
    type: 'DraftAct',
    task,
    element: 't_ready',
    scope: null,
    series: 's',
    template: 'atto',
    templateVersion: 1,
  },
  ...{ templateHash: 'h', name: 'Atto', revision: 0, out: 'atto', blanks: 0 },
  files: { document: file, editable: file },
});

/** A case with an act, whose letter is due. */
async function letterDue(to = 'rita@pec.example', isDraft = false): Promise<string> {
  const { caseId } = done(
    await house.cases.start({
      ...{ principal: house.operator, route: 'spec', idempotencyKey: `k${n++}`, process: 'sending' },
      ...{ comune: worldComune, variables: { mailbox: to, caseCode: 'PD-1', about: 'PD-1: contestazione' } },
    }),
  );
  const kept = await house.documents.keep(caseId, 'atto.pdf', Buffer.from(`%PDF-1.7 ${caseId}`));
  if (kept.outcome !== 'kept') throw new Error(kept.rejection.code);
  const file = kept.document;
  const { events } = isDraft
    ? await ask(caseId, draftOf(taskOf(await stateOf(caseId), 't_ready')!.key, file), systemPrincipal)
    : await ask(caseId, { ...{ type: 'AttachDocument', ...file, protocolNo: null, task: null } });
  const { key } = events[0]!.data as { key: string };
  await complete(caseId, 't_ready', { docs: [`${caseId}.${key}`] });
  return caseId;
}

async function sentLetter(caseId: string): Promise<string> {
  let id = '';
  await holds(async () => {
    const [delivery] = (await stateOf(caseId)).deliveries.values();
    expect(delivery).toBeDefined();
    id = delivery!.messageId;
  });
  return id;
}

const receipt = (messageId: string, more: Parameters<typeof receiptMail>[0] = {}) =>
  receiptMail({ messageId, ...momentOf(now()), id: `id-${n++}`, ...more });

describe('a letter by certified mail', () => {
  it('is sent once, and its receipt moves the case with the day that the provider certifies', async () => {
    const caseId = await letterDue();
    const messageId = await sentLetter(caseId);
    expect(smtp.letters).toHaveLength(1);
    const [got] = smtp.letters;
    expect(got!.headers).toContain(`Message-ID: <${messageId}>`);
    expect(got!.headers).toContain('Subject: PD-1: contestazione');
    expect(got!.source).toContain(Buffer.from(`%PDF-1.7 ${caseId}`).toString('base64').slice(0, 40));
    imap.deliver(receipt(messageId, { tipo: 'accettazione' }));
    await holds(async () => {
      const [accepted] = (await stateOf(caseId)).deliveries.values();
      expect(accepted!.receipts).toHaveLength(1);
    });
    advance(23 * 60 * minuteMs);
    imap.deliver(receipt(messageId, { zona: '+0100', ora: '00:12:13', giorno: '26/03/2026' }));
    await opens(caseId, 't_proof');
    const state = await stateOf(caseId);
    expect(state.root.variables).toMatchObject({
      receivedAt: '2026-03-26',
      receiptDoc: expect.stringMatching(/^Ricevuta di avvenuta consegna id-/),
    });
    const [delivery] = state.deliveries.values();
    expect(delivery!.receipts.map(({ kind, state: after }) => [kind, after])).toEqual([
      ['acceptance', 'accepted'],
      ['delivery', 'delivered'],
    ]);
    const filed = state.documents.get(delivery!.receipts[1]!.document)!;
    expect(filed.mediaType).toBe('message/rfc822');
    expect(String(await house.documents.read(caseId, filed.sha256))).toContain('daticert.xml');
    const history = await house.cases.readCase({ caseId, principal: systemPrincipal });
    if (history.outcome !== 'read') throw new Error();
    const recorded = history.events.filter(({ type }) => type === 'DeliveryReceiptRecorded');
    // The legal moment is when it happened, the log says when it was learnt.
    expect(recorded.at(-1)!.occurredAt).toBe('2026-03-25T23:12:13.000Z');
  });

  it('is not sent twice by whoever comes after a crash, when the mailbox shows that it was accepted', async () => {
    smtp.behave({ hangOnData: true });
    const first = smtp.given() + 1;
    const caseId = await letterDue();
    await holds(async () => expect(smtp.given()).toBe(first));
    await holds(async () =>
      expect((await house.reactions.failed()).map(({ error }) => error).join()).toMatch(
        /EABORT|answer-awaited/,
      ),
    );
    smtp.behave({ hangOnData: undefined });
    const job = [...(await stateOf(caseId)).jobs.keys()][0]!;
    imap.deliver(receipt(`${caseId}.${job}@pec.example`, { tipo: 'accettazione' }));
    advance(minuteMs);
    await sentLetter(caseId);
    expect(smtp.given()).toBe(first);
  });

  it('is sent again under the same id when nothing was heard of it', async () => {
    smtp.behave({ hangOnData: true });
    const before = smtp.given();
    const caseId = await letterDue();
    await holds(async () => expect(smtp.given()).toBeGreaterThan(before));
    await holds(async () => expect((await house.reactions.failed()).length).toBeGreaterThan(0));
    smtp.behave({ hangOnData: undefined });
    advance(3 * minuteMs);
    const messageId = await sentLetter(caseId);
    expect(smtp.letters.at(-1)!.headers).toContain(`Message-ID: <${messageId}>`);
  });

  it('comes back to people when no server will take it, or when it is still a draft', async () => {
    smtp.behave({ onRcptTo: 550 });
    const refused = await letterDue();
    await opens(refused, 't_failed');
    expect((await stateOf(refused)).root.variables['notSentReason']).toMatch(/SMTP 550/);
    smtp.behave({ onRcptTo: undefined });
    const nowhere = await letterDue('nessun indirizzo');
    await opens(nowhere, 't_failed');
    expect((await stateOf(nowhere)).root.variables['notSentReason']).toMatch(/indirizzo/);
    const unsigned = await letterDue('rita@pec.example', true);
    await opens(unsigned, 't_failed');
    expect((await stateOf(unsigned)).root.variables['notSentReason']).toMatch(/bozza/);
    expect(smtp.letters).toEqual([]);
  });

  it('fails when the provider says so, whatever the order of its receipts', async () => {
    const caseId = await letterDue();
    const messageId = await sentLetter(caseId);
    imap.deliver(receipt(messageId, { tipo: 'errore-consegna', errore: 'no-dest' }));
    imap.deliver(receipt(messageId, { tipo: 'accettazione' }));
    await opens(caseId, 't_failed');
    expect((await stateOf(caseId)).root.variables['cause']).toBe('La casella del destinatario non esiste.');
  });

  it('gives a receipt that came too early or too late once the case awaits it', async () => {
    const caseId = await letterDue();
    const messageId = await sentLetter(caseId);
    await holds(async () => expect((await stateOf(caseId)).timers.size).toBe(1));
    advance(49 * 60 * minuteMs);
    await opens(caseId, 't_late');
    const at = now();
    imap.deliver(receipt(messageId));
    await holds(async () =>
      expect([...(await stateOf(caseId)).deliveries.values()][0]!.receipts).toHaveLength(1),
    );
    await complete(caseId, 't_late');
    advance(minuteMs);
    await opens(caseId, 't_proof');
    expect((await stateOf(caseId)).root.variables['receivedAt']).toBe(romeDate(at));
  });
});

describe('what came into the mailbox', () => {
  const waiting = () => house.arrivals.list(20, null);

  it('waits for people when it is no receipt of a letter of ours, and is lost to nobody', async () => {
    const strange = signedForm({ from: '"x" <x@pec.example>', subject: 'Richiesta di accesso' });
    imap.deliver(strange);
    imap.deliver(receipt('altro@sistema.example'));
    imap.deliver(receipt('00000000-0000-4000-8000-000000000000.k1@pec.example'));
    await holds(async () => {
      const mails = await waiting();
      expect(mails.map(({ why }) => why).toSorted()).toEqual(['no-case', 'other-message', 'plain']);
    });
    const plain = (await waiting()).find(({ why }) => why === 'plain')!;
    expect(plain).toMatchObject({ from: 'x@pec.example', subject: 'Richiesta di accesso' });
    expect(String(await house.arrivals.open(plain.id))).toBe(strange);
    const { rows } = await pool.query('select source, heading from effects.certified_mails where id = $1', [
      plain.id,
    ]);
    expect(JSON.stringify(rows)).not.toContain(Buffer.from('Richiesta').toString('hex'));
    expect(await house.arrivals.settle(plain.id, 'olga', now())).toBe(true);
    // Whoever asks again, not having heard, is told the same; nobody else settles it, and its text is gone.
    expect(await house.arrivals.settle(plain.id, 'olga', now())).toBe(true);
    expect(await house.arrivals.settle(plain.id, 'ugo', now())).toBe(false);
    expect([await house.arrivals.find(plain.id), await house.arrivals.open(plain.id)]).toEqual([null, null]);
    expect(await waiting()).toHaveLength(2);
  });

  it('decides nothing by a receipt that cannot be', async () => {
    const caseId = await letterDue();
    const messageId = await sentLetter(caseId);
    imap.deliver(receipt(messageId, { giorno: '24/03/2026' }));
    await holds(async () =>
      expect((await waiting()).find(({ caseId: of }) => of === caseId)).toMatchObject({ why: 'doubtful' }),
    );
    // It lies in the case, and only there.
    const [doubtful] = (await waiting()).filter(({ caseId: of }) => of === caseId);
    expect(await house.arrivals.find(doubtful!.id)).toEqual({ caseId });
    expect(await house.arrivals.open(doubtful!.id)).toBeNull();
    const state = await stateOf(caseId);
    expect([...state.deliveries.values()][0]!.receipts).toMatchObject([
      { news: 'doubtful', state: 'submitted' },
    ]);
    expect(state.subscriptions.size).toBe(2);
  });

  it('is shown beside the case whose letter it answers, page by page', async () => {
    const caseId = await letterDue();
    const messageId = await sentLetter(caseId);
    const reply = (id: string) => `From: a@pec.example\r\nIn-Reply-To: <${id}>\r\n\r\nRicevuto\r\n`;
    const envelope = (original: string) =>
      signedForm({
        headers: ['X-Trasporto: posta-certificata'],
        files: [
          {
            ...{ name: 'daticert.xml', type: 'application/xml' },
            content: daticertXml({ tipo: 'posta-certificata' }),
          },
          { name: 'postacert.eml', type: 'message/rfc822', content: original },
        ],
      });
    imap.deliver(envelope(reply(messageId)));
    imap.deliver(reply(messageId));
    // Who makes up an id of ours shows nothing beside a case.
    imap.deliver(envelope(reply(`${caseId}.k99@pec.example`)));
    const whys = async (of: string | null) =>
      (await waiting()).filter((mail) => mail.caseId === of).map(({ why }) => why);
    await holds(async () => expect((await whys(caseId)).toSorted()).toEqual(['answer', 'plain']));
    await holds(async () => expect(await whys(null)).toContain('envelope'));
    const all = await waiting();
    const pages = [];
    for (let after: string | null = null; ;) {
      const [one] = await house.arrivals.list(1, after);
      if (!one) break;
      pages.push(one);
      after = one.id;
    }
    expect(pages).toEqual(all);
  });

  it('comes back to people when its case goes on refusing it', async () => {
    await house.close();
    let refusals = 0;
    house = await openHouse({
      execute: async (request) => {
        if (request.command.type !== 'RecordDeliveryReceipt') return house.cases.execute(request);
        refusals++;
        return { outcome: 'rejected', rejection: { code: 'document-too-large', message: '' } } as never;
      },
    });
    const caseId = await letterDue();
    imap.deliver(receipt(await sentLetter(caseId)));
    /** Time is set ahead between tries, by less than a lease: else what is being tried would be taken a second time. */
    const rests = async () => {
      const { rowCount } = await pool.query(
        `select from effects.tries where kind = 'receipt' and worker is null and error = 'document-too-large' and tries = $1`,
        [refusals],
      );
      return rowCount === 1;
    };
    await holds(async () => {
      if (await rests()) advance(10_000);
      expect((await waiting()).find(({ why }) => why === 'refused')).toMatchObject({ caseId });
    });
    expect(refusals).toBe(5);
  });

  it('adds nothing when the server counts anew', async () => {
    const caseId = await letterDue();
    const messageId = await sentLetter(caseId);
    imap.deliver(receipt(messageId));
    await opens(caseId, 't_proof');
    const { revision } = await stateOf(caseId);
    imap.renumber();
    imap.deliver(receipt(messageId, { tipo: 'accettazione' }));
    await holds(async () => expect((await stateOf(caseId)).revision).toBeGreaterThan(revision));
    expect([...(await stateOf(caseId)).deliveries.values()][0]!.receipts).toHaveLength(2);
  });
});
