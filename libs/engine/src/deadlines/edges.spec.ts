import { describe, expect, it } from '@jest/globals';
import type { DeadlineChange, Json } from '@iter/process-model';
import type { LadderStep } from '../env.ts';
import type { CaseEvent } from '../events.ts';
import {
  call,
  feel,
  mapping,
  multi,
  plain,
  processModel,
  script,
  start,
  sub,
  user,
} from '../testing/model.ts';
import { Play, short } from '../testing/play.ts';
import { catalogue, step, term } from '../testing/world.ts';
import { deadlineContext } from './context.ts';
import { compareDates, grainOf, legalDate } from './dates.ts';

// The edges of deadlines: keys, bases, ladders and the operations of legal-calendar.md § 2 where they do nothing.

const terms = catalogue(
  [
    term('t'),
    term('short', { amount: 10 }),
    term('latest', { prudentBase: 'latest' }),
    term('hours', { amount: 48, unit: 'h', rollover: false }),
    term('wrong', { amount: 0 }),
    term('wait', { nature: 'DILATORY', earliest: 'dayAfter', amount: 10 }),
  ],
  {},
);
type Decl = NonNullable<NonNullable<Parameters<typeof user>[1]>['deadlines']>[number];
const base = (name: string, text: string, proof?: string) => ({
  name,
  value: feel(text),
  proof: proof === undefined ? null : feel(proof),
});
const decl = (more: Partial<Decl> = {}): Decl => ({
  id: 'DL',
  term: 't',
  opens: 'activation',
  bases: [base('b', 'd')],
  ...more,
});
const change = (
  kind: DeadlineChange['kind'],
  by: string | null = null,
  more: Partial<DeadlineChange> = {},
): DeadlineChange =>
  ({
    ref: 'DL',
    kind,
    on: 'completion',
    when: null,
    key: null,
    by: by === null ? null : feel(by),
    reason: null,
    ...more,
  }) as DeadlineChange;
const now = '2026-03-06T09:00:00.000Z';
const opened = (
  declaration: Decl,
  variables: Readonly<Record<string, Json>> = { d: '2026-03-02' },
  ladder: readonly LadderStep[] = [],
): Play => {
  const model = processModel(
    'p',
    [start('s'), user('a', { deadlines: [declaration] }), user('next')],
    ['s -> a -> next'],
  );
  const withLadder = catalogue(
    ['t', 'short', 'latest', 'hours', 'wrong', 'wait'].flatMap((key) => terms.term(key, '2026-03-02') ?? []),
    { default: ladder },
  );
  const play = new Play(model, { now, catalogue: withLadder });
  play.start(variables);
  return play;
};
const codes = (play: Play) => [...play.state.incidents.values()].map(({ code }) => code);
const dataOf = (events: readonly CaseEvent[], type: CaseEvent['type']) =>
  events.find((it) => it.type === type)?.data;

describe('the key of a deadline', () => {
  it.each([
    ['K', 'K'],
    [7, '7'],
    [true, 'true'],
    ['', 'deadline-key-missing'],
    [null, 'deadline-key-missing'],
    [['K'], 'deadline-key-missing'],
    [{ k: 'K' }, 'deadline-key-missing'],
  ])('%j is %s', (value, expected) => {
    const play = opened(decl({ key: feel('which') }), { d: '2026-03-02', which: value });
    expect(codes(play)[0] ?? play.deadline('DL').instance).toBe(expected);
  });

  it('tells apart what is read and what is changed', () => {
    const declaration = decl({ key: feel('which'), opens: 'completion' });
    const model = processModel(
      'p',
      [
        start('s'),
        user('a', { deadlines: [declaration] }),
        user('b', { deadlines: [] }),
        user('c', { deadlineChanges: [change('close', null, { key: feel('"one"') })] }),
        user('d', { deadlineChanges: [change('close')] }),
        user('next'),
      ],
      ['s -> a', 'a -> b -> c -> d -> next', 'b -> a if again'],
    );
    const play = new Play(model, { now, catalogue: terms });
    play.start({ d: '2026-03-02', which: 'one', again: true });
    play.complete('a');
    play.complete('b', { which: 'two', d: '2026-03-03' });
    play.complete('a');
    const context = deadlineContext(play.state) as Record<
      string,
      { byKey: Record<string, { legalDueDate: string }> }
    >;
    expect(Object.keys(context['DL']?.byKey ?? {})).toEqual(['one', 'two']);
    expect(context['DL']?.byKey['one']?.legalDueDate).toBe('2026-04-01');
    expect(context['DL']?.byKey['two']?.legalDueDate).toBe('2026-04-02');
    const status = () => [...play.state.deadlines.values()].map(({ instance, status: it }) => [instance, it]);
    play.complete('c');
    expect(status()).toEqual([
      ['one', 'closed'],
      ['two', 'open'],
    ]);
    play.complete('d');
    expect(status()).toEqual([
      ['one', 'closed'],
      ['two', 'closed'],
    ]);
  });

  it('without one there is nothing by key', () => {
    const context = deadlineContext(opened(decl()).state) as Record<string, { byKey: unknown }>;
    expect(context['DL']?.byKey).toEqual({});
  });
});

