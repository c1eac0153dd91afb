import { systemPrincipal } from '@iter/access';
import type { Variables } from '@iter/engine';
import { startOfProcess, startsIn } from '@iter/engine/messages';
import type { Delivery, LiveMessage, MessageStart } from '@iter/engine/messages';
import { uuidV5 } from '@iter/platform/ids';
import { caseStream } from '../case/load.ts';
import { contentAt } from '../content.ts';
import type { Source } from '../content.ts';
import type { CaseCommands, Outcome } from '../outcome.ts';
import type { CasePorts } from '../ports.ts';
import type { Starts } from '../starts/starts.ts';
import type { MessageStreams } from './streams.ts';

type Done = Extract<Outcome, { outcome: 'done' }>;

/** `Delivered`, with what the case answered that has it; null: none has begun yet, others of its events are to come. */
export type DeliveryOutcome =
  | { readonly outcome: 'done'; readonly answer: Done | null }
  | { readonly outcome: 'idle' | 'returned' }
  | { readonly outcome: 'refused'; readonly code: string };

/** What says that the receiver is no receiver any more, for ever. */
const gone: ReadonlySet<string> = new Set([
  'message-not-awaited',
  'case-not-active',
  'case-not-found',
  'start-element-not-found',
  'definition-not-found',
]);

/**
 * Brings a matched message to its receiver, under a command id that derives from message and receiver: whoever does it
 * again, after a crash or beside another, finds it done. What the case answers is then written into the stream.
 */
export function createDelivery(
  ports: Pick<CasePorts, 'log' | 'sealer'>,
  streams: MessageStreams,
  receivers: CaseCommands & Starts,
): (delivery: Delivery) => Promise<DeliveryOutcome> {
  return async ({ stream, tenant, messageId }) => {
    const message = (await streams.read(stream)).messages.get(messageId);
    const subscription = message?.matched ?? null;
    if (!message || subscription === null) return { outcome: 'idle' };
    const source = sourceOf(stream, message);
    const variables = await contentAt(ports, source, message.thrownBy ? messageId : undefined);
    const brought = { tenant, message, subscription, variables, source };
    const starts = startsIn(subscription);
    const answer =
      starts.length > 0
        ? await beginAll(receivers, starts, brought)
        : told(await correlate(receivers, brought));
    const asked = { stream, tenant, actor, causationId: messageId };
    if (answer.outcome === 'done') {
      await streams.execute({ ...asked, command: { type: 'ConfirmDelivery', messageId, subscription } });
      return answer;
    }
    const { code } = answer;
    if (!gone.has(code)) return answer;
    await streams.execute({ ...asked, command: { type: 'ReturnMessage', messageId, subscription, code } });
    return { outcome: 'returned' };
  };
}

/** In whose name messages are brought. */
export const actor = { account: systemPrincipal.account, ...systemPrincipal.grants[0]! };

interface Brought {
  readonly tenant: string;
  readonly message: LiveMessage;
  readonly subscription: string;
  readonly variables: Variables;
  readonly source: Source;
}

type Answer = Extract<DeliveryOutcome, { outcome: 'done' | 'refused' }>;

const told = (outcome: Outcome): Answer => {
  if (outcome.outcome === 'done') return { outcome: 'done', answer: outcome };
  return {
    outcome: 'refused',
    code: outcome.outcome === 'rejected' ? outcome.rejection.code : outcome.outcome,
  };
};

const asked = ({ message: { messageId } }: Brought, subscription: string) => ({
  principal: systemPrincipal,
  route: 'message',
  idempotencyKey: uuidV5(`${messageId}|${subscription}`),
  causationId: messageId,
});

function correlate({ execute }: CaseCommands, brought: Brought): Promise<Outcome> {
  const { subscription, variables } = brought;
  const { messageId, name } = brought.message;
  const dot = subscription.indexOf('.');
  return execute({
    ...asked(brought, subscription),
    caseId: subscription.slice(0, dot),
    command: {
      type: 'CorrelateMessage',
      ...{ name, messageId, variables },
      correlationKey: null,
      subscription: subscription.slice(dot + 1),
    },
  });
}

/**
 * Begins a case of each process; a process that begins with it no more is left out.
 * @returns refused when one refuses for now: those that have begun are found begun when it is tried again
 */
async function beginAll(
  receivers: CaseCommands & Starts,
  starts: readonly MessageStart[],
  brought: Brought,
): Promise<Answer> {
  let result: Answer = { outcome: 'refused', code: 'start-element-not-found' };
  for (const start of starts) {
    const answer = await beginOne(receivers, start, brought);
    if (answer.outcome === 'refused' && !gone.has(answer.code)) return answer;
    if (answer.outcome === 'done' && (result.outcome !== 'done' || result.answer === null)) result = answer;
  }
  return result;
}

async function beginOne(
  { start, triggered }: CaseCommands & Starts,
  to: MessageStart,
  brought: Brought,
): Promise<Answer> {
  const { process, element } = to;
  const { tenant, message, variables, source } = brought;
  const { messageId, name, thrownBy, keyHash = null } = message;
  const by = thrownBy && { case: thrownBy.caseId, element: thrownBy.element };
  if (element !== null) {
    const event = { message: name, tenant, keyHash };
    return triggered({ id: messageId, process, element, event, source, by });
  }
  return told(
    await start({
      ...asked(brought, startOfProcess(process)),
      ...{ process, comune: tenant, variables, message: name },
      ...(by && { startedBy: by }),
    }),
  );
}

/** Where the message says something: in the case that threw it, else in its stream. */
const sourceOf = (stream: string, { thrownBy, revision }: LiveMessage): Source =>
  thrownBy ? { stream: caseStream(thrownBy.caseId), revision: thrownBy.revision } : { stream, revision };
