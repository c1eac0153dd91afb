import { describe, expect, it } from '@jest/globals';
import type { DeadlineChange } from '@iter/process-model';
import type { CaseEvent } from '../events.ts';
import {
  boundary,
  end,
  eventSub,
  feel,
  mapping,
  message,
  processModel,
  start,
  sub,
  timer,
  user,
  xor,
} from '../testing/model.ts';
import { Play, short } from '../testing/play.ts';
import { catalogue, step, term } from '../testing/world.ts';

const base = (name: string, value: string, proof?: string) => ({
  name,
  value: feel(value),
  proof: proof === undefined ? null : feel(proof),
});
const met = (by: string, date: string | null, use: 'decides' | 'quiets' | 'both' = 'both') => ({
  by,
  date: date === null ? null : feel(date),
  use,
});
const change = (
  ref: string,
  kind: DeadlineChange['kind'],
  by?: string,
  more: Partial<DeadlineChange> = {},
): DeadlineChange => ({
  ref,
  kind,
  on: 'completion',
  when: null,
  by: by === undefined ? null : feel(by),
  key: null,
  reason: null,
  ...more,
});

const terms = catalogue(
  [
    term('contestation'),
    term('conclusion', { amount: 120 }),
    term('wait', {
      nature: 'DILATORY',
      amount: 20,
      earliest: 'dayAfter',
      onMissed: { incident: null, label: { it: '', en: '' } },
    }),
    term('notice', {
      nature: 'DILATORY',
      amount: 20,
      direction: 'backward',
      rollover: false,
      prudentBase: 'latest',
    }),
    term('validity', { nature: 'VALIDITY', amount: 10, rollover: false }),
    term('hours', { unit: 'h', amount: 48, rollover: false, nature: 'DIRECTORY' }),
    term('short', { amount: 10, ladder: 'escalating' }),
    term('old', { amount: 5, validTo: '2026-03-31' }),
    term('old', { amount: 50, validFrom: '2026-04-01' }),
  ],
  {
    default: [],
    hourly: [
      { ...step('told', 'opening', 0), hours: 12 },
      { ...step('alarm', 'safe', 0), hours: -4 },
    ],
    escalating: [
      step('warn', 'safe', -5),
      step('alarm', 'safe', -2, { does: 'escalation', to: ['DESK_SUPERVISOR'] }),
      step('today', 'legal', 0, { does: 'escalation', to: ['SEGRETARIO'], repeatHours: 2 }),
      step('after', 'legal', 1, { repeatHours: 24 }),
    ],
  },
);

const contestation = {
  id: 'DL_C',
  term: 'contestation',
  opens: 'activation' as const,
  bases: [base('report', 'reported', 'protocolNo'), base('knowledge', 'known')],
  met: [met('sign', 'adopted', 'decides'), met('deliver', 'received', 'quiets')],
};

const model = processModel(
  'p',
  [
    start('s'),
    user('classify', { deadlines: [contestation] }),
    user('sign', { deadlines: [{ id: 'DL_F', term: 'conclusion', bases: [base('adoption', 'adopted')] }] }),
    user('deliver'),
    end('e'),
    eventSub(
      'missed',
      [
        start('onMissed', { event: message('deadlineMissed'), interrupting: false }),
        user('assess'),
        end('me'),
      ],
      ['onMissed -> assess -> me'],
    ),
  ],
  ['s -> classify -> sign -> deliver -> e'],
);

const started = (
  variables = { reported: '2026-03-06', protocolNo: 'P/1' },
  now = '2026-03-06T09:00:00.000Z',
): Play => {
  const play = new Play(model, { now, catalogue: terms });
  play.start(variables);
  return play;
};

const bells = (events: readonly CaseEvent[]) =>
  events.map(({ type, data }) => [type, (data as { bell?: unknown }).bell]);

