import { lastDraft, newestVersion } from '../acts.ts';
import type { CaseCommand } from '../commands.ts';
import type { Execution } from '../execution.ts';
import { handOut } from '../flow.ts';
import { isAlive } from '../scopes.ts';
import { requireActive, requireSha256, requireVariables } from './checks.ts';

type Command<T extends CaseCommand['type']> = Extract<CaseCommand, { type: T }>;

/**
 * Files a draft and gives the flow its reference. A draft of the same act that was made from an older state of the case
 * comes too late: it changes nothing. The task may have been completed meanwhile: what was drafted for it is filed all
 * the same. Where the flow has asked for it (`ActsAsked`) the case may have ended by that very completion.
 */
export function draftAct(x: Execution, command: Command<'DraftAct'>): void {
  if (!x.state.asked.has(command.task)) requireActive(x);
  const { task, element, scope, series, template, templateVersion, templateHash, name } = command;
  const { revision, out, blanks, files } = command;
  requireVariables({ [out]: null });
  const before = lastDraft(x.state, series);
  if (before && before.revision >= revision) return;
  for (const { sha256 } of files ? [files.document, files.editable] : []) requireSha256(sha256);
  const key = x.env.newKey();
  const document = files ? x.env.newKey() : null;
  const editable = files ? x.env.newKey() : null;
  const common = { protocolNo: null, task, draft: { series, revision } };
  if (files && document !== null && editable !== null) {
    const replaces = before && newestVersion(x.state, before.document);
    x.emit({
      type: 'DocumentAttached',
      data: { key: document, ...files.document, ...common, ...(replaces !== null && { replaces }) },
    });
    x.emit({
      type: 'DocumentAttached',
      data: { key: editable, ...files.editable, ...common, formOf: document },
    });
  }
  x.emit({
    type: 'ActDrafted',
    data: {
      ...{ key, task, element, template, templateVersion, templateHash, name, revision },
      ...{ document, editable, out, blanks },
    },
  });
  const reference = `${x.env.caseId ?? ''}.${document ?? key}`;
  if (!x.ended) handOut(x, isAlive(x, scope) ? scope : null, { [out]: reference });
}

/** It stays an incident until a person resolves it: then the act is drafted from the case as it is by then. */
export function failDraft(x: Execution, command: Command<'FailDraft'>): void {
  requireActive(x);
  const { task, element, out, message } = command;
  x.emit({
    type: 'IncidentRaised',
    data: {
      ...{ key: x.env.newKey(), host: null, element, code: 'act-not-drafted', message, deadline: null },
      draft: { task, out },
    },
  });
}
