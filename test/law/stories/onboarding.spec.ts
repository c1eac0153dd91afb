import { describe, expect, it } from '@jest/globals';
import {
  and,
  catching,
  end,
  feel,
  start,
  terminate,
  timer,
  user,
  xor,
} from '../../../libs/engine/src/testing/model.ts';
import { Story, changes, met, opens } from './story.ts';

// Examples of onboarding-and-accompaniment.md § 9 that are stories; their processes are still to be drawn.

const councils = (board: string) => [
  opens('DL_ALBO', 'onboarding.albo', `${board}PublishedAt`, {
    key: feel(`"${board}"`),
    when: feel(`${board}Resolution = "APPROVED"`),
  }),
  opens('DL_EXECUTIVE', 'onboarding.executive', `${board}PublishedAt`, {
    key: feel(`"${board}"`),
    when: feel(`${board}Resolution = "APPROVED"`),
  }),
];

/** The two resolutions and what follows them. */
function deliberating(on: string): Story {
  const council = (board: string) =>
    opens('DL_COUNCIL', 'onboarding.council', 'dpoCheckedAt', {
      id: `DL_COUNCIL_${board}`,
      met: [met(`t_${board}Deliberation`, `${board}DeliberatedAt`)],
    });
  const executive =
    'max([deadlines.DL_EXECUTIVE.byKey.comune.earliestActionDate, deadlines.DL_EXECUTIVE.byKey.province.earliestActionDate])';
  return new Story(
    on,
    [
      start('s'),
      user('t_dpoCheck', { deadlines: [council('comune'), council('province')] }),
      and('gw_councils'),
      user('t_comuneDeliberation', { deadlines: councils('comune') }),
      user('t_provinceDeliberation', { deadlines: councils('province') }),
      and('gw_councilsJoin'),
      xor('gw_approved'),
      end('end_notApproved', { event: terminate }),
      catching('evt_executive', { event: timer('date', `=${executive}`) }),
      user('t_sign'),
    ],
    [
      's -> t_dpoCheck -> gw_councils -> t_comuneDeliberation -> gw_councilsJoin',
      'gw_councils -> t_provinceDeliberation -> gw_councilsJoin -> gw_approved',
      'gw_approved -> end_notApproved if comuneResolution = "REFUSED" or provinceResolution = "REFUSED"',
      'gw_approved -> evt_executive default',
      'evt_executive -> t_sign',
    ],
  ).on(on, 't_dpoCheck', { dpoCheckedAt: on });
}
const posted = (board: string, on: string) => ({
  [`${board}Resolution`]: 'APPROVED',
  [`${board}DeliberatedAt`]: on,
  [`${board}PublishedAt`]: on,
});

it('O-1: the convention is signed from the later of the two executive dates on', () => {
  const story = deliberating('Wed 2026-07-01');
  story.on('Mon 2026-09-07', 't_comuneDeliberation', posted('comune', 'Mon 2026-09-07'));
  expect([...story.tells('DL_EXECUTIVE'), ...story.tells('DL_ALBO')]).toEqual([
    'open Thu 2026-09-17',
    'open Tue 2026-09-22',
  ]);
  expect(story.until('Wed 2026-09-16').play.live()).not.toContain('t_sign');
  story.on('Thu 2026-09-24', 't_provinceDeliberation', posted('province', 'Thu 2026-09-24'));
  expect(story.tells('DL_EXECUTIVE')).toEqual(['met Thu 2026-09-17', 'open Sun 2026-10-04']);
  expect(story.until('Sun 2026-10-04 23:59 +02:00').play.live()).toEqual(['evt_executive']);
  expect(story.until('Mon 2026-10-05 00:00 +02:00').play.live()).toEqual(['t_sign']);
});

it('O-1: a signature on 16 September is refused', () => {
  const executive = opens('DL_EXECUTIVE', 'onboarding.executive', 'comunePublishedAt', {
    met: [met('t_sign', 'signedAt')],
  });
  const story = new Story(
    'Mon 2026-09-07',
    [start('s', { deadlines: [executive] }), user('t_sign'), user('next')],
    ['s -> t_sign -> next'],
    { comunePublishedAt: 'Mon 2026-09-07' },
  );
  expect(story.refused('Wed 2026-09-16', 't_sign', { signedAt: 'Wed 2026-09-16' })).toBe('act-too-early');
  story.on('Fri 2026-09-18', 't_sign', { signedAt: 'Fri 2026-09-18' });
  expect(story.play.live()).toEqual(['next']);
});

