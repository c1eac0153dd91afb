import type { Daticert } from '@iter/channels/pec';
import type { CaseState } from '@iter/engine';
import type { RecognisedMailDto } from '../dto/certified-mail.ts';
import { givenBy } from './given-by.ts';
import { judgeFound, readCertifiedData, readCertifiedMail } from './read-mail.ts';
import type { FoundMail } from './read-mail.ts';

/**
 * What a file of certified mail is to a case. Of a letter that was not sent from here, a receipt says what it says; whether
 * it is about this act, people must know.
 * @param awaited names of the messages that the case awaits now
 * @returns null when the file is no mail
 */
export async function recognise(
  content: Buffer,
  state: CaseState,
  awaited: ReadonlySet<string>,
  now: string,
): Promise<RecognisedMailDto | null> {
  const found = await readFile(content);
  if (!found) return null;
  const { kind, fault, heading, daticert, signature } = found;
  const letter = state.deliveries.get(daticert?.messageId ?? '');
  const judged = letter ? judgeFound(found, letter, now) : null;
  const isAltered = signature?.state === 'altered';
  const isDoubtful = isAltered || judged?.receipt.news === 'doubtful';
  const given = isDoubtful || !daticert ? null : givenBy(daticert, judged ?? byItself(found, daticert));
  return {
    ...{
      kind,
      what: fault ?? daticert?.kind ?? null,
      subject: daticert?.subject ?? heading?.subject ?? null,
      from: daticert?.sender ?? heading?.from ?? null,
    },
    ...{ about: daticert?.messageId ?? null, to: daticert?.deliveredTo ?? null, at: daticert?.at ?? null },
    ...{ isOfThisCase: letter !== undefined, isKnown: judged?.isKnown ?? false, isDoubtful, signature },
    suggestion: given && awaited.has(given.message) ? given : null,
  };
}

/** Told apart by how they begin: XML, or the headers of a mail. */
async function readFile(content: Buffer): Promise<FoundMail | null> {
  const head = content.toString('latin1', 0, 80);
  if (/^(?:\xef\xbb\xbf)?\s*</.test(head)) return readCertifiedData(content);
  return /^[A-Za-z][A-Za-z0-9-]{1,60}:[ \t]/.test(head) ? readCertifiedMail(content) : null;
}

/** Of a letter that others sent to one recipient. */
function byItself({ kind }: FoundMail, { kind: receipt, at }: Daticert) {
  const isDelivered = kind === 'receipt' && receipt === 'delivery';
  const isFailed = kind === 'receipt' && (receipt === 'delivery-error' || receipt === 'non-acceptance');
  const failure = isFailed ? 'Il gestore non ha consegnato il messaggio.' : null;
  return { deliveredAt: isDelivered ? at : null, failure };
}
