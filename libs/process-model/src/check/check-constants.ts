import { expressionsOf } from '../expressions-of.ts';
import type { RuleFindings } from '../rules.ts';
import type { ProcessModel } from '../model.ts';
import { isInstant } from './iso-times.ts';

/** What is written out has the type that its place wants; what is computed is judged when it is. */
export function checkConstants(model: ProcessModel, findings: RuleFindings): void {
  for (const { element, expression, wanted } of expressionsOf(model)) {
    const { constant, text } = expression;
    if (constant === undefined) continue;
    if (wanted === 'boolean' && typeof constant !== 'boolean') {
      findings.error(element, 'constant-type', `A condition is true or false: "${short(text)}" is neither.`);
    } else if (wanted === 'text' && typeof constant !== 'string') {
      findings.error(element, 'constant-type', `A name or code is a text: ${short(text)} is none.`);
    }
  }
  for (const { id, userTask } of model.nodes.values()) {
    for (const [what, date] of [
      ['dueDate', userTask?.dueDate?.constant],
      ['followUpDate', userTask?.followUpDate?.constant],
    ] as const) {
      if (date === undefined || date === null || (typeof date === 'string' && isInstant(date.trim())))
        continue;
      findings.error(id, 'constant-type', `${what} is a date as 2026-04-15T10:00:00+02:00.`);
    }
    const priority = userTask?.priority?.constant;
    if (priority !== undefined && priority !== null && !isPriority(priority)) {
      findings.error(id, 'constant-type', 'The priority of a task is a whole number from 0 to 100.');
    }
  }
}

function isPriority(value: unknown): boolean {
  const number = typeof value === 'string' && /^\s*\d{1,3}\s*$/.test(value) ? Number(value) : value;
  return typeof number === 'number' && Number.isInteger(number) && number >= 0 && number <= 100;
}

function short(text: string): string {
  return text.length > 60 ? `${text.slice(0, 59)}…` : text;
}
