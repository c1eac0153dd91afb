import { systemPrincipal } from '@iter/access';
import type { Principal } from '@iter/access';
import type { CaseCommand, CaseEvent, EventOf, Key, Signature } from '@iter/engine';
import type { Work } from './built-in.ts';

/** What of an event is asked here. */
export type HistoryEvent = CaseEvent & { readonly id: string; readonly causationId: string | null };

type Attach = Extract<CaseCommand, { type: 'AttachDocument' }>;
type Filed = EventOf<'DocumentAttached'>['data'];

export interface TakeDocumentsPorts {
  /** A case from its beginning, oldest first; null: there is none. */
  history(caseId: string): Promise<readonly HistoryEvent[] | null>;
  /** Null: it is not there. */
  content(caseId: string, sha256: string): Promise<Buffer | null>;
  keep(caseId: string, name: string, content: Buffer): Promise<void>;
  execute(request: {
    readonly caseId: string;
    readonly command: Attach;
    readonly principal: Principal;
    readonly route: string;
    readonly idempotencyKey: string;
  }): Promise<
    | { readonly outcome: 'done' }
    | { readonly outcome: 'rejected'; readonly rejection: { readonly code: string } }
    | { readonly outcome: 'stale' | 'key-reused' }
  >;
}

/**
 * `take-documents`: files in the case what was handed over with the message that began it (`iter:receiver documents`), the
 * same bytes under the case's own key. What may be taken stands in the log of the case that sent it, in the event of that
 * very message: no variable says so, and what began otherwise takes nothing, nor whoever comes after that case was erased.
 * The new office cannot look into the other file: header `lost` names the variable that tells it the names of those that are
 * not there any more (null: none is lost), as one text. Without that header one that is lost fails the job, once the others are
 * filed. Done again, it files nothing twice.
 * @returns `takenDocuments`: their references here, for tasks that name what is read with them (`iter:reads`); null: none came
 */
export const takeDocuments =
  (ports: TakeDocumentsPorts): Work =>
  async ({ caseId, headers: { lost: told } }) => {
    const lost: Filed[] = [];
    const handed = await handedTo(ports, caseId);
    for (const { from, document } of handed) {
      const content = await ports.content(from, document.sha256);
      if (!content) {
        lost.push(document);
        continue;
      }
      const { name, mediaType, sizeBytes, sha256, protocolNo, protocol, signature } = document;
      await ports.keep(caseId, name, content);
      const filed = await ports.execute({
        caseId,
        command: {
          ...{ type: 'AttachDocument', name, mediaType, sizeBytes, sha256, protocolNo, task: null },
          ...(protocol && { protocol }),
          ...(signature && { signature: unpaired(signature) }),
        },
        principal: systemPrincipal,
        route: 'hand-over',
        idempotencyKey: `${caseId}-${document.key}`,
      });
      if (filed.outcome === 'done') continue;
      throw new Error(`not taken: ${filed.outcome === 'rejected' ? filed.rejection.code : filed.outcome}`);
    }
    // An erased case says nothing of what it handed over: what it names is to be there.
    if (lost.length > 0 && !told) throw new Error(`not there to be taken: ${listed(lost, 'key')}`);
    return {
      takenDocuments: handed.length === 0 ? null : await filedHere(ports, caseId, handed),
      ...(told && { [told]: lost.length === 0 ? null : listed(lost, 'name') }),
    };
  };

/** What was found of a signature stays; the other file of the two is one of the case that it came from. */
const unpaired = ({ format, state, count }: Signature): Signature => ({ format, state, count });

const listed = (documents: readonly Filed[], by: 'key' | 'name'): string =>
  documents.map((document) => document[by]).join(', ');

/** References of what was handed over, as it lies here. */
async function filedHere(
  { history }: Pick<TakeDocumentsPorts, 'history'>,
  caseId: string,
  handed: readonly { readonly document: Filed }[],
): Promise<string[]> {
  const contents = new Set(handed.map(({ document }) => document.sha256));
  return ((await history(caseId)) ?? []).flatMap((event) =>
    event.type === 'DocumentAttached' && contents.has(event.data.sha256)
      ? [`${caseId}.${event.data.key}`]
      : [],
  );
}

/** What the case that began this one handed over to it. */
async function handedTo(
  { history }: Pick<TakeDocumentsPorts, 'history'>,
  caseId: string,
): Promise<readonly { readonly from: string; readonly document: Filed }[]> {
  const [first, ...others] = (await history(caseId)) ?? [];
  const link = others.find((event) => event.type === 'CaseLinked' && event.data.relation === 'started-by');
  if (first === undefined || link?.type !== 'CaseLinked') return [];
  const from = link.data.case;
  const told = (await history(from)) ?? [];
  const sent = told.find(({ id, type }) => type === 'MessageThrown' && id === first.causationId);
  const handed: readonly Key[] = sent?.type === 'MessageThrown' ? (sent.data.documents ?? []) : [];
  return told.flatMap((event) =>
    event.type === 'DocumentAttached' && handed.includes(event.data.key)
      ? [{ from, document: event.data }]
      : [],
  );
}
