import type { TaskItem } from '../api/model.ts';
import { inItalian } from './italian.ts';
import { Italian } from './mixed.tsx';

type Named = Pick<TaskItem, 'name' | 'iteration' | 'about'>;

/** What tells a task, or another activity, from others of its case that look alike, to go after its name. */
export const besideOf = ({ iteration, about }: Omit<Named, 'name'>): string =>
  (iteration === null ? '' : ` (${iteration})`) + (about === null ? '' : ` · ${about}`);

/** What a task is called, and what tells it from others of its case that look alike. */
export const TaskName = ({ task }: { readonly task: Named }) => (
  <Italian>
    {task.name}
    {besideOf(task)}
  </Italian>
);

/** The same as a text, for titles and names of controls. */
export const taskName = (task: Named): string => inItalian(task.name + besideOf(task));
