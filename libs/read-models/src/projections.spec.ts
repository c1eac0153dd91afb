import { describe, expect, it } from '@jest/globals';
import { clearFields } from '@iter/engine';
import type { CaseEvent, EventOf } from '@iter/engine';
import { createMemoryLog } from '@iter/event-store/memory';
import { foldCase } from '@iter/event-store/following';
import {
  caseId,
  caseWriter,
  deadlineOpened,
  jobCreated,
  plan,
  started,
  taskCompleted,
  taskCreated,
} from '../../../test/support/case-log.ts';
import type { CaseSeen } from './case-event.ts';
import { projections } from './projector.ts';

const id = caseId('one');

/** The rows that a history gives, by view. */
const rowsOf = (...events: CaseEvent[]) => rowsFrom(started(), ...events);
const rowsFrom = (...events: CaseEvent[]) => rowsAt(() => '2026-03-06T09:00:00.000Z', events);

async function rowsAt(now: () => string, events: readonly CaseEvent[]) {
  const log = createMemoryLog();
  const write = caseWriter(log, now);
  for (const event of events) await write(id, [event]);
  const { rows, poison } = foldCase(
    projections,
    (await log.readStream(`case-${id}`)) as never as CaseSeen[],
    new Map(),
  );
  if (poison) throw new Error(poison.error);
  const of = (name: string) => [...rows].find(([table]) => table.name === name)?.[1] ?? [];
  return { of, one: (name: string) => of(name)[0] as Record<string, unknown> };
}

const migrated = (data: Partial<EventOf<'CaseMigrated'>['data']>): CaseEvent => ({
  type: 'CaseMigrated',
  data: {
    ...{ from: 'd1', definition: 'd2', version: 2, process: 'disciplinary-ordinary', reason: 'x' },
    ...{ elements: {}, flows: {}, ...data },
  },
});

const dl = { key: 'd1', id: 'DL_CONTESTATION', instance: null };

describe('cases', () => {
  it('are called by the code that the process gives them, else by the first digits of their id', async () => {
    expect((await rowsOf()).one('cases')).toMatchObject({ code: id.slice(0, 8).toUpperCase(), revision: 0 });
    const named = await rowsOf(taskCreated('t1'), taskCompleted('t1', { caseCode: 'PD-2026-014' }));
    expect(named.one('cases')).toMatchObject({ code: 'PD-2026-014', search: 'pd-2026-014', revision: 2 });
  });

  it('say whom they are about only where somebody may be kept from judging them', async () => {
    const about = (process: string, employeeRef: unknown) =>
      rowsFrom(
        started({ process }),
        taskCreated('t1'),
        taskCompleted('t1', { employeeRef: employeeRef as string }),
      );
    expect((await about('disciplinary-ordinary', ' B-1 ')).one('cases')).toMatchObject({
      employee_ref: 'B-1',
    });
    expect((await about('disciplinary-ordinary', 7)).one('cases')).toMatchObject({ employee_ref: null });
    expect((await about('training-path', 'B-1')).one('cases')).toMatchObject({ employee_ref: null });
    const kept = await rowsFrom(
      started({ variables: { employeeRef: 'B-1' } }),
      taskCreated('t1'),
      taskCompleted('t1', { other: 1 }),
    );
    expect(kept.one('cases')).toMatchObject({ employee_ref: 'B-1' });
  });

  it('count what is open, also when the flow goes on without a task', async () => {
    const { one } = await rowsOf(
      taskCreated('t1'),
      taskCreated('t2'),
      { type: 'ElementTerminated', data: { key: 't1', element: 't_review', scope: null } },
      { type: 'ElementTerminated', data: { key: 'no-task', element: 'sub', scope: null } },
      {
        type: 'IncidentRaised',
        data: { key: 'i1', host: null, element: null, code: 'x', message: '', deadline: null },
      },
      { type: 'IncidentResolved', data: { key: 'i1', resolution: 'done' } },
      { type: 'IncidentResolved', data: { key: 'i1', resolution: 'done' } },
    );
    expect(one('cases')).toMatchObject({ open_tasks: 1, open_incidents: 0 });
  });

  it('have nothing open any more when they end', async () => {
    const { one } = await rowsOf(taskCreated('t1'), deadlineOpened('d1'), {
      type: 'CaseTerminated',
      data: { reason: 'x', element: null },
    });
    expect(one('cases')).toMatchObject({ state: 'terminated', open_tasks: 0, deadlines: [] });
    expect(one('tasks')).toMatchObject({ state: 'terminated', ended_at: '2026-03-06T09:00:00.000Z' });
  });

  it('show the version that they follow after a migration', async () => {
    const { one } = await rowsOf(migrated({ definition: 'd2', version: 2 }));
    expect(one('cases')).toMatchObject({ definition: 'd2', version: 2, process: 'disciplinary-ordinary' });
  });

  it('take no code from what stays inside a call', async () => {
    const inside: CaseEvent = {
      type: 'UserTaskCompleted',
      data: { key: 't1', element: 'x', scope: 'c1', definition: 'called', variables: { caseCode: 'NO' } },
    };
    const { one } = await rowsOf(taskCreated('t1', { scope: 'c1', definition: 'called' }), inside);
    expect(one('cases')).toMatchObject({ code: id.slice(0, 8).toUpperCase() });
  });

  it('set aside a history without a beginning', () => {
    const event = { type: 'CaseSuspended', stream: `case-${id}`, revision: 3, data: { reason: '' } };
    expect(foldCase(projections, [event as never], new Map()).poison?.error).toMatch(/does not begin/);
  });
});

