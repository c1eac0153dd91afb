import { randomUUID } from 'node:crypto';
import { clearFields } from '@iter/engine';
import { clearMessageFields } from '@iter/engine/messages';
import { erasurePrefix } from '@iter/event-store';
import type { EventLog, JsonObject, StoredEvent } from '@iter/event-store';
import type { Signer } from '@iter/event-store/checkpoints';
import { createProjector, describeError, supervise } from '@iter/event-store/following';
import type { LoopHealth, LoopLogger, PageResult, Projector } from '@iter/event-store/following';
import { migrate } from '@iter/platform/postgres';
import type { Pool } from 'pg';
import { again } from './again.ts';
import type { Again } from './again.ts';
import { draftDue, dueActs } from './acts/due-acts.ts';
import type { DraftAct } from './acts/due-acts.ts';
import { actsProjection } from './acts/table.ts';
import type { CaseSeen } from './case-event.ts';
import { certifiedMailMigrations, certifiedMailType, createCertifiedMail } from './certified-mail/index.ts';
import type { CertifiedMailPorts } from './certified-mail/index.ts';
import { coalesced } from './coalesce.ts';
import { bellsProjection } from './deadlines/bells.ts';
import { bellFigures, ringings } from './deadlines/ring.ts';
import type { BellFigures, Ring } from './deadlines/ring.ts';
import { createRinger } from './deadlines/ringer.ts';
import { drain } from './effects/drain.ts';
import { carryOut, destroyAgain } from './erasures/carry-out.ts';
import type { ErasurePorts } from './erasures/carry-out.ts';
import { effectsMigrations, releaseLeases, sweep } from './effects/tries.ts';
import type { LinkCase } from './links/link.ts';
import {
  expiredMessages,
  matchedMessages,
  messageFigures,
  moveMessage,
  offerableMessages,
  pendingMessageIds,
  startingMessages,
} from './messages/pending.ts';
import type { MessageFigures, PendingMessage } from './messages/pending.ts';
import { messagesProjection, subscriptionsProjection } from './messages/tables.ts';
import type { MessageSeen } from './messages/tables.ts';
import type { MessageTraffic } from '@iter/engine/messages';
import type { QueueFigures, Queues } from './queues/index.ts';
import { route } from './routing/router.ts';
import { createPost } from './notices/post.ts';
import type { NoticePorts, PostFigures } from './notices/post.ts';
import { noticesMigrations } from './notices/tables.ts';
import { createOutside, webhooksMigrations } from './webhooks/index.ts';
import type { WebhookPorts } from './webhooks/index.ts';
import { failedWork, retryFailed } from './operations/failed.ts';
import type { FailedEffect, FailedFilter } from './operations/failed.ts';
import { workFigures, workOfCases } from './operations/work.ts';
import type { WorkFigures, WorkOfCase } from './operations/work.ts';
import { createWorkerNotes, forgetFigures, jobTypeFigures } from './operations/workers.ts';
import type { JobTypeFigures } from './operations/workers.ts';
import { reactionsSchema } from './schema.ts';
import { activateJobs } from './service-tasks/activate.ts';
import type { ActivatedJob, Activation, JobNow } from './service-tasks/activate.ts';
import { builtIn, doJob } from './service-tasks/built-in.ts';
import type { JobAnswers, Work } from './service-tasks/built-in.ts';
import { dueJobs } from './service-tasks/due-jobs.ts';
import { jobsProjection } from './service-tasks/jobs.ts';
import { deliverSignal, pendingSignals } from './signals/deliver.ts';
import type { ReceiveSignal } from './signals/deliver.ts';
import { signalSubscriptionsProjection } from './signals/subscriptions.ts';
import { startsByMessage, startsOf } from './starts/starts.ts';
import type { StartCase, StartSource } from './starts/starts.ts';
import { armStarts, ringStart } from './starts/timers.ts';
import type { StartTimerPorts } from './starts/timers.ts';

