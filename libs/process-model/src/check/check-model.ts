import type { Findings } from '../findings.ts';
import type { ProcessModel } from '../model.ts';
import { checkDeadlines } from './check-deadlines.ts';
import { checkEvents } from './check-events.ts';
import { checkFlows } from './check-flows.ts';
import { checkLoops } from './check-loops.ts';
import { checkReachable } from './check-reachable.ts';
import { checkRoles } from './check-roles.ts';
import { checkStarts } from './check-starts.ts';
import { checkTimers } from './check-timers.ts';

/** Everything that must hold before a process may run. */
export function checkModel(model: ProcessModel, findings: Findings): void {
  checkStarts(model, findings);
  checkFlows(model, findings);
  checkEvents(model, findings);
  checkTimers(model, findings);
  checkReachable(model, findings);
  checkLoops(model, findings);
  checkRoles(model, findings);
  checkDeadlines(model, findings);
}