describe('tasks', () => {
  it('are due when the case is: the earliest safe date, or their own day when that is before', async () => {
    const late = taskCreated('t1');
    const own = taskCreated('t2', { dueAt: '2026-03-31T22:30:00.000Z' });
    const { of } = await rowsOf(late, own, deadlineOpened('d1', '2026-04-03'));
    expect(of('tasks')).toMatchObject([
      { due_on: '2026-04-03', legal_due_on: '2026-04-07', due_nature: 'PEREMPTORY' },
      // 00:30 in Rome: the first of April.
      { due_on: '2026-04-01', legal_due_on: null, due_nature: null },
    ]);
  });

  it('know when the term began by which they are due: the case’s long before them, their own with them', async () => {
    let day = 0;
    // Each event comes a day after the one before.
    const now = () => `2026-03-${String(1 + Math.trunc(day++ / 2)).padStart(2, '0')}T09:00:00.000Z`;
    const own = taskCreated('t2', { dueAt: '2026-03-31T22:30:00.000Z' });
    const suspended: CaseEvent = { type: 'DeadlineSuspended', data: { ...dl, on: '2026-03-05', reason: '' } };
    const events = [started(), deadlineOpened('d1', '2026-04-03'), taskCreated('t1'), own];
    expect((await rowsAt(now, events)).of('tasks')).toMatchObject([
      { due_on: '2026-04-03', due_since: '2026-03-02T09:00:00.000Z' },
      { due_on: '2026-04-01', due_since: '2026-03-04T09:00:00.000Z' },
    ]);
    const after = await rowsOf(...events.slice(1), suspended);
    expect(after.one('tasks')).toMatchObject({ due_on: null, due_since: null });
  });

  it('follow the deadline when it moves, and forget it when it is met or suspended', async () => {
    const moved: CaseEvent = {
      type: 'DeadlineExtended',
      data: { ...dl, days: 7, reason: 'rinvio', plan: plan('2026-04-10', { legalDueDate: '2026-04-14' }) },
    };
    const before = [taskCreated('t1'), deadlineOpened('d1'), moved] as const;
    expect((await rowsOf(...before)).one('tasks')).toMatchObject({
      due_on: '2026-04-10',
      legal_due_on: '2026-04-14',
    });
    const met: CaseEvent = {
      type: 'DeadlineMet',
      data: { ...dl, by: 't_sign', on: '2026-03-20', use: 'decides' },
    };
    expect((await rowsOf(...before, met)).one('tasks')).toMatchObject({
      due_on: null,
      due_sort: '9999-12-31',
    });
    const suspended: CaseEvent = { type: 'DeadlineSuspended', data: { ...dl, on: '2026-03-20', reason: '' } };
    expect((await rowsOf(...before, suspended)).one('tasks')).toMatchObject({ due_on: null });
  });

  it('are not pressed by waiting terms, nor by what binds people outside', async () => {
    const { one } = await rowsOf(
      taskCreated('t1'),
      deadlineOpened('d1', '2026-03-10', { nature: 'DILATORY' }),
      deadlineOpened('d2', '2026-03-11', { binds: 'employee' }),
      deadlineOpened('d3', '2026-03-12'),
    );
    expect(one('tasks')).toMatchObject({ due_on: '2026-03-12' });
  });

  it('are pressed by the notice that protects somebody outside, and is to be given by then', async () => {
    const notice = { ...plan('2026-03-25'), base: '2026-04-15', nominalDate: '2026-03-26' };
    const { one, of } = await rowsOf(
      taskCreated('t1'),
      deadlineOpened('d1', '2026-07-08'),
      deadlineOpened('d2', '2026-03-25', { nature: 'DILATORY', binds: 'employee', plan: notice }),
    );
    expect(one('tasks')).toMatchObject({ due_on: '2026-03-25', due_nature: 'DILATORY' });
    expect(of('cases')[0]?.deadlines).toMatchObject([{ isWait: false }, { isWait: false }]);
  });

  it('of an office of another body are pressed by what it must keep, and not by what others must', async () => {
    const ofBody = (key: string, instance: string | null, date: string) =>
      deadlineOpened(key, date, { instance });
    const missed: CaseEvent = {
      type: 'DeadlineMissed',
      data: { ...dl, instance: 'c_borgo', legalDueDate: '2026-03-10' },
    };
    const { of } = await rowsOf(
      taskCreated('t1', { body: 'c_borgo' }),
      taskCreated('t2', { body: 'c_valle' }),
      taskCreated('t3'),
      ofBody('d1', 'c_borgo', '2026-03-10'),
      missed,
      taskCreated('t4', { body: 'c_valle' }),
      ofBody('d2', 'c_valle', '2026-04-20'),
    );
    expect(of('tasks').map(({ due_on }) => due_on)).toEqual([
      '2026-03-10',
      '2026-04-20',
      '2026-04-20',
      '2026-04-20',
    ]);
    const alone = await rowsOf(taskCreated('t1', { body: 'c_valle' }), ofBody('d1', 'c_borgo', '2026-03-10'));
    expect(alone.one('tasks')).toMatchObject({ due_on: null });
  });

  it('of a called process are of its definition; instances of a repeated one have their number', async () => {
    const { of } = await rowsOf(
      taskCreated('t1'),
      taskCreated('t2', { scope: 'c1', definition: 'called', iteration: 3 }),
    );
    expect(of('tasks')).toMatchObject([
      { definition: 'd1', iteration: null },
      { definition: 'called', iteration: 3 },
    ]);
  });

  it('follow the case into another definition, but not out of a call; what is over stays as it was', async () => {
    const { of } = await rowsOf(
      taskCreated('t0'),
      taskCompleted('t0'),
      taskCreated('t1', { candidateGroups: ['COMUNE_HR'] }),
      taskCreated('t2', { scope: 'c1', definition: 'called' }),
      migrated({
        definition: 'd2',
        version: 2,
        elements: { t_review: 't_look' },
        tasks: { t1: { role: null, formId: 'look' } },
      }),
    );
    expect(of('tasks')).toMatchObject([
      { definition: 'd1', element: 't_review', state: 'completed' },
      { definition: 'd2', element: 't_look', form_id: 'look', role: null, roles: ['COMUNE_HR'] },
      { definition: 'called', element: 't_review', role: 'UPD', roles: ['UPD'] },
    ]);
  });

  it('remember who completed them, and in which role', async () => {
    const { one } = await rowsOf(
      taskCreated('t1', { role: null, candidateGroups: ['x'] }),
      taskCompleted('t1'),
    );
    expect(one('tasks')).toMatchObject({
      state: 'completed',
      completed_by: 'operatore',
      completed_as: 'DESK_OPERATOR',
      roles: ['DESK_OPERATOR'],
    });
  });
});

