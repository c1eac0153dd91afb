import type { Said } from '@iter/process-model';
import { endIfOver } from '../ad-hoc.ts';
import type { CaseCommand } from '../commands.ts';
import { Stuck } from '../execution.ts';
import type { Execution, Step } from '../execution.ts';
import { complete, leaveAgain } from '../flow.ts';
import { completeLoop } from '../loops.ts';
import type { Key } from '../events.ts';
import { perform } from '../perform.ts';
import type { ElementInstance, Incident } from '../state.ts';
import { refuse } from '../refused.ts';
import { isScope } from '../settling.ts';
import { arm } from '../waiting.ts';
import { requireReason, requireRunning } from './checks.ts';

type Command<T extends CaseCommand['type']> = Extract<CaseCommand, { type: T }>;

/**
 * Resolves an incident. Where the flow stopped it is tried again from there; if it stops again, nothing
 * changes. A failed job may be tried once more. Others only need a person's answer.
 */
export function resolveIncident(x: Execution, { key, resolution }: Command<'ResolveIncident'>): void {
  requireRunning(x);
  requireReason(resolution);
  const incident = x.state.incidents.get(key);
  if (!incident)
    return refuse('incident-not-found', { it: 'L’incidente non è aperto.', en: 'The incident is not open.' });
  const host = incident.host === null ? undefined : x.state.elements.get(incident.host);
  x.emit({ type: 'IncidentResolved', data: { key, resolution } });
  // What still locks is reported again: a case must not wait for ever without anybody knowing.
  if (incident.code === 'deadlock') x.touched.add(incident.host);
  if (!host) return;
  // What stood for an element ends with it, and may have been the last in its scope.
  if (host.stuck) x.touched.add(host.scope);
  if (x.state.jobs.has(host.key)) x.emit({ type: 'JobRetried', data: { key: host.key, retries: 1 } });
  else again(x, incident, host);
}

function again(x: Execution, { stage, code, payload }: Incident, host: ElementInstance): void {
  const { element, scope, iteration, compensation } = host;
  const step: Step = {
    kind: 'arrival',
    element,
    scope,
    ...(payload && { payload }),
    ...(iteration > 0 && { iteration }),
    ...(compensation !== null && { compensation }),
  };
  try {
    if (stage === 'waiting') armAgain(x, element, scope);
    else if (stage === 'leaving' && host.stuck) leaveAgain(x, host, payload ?? {});
    else if (stage === 'leaving') leaveScope(x, host);
    else if (code === 'step-limit') x.enqueue(step);
    else if (stage === 'entering') enterAgain(x, step);
  } catch (error) {
    if (error instanceof Stuck) refuseToHold(error.said);
    throw error;
  }
}

/** A scope on its way out: whether a loop goes on is judged again. @throws Stuck */
function leaveScope(x: Execution, host: ElementInstance): void {
  const { loop, key: scope, element, begun } = host;
  if (loop?.kind === 'standard') x.enqueue({ kind: 'iterate', element, scope });
  else if (loop) completeLoop(x, host, loop);
  else if (begun !== null) {
    endIfOver(x, host);
    x.touched.add(scope);
  }
  // What began in it meanwhile comes first.
  else if (host.children > 0 && isScope(x, host)) x.touched.add(scope);
  else complete(x, host);
}

/** A boundary event of the scope's own activity, or the start of an event sub-process in it. */
function armAgain(x: Execution, element: string, host: Key | null): void {
  const instance = host === null ? undefined : x.instance(host);
  const isBoundary = instance && x.nodeOfInstance(instance).boundary.includes(element);
  arm(x, x.waitingNode({ element, host, ...(!isBoundary && { inside: true as const }) }), host);
}

function enterAgain(x: Execution, step: Step): void {
  const { element } = step;
  const { length } = x.events;
  perform(x, x.node(element, step.scope), { ...step, deferred: true });
  const first = x.events[length];
  if (first?.type === 'IncidentRaised' && first.data.stage === 'entering' && first.data.element === element) {
    refuseToHold({ it: first.data.message, en: null });
  }
}

/** Why is on record, and what is on record is Italian. */
function refuseToHold({ it, en }: Said): never {
  return refuse('incident-still-holds', {
    it: `Si ferma di nuovo nello stesso punto: ${it}`,
    en: `It stops again at the same point: ${en ?? it}`,
  });
}
