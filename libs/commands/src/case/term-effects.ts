import type { CaseEvent, CaseState, DeadlineStatus, Env, Key } from '@iter/engine';

/** What a command would do to a legal term. */
export interface TermEffect {
  /** `DL_…` of the process. */
  readonly deadline: string;
  readonly label: { readonly it: string; readonly en: string };
  readonly nature: string;
  /** Opened by it, or only changed. */
  readonly isNew: boolean;
  /** As the term would be afterwards. */
  readonly state: DeadlineStatus;
  readonly legalDueDate: string;
  readonly safeActionDate: string;
  readonly earliestActionDate: string | null;
}

/** What only tells people of a term, or notes a proof, changes nothing of it. */
const silent: ReadonlySet<string> = new Set(['DeadlineProven', 'DeadlineLadderReissued']);

/** The terms that a decision opens or changes, each once, in the order in which it comes to them. */
export function termEffects(
  events: readonly CaseEvent[],
  state: CaseState,
  { catalogue }: Pick<Env, 'catalogue'>,
): readonly TermEffect[] {
  const touched = new Map<Key, boolean>();
  for (const { type, data } of events) {
    if (type === 'DeadlineOpened') touched.set(data.key, true);
    else if (type.startsWith('Deadline') && !silent.has(type)) {
      const { key } = data as { readonly key: Key };
      touched.set(key, touched.get(key) ?? false);
    }
  }
  return [...touched].flatMap(([key, isNew]) => {
    const deadline = state.deadlines.get(key);
    if (!deadline) return [];
    const { id, term, nature, status, plan } = deadline;
    const { legalDueDate, safeActionDate, earliestActionDate } = plan;
    const label = catalogue.term(term, plan.base.slice(0, 10))?.label ?? { it: id, en: id };
    return [
      {
        ...{ deadline: id, label, nature, isNew, state: status },
        ...{ legalDueDate, safeActionDate, earliestActionDate },
      },
    ];
  });
}