describe('the base of a deadline', () => {
  it.each([
    ['t', '2026-03-02'],
    ['latest', '2026-03-04'],
  ])('of %s counts from %s', (key, expected) => {
    const bases = [base('none', 'nothing'), base('b1', '"2026-03-04"'), base('b2', '"2026-03-02"')];
    expect(opened(decl({ term: key, bases })).deadline('DL').plan.base).toBe(expected);
  });

  it('must be known, and is named when it is not', () => {
    const play = opened(decl({ bases: [base('b1', 'x'), base('b2', 'y')] }));
    expect(dataOf(play.history, 'IncidentRaised')).toMatchObject({
      code: 'deadline-base-missing',
      message: 'DL non si può calcolare: di ciò da cui decorre (b1, b2) non si sa nessuna data.',
    });
  });

  it.each([
    ['P/1', 'P/1'],
    [7, '7'],
    [null, null],
    [['P/1'], null],
    [{ no: 1 }, null],
  ])('has a proof of %j as %j', (value, expected) => {
    const play = opened(decl({ bases: [base('b', 'd', 'proof')] }), { d: '2026-03-02', proof: value });
    expect(play.deadline('DL').bases).toEqual([{ name: 'b', date: '2026-03-02', proof: expected }]);
  });

  it.each([
    ['2026-03-06T09:20:00+01:00', '2026-03-08T10:00:00+01:00'],
    ['2026-03-06T08:20:00Z', '2026-03-08T10:00:00+01:00'],
    ['2026-03-06', 'date-invalid'],
    ['2026-03-06T09:20', 'date-invalid'],
  ])('of a term in hours is an instant: %s', (d, expected) => {
    const play = opened(decl({ term: 'hours' }), { d });
    expect(codes(play)[0] ?? play.deadline('DL').plan.legalDueDate).toBe(expected);
  });

  it.each([
    ['2026-03-02T23:30:00Z', '2026-03-03'],
    ['2026-03-02', '2026-03-02'],
    [3, 'date-invalid'],
  ])('of a term in days is a day: %s', (d, expected) => {
    const play = opened(decl(), { d });
    expect(codes(play)[0] ?? play.deadline('DL').plan.base).toBe(expected);
  });

  it('gives an incident with the calendar’s code when nothing can be counted from it', () => {
    expect(codes(opened(decl({ term: 'wrong' })))).toEqual(['amount-invalid']);
    expect(codes(opened(decl({ term: 'nowhere' })))).toEqual(['term-unknown']);
    expect(codes(opened(decl({ ladder: 'nowhere' })))).toEqual(['ladder-unknown']);
  });

  it('says in an incident dates as people write them', () => {
    const [incident] = opened(decl({ term: 'nowhere' })).history.filter((it) => it.type === 'IncidentRaised');
    expect(incident!.data.message).toContain('in vigore al 2 marzo 2026');
  });

  it('of another scope is another deadline', () => {
    const inner = sub(
      'it',
      [start('is'), user('a', { deadlines: [decl({ scope: 'local' })] })],
      ['is -> a'],
      {
        loop: multi({ cardinality: plain('2') }),
      },
    );
    const play = new Play(processModel('p', [start('s'), inner, user('next')], ['s -> it -> next']), {
      now,
      catalogue: terms,
    });
    play.start({ d: '2026-03-02' });
    expect([...play.state.deadlines.values()].map(({ status }) => status)).toEqual(['open', 'open']);
    expect(new Set([...play.state.deadlines.values()].map(({ scope }) => scope)).size).toBe(2);
    play.complete('a');
    expect([...play.state.deadlines.values()].map(({ status }) => status)).toEqual(['closed', 'open']);
  });
});