describe('a deadline', () => {
  it('opens with its dates, bases and proof, and stores the explanation', () => {
    const play = started();
    const { plan, bases, status } = play.deadline('DL_C');
    expect(plan).toMatchObject({
      base: '2026-03-06',
      nominalDate: '2026-04-05',
      legalDueDate: '2026-04-07',
      safeActionDate: '2026-04-03',
      expiresAt: '2026-04-07T22:00:00.000Z',
    });
    expect(plan.explanation.length).toBeGreaterThan(0);
    expect(bases).toEqual([
      { name: 'report', date: '2026-03-06', proof: 'P/1' },
      { name: 'knowledge', date: null, proof: null },
    ]);
    expect(status).toBe('open');
  });

  it('counts from the prudent base, and a time counts as its day in Rome', () => {
    const play = started({
      reported: '2026-03-06',
      known: '2026-03-04T23:30:00Z',
      protocolNo: 'P/1',
    } as never);
    expect(play.deadline('DL_C').plan.base).toBe('2026-03-05');
  });

  it.each([
    [{}, 'deadline-base-missing'],
    [{ reported: '6 March' }, 'date-invalid'],
    [{ reported: '2026-02-30' }, 'date-invalid'],
    [{ reported: '1999-01-01' }, 'term-unknown'],
  ])('that cannot be computed from %j is an incident, never silence', (variables, code) => {
    const play = new Play(model, { now: '2026-03-06T09:00:00.000Z', catalogue: terms });
    expect(short(play.start(variables)).at(-1)).toBe(`IncidentRaised classify ${code}`);
    expect(play.state.tasks.size).toBe(0);
    play.do({ type: 'SetVariables', variables: { reported: '2026-03-06' }, reason: 'it was missing' });
    expect(short(play.resolve())).toEqual([
      'IncidentResolved',
      'DeadlineOpened classify',
      'UserTaskCreated classify',
    ]);
  });

  it('is met in time by the deciding fact, rings on until the quieting one', () => {
    const play = started();
    play.complete('classify');
    play.now = '2026-04-08T08:00:00.000Z';
    // Signed on the last day, recorded before anybody rang the bell of the day after.
    const events = play.complete('sign', { adopted: '2026-04-07T23:30:00+02:00' });
    expect(short(events)).toContain('DeadlineMet DL_C');
    expect(play.deadline('DL_C')).toMatchObject({ status: 'met', quieted: false, decidedOn: '2026-04-07' });
    play.complete('deliver', { received: '2026-04-08' });
    expect(play.deadline('DL_C')).toMatchObject({ status: 'met', quieted: true });
    // The other was still open: the end closes it with the end event as the reason.
    expect(play.deadline('DL_F').status).toBe('closed');
    expect(play.history.find((event) => event.type === 'DeadlineClosed')?.data).toMatchObject({
      reason: 'e',
    });
  });

  it('is missed by a fact of the day after, also when nobody rang: Rome decides the day', () => {
    const play = started();
    play.complete('classify');
    play.now = '2026-04-08T08:00:00.000Z';
    const events = play.complete('sign', { adopted: '2026-04-08T00:30:00+02:00' });
    expect(short(events)).toEqual([
      'UserTaskCompleted sign',
      'DeadlineMissed DL_C',
      'IncidentRaised classify decadence-risk',
      'DeadlineOpened sign',
      'SequenceFlowTaken sign_deliver',
      'MessageCorrelated onMissed',
      'MessageSubscribed onMissed',
      'ElementActivated missed',
      'UserTaskCreated deliver',
      'ElementCompleted onMissed',
      'SequenceFlowTaken onMissed_assess',
      'UserTaskCreated assess',
    ]);
    expect(play.deadline('DL_C').status).toBe('missed');
    const assess = play.state.elements.get(play.task('assess').key);
    expect(play.state.elements.get(assess?.scope ?? '')?.variables).toEqual({ deadlineId: 'DL_C' });
  });

  it('expires at 00:00 in Rome of the day after: an incident and a task, never an end', () => {
    const play = started();
    play.advanceTo('2026-04-07T21:59:59.999Z');
    expect(play.deadline('DL_C').status).toBe('open');
    expect(play.do({ type: 'TriggerDeadline', deadline: play.deadline('DL_C').key })).toEqual([]);
    const events = play.advanceTo('2026-04-07T22:00:00.000Z');
    expect(short(events).slice(0, 2)).toEqual([
      'DeadlineMissed DL_C',
      'IncidentRaised classify decadence-risk',
    ]);
    expect(play.live()).toEqual(['assess', 'classify', 'missed']);
    expect(play.state.status).toBe('active');
    expect(play.do({ type: 'TriggerDeadline', deadline: play.deadline('DL_C').key })).toEqual([]);
  });

  it('missed, tells those who await it by its id or for all, and nobody else', () => {
    const drawn = processModel(
      'p',
      [
        start('s', { deadlines: [{ id: 'DL', term: 'contestation', bases: [base('b', 'd')] }] }),
        user('a'),
        ...['"DL"', '"DL_OTHER"', undefined].map((key, i) =>
          eventSub(
            `esp${i}`,
            [start(`m${i}`, { event: message('deadlineMissed', key), interrupting: false }), user(`u${i}`)],
            [`m${i} -> u${i}`],
          ),
        ),
      ],
      ['s -> a'],
    );
    const play = new Play(drawn, { now: '2026-03-06T09:00:00.000Z', catalogue: terms });
    play.start({ d: '2026-03-06' });
    play.advanceTo('2026-04-10T00:00:00.000Z');
    expect(play.live()).toEqual(['a', 'esp0', 'esp2', 'u0', 'u2']);
  });

  it('missed, then met in time by a fact recorded late, is rectified; by a late fact only quieted', () => {
    const inTime = started();
    inTime.complete('classify');
    inTime.advanceTo('2026-04-10T00:00:00.000Z');
    expect(inTime.state.incidents.size).toBeGreaterThan(0);
    expect(short(inTime.complete('sign', { adopted: '2026-04-07' }))).toContain('DeadlineRectified DL_C');
    expect(inTime.state.incidents.size).toBe(0);
    expect(inTime.deadline('DL_C').status).toBe('met');
    const late = started();
    late.complete('classify');
    late.advanceTo('2026-04-10T00:00:00.000Z');
    late.complete('sign', { adopted: '2026-04-09' });
    late.complete('deliver', { received: '2026-04-09' });
    expect(late.deadline('DL_C')).toMatchObject({ status: 'missed', quieted: true });
  });

  it('is not met by a null date, nor by one that has not come yet', () => {
    const play = started();
    play.complete('classify');
    const { key } = play.task('sign');
    const future = { type: 'CompleteUserTask', key, variables: { adopted: '2026-03-07' } } as const;
    expect(play.refused(future)).toBe('date-in-the-future');
    expect(play.refused({ ...future, variables: { adopted: 'soon' } })).toBe('date-invalid');
    expect(play.live()).toEqual(['sign']);
    const returned = processModel(
      'p',
      [
        start('s'),
        user('a', { deadlines: [{ ...contestation, met: [met('b', 'adopted')] }] }),
        user('b'),
        user('c'),
      ],
      ['s -> a -> b -> c'],
    );
    const unsigned = new Play(returned, { now: '2026-03-06T09:00:00.000Z', catalogue: terms });
    unsigned.start({ reported: '2026-03-06' });
    unsigned.complete('a');
    unsigned.complete('b');
    expect(unsigned.deadline('DL_C').status).toBe('open');
  });

  it('met without a date takes the occurrence of the completion', () => {
    const simple = processModel(
      'p',
      [
        start('s', {
          deadlines: [{ id: 'DL', term: 'contestation', bases: [base('b', 'd')], met: [met('a', null)] }],
        }),
        user('a'),
        user('b'),
      ],
      ['s -> a -> b'],
    );
    const play = new Play(simple, { now: '2026-03-10T09:00:00.000Z', catalogue: terms });
    play.start({ d: '2026-03-06' });
    play.now = '2026-05-01T09:00:00.000Z';
    play.occurredAt = '2026-03-20T23:30:00.000Z';
    play.complete('a');
    expect(play.deadline('DL')).toMatchObject({ status: 'met', decidedOn: '2026-03-21', quieted: true });
  });

  it('entered again is left alone while the base is the same, replaced when it changed', () => {
    const again = processModel(
      'p',
      [
        start('s'),
        xor('merge'),
        user('a', {
          deadlines: [{ id: 'DL', term: 'contestation', opens: 'activation', bases: [base('b', 'd')] }],
        }),
      ],
      ['s -> merge -> a -> merge'],
    );
    const play = new Play(again, { now: '2026-03-10T09:00:00.000Z', catalogue: terms });
    play.start({ d: '2026-03-06' });
    expect(short(play.complete('a'))).not.toContain('DeadlineOpened a');
    expect(short(play.complete('a', { d: '2026-03-09' }))).toEqual(
      expect.arrayContaining(['DeadlineReplaced DL', 'DeadlineOpened a']),
    );
    expect([...play.state.deadlines.values()].map(({ status }) => status)).toEqual(['replaced', 'open']);
    play.advanceTo('2026-04-20T00:00:00.000Z');
    expect(short(play.complete('a'))).not.toContain('DeadlineOpened a');
  });

  it('opened before its proof was known, is proven where it is entered again with it', () => {
    const opened = { id: 'DL', term: 'contestation', opens: 'activation' } as const;
    const early = processModel(
      'p',
      [
        start('s'),
        user('a', { deadlines: [{ ...opened, bases: [base('b', 'd')] }] }),
        user('c', { deadlines: [{ ...opened, bases: [{ ...base('b', 'd'), proof: feel('no') }] }] }),
        user('e', { deadlines: [{ ...opened, bases: [{ ...base('b', 'd'), proof: feel('"other"') }] }] }),
      ],
      ['s -> a -> c -> e'],
    );
    const play = new Play(early, { now: '2026-03-10T09:00:00.000Z', catalogue: terms });
    play.start({ d: '2026-03-06' });
    expect(play.deadline('DL').bases).toEqual([{ name: 'b', date: '2026-03-06', proof: null }]);
    play.complete('a', { no: '12/2026' });
    expect(play.deadline('DL').bases).toEqual([{ name: 'b', date: '2026-03-06', proof: '12/2026' }]);
    // What is proven already is not proven by something else.
    expect(short(play.complete('c'))).not.toContain('DeadlineProven DL');
  });

  it('has one instance per key, and the term in force on its base date', () => {
    const keyed = processModel(
      'p',
      [
        start('s'),
        xor('merge'),
        user('a', {
          deadlines: [
            { id: 'DL', term: 'old', key: feel('who'), bases: [base('b', 'd')], met: [met('a', 'done')] },
          ],
        }),
      ],
      ['s -> merge -> a -> merge'],
    );
    const play = new Play(keyed, { now: '2026-04-10T09:00:00.000Z', catalogue: terms });
    play.start();
    play.complete('a', { who: 'x', d: '2026-03-30' });
    play.complete('a', { who: 'y', d: '2026-04-01' });
    const dates = [...play.state.deadlines.values()].map((it) => [it.instance, it.plan.legalDueDate]);
    expect(dates).toEqual([
      ['x', '2026-04-04'],
      ['y', '2026-05-21'],
    ]);
  });

  it('local to a scope is closed when the scope ends, quietly when it is met already', () => {
    const local = processModel(
      'p',
      [
        start('s'),
        sub(
          'sub',
          [
            start('is', {
              deadlines: [{ id: 'DL', term: 'contestation', scope: 'local', bases: [base('b', 'd')] }],
            }),
            user('a'),
          ],
          ['is -> a'],
        ),
        user('b'),
      ],
      ['s -> sub -> b'],
    );
    const play = new Play(local, { now: '2026-03-10T09:00:00.000Z', catalogue: terms });
    play.start({ d: '2026-03-06' });
    const events = play.complete('a');
    expect(events.find(({ type }) => type === 'DeadlineClosed')?.data).toMatchObject({
      reason: 'scope-ended',
      bell: null,
    });
  });
});

