import { decide, isClear, seenCommand, withCommand } from '@iter/engine';
import type { CaseCommand, CaseEventType, CaseState, Instant } from '@iter/engine';
import { appendSurely, chainEvents, hashEvent, MalformedAppend, withData } from '@iter/event-store';
import type { ActorRef, JsonObject } from '@iter/event-store';
import { sealEvents } from '@iter/event-store/ledger';
import { commandIdOf } from '@iter/platform/ids';
import { packedBytes } from '@iter/platform/sealing';
import { traced } from '@iter/platform/tracing';
import type { CommandRejection, Outcome, RecordedEvent, Request } from '../outcome.ts';
import type { CasePorts } from '../ports.ts';
import { addEvents } from './case-file.ts';
import type { CaseFile } from './case-file.ts';
import { checkKey, checkOccurredAt } from './checks.ts';
import { decidedAt, envAt } from './env.ts';
import { createHotCases } from './hot-cases.ts';
import { caseStream, openEvent, readOn } from './load.ts';
import { createMailboxes } from './mailbox.ts';

/** What to do with a case once it is loaded. Called again whenever the case turns out to have moved on. */
export interface Work {
  readonly caseId: string;
  readonly request: Request;
  /** The request as canonical JSON: with the same key it must be the same. */
  readonly body: string;
  /** Body whose data the case is. */
  tenant(file: CaseFile): string;
  /** Nobody works on the case: it need not stay in memory for this. */
  readonly isPassing?: boolean;
  /** What is known of the case before reading it: undefined means read it. */
  readonly presumed?: CaseFile;
  /** Checks and authorises; gives the engine's command and in whose name it acts. */
  prepare(file: CaseFile): Promise<Prepared | CommandRejection>;
}

export interface Prepared {
  readonly command: CaseCommand;
  readonly actor: ActorRef;
}

/** Conflicts after which a command gives up: each means that another process wrote to the same case meanwhile. */
const maxConflicts = 20;

/**
 * The way of every command: load, authorise, decide, seal, chain, append; one mailbox per case.
 *
 * - A command that the case has seen gets its first answer, or `key-reused` when its body differs.
 * - What a cached state would refuse (or find nothing to do for) is decided again on the stream's tail.
 * - After a conflict the case is read on and the command decided again.
 * - After an append that failed with an unknown outcome, the cached state is dropped.
 */
