import { createHash } from 'node:crypto';
import { systemPrincipal } from '@iter/access';
import { awaitingBeside, isOnItsWay } from '@iter/engine';
import type { DraftedFile } from '@iter/engine';
import { romeDate } from '@iter/legal-calendar';
import type { Effected } from '../effects/drain.ts';
import type { CertifiedMailParts, JudgedReceipt } from './ports.ts';
import { letterNamed } from './send.ts';
import { moveMail, noteArrived, placeIn, sealedSource } from './tables.ts';
import type { ArrivedMail, PendingMail, WaitingMail } from './tables.ts';

/** How long a receipt that its case does not await now rests before it is offered again. */
const offerEveryMs = 30_000;

/** From this try on people are asked about a receipt that its case refuses; tries that faults ended count too. */
const mostTries = 5;

/** What receipts are called among the documents of a case. */
const names: Readonly<Record<string, string>> = {
  acceptance: 'accettazione',
  'non-acceptance': 'non-accettazione',
  'taking-charge': 'presa-in-carico',
  delivery: 'avvenuta-consegna',
  'delivery-error': 'mancata-consegna',
  'delivery-warning': 'preavviso-di-mancata-consegna',
  'virus-detection': 'rilevazione-di-virus',
};

/** Reads what came since the last time and keeps it; nothing is decided here. @returns why it could not, or done */
export async function readMailbox(parts: CertifiedMailParts, signal: AbortSignal): Promise<Effected> {
  const { pool, mailbox, address } = parts;
  while (!signal.aborted) {
    const fetched = await mailbox.fetch(await placeIn(pool, address));
    if (fetched.outcome === 'later') return { again: fetched.code };
    const arrived: ArrivedMail[] = [];
    for (const { source, place } of fetched.mails)
      arrived.push(await arrivedMail(parts, source, `${place.validity}-${place.uid}`));
    await noteArrived(pool, address, arrived, fetched.place);
    if (!fetched.more) break;
  }
  return 'done';
}

async function arrivedMail(
  { clock, vault, ...parts }: CertifiedMailParts,
  source: Uint8Array | null,
  place: string,
): Promise<ArrivedMail> {
  const cameAt = clock.now();
  const idOf = (of: string | Uint8Array): string => createHash('sha256').update(of).digest('hex');
  // What was too large to be read is known by its place in this mailbox.
  if (!source)
    return {
      id: idOf(`${parts.address} ${place}`),
      cameAt,
      kind: 'too-large',
      about: null,
      at: null,
      sealed: null,
    };
  const id = idOf(source);
  const { kind, from, subject, about, at } = await parts.read(source);
  const ours = about.find((one) => letterNamed(one, parts.address) !== null) ?? about[0] ?? null;
  const heading = await vault.seal(`heading ${id}`, Buffer.from(JSON.stringify({ from, subject })));
  const content = await vault.seal(`source ${id}`, source);
  const sealed = { keyId: content.keyId, heading: heading.box, source: content.box };
  return { id, cameAt, kind, about: ours, at, sealed };
}

/**
 * Files a receipt in the case whose letter it is about. The rest is left to people: an answer to a letter of ours beside
 * its case, and whatever belongs to none.
 */
