import type { Label } from '@iter/platform/words';
import { mayAct } from '@iter/access';
import { addDuration, parseDuration } from '@iter/engine';
import type { Variables } from '@iter/engine';
import type { Address, MessageTraffic } from '@iter/engine/messages';
import type { ActorRef, Position } from '@iter/event-store';
import { romeDate } from '@iter/legal-calendar';
import { canonicalJson, caseIdOf, commandIdOf } from '@iter/platform/ids';
import { checkAsked, checkKey } from './case/checks.ts';
import { caseStream } from './case/load.ts';
import { prepareStart } from './case/start.ts';
import { awaitingDefinitions } from './messages/awaited-names.ts';
import { casesNamed, createTraffic, keptMs, keyOf } from './messages/traffic.ts';
import type { CaseCommands, CommandRejection, Outcome, Request } from './outcome.ts';
import type { CasePorts } from './ports.ts';
import { createStarts } from './starts/starts.ts';
import type { Starts } from './starts/starts.ts';

export type { DeliveryOutcome } from './messages/deliver.ts';

/** A message on its way to whoever awaits it. */
export interface MessageRequest extends Omit<Request, 'expectedRevision'> {
  readonly name: string;
  /** What the waiting case compares with its own key; null matches by name alone. */
  readonly correlationKey: string | null;
  readonly variables: Variables;
  /** The case it is for. Absent: it is published. */
  readonly caseId?: string;
  /** Body within which it is published, and whose case a started one is. */
  readonly comune?: string;
  /** ISO 8601 duration for which it is kept when nobody awaits it (`PT0S`: not at all); absent: 30 days. */
  readonly timeToLive?: string;
}

/** What became of a message: what the case answered that took it, or it waits for whoever will. */
export type MessageOutcome =
  | Outcome
  | {
      readonly outcome: 'published';
      readonly messageId: string;
      readonly position: Position | null;
      /** It had been published before. */
      readonly repeated: boolean;
    };

export interface Messages {
  /**
   * Gives a message to the case named, starts the case that begins with it, or publishes it: whoever awaits it gets it,
   * now or until its time to live is over; else a case begins of each process that begins with it. Who sends it begins
   * only what he may begin, and only as the form of that message would have it.
   * @returns what the case answered that took it at once; `published` when it waits, or is on its way to several;
   * `message-not-awaited` when no deployed process knows such a message
   */
  send(request: MessageRequest): Promise<MessageOutcome>;
}