describe('natures', () => {
  const one = (declaration: object) =>
    processModel(
      'p',
      [
        start('s', { deadlines: [{ id: 'DL', bases: [base('b', 'd')], ...declaration } as never] }),
        user('a'),
        user('b'),
      ],
      ['s -> a -> b'],
    );

  it('a wait is over at its end, and an act before its first lawful day is refused', () => {
    const play = new Play(one({ term: 'wait', met: [met('a', 'done')] }), {
      now: '2026-04-08T09:00:00.000Z',
      catalogue: terms,
    });
    play.start({ d: '2026-04-07' });
    expect(play.deadline('DL').plan.earliestActionDate).toBe('2026-04-28');
    play.now = '2026-04-27T09:00:00.000Z';
    const { key } = play.task('a');
    expect(play.refused({ type: 'CompleteUserTask', key, variables: { done: '2026-04-27' } })).toBe(
      'act-too-early',
    );
    const events = play.advanceTo('2026-04-28T09:00:00.000Z');
    expect(short(events)).toEqual(['DeadlineMet DL']);
    expect(events[0]?.data).toMatchObject({ by: 'expiry', use: 'decides', bell: null });
    expect(short(play.complete('a', { done: '2026-04-28' }))).not.toContain('DeadlineMissed DL');
  });

  it('a notice must arrive in time: backward, missed otherwise', () => {
    const play = new Play(one({ term: 'notice', met: [met('a', 'done')] }), {
      now: '2026-05-01T09:00:00.000Z',
      catalogue: terms,
    });
    play.start({ d: '2026-05-27' });
    expect(play.deadline('DL').plan.legalDueDate).toBe('2026-05-07');
    play.advanceTo('2026-05-08T09:00:00.000Z');
    expect(play.deadline('DL').status).toBe('missed');
  });

  it('a validity ends by itself', () => {
    const play = new Play(one({ term: 'validity' }), { now: '2026-05-01T09:00:00.000Z', catalogue: terms });
    play.start({ d: '2026-05-01' });
    const events = play.advanceTo('2026-06-01T00:00:00.000Z');
    expect(events.map(({ type, data }) => [type, (data as { reason?: string }).reason])).toEqual([
      ['DeadlineClosed', 'EXPIRED'],
    ]);
  });

  it('hours run from an instant with its offset, and nothing else will do', () => {
    const play = new Play(one({ term: 'hours', met: [met('a', 'done')] }), {
      now: '2026-03-10T09:00:00.000Z',
      catalogue: terms,
    });
    expect(short(play.start({ d: '2026-03-10' })).at(-1)).toBe('IncidentRaised s date-invalid');
    play.do({ type: 'SetVariables', variables: { d: '2026-03-10T09:20:00+01:00' }, reason: 'needs a time' });
    play.resolve();
    expect(play.deadline('DL').plan).toMatchObject({
      legalDueDate: '2026-03-12T10:00:00+01:00',
      expiresAt: '2026-03-12T09:00:00.000Z',
    });
    play.now = '2026-03-12T08:00:00.000Z';
    play.complete('a', { done: '2026-03-12T08:00:00+01:00' });
    expect(play.deadline('DL').status).toBe('met');
  });
});

