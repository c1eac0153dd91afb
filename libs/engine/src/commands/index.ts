import type { CaseCommand } from '../commands.ts';
import type { Execution } from '../execution.ts';
import * as acts from './acts.ts';
import * as cases from './case.ts';
import * as deadlines from './deadlines.ts';
import * as deliveries from './deliveries.ts';
import * as escalations from './escalations.ts';
import * as file from './file.ts';
import { startAdHocActivity } from './ad-hoc.ts';
import { requireRunning } from './checks.ts';
import { rectifyCase } from './rectify.ts';
import { reopenUserTask } from './reopen.ts';
import { resolveIncident } from './incidents.ts';
import { migrateCase } from './migrate.ts';
import { modifyCase } from './modify.ts';
import * as jobs from './jobs.ts';
import * as tasks from './tasks.ts';
import * as waiting from './waiting.ts';

/** Does what a command itself says; the tokens that it sets in motion are run afterwards. */
export function act(x: Execution, command: CaseCommand): void {
  switch (command.type) {
    case 'StartCase':
      return cases.startCase(x, command);
    case 'CancelCase':
      return cases.cancelCase(x, command);
    case 'SuspendCase':
      return cases.suspendCase(x, command);
    case 'ResumeCase':
      return cases.resumeCase(x, command);
    case 'ModifyCase':
      return modifyCase(x, command);
    case 'MigrateCase':
      return migrateCase(x, command);
    case 'LinkCase':
      return cases.linkCase(x, command);
    case 'ContinueCase':
      return requireRunning(x);
    case 'StartAdHocActivity':
      return startAdHocActivity(x, command);
    case 'ReceiveSignal':
      return waiting.receiveSignal(x, command);
    case 'RectifyCase':
      return rectifyCase(x, command);
    case 'SetVariables':
      return cases.setVariables(x, command);
    case 'ClaimUserTask':
      return tasks.claimUserTask(x, command);
    case 'ReleaseUserTask':
      return tasks.releaseUserTask(x, command);
    case 'AssignUserTask':
      return tasks.assignUserTask(x, command);
    case 'CompleteUserTask':
      return tasks.completeUserTask(x, command);
    case 'ReopenUserTask':
      return reopenUserTask(x, command);
    case 'CompleteJob':
      return jobs.completeJob(x, command);
    case 'FailJob':
      return jobs.failJob(x, command);
    case 'ThrowJobError':
      return jobs.throwJobError(x, command);
    case 'CorrelateMessage':
      return waiting.correlateMessage(x, command);
    case 'RegisterIncoming':
      return waiting.registerIncoming(x, command);
    case 'TriggerTimer':
      return waiting.triggerTimer(x, command);
    case 'TriggerDeadline':
      return waiting.triggerDeadline(x, command);
    case 'ResolveIncident':
      return resolveIncident(x, command);
    case 'SuspendDeadline':
      return deadlines.suspendDeadline(x, command);
    case 'ResumeDeadline':
      return deadlines.resumeDeadline(x, command);
    case 'ExtendDeadline':
      return deadlines.extendDeadline(x, command);
    case 'InterruptDeadline':
      return deadlines.interruptDeadline(x, command);
    case 'RebaseDeadline':
      return deadlines.rebaseDeadline(x, command);
    case 'RectifyDeadline':
      return deadlines.rectifyDeadline(x, command);
    case 'ProveDeadline':
      return deadlines.proveDeadline(x, command);
    case 'ReissueLadder':
      return deadlines.reissueLadder(x, command);
    case 'AcknowledgeEscalation':
      return escalations.acknowledgeEscalation(x, command);
    case 'TakeOverEscalation':
      return escalations.takeOverEscalation(x, command);
    case 'HandOnEscalation':
      return escalations.handOnEscalation(x, command);
    case 'ResolveEscalation':
      return escalations.resolveEscalation(x, command);
    case 'AttachDocument':
      return file.attachDocument(x, command);
    case 'DraftAct':
      return acts.draftAct(x, command);
    case 'FailDraft':
      return acts.failDraft(x, command);
    case 'RecordDelivery':
      return deliveries.recordDelivery(x, command);
    case 'RecordDeliveryReceipt':
      return deliveries.recordDeliveryReceipt(x, command);
    case 'AddComment':
      return file.addComment(x, command);
  }
}