describe('deadlines', () => {
  it('met by what decides still ring until the proof is there', async () => {
    const met: CaseEvent = {
      type: 'DeadlineMet',
      data: { ...dl, by: 't_sign', on: '2026-03-20', use: 'decides', bell: '2026-03-25T07:00:00.000Z' },
    };
    expect((await rowsOf(deadlineOpened('d1'), met)).one('deadlines')).toMatchObject({
      state: 'met',
      bell_at: '2026-03-25T07:00:00.000Z',
    });
    const quiet: CaseEvent = {
      type: 'DeadlineMet',
      data: { ...dl, by: 't_delivery', on: '2026-03-22', use: 'quiets', bell: null },
    };
    const { one } = await rowsOf(deadlineOpened('d1'), met, quiet);
    expect(one('deadlines')).toMatchObject({
      state: 'met',
      bell_at: null,
      quieted: true,
      end_reason: 't_sign',
    });
  });

  it('keep every operation, and the steps of their ladder that were reached for the instant they stand at', async () => {
    const reached: CaseEvent = {
      type: 'LadderStepReached',
      data: {
        ...dl,
        step: 'first',
        round: 1,
        to: ['DESK_OPERATOR'],
        does: 'notice',
        label: { it: 'p', en: 'r' },
      },
    };
    const { one } = await rowsOf(deadlineOpened('d1'), reached);
    expect(one('deadlines')).toMatchObject({
      ladder: { steps: [{ reachedAt: '2026-03-06T09:00:00.000Z' }] },
    });
    const later = plan('2026-04-10');
    const [first] = later.ladder.steps;
    const moved = { ...later, ladder: { name: 'x', steps: [{ ...first!, at: '2026-03-26T07:00:00.000Z' }] } };
    const rebased: CaseEvent = {
      type: 'DeadlineRebased',
      data: { ...dl, reason: 'altra data', bases: [], plan: moved },
    };
    const after = (await rowsOf(deadlineOpened('d1'), reached, rebased)).one('deadlines');
    expect(after).toMatchObject({
      ladder: { steps: [{ reachedAt: null }] },
      changes: [{ what: 'DeadlineOpened' }, { what: 'DeadlineRebased', reason: 'altra data' }],
    });
  });

  it('say of each operation who did it in which role, and the dates and state before and after', async () => {
    const extended: CaseEvent = {
      type: 'DeadlineExtended',
      data: {
        ...dl,
        days: 5,
        reason: 'differimento',
        plan: { ...plan('2026-04-07'), legalDueDate: '2026-04-10' },
      },
    };
    const proven: CaseEvent = {
      type: 'DeadlineProven',
      data: { ...dl, base: 'reportReceived', proof: '9/2026' },
    };
    const { one } = await rowsOf(deadlineOpened('d1'), extended, proven);
    expect(one('deadlines')).toMatchObject({
      changes: [
        { what: 'DeadlineOpened', before: null, after: { state: 'open', legalDueDate: '2026-04-07' } },
        {
          what: 'DeadlineExtended',
          days: 5,
          reason: 'differimento',
          legalDueDate: '2026-04-10',
          before: { state: 'open', legalDueDate: '2026-04-07' },
          after: { state: 'open', legalDueDate: '2026-04-10' },
        },
        { what: 'DeadlineProven', base: 'reportReceived', proof: '9/2026', reason: null },
      ],
    });
    expect((one('deadlines') as { changes: { by: string; role: string }[] }).changes[1]).toMatchObject({
      by: expect.any(String),
      role: expect.any(String),
    });
  });

  it('name the base that was corrected, also one that does not count', async () => {
    const bases = [
      { name: 'reportReceived', date: '2026-03-06', proof: '1/2026' },
      { name: 'fullKnowledge', date: '2026-03-09', proof: null },
    ];
    const rebased: CaseEvent = {
      type: 'DeadlineRebased',
      data: { ...dl, reason: 'altra data', bases, plan: plan('2026-04-07') },
    };
    const again: CaseEvent = {
      type: 'DeadlineRebased',
      data: {
        ...dl,
        reason: 'ancora',
        bases: bases.map((it) => (it.proof === null ? { ...it, date: '2026-03-10' } : it)),
        plan: plan('2026-04-07'),
      },
    };
    const { one } = await rowsOf(deadlineOpened('d1'), rebased, again);
    expect((one('deadlines') as { changes: object[] }).changes[2]).toMatchObject({
      base: 'fullKnowledge',
      on: '2026-03-10',
    });
  });

  it('that were shown as missed and had been kept remember both', async () => {
    const missed: CaseEvent = { type: 'DeadlineMissed', data: { ...dl, legalDueDate: '2026-04-07' } };
    const rectified: CaseEvent = {
      type: 'DeadlineRectified',
      data: { ...dl, on: '2026-04-02', reason: 'recorded-after-the-term', state: 'met' },
    };
    const { one } = await rowsOf(deadlineOpened('d1'), missed, rectified);
    expect(one('deadlines')).toMatchObject({
      state: 'met',
      decided_on: '2026-04-02',
      changes: [
        {},
        { what: 'DeadlineMissed', before: { state: 'open' }, after: { state: 'missed' } },
        { what: 'DeadlineRectified', on: '2026-04-02', before: { state: 'missed' }, after: { state: 'met' } },
      ],
    });
  });

  const quieted: CaseEvent = {
    type: 'DeadlineMet',
    data: { ...dl, by: 't_delivery', on: '2026-04-20', use: 'quiets' },
  };

  it('that are peremptory and have passed stay in sight until something else runs or they are closed', async () => {
    const missed: CaseEvent = { type: 'DeadlineMissed', data: { ...dl, legalDueDate: '2026-04-07' } };
    const closed: CaseEvent = { type: 'DeadlineClosed', data: { ...dl, reason: 'decadenza accertata' } };
    const after = await rowsOf(taskCreated('t1'), deadlineOpened('d1'), missed);
    expect(after.one('deadlines')).toMatchObject({ state: 'missed' });
    expect(after.one('tasks')).toMatchObject({ due_on: '2026-04-03', legal_due_on: '2026-04-07' });
    const { one } = await rowsOf(taskCreated('t1'), deadlineOpened('d1'), missed, closed);
    expect(one('tasks')).toMatchObject({ due_on: null });
    const late = await rowsOf(taskCreated('t1'), deadlineOpened('d1'), missed, quieted);
    expect(late.one('tasks')).toMatchObject({ due_on: '2026-04-03' });
  });

  it('that have passed press until what was due is done, and hide nothing that can still be kept', async () => {
    const opened = deadlineOpened('d1', '2026-04-03', { nature: 'SERVICE_LEVEL' });
    const missed: CaseEvent = { type: 'DeadlineMissed', data: { ...dl, legalDueDate: '2026-04-07' } };
    const after = await rowsOf(taskCreated('t1'), opened, missed);
    expect(after.one('tasks')).toMatchObject({ due_on: '2026-04-03', due_nature: 'SERVICE_LEVEL' });
    const later = deadlineOpened('d2', '2026-05-29');
    const { one } = await rowsOf(taskCreated('t1'), opened, missed, later);
    expect(one('tasks')).toMatchObject({ due_on: '2026-05-29', due_nature: 'PEREMPTORY' });
    const done = await rowsOf(taskCreated('t1'), opened, missed, quieted);
    expect(done.one('tasks')).toMatchObject({ due_on: null });
    const on = '2026-04-20';
    const late: CaseEvent = {
      type: 'DeadlineRectified',
      data: { ...dl, on, reason: 'fatto tardivo', state: 'missed' },
    };
    const told = await rowsOf(taskCreated('t1'), opened, missed, late);
    expect(told.one('tasks')).toMatchObject({ due_on: null });
  });

  it('that have passed hide no due day of the task itself', async () => {
    const ours = deadlineOpened('d1', '2026-04-03', { nature: 'SERVICE_LEVEL' });
    const missed: CaseEvent = { type: 'DeadlineMissed', data: { ...dl, legalDueDate: '2026-04-07' } };
    const own = await rowsOf(taskCreated('t1', { dueAt: '2026-05-04T22:00:00.000Z' }), ours, missed);
    expect(own.one('tasks')).toMatchObject({ due_on: '2026-05-05' });
  });

  it('that had ended press again when they are reopened', async () => {
    const missed: CaseEvent = { type: 'DeadlineMissed', data: { ...dl, legalDueDate: '2026-04-07' } };
    const reopened: CaseEvent = { type: 'DeadlineReopened', data: { ...dl, reason: 'nuovi elementi' } };
    const { one } = await rowsOf(taskCreated('t1'), deadlineOpened('d1'), missed, reopened);
    expect(one('deadlines')).toMatchObject({ state: 'open', ended_at: null });
    expect(one('tasks')).toMatchObject({ due_on: '2026-04-03' });
  });
});

