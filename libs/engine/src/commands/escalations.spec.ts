import { describe, expect, it } from '@jest/globals';
import type { CaseEvent } from '../events.ts';
import { fold } from '../evolve.ts';
import { end, feel, processModel, start, user } from '../testing/model.ts';
import { Play } from '../testing/play.ts';
import { catalogue, step, term } from '../testing/world.ts';

// A term of ten days from Tuesday 3 March 2026: it ends on Friday 13. Its ladder calls from 08:00 of that day every two
// hours, has somebody telephone two days before, and says the day after that the power to act is at risk.
const declared = {
  id: 'DL',
  term: 't',
  opens: 'activation' as const,
  bases: [{ name: 'b', value: feel('d'), proof: null }],
  met: [{ by: 'a', date: feel('done'), use: 'both' as const }],
};
const model = processModel(
  'p',
  [
    start('s'),
    user('a', { deadlines: [declared] }),
    user('b', { deadlineChanges: [change('reopen')] }),
    user('c'),
    end('e'),
  ],
  ['s -> a -> b -> c -> e'],
);
const terms = catalogue(
  [term('t', { amount: 10, onMissed: { incident: null, label: { it: '', en: '' } } })],
  {
    default: [
      step('phone', 'safe', -2, { does: 'task', by: ['desk'], to: ['DESK_SUPERVISOR'] }),
      step('today', 'legal', 0, { does: 'escalation', repeatHours: 2 }),
      step('risk', 'legal', 3, { does: 'incident', incident: 'decadence-risk', repeatHours: 24 }),
    ],
  },
);

function change(kind: 'reopen') {
  return { ref: 'DL', kind, on: 'completion' as const, when: null, by: null, key: null, reason: null };
}

function at(now: string): Play {
  const play = new Play(model, { now: '2026-03-03T09:00:00.000Z', catalogue: terms });
  play.start({ d: '2026-03-03', done: '2026-03-13' });
  play.advanceTo(now);
  return play;
}

const called = (play: Play, id: string): string =>
  [...play.state.escalations.values()].find((it) => it.step === id)?.key ?? '';
const state = (play: Play, id: string) => play.state.escalations.get(called(play, id));
const short = (events: readonly CaseEvent[]) =>
  events.map((it) =>
    it.type === 'LadderStepReached' ? `${it.data.step} ${it.data.round}` : it.type.replace('Escalation', ''),
  );
const lastDay = '2026-03-13T08:30:00.000Z';

describe('what a step of a ladder does', () => {
  it('is something to be done, which stays until somebody says how it ended', () => {
    const play = at('2026-03-12T08:00:00.000Z');
    const raised = play.history.find(({ type }) => type === 'EscalationRaised');
    expect(raised?.data).toMatchObject({ kind: 'task', step: 'phone', to: ['DESK_SUPERVISOR'] });
    expect(play.history.find(({ type }) => type === 'LadderStepReached')?.data).toMatchObject({
      does: 'task',
      by: ['desk'],
    });
    expect(state(play, 'phone')).toMatchObject({ kind: 'task', state: 'raised' });
    play.do({ type: 'ResolveEscalation', key: called(play, 'phone'), code: 'CONTACTED', outcome: '' });
    expect(state(play, 'phone')).toMatchObject({ state: 'resolved' });
  });

  it('is an incident with its code, once however often the step is repeated', () => {
    const play = at('2026-03-18T12:00:00.000Z');
    const rounds = play.history.flatMap((it) =>
      it.type === 'LadderStepReached' && it.data.step === 'risk' ? [it.data.round] : [],
    );
    expect(rounds.length).toBeGreaterThan(1);
    const incidents = play.history.flatMap((it) => (it.type === 'IncidentRaised' ? [it.data] : []));
    expect(incidents).toMatchObject([{ code: 'decadence-risk', element: 'a', host: null }]);
    expect(incidents[0]?.deadline).toBe(play.deadline('DL').key);
    expect(play.state.escalations.size).toBe(2);
    play.resolve();
    expect(short(play.advanceTo('2026-03-20T12:00:00.000Z'))).toEqual(['risk 4', 'risk 5']);
  });

  it('is not said by a second incident while the first is open', () => {
    const missed = catalogue([term('t', { amount: 10 })], {
      default: [step('risk', 'legal', 1, { does: 'incident', incident: 'decadence-risk' })],
    });
    const play = new Play(model, { now: '2026-03-03T09:00:00.000Z', catalogue: missed });
    play.start({ d: '2026-03-03', done: '2026-03-13' });
    play.advanceTo('2026-03-20T09:00:00.000Z');
    expect(play.history.filter(({ type }) => type === 'IncidentRaised')).toHaveLength(1);
  });
});

