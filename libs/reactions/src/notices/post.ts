import type { StoredEvent } from '@iter/event-store';
import type { LegalCalendar } from '@iter/legal-calendar';
import type { Pool } from 'pg';
import type { CaseSeen } from '../case-event.ts';
import { drain } from '../effects/drain.ts';
import type { Effected } from '../effects/drain.ts';
import { sweep } from '../effects/tries.ts';
import { isMoot } from './case-told.ts';
import type { CaseTold } from './case-told.ts';
import { letterTo } from './letter.ts';
import type { Item, Letter } from './letter.ts';
import { recipientsOf, standInsOf } from './recipients.ts';
import type { People } from './recipients.ts';
import {
  address,
  closeMails,
  forgetMails,
  handOver,
  inBundle,
  mailFigures,
  noteTold,
  pendingLetterIds,
  pendingLetters,
  pendingNoticeIds,
  pendingNotices,
  toldSince,
} from './tables.ts';
import type { MailFigures, MailRow, PendingLetter, PendingNotice } from './tables.ts';
import { dispatchOf } from './timing.ts';
import { tellingTypes, toldBy } from './told.ts';

/** How a letter leaves the house; `MailChannel` of `@iter/channels` fits. Never throws, answers within 15 s. */
export interface LetterChannel {
  readonly name: string;
  send(
    letter: Letter & { readonly to: string },
  ): Promise<
    { readonly outcome: 'accepted' } | { readonly outcome: 'refused' | 'later'; readonly code: string }
  >;
}

export interface NoticePorts {
  /** Null: no mail is sent. */
  readonly channel: LetterChannel | null;
  readonly people: People;
  /** A case as it stands; null: it is not there, or can no longer be read. */
  caseNow(caseId: string): Promise<CaseTold | null>;
  calendar(): LegalCalendar;
  readonly publicUrl: string;
  nameOf(body: string): string;
}

export interface PostPorts extends NoticePorts {
  readonly pool: Pool;
  readonly clock: { now(): string };
  readonly worker: string;
}

/** What the operations page shows of mail. */
export interface PostFigures extends MailFigures {
  /** Where it goes; null: no mail is sent. */
  readonly server: string | null;
}

export interface Post {
  /** Notes what events tell; done again it adds nothing. @returns whether there was anything */
  note(events: readonly StoredEvent[]): Promise<boolean>;
  /** Addresses what was noted and sends what is due. */
  work(signal: AbortSignal): Promise<void>;
  tidy(): Promise<void>;
  figures(): Promise<PostFigures>;
}

/** At once: as many as the channel has connections, so that each is answered for within its lease. */
const atOnce = 8;
/** A page is taken while the one before is sent: twice as long as both may take. */
const leaseMs = 60_000;
const dayMs = 86_400_000;
/** After so long nobody is told by mail any more of what was never addressed: it stands on the desk. */
const latestDays = 30;
/** So long a letter is tried. Source: RFC 5321 § 4.5.4.1 (at least 4–5 days) */
const triedDays = 5;

/**
 * The post of the house: who is told what by mail, when, and that it leaves. What is told comes from the log once; who
 * reads it is asked when it is addressed; whether there is still something to tell, when it is sent.
 */