describe('escalations', () => {
  it('rank by what would be lost', async () => {
    const raised = (key: string, nature: 'PEREMPTORY' | 'SERVICE_LEVEL' | null): CaseEvent => ({
      type: 'EscalationRaised',
      data: {
        key,
        deadline: null,
        deadlineId: null,
        step: '',
        to: ['UPD'],
        nature,
        legalDueDate: null,
        label: dlLabel,
      },
    });
    const { of } = await rowsOf(
      raised('e1', 'PEREMPTORY'),
      raised('e2', 'SERVICE_LEVEL'),
      raised('e3', null),
      {
        type: 'EscalationTakenOver',
        data: { key: 'e1', by: 'responsabile', note: '' },
      },
    );
    expect(of('escalations').map(({ urgency, state, owner }) => [urgency, state, owner])).toEqual([
      [0, 'taken-over', 'responsabile'],
      [5, 'raised', null],
      [6, 'raised', null],
    ]);
  });

  it('are counted while they are open, also when they call again', async () => {
    const raised: CaseEvent = {
      type: 'EscalationRaised',
      data: {
        ...{ key: 'e1', kind: 'task', deadline: 'd1', deadlineId: 'DL', step: '', to: ['UPD'] },
        ...{ nature: null, legalDueDate: null, label: dlLabel },
      },
    };
    const resolved: CaseEvent = { type: 'EscalationResolved', data: { key: 'e1', outcome: 'case-ended' } };
    const over = await rowsOf(deadlineOpened('d1'), raised, resolved);
    expect(over.one('cases')).toMatchObject({ open_escalations: 0 });
    expect(over.one('escalations')).toMatchObject({ outcome_code: null, acknowledged_at: null });
    const bell = '2026-04-01T06:00:00.000Z';
    const data = { key: 'e1', deadline: 'd1', bell };
    const { one } = await rowsOf(deadlineOpened('d1'), raised, resolved, {
      type: 'EscalationReopened',
      data,
    });
    expect(one('cases')).toMatchObject({ open_escalations: 1 });
    expect(one('escalations')).toMatchObject({ kind: 'task', state: 'raised', outcome: null });
    expect(one('deadlines')).toMatchObject({ bell_at: bell });
  });
});

