import type { createCaseCommands, createMessages } from '@iter/commands';
import type { World } from '@iter/commands/world';
import type { Sealer } from '@iter/event-store/ledger';
import { createEvaluator } from '@iter/platform/feel';
import { answersThrough, linkThrough, receiveThrough, ringThrough, startThrough } from '@iter/reactions';
import type { ReactionsPorts } from '@iter/reactions';

export interface WriteSideParts {
  readonly world: World;
  readonly sealer: Sealer;
  readonly cases: ReturnType<typeof createCaseCommands>;
  readonly messages: ReturnType<typeof createMessages>;
}

/** What reactions do, over the real write side; the world has the definitions. */
export const throughCommands = ({ world, sealer, cases, messages }: WriteSideParts) => ({
  unseal: async ({ id, data }: Parameters<ReactionsPorts['unseal']>[0]) =>
    (await sealer.unseal(id, data)).data,
  ring: ringThrough(cases),
  answers: answersThrough(cases),
  traffic: messages,
  receive: receiveThrough(cases),
  definitions: world.catalog,
  start: startThrough(cases, messages),
  link: linkThrough(cases),
  evaluator: (now: string) => createEvaluator({ now }),
  jobNow: () => Promise.resolve(null),
});
