import { systemPrincipal } from '@iter/access';
import type { Principal } from '@iter/access';
import { actSight } from '@iter/engine';
import type { CaseCommand, CaseState, DraftedFile, Instant, Variables, Env } from '@iter/engine';
import { romeDate } from '@iter/legal-calendar';
import { renderAct } from '@iter/process-model';
import type { ActDocument, ActSurroundings, ActTemplate } from '@iter/process-model';
import type { Answered } from '../service-tasks/built-in.ts';
import type { DraftAct, DueAct } from './due-acts.ts';

/** The bodies that an act names. */
export type ActBodies = Pick<ActSurroundings, 'body' | 'province' | 'author' | 'programme'>;

export interface CaseAsItStood {
  readonly state: CaseState;
  readonly startedAt: Instant;
  /** When its last event was recorded: the day that the act calls today. */
  readonly at: Instant;
}

export interface DraftingPorts {
  /** The case up to a revision; null: there is none. */
  read(caseId: string, revision: number): Promise<CaseAsItStood | null>;
  template(definition: string, name: string): ActTemplate | undefined;
  bodies(facts: {
    readonly comune: string;
    readonly process: string;
    readonly startedAt: Instant;
    readonly serviceModel: unknown;
  }): ActBodies;
  evaluator(now: Instant): Env['evaluate'];
  /** To read, and to edit. */
  write(document: ActDocument): Promise<{ readonly pdf: Buffer; readonly docx: Buffer }>;
  keep(caseId: string, name: string, content: Buffer): Promise<DraftedFile>;
  discard(caseId: string, sha256: string): Promise<void>;
  execute(request: {
    readonly caseId: string;
    readonly command: Extract<CaseCommand, { type: 'DraftAct' | 'FailDraft' }>;
    readonly principal: Principal;
    readonly route: string;
    readonly idempotencyKey: string;
  }): Promise<
    | { readonly outcome: 'done'; readonly events: readonly object[] }
    | { readonly outcome: 'rejected'; readonly rejection: { readonly code: string } }
    | { readonly outcome: 'stale' | 'key-reused' }
  >;
}

type Asked = Extract<CaseCommand, { type: 'DraftAct' | 'FailDraft' }>;

/** What a draft says, and the command that files it but for its files; or the command that tells why there is none. */
export type DrawnUp =
  | { readonly document: ActDocument; readonly command: Extract<Asked, { type: 'DraftAct' }> }
  | { readonly document: null; readonly command: Extract<Asked, { type: 'FailDraft' }> };

/**
 * Draws up an act from a case as it stood: always the same one.
 * @param act which act of which task
 * @returns null when the task did not live in that state
 */
export function drawUp(
  { state, startedAt, at }: CaseAsItStood,
  caseId: string,
  { task, template: name, out }: Pick<DueAct, 'task' | 'template' | 'out'>,
  ports: Pick<DraftingPorts, 'template' | 'bodies' | 'evaluator'>,
): DrawnUp | null {
  const sight = actSight(state, task);
  if (!sight) return null;
  const { element, scope, definition, variables, deadlines } = sight;
  const failed = (message: string): DrawnUp => ({
    document: null,
    command: { type: 'FailDraft', task, element, out, message },
  });
  const template = ports.template(definition, name);
  if (!template)
    return failed(`Il modello acts/${name}.md non è installato con questa versione del processo.`);
  const { comune, process, revision } = state;
  const bodies = ports.bodies({ comune, process, startedAt, serviceModel: variables['serviceModel'] });
  const rendered = renderAct(
    template,
    variables,
    {
      ...bodies,
      case: { id: caseId, code: codeOf(variables, state), process },
      deadlines,
      today: romeDate(at),
    },
    ports.evaluator(at),
  );
  if (!rendered.ok) {
    const { line, column } = rendered.place;
    return failed(`acts/${name}.md:${line}:${column} ${rendered.message}`);
  }
  const { document } = rendered;
  const command: Extract<Asked, { type: 'DraftAct' }> = {
    ...{ type: 'DraftAct', task, element, scope, series: sight.series(name), template: name },
    ...{ templateVersion: template.version, templateHash: template.hash, name: document.name },
    ...{ revision, out, blanks: document.blanks.length },
  };
  return { document, command };
}

/**
 * Drafts acts: from the case as it stood when they were asked for, so that trying again, at any time and anywhere, gives the
 * same bytes. Content is kept before the command and forgotten when the case does not take it.
 */
export function draftThrough(ports: DraftingPorts): DraftAct {
  return async (act) => {
    const { caseId, revision, id } = act;
    const stood = await ports.read(caseId, revision);
    if (!stood) return { outcome: 'refused', code: 'case-not-found' };
    // Of a task that ended in the same command nothing is left to read: it asked for nothing that anybody can see.
    const drawn = drawUp(stood, caseId, act, ports);
    if (!drawn) return { outcome: 'done' };
    const ask = (command: Asked) =>
      ports.execute({ caseId, command, principal: systemPrincipal, route: 'act', idempotencyKey: id });
    if (!drawn.document) {
      const told = answer(await ask(drawn.command));
      // Nobody works on a case that has ended: that an act of it is missing is told with what the house keeps trying.
      const isUntold =
        told.outcome === 'refused' && told.code === 'case-not-active' && stood.state.asked.has(act.task);
      return isUntold ? { outcome: 'refused', code: 'act-not-drafted' } : told;
    }
    const { pdf, docx } = await ports.write(drawn.document);
    // What stands before a stroke, as in «D.Lgs. 165/2001», is no folder.
    const name = drawn.command.name.replaceAll('/', '-');
    const document = await ports.keep(caseId, `${name} - bozza.pdf`, pdf);
    const editable = await ports.keep(caseId, `${name} - bozza.docx`, docx);
    const outcome = await ask({ ...drawn.command, files: { document, editable } });
    if (outcome.outcome !== 'done' || outcome.events.length === 0) {
      const known = new Set(
        [...(await ports.read(caseId, latest))!.state.documents.values()].map((it) => it.sha256),
      );
      for (const { sha256 } of [document, editable]) {
        if (!known.has(sha256)) await ports.discard(caseId, sha256);
      }
    }
    return answer(outcome);
  };
}

const latest = Number.MAX_SAFE_INTEGER;

const answer = (outcome: Awaited<ReturnType<DraftingPorts['execute']>>): Answered => {
  if (outcome.outcome === 'done') return { outcome: 'done' };
  const code = outcome.outcome === 'rejected' ? outcome.rejection.code : outcome.outcome;
  return { outcome: 'refused', code };
};

/** The anonymous code by which a case is known outside. */
function codeOf(variables: Variables, { businessKey }: CaseState): string | null {
  const { caseCode } = variables;
  return typeof caseCode === 'string' ? caseCode : businessKey;
}
