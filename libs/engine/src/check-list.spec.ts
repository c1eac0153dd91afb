import { describe, expect, it } from '@jest/globals';
import { checkListOf } from './check-list.ts';
import type { CheckLine } from './check-list.ts';
import { feel, plain, processModel, start, user } from './testing/model.ts';
import { Play } from './testing/play.ts';
import { catalogue, term } from './testing/world.ts';
import type { Variables } from './events.ts';

const rule = { code: 'too-early', when: feel('signedOn < executiveFrom') };
const model = processModel(
  'p',
  [
    start('s', {
      deadlines: [
        {
          ...{ id: 'DL_SIGN', term: 'sign', bases: [{ name: 'known', value: feel('knownAt'), proof: null }] },
          met: [
            { by: 'sign', date: null, use: 'decides' },
            { by: 'send', date: null, use: 'quiets' },
          ],
        },
        {
          ...{ id: 'DL_WAIT', term: 'wait', bases: [{ name: 'known', value: feel('knownAt'), proof: null }] },
          met: [{ by: 'sign', date: null, use: 'decides' }],
        },
      ],
    }),
    user('sign', {
      refusals: [
        {
          ...rule,
          message: feel('"Dal " + executiveFrom'),
          label: 'La delibera è esecutiva',
          norm: 'art. 134',
        },
        { code: 'court-order', when: feel('courtOrder = true'), message: plain('Il giudice ha sospeso.') },
      ],
      acts: [
        { template: 'charge', out: 'chargeDoc', on: 'activation', when: null },
        { template: 'other', out: 'otherDoc', on: 'activation', when: feel('nobody = true') },
        { template: 'minutes', out: 'minutesDoc', on: 'completion', when: null },
      ],
    }),
    user('send'),
  ],
  ['s -> sign', 'sign -> send'],
);

function begun(now = '2026-03-06T09:00:00.000Z'): Play {
  const wait = term('wait', { amount: 10, nature: 'DILATORY', earliest: 'dayAfter' });
  const play = new Play(model, { now, catalogue: catalogue([term('sign', { amount: 30 }), wait], {}) });
  play.start({ knownAt: '2026-03-06', executiveFrom: '2026-03-10', courtOrder: false });
  return play;
}

function asked(
  play: Play,
  given: Variables = {},
  { unfit = [], isLookedUp = true }: { unfit?: readonly string[]; isLookedUp?: boolean } = {},
): readonly CheckLine[] {
  const [key = ''] = play.state.tasks.keys();
  const models = (hash: string) => (hash === model.hash ? model : undefined);
  return checkListOf(models, play.state, { key, given, unfit: new Set(unfit), isLookedUp }, play.env());
}

describe('the check-list of a task', () => {
  it('judges the rules with what is handed in so far, and says what cannot be told', () => {
    const play = begun();
    const [unknown, order] = asked(play);
    expect(unknown).toMatchObject({
      ...{ kind: 'rule', code: 'too-early', holds: null, message: null },
      ...{ label: 'La delibera è esecutiva', norm: 'art. 134' },
    });
    expect(order).toMatchObject({
      holds: true,
      label: null,
      message: { it: 'Il giudice ha sospeso.', en: null },
    });
    expect(asked(play, { signedOn: '2026-03-09' })[0]).toMatchObject({
      holds: false,
      message: { it: 'Dal 10 marzo 2026', en: null },
    });
    expect(asked(play, { signedOn: '2026-03-10' })[0]).toMatchObject({ holds: true });
    const held = (more: { unfit?: readonly string[]; isLookedUp?: boolean }) =>
      asked(play, { signedOn: '2026-03-10' }, more)
        .slice(0, 2)
        .map(({ holds }) => holds);
    expect(held({ isLookedUp: false })).toEqual([null, null]);
    expect(held({ unfit: ['courtOrder', 'other'] })).toEqual([true, null]);
  });

  it('says whether the terms that it decides would be kept now', () => {
    const play = begun();
    const term = (code = 'DL_SIGN') => asked(play).find((it) => it.code === code);
    expect(term()).toMatchObject({ code: 'DL_SIGN', holds: true, at: '2026-04-07' });
    expect(term()?.key).toBe([...play.state.deadlines.keys()][0]);
    expect(term('DL_WAIT')).toMatchObject({ kind: 'wait', holds: false, at: '2026-03-17' });
    play.now = '2026-03-17T09:00:00.000Z';
    expect(term('DL_WAIT')).toMatchObject({ holds: true });
    play.now = '2026-04-08T09:00:00.000Z';
    expect(term()).toMatchObject({ holds: false });
  });

  it('names the acts that were to be drafted for it, and what has become of them', () => {
    const play = begun();
    const act = () => asked(play).filter(({ kind }) => kind === 'act');
    expect(act()).toMatchObject([{ code: 'charge', holds: null, key: null }]);
  });

  it('asks nothing of a task that only quiets a term, and nothing of one that is not open', () => {
    const play = begun();
    play.now = '2026-04-08T09:00:00.000Z';
    play.complete('sign', { signedOn: '2026-03-10' });
    expect(asked(play)).toEqual([]);
    play.complete('send');
    expect(asked(play)).toEqual([]);
  });

  it('changes nothing', () => {
    const play = begun();
    const before = JSON.stringify([...play.state.deadlines]);
    asked(play, { signedOn: '2026-03-10' });
    expect(JSON.stringify([...play.state.deadlines])).toBe(before);
  });
});