export interface ReactionsPorts {
  readonly log: EventLog;
  readonly pool: Pool;
  readonly queues: Queues;
  readonly clock: {
    now(): string;
    /** Called when the demo's clock has moved. */
    onChange?(listener: () => void): () => void;
  };
  readonly logger: LoopLogger;
  unseal(event: StoredEvent): Promise<JsonObject>;
  readonly ring: Ring;
  readonly answers: JobAnswers;
  readonly traffic: MessageTraffic;
  readonly receive: ReceiveSignal;
  /** What begins cases by itself. */
  readonly definitions: StartSource;
  readonly start: StartCase;
  readonly link: LinkCase;
  /** Drafts the acts of tasks; absent: another process does. */
  readonly draft?: DraftAct;
  /** A fresh evaluator, for timers of starts. */
  readonly evaluator: StartTimerPorts['evaluator'];
  readonly jobNow: JobNow;
  /** Whom notices go to by mail, and how; absent: no mail is sent. */
  readonly notices?: NoticePorts;
  /** The house's certified mailbox; absent: letters of that kind are left to workers outside. */
  readonly certifiedMail?: Omit<CertifiedMailPorts, 'answers' | 'jobNow'>;
  /** Who outside is told of what; absent: nobody. */
  readonly webhooks?: WebhookPorts;
  /** Vouches for the log; absent: another process does. */
  readonly signer?: Signer;
  /** What of cases is to be erased; absent: another process does it. */
  readonly erasures?: ErasurePorts;
  /** Job types done inside the house, beside the built-in ones. */
  readonly work?: Readonly<Record<string, Work>>;
  /** Names this process among its kind; stable over restarts. */
  readonly worker: string;
  /** How often everything is looked through for what was missed; 30 s by default. */
  readonly reconcileEveryMs?: number;
  /** How long a worker that died keeps what it was ringing from others; 20 s by default. */
  readonly leaseMs?: number;
  /** Events a page; 10,000 by default. */
  readonly pageSize?: number;
}

/** What the operations page shows. */
export interface ReactionFigures {
  readonly queues: readonly QueueFigures[];
  readonly bells: BellFigures;
  readonly jobs: readonly JobTypeFigures[];
  readonly messages: MessageFigures;
  /** Null: this process knows nothing of mail. */
  readonly mail: PostFigures | null;
}

export interface Reactions {
  start(): void;
  /** Resolves when the tables of what is pending are there. */
  readonly ready: Promise<void>;
  /** Ends what is being done, then stops. The queues are the caller's. */
  stop(): Promise<void>;
  /** The follower that keeps the tables: lag, parked cases, rebuild. */
  readonly follower: Projector;
  health(): readonly LoopHealth[];
  figures(): Promise<ReactionFigures>;
  /** What is to be done, by kind of work: how much, how late, how fast. */
  work(): Promise<readonly WorkFigures[]>;
  workOf(caseIds: readonly string[]): Promise<readonly WorkOfCase[]>;
  /** Types of jobs that are done in the house. */
  readonly ownTypes: readonly string[];
  /** What failed and waits to be tried again, the latest first. */
  failed(
    filter?: FailedFilter,
    limit?: number,
    after?: Pick<FailedEffect, 'failedAt' | 'id'> | null,
  ): Promise<readonly FailedEffect[]>;
  /** Tries those that failed again now. @returns how many there were */
  retry(filter: FailedFilter): Promise<number>;
  /** Gives open jobs of a type to a worker outside. */
  activateJobs(activation: Activation): Promise<readonly ActivatedJob[]>;
  /** Looks through everything now: rings, works, dispatches, arms. */
  reconcile(): Promise<void>;
}

/** How often the certified mailbox is looked after; letters that are due leave at once. */
const certifiedEveryMs = 5_000;
/** How often letters are looked for that have become due; those that may not wait come at once. */
const postEveryMs = 10_000;
/** How often messages to receivers outside are looked for that are due again; new ones leave at once. */
const outsideEveryMs = 5_000;
/** For so long at most is what happened vouched for by nobody. */
const vouchEveryMs = 3_600_000;
/** Erasures that are ordered are carried out at once; these are looked for that a crash left. */
const erasuresEveryMs = 60_000;
/** So long after an erasure a process may still write what it began before it had heard of it. */
const lateAtMostMs = 10 * 60_000;
const reactionsVersion = 4;
/** Of the events that this version knows. */
const schemaVersion = 1;

/**
 * What events set off: bells, jobs, messages, signals and starts. What is pending is a view of the log, kept by following it;
 * doing it is safe at any time, in any number of processes; queue and leases can be emptied without loss.
 */
