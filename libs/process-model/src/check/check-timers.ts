import type { RuleFindings } from '../rules.ts';
import type { FlowNode, ProcessModel } from '../model.ts';
import { durationMs, isInstant } from './iso-times.ts';
import { definitionsOf } from './parts.ts';

const dayMs = 86_400_000;
const longestMs = 100 * 366 * dayMs;
/** A cycle without end may not ring more often. */
const shortestEndlessMs = 60_000;
const mostRepetitions = 10_000;

/** Timers that are written out: they exist, end some day, and do not ring without a pause. */
export function checkTimers(model: ProcessModel, findings: RuleFindings): void {
  for (const node of model.nodes.values()) {
    for (const definition of definitionsOf(node.event)) {
      if (definition.kind !== 'timer') continue;
      const { timer, value } = definition;
      if (timer === 'cycle' && !mayRepeat(node, model)) {
        findings.warning(
          node.id,
          'timer-kind',
          'What happens once takes the first time of a cycle only: a date or a duration says that better.',
        );
      }
      if (value.constant === undefined) continue;
      const problem =
        typeof value.constant === 'string'
          ? faultOf(timer, value.constant.trim())
          : 'A timer is an ISO 8601 text.';
      if (problem !== null) findings.error(node.id, 'timer-value', problem);
    }
  }
}

/** Starts of processes, and what does not interrupt. */
function mayRepeat({ type, scope, interrupting, event }: FlowNode, model: ProcessModel): boolean {
  if (event.kind === 'multiple' && event.parallel) return false;
  if (type === 'bpmn:BoundaryEvent') return !interrupting;
  if (type !== 'bpmn:StartEvent') return false;
  return scope === null || (model.nodes.get(scope)?.triggeredByEvent === true && !interrupting);
}

function faultOf(timer: 'date' | 'duration' | 'cycle', text: string): string | null {
  switch (timer) {
    case 'date':
      return isInstant(text) ? null : `"${short(text)}" is no date: 2026-04-15 or 2026-04-15T10:00:00+02:00.`;
    case 'duration':
      return durationFault(text);
    case 'cycle': {
      const match = /^R(\d*)\/(?:([^/]+)\/)?([^/]+)$/.exec(text);
      if (!match) return `"${short(text)}" is no cycle: R3/PT1H, or R/P1D without end.`;
      const [, count = '', start, interval = ''] = match;
      if (start !== undefined && !isInstant(start)) return `"${short(start)}" is no date.`;
      const fault = durationFault(interval);
      if (fault !== null) return fault;
      const ms = durationMs(interval) ?? 0;
      if (ms === 0) return 'A cycle without a pause would never end.';
      if (count === '' && ms < shortestEndlessMs) return 'A cycle without end rings once a minute at most.';
      if (count !== '' && (Number(count) < 1 || Number(count) > mostRepetitions)) {
        return `A cycle repeats 1 to ${mostRepetitions} times.`;
      }
      return null;
    }
  }
}

function durationFault(text: string): string | null {
  const ms = durationMs(text);
  if (ms === null) return `"${short(text)}" is no duration: P15D, PT2H or P1M.`;
  return ms > longestMs ? 'A duration lasts a hundred years at most.' : null;
}

function short(text: string): string {
  return text.length > 40 ? `${text.slice(0, 39)}…` : text;
}