describe('the ladder of a deadline', () => {
  // Base 2 March, 30 days: nominal and legal 1 April, a Wednesday; safe the same. legal-calendar.md § 6
  const told = (...steps: readonly LadderStep[]) =>
    opened(decl(), { d: '2026-03-02' }, steps)
      .deadline('DL')
      .plan.ladder.steps.map(({ id, at }) => [id, at]);

  it('is told in the order of its instants', () => {
    expect(
      told(step('b', 'legal', 0), step('a', 'safe', -10), step('c', 'legal', 5), step('x', 'safe', -10)),
    ).toEqual([
      ['a', '2026-03-20T07:00:00.000Z'],
      ['x', '2026-03-20T07:00:00.000Z'],
      ['b', '2026-04-01T06:00:00.000Z'],
      ['c', '2026-04-03T06:00:00.000Z'],
    ]);
  });

  it('counts from its opening, in days and in hours, at its own time', () => {
    expect(told(step('a', 'opening', 3, { at: '10:30' }))).toEqual([['a', '2026-03-09T09:30:00.000Z']]);
    expect(told(step('a', 'opening', 0, { hours: 5 }))).toEqual([['a', '2026-03-06T14:00:00.000Z']]);
    expect(told(step('a', 'legal', 0, { hours: -5 }))).toEqual([['a', '2026-04-01T01:00:00.000Z']]);
  });

  it('of the last day is told on it, also on a Saturday, and what comes after never before', () => {
    const saturday = (...steps: readonly LadderStep[]) =>
      opened(decl(), { d: '2026-10-15' }, steps)
        .deadline('DL')
        .plan.ladder.steps.map(({ id, at }) => [id, at]);
    expect(saturday(step('on', 'legal', 0))).toEqual([['on', '2026-11-14T07:00:00.000Z']]);
    expect(saturday(step('on', 'safe', 1))).toEqual([['on', '2026-11-13T07:00:00.000Z']]);
    expect(saturday(step('after', 'legal', 1))).toEqual([['after', '2026-11-16T07:00:00.000Z']]);
    expect(saturday(step('after', 'legal', 8))).toEqual([['after', '2026-11-20T07:00:00.000Z']]);
  });

  it('of a term in hours counts in hours, days as 24 of them', () => {
    const steps = [{ ...step('h', 'legal', 0), hours: -2 }, step('d', 'legal', -1), step('o', 'opening', 0)];
    const play = opened(decl({ term: 'hours' }), { d: '2026-03-06T09:20:00+01:00' }, steps);
    expect(play.deadline('DL').plan.ladder.steps.map(({ id, at }) => [id, at])).toEqual([
      ['o', '2026-03-06T08:20:00.000Z'],
      ['d', '2026-03-07T09:00:00.000Z'],
      ['h', '2026-03-08T07:00:00.000Z'],
    ]);
  });

  it('may be none', () => {
    const play = opened(decl());
    expect(play.deadline('DL').plan.ladder.steps).toEqual([]);
  });

  it('repeats a step until somebody answers, and says how often when nobody rang', () => {
    const repeated = step('call', 'legal', 0, { does: 'escalation', repeatHours: 2 });
    const play = opened(decl(), { d: '2026-03-02' }, [repeated]);
    const rounds = (events: readonly CaseEvent[]) =>
      events.flatMap((it) => (it.type === 'LadderStepReached' ? [it.data.round] : []));
    const { key } = play.deadline('DL');
    play.now = '2026-04-01T06:00:00.000Z';
    expect(rounds(play.do({ type: 'TriggerDeadline', deadline: key }))).toEqual([1]);
    play.now = '2026-04-01T07:59:59.999Z';
    expect(play.do({ type: 'TriggerDeadline', deadline: key })).toEqual([]);
    play.now = '2026-04-01T08:00:00.000Z';
    expect(rounds(play.do({ type: 'TriggerDeadline', deadline: key }))).toEqual([2]);
    play.now = '2026-04-01T15:00:00.000Z';
    expect(rounds(play.do({ type: 'TriggerDeadline', deadline: key }))).toEqual([5]);
    expect(play.state.escalations.size).toBe(1);
    const [escalation = ''] = play.state.escalations.keys();
    play.do({ type: 'AcknowledgeEscalation', key: escalation, note: '' });
    play.now = '2026-04-01T20:00:00.000Z';
    expect(play.do({ type: 'TriggerDeadline', deadline: key })).toEqual([]);
  });

  it('raises an escalation anew for another deadline, and after the first was resolved', () => {
    const call = step('call', 'safe', -20, { does: 'escalation' });
    const both = [decl(), decl({ id: 'OTHER' })];
    const model = processModel('p', [start('s'), user('a', { deadlines: both })], ['s -> a']);
    const play = new Play(model, {
      now,
      catalogue: catalogue([term('t')], { default: [call] }),
    });
    play.start({ d: '2026-03-02' });
    play.advanceTo('2026-03-20T00:00:00.000Z');
    expect([...play.state.escalations.values()].map(({ deadline }) => deadline)).toHaveLength(2);
    expect(new Set([...play.state.escalations.values()].map(({ deadline }) => deadline)).size).toBe(2);
  });
});

