import { describeError } from '@iter/event-store/following';
import { drain } from '../effects/drain.ts';
import { claim, postpone, settle, sweep } from '../effects/tries.ts';
import type { Effect } from '../effects/tries.ts';
import { doJob } from '../service-tasks/built-in.ts';
import { dueJobs } from '../service-tasks/due-jobs.ts';
import type { CertifiedMailParts } from './ports.ts';
import { fileMail, offerMail, readMailbox } from './receive.ts';
import { certifiedMail } from './send.ts';
import { certifiedMailIds, pendingMails, waitingMails } from './tables.ts';

export { createArrivals } from './arrivals.ts';
export type { Arrivals, ArrivedItem } from './arrivals.ts';
export type {
  CertifiedMailPorts,
  CertifiedMailbox,
  JudgedReceipt,
  Letter,
  MailVault,
  ReadMail,
} from './ports.ts';
export { certifiedMailMigrations } from './tables.ts';

export const certifiedMailType = 'certified-mail';

/** Each may take as long as the channel answers, twice in a page, beside the one that is fetched meanwhile. */
const atOnce = 4;
const leaseMs = 60_000;
/** A whole reading, and what is kept of it. */
const readingLeaseMs = 180_000;
const defaultReadEveryMs = 20_000;
/** What is done with a mail moves it out of what is due: no need to wait until its lease is over. */
const doneRestMs = 1_000;

export interface CertifiedMail {
  /** Works off the letters that are due. */
  send(signal: AbortSignal): Promise<void>;
  /** Reads the mailbox when it is time, files what came, and gives what cases have come to await. */
  receive(signal: AbortSignal): Promise<void>;
  tidy(): Promise<void>;
}

/** The certified mailbox of the house, both ways; any number of workers may run it. */
export function createCertifiedMail(parts: CertifiedMailParts): CertifiedMail {
  const { pool, clock, worker } = parts;
  const work = certifiedMail(parts);
  return {
    async send(signal) {
      await drain({
        ...{ pool, clock, worker, signal, leaseMs, concurrency: atOnce },
        due: (now) => dueJobs(pool, [certifiedMailType], now, atOnce),
        act: (job) => doJob(job, work, parts.answers),
      });
    },
    async receive(signal) {
      const common = { pool, clock, worker, signal, concurrency: atOnce, leaseMs, restMs: doneRestMs };
      await readWhenDue(parts, signal);
      await drain({
        ...common,
        due: (now) => pendingMails(pool, now),
        act: (mail, tries) => fileMail(parts, mail, tries),
      });
      await drain({
        ...common,
        due: (now) => waitingMails(pool, now),
        act: (mail) => offerMail(parts, mail),
      });
    },
    tidy: () => sweep(pool, 'receipt', certifiedMailIds),
  };
}

/** One reading for all workers: who takes it reads, then it rests. */
async function readWhenDue(parts: CertifiedMailParts, signal: AbortSignal): Promise<void> {
  const { pool, clock, worker, readEveryMs = defaultReadEveryMs } = parts;
  const reading: Effect = { id: 'certified-mailbox', kind: 'mailbox', caseId: '', name: parts.mailbox.name };
  const inMs = (ms: number): string => new Date(Date.parse(clock.now()) + ms).toISOString();
  const taken = await claim(pool, [reading], { now: clock.now(), until: inMs(readingLeaseMs), worker });
  const tries = taken.get(reading.id);
  if (tries === undefined) return;
  const read = await readMailbox(parts, signal).catch((error: unknown) => ({ again: describeError(error) }));
  if (read === 'done') await settle(pool, [reading.id], inMs(readEveryMs));
  else await postpone(pool, reading.id, { tries, error: read.again, now: clock.now() });
}
