import type { CaseEvent } from './events.ts';

/** Notes the names of what an event changes that conditional events may read. */
export function noteChange(changed: string[], event: CaseEvent): void {
  switch (event.type) {
    case 'UserTaskCompleted':
    case 'JobCompleted':
      changed.push(...Object.keys(event.data.outputs ?? event.data.variables));
      return;
    case 'VariablesSet':
      changed.push(...Object.keys(event.data.variables), ...Object.keys(event.data.appended ?? {}));
      return;
    default:
      if (event.type.startsWith('Deadline')) changed.push('deadlines');
  }
}
