import { actSight } from '@iter/engine';
import type { CaseCommand, CaseState, Env } from '@iter/engine';
import { worldProvince } from '@iter/commands/world';
import { drawUp } from '@iter/reactions/acts';
import type { Definition } from '@iter/process-catalog';
import type { Blank, Json } from '@iter/process-model';

/** A task that has just opened and asks for an act, and the case at that moment. */
export interface Asking {
  readonly state: CaseState;
  readonly at: string;
  readonly task: string;
  readonly template: string;
  readonly out: string;
}

interface ActPorts {
  definition(hash: string): Definition | undefined;
  evaluator(now: string): Env['evaluate'];
  /** What the scenario says of bodies. */
  readonly bodies: Readonly<Record<string, Json>>;
}

interface Drafting {
  /** The command by which the house would file the draft, without the files that nobody reads here. */
  readonly command: Extract<CaseCommand, { type: 'DraftAct' | 'FailDraft' }>;
  /** What the draft leaves to be filled in by hand. */
  readonly blanks: readonly Blank[];
}

/**
 * Draws up an act as the house would. A template that was not deployed was warned of already: the case goes on as if it
 * were there.
 */
export function draftIn(
  ports: ActPorts,
  of: { readonly id: string; readonly startedAt: string },
  asking: Asking,
): Drafting | null {
  const { state, at, task, template, out } = asking;
  const sight = actSight(state, task);
  if (!sight) return null;
  const find = (definition: string, name: string) => ports.definition(definition)?.acts.get(name);
  if (!find(sight.definition, template)) {
    const { element, scope } = sight;
    const command = {
      ...{ type: 'DraftAct' as const, task, element, scope, series: sight.series(template), template },
      ...{ templateVersion: 0, templateHash: '', name: template, revision: state.revision, out, blanks: 0 },
    };
    return { command, blanks: [] };
  }
  const named = (ipa: string) => ({ ipa, name: nameIn(ports.bodies[ipa]) ?? ipa });
  const province = named(worldProvince);
  const drawn = drawUp({ state, startedAt: of.startedAt, at }, of.id, asking, {
    template: find,
    evaluator: ports.evaluator,
    bodies: ({ comune, serviceModel }) => ({
      body: named(comune),
      province,
      author: serviceModel === 'SUPPORT' ? named(comune) : province,
      programme: null,
    }),
  });
  return drawn && { command: drawn.command, blanks: drawn.document?.blanks ?? [] };
}

function nameIn(body: Json | undefined): string | null {
  if (typeof body !== 'object' || body === null || !('name' in body)) return null;
  return typeof body.name === 'string' ? body.name : null;
}
