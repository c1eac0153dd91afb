import type { AdHocSpec, Binding, CallSpec, DecisionSpec } from '../model.ts';
import type { Context } from './context.ts';
import { child, extensionsOf, idOf, text } from './element.ts';
import type { Element } from './element.ts';
import { constant, Expressions, unreadable } from './expressions.ts';
import { isVariable } from './names.ts';
import { readBody } from './read-body.ts';

/** `zeebe:calledElement`; without it, BPMN's own `calledElement`. */
export function readCall(element: Element, context: Context): CallSpec | null {
  if (element.$type !== 'bpmn:CallActivity') return null;
  const id = idOf(element);
  const [called] = extensionsOf(element, 'zeebe:CalledElement');
  const expressions = new Expressions(context, id);
  const older = called && text(called, 'processIdExpression');
  const written = (called && text(called, 'processId')) ?? (older ? `=${older}` : null);
  // A QName: its prefix names the namespace of a file, and processes are found by their ids.
  const own = text(element, 'calledElement')?.trim().split(':').at(-1);
  const process =
    expressions.attribute(written?.trim() ?? null, 'Called process') ?? (own ? constant(own) : null);
  if (!process && !written) {
    context.findings.error(
      id,
      'called-element-missing',
      'Which process is called? Say it with zeebe:calledElement processId.',
    );
  }
  if (called && text(called, 'businessId') !== null) {
    context.findings.error(
      id,
      'unsupported-extension',
      'A called process runs within its caller and has no businessId of its own.',
    );
  }
  return Object.freeze({
    process: process ?? unreadable(''),
    binding: readBinding(id, called, context),
    propagateAllParentVariables: called?.['propagateAllParentVariables'] !== false,
    propagateAllChildVariables: called?.['propagateAllChildVariables'] !== false,
  });
}

/** `zeebe:calledDecision` of a business rule task. */
export function readDecision(element: Element, context: Context): DecisionSpec | null {
  const [called] = extensionsOf(element, 'zeebe:CalledDecision');
  if (!called) return null;
  const id = idOf(element);
  const { findings } = context;
  const decision = new Expressions(context, id).attribute(
    text(called, 'decisionId')?.trim() ?? null,
    'Called decision',
  );
  if (!decision && !text(called, 'decisionId')?.trim())
    findings.error(id, 'decision-missing', 'Which decision? zeebe:calledDecision needs a decisionId.');
  const resultVariable = text(called, 'resultVariable')?.trim() ?? '';
  if (resultVariable === '') {
    findings.error(
      id,
      'decision-result',
      'Where does the outcome go? zeebe:calledDecision needs a resultVariable.',
    );
  } else if (!isVariable(resultVariable)) {
    findings.error(id, 'variable-name', `"${resultVariable}" is no name of a variable.`);
  }
  return Object.freeze({
    decision: decision ?? unreadable(''),
    binding: readBinding(id, called, context),
    resultVariable,
  });
}

const latest: Binding = Object.freeze({ kind: 'latest', versionTag: null });

/** Which deployed version is meant. Source: docs.camunda.io, resource binding */
function readBinding(id: string, holder: Element | undefined, { findings }: Context): Binding {
  const type = holder && text(holder, 'bindingType');
  switch (type) {
    case undefined:
    case null:
    case 'latest':
      return latest;
    case 'deployment':
      return Object.freeze({ kind: 'deployment', versionTag: null });
    case 'versionTag': {
      const versionTag = (holder && text(holder, 'versionTag')?.trim()) ?? '';
      if (versionTag === '' || versionTag.startsWith('=')) {
        findings.error(id, 'version-tag', 'bindingType versionTag needs a fixed versionTag.');
      }
      return Object.freeze({ kind: 'version-tag', versionTag });
    }
    default:
      findings.error(
        id,
        'attribute-value',
        `"bindingType" is one of latest, deployment, versionTag, not "${type}".`,
      );
      return latest;
  }
}

/** What an ad-hoc sub-process begins with and when it ends. Source: BPMN 2.0.2 §10.3.5; docs.camunda.io */
export function readAdHoc(element: Element, context: Context): AdHocSpec | null {
  if (element.$type !== 'bpmn:AdHocSubProcess') return null;
  const id = idOf(element);
  const expressions = new Expressions(context, id);
  const [ours] = extensionsOf(element, 'zeebe:AdHoc');
  const attribute = (name: string) => (ours ? expressions.attribute(text(ours, name), name) : null);
  const outputCollection = (ours && text(ours, 'outputCollection')?.trim()) || null;
  if (outputCollection !== null && !isVariable(outputCollection)) {
    context.findings.error(
      id,
      'variable-name',
      `"${outputCollection}" in outputCollection is no name of a variable.`,
    );
  }
  return Object.freeze({
    sequential: element['ordering'] === 'Sequential',
    completionCondition: readBody(id, child(element, 'completionCondition'), 'Completion condition', context),
    cancelRemainingInstances: element['cancelRemainingInstances'] !== false,
    activeElements: attribute('activeElementsCollection'),
    outputCollection,
    outputElement: attribute('outputElement'),
  });
}
