import type { SeenEvent } from './log.ts';

interface Path {
  readonly active: Set<string>;
  readonly left: Set<string>;
  readonly tasks: Set<string>;
  readonly flows: Set<string>;
  isOver: boolean;
}

/**
 * Follows the tokens of cases whose process has no loop: an element is entered once, and left once after that; a task is
 * completed once while it is open; a flow is taken once; nothing happens after the end, and nothing is left open then.
 */
export function judgeTokens(events: readonly SeenEvent[]): string[] {
  const faults: string[] = [];
  const paths = new Map<string, Path>();
  for (const { stream, type, data, revision } of events) {
    if (!stream.startsWith('case-')) continue;
    const path: Path = paths.get(stream) ?? {
      ...{ active: new Set(), left: new Set(), tasks: new Set(), flows: new Set(), isOver: false },
    };
    paths.set(stream, path);
    const fault = (what: string): void => void faults.push(`${stream} ${revision}: ${what}`);
    if (path.isOver) fault(`${type} after the end`);
    const key = String(data['key']);
    switch (type) {
      case 'CaseStarted':
        if (revision !== 0) fault('started again');
        break;
      case 'ElementActivated':
        if (path.active.has(key) || path.left.has(key)) fault(`${key} is entered twice`);
        path.active.add(key);
        break;
      case 'ElementTerminated':
      case 'ElementCompleted':
        // What takes no time is entered and left in one event, and is never terminated.
        if (path.left.has(key)) fault(`${key} is left twice`);
        if (!path.active.delete(key) && type === 'ElementTerminated')
          fault(`${key} is ended and is not active`);
        path.left.add(key);
        break;
      case 'UserTaskCreated':
        path.tasks.add(key);
        break;
      case 'UserTaskCompleted':
        if (!path.tasks.delete(key)) fault(`the task ${key} is completed and is not open`);
        break;
      case 'SequenceFlowTaken':
        if (path.flows.has(String(data['flow']))) fault(`the flow ${String(data['flow'])} is taken twice`);
        path.flows.add(String(data['flow']));
        break;
      case 'CaseCompleted':
        path.isOver = true;
        if (path.active.size + path.tasks.size > 0) fault('ended with something open');
        break;
      default:
    }
  }
  return faults;
}
