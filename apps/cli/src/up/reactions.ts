import { hostname } from 'node:os';
import { systemPrincipal } from '@iter/access';
import { createSigner } from '@iter/event-store/checkpoints';
import { romeDate } from '@iter/legal-calendar';
import type { Json } from '@iter/process-model';
import { createEvaluator } from '@iter/platform/feel';
import { derivedKey } from '@iter/platform/sealing';
import { signingKeyOf } from '@iter/platform/signatures';
import {
  answersThrough,
  createQueues,
  createReactions,
  linkThrough,
  openJob,
  receiveThrough,
  registerPage,
  ringThrough,
  startThrough,
  takeDocuments,
} from '@iter/reactions';
import type { BullQueues, JobNow, Reactions } from '@iter/reactions';
import { draftsOf } from './acts.ts';
import { certifiedMailPorts } from './certified-mail.ts';
import type { House } from './house.ts';
import { noticePorts } from './notices.ts';
import { referenceOf } from './registers.ts';
import { webhookPorts } from './webhooks.ts';

/** The reactions over the house's write side; their queue on Redis or on the house's PostgreSQL. Not started. */
export async function openReactions(
  house: House,
): Promise<{ readonly reactions: Reactions; readonly queues: BullQueues }> {
  const { config, databaseUrl, log, workPool: pool, clock, logger, sealer } = house;
  const { catalog, cases, messages, documents } = house;
  const queues = await createQueues({
    databaseUrl,
    ...(config.redisUrl !== null && { redisUrl: config.redisUrl }),
    onError: (error) => {
      if (!house.isClosing) logger.warn({ err: error }, 'the queue is in trouble');
    },
  });
  const jobNow: JobNow = async (caseId, key) => {
    const reading = await cases.readState({ caseId, principal: systemPrincipal });
    return reading.outcome === 'read' ? openJob(reading.state, key) : null;
  };
  const certified = certifiedMailPorts(house);
  const reactions = await createReactions({
    log,
    pool,
    queues,
    clock,
    logger,
    unseal: async ({ id, data }) => (await sealer.unseal(id, data)).data,
    ring: ringThrough(cases),
    answers: answersThrough(cases),
    traffic: messages,
    receive: receiveThrough(cases),
    definitions: catalog,
    start: startThrough(cases, messages),
    link: linkThrough(cases),
    draft: draftsOf(house),
    evaluator: (now) => createEvaluator({ now }),
    jobNow,
    work: {
      // What participants have said of a course, counted; null: too few to be told.
      'survey-totals': async ({ caseId }) => ({ totals: (await house.surveys.close(caseId)) as Json }),
      'register-page': registerPage({
        jobNow,
        staff: async (ipa, after, limit) =>
          house.staff
            .page(ipa, romeDate(clock.now()), after, limit)
            .map((entry) => referenceOf(house.offices, ipa, entry)),
      }),
      'take-documents': takeDocuments({
        async history(caseId) {
          const reading = await cases.readCase({ caseId, principal: systemPrincipal });
          return reading.outcome === 'read' ? reading.events : null;
        },
        content: (caseId, sha256) => documents.read(caseId, sha256),
        async keep(caseId, name, content) {
          const kept = await documents.keep(caseId, name, content);
          if (kept.outcome === 'rejected') throw new Error(`no document: ${kept.rejection.code}`);
        },
        execute: (request) => cases.execute(request),
      }),
    },
    notices: noticePorts(house),
    ...(certified && { certifiedMail: certified }),
    webhooks: webhookPorts(house),
    erasures: { ...house.erasures, destroy: house.destroy },
    signer: createSigner({
      ...{ log, clock, key: signingKeyOf(derivedKey(house.master, 'checkpoint signature')) },
      // Where the process's log goes, the checkpoint is out of reach of who keeps the events.
      onSigned: (signed) => logger.info({ signed }, 'a checkpoint of the log was signed'),
    }),
    worker: hostname(),
  });
  return { reactions, queues };
}
