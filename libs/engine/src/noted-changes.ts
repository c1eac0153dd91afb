import type { CaseEvent } from './events.ts';

/** Notes the names of what an event changes that conditional events may read. */
export function noteChange(changed: Set<string>, event: CaseEvent): void {
  switch (event.type) {
    case 'UserTaskCompleted':
    case 'JobCompleted':
      for (const name of Object.keys(event.data.outputs ?? event.data.variables)) changed.add(name);
      return;
    case 'VariablesSet':
      for (const name of Object.keys(event.data.variables)) changed.add(name);
      return;
    default:
      if (event.type.startsWith('Deadline')) changed.add('deadlines');
  }
}
