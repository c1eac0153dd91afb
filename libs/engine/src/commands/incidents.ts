import type { CaseCommand } from '../commands.ts';
import { behaviours } from '../elements/index.ts';
import { Stuck } from '../execution.ts';
import type { Arrival, Execution } from '../execution.ts';
import { complete, leaveAgain } from '../flow.ts';
import type { ElementInstance, Incident } from '../state.ts';
import { refuse } from '../refused.ts';
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
  if (!incident) return refuse('incident-not-found', 'The incident is not open.');
  const host = incident.host === null ? undefined : x.state.elements.get(incident.host);
  x.emit({ type: 'IncidentResolved', data: { key, resolution } });
  if (!host) return;
  if (x.state.jobs.has(host.key)) x.emit({ type: 'JobRetried', data: { key: host.key, retries: 1 } });
  else again(x, incident, host);
}

function again(x: Execution, { stage, code, payload }: Incident, host: ElementInstance): void {
  const { element, scope } = host;
  const arrival = { element, scope, ...(payload ? { payload } : {}) };
  try {
    if (stage === 'waiting') arm(x, x.node(element), scope);
    else if (stage === 'leaving' && host.stuck) leaveAgain(x, host, payload ?? {});
    else if (stage === 'leaving') complete(x, host);
    else if (code === 'step-limit') x.enqueue(arrival);
    else if (stage === 'entering') enterAgain(x, arrival);
  } catch (error) {
    if (error instanceof Stuck) refuseToHold(error.message);
    throw error;
  }
}

function enterAgain(x: Execution, arrival: Arrival): void {
  const { element } = arrival;
  const { length } = x.events;
  behaviours[x.node(element).type](x, x.node(element), { ...arrival, deferred: true });
  const first = x.events[length];
  if (first?.type === 'IncidentRaised' && first.data.stage === 'entering' && first.data.element === element) {
    refuseToHold(first.data.message);
  }
}

function refuseToHold(message: string): never {
  return refuse('incident-still-holds', `It stops at the same place again: ${message}`);
}