describe('a change by the flow', () => {
  const after = (
    it_: DeadlineChange,
    variables: Readonly<Record<string, Json>> = {},
    declaration = decl(),
  ): Play => {
    const model = processModel(
      'p',
      [
        start('s'),
        user('a', { deadlines: [declaration] }),
        user('b', { deadlineChanges: [it_] }),
        user('next'),
      ],
      ['s -> a -> b -> next'],
    );
    const play = new Play(model, { now, catalogue: terms });
    play.start({ d: '2026-03-02' });
    play.complete('a');
    play.complete('b', variables);
    return play;
  };

  it.each([
    [change('extend', '14'), ['DeadlineExtended DL'], '2026-04-15'],
    [change('extend', '"P14D"'), ['DeadlineExtended DL'], '2026-04-15'],
    [change('extend', '0'), [], '2026-04-01'],
    [change('suspend'), ['DeadlineSuspended DL'], '2026-04-01'],
    [change('resume'), [], '2026-04-01'],
    [change('interrupt', '"2026-03-05"'), ['DeadlineInterrupted DL'], '2026-04-04'],
    [change('interrupt'), ['DeadlineInterrupted DL'], '2026-04-07'],
    [change('rebase', '"2026-03-03"'), ['DeadlineRebased DL'], '2026-04-02'],
    [change('replace'), ['DeadlineReplaced DL'], '2026-04-01'],
    [change('close'), ['DeadlineClosed DL'], '2026-04-01'],
    [change('reopen'), [], '2026-04-01'],
    [change('meet'), ['DeadlineMet DL'], '2026-04-01'],
    [change('meet', 'nothing'), [], '2026-04-01'],
    [change('close', null, { when: feel('1 > 2') }), [], '2026-04-01'],
    [change('close', null, { ref: 'OTHER' }), [], '2026-04-01'],
  ] as const)('%j', (it_, events, due) => {
    const play = after(it_);
    expect(codes(play)).toEqual([]);
    const happened = short(play.history).filter((it) => /^Deadline(?!Opened)/.test(it));
    expect(happened).toEqual(events);
    expect(play.deadline('DL').plan.legalDueDate).toBe(due);
  });

  it.each([
    ['1.5', 'days-invalid'],
    ['"PT5H"', 'days-invalid'],
    ['"P1M"', 'days-invalid'],
    ['"soon"', 'days-invalid'],
    ['true', 'days-invalid'],
    ['nothing', 'date-invalid'],
  ])('is an incident when it cannot be told: extended by %s', (by, code) => {
    expect(codes(after(change('extend', by)))).toEqual([code]);
  });

  it('gives its reason, else the element’s name', () => {
    const reasonOf = (it_: DeadlineChange) => dataOf(after(it_).history, 'DeadlineClosed');
    expect(reasonOf(change('close', null, { reason: 'law' }))).toMatchObject({ reason: 'law' });
    expect(reasonOf(change('close'))).toMatchObject({ reason: 'b' });
  });
});

