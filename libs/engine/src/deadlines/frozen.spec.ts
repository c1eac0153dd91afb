import { describe, expect, it } from '@jest/globals';
import type { Term } from '@iter/legal-calendar';
import type { DeadlineDecl } from '@iter/process-model';
import type { Catalogue, LadderStep } from '../env.ts';
import type { CaseEvent } from '../events.ts';
import { end, feel, processModel, start, user } from '../testing/model.ts';
import { Play } from '../testing/play.ts';
import { catalogue, step, term } from '../testing/world.ts';

/** A catalogue that people edit while the case runs. */
class Edited implements Catalogue {
  terms: readonly Term[];
  ladders: Readonly<Record<string, readonly LadderStep[]>>;
  constructor(terms: readonly Term[], ladders: Readonly<Record<string, readonly LadderStep[]>>) {
    this.terms = terms;
    this.ladders = ladders;
  }
  term = (key: string, on: string) => this.#now.term(key, on);
  ladder = (name: string) => this.#now.ladder(name);
  defaultLadder = (nature: Term['nature']) => this.#now.defaultLadder(nature);
  get #now(): Catalogue {
    return catalogue(this.terms, this.ladders);
  }
}

const base = (name: string, value: string) => ({ name, value: feel(value), proof: null });
const model = (declaration: Partial<DeadlineDecl>) =>
  processModel(
    'p',
    [
      start('s'),
      user('a', { deadlines: [{ id: 'DL', term: 'charge', bases: [base('known', 'd')], ...declaration }] }),
      user('b'),
      end('e'),
    ],
    ['s -> a -> b -> e'],
  );
const now = '2026-03-06T09:00:00.000Z';
const reason = 'provvedimento';

function opened(
  declaration: Partial<DeadlineDecl>,
  world: Catalogue,
  variables: Record<string, string | number | null>,
): Play {
  const play = new Play(model(declaration), { now, catalogue: world });
  play.start(variables);
  play.complete('a');
  return play;
}
const plan = (play: Play) => play.deadline('DL').plan;
const told = (play: Play): string[] =>
  plan(play).ladder.steps.map(({ id, at }) => `${id} ${at.slice(0, 10)}`);

describe('a deadline keeps what it was opened with', () => {
  const world = () => new Edited([term('charge')], { default: [step('warn', 'safe', -5)] });

  it('its version of the term, also when the entry is corrected afterwards', () => {
    const it_ = world();
    const play = opened({}, it_, { d: '2026-03-06' });
    expect(play.deadline('DL').frozen).toMatchObject({ rule: { amount: 30 }, validFrom: '2000-01-01' });
    expect(plan(play)).toMatchObject({ legalDueDate: '2026-04-07', calendar: expect.any(String) });
    it_.terms = [term('charge', { amount: 90 })];
    const { key } = play.deadline('DL');
    play.do({ type: 'ExtendDeadline', deadline: key, days: 1, reason });
    expect(plan(play).nominalDate).toBe('2026-04-06');
    play.do({ type: 'RebaseDeadline', deadline: key, baseName: 'known', date: '2026-03-05', reason });
    expect(plan(play).nominalDate).toBe('2026-04-05');
  });

  it('until it counts from a day on which another version is in force', () => {
    const it_ = world();
    const play = opened({}, it_, { d: '2026-03-06' });
    it_.terms = [
      term('charge', { validTo: '2026-03-04' }),
      term('charge', { amount: 60, validFrom: '2026-03-05' }),
    ];
    const { key } = play.deadline('DL');
    play.do({ type: 'RebaseDeadline', deadline: key, baseName: 'known', date: '2026-03-05', reason });
    expect(play.deadline('DL').frozen).toMatchObject({ rule: { amount: 60 }, validFrom: '2026-03-05' });
    expect(plan(play).nominalDate).toBe('2026-05-04');
    play.do({ type: 'InterruptDeadline', deadline: key, base: '2026-03-04', reason });
    expect(play.deadline('DL').frozen?.rule).toMatchObject({ amount: 30 });
    expect(plan(play).nominalDate).toBe('2026-04-03');
  });

  it('its ladder, unless that is issued again', () => {
    const it_ = world();
    const play = opened({}, it_, { d: '2026-03-06' });
    const { key } = play.deadline('DL');
    expect(told(play)).toEqual(['warn 2026-03-27']);
    it_.ladders = { default: [step('early', 'safe', -10), step('warn', 'safe', -3)] };
    play.do({ type: 'ExtendDeadline', deadline: key, days: 7, reason });
    expect(told(play)).toEqual(['warn 2026-04-03']);
    const [event] = play.do({ type: 'ReissueLadder', deadline: key, reason });
    expect(event).toMatchObject({ type: 'DeadlineLadderReissued', data: { key, reason } });
    expect(event?.data).toMatchObject({ bell: '2026-03-31T06:00:00.000Z' });
    expect(told(play)).toEqual(['early 2026-03-31', 'warn 2026-04-07']);
    expect(play.do({ type: 'ReissueLadder', deadline: key, reason })).toEqual([]);
    expect(play.refused({ type: 'ReissueLadder', deadline: key, reason: ' ' })).toBe('reason-required');
    expect(play.refused({ type: 'ReissueLadder', deadline: 'x', reason })).toBe('deadline-not-found');
  });

  it('and says so when the ladder has gone, or the deadline', () => {
    const it_ = new Edited([term('charge', { ladder: 'steep' })], { steep: [step('warn', 'safe', -5)] });
    const play = opened({}, it_, { d: '2026-03-06' });
    const { key } = play.deadline('DL');
    it_.ladders = {};
    expect(play.refused({ type: 'ReissueLadder', deadline: key, reason })).toBe('ladder-unknown');
    play.do({ type: 'ExtendDeadline', deadline: key, days: 7, reason });
    expect(told(play)).toEqual(['warn 2026-04-03']);
  });
});

