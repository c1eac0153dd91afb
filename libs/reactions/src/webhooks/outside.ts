import { confidential } from '@iter/access';
import type { StoredEvent } from '@iter/event-store';
import type { Pool } from 'pg';
import type { CaseSeen } from '../case-event.ts';
import { drain } from '../effects/drain.ts';
import type { Effected } from '../effects/drain.ts';
import { sweep } from '../effects/tries.ts';
import type { OutsideAnswer, Receiver, WebhookPorts } from './ports.ts';
import {
  align,
  dropDelivery,
  forgetDeliveries,
  hashOf,
  hasConsent,
  keepBody,
  keptSince,
  noteConsent,
  noteDeliveries,
  noteRest,
  noteTry,
  pendingDeliveries,
  pendingDeliveryIds,
  urlHashes,
  webhooksDue,
} from './tables.ts';
import type { DeliveryKind, PendingDelivery } from './tables.ts';
import { toldOutside } from './told.ts';
import type { ToldOutside } from './told.ts';

export interface OutsidePorts extends WebhookPorts {
  readonly pool: Pool;
  readonly clock: { now(): string };
  readonly worker: string;
}

export interface Outside {
  /** Notes what events tell; done again it adds nothing. @returns whether there was anything */
  note(events: readonly StoredEvent[]): Promise<boolean>;
  /** Begins to send what is due, to each receiver by itself: one that hangs keeps no other waiting. */
  work(signal: AbortSignal): Promise<void>;
  /** Resolves when nothing that was begun is under way. */
  settled(): Promise<void>;
  tidy(): Promise<void>;
}

/** At once, to one receiver. */
const atOnce = 4;
/** Receivers at once. */
const mostLanes = 32;
/** Of cases whose process is remembered. */
const mostProcesses = 10_000;
/** A page is taken while the one before is sent; asking and sending may take 10 s each. */
const leaseMs = 90_000;

const seconds = 1_000;
const minutes = 60 * seconds;
const hours = 60 * minutes;
/**
 * Pauses after each answer that was none: ten tries over about three days.
 * Source: Standard Webhooks, Deliverability and reliability
 */
const pausesMs = [
  ...[5 * seconds, 5 * minutes, 30 * minutes],
  ...[2 * hours, 5 * hours, 10 * hours, 14 * hours, 20 * hours, 24 * hours],
];

/**
 * What leaves the house for programs outside. What is told comes from the log once; what a message says is settled when it is
 * sent for the first time. It arrives at least once, in no promised order, and can be told by its id.
 */