describe('taking over', () => {
  it('claims what is nobody’s without a word, once', () => {
    const play = at(lastDay);
    const take = { type: 'TakeOverEscalation', key: called(play, 'today'), note: '' } as const;
    expect(short(play.do(take, 'rita'))).toEqual(['TakenOver']);
    expect(state(play, 'today')).toMatchObject({ state: 'taken-over', owner: 'rita' });
    expect(play.do(take, 'rita')).toEqual([]);
  });

  it('takes from another with a note only, and from the absent person by their substitute without', () => {
    const play = at(lastDay);
    const take = { type: 'TakeOverEscalation', key: called(play, 'today'), note: '' } as const;
    play.do(take, 'rita');
    expect(play.refused(take, 'olga')).toBe('reason-required');
    play.do({ ...take, note: 'Rita è in udienza.' }, 'olga');
    expect(state(play, 'today')?.owner).toBe('olga');
    expect(play.refused({ ...take, key: 'nobody' })).toBe('escalation-not-found');
    play.onBehalfOf = 'olga';
    expect(short(play.do(take, 'ugo'))).toEqual(['TakenOver']);
    expect(state(play, 'today')?.owner).toBe('ugo');
  });
});

describe('handing on', () => {
  const handOn = (play: Play, to: { account?: string; role?: string }, note = 'segue lei') =>
    ({
      type: 'HandOnEscalation',
      key: called(play, 'today'),
      account: to.account ?? null,
      role: to.role ?? null,
      note,
    }) as const;

  it('gives it to an account, from whom only a note takes it, and says so once', () => {
    const play = at(lastDay);
    expect(play.refused(handOn(play, { account: 'ugo' }, ' '))).toBe('reason-required');
    expect(short(play.do(handOn(play, { account: 'ugo' })))).toEqual(['HandedOn']);
    expect(state(play, 'today')).toMatchObject({
      state: 'raised',
      owner: null,
      handedTo: { account: 'ugo', role: null },
    });
    expect(play.do(handOn(play, { account: 'ugo' }))).toEqual([]);
    const take = { type: 'TakeOverEscalation', key: called(play, 'today'), note: '' } as const;
    expect(play.refused(take, 'olga')).toBe('reason-required');
    play.do(take, 'ugo');
    expect(state(play, 'today')).toMatchObject({ state: 'taken-over', owner: 'ugo', handedTo: null });
    expect(play.do(handOn(play, { account: 'ugo' }))).toEqual([]);
  });

  it('gives it to a role, and back to those whom it called', () => {
    const play = at(lastDay);
    play.do({ type: 'TakeOverEscalation', key: called(play, 'today'), note: '' }, 'rita');
    play.do(handOn(play, { role: 'UPD' }));
    expect(state(play, 'today')).toMatchObject({ owner: null, handedTo: { account: null, role: 'UPD' } });
    play.do(handOn(play, {}));
    expect(state(play, 'today')).toMatchObject({ state: 'raised', owner: null, handedTo: null });
    expect(play.do(handOn(play, {}))).toEqual([]);
  });

  it('lets the reminder be repeated again: from the next time on, not for what was quiet', () => {
    const play = at(lastDay);
    play.do({ type: 'AcknowledgeEscalation', key: called(play, 'today'), note: '' });
    expect(short(play.advanceTo('2026-03-13T14:30:00.000Z'))).toEqual([]);
    const [handed] = play.do(handOn(play, { account: 'ugo' }));
    // Told at 07:00 UTC and every two hours: the next one is at 15:00, the fifth.
    expect(handed?.data).toMatchObject({ bell: '2026-03-13T15:00:00.000Z', round: 4 });
    expect(short(play.advanceTo('2026-03-13T18:00:00.000Z'))).toEqual(['today 5', 'today 6']);
    play.do({ type: 'AcknowledgeEscalation', key: called(play, 'today'), note: '' }, 'ugo');
    expect(short(play.advanceTo('2026-03-13T22:00:00.000Z'))).toEqual([]);
  });

  it('of an earlier step leaves the reminders of the last one as they are, and so does its answer', () => {
    const play = at(lastDay);
    const key = called(play, 'phone');
    const [answer] = play.do({ type: 'TakeOverEscalation', key, note: '' });
    expect(answer?.data).toMatchObject({ past: true, bell: '2026-03-13T09:00:00.000Z' });
    expect(short(play.advanceTo('2026-03-13T09:30:00.000Z'))).toEqual(['today 2']);
    play.do({ type: 'AcknowledgeEscalation', key: called(play, 'today'), note: '' });
    play.do({ type: 'HandOnEscalation', key, account: 'ugo', role: null, note: 'n' });
    expect(short(play.advanceTo('2026-03-13T18:00:00.000Z'))).toEqual([]);
    // Nothing else calls any more: the one that is left stands for the deadline again.
    play.do({ type: 'ResolveEscalation', key: called(play, 'today'), code: 'ACTED', outcome: '' });
    const [handed] = play.do({ type: 'HandOnEscalation', key, account: null, role: 'UPD', note: 'n' });
    expect(handed?.data).not.toHaveProperty('past');
  });

  it('is refused when it is over', () => {
    const play = at(lastDay);
    play.do({ type: 'ResolveEscalation', key: called(play, 'today'), outcome: 'fatto' });
    expect(play.refused(handOn(play, { account: 'ugo' }))).toBe('escalation-already-resolved');
    expect(play.refused({ ...handOn(play, {}), key: 'nobody' })).toBe('escalation-not-found');
  });
});

