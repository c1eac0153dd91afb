import { actNames, knownNames } from '@iter/process-model';
import type { Problem, ProcessModel } from '@iter/process-model';
import type { Draft, Known } from './compile.ts';
import { once } from './once.ts';
import { problemAt } from './references.ts';
import { actOf } from './source-files.ts';
import type { SourceActs } from './source-files.ts';

/** Every template that a task names is among the files. */
export function missingActs(
  { model }: Draft,
  acts: SourceActs,
  file: string,
  severity: Problem['severity'],
): readonly Problem[] {
  return [...model.nodes.values()].flatMap((node) =>
    node.acts
      .filter(({ template }) => template !== '' && actOf(acts, file, template) === undefined)
      .map(({ template }) => {
        const message = `Il modello di atto acts/${template}.md non è tra i file da installare.`;
        return problemAt(node, file, severity, 'act-missing', message);
      }),
  );
}

export type Read = Pick<Draft, 'model' | 'readForms'>;

/**
 * Names that a template reads and nothing in the process sets or uses: they would always be blank. A process called shares
 * the names of its callers, and they its own; where one of them is not there, nobody can tell.
 */
export function unknownNames(drafts: readonly Draft[], known: Known): readonly Problem[] {
  const all: readonly Read[] = [...drafts, ...known.list()];
  const callsOf = once(({ model }: Read) => calledBy(model));
  const namesOf = once(({ model, readForms }: Read) => knownNames(model, readForms.values()));
  return drafts.flatMap(({ model, readActs }) => {
    if (readActs.size === 0) return [];
    const family = familyOf(model, all, callsOf);
    if (!family) return [];
    const names = new Set<string>(actNames);
    for (const it of family) for (const name of namesOf(it)) names.add(name);
    return [...readActs.values()].flatMap(({ act, file }) =>
      [...act.reads]
        .filter(([name]) => !names.has(name))
        .map(([name, place]) => ({
          ...{
            severity: 'warning' as const,
            file,
            ...place,
            element: act.name,
            rule: 'act-variable-unknown',
            language: 'it' as const,
          },
          message: `Nessun modulo, mappatura, script o condizione di ${model.key} conosce «${name}»: resterà in bianco.`,
        })),
    );
  });
}

/** The processes that a process calls; null: one that only the case knows. */
export const calledBy = ({ nodes }: ProcessModel): readonly (string | null)[] =>
  [...nodes.values()].flatMap(({ call }) => {
    if (!call) return [];
    const { constant } = call.process;
    return [typeof constant === 'string' ? constant : null];
  });

/** A process with all that call it or are called by it, near or far; null: one of them is not there. */
function familyOf(
  model: ProcessModel,
  all: readonly Read[],
  callsOf: (of: Read) => readonly (string | null)[],
): readonly Read[] | null {
  const keys = new Set([model.key]);
  for (const key of keys) {
    const members = all.filter((it) => it.model.key === key);
    if (members.length === 0) return null;
    for (const called of members.flatMap(callsOf)) {
      if (called === null) return null;
      keys.add(called);
    }
    for (const it of all) if (callsOf(it).includes(key)) keys.add(it.model.key);
  }
  return all.filter((it) => keys.has(it.model.key));
}
