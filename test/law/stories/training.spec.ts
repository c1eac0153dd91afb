import { expect, it } from '@jest/globals';
import { feel, multi, start, user, xor } from '../../../libs/engine/src/testing/model.ts';
import { Story, met, opens } from './story.ts';

// Examples of training.md § 11 that are stories; their processes are still to be drawn.

it('T-8: the survey warns a week before, and two days before on the Friday', () => {
  const survey = opens('DL_SURVEY', 'training.survey', 'surveyOpenedAt', {
    met: [met('t_answerSurvey', 'answeredAt')],
  });
  const story = new Story(
    'Mon 2026-10-05',
    [start('s', { deadlines: [survey] }), user('t_answerSurvey')],
    ['s -> t_answerSurvey'],
    { surveyOpenedAt: 'Mon 2026-10-05' },
  );
  expect(story.tells('DL_SURVEY')).toEqual(['open Mon 2026-10-26']);
  expect(story.rings('DL_SURVEY').slice(0, 2)).toEqual(['Mon 2026-10-19 08:00', 'Fri 2026-10-23 08:00']);
});

it('T-11: one Comune of several has no PIAO, and its term alone is missed', () => {
  const piao = opens('DL_PIAO', 'training.piao', 'piaoDueBase', {
    opens: 'activation',
    key: feel('comune'),
    met: [met('t_piaoInsertion', 'piaoAdoptedAt')],
  });
  const story = new Story(
    'Fri 2027-01-01',
    [
      start('s'),
      user('t_piaoInsertion', {
        deadlines: [piao],
        loop: multi({ collection: feel('comuni'), item: 'comune' }),
      }),
      user('end_cycle'),
    ],
    ['s -> t_piaoInsertion -> end_cycle'],
    { comuni: ['c_borgo', 'c_monte', 'c_valle'], piaoDueBase: 'Fri 2027-01-01' },
  );
  expect(story.tells('DL_PIAO')).toEqual(Array.from({ length: 3 }, () => 'open Mon 2027-02-01'));
  story.on('Fri 2027-01-29', 't_piaoInsertion', { piaoAdoptedAt: 'Fri 2027-01-29' });
  story.on('Mon 2027-02-01', 't_piaoInsertion', { piaoAdoptedAt: 'Mon 2027-02-01' });
  expect(story.until('Mon 2027-02-01 23:59 +01:00').tells('DL_PIAO').toSorted()).toEqual([
    'met Mon 2027-02-01',
    'met Mon 2027-02-01',
    'open Mon 2027-02-01',
  ]);
  expect(story.until('Tue 2027-02-02 00:00 +01:00').tells('DL_PIAO').toSorted()).toEqual([
    'met Mon 2027-02-01',
    'met Mon 2027-02-01',
    'missed Mon 2027-02-01',
  ]);
  expect(story.until('Wed 2027-03-31').play.live()).toContain('t_piaoInsertion');
});

it('T-13: an edition that is postponed replaces enrolment and convocation', () => {
  const story = new Story(
    'Thu 2026-10-01',
    [
      start('s'),
      user('t_publishEdition', {
        deadlines: [
          opens('DL_ENROL', 'training.enrol', 'firstSessionAt'),
          opens('DL_CONVENE', 'training.convene', 'firstSessionAt', {
            met: [met('t_convene', 'convenedAt')],
          }),
        ],
      }),
      user('t_decideCancel'),
      xor('gw_cancel'),
      user('t_convene'),
    ],
    [
      's -> t_publishEdition -> t_decideCancel -> gw_cancel',
      'gw_cancel -> t_publishEdition if cancelDecision = "POSTPONE"',
      'gw_cancel -> t_convene default',
    ],
  );
  story.on('Thu 2026-10-01', 't_publishEdition', { firstSessionAt: 'Wed 2026-11-04' });
  expect([...story.tells('DL_ENROL'), ...story.tells('DL_CONVENE')]).toEqual([
    'open Fri 2026-10-30',
    'open Sat 2026-10-31',
  ]);
  story.on('Fri 2026-10-30', 't_decideCancel', { cancelDecision: 'POSTPONE' });
  story.on('Fri 2026-10-30', 't_publishEdition', { firstSessionAt: 'Wed 2026-11-25' });
  expect([...story.tells('DL_ENROL'), ...story.tells('DL_CONVENE')]).toEqual([
    'replaced Fri 2026-10-30',
    'open Fri 2026-11-20',
    'replaced Sat 2026-10-31',
    'open Sat 2026-11-21',
  ]);
  expect(story.play.deadline('DL_CONVENE').plan.safeActionDate).toBe('2026-11-20');
});
