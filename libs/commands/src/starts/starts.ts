import { systemPrincipal } from '@iter/access';
import { uuidV5, canonicalJson } from '@iter/platform/ids';
import { contentAt } from '../content.ts';
import { createDecidedStreams } from '../decided-streams.ts';
import type { CaseCommands, Outcome } from '../outcome.ts';
import type { CasePorts } from '../ports.ts';
import { clearGatheringFields, decideGathering, evolveGathering, nothingGathered } from './gathering.ts';
import type { Gather, Gathered, GatheringEvent, GatheringState, Needs, Occurrence } from './gathering.ts';
import { messageTrigger, needsOf, triggersOf } from './needs.ts';

/** One of the events of a start that needs several has happened. */
export interface StartTrigger extends Pick<Occurrence, 'id' | 'source' | 'by'> {
  readonly process: string;
  readonly element: string;
  readonly event:
    | { readonly message: string; readonly tenant: string; readonly keyHash: string | null }
    /** Its place among the events of the start: it is told to all. */
    | number;
}

export type StartTriggered =
  /** `answer`: of the case that began with it; null when others of its events are still to come. */
  | { readonly outcome: 'done'; readonly answer: Extract<Outcome, { outcome: 'done' }> | null }
  | { readonly outcome: 'refused'; readonly code: string };

/** Starts that need several events. */
export interface Starts {
  /** Notes that an event has happened and begins the cases for which it was the last. Doing it again begins none anew. */
  triggered(trigger: StartTrigger): Promise<StartTriggered>;
}

const { account, grants } = systemPrincipal;

/**
 * What has happened of a start is kept in a stream of its own, which decides which case begins with what; a case's id derives
 * from that. Whoever tells of an event repeats it until it is answered: so a crash in between begins the case later.
 */
export function createStarts(ports: CasePorts, { start }: Pick<CaseCommands, 'start'>): Starts {
  const streams = createDecidedStreams<GatheringState, Gather, GatheringEvent>(ports, {
    initial: nothingGathered,
    evolve: evolveGathering,
    decide: decideGathering,
    identity: ({ occurrence }) => occurrence.id,
    clear: clearGatheringFields,
  });

  async function begin(
    { process, element }: StartTrigger,
    stream: string,
    { seen }: GatheringState,
    { group, tenant, version, occurrences, last }: Gathered,
  ): Promise<Outcome> {
    const all = occurrences.flatMap((id) => seen.get(id) ?? []);
    const contents = await Promise.all(
      all.flatMap(({ source }) => (source ? [contentAt(ports, source)] : [])),
    );
    const by = all.findLast((it) => it.by !== null)?.by;
    return start({
      principal: systemPrincipal,
      route: 'start',
      idempotencyKey: uuidV5(['gathered', stream, group, ...occurrences].join('|')),
      causationId: last,
      ...{ process, version, comune: tenant, startElement: element },
      variables: Object.assign({}, ...contents) as (typeof contents)[number],
      ...(by && { startedBy: by }),
    });
  }

  return {
    async triggered(trigger) {
      const { process, element, event, ...happened } = trigger;
      if (!ports.definitions.find(process)) await ports.definitions.catchUp();
      const definition = ports.definitions.find(process);
      const triggers = definition ? triggersOf(definition, element) : [];
      const name = typeof event === 'number' ? triggers[event] : messageTrigger(event.message);
      if (!definition || name === undefined || !triggers.includes(name)) {
        return { outcome: 'refused', code: 'start-element-not-found' };
      }
      const needs = needsOf(definition, triggers);
      const [tenant, group] =
        typeof event === 'number' ? [needs.body, null] : [event.tenant, groupOf(event.tenant, event.keyHash)];
      const stream = streamOf(process, element, needs);
      const occurrence: Occurrence = { ...happened, trigger: name, group, tenant };
      const { state } = await streams.execute({
        ...{ stream, tenant },
        actor: { account, ...grants[0]! },
        causationId: trigger.id,
        command: { type: 'GatherStart', occurrence, needs },
      });
      let answer: Extract<Outcome, { outcome: 'done' }> | null = null;
      for (const gathered of state.gathered.get(trigger.id) ?? []) {
        const outcome = await begin(trigger, stream, state, gathered);
        if (outcome.outcome === 'done') answer ??= outcome;
        // It began before, and what it was given has been erased since.
        else if (outcome.outcome !== 'key-reused') {
          const code = outcome.outcome === 'rejected' ? outcome.rejection.code : outcome.outcome;
          return { outcome: 'refused', code };
        }
      }
      return { outcome: 'done', answer };
    },
  };
}

/** Only messages of one body and key begin a case together. */
const groupOf = (tenant: string, keyHash: string | null): string =>
  keyHash === null ? tenant : `${tenant} ${keyHash}`;

/** The same for every version that needs the same: what has come stays when a process is deployed anew. */
const streamOf = (process: string, element: string, { messages, shared }: Needs): string =>
  `start-${uuidV5(canonicalJson([process, element, [...messages].sort(), [...shared].sort()]))}`;