export function createOutside(ports: OutsidePorts): Outside {
  const { pool, clock, worker, receivers, channel, random = Math.random } = ports;
  const lanes = new Map<string, Promise<void>>();
  /** Of cases; it stays as it is. */
  const processes = new Map<string, string>();
  let trouble: unknown = null;
  let isCaughtUp = false;

  /** The log has its webhooks before what they are told: whoever reads it in order knows them in time. */
  const known = async (events: readonly StoredEvent[]): Promise<readonly Receiver[]> => {
    if (!isCaughtUp || events.some(({ stream }) => stream.startsWith('webhook-'))) {
      await receivers.catchUp();
      isCaughtUp = true;
    }
    return receivers.list().filter(({ state }) => state !== 'ended');
  };

  /** Null: not known. One case that cannot be read keeps nobody else's events; it is judged when it is sent. */
  const processOf = async ({ caseId, process }: ToldOutside): Promise<string | null> => {
    const known = process ?? processes.get(caseId) ?? (await ports.processOf(caseId).catch(() => null));
    if (processes.size >= mostProcesses) processes.clear();
    if (known !== null) processes.set(caseId, known);
    return known;
  };

  /** What a message says. @returns null: the case can no longer be read, or the receiver is not to know of it */
  const textOf = async (
    { delivery, eventId: id, caseId, toldAt, told, process: known, body }: PendingDelivery,
    hears: (process: string | null) => boolean,
  ): Promise<string | null> => {
    if (!hears(known)) return null;
    if (body !== null) return body;
    const { kind, outcome, term, dueOn } = told;
    const of = kind === 'test' ? { code: 'test', process: null, comune: null } : await ports.caseNow(caseId);
    if (!of || !hears(of.process)) return null;
    const { code, process, comune } = of;
    const data = { kind, case: kind === 'test' ? null : code, process, comune, outcome, term, dueOn };
    return keepBody(pool, delivery, channel.compose({ id, kind, subject: code, time: toldAt, data }));
  };

  const consentOf = async ({ id, url }: Receiver, signal: AbortSignal): Promise<OutsideAnswer | null> => {
    const urlHash = hashOf(url);
    if (await hasConsent(pool, id, urlHash)) return null;
    const answer = await channel.ask(url, signal);
    if (answer.outcome !== 'taken') return answer;
    await noteConsent(pool, id, urlHash, clock.now());
    return null;
  };

  const delivered = async (
    pending: PendingDelivery,
    receiver: Receiver,
    refusal: OutsideAnswer | null,
    onSilence: () => void,
    isAsItWas: () => boolean,
    signal: AbortSignal,
  ): Promise<Effected | 'untouched'> => {
    const { delivery, eventId, answers, told } = pending;
    // As it is at this moment: a lane may run for long, and what it is told may have been narrowed meanwhile.
    const body = await textOf(pending, (process) => {
      const now = receivers.find(receiver.id);
      return now !== null && isToldOf(now, told.kind) && mayHear(now, process);
    });
    if (body === null) {
      await dropDelivery(pool, delivery, clock.now());
      return 'done';
    }
    const secrets = ports.secretsOf(receiver.id, clock.now());
    const answer = refusal ?? (await channel.send({ url: receiver.url, id: eventId, body, secrets }, signal));
    const { outcome, code, status, durationMs } = answer;
    // The house stops: whether it arrived is not known, so it is sent again by whoever comes next.
    if (status === null && signal.aborted) return 'untouched';
    const isBusy = status === 429 || status === 503;
    if (status === null || isBusy) onSilence();
    const tried = { code: code || null, status, durationMs };
    const now = clock.now();
    if (outcome === 'taken') await noteTry(pool, delivery, 'taken', tried, now);
    // An address that has been replaced meanwhile speaks for itself only: the new one is asked.
    else if (outcome === 'gone' && !isAsItWas()) {
      await noteTry(pool, delivery, 'waiting', tried, now);
      return { again: code, pauseMs: 0 };
    } else if (outcome === 'gone') {
      await ports.end(receiver.id, delivery);
      await noteTry(pool, delivery, 'dropped', tried, now);
    } else {
      if (isBusy) {
        const until = Date.parse(now) + (answer.retryAfterMs ?? pausesMs[0]!);
        await noteRest(pool, receiver.id, hashOf(receiver.url), new Date(until).toISOString());
      }
      const pauseMs = pauseAfter(answers, answer.retryAfterMs, random());
      await noteTry(pool, delivery, pauseMs === null ? 'parked' : 'waiting', tried, now);
      if (pauseMs !== null) return { again: code, pauseMs };
    }
    return 'done';
  };

  /**
   * Sends what is due to one receiver until nothing is, or no answer comes, or it is busy: then the next round tries on, and a
   * place is free meanwhile. Whether it agrees is asked once.
   */
  const lane = async (id: string, signal: AbortSignal): Promise<void> => {
    const receiver = receivers.find(id);
    if (!receiver) return;
    let consent: Promise<OutsideAnswer | null> | null = null;
    let isSilent = false;
    const of = { webhook: id, urlHash: hashOf(receiver.url), tests: receiver.state === 'paused' };
    // Paused, ended or changed meanwhile: the next round sees to it.
    const isAsItWas = (): boolean => {
      const now = receivers.find(id);
      return now?.state === receiver.state && now.url === receiver.url;
    };
    await drain({
      ...{ pool, clock, worker, signal, concurrency: atOnce, leaseMs },
      due: async (now) => (isAsItWas() && !isSilent ? pendingDeliveries(pool, of, now, atOnce) : []),
      async act(pending) {
        const refusal = await (consent ??= consentOf(receiver, signal));
        // Taken before, for an address or a state that it no longer has.
        if (!isAsItWas()) return 'untouched';
        return delivered(pending, receiver, refusal, () => (isSilent = true), isAsItWas, signal);
      },
    });
  };

  return {
    async note(events) {
      const told = toldOutside(
        events.filter(({ stream }) => stream.startsWith('case-')) as unknown as readonly CaseSeen[],
      );
      const all = await known(events);
      if (told.length === 0 || all.length === 0) return false;
      const since = keptSince(clock.now());
      const rows: Parameters<typeof noteDeliveries>[1][number][] = [];
      for (const one of told) {
        const { id: eventId, kind, caseId, body, toldAt, outcome, term, dueOn } = one;
        const hearing = all
          .filter((it) => isToldOf(it, kind) && (it.body === null || it.body === body))
          .filter((it) => toldAt >= it.since && toldAt >= since);
        if (hearing.length === 0) continue;
        // Who hears everything is told without asking.
        const process = hearing.every((it) => it.confidential) ? one.process : await processOf(one);
        for (const it of hearing.filter((to) => mayHear(to, process)))
          rows.push({
            webhook: it.id,
            eventId,
            caseId,
            toldAt,
            told: { kind, process, outcome, term, dueOn },
          });
      }
      await noteDeliveries(pool, rows);
      return rows.length > 0;
    },
    async work(signal) {
      const now = clock.now();
      const idsOf = (state: Receiver['state']): readonly string[] =>
        receivers
          .list()
          .filter((it) => it.state === state)
          .map(({ id }) => id);
      const of = { active: idsOf('active'), paused: idsOf('paused'), ended: idsOf('ended') };
      await align(pool, of, now);
      for (const id of await webhooksDue(pool, now, urlHashes(receivers.list()))) {
        if (lanes.size >= mostLanes || signal.aborted) break;
        if (lanes.has(id)) continue;
        const run = lane(id, signal)
          .catch((error: unknown) => (trouble = error))
          .then(() => void lanes.delete(id));
        lanes.set(id, run);
      }
      if (trouble !== null) {
        const error = trouble;
        trouble = null;
        throw error;
      }
    },
    async settled() {
      await Promise.all(lanes.values());
    },
    async tidy() {
      await forgetDeliveries(pool, clock.now());
      await sweep(pool, 'webhook', pendingDeliveryIds);
    },
  };
}

/** A test is told whatever was asked for. */
const isToldOf = ({ kinds }: Receiver, kind: DeliveryKind): boolean =>
  kind === 'test' || kinds.includes(kind);

/** Of what is need-to-know hears only who was let in by name; of what process a case is may be unknown until it is sent. */
const mayHear = (receiver: Receiver, process: string | null): boolean =>
  receiver.confidential || process === null || !confidential(process);

/**
 * How long a message rests: a fifth more or less, so that what failed together does not come together again, and no shorter
 * than the receiver asks.
 * @param answers how many tries had failed before this one
 * @returns null: it was tried long enough
 */
function pauseAfter(answers: number, retryAfterMs: number | null, chance: number): number | null {
  const usual = pausesMs[answers];
  return usual === undefined ? null : Math.max(Math.round(usual * (0.8 + 0.4 * chance)), retryAfterMs ?? 0);
}