describe('the ladder', () => {
  const laddered = processModel(
    'p',
    [
      start('s', {
        deadlines: [{ id: 'DL', term: 'short', bases: [base('b', 'd')], met: [met('a', 'done')] }],
      }),
      user('a', {
        deadlineChanges: [change('DL', 'extend', 'days', { on: 'activation', when: feel('days != null') })],
      }),
      user('b'),
    ],
    ['s -> a -> b'],
  );
  // 10 days from Tuesday 3 March: legal and safe Friday 13 March 2026.
  const rung = (now = '2026-03-03T09:00:00.000Z'): Play => {
    const play = new Play(laddered, { now, catalogue: terms });
    play.start({ d: '2026-03-03' });
    return play;
  };
  const steps = (events: readonly CaseEvent[]) =>
    events.flatMap((event) =>
      event.type === 'LadderStepReached' ? [`${event.data.step} ${event.data.round}`] : [],
    );

  it('is told at 08:00 in Rome of the last working day up to the day', () => {
    const { plan } = rung().deadline('DL');
    expect(plan.ladder.steps.map(({ id, at }) => [id, at])).toEqual([
      ['warn', '2026-03-06T07:00:00.000Z'], // five days before is Sunday 8: Friday 6
      ['alarm', '2026-03-11T07:00:00.000Z'],
      ['today', '2026-03-13T07:00:00.000Z'],
      ['after', '2026-03-16T07:00:00.000Z'], // Saturday 14 would be before the end: Monday
    ]);
  });

  it('raises escalations, repeats until somebody answers, goes on after the miss', () => {
    const play = rung();
    expect(steps(play.advanceTo('2026-03-11T08:00:00.000Z'))).toEqual(['warn 1', 'alarm 1']);
    expect(play.state.escalations.size).toBe(1);
    expect(steps(play.advanceTo('2026-03-13T11:30:00.000Z'))).toEqual(['today 1', 'today 2', 'today 3']);
    expect(play.state.escalations.size).toBe(2);
    const today = [...play.state.escalations.values()].find((it) => it.step === 'today');
    const [answered] = play.do({ type: 'AcknowledgeEscalation', key: today?.key ?? '', note: 'seen' });
    expect(answered?.data).toMatchObject({
      deadline: play.deadline('DL').key,
      bell: '2026-03-13T23:00:00.000Z',
    });
    expect(steps(play.advanceTo('2026-03-13T22:59:00.000Z'))).toEqual([]);
    expect(steps(play.advanceTo('2026-03-17T08:00:00.000Z'))).toEqual(['after 1', 'after 2']);
    expect(play.deadline('DL').status).toBe('missed');
    play.complete('a', { done: '2026-03-17' });
    expect(play.deadline('DL')).toMatchObject({ status: 'missed', quieted: true });
    expect(steps(play.advanceTo('2026-04-17T08:00:00.000Z'))).toEqual([]);
  });

  it('rung late does everything that is due in its order, repetitions once', () => {
    const play = rung();
    const { key } = play.deadline('DL');
    play.now = '2026-03-13T12:00:00.000Z';
    const events = play.do({ type: 'TriggerDeadline', deadline: key });
    expect(steps(events)).toEqual(['warn 1', 'alarm 1', 'today 1', 'today 3']);
    // The reminders that are due together call once, whom any of them calls.
    const told = events.flatMap((it) => (it.type === 'LadderStepReached' ? [it.data] : []));
    expect(told.map(({ passed, to }) => (passed ? 'passed' : to.join()))).toEqual([
      'passed',
      'passed',
      'SEGRETARIO,DESK_OPERATOR,DESK_SUPERVISOR',
      'SEGRETARIO',
    ]);
    expect(events.filter(({ type }) => type === 'EscalationRaised')).toHaveLength(1);
    expect(play.do({ type: 'TriggerDeadline', deadline: key })).toEqual([]);
    expect(play.refused({ type: 'TriggerDeadline', deadline: 'nobody' })).toBe('deadline-not-found');
  });

  it('opened late tells what is due, and is missed if it is, in the same command', () => {
    expect(steps(rung('2026-03-13T12:00:00.000Z').history)).toEqual([
      'warn 1',
      'alarm 1',
      'today 1',
      'today 3',
    ]);
    const late = rung('2026-03-20T12:00:00.000Z');
    expect(late.deadline('DL').status).toBe('missed');
    expect(late.live()).toEqual(['a']);
  });

  it('is planned anew when the deadline moves; what moved beyond now is told again', () => {
    const play = rung();
    play.advanceTo('2026-03-11T08:00:00.000Z');
    const { key } = play.deadline('DL');
    const [extended] = play.do({ type: 'ExtendDeadline', deadline: key, days: 14, reason: 'deferred' });
    expect(extended?.data).toMatchObject({
      days: 14,
      bell: '2026-03-20T07:00:00.000Z',
      plan: { legalDueDate: '2026-03-27' },
    });
    expect(steps(play.advanceTo('2026-03-26T00:00:00.000Z'))).toEqual(['warn 1', 'alarm 1']);
  });

  it('of an hour term runs in real hours from its base fact, day and night', () => {
    const drawn = processModel(
      'p',
      [
        start('s', { deadlines: [{ id: 'DL', term: 'hours', ladder: 'hourly', bases: [base('b', 'd')] }] }),
        user('a'),
      ],
      ['s -> a'],
    );
    const play = new Play(drawn, { now: '2026-03-28T10:00:00.000Z', catalogue: terms });
    play.start({ d: '2026-03-28T10:30:00+01:00' });
    expect(play.deadline('DL').plan.ladder.steps.map(({ id, at }) => [id, at])).toEqual([
      ['told', '2026-03-28T21:30:00.000Z'],
      ['alarm', '2026-03-30T04:30:00.000Z'], // four hours before the safe 10:30+02:00: the clocks changed
    ]);
  });

  it('of the disciplinary charge warns on the last working day before, as in example D-2', () => {
    const drawn = processModel(
      'p',
      [
        start('s', {
          deadlines: [{ id: 'DL', term: 'contestation', ladder: 'escalating', bases: [base('b', 'd')] }],
        }),
        user('a'),
      ],
      ['s -> a'],
    );
    const play = new Play(drawn, { now: '2026-03-06T09:00:00.000Z', catalogue: terms });
    play.start({ d: '2026-03-06' });
    expect(play.deadline('DL').plan.ladder.steps.map(({ id, at }) => [id, at])).toEqual([
      ['warn', '2026-03-27T07:00:00.000Z'],
      ['alarm', '2026-04-01T06:00:00.000Z'],
      ['today', '2026-04-07T06:00:00.000Z'],
      ['after', '2026-04-08T06:00:00.000Z'],
    ]);
  });

  it('tells of the last day on that day, also on a Saturday, as the term of LC-06 ends', () => {
    const drawn = processModel(
      'p',
      [
        start('s', {
          deadlines: [{ id: 'DL', term: 'contestation', ladder: 'escalating', bases: [base('b', 'd')] }],
        }),
        user('a'),
      ],
      ['s -> a'],
    );
    const play = new Play(drawn, { now: '2026-10-15T09:00:00.000Z', catalogue: terms });
    play.start({ d: '2026-10-15' });
    expect(play.deadline('DL').plan.ladder.steps.map(({ id, at }) => [id, at])).toEqual([
      ['warn', '2026-11-06T07:00:00.000Z'],
      ['alarm', '2026-11-11T07:00:00.000Z'],
      ['today', '2026-11-14T07:00:00.000Z'],
      ['after', '2026-11-16T07:00:00.000Z'],
    ]);
  });

  it('that does not exist is an incident', () => {
    const drawn = processModel(
      'p',
      [start('s', { deadlines: [{ id: 'DL', term: 'hours', ladder: 'none', bases: [base('b', 'd')] }] })],
      [],
    );
    const play = new Play(drawn, { now: '2026-03-28T10:00:00.000Z', catalogue: terms });
    expect(short(play.start({ d: '2026-03-28T10:30:00+01:00' })).at(-1)).toBe(
      'IncidentRaised s ladder-unknown',
    );
  });

  it('every event says when the bell rings next', () => {
    const play = rung();
    expect(bells(play.history.filter(({ type }) => type === 'DeadlineOpened'))).toEqual([
      ['DeadlineOpened', '2026-03-06T07:00:00.000Z'],
    ]);
    const events = play.advanceTo('2026-03-06T07:00:00.000Z');
    expect(bells(events)).toEqual([['LadderStepReached', '2026-03-11T07:00:00.000Z']]);
  });
});

