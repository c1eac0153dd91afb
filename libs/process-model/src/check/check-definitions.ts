import type { RuleFindings } from '../rules.ts';
import { child, children, nearestId, text } from '../read/element.ts';
import type { Element } from '../read/element.ts';
import { checkMessageFlows } from './check-message-flows.ts';
import { checkReferences } from './check-references.ts';

/** What holds of a file as a whole, executable or not. */
export function checkDefinitions(definitions: Element, findings: RuleFindings): void {
  checkReferences(definitions, findings);
  checkMessageFlows(definitions, findings);
  for (const extension of children(definitions, 'extensions')) {
    if (extension['mustUnderstand'] !== true) continue;
    const definition = child(extension, 'definition');
    const name = (definition && text(definition, 'name')) ?? 'an extension';
    findings.error(
      nearestId(definitions),
      'unsupported-extension',
      `The file must not be read without understanding ${name}, which is not understood here.`,
    );
  }
}
