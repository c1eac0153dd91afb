import type { DeadlineChange, FlowNode, Json, ProcessModel } from '@iter/process-model';
import { isLive } from '../deadline-state.ts';
import { Refused } from '../refused.ts';
import { Stuck } from '../execution.ts';
import type { Execution } from '../execution.ts';
import { evaluate, holds } from '../expressions.ts';
import type { Key } from '../events.ts';
import { parseDuration } from '../rome-time.ts';
import type { Deadline } from '../state.ts';
import { legalDate, occurred } from './dates.ts';
import { record } from './facts.ts';
import { currentDeadlines, declarationOf, findDeclaration, referredTo } from './find.ts';
import { lateBases, openDeadline } from './open.ts';
import * as operation from './operations.ts';

/** What an element's activation does to deadlines: its changes, then those it opens. @throws Stuck */
export function deadlinesOnActivation(x: Execution, node: FlowNode, scope: Key | null): void {
  changeAndOpen(x, node, scope, 'activation');
}

/** What an element's completion does: the deadlines it meets, its changes, then those it opens. @throws Stuck */
export function deadlinesOnCompletion(x: Execution, node: FlowNode, scope: Key | null): void {
  learnBases(x, node, scope);
  meet(x, node, scope);
  changeAndOpen(x, node, scope, 'completion');
}

/**
 * What an element brought may be a base that was not known when a deadline was opened: another reading of the law from then
 * on, or the one that counts. Only deadlines with several bases can be concerned; a called part tells those of its callers.
 * Source: legal-calendar.md § 2, "Prudential choice of the dies a quo"; disciplinary.md § 14, D-9
 */
function learnBases(x: Execution, node: FlowNode, scope: Key | null): void {
  if (x.state.deadlines.size === 0) return;
  const declared = [x.modelIn(scope), ...callersOf(x, scope)].flatMap(({ deadlines }) => [
    ...deadlines.values(),
  ]);
  const several = declared.filter(({ bases }) => bases.length > 1);
  for (const id of new Set(several.map((it) => it.id))) {
    for (const deadline of currentDeadlines(x, id)) {
      if (!isLive(deadline) || deadline.bases.every(({ date }) => date !== null)) continue;
      const declaration = findDeclaration(x, deadline);
      if (!declaration) continue;
      refusable(x, node, () => {
        const known = lateBases(x, deadline, declaration, scope);
        if (known) operation.learn(x, deadline, known);
      });
    }
  }
}

function changeAndOpen(x: Execution, node: FlowNode, scope: Key | null, on: DeadlineChange['on']): void {
  for (const change of node.deadlineChanges) if (change.on === on) applyChange(x, node, change, scope);
  for (const declaration of node.deadlines) {
    if (declaration.opens === on) refusable(x, node, () => openDeadline(x, declaration, scope));
  }
}

function meet(x: Execution, node: FlowNode, scope: Key | null): void {
  for (const { deadline: declaration, index } of metBy(x, node, scope)) {
    const met = declaration.met[index];
    if (!met) continue;
    for (const deadline of referredTo(x, declaration.id, declaration.key, scope)) {
      if (deadline.element !== declaration.element) continue;
      const grain = operation.grainOfDeadline(deadline);
      const what = { it: `La data che adempie ${deadline.id}`, en: `The date that meets ${deadline.id}` };
      refusable(x, node, () => {
        const on =
          met.date === null ? occurred(x, grain) : legalDate(evaluate(x, met.date, scope), grain, what);
        if (on !== null) record(x, declaration, deadline, { by: node.id, on, use: met.use });
      });
    }
  }
}

type Meetings = NonNullable<ReturnType<ProcessModel['metBy']['get']>>;

/** What an element meets: of its own process, and of all that call it, near or far, which name it `its-process/element`. */
export function metBy(x: Execution, { id }: FlowNode, scope: Key | null): Meetings {
  const model = x.modelIn(scope);
  const own = model.metBy.get(id) ?? [];
  if (model.hash === x.state.definition) return own;
  return [...own, ...callersOf(x, scope).flatMap(({ metBy }) => metBy.get(`${model.key}/${id}`) ?? [])];
}

