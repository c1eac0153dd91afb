import type { Label } from '@iter/platform/words';
import { mayAct } from '@iter/access';
import type { Grant, Principal } from '@iter/access';
import type { CaseState } from '@iter/engine';
import type { EventLog, Position } from '@iter/event-store';
import { commandIdOf } from '@iter/platform/ids';
import { messagePrefix, messageStream } from '../messages/address.ts';
import { createMessageStreams } from '../messages/streams.ts';
import type { MessageStreams } from '../messages/streams.ts';
import type { CommandRejection, Outcome, RecordedEvent, Request } from '../outcome.ts';
import type { CasePorts, ErasureFacts, ErasureOrder } from '../ports.ts';
import { canonicalAsked } from './checks.ts';
import { caseNotFound, denied } from './denied.ts';
import { caseFacts } from './facts.ts';
import type { CaseHandler } from './handler.ts';
import { readHistory } from './load.ts';

type ErasureCommand = Parameters<ErasureFacts['execute']>[0]['command'];

/** Who asks, and why. */
type Asked = Omit<Request, 'occurredAt' | 'expectedRevision'> & { readonly caseId: string };

/** What whose data it is has decided, and where that is written. */
export type EraseRequest = Asked & Pick<ErasureOrder, 'ground' | 'instruction'>;

export interface CaseEraser {
  /**
   * Orders that what a case says be erased: its variables, free texts, documents, and what messages brought to it; who acted,
   * when, in which role, dates and terms stay, and the chain stays whole. For ever.
   *
   * Rejections: `case-not-ended`; `case-erased`; `case-held`; `message-waiting` while a message that the case has thrown, or one
   * that lies beside one that it took, waits for a receiver: its content would go with the keys.
   */
  erase(request: EraseRequest): Promise<EraseOutcome>;
  /**
   * Forbids that what a case says be erased, or allows it again: a court or an inspection asks for it, or no more. Also while it
   * runs: who asks for it does not wait for its end. What is forbidden in the name of one body nobody of another allows again: the
   * Province keeps the data on the word of the Comune (art. 28(3)(a) GDPR), and either may have a judge of its own.
   *
   * Rejections: `case-erased`; `case-held`; `case-not-held`; `case-held-by-another`.
   */
  hold(request: Asked & { readonly held: boolean }): Promise<EraseOutcome>;
}

export type EraseOutcome =
  | Pick<Extract<Outcome, { outcome: 'done' }>, 'outcome' | 'position' | 'repeated'>
  | { readonly outcome: 'rejected'; readonly rejection: CommandRejection }
  | { readonly outcome: 'key-reused' };

/** Kinds of start events that a message may have set off. */
const byMessage: ReadonlySet<string> = new Set(['message', 'multiple']);

const refuse = (code: CommandRejection['code'], message: Label): CommandRejection => ({ code, message });

export function createCaseEraser(ports: CasePorts, handler: CaseHandler): CaseEraser {
  const isMessageStart = (definition: string, element: string): boolean => {
    const node = handler.models(definition)?.nodes.get(element);
    return node !== undefined && (node.instantiate || byMessage.has(node.event.kind));
  };

  /** @param decided what the register is told, once it is known that whoever asks may, and in which role */
  async function execute(
    { caseId, principal, route, idempotencyKey, reason = '' }: Asked,
    act: 'EraseCase' | 'HoldCase',
    content: object,
    decided: (state: CaseState, as: Grant, reason: string) => Promise<ErasureCommand | CommandRejection>,
  ): Promise<EraseOutcome> {
    const { erasures } = ports;
    if (!erasures) throw new Error('this house keeps no register of erasures');
    const rejected = (rejection: CommandRejection): EraseOutcome => ({ outcome: 'rejected', rejection });
    const asked = canonicalAsked(content, { reason });
    if ('code' in asked) return rejected(asked);
    const file = await handler.load(caseId);
    const { state } = file;
    if (state.status === 'none') return rejected(caseNotFound);
    const decision = mayAct(principal, act, { case: caseFacts(file, ports.bodies), reason });
    if (!decision.allowed) return rejected(decision.hidden ? caseNotFound : denied(decision));
    const command = await decided(state, decision.as, reason);
    if ('code' in command) return rejected(command);
    const tenant = state.comune;
    return erasures.execute({
      ...{ caseId, tenant, actor: { account: principal.account, ...decision.as }, command },
      commandId: commandIdOf({ tenant, actor: principal.account, route, idempotencyKey }),
      requestHash: ports.requestHash(asked.text),
    });
  }

  return {
    erase: ({ ground, instruction, ...request }) =>
      execute(request, 'EraseCase', { ground, instruction }, async ({ status, process }, _, reason) => {
        if (status === 'active')
          return refuse('case-not-ended', {
            it: 'La pratica è in corso: il contenuto si cancella quando è conclusa.',
            en: 'The case is under way: its content is erased once it is closed.',
          });
        // Ordered before: nothing is left to be named, and the register tells whether this is the same order.
        const known = ports.erasures?.find(request.caseId);
        const keys = known ? [] : await keysOf(ports, request.caseId, isMessageStart);
        if (keys === null)
          return refuse('message-waiting', {
            it: 'Un messaggio di questa pratica, o per essa, attende ancora chi lo riceva: la cancellazione è possibile quando è ricevuto o scaduto.',
            en: 'A message of this case, or for it, still awaits its receiver: the content can be erased once it is received or has expired.',
          });
        return { type: 'OrderErasure', order: { process, ground, instruction, reason, keys } };
      }),
    hold: ({ held, ...asked }) => {
      const holders = ports.erasures?.held(asked.caseId).map(({ body }) => body) ?? [];
      const request = held ? asked : { ...asked, principal: inNameOf(asked.principal, holders) };
      return execute(request, 'HoldCase', { held }, async ({ process }, { body }, reason) =>
        held ? { type: 'HoldCase', body, process, reason } : { type: 'ReleaseCase', body, reason },
      );
    },
  };
}

/** What somebody holds in these bodies comes before the rest. */
function inNameOf({ grants, ...principal }: Principal, bodies: readonly string[]): Principal {
  const [theirs, others] = [true, false].map((is) =>
    grants.filter(({ body }) => bodies.includes(body) === is),
  );
  return { ...principal, grants: [...theirs!, ...others!] };
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
    if (event.type === 'MessageThrown' && (await isUnderWay(ports, messages, event))) return null;
    const messageId = broughtBy(event, isMessageStart);
    const stream = messageId && (await deliveredIn(ports.log, messageId, event.position));
    if (!stream || looked.has(stream)) continue;
    looked.add(stream);
    if ((await messages.read(stream)).messages.size > 0) return null;
    for (const { keyId } of await ports.log.readStream(stream)) if (keyId) keys.add(keyId);
  }
  return [...keys];
}

/** Whether a message that the case has thrown may still be given to somebody: what it says lies in the case alone. */
async function isUnderWay(
  { requestHash }: CasePorts,
  messages: MessageStreams,
  { id, tenant, recordedAt, data }: Extract<RecordedEvent, { type: 'MessageThrown' }>,
): Promise<boolean> {
  const { name, correlationKey, to = tenant } = data;
  const stream = messageStream(requestHash, { tenant: to, name, correlationKey }, recordedAt);
  const state = await messages.read(stream);
  return state.messages.has(id) || !state.published.has(id);
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
