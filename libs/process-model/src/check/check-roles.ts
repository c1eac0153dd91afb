import type { RuleFindings } from '../rules.ts';
import type { ProcessModel } from '../model.ts';

/** Where lanes say who acts, every task of a person has somebody; where they only draw, that is said. */
export function checkRoles(model: ProcessModel, findings: RuleFindings): void {
  if (model.lanes.length === 0) return;
  const usesRoles = model.lanes.some(({ role }) => role !== null);
  for (const { id, type, role, userTask } of model.nodes.values()) {
    if (type !== 'bpmn:UserTask' && type !== 'bpmn:ManualTask') continue;
    const isAssigned =
      userTask !== null && (userTask.assignee ?? userTask.candidateGroups ?? userTask.candidateUsers);
    if (role !== null || isAssigned) continue;
    const message = 'Nobody is named for this task: give its lane an iter:role, or assign it.';
    if (usesRoles) findings.error(id, 'lane-role-missing', message);
    else findings.warning(id, 'lane-role-missing', message);
  }
}
