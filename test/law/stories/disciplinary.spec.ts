import { describe, expect, it } from '@jest/globals';
import { end, feel, start, user, xor } from '../../../libs/engine/src/testing/model.ts';
import { Story, changes, met, opens } from './story.ts';

// Examples of disciplinary.md § 14 told by the engine alone, without the drawn processes: their dates hold in any drawing.

describe('D-4: the accelerated procedure', () => {
  const story = new Story(
    'Mon 2026-05-11 09:00 +02:00',
    [
      start('start_flagrante', {
        deadlines: [
          opens('DL_SUSPENSION_48H', 'disciplinary.suspension-48h', 'knownAtInstant', {
            met: [met('t_suspendAndCharge', 'suspensionAdoptedAt')],
          }),
          opens('DL_CONTESTATION', 'disciplinary.contestation', 'knownAtInstant', {
            met: [
              met('t_suspendAndCharge', 'contestationAdoptedAt', 'decides'),
              met('t_deliver', 'receivedAt', 'quiets'),
            ],
          }),
        ],
      }),
      user('t_suspendAndCharge', {
        deadlines: [
          opens('DL_CONCLUSION', 'disciplinary.conclusion', 'contestationAdoptedAt'),
          opens('DL_HEARING_NOTICE_15', 'disciplinary.hearing-notice-15', 'hearingAt', {
            met: [met('t_deliver', 'receivedAt')],
          }),
          opens('DL_INSP_START', 'disciplinary.inspectorate-start', 'contestationAdoptedAt'),
          opens('DL_INSP_SUSP', 'disciplinary.inspectorate-suspension', 'contestationAdoptedAt'),
          opens('DL_PROSECUTOR', 'disciplinary.prosecutor', 'contestationAdoptedAt'),
          opens('DL_COURT_OF_AUDITORS', 'disciplinary.court-of-auditors', 'contestationAdoptedAt'),
        ],
      }),
      user('t_deliver', {
        deadlines: [opens('DL_CONCLUSION_30', 'disciplinary.conclusion-30', 'receivedAt')],
      }),
      user('t_holdHearing'),
    ],
    ['start_flagrante -> t_suspendAndCharge -> t_deliver -> t_holdHearing'],
    { knownAtInstant: 'Mon 2026-05-11 08:40 +02:00' },
  );

  it('counts the 48 hours by instants, and the outer limits by days', () => {
    const { plan } = story.play.deadline('DL_SUSPENSION_48H');
    expect([plan.safeActionDate, plan.legalDueDate]).toEqual([
      '2026-05-13T08:40:00+02:00',
      '2026-05-13T09:00:00+02:00',
    ]);
    expect(story.tells('DL_CONTESTATION')).toEqual(['open Wed 2026-06-10']);
  });

  it('meets both with one act, and opens what follows from it', () => {
    story.on('Tue 2026-05-12 16:05 +02:00', 't_suspendAndCharge', {
      suspensionAdoptedAt: 'Tue 2026-05-12 16:00 +02:00',
      contestationAdoptedAt: 'Tue 2026-05-12',
      hearingAt: 'Wed 2026-05-27 10:00 +02:00',
    });
    expect(story.tells('DL_SUSPENSION_48H')).toEqual(['met Wed 2026-05-13']);
    story.on('Tue 2026-05-12 16:10 +02:00', 't_deliver', { receivedAt: 'Tue 2026-05-12' });
    const ids = [
      'CONTESTATION',
      'HEARING_NOTICE_15',
      'CONCLUSION_30',
      'CONCLUSION',
      'INSP_START',
      'INSP_SUSP',
    ];
    expect([...ids, 'PROSECUTOR', 'COURT_OF_AUDITORS'].flatMap((id) => story.tells(`DL_${id}`))).toEqual([
      'met Wed 2026-06-10',
      'met Tue 2026-05-12',
      'open Thu 2026-06-11',
      'open Wed 2026-09-09',
      ...Array.from({ length: 4 }, () => 'open Mon 2026-06-01'),
    ]);
  });
});

it('D-10: the request that comes before the end of a month without a 31st is in time', () => {
  const story = new Story(
    'Mon 2027-02-15',
    [
      start('start_reopening'),
      user('t_registerCommunication', {
        deadlines: [
          opens('DL_REOPEN_REQUEST', 'disciplinary.reopen-request', 'finalityAt', {
            opens: 'activation',
            met: [met('t_registerCommunication', 'requestReceivedAt')],
          }),
          opens('DL_RESUME', 'disciplinary.resume', 'requestReceivedAt'),
        ],
      }),
      user('t_assessResumption'),
    ],
    ['start_reopening -> t_registerCommunication -> t_assessResumption'],
    { finalityAt: 'Mon 2026-08-31', requestReceivedAt: 'Mon 2027-02-15' },
  );
  story.on('Mon 2027-02-15', 't_registerCommunication');
  expect([...story.tells('DL_REOPEN_REQUEST'), ...story.tells('DL_RESUME')]).toEqual([
    'met Mon 2027-03-01',
    'open Fri 2027-04-16',
  ]);
});

