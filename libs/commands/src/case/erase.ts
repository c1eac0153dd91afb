import { mayAct } from '@iter/access';
import type { EventLog, Position } from '@iter/event-store';
import { commandIdOf } from '@iter/platform/ids';
import { messagePrefix } from '../messages/address.ts';
import { createMessageStreams } from '../messages/streams.ts';
import type { CommandRejection, Outcome, RecordedEvent, Request } from '../outcome.ts';
import type { CasePorts, ErasureOrder } from '../ports.ts';
import { canonicalAsked } from './checks.ts';
import { caseNotFound, denied } from './denied.ts';
import { caseFacts } from './facts.ts';
import type { CaseHandler } from './handler.ts';
import { readHistory } from './load.ts';

/** What whose data it is has decided, and where that is written. */
export interface EraseRequest
  extends Omit<Request, 'occurredAt' | 'expectedRevision'>, Pick<ErasureOrder, 'ground' | 'instruction'> {
  readonly caseId: string;
}

export interface CaseEraser {
  /**
   * Orders that what a case says be erased: its variables, free texts, documents, and what messages brought to it; who acted,
   * when, in which role, dates and terms stay, and the chain stays whole. For ever.
   *
   * Rejections: `case-not-ended`; `case-erased`; `message-waiting` while a message of the case waits for a receiver.
   */
  erase(request: EraseRequest): Promise<EraseOutcome>;
}

export type EraseOutcome =
  | Pick<Extract<Outcome, { outcome: 'done' }>, 'outcome' | 'position' | 'repeated'>
  | { readonly outcome: 'rejected'; readonly rejection: CommandRejection }
  | { readonly outcome: 'key-reused' };

/** Kinds of start events that a message may have set off. */
const byMessage: ReadonlySet<string> = new Set(['message', 'multiple']);

const refuse = (code: CommandRejection['code'], message: string): EraseOutcome => ({
  outcome: 'rejected',
  rejection: { code, message },
});

export function createCaseEraser(ports: CasePorts, handler: CaseHandler): CaseEraser {
  const isMessageStart = (definition: string, element: string): boolean => {
    const node = handler.models(definition)?.nodes.get(element);
    return node !== undefined && (node.instantiate || byMessage.has(node.event.kind));
  };
  return {
    async erase({ caseId, ground, instruction, principal, route, idempotencyKey, reason = '' }) {
      const { erasures } = ports;
      if (!erasures) throw new Error('this house keeps no register of erasures');
      const asked = canonicalAsked({ ground, instruction }, { reason });
      if ('code' in asked) return { outcome: 'rejected', rejection: asked };
      const file = await handler.load(caseId);
      if (file.state.status === 'none') return { outcome: 'rejected', rejection: caseNotFound };
      const decision = mayAct(principal, 'EraseCase', { case: caseFacts(file, ports.bodies), reason });
      if (!decision.allowed)
        return { outcome: 'rejected', rejection: decision.hidden ? caseNotFound : denied(decision) };
      if (file.state.status === 'active')
        return refuse('case-not-ended', 'Si cancella il contenuto di una pratica solo quando è conclusa.');

      const keys = await keysOf(ports, caseId, isMessageStart);
      if (keys === null)
        return refuse(
          'message-waiting',
          'Un messaggio per questa pratica attende ancora chi lo riceva: la cancellazione è possibile quando è scaduto.',
        );
      const tenant = file.state.comune;
      return erasures.order({
        ...{ caseId, tenant, actor: { account: principal.account, ...decision.as } },
        commandId: commandIdOf({ tenant, actor: principal.account, route, idempotencyKey }),
        requestHash: ports.requestHash(asked.text),
        order: { process: file.state.process, ground, instruction, reason, keys },
      });
    },
  };
}

/** The keys of all that is sealed about a case; null: something waits that is sealed by one of them. */
async function keysOf(
  ports: CasePorts,
  caseId: string,
  isMessageStart: (definition: string, element: string) => boolean,
): Promise<readonly string[] | null> {
  const history = await readHistory(ports, caseId);
  const keys = new Set(history.flatMap(({ keyId }) => keyId ?? []));
  const messages = createMessageStreams(ports);
  const looked = new Set<string>();
  for (const event of history) {
    const messageId = broughtBy(event, isMessageStart);
    const stream = messageId && (await deliveredIn(ports.log, messageId, event.position));
    if (!stream || looked.has(stream)) continue;
    looked.add(stream);
    if ((await messages.read(stream)).messages.size > 0) return null;
    for (const { keyId } of await ports.log.readStream(stream)) if (keyId) keys.add(keyId);
  }
  return [...keys];
}

/** The message that lay in a stream of its own before the case took it; what people register by hand never did. */
function broughtBy(
  event: RecordedEvent,
  isMessageStart: (definition: string, element: string) => boolean,
): string | null {
  if (event.type === 'MessageCorrelated')
    return event.causationId === event.data.messageId ? event.data.messageId : null;
  if (event.type !== 'CaseStarted') return null;
  return isMessageStart(event.data.definition, event.data.startElement) ? event.causationId : null;
}

/** The stream of a message: that the case has it is noted there right after; null: nobody did. */
async function deliveredIn(log: EventLog, messageId: string, after: Position): Promise<string | null> {
  for (let from: Position | null = after; ;) {
    const page = await log.readAll({ after: from, prefixes: [messagePrefix] });
    const noted = page.events.find(
      ({ type, data }) => type === 'MessageDelivered' && data['messageId'] === messageId,
    );
    if (noted) return noted.stream;
    if (page.atEnd) return null;
    from = page.position;
  }
}