describe('other bases', () => {
  const two = [base('signed', 'd'), base('received', 'r')];
  const world = catalogue([term('charge'), term('notice', { prudentBase: 'latest' })], { default: [] });

  it('are kept, with what the dates would be from them', () => {
    const play = opened({ bases: two }, world, { d: '2026-03-02', r: '2026-03-06' });
    expect(plan(play)).toMatchObject({ base: '2026-03-02', legalDueDate: '2026-04-01' });
    expect(plan(play).alternatives).toEqual([
      { base: 'received', date: '2026-03-06', nominalDate: '2026-04-05', legalDueDate: '2026-04-07' },
    ]);
    const { key } = play.deadline('DL');
    play.do({ type: 'RebaseDeadline', deadline: key, baseName: 'received', date: '2026-03-01', reason });
    expect(plan(play)).toMatchObject({ base: '2026-03-01', legalDueDate: '2026-03-31' });
    expect(plan(play).alternatives).toMatchObject([{ base: 'signed', legalDueDate: '2026-04-01' }]);
  });

  it('are none when they are not known, or the same day', () => {
    expect(plan(opened({ bases: two }, world, { d: '2026-03-02', r: null })).alternatives).toBeUndefined();
    const same = opened({ bases: two, term: 'notice' }, world, { d: '2026-03-02', r: '2026-03-02' });
    expect(plan(same).alternatives).toBeUndefined();
  });
});

describe('a base that comes to be known', () => {
  const declared: Partial<DeadlineDecl> = {
    bases: [
      { name: 'signed', value: feel('d'), proof: null },
      { name: 'received', value: feel('r'), proof: feel('p') },
    ],
  };
  const world = catalogue([term('charge'), term('notice', { prudentBase: 'latest', nature: 'DIRECTORY' })], {
    default: [step('warn', 'safe', -5)],
  });
  const known = (with_: Record<string, string | null>, of: Partial<DeadlineDecl> = {}) => {
    const play = opened({ ...declared, ...of }, world, { d: '2026-03-02', r: null, p: null });
    play.now = '2026-03-20T09:00:00.000Z';
    return { play, events: play.complete('b', with_) };
  };

  it('is another reading when it does not count', () => {
    const { events, play } = known({ r: '2026-03-06', p: 'PEC 7' });
    expect(events.map(({ type }) => type)).toContain('DeadlineRebased');
    const rebased = events.find(({ type }) => type === 'DeadlineRebased');
    expect(rebased?.data).toMatchObject({
      reason: 'base-known',
      bases: [{ name: 'signed' }, { name: 'received', date: '2026-03-06', proof: 'PEC 7' }],
      plan: {
        base: '2026-03-02',
        legalDueDate: '2026-04-01',
        alternatives: [{ base: 'received', date: '2026-03-06', legalDueDate: '2026-04-07' }],
      },
    });
    expect(play.state.status).toBe('completed');
  });

  it('is the one that counts when it is the prudent one', () => {
    const earlier = known({ r: '2026-03-01', p: null }).events.find(({ type }) => type === 'DeadlineRebased');
    expect(earlier?.data).toMatchObject({ plan: { base: '2026-03-01', legalDueDate: '2026-03-31' } });
    const later = known({ r: '2026-03-06', p: null }, { term: 'notice' });
    expect(later.events.find(({ type }) => type === 'DeadlineRebased')?.data).toMatchObject({
      plan: { base: '2026-03-06', legalDueDate: '2026-04-07' },
    });
  });

  it('is nothing while nobody knows it, and refused when it is no date', () => {
    expect(known({ r: null }).events.map(({ type }) => type)).not.toContain('DeadlineRebased');
    const play = opened(declared, world, { d: '2026-03-02', r: null, p: null });
    const { key } = play.task('b');
    expect(play.refused({ type: 'CompleteUserTask', key, variables: { r: 'ieri' } })).toBe('date-invalid');
  });
});