/** Messages to a case, message starts, and messages for whom it may concern. The message's id is the command's: sent twice, it counts once. */
export function createMessages(ports: CasePorts, cases: CaseCommands): Messages & MessageTraffic & Starts {
  const starts = createStarts(ports, cases);
  const traffic = createTraffic(ports, { ...cases, ...starts });
  const { streams } = traffic;

  const found = async <T>(find: () => readonly T[]): Promise<readonly T[]> => {
    if (find().length === 0) await ports.definitions.catchUp();
    return find();
  };

  async function publish(request: MessageRequest, comune: string): Promise<MessageOutcome> {
    const { name, correlationKey, variables, timeToLive, idempotencyKey } = request;
    const wrong =
      checkKey(idempotencyKey) ?? checkAsked({ name, correlationKey, variables, comune, timeToLive });
    if (wrong) return { outcome: 'rejected', rejection: wrong };
    if (!ports.bodies.exists(comune)) {
      return refuse(
        {
          it: `L’ente ${comune.slice(0, 40)} non è registrato.`,
          en: `The body ${comune.slice(0, 40)} is not registered.`,
        },
        'body-not-found',
      );
    }
    const now = ports.clock.now();
    const expiresAt = endOf(timeToLive, now) ?? now;
    const by = await publisher(request, comune, now);
    if ('code' in by) return { outcome: 'rejected', rejection: by };
    const unfit = await beginsWrongly(request, comune);
    if (unfit) return { outcome: 'rejected', rejection: unfit };

    const messageId = idOf(request, comune);
    const bodyHash = ports.requestHash(
      canonicalJson({ name, correlationKey, variables, timeToLive: timeToLive ?? null }),
    );
    const stream = await streamFor(messageId, { tenant: comune, name, correlationKey }, now);
    const { state, position } = await streams.execute({
      ...{ stream, tenant: comune, actor: by },
      causationId: request.causationId ?? null,
      command: {
        type: 'PublishMessage',
        message: {
          ...{ messageId, name, expiresAt, bodyHash, variables },
          ...keyOf(ports.requestHash, { tenant: comune, name, correlationKey }),
          named: casesNamed(correlationKey, variables),
          thrownBy: null,
        },
      },
    });
    if (state.published.get(messageId) !== bodyHash) return { outcome: 'key-reused' };
    const delivery = await traffic.deliver({ stream, tenant: comune, messageId });
    if (delivery.outcome === 'done' && delivery.answer) return delivery.answer;
    return { outcome: 'published', messageId, position, repeated: position === null };
  }

  /** A message without a key that is sent again after midnight is looked for in yesterday's stream. */
  async function streamFor(messageId: string, address: Address, now: string): Promise<string> {
    const today = traffic.streamOf(address, now);
    if (address.correlationKey !== null) return today;
    const yesterday = traffic.streamOf(address, new Date(Date.parse(now) - 86_400_000).toISOString());
    return (await streams.read(yesterday)).published.has(messageId) ? yesterday : today;
  }

  /** Whoever may give a message to the cases of a process that awaits it may publish it. */
  async function publisher(
    { principal, name }: MessageRequest,
    comune: string,
    now: string,
  ): Promise<ActorRef | CommandRejection> {
    const awaiting = await found(() => awaitingDefinitions(ports.definitions, name));
    const decisions = awaiting.map(({ key: process }) => {
      const standing = ports.bodies.standing(comune, process, romeDate(now));
      const facts = { comune, process, startedBy: '', ...standing };
      return mayAct(principal, 'CorrelateMessage', { case: facts });
    });
    const allowed = decisions.find((it) => it.allowed);
    if (allowed?.allowed) return { account: principal.account, ...allowed.as };
    const [first] = decisions;
    if (first && !first.allowed) return { code: 'not-authorised', message: first.message };
    return notAwaited({
      it: `Nessun processo installato attende il messaggio ${name.slice(0, 80)}.`,
      en: `No installed process awaits the message ${name.slice(0, 80)}.`,
    });
  }

  /** Why a case that this message would begin may not begin, or not with this: what comes from outside is judged as a form is. */
  async function beginsWrongly(request: MessageRequest, comune: string): Promise<CommandRejection | null> {
    const { name: message, correlationKey: _, caseId: __, timeToLive: ___, ...asked } = request;
    const begins = new Set(ports.definitions.startedBy(message).map(({ definition }) => definition.key));
    // What was published once is answered as then.
    if (begins.size === 0 || (await publishedBefore(request, comune))) return null;
    for (const process of begins) {
      const prepared = await prepareStart(ports, { ...asked, process, comune, message, isRegistered: true });
      if ('code' in prepared) return prepared;
    }
    return null;
  }

  const idOf = ({ principal, route, idempotencyKey }: MessageRequest, tenant: string): string =>
    commandIdOf({ tenant, actor: principal.account, route, idempotencyKey });

  /** The process of the case that this request has begun. */
  async function begunBefore(request: MessageRequest, comune: string): Promise<string | null> {
    const stream = caseStream(caseIdOf(idOf(request, comune)));
    const [first] = await ports.log.readStream(stream, { limit: 1 });
    return first ? String(first.data['process']) : null;
  }

  async function publishedBefore(request: MessageRequest, comune: string): Promise<boolean> {
    const { name, correlationKey } = request;
    const id = idOf(request, comune);
    const stream = await streamFor(id, { tenant: comune, name, correlationKey }, ports.clock.now());
    return (await streams.read(stream)).published.has(id);
  }

  return {
    ...traffic,
    ...starts,
    async send(request) {
      const { name, correlationKey, variables, caseId, comune, timeToLive, ...asked } = request;
      if (endOf(timeToLive, ports.clock.now()) === null) {
        return refuse(
          {
            it: 'La durata non è ISO 8601, per esempio P30D; al massimo un anno.',
            en: 'The duration is not ISO 8601, such as P30D; at most a year.',
          },
          'date-invalid',
        );
      }
      if (caseId !== undefined) {
        const messageId = `${request.route}|${request.idempotencyKey}`;
        const command = { type: 'CorrelateMessage', name, correlationKey, messageId, variables } as const;
        return cases.execute({ ...asked, caseId, command });
      }
      const begins = correlationKey === null ? await found(() => ports.definitions.startedBy(name)) : [];
      const [only = null, another] = new Set(begins.map(({ definition }) => definition.key));
      if (comune === undefined) {
        if (only === null && (await found(() => awaitingDefinitions(ports.definitions, name))).length === 0) {
          return refuse({
            it: `Nessun processo installato attende il messaggio ${name.slice(0, 80)}.`,
            en: `No installed process awaits the message ${name.slice(0, 80)}.`,
          });
        }
        return refuse(
          {
            it: 'Un messaggio senza caso deve indicare l’ente.',
            en: 'A message without a case must name the body.',
          },
          'body-not-found',
        );
      }
      // What the request did when other processes were deployed is what it did.
      const process = another === undefined ? only : await begunBefore(request, comune);
      if (process === null || (another === undefined && (await publishedBefore(request, comune)))) {
        return publish(request, comune);
      }
      return cases.start({ ...asked, process, comune, variables, message: name, isRegistered: true });
    },
  };
}

const longestMs = 366 * 86_400_000;

function endOf(timeToLive: string | undefined, now: string): string | null {
  if (timeToLive === undefined) return new Date(Date.parse(now) + keptMs).toISOString();
  const duration = parseDuration(timeToLive);
  const end = duration && addDuration(now, duration);
  return end !== null && Date.parse(end) - Date.parse(now) <= longestMs ? end : null;
}

const notAwaited = (
  message: Label,
  code: CommandRejection['code'] = 'message-not-awaited',
): CommandRejection => ({ code, message });

const refuse = (message: Label, code?: CommandRejection['code']): Outcome => ({
  outcome: 'rejected',
  rejection: notAwaited(message, code),
});
