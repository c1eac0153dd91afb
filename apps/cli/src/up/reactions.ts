import { hostname } from 'node:os';
import { visibleVariables } from '@iter/engine';
import { systemPrincipal } from '@iter/access';
import { answersThrough, createQueues, createReactions, deliverThrough, ringThrough } from '@iter/reactions';
import type { Queues, Reactions } from '@iter/reactions';
import type { House } from './house.ts';

/** The reactions over the house's write side; their queue on Redis or on the house's PostgreSQL. Not started. */
export async function openReactions(
  house: House,
): Promise<{ readonly reactions: Reactions; readonly queues: Queues }> {
  const { config, databaseUrl, log, pool, clock, logger, sealer, catalog, cases, messages } = house;
  const queues = await createQueues({
    databaseUrl,
    ...(config.redisUrl !== null && { redisUrl: config.redisUrl }),
    onError: (error) => {
      if (!house.isClosing) logger.warn({ err: error }, 'the queue is in trouble');
    },
  });
  const commands = { execute: cases.execute, send: messages.send };
  const reactions = await createReactions({
    log,
    pool,
    queues,
    clock,
    logger,
    unseal: async ({ id, data }) => (await sealer.unseal(id, data)).data,
    ring: ringThrough(commands),
    answers: answersThrough(commands),
    deliver: deliverThrough(commands),
    async starts(name) {
      if (catalog.startedBy(name).length === 0) await catalog.catchUp();
      return catalog.startedBy(name).length > 0;
    },
    async variablesOf(caseId, key) {
      const reading = await cases.readState({ caseId, principal: systemPrincipal });
      return reading.outcome === 'read' && reading.state.jobs.has(key)
        ? visibleVariables(reading.state, key)
        : null;
    },
    worker: hostname(),
  });
  return { reactions, queues };
}