export function createPost(ports: PostPorts): Post {
  const { pool, clock, worker, channel, people } = ports;
  let since: Promise<string> | null = null;
  const ageDays = (at: string): number => (Date.parse(clock.now()) - Date.parse(at)) / dayMs;

  const addressed = async ({ told }: PendingNotice): Promise<Effected> => {
    const now = clock.now();
    const of = ageDays(told.toldAt) > latestDays ? null : await ports.caseNow(told.caseId);
    const peremptory = of?.deadlines.get(told.deadline ?? '')?.nature === 'PEREMPTORY';
    const recipients = of && !isMoot(told, of) ? recipientsOf(told, of, people, now) : [];
    const rows = recipients.flatMap(({ person, body }) => {
      const { account, delivery, email } = person;
      const dispatch = dispatchOf(told.kind, peremptory, delivery, { now, calendar: ports.calendar(), body });
      if (!dispatch) return [];
      const id = `${told.id}.${account}`;
      const { dueAt: due_at, alone } = dispatch;
      const state = email === null ? ('unreachable' as const) : ('waiting' as const);
      return [{ id, bundle: alone ? id : `${account}@${due_at}`, account, peremptory, due_at, state }];
    });
    await address(pool, told, rows, now);
    return 'done';
  };

  const sent = async ({ bundle, account }: PendingLetter, to: LetterChannel): Promise<Effected> => {
    const now = clock.now();
    const rows = await inBundle(pool, bundle, now);
    const person = people.find(account);
    if (!person) {
      await closeMails(pool, idsOf(rows), 'moot', now);
      return 'done';
    }
    const standIns = standInsOf(account, people, now);
    if (standIns.length > 0) {
      for (const standIn of standIns) await handOver(pool, idsOf(rows), standIn);
      await closeMails(pool, idsOf(rows), 'moot', now);
      return 'done';
    }
    if (person.email === null) {
      await closeMails(pool, idsOf(rows), 'unreachable', now);
      return 'done';
    }
    const items = await itemsOf(ports, rows);
    const gone = rows.filter(({ id }) => !items.some((item) => item.id === id));
    await closeMails(pool, idsOf(gone), 'moot', now);
    if (items.length === 0) return 'done';
    const ids = idsOf(items);
    const answer = await to.send({ ...letterTo(account, items, ports), to: person.email });
    if (answer.outcome === 'accepted') await closeMails(pool, ids, 'sent', clock.now());
    else if (answer.outcome === 'refused' || rows.every(({ due_at }) => ageDays(due_at) > triedDays)) {
      await closeMails(pool, ids, 'refused', clock.now(), answer.code);
    } else return { again: answer.code };
    return 'done';
  };

  return {
    async note(events) {
      if (!channel) return false;
      const from = await (since ??= toldSince(pool, clock.now()).catch((error: unknown) => {
        since = null;
        throw error;
      }));
      const seen = events.filter(
        ({ type, stream, recordedAt }) =>
          tellingTypes.has(type) && stream.startsWith('case-') && recordedAt >= from,
      );
      const told = toldBy(seen as unknown as readonly CaseSeen[]);
      await noteTold(pool, told);
      return told.length > 0;
    },
    async work(signal) {
      if (!channel) return;
      const common = { pool, clock, worker, signal, concurrency: atOnce, leaseMs };
      await drain({ ...common, due: (now) => pendingNotices(pool, now), act: addressed });
      await drain({
        ...common,
        due: (now) => pendingLetters(pool, now, atOnce),
        act: (letter) => sent(letter, channel),
      });
    },
    async tidy() {
      await forgetMails(pool, clock.now());
      await sweep(pool, 'notice', pendingNoticeIds);
      await sweep(pool, 'mail', pendingLetterIds);
    },
    figures: async () => ({ server: channel?.name ?? null, ...(await mailFigures(pool, clock.now())) }),
  };
}

const idsOf = (rows: readonly { readonly id: string }[]): readonly string[] => rows.map(({ id }) => id);

/** What is still to be told, with the cases as they stand. */
async function itemsOf(ports: NoticePorts, rows: readonly MailRow[]): Promise<readonly Item[]> {
  const cases = new Map(
    await Promise.all(
      [...new Set(rows.map(({ case_id }) => case_id))].map(
        async (id) => [id, await ports.caseNow(id)] as const,
      ),
    ),
  );
  return rows.flatMap(({ id, told, case_id }) => {
    const of = cases.get(case_id);
    if (!of || isMoot(told, of)) return [];
    return [{ id, told, of, deadline: of.deadlines.get(told.deadline ?? '') ?? null }];
  });
}
