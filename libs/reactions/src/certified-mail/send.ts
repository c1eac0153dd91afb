import { systemPrincipal } from '@iter/access';
import { newestVersion } from '@iter/engine';
import type { CaseState, Variables } from '@iter/engine';
import { romeDate } from '@iter/legal-calendar';
import type { Json } from '@iter/process-model';
import { JobError, NotNow } from '../service-tasks/built-in.ts';
import type { Work } from '../service-tasks/built-in.ts';
import type { Job } from '../service-tasks/due-jobs.ts';
import type { CertifiedMailParts } from './ports.ts';
import { forgetTry, lastTry, noteAccepted, noteTry } from './tables.ts';

/** Encoded they stay below the 30 MB that a provider takes. Source: D.M. 2 November 2005, technical rules, § 4.5 */
const mostBytes = 20 * 1024 * 1024;
const defaultGraceMs = 120_000;

/** The case and the element instance of a letter: whoever finds it in a mailbox knows whose it is. */
const messageIdOf = (caseId: string, job: string, address: string): string =>
  `${caseId}.${job}@${address.slice(address.lastIndexOf('@') + 1).toLowerCase()}`;

/** @returns null when it is no letter of this mailbox */
export function letterNamed(
  messageId: string,
  address: string,
): { readonly caseId: string; readonly job: string } | null {
  const [, caseId = '', job = ''] = /^([0-9a-f-]{36})\.([^\s@]+)@/.exec(messageId) ?? [];
  return caseId !== '' && messageIdOf(caseId, job, address) === messageId ? { caseId, job } : null;
}

/**
 * `certified-mail`: gives documents of the case to the provider of certified mail. The headers name variables: `to` one
 * address, `documents` references of documents of the case (one or a list), `subject` what the letter is called outside:
 * no personal data in it. The newest version of each document is sent, and never a draft. Gives `submittedOn` (the day in
 * Rome) and `messageId`. What only people can mend is the error `not-sent`, with its reason in `notSentReason`; a server
 * that is away is waited for.
 *
 * A letter whose answer was lost (a crash, a broken connection) is looked for in the mailbox first: an accepted letter
 * leaves a receipt there. Without one it is sent again under the same message id.
 */
export const certifiedMail =
  (parts: CertifiedMailParts): Work =>
  async (job) => {
    const { caseId, key } = job;
    const [open, state] = [await parts.jobNow(caseId, key), await parts.caseNow(caseId)];
    if (!open || !state) throw new Error('the job is over');
    const messageId = messageIdOf(caseId, key, parts.address);
    const submittedAt =
      state.deliveries.get(messageId)?.submittedAt ?? (await send(parts, job, open.variables, state));
    return { submittedOn: romeDate(submittedAt), messageId };
  };

async function send(
  parts: CertifiedMailParts,
  job: Job,
  variables: Variables,
  state: CaseState,
): Promise<string> {
  const { caseId, key } = job;
  const messageId = messageIdOf(caseId, key, parts.address);
  const to = addressIn(variables[job.headers['to'] ?? '']);
  const subject = textIn(variables[job.headers['subject'] ?? ''], 'l’oggetto');
  const documents = documentsIn(state, caseId, variables[job.headers['documents'] ?? '']);
  const files = [];
  for (const { name, mediaType, sha256 } of documents) {
    const content = await parts.files.read(caseId, sha256);
    if (!content) throw notSent('un documento non si può più leggere.');
    files.push({ name, mediaType, content });
  }
  if (files.reduce((sum, { content }) => sum + content.length, 0) > mostBytes)
    throw notSent('gli allegati superano 20 MB: un gestore di posta certificata non li accetta.');
  const text = `Si trasmette quanto allegato.\n\nRiferimento: ${subject}\n`;
  const submittedAt = await submit(parts, { messageId, to: [to], subject, text, files });
  const outcome = await parts.execute({
    ...{ principal: systemPrincipal, route: 'certified-mail', idempotencyKey: `sent-${messageId}`, caseId },
    command: {
      ...{ type: 'RecordDelivery', job: key, messageId, to: [to], submittedAt },
      documents: documents.map((it) => it.key),
    },
  });
  if (outcome.outcome !== 'done')
    throw new NotNow(outcome.outcome === 'rejected' ? outcome.rejection.code : outcome.outcome);
  return submittedAt;
}

/** @returns when it was given over, now or by a try before */
async function submit(
  { pool, clock, mailbox, graceMs = defaultGraceMs }: CertifiedMailParts,
  letter: Parameters<CertifiedMailParts['mailbox']['send']>[0],
): Promise<string> {
  const { messageId } = letter;
  const before = await lastTry(pool, messageId);
  if (before?.isAccepted || before?.isAnswered) return before.triedAt;
  const now = clock.now();
  if (before && Date.parse(now) - Date.parse(before.triedAt) < graceMs) throw new NotNow('answer-awaited');
  await noteTry(pool, messageId, now);
  const answer = await mailbox.send(letter);
  if (answer.outcome === 'later') throw new NotNow(answer.code);
  if (answer.outcome === 'refused') {
    await forgetTry(pool, messageId);
    throw notSent(`il gestore non accetta il messaggio o il destinatario (${answer.code}).`);
  }
  await noteAccepted(pool, messageId);
  return now;
}

const notSent = (why: string): JobError =>
  new JobError('not-sent', why, { notSentReason: `Non inviato per PEC: ${why}` });

function addressIn(value: Json | undefined): string {
  if (typeof value === 'string' && value.length <= 254 && /^[^\s<>@,;"]+@[^\s<>@,;"]+$/.test(value.trim()))
    return value.trim();
  throw notSent('l’indirizzo del destinatario non è un indirizzo di posta certificata.');
}

function textIn(value: Json | undefined, what: string): string {
  if (typeof value === 'string' && value.trim() !== '') return value.trim().slice(0, 150);
  throw notSent(`manca ${what} del messaggio.`);
}

function documentsIn(state: CaseState, caseId: string, value: Json | undefined) {
  const references = (Array.isArray(value) ? value : [value]).filter(
    (it) => typeof it === 'string' && it !== '',
  );
  if (references.length === 0) throw notSent('non è indicato nessun documento.');
  return references.map((reference) => {
    const [of, key = ''] = String(reference).split('.', 2);
    const document = of === caseId ? state.documents.get(newestVersion(state, key)) : undefined;
    if (!document) throw notSent('un documento indicato non è nel fascicolo.');
    if (document.draft)
      throw notSent(`«${document.name}» è una bozza: caricare prima l’atto firmato al suo posto.`);
    return document;
  });
}