const dlLabel = { it: 'termine', en: 'deadline' };

describe('notices', () => {
  it('come from ladders, from the process and from incidents, with stable ids', async () => {
    const history: CaseEvent[] = [
      deadlineOpened('d1'),
      {
        type: 'LadderStepReached',
        data: { ...dl, step: 'first', round: 1, to: ['DESK_OPERATOR'], does: 'notice', label: dlLabel },
      },
      jobCreated('j1', { headers: { to: 'DESK_OPERATOR, UPD', label: 'Segnalazione trasmessa' } }),
      jobCreated('j2', { jobType: 'mail' }),
      {
        type: 'IncidentRaised',
        data: { key: 'i1', host: null, element: 'x', code: 'decadence-risk', message: 'm', deadline: 'd1' },
      },
    ];
    const { of } = await rowsOf(...history);
    expect(of('notices')).toMatchObject([
      {
        addressees: ['DESK_OPERATOR'],
        label: dlLabel,
        deadline: 'DL_CONTESTATION',
        legal_due_date: '2026-04-07',
      },
      { addressees: ['DESK_OPERATOR', 'UPD'], label: { it: 'Segnalazione trasmessa' } },
      { addressees: ['DESK_OPERATOR', 'DESK_SUPERVISOR'], deadline: 'DL_CONTESTATION' },
    ]);
    expect(of('notices').map((row) => row['id'])).toEqual(
      (await rowsOf(...history)).of('notices').map((row) => row['id']),
    );
  });

  it('are those of the desk only, and name who is in charge where they are called', async () => {
    const step = (more: object): CaseEvent => ({
      type: 'LadderStepReached',
      data: { ...dl, step: 'first', round: 1, to: ['IN_CHARGE'], does: 'notice', label: dlLabel, ...more },
    });
    const { of } = await rowsOf(
      deadlineOpened('d1'),
      taskCreated('t1'),
      taskCreated('t2'),
      { type: 'UserTaskClaimed', data: { key: 't1', by: 'olga' } },
      step({}),
      step({ by: ['mail'] }),
      step({ passed: true }),
      taskCompleted('t1'),
      step({ by: ['desk'] }),
    );
    expect(of('notices').map(({ people }) => people)).toEqual([['olga'], []]);
  });

  it('tell whom an escalation was handed on to, and those whom it called when it calls again', async () => {
    const key = 'e1';
    const handedOn = (account: string | null, role: string | null): CaseEvent => ({
      type: 'EscalationHandedOn',
      data: { key, account, role, note: 'n' },
    });
    const { of } = await rowsOf(
      deadlineOpened('d1'),
      {
        type: 'EscalationRaised',
        data: {
          ...{ key, deadline: 'd1', deadlineId: 'DL', step: '', to: ['DESK_SUPERVISOR'], nature: null },
          ...{ legalDueDate: '2026-04-07', label: dlLabel },
        },
      },
      handedOn('piero', null),
      handedOn(null, 'UPD'),
      handedOn(null, null),
      { type: 'EscalationResolved', data: { key, code: 'ACTED', outcome: '' } },
      { type: 'EscalationReopened', data: { key } },
    );
    const told = of('notices').map(({ addressees, people, label }) => [
      addressees,
      people,
      (label as { it: string }).it,
    ]);
    expect(told).toEqual([
      [[], ['piero'], 'Passato a te: termine'],
      [['UPD'], [], 'Passato al tuo ufficio: termine'],
      [['DESK_SUPERVISOR'], [], 'Di nuovo aperto: termine'],
      [['DESK_SUPERVISOR'], [], 'Di nuovo aperto: termine'],
    ]);
    expect(of('notices')[0]).toMatchObject({ deadline: 'DL', legal_due_date: '2026-04-07' });
  });
});

