import { actNames, knownNames } from '@iter/process-model';
import type { Form, Problem, ProcessModel } from '@iter/process-model';
import type { Draft, Known } from './compile.ts';
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

interface Read {
  readonly model: ProcessModel;
  readonly forms: Iterable<Form>;
}

/**
 * Names that a template reads and nothing in the process sets or uses: they would always be blank. A process called shares
 * the names of its callers, and they its own; where one of them is not there, nobody can tell.
 */
export function unknownNames(draft: Draft, drafts: readonly Draft[], known: Known): readonly Problem[] {
  if (draft.readActs.size === 0) return [];
  const all: readonly Read[] = [
    ...drafts.map(({ model, readForms }) => ({ model, forms: readForms.values() })),
    ...known.list().map(({ model, readForms }) => ({ model, forms: readForms.values() })),
  ];
  const family = familyOf(draft.model, all);
  if (!family) return [];
  const names = new Set<string>(actNames);
  for (const { model, forms } of family) for (const name of knownNames(model, forms)) names.add(name);
  return [...draft.readActs.values()].flatMap(({ act, file }) =>
    [...act.reads]
      .filter(([name]) => !names.has(name))
      .map(([name, place]) => ({
        ...{ severity: 'warning' as const, file, ...place, element: act.name, rule: 'act-variable-unknown' },
        message: `Nessun modulo, mappatura, script o condizione di ${draft.model.key} conosce «${name}»: resterà in bianco.`,
      })),
  );
}

/** A process with all that call it or are called by it, near or far; null: one of them is not there. */
function familyOf(model: ProcessModel, all: readonly Read[]): readonly Read[] | null {
  const callsOf = ({ nodes }: ProcessModel): readonly (string | null)[] =>
    [...nodes.values()].flatMap(({ call }) => {
      if (!call) return [];
      const { constant } = call.process;
      return [typeof constant === 'string' ? constant : null];
    });
  const keys = new Set([model.key]);
  for (const key of keys) {
    const members = all.filter((it) => it.model.key === key);
    if (members.length === 0) return null;
    for (const called of members.flatMap((it) => callsOf(it.model))) {
      if (called === null) return null;
      keys.add(called);
    }
    for (const it of all) if (callsOf(it.model).includes(key)) keys.add(it.model.key);
  }
  return all.filter((it) => keys.has(it.model.key));
}
