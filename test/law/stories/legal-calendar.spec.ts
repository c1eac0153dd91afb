import { describe, expect, it } from '@jest/globals';
import { feel, start, user } from '../../../libs/engine/src/testing/model.ts';
import { Story, met, opens } from './story.ts';

// Examples of legal-calendar.md § 5 and rules of its §§ 2 and 6 that only a running deadline shows.

const concluding = (adopted: string, received: string | null = null): Story =>
  new Story(
    adopted,
    [
      start('s', {
        deadlines: [
          {
            ...opens('DL_CONCLUSION', 'disciplinary.conclusion', 'adopted'),
            bases: [
              { name: 'adoption', value: feel('adopted'), proof: null },
              { name: 'receipt', value: feel('received'), proof: feel('protocolNo') },
            ],
            met: [met('t_adoptDecision', 'decisionAdoptedAt')],
          },
        ],
      }),
      user('t_adoptDecision'),
      user('next'),
    ],
    ['s -> t_adoptDecision -> next'],
    { adopted, received, protocolNo: 'P/1' },
  );
const key = (story: Story) => story.play.deadline('DL_CONCLUSION').key;
const reason = 'provvedimento';

describe('a term that moves', () => {
  it('LC-41: by the eight days of a suspension', () => {
    const story = concluding('Wed 2026-04-01').until('Wed 2026-04-22');
    story.play.do({ type: 'SuspendDeadline', deadline: key(story), on: '2026-04-22', reason });
    expect(story.tells('DL_CONCLUSION')).toEqual(['suspended Thu 2026-07-30']);
    story.until('Thu 2026-04-30');
    story.play.do({ type: 'ResumeDeadline', deadline: key(story), on: '2026-04-30', reason });
    expect(story.tells('DL_CONCLUSION')).toEqual(['open Fri 2026-08-07']);
    // What comes after adds up with it.
    story.play.do({ type: 'ExtendDeadline', deadline: key(story), days: 14, reason });
    expect(story.tells('DL_CONCLUSION')).toEqual(['open Fri 2026-08-21']);
    story.play.do({ type: 'SuspendDeadline', deadline: key(story), on: '2026-04-30', reason });
    story.until('Mon 2026-05-04');
    story.play.do({ type: 'ResumeDeadline', deadline: key(story), on: '2026-05-04', reason });
    expect(story.tells('DL_CONCLUSION')).toEqual(['open Tue 2026-08-25']);
  });

  it('LC-42: by the fourteen of a hearing deferred', () => {
    const story = concluding('Wed 2026-04-01').until('Wed 2026-05-27');
    story.play.do({ type: 'ExtendDeadline', deadline: key(story), days: 14, reason });
    expect(story.tells('DL_CONCLUSION')).toEqual(['open Thu 2026-08-13']);
  });
});

describe('an act at midnight', () => {
  it('LC-45: signed half an hour after it in Rome is late, though it is the day before in UTC', () => {
    const story = concluding('Wed 2026-04-01').until('Thu 2026-07-30 23:59 +02:00');
    expect(story.tells('DL_CONCLUSION')).toEqual(['open Thu 2026-07-30']);
    story.on('Fri 2026-07-31 00:30 +02:00', 't_adoptDecision', { decisionAdoptedAt: '2026-07-30T22:30:00Z' });
    expect(story.tells('DL_CONCLUSION')).toEqual(['missed Thu 2026-07-30']);
  });

  it('LC-45: is missed by itself at that midnight', () => {
    const story = concluding('Wed 2026-04-01').until('Fri 2026-07-31 00:00 +02:00');
    expect(story.tells('DL_CONCLUSION')).toEqual(['missed Thu 2026-07-30']);
    expect([...story.play.state.incidents.values()].map(({ code }) => code)).toEqual(['decadence-risk']);
    expect(story.play.live()).toEqual(['t_adoptDecision']);
  });

  it('LC-46: half an hour before it is in time', () => {
    const story = concluding('Wed 2026-09-02');
    expect(story.tells('DL_CONCLUSION')).toEqual(['open Thu 2026-12-31']);
    story.on('Thu 2026-12-31 23:31 +01:00', 't_adoptDecision', { decisionAdoptedAt: '2026-12-31T22:30:00Z' });
    expect(story.tells('DL_CONCLUSION')).toEqual(['met Thu 2026-12-31']);
  });

  it('recorded afterwards, a decision of the last day keeps the term that was shown as missed', () => {
    const story = concluding('Wed 2026-04-01').until('Mon 2026-08-03');
    expect(story.tells('DL_CONCLUSION')).toEqual(['missed Thu 2026-07-30']);
    story.on('Mon 2026-08-03', 't_adoptDecision', { decisionAdoptedAt: 'Thu 2026-07-30' });
    expect(story.tells('DL_CONCLUSION')).toEqual(['met Thu 2026-07-30']);
  });
});

describe('the escalation clock', () => {
  it('LC-47: five days before Thursday 30 July is a Saturday: the alarm rings on the Friday at eight', () => {
    expect(concluding('Wed 2026-04-01').rings('DL_CONCLUSION')).toContain('Fri 2026-07-24 08:00');
  });

  it('reminders of a term that moves are planned again, told ones stay', () => {
    const story = concluding('Wed 2026-04-01').until('Mon 2026-07-06');
    const before = story.told('DL_CONCLUSION');
    story.play.do({ type: 'ExtendDeadline', deadline: key(story), days: 14, reason });
    expect(before.length).toBeGreaterThan(0);
    expect(story.told('DL_CONCLUSION').slice(0, before.length)).toEqual(before);
    expect(story.rings('DL_CONCLUSION')).not.toContain('Fri 2026-07-24 08:00');
    expect(story.rings('DL_CONCLUSION')).toContain('Fri 2026-08-07 08:00');
  });
});

describe('the base that counts', () => {
  it('binds the administration from the earliest candidate, shows the later reading and what is unproven', () => {
    const story = concluding('Wed 2026-03-25', 'Tue 2026-03-31');
    const { plan, bases } = story.play.deadline('DL_CONCLUSION');
    expect([plan.base, plan.legalDueDate]).toEqual(['2026-03-25', '2026-07-23']);
    expect(plan.alternatives).toMatchObject([{ base: 'receipt', legalDueDate: '2026-07-29' }]);
    expect(bases.map(({ name, proof }) => [name, proof])).toEqual([
      ['adoption', null],
      ['receipt', 'P/1'],
    ]);
  });

  it('counts anew from a base that was wrong, what was added included', () => {
    const story = concluding('Wed 2026-04-01').until('Mon 2026-04-20');
    story.play.do({ type: 'ExtendDeadline', deadline: key(story), days: 14, reason });
    const rebase = { type: 'RebaseDeadline', baseName: 'adoption', date: '2026-04-02', reason } as const;
    story.play.do({ ...rebase, deadline: key(story) });
    expect(story.tells('DL_CONCLUSION')).toEqual(['open Fri 2026-08-14']);
    story.play.do({ type: 'InterruptDeadline', deadline: key(story), base: '2026-04-20', reason });
    expect(story.tells('DL_CONCLUSION')).toEqual(['open Tue 2026-08-18']);
  });
});