describe('operations of the flow', () => {
  const changed = (...changes: DeadlineChange[]) => {
    const drawn = processModel(
      'p',
      [
        start('s', {
          deadlines: [{ id: 'DL', term: 'conclusion', bases: [base('b', 'd')], met: [met('m', 'done')] }],
        }),
        xor('x'),
        user('a', { deadlineChanges: changes, outputs: [mapping('by', 'by'), mapping('go', 'go')] }),
        user('m'),
      ],
      ['s -> x -> a', 'a -> x if go = null', 'a -> m if go = true', 'm -> x'],
    );
    const play = new Play(drawn, { now: '2026-04-01T09:00:00.000Z', catalogue: terms });
    play.start({ d: '2026-04-01' });
    return play;
  };

  it('suspends and resumes: the days left are kept', () => {
    const suspended = changed(
      change('DL', 'suspend', 'by', { when: feel('go = null') }),
      change('DL', 'resume', 'by', { when: feel('go = true') }),
    );
    suspended.now = '2026-04-22T09:00:00.000Z';
    const [, event] = suspended
      .complete('a', { by: '2026-04-22' })
      .filter(({ type }) => type !== 'VariablesSet');
    expect(event).toMatchObject({ type: 'DeadlineSuspended', data: { bell: null } });
    suspended.advanceTo('2027-01-01T00:00:00.000Z');
    expect(suspended.deadline('DL').status).toBe('suspended');
    suspended.now = '2026-04-30T09:00:00.000Z';
    suspended.complete('a', { by: '2026-04-30', go: true });
    expect(suspended.deadline('DL')).toMatchObject({
      status: 'open',
      extraDays: 8,
      plan: { nominalDate: '2026-08-07' },
    });
  });

  it('extends by days or a duration; anything else is stuck', () => {
    const play = changed(change('DL', 'extend', 'by'));
    play.complete('a', { by: 'P14D' });
    expect(play.deadline('DL').plan.nominalDate).toBe('2026-08-13');
    play.complete('a', { by: -7 });
    expect(play.deadline('DL').plan.nominalDate).toBe('2026-08-06');
    expect(short(play.complete('a', { by: 'P1M' })).at(-1)).toBe('IncidentRaised a days-invalid');
  });

  it('interrupts, replaces, closes, rebases', () => {
    const interrupted = changed(change('DL', 'interrupt', 'by'));
    interrupted.complete('a', { by: '2026-04-01' });
    expect(interrupted.deadline('DL').plan.base).toBe('2026-04-01');
    for (const [kind, status] of [
      ['replace', 'replaced'],
      ['close', 'closed'],
    ] as const) {
      const play = changed(change('DL', kind));
      play.complete('a');
      expect(play.deadline('DL').status).toBe(status);
      expect(short(play.complete('a')).join()).not.toContain('Deadline');
    }
    const rebased = changed(change('DL', 'rebase', 'by', { reason: 'known later' }));
    rebased.complete('a', { by: '2026-03-30' });
    expect(rebased.deadline('DL')).toMatchObject({
      plan: { base: '2026-03-30' },
      bases: [{ date: '2026-03-30' }],
    });
  });

  it('meets, and reopens: past its date at once as missed', () => {
    const play = changed(
      change('DL', 'meet', 'by', { when: feel('by != null') }),
      change('DL', 'reopen', undefined, { when: feel('by = null') }),
    );
    play.complete('a', { by: '2026-04-01' });
    expect(play.deadline('DL').status).toBe('met');
    play.complete('a', { by: null });
    expect(play.deadline('DL').status).toBe('open');
    play.complete('a', { by: '2026-04-01' });
    play.now = '2026-09-01T00:00:00.000Z';
    expect(short(play.complete('a', { by: null }))).toEqual(
      expect.arrayContaining(['DeadlineReopened DL', 'DeadlineMissed DL']),
    );
  });
});

