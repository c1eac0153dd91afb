import { formsOf, knownNames } from '@iter/process-model';
import type { FlowNode, FormField, Problem } from '@iter/process-model';
import { scanXml } from '@iter/process-model/reading';
import type { Draft, Known } from './compile.ts';
import { calledBy } from './act-problems.ts';
import type { Read } from './act-problems.ts';
import { problemAt } from './references.ts';

const closed: ReadonlySet<FormField['type']> = new Set(['select', 'radio', 'checkbox']);

/**
 * A fact is a variable that the process, or one that it calls, knows; every form that asks for it offers a closed choice, in
 * which its values are, and it is asked once for the case. Where a called process is not there, nobody can tell.
 */
export function factProblems(draft: Draft, drafts: readonly Draft[], known: Known): readonly Problem[] {
  const { model, files, xml } = draft;
  if (model.facts.length === 0) return [];
  const family = withCalled(draft, [...drafts, ...known.list()]);
  if (!family) return [];
  const names = new Set(family.flatMap((it) => [...knownNames(it.model, it.readForms.values())]));
  const fields = family.flatMap(({ readForms }) => [...readForms.values()].flatMap((form) => form.fields));
  const personal = new Set(family.flatMap((it) => it.model.personal.flatMap((of) => of.fields)));
  const at = { id: model.key, place: scanXml(xml).placeOf(model.key) };
  const error = (rule: string, message: string) => [problemAt(at, files[0] ?? '', 'error', rule, message)];
  return model.facts.flatMap(({ name, values }) => {
    if (!names.has(name)) return error('fact-unknown', `Nessuno in ${model.key} conosce «${name}».`);
    if (personal.has(name)) return error('fact-personal', `«${name}» è un dato personale: non è un fatto.`);
    const asking = fields.filter(({ key }) => key === name);
    if (asking.some(({ type, optionsFrom }) => !closed.has(type) || optionsFrom !== null))
      return error('fact-open', `«${name}» non è una scelta tra valori noti: non è un fatto.`);
    if (asking.length > 0 && family.every((it) => isAskedAgain(it, name)))
      return error(
        'fact-repeated',
        `«${name}» si chiede più volte nella stessa pratica: non è un suo fatto.`,
      );
    const offered = new Set(
      asking.flatMap(({ type, options }) =>
        type === 'checkbox' ? [true, false] : (options ?? []).map(({ value }) => value),
      ),
    );
    const missing = (values?.map(({ code }) => code) ?? [true, false]).filter((it) => !offered.has(it));
    if (asking.length === 0 || missing.length === 0) return [];
    return error('fact-value', `Nessun modulo offre per «${name}»: ${missing.join(', ')}.`);
  });
}

/** Whether a process asks for a name nowhere but in what it repeats, for one Comune or person after the other. */
function isAskedAgain({ model, readForms }: Read, name: string): boolean {
  const isRepeated = ({ loop, scope }: FlowNode): boolean => {
    const around = scope === null ? undefined : model.nodes.get(scope);
    return loop?.kind === 'multi' || (around !== undefined && isRepeated(around));
  };
  return [...model.nodes.values()]
    .filter((node) =>
      formsOf(node).some((id) => readForms.get(id)?.fields.some(({ key }) => key === name) ?? false),
    )
    .every(isRepeated);
}

/** A process with all that it calls, near or far; null: one of them is not there, or only the case knows which. */
function withCalled(of: Read, all: readonly Read[]): readonly Read[] | null {
  const found = new Map([[of.model.key, of]]);
  for (const { model } of found.values()) {
    for (const key of calledBy(model)) {
      const called = all.find((it) => it.model.key === key);
      if (!called) return null;
      if (!found.has(called.model.key)) found.set(called.model.key, called);
    }
  }
  return [...found.values()];
}