describe('reminders told as one', () => {
  it.each([
    [['desk'], ['mail'], ['mail', 'desk']],
    [['desk'], undefined, undefined],
    [undefined, undefined, undefined],
  ] as const)('by %j and %j go by %j', (first, second, expected) => {
    const by = (channels: LadderStep['by']) => (channels ? { by: channels } : {});
    const steps = [step('one', 'safe', -20, by(first)), step('two', 'safe', -10, by(second))];
    const late = opened({}, catalogue([term('charge')], { default: steps }), { d: '2026-02-10' });
    const reached = late.history.flatMap((it) => (it.type === 'LadderStepReached' ? [it.data] : []));
    expect(reached.map(({ step: id, passed }) => [id, passed ?? false])).toEqual([
      ['one', true],
      ['two', false],
    ]);
    expect(reached[1]?.by).toEqual(expected);
  });
});

describe('reminders of a deadline that moves', () => {
  const world = catalogue([term('charge')], {
    default: [step('warn', 'safe', -20), step('alarm', 'safe', -5, { repeatHours: 24 })],
  });
  const toldIn = (events: readonly CaseEvent[]): string[] =>
    events.flatMap((it) => (it.type === 'LadderStepReached' ? [`${it.data.step} ${it.data.round}`] : []));

  it('are told again when their time is still to come, and stay told when it has passed', () => {
    const play = opened({}, world, { d: '2026-03-06' });
    expect(told(play)).toEqual(['warn 2026-03-13', 'alarm 2026-03-27']);
    expect(toldIn(play.advanceTo('2026-03-23T09:00:00.000Z'))).toEqual(['warn 1']);
    const { key } = play.deadline('DL');
    // Its time would have been 20 March.
    const moved = play.do({ type: 'ExtendDeadline', deadline: key, days: 7, reason });
    expect(moved.map(({ type }) => type)).toEqual(['DeadlineExtended']);
    expect(toldIn(play.advanceTo('2026-04-02T09:00:00.000Z'))).toEqual([]);
    // Now it comes again, on 10 April.
    play.do({ type: 'ExtendDeadline', deadline: key, days: 21, reason });
    expect(toldIn(play.advanceTo('2026-04-13T09:00:00.000Z'))).toEqual(['warn 1']);
  });

  it('are not kept back for one that was told and stays told', () => {
    const steps = [step('early', 'opening', 25), step('warn', 'safe', -20)];
    const it_ = catalogue([term('charge')], { default: steps });
    const play = opened({}, it_, { d: '2026-03-06' });
    expect(told(play)).toEqual(['warn 2026-03-13', 'early 2026-03-31']);
    expect(toldIn(play.advanceTo('2026-03-23T09:00:00.000Z'))).toEqual(['warn 1']);
    // Nobody rang on the 31st, and the other step moves behind it.
    play.now = '2026-04-02T09:00:00.000Z';
    const { key } = play.deadline('DL');
    const events = play.do({ type: 'ExtendDeadline', deadline: key, days: 17, reason });
    expect(told(play)).toEqual(['early 2026-03-31', 'warn 2026-04-02']);
    const reached = events.flatMap((it) => (it.type === 'LadderStepReached' ? [it.data] : []));
    expect(reached).toMatchObject([{ step: 'early', to: ['DESK_OPERATOR'] }]);
    expect(reached[0]?.passed).toBeUndefined();
  });

  it('go on repeating when their time has passed, and begin again with a term that does', () => {
    const play = opened({}, world, { d: '2026-03-06' });
    const { key } = play.deadline('DL');
    expect(toldIn(play.advanceTo('2026-03-28T09:00:00.000Z'))).toEqual(['warn 1', 'alarm 1', 'alarm 2']);
    play.do({ type: 'RebaseDeadline', deadline: key, baseName: 'known', date: '2026-03-05', reason });
    expect(toldIn(play.advanceTo('2026-03-30T09:00:00.000Z')).length).toBeGreaterThan(0);
    const anew = play.do({ type: 'InterruptDeadline', deadline: key, base: '2026-03-10', reason });
    expect(toldIn(anew)).toEqual(['warn 1']);
  });
});