describe('what expressions read', () => {
  it('states and dates in conditions and timers', () => {
    const drawn = processModel(
      'p',
      [
        start('s', {
          deadlines: [{ id: 'DL', term: 'contestation', bases: [base('b', 'd')], met: [met('a', 'done')] }],
        }),
        user('a'),
        boundary('over', 'a', timer('date', '=deadlines.DL.expiresAt')),
        xor('g'),
        user('yes'),
        user('no'),
      ],
      ['s -> a -> g', 'over -> g', 'g -> yes if deadlines.DL.state = "met"', 'g -> no default'],
    );
    const inTime = new Play(drawn, { now: '2026-03-06T09:00:00.000Z', catalogue: terms });
    inTime.start({ d: '2026-03-06' });
    inTime.complete('a', { done: '2026-03-06' });
    expect(inTime.live()).toEqual(['yes']);
    const late = new Play(drawn, { now: '2026-03-06T09:00:00.000Z', catalogue: terms });
    late.start({ d: '2026-03-06' });
    late.advanceTo('2026-04-07T22:00:00.000Z');
    expect(late.live()).toEqual(['no']);
  });
});

describe('deadline commands', () => {
  const play = (): Play => started(undefined, '2026-03-20T09:00:00.000Z');
  const reason = 'because';

  it('suspend and resume', () => {
    const it_ = play();
    const { key: deadline } = it_.deadline('DL_C');
    const suspend = { type: 'SuspendDeadline', deadline, on: '2026-03-16', reason } as const;
    expect(it_.refused({ ...suspend, reason: '' })).toBe('reason-required');
    expect(it_.refused({ ...suspend, on: '2026-03-21' })).toBe('date-in-the-future');
    expect(it_.refused({ ...suspend, on: '2026-03-01' })).toBe('date-invalid');
    expect(it_.refused({ ...suspend, on: 'now' })).toBe('date-invalid');
    expect(it_.refused({ ...suspend, deadline: 'nobody' })).toBe('deadline-not-found');
    expect(it_.refused({ ...suspend, type: 'ResumeDeadline' })).toBe('deadline-not-suspended');
    expect(short(it_.do(suspend))).toEqual(['DeadlineSuspended DL_C']);
    expect(it_.refused(suspend)).toBe('deadline-not-open');
    expect(it_.refused({ ...suspend, type: 'ResumeDeadline', on: '2026-03-15' })).toBe('date-invalid');
    it_.do({ ...suspend, type: 'ResumeDeadline', on: '2026-03-20' });
    expect(it_.deadline('DL_C')).toMatchObject({ status: 'open', plan: { nominalDate: '2026-04-09' } });
    it_.now = '2026-04-09T09:00:00.000Z';
    it_.do({ ...suspend, on: '2026-04-01' });
    it_.do({ ...suspend, type: 'ResumeDeadline', on: '2026-04-03' });
    expect(it_.deadline('DL_C')).toMatchObject({ extraDays: 6, plan: { nominalDate: '2026-04-11' } });
  });

  it('are refused with what is wrong with the day', () => {
    const it_ = play();
    const { key: deadline } = it_.deadline('DL_C');
    const told = (type: 'SuspendDeadline' | 'ResumeDeadline', on: string) => {
      const decision = it_.decide({ type, deadline, on, reason });
      return 'rejection' in decision ? decision.rejection.message : null;
    };
    expect(told('SuspendDeadline', '2026-03-01')).toEqual({
      it: 'DL_C non si sospende al 2026-03-01: corre dal 2026-03-06 al 2026-04-07.',
      en: 'DL_C cannot be suspended on 2026-03-01: it runs from 2026-03-06 until 2026-04-07.',
    });
    expect(told('SuspendDeadline', 'now')?.it).toBe('La data dev’essere una data (AAAA-MM-GG).');
    it_.do({ type: 'SuspendDeadline', deadline, on: '2026-03-16', reason });
    expect(told('ResumeDeadline', '2026-03-15')?.it).toBe(
      'DL_C è sospeso dal 2026-03-16: non riprende al 2026-03-15.',
    );
  });

  it('extend and interrupt', () => {
    const it_ = play();
    const { key: deadline } = it_.deadline('DL_C');
    for (const days of [0, -1, 1.5, 4000]) {
      expect(it_.refused({ type: 'ExtendDeadline', deadline, days, reason })).toBe('limit-exceeded');
    }
    it_.do({ type: 'ExtendDeadline', deadline, days: 10, reason });
    expect(it_.deadline('DL_C').plan.nominalDate).toBe('2026-04-15');
    it_.do({ type: 'InterruptDeadline', deadline, base: '2026-03-20', reason });
    expect(it_.deadline('DL_C')).toMatchObject({ extraDays: 0, plan: { nominalDate: '2026-04-19' } });
    expect(it_.refused({ type: 'InterruptDeadline', deadline, base: '2026-05-20', reason })).toBe(
      'date-in-the-future',
    );
  });

  it('rebase corrects what it decided', () => {
    const it_ = started();
    const { key: deadline } = it_.deadline('DL_C');
    const rebase = {
      type: 'RebaseDeadline',
      deadline,
      baseName: 'report',
      date: '2026-04-01',
      reason,
    } as const;
    expect(it_.refused(rebase)).toBe('date-in-the-future');
    expect(it_.refused({ ...rebase, baseName: 'other' })).toBe('base-not-found');
    it_.advanceTo('2026-04-10T00:00:00.000Z');
    expect(it_.deadline('DL_C').status).toBe('missed');
    expect(short(it_.do(rebase))).toEqual([
      'DeadlineRebased DL_C',
      'DeadlineReopened DL_C',
      'IncidentResolved',
    ]);
    expect(it_.deadline('DL_C')).toMatchObject({ status: 'open', plan: { legalDueDate: '2026-05-02' } });
    it_.complete('classify');
    it_.complete('sign', { adopted: '2026-04-10' });
    expect(short(it_.do({ ...rebase, date: '2026-03-01' })).slice(0, 3)).toEqual([
      'DeadlineRebased DL_C',
      'DeadlineRectified DL_C',
      'IncidentRaised classify decadence-risk',
    ]);
    expect(it_.deadline('DL_C').status).toBe('missed');
  });

  it('rectify: the state follows from the date', () => {
    const it_ = started();
    const { key: deadline } = it_.deadline('DL_C');
    it_.advanceTo('2026-04-10T00:00:00.000Z');
    expect(it_.refused({ type: 'RectifyDeadline', deadline, on: '2026-04-11', reason })).toBe(
      'date-in-the-future',
    );
    expect(short(it_.do({ type: 'RectifyDeadline', deadline, on: '2026-04-07', reason }))).toEqual([
      'DeadlineRectified DL_C',
      'IncidentResolved',
    ]);
    expect(it_.deadline('DL_C').status).toBe('met');
    expect(
      short(it_.do({ type: 'RectifyDeadline', deadline, on: '2026-04-08', reason })).slice(0, 2),
    ).toEqual(['DeadlineRectified DL_C', 'IncidentRaised classify decadence-risk']);
    expect(it_.deadline('DL_C').status).toBe('missed');
  });

  it('prove, in any state, once', () => {
    const it_ = play();
    const { key: deadline } = it_.deadline('DL_C');
    const prove = { type: 'ProveDeadline', deadline, baseName: 'report', proof: 'P/2' } as const;
    expect(it_.refused({ ...prove, baseName: 'x' })).toBe('base-not-found');
    expect(it_.refused({ ...prove, proof: '' })).toBe('reason-required');
    expect(short(it_.do(prove))).toEqual(['DeadlineProven DL_C']);
    expect(it_.do(prove)).toEqual([]);
    expect(it_.deadline('DL_C').bases[0]?.proof).toBe('P/2');
  });
});