describe('incidents', () => {
  const raised = (key: string, definition?: string): CaseEvent => ({
    type: 'IncidentRaised',
    data: {
      ...{ key, host: key, element: 't_review', code: 'x', message: '', deadline: null },
      ...(definition !== undefined && { definition }),
    },
  });

  it('are of the definition in which the flow stopped, and follow the case into another', async () => {
    const { of } = await rowsOf(
      raised('i1'),
      raised('i2', 'called'),
      migrated({ definition: 'd2', elements: { t_review: 't_look' } }),
    );
    expect(of('incidents')).toMatchObject([
      { definition: 'd2', element: 't_look', state: 'open' },
      { definition: 'called', element: 't_review', state: 'open' },
    ]);
  });
});

describe('documents', () => {
  it('know the act that they are, and which is only its form to edit', async () => {
    const filed = (key: string, more: object) =>
      ({
        type: 'DocumentAttached',
        data: {
          ...{ key, name: 'n', mediaType: 'm', sizeBytes: 3, sha256: 'x' },
          protocolNo: null,
          task: null,
          ...more,
        },
      }) as unknown as CaseEvent;
    const drafted = { type: 'ActDrafted', data: { document: 'f1', editable: 'f2', name: 'Contestazione' } };
    const { of } = await rowsOf(
      ...[filed('f1', { replaces: 'f0' }), filed('f2', { formOf: 'f1' }), drafted as unknown as CaseEvent],
    );
    expect(of('documents')).toMatchObject([
      { act: 'Contestazione', is_form: false, is_new_version: true },
      { act: null, is_form: true, is_new_version: false },
    ]);
  });
});