describe('operations by a person', () => {
  const reason = 'because';
  const about = (play: Play) => ({ deadline: play.deadline('DL').key, reason });

  it('suspend within the term only, and resume from the same day on', () => {
    const suspended = (on: string) => {
      const play = opened(decl());
      const decision = play.decide({ type: 'SuspendDeadline', ...about(play), on });
      return 'rejection' in decision ? decision.rejection.code : 'done';
    };
    expect(suspended('2026-03-02')).toBe('done');
    expect(suspended('2026-03-06')).toBe('done');
    expect(suspended('2026-03-01')).toBe('date-invalid');
    expect(suspended('2026-03-07')).toBe('date-in-the-future');
    const late = opened(decl({ term: 'short' }));
    late.do({ type: 'SuspendDeadline', ...about(late), on: '2026-03-05' });
    expect(late.refused({ type: 'ResumeDeadline', ...about(late), on: '2026-03-04' })).toBe('date-invalid');
    late.do({ type: 'ResumeDeadline', ...about(late), on: '2026-03-05' });
    expect(late.deadline('DL')).toMatchObject({ status: 'open', extraDays: 0, suspendedOn: null });
  });

  it('neither ring nor expire while suspended', () => {
    const play = opened(decl({ term: 'short' }));
    play.do({ type: 'SuspendDeadline', ...about(play), on: '2026-03-06' });
    play.advanceTo('2026-05-01T00:00:00.000Z');
    expect(play.do({ type: 'TriggerDeadline', deadline: about(play).deadline })).toEqual([]);
    play.do({ type: 'ResumeDeadline', ...about(play), on: '2026-04-30' });
    expect(play.deadline('DL')).toMatchObject({ extraDays: 55, status: 'open' });
  });

  it('correct the base that is named, or a miss with it', () => {
    const play = opened(decl({ term: 'short', bases: [base('b1', 'd'), base('b2', '"2026-03-05"')] }));
    play.advanceTo('2026-03-14T12:00:00.000Z');
    expect(play.deadline('DL').status).toBe('missed');
    const rebase = { type: 'RebaseDeadline', ...about(play), date: '2026-03-04' } as const;
    const events = play.do({ ...rebase, baseName: 'b1' });
    expect(short(events)).toEqual(['DeadlineRebased DL', 'DeadlineReopened DL', 'IncidentResolved']);
    expect(dataOf(events, 'IncidentResolved')).toMatchObject({ resolution: 'deadline-corrected' });
    expect(play.deadline('DL').bases.map(({ date }) => date)).toEqual(['2026-03-04', '2026-03-05']);
    expect(short(play.do({ ...rebase, baseName: 'b2', date: '2026-03-06' }))).toEqual(['DeadlineRebased DL']);
    expect(play.deadline('DL').plan.base).toBe('2026-03-04');
  });

  it('rectify a miss once, and a miss again without another incident', () => {
    const play = opened(decl({ term: 'short' }));
    play.advanceTo('2026-03-14T12:00:00.000Z');
    const rectify = (on: string) => short(play.do({ type: 'RectifyDeadline', ...about(play), on }));
    expect(play.state.incidents.size).toBe(1);
    expect(rectify('2026-03-13')).not.toContain('IncidentRaised a decadence-risk');
    expect(play.state.incidents.size).toBe(1);
    expect(rectify('2026-03-12')).toContain('IncidentResolved');
    expect(play.deadline('DL')).toMatchObject({ status: 'met', decidedOn: '2026-03-12' });
    expect(rectify('2026-03-13')).toContain('IncidentRaised a decadence-risk');
    expect(play.deadline('DL').status).toBe('missed');
  });
});

describe('a waiting term', () => {
  it('allows the act from its first lawful day on', () => {
    const met = (date: string) => {
      const declaration = decl({ term: 'wait', met: [{ by: 'next', date: feel('date'), use: 'decides' }] });
      const play = opened(declaration);
      play.now = '2026-03-20T09:00:00.000Z';
      play.complete('a');
      const decision = play.decide({
        type: 'CompleteUserTask',
        key: play.task('next').key,
        variables: { date },
      });
      return 'rejection' in decision ? decision.rejection.code : short(decision.events)[1];
    };
    // Ten days from 2 March: 12 March; the day after is lawful.
    expect(met('2026-03-12')).toBe('act-too-early');
    expect(met('2026-03-13')).not.toBe('act-too-early');
    expect(met('2026-03-21')).toBe('date-in-the-future');
    expect(met('soon')).toBe('date-invalid');
  });
});

