import type { RuleFindings } from '../rules.ts';
import type { ProcessModel } from '../model.ts';
import type { CompensationLink } from '../read/read-compensation.ts';
import { checkActivities } from './check-activities.ts';
import { checkCompensation } from './check-compensation.ts';
import { checkConstants } from './check-constants.ts';
import { checkDeadlines } from './check-deadlines.ts';
import { checkEvents } from './check-events.ts';
import { checkFlows } from './check-flows.ts';
import { checkGateways } from './check-gateways.ts';
import { checkJoins } from './check-joins.ts';
import { checkLoops } from './check-loops.ts';
import { checkReachable } from './check-reachable.ts';
import { checkRoles } from './check-roles.ts';
import { checkStarts } from './check-starts.ts';
import { checkTimers } from './check-timers.ts';

/** Everything that must hold before a process may run. */
export function checkModel(
  model: ProcessModel,
  links: readonly CompensationLink[],
  findings: RuleFindings,
): void {
  checkStarts(model, findings);
  checkFlows(model, findings);
  checkGateways(model, findings);
  checkEvents(model, findings);
  checkCompensation(model, links, findings);
  checkActivities(model, findings);
  checkTimers(model, findings);
  checkConstants(model, findings);
  checkReachable(model, findings);
  checkLoops(model, findings);
  checkJoins(model, findings);
  checkRoles(model, findings);
  checkDeadlines(model, findings);
}