describe('erased subjects', () => {
  it('leave rows without text', async () => {
    const document = {
      type: 'DocumentAttached',
      data: {
        key: 'f1',
        mediaType: 'application/pdf',
        sizeBytes: 3,
        sha256: 'x',
        protocolNo: null,
        task: null,
      },
    } as unknown as CaseEvent;
    const emptied = {
      type: 'UserTaskCompleted',
      data: { key: 't1', element: 'x', scope: null },
    } as unknown as CaseEvent;
    const { one } = await rowsOf(taskCreated('t1'), emptied, document);
    expect(one('documents')).toMatchObject({ name: '' });
    expect(one('tasks')).toMatchObject({ state: 'completed' });
  });
});

describe('every view', () => {
  it('names all types of events that it looks at', () => {
    const data = { key: 'k', element: 'e', deadline: 'd', to: ['IN_CHARGE'], jobType: 'desk-notice' };
    const touched = Object.keys(clearFields).map((type) => {
      const event = {
        type,
        data: { ...data, variables: { caseOutcome: 'x' }, scope: null },
        stream: 'case-1',
      };
      const unasked = projections.filter(({ types }) => types && !types.includes(type as never));
      return [
        type,
        unasked.filter(({ touches }) => touches(event as never) !== null).map(({ table }) => table.name),
      ];
    });
    expect(touched.filter(([, views]) => views!.length > 0)).toEqual([]);
  });
});