export async function createReactions(ports: ReactionsPorts): Promise<Reactions> {
  const { pool, clock, logger, worker, queues, reconcileEveryMs = 30_000 } = ports;
  await migrate(pool, [
    ...effectsMigrations,
    ...noticesMigrations,
    ...certifiedMailMigrations,
    ...webhooksMigrations,
  ]);
  const stopping = new AbortController();
  const { signal } = stopping;
  const work = { ...builtIn, ...ports.work };
  const types = Object.keys(work);
  const noteWorker = createWorkerNotes(pool);
  const wakeBells = queues.open('bells');
  const wakeJobs = queues.open('service-tasks');
  const ring: Ring = (bell) => (bell.of === 'start' ? ringStart(ports, bell) : ports.ring(bell));
  const ringer = createRinger({ pool, clock, wakeUps: wakeBells, worker, ring, leaseMs: ports.leaseMs });

  const post = ports.notices ? createPost({ ...ports.notices, pool, clock, worker }) : null;

  const outside = ports.webhooks ? createOutside({ ...ports.webhooks, pool, clock, worker }) : null;

  const certified = ports.certifiedMail
    ? createCertifiedMail({ ...ports.certifiedMail, ...ports, worker })
    : null;

  const workOff = async (): Promise<void> => {
    await drain({
      ...{ pool, clock, worker, signal },
      due: (now, limit) => dueJobs(pool, types, now, limit),
      act: (job) => doJob(job, work[job.type]!, ports.answers),
    });
  };
  const moveAll = async (
    due: (now: string, limit: number) => Promise<readonly PendingMessage[]>,
  ): Promise<void> => {
    const act = (message: PendingMessage) => moveMessage(ports.traffic, message);
    // Few at once: most write to the same cases or streams as their neighbours.
    await drain({ ...{ pool, clock, worker, signal, due, act }, concurrency: 8 });
  };
  const moveMessages = coalesced(async () => {
    await moveAll((now, limit) => matchedMessages(pool, now, limit));
    // The oldest first, to whoever waits longest.
    await moveAll((now, limit) => offerableMessages(pool, now, limit));
    const starts = startsByMessage(startsOf(ports.definitions.list()));
    await moveAll((now, limit) => startingMessages(pool, starts, now, limit));
    await moveAll((now, limit) => expiredMessages(pool, now, limit));
  });
  const sendSignals = coalesced(async () => {
    await drain({
      ...{ pool, clock, worker, signal },
      due: (now, limit) => pendingSignals(pool, now, limit),
      act: (pending) => deliverSignal(ports, pending),
    });
  });

  // One at a time: setting pages keeps this process from everything else for a moment, bells among it.
  const draftActs = coalesced(async () => {
    const { draft } = ports;
    if (!draft) return;
    await drain({
      ...{ pool, clock, worker, signal, concurrency: 1, leaseMs: 60_000 },
      due: (now, limit) => dueActs(pool, now, limit),
      act: (act) => draftDue(act, draft),
    });
  });

  /** After a page was folded: wakes whoever has something to do. Failing here costs time, the reconciler comes. */
  const wake = async ({ changed }: PageResult): Promise<void> => {
    const cases = (table: string): string[] =>
      [...changed].filter(([, tables]) => tables.has(table)).map(([id]) => id);
    const ofBells = cases('bells');
    if (ofBells.length > 0) await ringer.armFor(ofBells);
    if (cases('jobs').length > 0) certifiedOut?.nudge();
    if (cases('jobs').length > 0) await wakeJobs.add([{ id: `work-${randomUUID()}`, delayMs: 0 }]);
    if (cases('acts').length > 0) void draftActs().catch(() => reconciling.nudge());
    if (cases('messages').length > 0 || cases('subscriptions').length > 0) await moveMessages();
  };

  const follower = createProjector<CaseSeen | MessageSeen>({
    ...ports,
    schema: reactionsSchema,
    prefixes: ['case-', 'message-', erasurePrefix],
    version: reactionsVersion,
    projections: [
      bellsProjection,
      jobsProjection,
      actsProjection,
      messagesProjection,
      subscriptionsProjection,
      signalSubscriptionsProjection,
    ],
    isKnown: (type, version) =>
      (Object.hasOwn(clearFields, type) || Object.hasOwn(clearMessageFields, type)) &&
      version <= schemaVersion,
    committed: (page) => void wake(page).catch(() => reconciling.nudge()),
  });

  const reconcile = async (): Promise<void> => {
    await armStarts(ports);
    await ringer.ringDue();
    await workOff();
    await moveMessages();
    await sendSignals();
    await draftActs();
    await sweep(pool, 'bell', ringings);
    await sweep(pool, 'job', 'select attempt as id from reactions.jobs');
    await sweep(pool, 'act', 'select attempt as id from reactions.acts');
    await sweep(pool, 'message', pendingMessageIds);
    await sweep(pool, 'signal', 'select id from effects.signal_deliveries');
    await forgetFigures(pool);
    await post?.tidy();
    await certified?.tidy();
    await outside?.tidy();
    // Last: it is the only step that needs the queue, and none of the others may wait for it.
    await ringer.arm();
  };
  const reconciling = again(reconcileEveryMs, reconcile);

  /** What fails on a wake-up is found again by the reconciler; the same error is logged once. */
  const reported = (loop: string, handler: () => Promise<void>): (() => Promise<void>) => {
    let last = '';
    return async () => {
      try {
        await handler();
        last = '';
      } catch (error) {
        const message = describeError(error);
        if (message !== last) logger.error({ loop, error: message }, 'a wake-up failed');
        last = message;
      }
    };
  };

  /** In a loop of its own: a mail server that hangs must keep nothing else waiting. */
  const posting = post && again(postEveryMs, (stop) => post.work(stop));

  const telling = outside && again(outsideEveryMs, (stop) => outside.work(stop));

  const { signer } = ports;
  const vouching = signer && again(vouchEveryMs, async (stop) => void (await signer.sign(stop)));

  const { erasures } = ports;
  let isFirst = true;
  const erasing =
    erasures &&
    again(erasuresEveryMs, async (stop) => {
      await carryOut(erasures, stop);
      // Whoever was late has written by then.
      const since = new Date(Date.parse(clock.now()) - lateAtMostMs).toISOString();
      await destroyAgain(erasures, stop, isFirst ? null : since);
      isFirst = false;
    });

  /** Apart: a server that hangs on one way keeps nothing waiting on the other. */
  const certifiedPauseMs = ports.certifiedMail?.everyMs ?? certifiedEveryMs;
  const certifiedOut = certified && again(certifiedPauseMs, (stop) => certified.send(stop));
  const certifiedIn = certified && again(certifiedPauseMs, (stop) => certified.receive(stop));

  const routing = {
    ...ports,
    async note(events: readonly StoredEvent[]) {
      if (await post?.note(events)) posting?.nudge();
      if (await outside?.note(events)) telling?.nudge();
    },
    onSignal: () => void sendSignals().catch(() => reconciling.nudge()),
    async onDeployed() {
      if (await armStarts(ports)) await ringer.arm();
    },
  };

  let loops: { health(): LoopHealth; stop(): Promise<void> }[] = [];
  let forgetClock = (): void => undefined;
  let forgetErasures = (): void => undefined;
  return {
    ready: follower.ready,
    follower,
    start() {
      if (loops.length > 0) return;
      follower.start();
      const watched = (name: string, run: Again['run']): (typeof loops)[number] =>
        supervise({
          name,
          clock,
          logger,
          // A queue that is away must not keep the bells from being looked at every few seconds.
          longestPauseMs: 5_000,
          run: async (stop, alive) => {
            await follower.ready;
            await run(stop, alive);
          },
        });
      loops = [
        { health: follower.health, stop: follower.stop },
        watched('reconciler', async (stop, alive) => {
          await releaseLeases(pool, worker);
          await reconciling.run(stop, alive);
        }),
        watched('router', (stop, alive) => route(routing, stop, alive)),
        ...(posting ? [watched('post', posting.run)] : []),
        ...(telling ? [watched('webhooks', telling.run)] : []),
        ...(vouching ? [watched('checkpoints', vouching.run)] : []),
        ...(erasing ? [watched('erasures', erasing.run)] : []),
        ...(certifiedOut ? [watched('certified mail out', certifiedOut.run)] : []),
        ...(certifiedIn ? [watched('certified mail in', certifiedIn.run)] : []),
      ];
      void follower.ready.then(() => {
        if (signal.aborted) return;
        wakeBells.onWake(reported('bells', async () => ringer.ringDue()));
        wakeJobs.onWake(reported('service-tasks', workOff));
      });
      forgetErasures = erasures?.onOrdered(() => erasing?.nudge()) ?? forgetErasures;
      forgetClock =
        clock.onChange?.(() => {
          for (const loop of [reconciling, posting, telling, vouching]) loop?.nudge();
        }) ?? forgetClock;
    },
    async stop() {
      stopping.abort();
      ringer.stop();
      forgetClock();
      forgetErasures();
      await Promise.all([...loops.map((loop) => loop.stop()), outside?.settled()]);
    },
    health: () => loops.map((loop) => loop.health()),
    async figures() {
      const now = clock.now();
      const [mail, bells, jobs, messages, ...counts] = await Promise.all([
        post?.figures() ?? null,
        bellFigures(pool, now),
        jobTypeFigures(pool),
        messageFigures(pool),
        wakeBells.figures(),
        wakeJobs.figures(),
      ]);
      return { bells, jobs, messages, mail, queues: counts };
    },
    work: () => workFigures(pool, clock.now(), ports.webhooks?.receivers.list() ?? []),
    workOf: (caseIds) => workOfCases(pool, caseIds, clock.now()),
    ownTypes: [...types, ...(certified ? [certifiedMailType] : [])],
    failed: (filter, limit, after) => failedWork(pool, filter, limit, after),
    async retry(filter) {
      const webhooks = ports.webhooks?.receivers.list() ?? [];
      const found = await retryFailed(pool, filter, clock.now(), webhooks);
      if (found > 0) {
        reconciling.nudge();
        posting?.nudge();
        telling?.nudge();
        certifiedOut?.nudge();
        certifiedIn?.nudge();
      }
      return found;
    },
    activateJobs(activation) {
      void noteWorker(activation.type, activation.worker);
      return activateJobs(ports, activation);
    },
    reconcile,
  };
}
