import { wordsOf } from '@iter/process-model';
import type { Problem } from '@iter/process-model';

/** What a checker found, where, and which rule asks otherwise. */
export function findingOf(problem: Problem, file = problem.file ?? ''): string {
  const { line, column, element, rule, severity } = problem;
  const isWarning = severity === 'warning' ? '(avviso) ' : '';
  return `${file}:${line}:${column} ${element} ${rule} ${isWarning}${wordsOf(problem).it}`;
}