export async function fileMail(
  parts: CertifiedMailParts,
  pending: PendingMail,
  tries: number,
): Promise<Effected> {
  const { pool, clock } = parts;
  const { mail, about, what } = pending;
  const unmatched = async (why: string, caseId?: string): Promise<Effected> => {
    await moveMail(pool, mail, { state: 'unmatched', why, ...(caseId !== undefined && { caseId }) });
    return 'done';
  };
  const named = about === null ? null : letterNamed(about, parts.address);
  const state = named && (await parts.caseNow(named.caseId));
  if (what !== 'receipt') {
    const isAnswer = state?.deliveries.has(about ?? '') === true;
    return isAnswer ? unmatched(what === 'envelope' ? 'answer' : what, named?.caseId) : unmatched(what);
  }
  if (about === null || !named) return unmatched('other-message');
  if (!state) return unmatched('no-case');
  const { caseId, job } = named;
  const letter = state.deliveries.get(about);
  // The job that sent it was interrupted before it noted that: it is about to look for this very receipt.
  if (!letter && state.jobs.has(job)) return { again: 'delivery-not-recorded' };
  if (!letter) return unmatched('no-case', caseId);
  if (state.status !== 'active') return unmatched('case-over', caseId);
  const source = await sourceOf(parts, mail);
  if (!source) return unmatched('unreadable', caseId);
  const judged = await parts.judge(source, letter, clock.now());
  if (!judged) return unmatched('other-message', caseId);
  // Filed before a crash, or it came twice: what it gives is offered again, for nobody knows whether it was given.
  if (judged.isKnown) return settle(parts, { ...pending, caseId }, judged, false);
  const { kind, at } = judged.receipt;
  const name = `${names[kind] ?? kind}-${romeDate(at)}-${mail.slice(0, 8)}.eml`;
  const file = await parts.files.keep(caseId, name, source);
  const outcome = await record(parts, { caseId, about, mail, file, judged });
  if (outcome.outcome === 'done') {
    const isGiven = outcome.events.some(({ type }) => type === 'MessageCorrelated');
    return settle(parts, { ...pending, caseId }, judged, isGiven);
  }
  const isFiled = [...state.documents.values()].some(({ sha256 }) => sha256 === file.sha256);
  if (!isFiled) await parts.files.discard(caseId, file.sha256);
  if (outcome.outcome !== 'rejected') return { again: outcome.outcome };
  // What the case still refuses after a while, it will refuse for ever.
  return tries < mostTries ? { again: outcome.rejection.code } : unmatched('refused', caseId);
}

function record(
  { clock, execute }: CertifiedMailParts,
  of: {
    readonly caseId: string;
    readonly about: string;
    readonly mail: string;
    readonly file: DraftedFile;
    readonly judged: JudgedReceipt;
  },
) {
  const { receipt, signature, gives } = of.judged;
  const now = clock.now();
  return execute({
    ...{ principal: systemPrincipal, route: 'certified-mail', idempotencyKey: `receipt-${of.mail}` },
    caseId: of.caseId,
    // Clocks may differ a little; nothing is recorded as having happened later than now.
    occurredAt: Date.parse(receipt.at) < Date.parse(now) ? receipt.at : now,
    command: {
      ...{ type: 'RecordDeliveryReceipt', messageId: of.about, receipt, gives },
      file: { ...of.file, ...(signature && { signature }) },
    },
  });
}

async function settle(
  { pool, clock }: CertifiedMailParts,
  { mail, caseId }: PendingMail,
  { receipt, gives }: JudgedReceipt,
  isGiven: boolean,
): Promise<Effected> {
  if (receipt.news !== 'counted')
    await moveMail(pool, mail, { state: 'unmatched', why: receipt.news, caseId, isInCase: true });
  else if (gives && !isGiven)
    await moveMail(pool, mail, { state: 'waiting', caseId, gives, lookAt: clock.now() });
  else await moveMail(pool, mail, { state: 'filed', caseId });
  return 'done';
}

/** Gives a receipt to a case that has come to await it, as long as the attempt goes on to which it belongs. */
export async function offerMail(parts: CertifiedMailParts, waiting: WaitingMail): Promise<Effected> {
  const { pool, clock } = parts;
  const { caseId, mail, about, gives } = waiting;
  const state = await parts.caseNow(caseId);
  const letter = state?.deliveries.get(about ?? '');
  if (!state || !letter || !isOnItsWay(state, letter)) {
    await moveMail(pool, mail, { state: 'filed', why: 'not-awaited' });
    return 'done';
  }
  const subscription = state.suspended ? undefined : awaitingBeside(state, letter, gives.message);
  if (!subscription) {
    const lookAt = new Date(Date.parse(clock.now()) + offerEveryMs).toISOString();
    await moveMail(pool, mail, { state: 'waiting', lookAt });
    return 'done';
  }
  const outcome = await parts.execute({
    ...{
      principal: systemPrincipal,
      route: 'certified-mail',
      idempotencyKey: `give-${mail}-${subscription.key}`,
      caseId,
    },
    command: {
      ...{ type: 'CorrelateMessage', name: gives.message, correlationKey: null, messageId: mail },
      ...{ variables: gives.variables, subscription: subscription.key },
    },
  });
  if (outcome.outcome === 'rejected') return { again: outcome.rejection.code };
  await moveMail(pool, mail, { state: 'filed' });
  return 'done';
}

async function sourceOf({ pool, vault }: CertifiedMailParts, mail: string): Promise<Buffer | null> {
  const sealed = await sealedSource(pool, mail);
  return sealed && vault.open(`source ${mail}`, sealed.keyId, sealed.source);
}
