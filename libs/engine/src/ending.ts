import { closeDeadlines } from './deadlines/closing.ts';
import type { Execution } from './execution.ts';
import type { EventOf, Key } from './events.ts';
import { refOf } from './refs.ts';
import { childrenOf } from './scopes.ts';
import type { ElementInstance } from './state.ts';
import { disarm } from './waiting.ts';

/** Ends an instance and all that lives in it, innermost first, without completing anything. */
export function terminate(x: Execution, key: Key): void {
  if (x.state.elements.has(key)) terminateAll(x, [x.instance(key)]);
}

/** Ends all that lives in a scope, but for one, oldest first. */
export function terminateChildren(x: Execution, scope: Key | null, except?: Key): void {
  terminateAll(
    x,
    childrenOf(x.state, scope).filter(({ key }) => key !== except),
  );
}

/** What lives where is looked up once: ending ten thousand instances costs what they are. */
function terminateAll(x: Execution, roots: readonly ElementInstance[]): void {
  if (roots.length === 0) return;
  const inside = new Map<Key, ElementInstance[]>();
  for (const instance of roots.some((it) => it.children > 0) ? x.state.elements.values() : []) {
    if (instance.scope === null) continue;
    const siblings = inside.get(instance.scope);
    if (siblings) siblings.push(instance);
    else inside.set(instance.scope, [instance]);
  }
  const end = (instance: ElementInstance): void => {
    const { key, scope } = instance;
    for (const child of inside.get(key) ?? []) end(child);
    if (!x.state.elements.has(key)) return;
    disarm(x, key);
    closeDeadlines(x, key, 'scope-ended');
    resolveIncidents(x, 'element-terminated', (host) => host === key);
    x.cancelArrivals(key);
    x.touched.add(scope);
    if (x.state.elements.has(key)) x.emit({ type: 'ElementTerminated', data: refOf(x, instance) });
  };
  for (const root of roots) end(root);
}

export function resolveIncidents(
  x: Execution,
  resolution: string,
  matches: (host: Key | null) => boolean,
): void {
  if (x.state.incidents.size === 0) return;
  for (const { key, host } of x.state.incidents.values()) {
    if (matches(host)) x.emit({ type: 'IncidentResolved', data: { key, resolution } });
  }
}

type Ending =
  | { type: 'CaseCompleted'; data: EventOf<'CaseCompleted'>['data'] }
  | { type: 'CaseFailed'; data: EventOf<'CaseFailed'>['data'] }
  | { type: 'CaseTerminated'; data: EventOf<'CaseTerminated'>['data'] };

/**
 * The end of the case: nothing of it waits, rings or asks for anybody after it. Nothing happens any more either; only
 * which other case has come of it (`CaseLinked`) can be known later, and acts that its last steps asked for are filed.
 * Deadlines still open are closed with the end element, or the kind of end, as the reason.
 */
export function endCase(x: Execution, end: Ending): void {
  const reason = reasonOf(end);
  terminateChildren(x, null);
  disarm(x, null);
  closeDeadlines(x, null, reason);
  for (const { key, state, deadline } of x.state.escalations.values()) {
    if (state === 'resolved') continue;
    x.emit({ type: 'EscalationResolved', data: { key, outcome: reason, deadline, bell: null } });
  }
  resolveIncidents(x, reason, () => true);
  x.emit(end);
}

function reasonOf(end: Ending): string {
  switch (end.type) {
    case 'CaseCompleted':
      return end.data.endElement ?? 'case-completed';
    case 'CaseFailed':
      return end.data.element;
    case 'CaseTerminated':
      return 'case-cancelled';
  }
}
