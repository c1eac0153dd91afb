import { planMigration } from '@iter/engine';
import type { CaseCommand, CaseState, Mapping, MigrationPlan } from '@iter/engine';
import { mayAct } from '@iter/access';
import type { Principal } from '@iter/access';
import type { Definition, Definitions } from '@iter/process-catalog';
import type { AskedMigration, CommandRejection } from '../outcome.ts';
import type { CasePorts } from '../ports.ts';
import { caseNotFound, denied } from './denied.ts';
import { caseFacts } from './facts.ts';
import type { CaseHandler } from './handler.ts';
import type { Reading } from './read.ts';

/** What a dry run tells: the definition that was meant, and what would happen to the case. */
export interface MigrationForecast {
  readonly version: number;
  readonly definition: string;
  readonly plan: MigrationPlan;
}

export interface MigrationQuestion extends Mapping, Pick<AskedMigration, 'definition' | 'version'> {
  readonly caseId: string;
  readonly principal: Principal;
  readonly reason: string | null;
}

/**
 * The definition that a case should follow: deployed, readable, and of the case's own process, because who may see a case
 * depends on its process.
 */
async function targetOf(
  definitions: Definitions,
  { process }: CaseState,
  { definition, version }: Pick<AskedMigration, 'definition' | 'version'>,
): Promise<Definition | CommandRejection> {
  const find = (): Definition | undefined => {
    const named = definition === undefined ? { key: process, version } : definitions.byHash(definition);
    return named && definitions.find(named.key, named.version);
  };
  let target = find();
  if (!target) {
    await definitions.catchUp();
    target = find();
  }
  if (!target) {
    return {
      code: 'definition-not-found',
      message: {
        it: 'La definizione indicata non è installata, o non si può più leggere.',
        en: 'That definition is not installed, or cannot be read any more.',
      },
    };
  }
  if (target.key === process && target.model.kind === 'process') return target;
  const message = {
    it: `Un caso di ${process} può seguire solo un’altra versione dello stesso processo, non ${target.key}.`,
    en: `A case of ${process} can only follow another version of the same process, not ${target.key}.`,
  };
  return { code: 'migration-invalid', message };
}

/** The engine's command for what was asked, with the definition found. */
export async function migrationFor(
  definitions: Definitions,
  state: CaseState,
  asked: AskedMigration,
): Promise<Extract<CaseCommand, { type: 'MigrateCase' }> | CommandRejection> {
  const target = await targetOf(definitions, state, asked);
  if ('code' in target) return target;
  return { ...asked, definition: target.hash, version: target.version };
}

/** Says what a migration would do to a case as it stands now, to whoever may migrate it; appends nothing. */
export function createMigrationForecast(ports: CasePorts, handler: CaseHandler) {
  return async (question: MigrationQuestion): Promise<Reading<MigrationForecast>> => {
    const { caseId, principal, reason, elements, flows } = question;
    const refuse = (rejection: CommandRejection) => ({ outcome: 'rejected', rejection }) as const;
    const file = await handler.load(caseId);
    if (!file.head) return refuse(caseNotFound);
    const decision = mayAct(principal, 'MigrateCase', { case: caseFacts(file, ports.bodies), reason });
    if (!decision.allowed) return refuse(decision.hidden ? caseNotFound : denied(decision));
    const { state } = file;
    if (state.status !== 'active') {
      return refuse({
        code: 'case-not-active',
        message: {
          it: 'Il caso è concluso: non può migrare.',
          en: 'The case is closed: it cannot be migrated.',
        },
      });
    }
    const target = await targetOf(ports.definitions, state, question);
    if ('code' in target) return refuse(target);
    const { hash: definition, version, model } = target;
    if (definition === state.definition) {
      return refuse({
        code: 'migration-invalid',
        message: {
          it: 'Il caso segue già questa definizione.',
          en: 'The case follows this definition already.',
        },
      });
    }
    const from = handler.models(state.definition);
    if (!from) throw new Error(`the definition of ${caseId} is not in the catalogue`);
    return {
      outcome: 'read',
      definition,
      version,
      plan: planMigration(from, model, state, { elements, flows }),
    };
  };
}
