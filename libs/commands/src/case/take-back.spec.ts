import { describe, expect, it } from '@jest/globals';
import { emptyState, evolveAll } from '@iter/engine';
import type { CaseEvent, RecordedCaseEvent, Variables } from '@iter/engine';
import { rectificationOf, reopeningOf } from './take-back.ts';
import type { EntryJudge } from './take-back.ts';

const ref = (key: string, element: string) => ({ key, element, scope: null });
const task = (key: string, element: string): CaseEvent => ({
  type: 'UserTaskCreated',
  data: {
    ...ref(key, element),
    ...{ role: null, assignee: null, candidateGroups: [], candidateUsers: [] },
    ...{ formId: null, dueAt: null, followUpAt: null, priority: 50 },
  },
});
const done = (key: string, element: string, variables = {}): CaseEvent => ({
  type: 'UserTaskCompleted',
  data: { ...ref(key, element), variables },
});
/** Each list of events is one command. */
const told = (...commands: CaseEvent[][]): RecordedCaseEvent[] =>
  commands.flatMap((events, n) => events.map((event) => ({ ...event, commandId: `c${n}` })));

/** In the manner of `told`: the command that began the case. */
const began = told([
  {
    type: 'CaseStarted',
    data: {
      ...{ process: 'p', version: 1, definition: 'own', comune: 'c_mondo', businessKey: null },
      ...{ startElement: 'start', variables: {} },
    },
  },
]);

const reason = 'data sbagliata';
const history = told(
  [task('k1', 't_a')],
  [done('k1', 't_a', { receivedOn: '2026-03-06' }), task('k2', 't_b')],
  [done('k2', 't_b', { sentAt: '2026-03-09' }), task('k3', 't_c')],
);
const reopening = (key: string, of = history) =>
  reopeningOf(of, () => undefined, emptyState, { type: 'ReopenUserTask', key, reason });

const accepts = async () => null;
const rectifying = (
  of: readonly RecordedCaseEvent[],
  variables: Variables,
  former?: Variables,
  judge: EntryJudge = accepts,
) =>
  rectificationOf(
    of,
    evolveAll(emptyState, of),
    { type: 'RectifyCase', variables, reason, ...(former && { former }) },
    judge,
  );

describe('what people did wrongly', () => {
  it('is taken back when nothing stands against it', async () => {
    const before = history.slice(0, 3);
    expect(reopening('k1', before)).toMatchObject({
      command: { key: 'k1', aftermath: { followers: ['k2'] } },
    });
    const variables = { receivedOn: '2026-03-05' };
    expect(await rectifying(before, variables)).toMatchObject({
      command: { variables, former: { receivedOn: '2026-03-06' } },
    });
  });

  it('stays, and the message says the right way out', async () => {
    expect(reopening('k1')).toMatchObject({
      rejection: { code: 'act-sent', message: { it: expect.stringContaining('nuovo atto') } },
    });
    expect(reopening('k3')).toMatchObject({ rejection: { code: 'task-not-done' } });
    const later = told([task('k1', 't_a')], [done('k1', 't_a'), task('k2', 't_b')], [done('k2', 't_b')]);
    expect(reopening('k1', later)).toMatchObject({
      rejection: { code: 'later-task-done', message: { it: expect.stringContaining('«t_b»') } },
    });
    const ask = (variables: Record<string, string>) => rectifying(history, variables);
    expect(await ask({ receivedOn: '2026-03-05' })).toMatchObject({
      rejection: { code: 'act-sent', errors: [{ pointer: '/variables/receivedOn' }] },
    });
    expect(await ask({ nobody: 'x' })).toMatchObject({ rejection: { code: 'entry-unknown' } });
  });

  it('is told by the value that was seen, and by the one that is there', async () => {
    const before = history.slice(0, 3);
    const right = { receivedOn: '2026-03-05' };
    const changed = { rejection: { code: 'entry-changed', errors: [{ pointer: '/variables/receivedOn' }] } };
    expect(await rectifying(before, right, { receivedOn: '2026-03-06' })).toMatchObject({
      command: { former: {} },
    });
    expect(await rectifying(before, right, { receivedOn: '2026-03-01' })).toMatchObject(changed);
    const set: CaseEvent = { type: 'VariablesSet', data: { scope: null, variables: { receivedOn: null } } };
    expect(await rectifying([...before, set], right)).toMatchObject(changed);
  });

  it('is not refused for being there already where what stands in its place is refused for that as well', async () => {
    const of = [...began, ...told([task('k1', 't_notice')], [done('k1', 't_notice', { by: 'COMUNE' })])];
    const refusing =
      (now: readonly string[], before: readonly string[] = []): EntryJudge =>
      async (_, { by }, { tasks }) =>
        (tasks.size === 0 ? now : before).includes(by as string)
          ? {
              ...{ code: 'form-invalid', message: { it: 'Non va.', en: 'No.' } },
              errors: [
                {
                  pointer: '/variables/by',
                  code: 'already-there',
                  message: { it: 'C’è già.', en: 'It is there.' },
                },
              ],
            }
          : null;
    const corrected = (judge: EntryJudge) => rectifying(of, { by: 'PROVINCE' }, undefined, judge);
    expect(await corrected(refusing(['COMUNE', 'PROVINCE']))).toMatchObject({
      command: { variables: { by: 'PROVINCE' } },
    });
    const refused = { rejection: { code: 'form-invalid' } };
    expect(await corrected(refusing(['PROVINCE']))).toMatchObject(refused);
    // What others had brought before is there, whatever the entry led to.
    expect(await corrected(refusing(['COMUNE', 'PROVINCE'], ['PROVINCE']))).toMatchObject(refused);
  });

  it('is judged, of a start, as things stood before there was a case, in the body that it is of', async () => {
    const asked: unknown[] = [];
    const judge: EntryJudge = async (_, { by }, { comune, status }) => {
      asked.push([by, comune, status]);
      const message = { it: 'C’è già.', en: 'It is there.' };
      const errors = [{ pointer: '/variables/by', code: 'already-there', message }];
      return status === 'active' ? { code: 'form-invalid', message, errors } : null;
    };
    const of = began.map((it) => ({
      ...it,
      data: { ...it.data, variables: { by: 'COMUNE' } },
    })) as typeof began;
    expect(await rectifying(of, { by: 'PROVINCE' }, undefined, judge)).toMatchObject({
      command: { variables: { by: 'PROVINCE' } },
    });
    expect(asked.at(-1)).toEqual(['PROVINCE', 'c_mondo', emptyState.status]);
  });

  it('is judged by the form that had asked for it, as far as it is corrected', async () => {
    const wrong =
      (pointer: string): EntryJudge =>
      async () => ({
        code: 'form-invalid',
        message: { it: 'no', en: 'no' },
        errors: [{ pointer, code: 'required', message: { it: 'no', en: 'no' } }],
      });
    const ask = (pointer: string) =>
      rectifying([...began, ...history.slice(0, 3)], { receivedOn: null }, undefined, wrong(pointer));
    expect(await ask('/variables/receivedOn')).toMatchObject({ rejection: { code: 'form-invalid' } });
    expect(await ask('/variables/other')).toMatchObject({ command: { type: 'RectifyCase' } });
  });
});
