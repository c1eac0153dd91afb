import { mayAct } from '@iter/access';
import type { DeploymentResult, ProcessCatalog, SourceFile } from '@iter/process-catalog';
import { commandIdOf } from '@iter/platform/ids';
import { checkKey } from './case/checks.ts';
import type { CommandRejection, Request } from './outcome.ts';

export type DeployOutcome =
  | ({ readonly outcome: 'done' } & Omit<DeploymentResult, 'deployed' | 'isReused'>)
  /** The same request has deployed something else. */
  | { readonly outcome: 'key-reused' }
  /** With the places in the files, when it is the files that are refused. */
  | ({ readonly outcome: 'rejected'; readonly rejection: CommandRejection } & Pick<
      DeploymentResult,
      'problems'
    >);

/** Deploys definitions for somebody who may; see `ProcessCatalog.deploy`. Sent twice, it is answered as the first time. */
export async function deployDefinitions(
  catalog: ProcessCatalog,
  request: Pick<Request, 'principal' | 'route' | 'idempotencyKey'> & {
    readonly files: readonly SourceFile[];
  },
): Promise<DeployOutcome> {
  const { principal, files, route, idempotencyKey } = request;
  const decision = mayAct(principal, 'DeployDefinition', {});
  if (!decision.allowed) {
    return {
      outcome: 'rejected',
      rejection: { code: 'not-authorised', message: decision.message },
      problems: [],
    };
  }
  const wrong = checkKey(idempotencyKey);
  if (wrong) return { outcome: 'rejected', rejection: wrong, problems: [] };
  const actor = { account: principal.account, ...decision.as };
  const tenant = decision.as.body;
  const id = commandIdOf({ tenant, actor: actor.account, route, idempotencyKey });
  const { deployed, isReused, ...result } = await catalog.deploy({ files, actor, tenant, request: id });
  if (isReused) return { outcome: 'key-reused' };
  if (deployed) return { outcome: 'done', ...result };
  const errors = result.problems.filter(({ severity }) => severity === 'error').length;
  const message = {
    it: `L’installazione è rifiutata: ${errors} ${errors === 1 ? 'errore' : 'errori'} nei file.`,
    en: `The deployment is refused: ${errors} ${errors === 1 ? 'error' : 'errors'} in the files.`,
  };
  return {
    outcome: 'rejected',
    rejection: { code: 'deployment-refused', message },
    problems: result.problems,
  };
}
