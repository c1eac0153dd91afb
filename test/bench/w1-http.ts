import { randomUUID } from 'node:crypto';
import { commandIdOf, keySource } from '@iter/platform/ids';
import { startApi } from './w1-api.ts';
import { diagram, key, startValues, taskValues, tasks } from './w1-case.ts';

/** W1 through HTTP. */
export interface HttpHouse {
  /** Of the process that answers. */
  readonly pid: number;
  playCase(): AsyncGenerator<void>;
  close(): Promise<void>;
}

const comune = 'c_borgo';
const clerk = 'operatore';

export async function openHttpHouse(
  databaseUrl: string,
  callers: number,
  nodeOptions: readonly string[],
): Promise<HttpHouse> {
  const { pid, call, signIn, close } = await startApi({ databaseUrl, callers, nodeOptions });
  const ask = async <T>(
    token: string,
    method: 'GET' | 'POST',
    path: string,
    body?: object,
    idempotencyKey: string = randomUUID(),
  ): Promise<T> => {
    const headers = { authorization: `Bearer ${token}`, 'idempotency-key': idempotencyKey };
    const { status, text } = await call(method, path, headers, body);
    if (status >= 300) throw new Error(`${method} ${path}: ${status} ${text}`);
    return JSON.parse(text) as T;
  };
  await ask(await signIn('gestore'), 'POST', '/process-definitions', { files: [diagram] });
  const token = await signIn(clerk);

  /**
   * Sends a command to `path`.
   * @returns the id of the case, and the key of the task that it opens: the command's `nth` thing, whose key derives from
   * the command's id, so that nobody has to ask for it
   */
  const send = async (path: string, body: object, nth: number): Promise<{ caseId: string; task: string }> => {
    const idempotencyKey = randomUUID();
    const { caseId } = await ask<{ caseId: string }>(token, 'POST', path, body, idempotencyKey);
    const identity = { tenant: comune, actor: clerk, route: `POST /api/v1${path}`, idempotencyKey };
    const newKey = keySource(commandIdOf(identity));
    const keys = Array.from({ length: nth + 1 }, newKey);
    return { caseId, task: `${caseId}.${keys[nth]}` };
  };
  const start = (nth: number) => send('/cases', { process: key, comune, variables: startValues }, nth);
  const complete = (task: string, i: number, nth: number) =>
    send(`/tasks/${task}/complete`, { variables: taskValues(i) }, nth);

  /** The case's one open task: its whole id, and which of its command's things it is. */
  const openTask = async (caseId: string): Promise<{ task: string; nth: number }> => {
    const { tokens } = await ask<{ tokens: { key: string; element: string }[] }>(
      token,
      'GET',
      `/cases/${caseId}/state`,
    );
    const { key } = tokens.find(({ element }) => element.startsWith('t_'))!;
    return { task: `${caseId}.${key}`, nth: parseInt(key.slice(key.lastIndexOf('-') + 1), 36) };
  };
  const { caseId } = await start(0);
  const first = await openTask(caseId);
  await complete(first.task, 0, 0);
  const second = await openTask(caseId);

  return {
    pid,
    async *playCase() {
      let { task } = await start(first.nth);
      yield;
      for (let i = 0; i < tasks; i++) {
        ({ task } = await complete(task, i, second.nth));
        yield;
      }
    },
    close,
  };
}