describe('O-6: an open case is imported', () => {
  const contestation = opens('DL_CONTESTATION', 'disciplinary.contestation', 'reportReceivedAt', {
    opens: 'activation',
    met: [met('t_signContestation', 'contestationAdoptedAt')],
  });
  const story = new Story(
    'Wed 2026-04-01',
    [start('s'), user('t_classify', { deadlines: [contestation] }), user('t_signContestation')],
    ['s -> t_classify -> t_signContestation'],
    { reportReceivedAt: 'Tue 2026-03-10' },
  );

  it('with the term that it had: no new one because the office changed', () => {
    expect(story.tells('DL_CONTESTATION')).toEqual(['open Thu 2026-04-09']);
  });

  it('the two reminders that are past are told as one, the alarm on the Friday', () => {
    expect(story.until('Wed 2026-04-01 09:01 +02:00').told('DL_CONTESTATION')).toEqual(['reminder-2']);
    expect(story.until('Fri 2026-04-03 07:59 +02:00').told('DL_CONTESTATION')).toEqual(['reminder-2']);
    expect(story.until('Fri 2026-04-03 08:00 +02:00').told('DL_CONTESTATION')).toEqual([
      'reminder-2',
      'alarm',
    ]);
  });
});

it('O-9: one council refuses, both have done their task, and what was open is closed', () => {
  const story = deliberating('Wed 2026-07-01');
  story.on('Mon 2026-09-07', 't_comuneDeliberation', posted('comune', 'Mon 2026-09-07'));
  story.on('Thu 2026-09-10', 't_provinceDeliberation', {
    provinceResolution: 'REFUSED',
    provinceDeliberatedAt: 'Thu 2026-09-10',
  });
  expect(story.play.state.status).toBe('completed');
  expect([...story.tells('DL_EXECUTIVE'), ...story.tells('DL_ALBO')]).toEqual([
    'closed Thu 2026-09-17',
    'closed Tue 2026-09-22',
  ]);
});

describe('O-10: a request to the desk', () => {
  const asked = (urgency: string): Story =>
    new Story(
      'Thu 2026-04-02',
      [
        start('s', {
          deadlines: [
            opens('DL_DESK_ANSWER', 'onboarding.desk-answer', 'receivedAt', {
              amount: feel('if urgency = "URGENT" then 2 else null'),
              met: [met('send_answer', 'answeredAt')],
            }),
          ],
        }),
        user('send_askInfo', { deadlineChanges: [changes('DL_DESK_ANSWER', 'suspend', 'infoAskedAt')] }),
        user('svc_resume', { deadlineChanges: [changes('DL_DESK_ANSWER', 'resume', 'infoReceivedAt')] }),
        user('send_answer'),
        end('end_answered'),
      ],
      ['s -> send_askInfo -> svc_resume -> send_answer -> end_answered'],
      { urgency, receivedAt: 'Thu 2026-04-02' },
    );

  it('stands still while information is awaited', () => {
    const story = asked('NORMAL');
    expect(story.tells('DL_DESK_ANSWER')).toEqual(['open Thu 2026-04-09']);
    story.on('Fri 2026-04-03', 'send_askInfo', { infoAskedAt: 'Fri 2026-04-03' });
    story.on('Wed 2026-04-08', 'svc_resume', { infoReceivedAt: 'Wed 2026-04-08' });
    expect(story.tells('DL_DESK_ANSWER')).toEqual(['open Tue 2026-04-14']);
    story.on('Tue 2026-04-14', 'send_answer', { answeredAt: 'Tue 2026-04-14' });
    expect(story.tells('DL_DESK_ANSWER')).toEqual(['met Tue 2026-04-14']);
  });

  it('when urgent is due on the Saturday, and safe on the Friday', () => {
    const story = asked('URGENT');
    expect(story.tells('DL_DESK_ANSWER')).toEqual(['open Sat 2026-04-04']);
    expect(story.play.deadline('DL_DESK_ANSWER').plan.safeActionDate).toBe('2026-04-03');
  });
});

it('O-11: each body has 75 days for its resolution', () => {
  const story = deliberating('Wed 2026-07-01');
  expect(['comune', 'province'].flatMap((board) => story.tells(`DL_COUNCIL_${board}`))).toEqual([
    'open Mon 2026-09-14',
    'open Mon 2026-09-14',
  ]);
});