describe('the outcome', () => {
  it('is a code, and in words where the code says nothing', () => {
    const play = at(lastDay);
    const resolve = { type: 'ResolveEscalation', key: called(play, 'today'), outcome: '' } as const;
    expect(play.refused(resolve)).toBe('reason-required');
    expect(play.refused({ ...resolve, code: 'OTHER' })).toBe('reason-required');
    expect(play.refused({ ...resolve, code: 'NOT_NEEDED', outcome: ' ' })).toBe('reason-required');
    const [event] = play.do({ ...resolve, code: 'ACTED' });
    expect(event?.data).toMatchObject({ code: 'ACTED', outcome: '' });
    expect(play.refused({ ...resolve, code: 'ACTED' })).toBe('escalation-already-resolved');
  });

  it('without a code is another one', () => {
    const play = at(lastDay);
    const [event] = play.do({ type: 'ResolveEscalation', key: called(play, 'today'), outcome: 'altro' });
    expect(event?.data).toMatchObject({ code: 'OTHER', outcome: 'altro' });
  });
});

describe('a deadline that runs again', () => {
  const reopened = (answer: (play: Play) => void): readonly [Play, readonly CaseEvent[]] => {
    const play = at(lastDay);
    answer(play);
    play.complete('a');
    expect(play.deadline('DL').status).toBe('met');
    return [play, play.complete('b')];
  };

  it('calls again whom it had called last', () => {
    const [play, events] = reopened((it_) =>
      it_.do({ type: 'ResolveEscalation', key: called(it_, 'today'), code: 'ACTED', outcome: '' }),
    );
    expect(short(events)).toContain('Reopened');
    expect(state(play, 'today')).toMatchObject({ state: 'raised', owner: null });
    expect(short(play.advanceTo('2026-03-13T11:30:00.000Z'))).toEqual(['today 2', 'today 3']);
    expect(play.state.escalations.size).toBe(2);
  });

  it('does not, when nobody has answered yet', () => {
    const [play, events] = reopened(() => undefined);
    expect(short(events)).not.toContain('Reopened');
    expect(state(play, 'today')?.state).toBe('raised');
  });
});

it('folds what was recorded before there were kinds, codes and handing on', () => {
  const play = at(lastDay);
  const history = play.history.map((event) => {
    if (event.type !== 'EscalationRaised') return event;
    const { kind: _, ...data } = event.data;
    return { ...event, data };
  });
  const key = called(play, 'today');
  const old: readonly CaseEvent[] = [
    ...history,
    { type: 'EscalationResolved', data: { key, deadline: null, outcome: 'fatto' } },
  ];
  expect(fold(old).escalations.get(key)).toMatchObject({ kind: 'escalation', state: 'resolved' });
});