describe('D-13: the precautionary suspension', () => {
  const suspended = (from: string): Story => {
    const declaration = opens(
      'DL_PREC_SUSPENSION',
      'disciplinary.precautionary-suspension',
      'suspensionFrom',
      {
        met: [met('t_recordSuspensionEnd', 'suspensionEndedAt')],
      },
    );
    const pieces = [start('s', { deadlines: [declaration] }), user('t_recordSuspensionEnd'), user('next')];
    return new Story(from, pieces, ['s -> t_recordSuspensionEnd -> next'], { suspensionFrom: from });
  };

  it('ceases with its thirtieth day, a holiday included', () => {
    const story = suspended('Thu 2026-04-02');
    expect(story.until('Fri 2026-05-01 23:59 +02:00').tells('DL_PREC_SUSPENSION')).toEqual([
      'open Fri 2026-05-01',
    ]);
    expect(story.until('Sat 2026-05-02 00:00 +02:00').tells('DL_PREC_SUSPENSION')).toEqual([
      'closed Fri 2026-05-01',
    ]);
    expect(story.events('DeadlineClosed', 'DL_PREC_SUSPENSION')).toMatchObject([{ reason: 'EXPIRED' }]);
  });

  it('or is met by a readmission before', () => {
    const story = suspended('Thu 2026-05-14');
    story.on('Wed 2026-06-10', 't_recordSuspensionEnd', { suspensionEndedAt: 'Wed 2026-06-10' });
    expect(story.tells('DL_PREC_SUSPENSION')).toEqual(['met Fri 2026-06-12']);
  });
});

it('D-14: signed in time and received late is kept, and rings until the receipt', () => {
  const contestation = opens('DL_CONTESTATION', 'disciplinary.contestation', 'reportReceivedAt', {
    opens: 'activation',
    met: [
      met('t_signContestation', 'contestationAdoptedAt', 'decides'),
      met('t_recordDelivery', 'contestationReceivedAt', 'quiets'),
    ],
  });
  const story = new Story(
    'Tue 2026-03-10',
    [
      start('s'),
      user('t_signContestation', { deadlines: [contestation] }),
      user('t_recordDelivery'),
      user('next'),
    ],
    ['s -> t_signContestation -> t_recordDelivery -> next'],
    { reportReceivedAt: 'Tue 2026-03-10' },
  );
  story.on('Wed 2026-04-08', 't_signContestation', { contestationAdoptedAt: 'Wed 2026-04-08' });
  const signed = story.told('DL_CONTESTATION').length;
  story.until('Tue 2026-04-14');
  const rung = story.told('DL_CONTESTATION').length;
  expect(rung).toBeGreaterThan(signed + 4);
  story.on('Tue 2026-04-14', 't_recordDelivery', { contestationReceivedAt: 'Tue 2026-04-14' });
  expect(story.until('Thu 2026-04-30').told('DL_CONTESTATION')).toHaveLength(rung);
  expect([story.tells('DL_CONTESTATION'), story.events('DeadlineMissed', 'DL_CONTESTATION')]).toEqual([
    ['met Thu 2026-04-09'],
    [],
  ]);
});

it('D-16: a negative receipt of the Inspectorate reopens the term with the same date', () => {
  const story = new Story(
    'Wed 2026-03-25',
    [
      start('start_inspectorate', {
        deadlines: [
          opens('DL_INSP_START', 'disciplinary.inspectorate-start', 'actAdoptedAt', {
            met: [met('t_sendPec', 'pecAcceptedAt')],
          }),
        ],
      }),
      user('t_sendPec'),
      user('t_readReceipt', {
        deadlineChanges: [changes('DL_INSP_START', 'reopen', null, { when: feel('outcome = "REJECTED"') })],
      }),
      xor('gw_receipt'),
      end('end_inspectorateAccepted'),
    ],
    [
      'start_inspectorate -> t_sendPec -> t_readReceipt -> gw_receipt',
      'gw_receipt -> t_sendPec if outcome = "REJECTED"',
      'gw_receipt -> end_inspectorateAccepted default',
    ],
    { actAdoptedAt: 'Wed 2026-03-25' },
  );
  story.on('Tue 2026-04-07', 't_sendPec', { pecAcceptedAt: 'Tue 2026-04-07' });
  expect(story.tells('DL_INSP_START')).toEqual(['met Tue 2026-04-14']);
  story.on('Thu 2026-04-09', 't_readReceipt', { outcome: 'REJECTED' });
  expect(story.tells('DL_INSP_START')).toEqual(['open Tue 2026-04-14']);
  story.on('Fri 2026-04-10', 't_sendPec', { pecAcceptedAt: 'Fri 2026-04-10' });
  story.on('Fri 2026-04-10', 't_readReceipt', { outcome: 'ACCEPTED' });
  expect(story.tells('DL_INSP_START')).toEqual(['met Tue 2026-04-14']);
  expect(story.play.state.status).toBe('completed');
});