describe('dates', () => {
  it('are days or instants, compared by what they are', () => {
    expect([grainOf('2026-03-06'), grainOf('2026-03-06T10:00:00Z')]).toEqual(['day', 'instant']);
    expect(compareDates('2026-03-06', '2026-03-06')).toBe(0);
    expect(compareDates('2026-03-07', '2026-03-06')).toBeGreaterThan(0);
    expect(compareDates('2026-03-06T00:00:00Z', '2026-03-06')).toBe(0);
    expect(compareDates('2026-03-06', '2026-03-06T01:00:00+01:00')).toBe(0);
  });

  it('that are none are refused with the form that is wanted', () => {
    expect(() => legalDate('soon', 'day', { it: 'It', en: 'It' })).toThrow(
      'It dev’essere una data (AAAA-MM-GG).',
    );
    expect(() => legalDate('soon', 'instant', { it: 'It', en: 'It' })).toThrow(
      'It dev’essere una data con l’ora e il fuso.',
    );
    expect(() => legalDate('2026-03-06T10:00:00Zx', 'instant', { it: 'It', en: 'It' })).toThrow(
      'It dev’essere',
    );
    expect(legalDate('2026-03-06T10:00:00+01:00[Europe/Rome]', 'instant', { it: 'It', en: 'It' })).toBe(
      '2026-03-06T09:00:00.000Z',
    );
  });

  it('of elements that are called, near or far, meet what a caller declared by their own process', () => {
    const calls = (key: string) => ({
      call: {
        process: plain(key),
        binding: { kind: 'latest', versionTag: null },
        propagateAllParentVariables: true,
        propagateAllChildVariables: true,
      } as const,
    });
    const delivery = processModel('delivery', [start('ds'), user('record')], ['ds -> record']);
    const defence = processModel('defence', [start('fs'), call('to', calls('delivery'))], ['fs -> to']);
    const met = (by: string) => {
      const first = user('a', {
        deadlines: [decl({ met: [{ by, date: feel('on'), use: 'both' }] })],
      });
      const model = processModel('p', [start('s'), first, call('c', calls('defence'))], ['s -> a -> c']);
      const play = new Play(model, { now, catalogue: terms, others: [defence, delivery] });
      play.start({ d: '2026-03-02', on: '2026-03-05' });
      play.complete('a');
      play.complete('record');
      return play.deadline('DL').status;
    };
    expect(met('delivery/record')).toBe('met');
    expect(met('defence/record')).not.toBe('met');
  });

  it('that a called part brings are bases of its caller’s deadlines', () => {
    const delivery = processModel('delivery', [start('ds'), user('record')], ['ds -> record']);
    const calling = {
      call: {
        process: plain('delivery'),
        binding: { kind: 'latest', versionTag: null },
        propagateAllParentVariables: true,
        propagateAllChildVariables: true,
      } as const,
    };
    const bases = [
      { name: 'signed', value: feel('d'), proof: null },
      { name: 'received', value: feel('r'), proof: null },
    ];
    const first = user('a', { deadlines: [decl({ bases })] });
    const model = processModel('p', [start('s'), first, call('c', calling)], ['s -> a -> c']);
    const play = new Play(model, { now, catalogue: terms, others: [delivery] });
    play.start({ d: '2026-03-02' });
    play.complete('a');
    expect(play.deadline('DL').plan.alternatives).toBeUndefined();
    play.complete('record', { r: '2026-03-05' });
    expect(play.deadline('DL').plan.alternatives).toMatchObject([{ base: 'received', date: '2026-03-05' }]);
  });

  it('of called elements and mappings are read where they are', () => {
    const model = processModel(
      'p',
      [
        start('s'),
        script('x', '"2026-03-02"', 'd'),
        user('a', { deadlines: [decl()], inputs: [mapping('1', 'y')] }),
      ],
      ['s -> x -> a'],
    );
    const play = new Play(model, { now, catalogue: terms });
    play.start();
    expect(play.deadline('DL').plan.legalDueDate).toBe('2026-04-01');
  });
});
