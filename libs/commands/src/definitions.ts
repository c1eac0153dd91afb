import { mayAct } from '@iter/access';
import type { Principal } from '@iter/access';
import type { DeploymentResult, ProcessCatalog, SourceFile } from '@iter/process-catalog';
import type { CommandRejection } from './outcome.ts';

export type DeployOutcome =
  | ({ readonly outcome: 'done' } & Omit<DeploymentResult, 'deployed'>)
  /** With the places in the files, when it is the files that are refused. */
  | ({ readonly outcome: 'rejected'; readonly rejection: CommandRejection } & Pick<
      DeploymentResult,
      'problems'
    >);

/** Deploys definitions for somebody who may; see `ProcessCatalog.deploy`. */
export async function deployDefinitions(
  catalog: ProcessCatalog,
  request: { readonly principal: Principal; readonly files: readonly SourceFile[] },
): Promise<DeployOutcome> {
  const { principal, files } = request;
  const decision = mayAct(principal, 'DeployDefinition', {});
  if (!decision.allowed) {
    return {
      outcome: 'rejected',
      rejection: { code: 'not-authorised', message: decision.message },
      problems: [],
    };
  }
  const actor = { account: principal.account, ...decision.as };
  const { deployed, ...result } = await catalog.deploy({ files, actor, tenant: decision.as.body });
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