/** The processes that call the one of this scope, near and far. */
function callersOf(x: Execution, scope: Key | null): readonly ProcessModel[] {
  const callers: ProcessModel[] = [];
  for (let key = scope; key !== null;) {
    const instance = x.instance(key);
    if (instance.called !== null) callers.push(x.modelOf(instance.definition));
    key = instance.scope;
  }
  return callers;
}

const refusals = [
  'act-too-early',
  'date-in-the-future',
  'date-invalid',
  'term-too-short',
  'term-too-long',
] as const;

const isRefusable = (code: string): code is (typeof refusals)[number] =>
  (refusals as readonly string[]).includes(code);

/** What a person has just handed in with an impossible date is refused, so that nothing is lost or stuck. */
function refusable(x: Execution, node: FlowNode, act: () => void): void {
  try {
    act();
  } catch (error) {
    if (!(error instanceof Stuck) || x.acting !== node.id) throw error;
    const { code, said } = error;
    if (isRefusable(code)) throw new Refused({ code, message: said });
    throw error;
  }
}

function applyChange(x: Execution, node: FlowNode, change: DeadlineChange, scope: Key | null): void {
  if (change.when && !holds(x, change.when, scope)) return;
  const by = change.by && evaluate(x, change.by, scope);
  if (change.by && by === null) {
    if (change.kind === 'meet') return;
    throw new Stuck('date-invalid', {
      it: `«${change.by.text}» non dà un valore per «${change.kind}» di ${change.ref}.`,
      en: `“${change.by.text}” gives no value for “${change.kind}” of ${change.ref}.`,
    });
  }
  for (const deadline of referredTo(x, change.ref, change.key, scope))
    changeOne(x, node, change, deadline, by);
}

function changeOne(
  x: Execution,
  node: FlowNode,
  { kind, reason: given }: DeadlineChange,
  deadline: Deadline,
  by: Json,
): void {
  const reason = given ?? node.name;
  const what = {
    it: `La data di «${kind}» di ${deadline.id}`,
    en: `The date of “${kind}” of ${deadline.id}`,
  };
  const date = (): string =>
    legalDate(by, operation.grainOfDeadline(deadline), what) ??
    occurred(x, operation.grainOfDeadline(deadline));
  const day = (): string => legalDate(by, 'day', what) ?? occurred(x, 'day');
  switch (kind) {
    case 'meet':
      refusable(x, node, () =>
        record(x, declarationOf(x, deadline), deadline, { by: node.id, on: date(), use: 'both' }),
      );
      return;
    case 'suspend':
      operation.suspend(x, deadline, day(), reason);
      return;
    case 'resume':
      operation.resume(x, deadline, day(), reason);
      return;
    case 'extend':
      operation.extend(x, deadline, days(by, deadline), reason);
      return;
    case 'interrupt':
      operation.interrupt(x, deadline, date(), reason);
      return;
    case 'rebase':
      operation.rebase(x, deadline, null, date(), reason);
      return;
    case 'replace':
      operation.replace(x, deadline, reason);
      return;
    case 'reopen':
      operation.reopen(x, deadline, reason);
      return;
    case 'close':
      operation.close(x, deadline, reason);
      return;
  }
}

/** Days as a number or as a duration of whole days. @throws Stuck `days-invalid` */
function days(by: Json, deadline: Deadline): number {
  if (typeof by === 'number' && Number.isInteger(by)) return by;
  const duration = typeof by === 'string' ? parseDuration(by) : null;
  if (duration && duration.months === 0 && duration.ms === 0) return duration.days;
  throw new Stuck(
    'days-invalid',
    `La proroga di ${deadline.id} dev’essere un numero intero di giorni, oppure «P14D».`,
  );
}