describe('facts', () => {
  const begun = started({ facts: ['urgency', 'oral'], variables: { urgency: 'LOW', note: 'SECRET' } });
  const set = (scope: string | null, variables: EventOf<'VariablesSet'>['data']['variables']): CaseEvent => ({
    type: 'VariablesSet',
    data: { scope, variables },
  });
  const told = async (...events: CaseEvent[]) => {
    const { one } = await rowsFrom(begun, ...events);
    return one('tasks')['facts'];
  };

  it('are those that the definition names, as they were said last, in whatever scope', async () => {
    const t1 = taskCreated('t1');
    expect(await told(t1)).toEqual(['urgency:LOW']);
    expect(await told(t1, set(null, { urgency: 'HIGH', oral: true }))).toEqual(['oral:true', 'urgency:HIGH']);
    expect(await told(set('sub', { urgency: 'HIGH' }), t1)).toEqual(['urgency:HIGH']);
    expect(await told(t1, taskCreated('t2'), taskCompleted('t2', { oral: false }))).toEqual([
      'oral:false',
      'urgency:LOW',
    ]);
  });

  it('are codes, or yes or no: nothing else is kept', async () => {
    const t1 = taskCreated('t1');
    for (const urgency of ['Mario Rossi', 'low', 7, null, ['LOW'], 'A'.repeat(61)])
      expect(await told(t1, set(null, { urgency }))).toEqual([]);
  });

  it('of a task that is over stay as they were', async () => {
    expect(
      await told(taskCreated('t1'), taskCompleted('t1', { urgency: 'HIGH' }), set(null, { urgency: 'LOW' })),
    ).toEqual(['urgency:LOW']);
  });

  it('follow the definition after a migration', async () => {
    expect(await told(taskCreated('t1'), migrated({ facts: ['oral'] }), set(null, { oral: true }))).toEqual([
      'oral:true',
    ]);
  });
});