export function createCaseHandler(ports: CasePorts) {
  const { log, sealer } = ports;
  const inTurn = createMailboxes();
  const hot = createHotCases(ports.hotCases ?? 10_000);
  // In its turn: who is just reading it in clear must not put that back.
  ports.erasures?.onOrdered((caseId) => void inTurn(caseId, async () => hot.drop(caseId)));
  const models = (hash: string) => ports.definitions.byHash(hash)?.model;

  /** What was deployed elsewhere a moment ago may not have arrived here yet. */
  const modelsAreHere = async ({ definitions }: CaseFile): Promise<void> => {
    for (const hash of definitions) if (!models(hash)) return ports.definitions.catchUp();
  };

  async function run(work: Work): Promise<Outcome> {
    const badKey = checkKey(work.request.idempotencyKey);
    if (badKey) return { outcome: 'rejected', rejection: badKey };
    const known = hot.get(work.caseId) ?? work.presumed;
    let file = known ?? (await readOn(ports, work.caseId));
    let fresh = known === undefined;
    for (let conflicts = 0; ;) {
      await modelsAreHere(file);
      const step = await attempt(work, file);
      if (step.kind === 'append') {
        const answer = await append(work, file, step);
        if (answer !== 'conflict') return answer;
        if (++conflicts > maxConflicts)
          throw new Error(`${caseStream(work.caseId)} is written by too many at once`);
        file = await readOn(ports, work.caseId, file);
        fresh = true;
        continue;
      }
      if (!fresh && step.kind === 'nothing') {
        const present = await readOn(ports, work.caseId, file);
        fresh = true;
        if (present !== file) {
          file = present;
          continue;
        }
      }
      if (file.head) hot.put(work.caseId, file, work.isPassing);
      return step.kind === 'seen' ? await firstAnswer(work.caseId, step.commandId) : step.outcome;
    }
  }

  type Step =
    | { readonly kind: 'seen'; readonly commandId: string }
    | { readonly kind: 'nothing'; readonly outcome: Outcome }
    | ({ readonly kind: 'append' } & Decided);

  interface Decided {
    readonly commandId: string;
    readonly requestHash: string;
    readonly actor: ActorRef;
    readonly occurredAt: Instant;
    readonly recordedAt: Instant;
    readonly events: readonly { readonly type: string; readonly data: JsonObject }[];
    /** The case's state after them. */
    readonly state: CaseState;
  }

  async function attempt(work: Work, file: CaseFile): Promise<Step> {
    const { request, caseId } = work;
    const nothing = (outcome: Outcome): Step => ({ kind: 'nothing', outcome });
    const refuse = (rejection: CommandRejection): Step => nothing({ outcome: 'rejected', rejection });

    const tenant = work.tenant(file);
    const { route, idempotencyKey } = request;
    const commandId = commandIdOf({ tenant, actor: request.principal.account, route, idempotencyKey });
    const requestHash = ports.requestHash(work.body);
    const seen = seenCommand(file.state, commandId);
    if (seen !== undefined) {
      return seen === requestHash ? { kind: 'seen', commandId } : nothing({ outcome: 'key-reused' });
    }
    const prepared = await work.prepare(file);
    if ('code' in prepared) return refuse(prepared);
    const { expectedRevision } = request;
    if (expectedRevision !== undefined && expectedRevision !== file.state.revision) {
      return nothing({ outcome: 'stale', revision: file.state.revision });
    }
    const recordedAt = decidedAt(ports, file);
    const occurredAt = checkOccurredAt(request.occurredAt, recordedAt);
    if (typeof occurredAt !== 'string') return refuse(occurredAt);

    const { actor } = prepared;
    const env = envAt(ports, recordedAt, tenant, commandId, { actor, occurredAt, caseId, commandId });
    const decision = decide(models, file.state, prepared.command, env);
    if ('rejection' in decision) return refuse(decision.rejection);
    if (decision.events.length === 0) {
      const revision = file.state.revision;
      return nothing({ outcome: 'done', caseId, position: null, revision, events: [], repeated: false });
    }
    return {
      kind: 'append',
      commandId,
      requestHash,
      actor: prepared.actor,
      occurredAt,
      recordedAt,
      events: decision.events as unknown as Decided['events'],
      state: withCommand(decision.state, commandId, requestHash),
    };
  }

  async function append(work: Work, file: CaseFile, step: Decided): Promise<Outcome | 'conflict'> {
    const { caseId, request } = work;
    const stream = caseStream(caseId);
    const key = await sealer.keyFor(stream, file.head === null);
    const cover = {
      tenant: work.tenant(file),
      stream,
      occurredAt: step.occurredAt,
      recordedAt: step.recordedAt,
      actor: step.actor,
      commandId: step.commandId,
      requestHash: step.requestHash,
      causationId: request.causationId ?? null,
      correlationId: request.correlationId ?? step.commandId,
    };
    const sealed = chainEvents(file.head, sealEvents(key, cover, step.events, staysClear));
    if (unpackedBytes(sealed) > mostUnpacked) return { outcome: 'rejected', rejection: tooMuch };
    const expectedRevision = file.head?.revision ?? -1;
    let result;
    try {
      result = await traced('append', { 'iter.events': sealed.length }, () =>
        appendSurely(log, { stream, expectedRevision, events: sealed }, ports.persistence),
      );
    } catch (error) {
      hot.drop(caseId);
      if (error instanceof MalformedAppend && isTooLarge(sealed)) {
        return { outcome: 'rejected', rejection: tooMuch };
      }
      throw error;
    }
    if (result.outcome === 'conflict') return 'conflict';

    const events = sealed.map(
      (event, i) => withData(event, step.events[i]!.data) as unknown as RecordedEvent,
    );
    const last = sealed[sealed.length - 1] as (typeof sealed)[number];
    const next = addEvents(file, events, { revision: last.revision, hash: hashEvent(last) }, step.state);
    hot.put(caseId, next, work.isPassing);
    ports.witness?.({ caseId, state: step.state, from: ports });
    const { position, revision } = result;
    return { outcome: 'done', caseId, position, revision, events, repeated: false };
  }

  /** What the command was answered when it was new: its events are in the stream, with their position. */
  async function firstAnswer(caseId: string, commandId: string): Promise<Outcome> {
    const stored = await log.readStream(caseStream(caseId));
    const own = stored.filter((event) => event.commandId === commandId);
    const last = own.at(-1);
    if (!last) throw new Error(`the command ${commandId} is not in ${caseStream(caseId)}`);
    const events = await Promise.all(own.map((event) => openEvent(sealer, event)));
    const { position, revision } = last;
    return { outcome: 'done', caseId, position, revision, events, repeated: true };
  }

  return {
    run: (work: Work): Promise<Outcome> =>
      traced('command', { 'iter.asked-by': askerOf(work.request) }, () =>
        inTurn(work.caseId, () => run(work)),
      ),
    /** The case as the stream has it now. */
    load: (caseId: string): Promise<CaseFile> =>
      inTurn(caseId, async () => {
        const file = await readOn(ports, caseId, hot.get(caseId));
        if (file.head) hot.put(caseId, file);
        return file;
      }),
    models,
    modelsAreHere,
  };
}

/** A bell, a job, a message …; over HTTP the route names the case, and the request's own span says which kind it is. */
const askerOf = ({ route }: Request): string => (route.includes('/') ? 'http' : route);

const staysClear = (type: string, field: string, value: unknown): boolean =>
  isClear(type as CaseEventType, field, value);

/** What is packed in the events of one command: who reads the case holds all of it (ADR 0049). */
const mostUnpacked = 4 * 1024 * 1024;

const unpackedBytes = (events: readonly { readonly data: JsonObject }[]): number =>
  events.reduce((sum, { data }) => sum + packedBytes(data), 0);

const tooMuch = {
  code: 'limit-exceeded',
  message: {
    it: 'Il comando produrrebbe più eventi o dati di quanti se ne scrivono in una volta: accorciare i testi, allegare come documenti gli elenchi lunghi, o completare in più passi.',
    en: 'The command would bring more events or data than are written at once: shorten the texts, attach long lists as documents, or complete it in several steps.',
  },
} as const;

// Too much at once is the request's fault; anything else that the log finds malformed is ours.
const isTooLarge = (events: readonly object[]): boolean =>
  events.length > 1_000 || Buffer.byteLength(JSON.stringify(events)) > 1024 * 1024;

export type CaseHandler = ReturnType<typeof createCaseHandler>;