describe('what an act sets', () => {
  const world = catalogue(
    [
      term('charge', { bounds: { min: { amount: 10, unit: 'd' }, max: { amount: 30, unit: 'd' } } }),
      term('fixed'),
    ],
    { default: [] },
  );
  const amount = { amount: feel('n') };
  const until = { until: feel('u') };

  it('is its length, or the catalogue’s when it sets none', () => {
    const play = opened(amount, world, { d: '2026-03-02', n: 12 });
    expect(plan(play)).toMatchObject({ nominalDate: '2026-03-14', setting: { amount: 12 } });
    expect(plan(opened(amount, world, { d: '2026-03-02', n: null })).nominalDate).toBe('2026-04-01');
  });

  it('is its end, and operations go on from there', () => {
    const play = opened(until, world, { d: '2026-03-02', u: '2026-03-20T23:59:00+01:00' });
    expect(plan(play)).toMatchObject({ nominalDate: '2026-03-20', setting: { until: '2026-03-20' } });
    const { key } = play.deadline('DL');
    play.do({ type: 'ExtendDeadline', deadline: key, days: 2, reason });
    expect(plan(play)).toMatchObject({ nominalDate: '2026-03-22', legalDueDate: '2026-03-23' });
  });

  it.each([
    ['too short', amount, { n: 9 }, 'term-too-short'],
    ['too long', amount, { n: 31 }, 'term-too-long'],
    ['an end before the shortest', until, { u: '2026-03-11' }, 'term-too-short'],
    ['an end that is no date', until, { u: 'domani' }, 'date-invalid'],
  ] as const)('%s is refused where a person hands it in', (_, declaration, given, code) => {
    const play = new Play(model(declaration), { now, catalogue: world });
    play.start({ d: '2026-03-02', n: null, u: null });
    const { key } = play.task('a');
    expect(play.refused({ type: 'CompleteUserTask', key, variables: given })).toBe(code);
  });

  it('is an incident where the norm lets nobody set it', () => {
    const play = opened({ term: 'fixed', ...amount }, world, { d: '2026-03-02', n: 12 });
    expect([...play.state.incidents.values()].map(({ code }) => code)).toEqual(['term-fixed']);
  });
});

describe('when a step is told', () => {
  const steps = (more: Partial<LadderStep>): readonly LadderStep[] => {
    const { days: _, ...one } = step('s', 'safe', 0);
    return [{ ...one, ...more }];
  };
  const at = (of: Partial<LadderStep>, terms: Partial<Parameters<typeof term>[1]> = {}): string[] => {
    const world = catalogue([term('charge', terms)], { default: steps(of) });
    return told(opened({}, world, { d: '2026-03-06' }));
  };
  const wait = { nature: 'DILATORY', amount: 29, earliest: 'dayAfter' } as const;

  it.each([
    ['working days before the safe date', { workingDays: -5 }, {}, ['s 2026-03-27']],
    ['working days after the legal date', { from: 'legal', workingDays: 2 }, {}, ['s 2026-04-09']],
    // Easter and its Monday: the wait of 29 days ends on Saturday 4 April, so one may act from Sunday on.
    ['when one may act, never before', { from: 'earliest', days: 0 }, wait, ['s 2026-04-07']],
    ['only where there is a first lawful day', { from: 'earliest', days: 0 }, {}, []],
  ] as const)('%s', (_, of, terms, expected) => {
    expect(at(of, terms)).toEqual(expected);
  });

  it('that one may act is told although the wait is over, until somebody has', () => {
    const world = catalogue([term('charge', wait)], { default: steps({ from: 'earliest', days: 0 }) });
    const play = opened({ met: [{ by: 'b', date: null, use: 'both' }] }, world, { d: '2026-03-06' });
    play.advanceTo('2026-04-05T09:00:00.000Z');
    expect(play.deadline('DL')).toMatchObject({ status: 'met', quieted: false });
    play.now = '2026-04-06T09:00:00.000Z';
    play.complete('b');
    expect(play.history.some(({ type }) => type === 'LadderStepReached')).toBe(false);
    expect(play.state.status).toBe('completed');
  });
});
