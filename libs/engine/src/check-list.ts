import type { FlowNode, Said } from '@iter/process-model';
import { actSight, lastDraft, newestVersion } from './acts.ts';
import { lettersUnderWay } from './commands/deliveries.ts';
import { isLive } from './deadline-state.ts';
import { compareDates, occurred } from './deadlines/dates.ts';
import { isForwardWait } from './deadlines/expiry.ts';
import { isInTime } from './deadlines/facts.ts';
import { referredTo } from './deadlines/find.ts';
import { metBy } from './deadlines/on-element.ts';
import { grainOfDeadline } from './deadlines/operations.ts';
import type { Env, Models } from './env.ts';
import { Execution, unlessStuck } from './execution.ts';
import { holds } from './expressions.ts';
import type { Key, Variables } from './events.ts';
import { judgeRule } from './refusals.ts';
import type { CaseState, Deadline } from './state.ts';

export const checkLineKinds = ['rule', 'term', 'wait', 'act', 'receipt'] as const;

/** Something that must be true before a task is completed, and whether it is. */
export interface CheckLine {
  readonly kind: (typeof checkLineKinds)[number];
  /** Rule: its code; term, or wait before which the act is not lawful: id of the deadline; act: its template; receipt: the element that sent the letter. */
  readonly code: string;
  /** Null: it cannot be told from what is there. */
  readonly holds: boolean | null;
  /** What is true when it holds, as the process says it. */
  readonly label: string | null;
  readonly norm: string | null;
  /** Why it does not hold; of a rule that says nothing else, what it guards against. */
  readonly message: Said | null;
  /** Key of the deadline, or of the drafted document. */
  readonly key: Key | null;
  /** From when on the act is lawful, until when it is in time, or when the letter was sent. */
  readonly at: string | null;
}

export interface CheckQuestion {
  readonly key: Key;
  /** What the form holds so far, with what was looked up. */
  readonly given: Variables;
  /** Names of what the form holds wrongly, or not yet though it must: rules that read them cannot be told. */
  readonly unfit: ReadonlySet<string>;
  /** False: what the rules need from the registers could not be asked for; none of them can be told. */
  readonly isLookedUp: boolean;
}

/**
 * What the process declares about a task, judged with what is handed in so far: its rules, the terms that completing it now
 * meets or would miss, the acts drafted for it, and letters on their way whose receipts have not come.
 * @returns nothing for a task that is not open
 */
export function checkListOf(
  models: Models,
  state: CaseState,
  question: CheckQuestion,
  env: Env,
): readonly CheckLine[] {
  const { key } = question;
  const instance = state.elements.get(key);
  if (!instance || !state.tasks.has(key)) return [];
  const x = new Execution(models, state, env);
  const node = x.nodeOfInstance(instance);
  return [
    ...rulesOf(x, node, question),
    ...termsOf(x, node, instance.scope),
    ...actsOf(x, node, key),
    ...lettersUnderWay(state).map(({ element, submittedAt }) =>
      line('receipt', element, { at: submittedAt }),
    ),
  ];
}

const line = (kind: CheckLine['kind'], code: string, more: Partial<CheckLine>): CheckLine => ({
  ...{ kind, code, holds: null, label: null, norm: null, message: null, key: null, at: null },
  ...more,
});

function rulesOf(x: Execution, { refusals }: FlowNode, question: CheckQuestion): readonly CheckLine[] {
  const { key, given, unfit, isLookedUp } = question;
  return refusals.map((rule) => {
    const canBeTold = isLookedUp && !rule.when.names.some((name) => unfit.has(name));
    const { kept, message } = canBeTold ? judgeRule(x, rule, key, given) : untold;
    const guard = rule.message.constant;
    return line('rule', rule.code, {
      holds: kept,
      label: rule.label ?? null,
      norm: rule.norm ?? null,
      message:
        kept === false && message ? message : typeof guard === 'string' ? { it: guard, en: null } : null,
    });
  });
}

const untold = { kept: null, message: null };

/** Terms that the task decides, as if it were completed now. */
function termsOf(x: Execution, node: FlowNode, scope: Key | null): readonly CheckLine[] {
  const deadlines = new Map<Key, Deadline>();
  for (const { deadline, index } of metBy(x, node, scope)) {
    if (deadline.met[index]?.use === 'quiets') continue;
    for (const it of unlessStuck(() => referredTo(x, deadline.id, deadline.key, scope)) ?? []) {
      const counts = isLive(it) || it.status === 'missed' || (it.status === 'met' && isForwardWait(it));
      if (it.element === deadline.element && counts) deadlines.set(it.key, it);
    }
  }
  return [...deadlines.values()].map((it) => {
    const on = occurred(x, grainOfDeadline(it));
    const { legalDueDate, earliestActionDate } = it.plan;
    if (!isForwardWait(it))
      return line('term', it.id, { holds: isLive(it) && isInTime(it, on), key: it.key, at: legalDueDate });
    const isOver = earliestActionDate === null || compareDates(on, earliestActionDate) >= 0;
    return line('wait', it.id, { holds: isOver, key: it.key, at: earliestActionDate });
  });
}

/** Acts that were to be drafted when the task opened. */
function actsOf(x: Execution, { acts }: FlowNode, key: Key): readonly CheckLine[] {
  const sight = actSight(x.state, key);
  return acts
    .filter(
      ({ on, when }) => on === 'activation' && (when === null || unlessStuck(() => holds(x, when, key))),
    )
    .map(({ template }) => {
      const draft = sight && lastDraft(x.state, sight.series(template));
      const document = draft ? newestVersion(x.state, draft.document) : null;
      return line('act', template, { holds: document === null ? null : true, key: document });
    });
}
