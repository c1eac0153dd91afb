import { isDeepStrictEqual } from 'node:util';
import type { CasePorts, HeldCase } from '@iter/commands';
import { readHistory } from '@iter/commands/case';
import { emptyState, evolveAll } from '@iter/engine';
import type { CaseState } from '@iter/engine';
import type { ProcessCatalog } from '@iter/process-catalog';
import { createProcessCatalog } from '@iter/process-catalog';
import { stateText } from '../histories.ts';
import { differingFields, fingerprint } from './fingerprint.ts';

type Source = HeldCase['from'];

/** What was held of one case: the fingerprint by revision, and the last state as it was then. */
interface Held {
  readonly from: Source;
  readonly byRevision: Map<number, string>;
  last: { readonly revision: number; readonly text: string };
}

export interface Compared {
  readonly cases: number;
  /** Revisions at which held and folded state were compared. */
  readonly states: number;
}

/**
 * A second engine. Whatever the first ones held after their appends is noted; then every case is folded from nothing, out
 * of the log, with the definitions as the log has them, and at each revision noted must give the very same state.
 */
export interface Shadow {
  readonly witness: NonNullable<CasePorts['witness']>;
  /**
   * Compares what was noted since the last time.
   * @param only the cases of this log; absent: all
   * @throws naming every case that folds to another state, with the revision and the fields
   */
  compare(only?: Source['log']): Promise<Compared>;
}

export function createShadow(): Shadow {
  const noted = new Map<Source['log'], Map<string, Held>>();

  const witness: Shadow['witness'] = ({ caseId, state, from }) => {
    const ofLog = noted.get(from.log) ?? new Map<string, Held>();
    noted.set(from.log, ofLog);
    const last = { revision: state.revision, text: stateText(state) };
    const held = ofLog.get(caseId) ?? { from, byRevision: new Map<number, string>(), last };
    ofLog.set(caseId, held);
    held.byRevision.set(state.revision, fingerprint(last.text));
    if (last.revision >= held.last.revision) held.last = last;
  };

  return {
    witness,
    async compare(only) {
      let states = 0;
      let cases = 0;
      const wrong: string[] = [];
      for (const [log, ofLog] of [...noted].filter(([it]) => only === undefined || it === only)) {
        noted.delete(log);
        const definitions = createProcessCatalog({ log, clock, diagrams: 'as-given' });
        await definitions.catchUp();
        for (const [caseId, held] of ofLog) {
          cases++;
          states += held.byRevision.size;
          wrong.push(...(await compareCase(caseId, held, definitions)));
        }
        await definitions.close();
      }
      if (wrong.length > 0) throw new Error(`the log folds to another state:\n${wrong.join('\n')}`);
      return { cases, states };
    },
  };
}

/** Nothing is deployed by a second engine. */
const clock = { now: () => '2026-01-01T00:00:00.000Z' };

async function compareCase(
  caseId: string,
  { from, byRevision, last }: Held,
  definitions: ProcessCatalog,
): Promise<readonly string[]> {
  const events = await readHistory(from, caseId);
  const wrong: string[] = [];
  let state = emptyState;
  for (const revision of [...byRevision.keys()].sort((a, b) => a - b)) {
    state = evolveAll(state, events.slice(state.revision + 1, revision + 1));
    const text = stateText(state);
    if (state.revision === revision && fingerprint(text) === byRevision.get(revision)) continue;
    const fields = revision === last.revision ? differingFields(last.text, text) : [];
    wrong.push([`case ${caseId} at revision ${revision} of ${events.length - 1}`, ...fields].join('\n  '));
    break;
  }
  return [...wrong, ...unknownElements(caseId, state, from, definitions)];
}

/** What lives in a case is found again in its definition as the log has it, which is the one that was followed. */
function unknownElements(
  caseId: string,
  { definition, elements }: CaseState,
  { definitions: live }: Source,
  definitions: ProcessCatalog,
): readonly string[] {
  const followed = new Set([definition, ...[...elements.values()].map((it) => it.definition)]);
  const strange = [...followed].filter(
    (hash) => !isDeepStrictEqual(definitions.byHash(hash)?.model.nodes, live.byHash(hash)?.model.nodes),
  );
  const homeless = [...elements.values()].filter(
    (it) => !definitions.byHash(it.definition)?.model.nodes.has(it.element),
  );
  return [
    ...strange.map((hash) => `case ${caseId}: the log gives another definition ${hash.slice(0, 12)}`),
    ...homeless.map(({ element }) => `case ${caseId}: ${element} is not in its definition`),
  ];
}
