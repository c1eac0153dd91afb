import { describe, expect, it } from '@jest/globals';
import { end, feel, start, user } from '../../../libs/engine/src/testing/model.ts';
import { Story, changes, met, opens } from './story.ts';

// Examples of disciplinary.md § 14 in which the 120 days stand still, are replaced or closed, told by the engine alone,
// without the drawn processes: their dates hold in any drawing.

const sign = user('t_signContestation', {
  deadlines: [
    opens('DL_CONCLUSION', 'disciplinary.conclusion', 'contestationAdoptedAt', {
      met: [met('t_adoptDecision', 'decisionAdoptedAt')],
    }),
  ],
});

describe('D-5: suspended for the criminal proceedings', () => {
  it('the case that waited ends with its conclusion replaced, not met, and its review closed', () => {
    const story = new Story(
      'Wed 2026-03-25',
      [
        start('s'),
        sign,
        user('t_suspendForPenal', {
          deadlineChanges: [changes('DL_CONCLUSION', 'suspend', 'penalSuspendedAt')],
          deadlines: [opens('DL_PENAL_REVIEW', 'disciplinary.penal-review', 'penalSuspendedAt')],
        }),
        user('t_assessPenal'),
        user('send_startResumption', { deadlineChanges: [changes('DL_CONCLUSION', 'replace')] }),
        end('end_supersededByResumption'),
      ],
      [
        's -> t_signContestation -> t_suspendForPenal -> t_assessPenal -> send_startResumption',
        'send_startResumption -> end_supersededByResumption',
      ],
    );
    story.on('Wed 2026-03-25', 't_signContestation', { contestationAdoptedAt: 'Wed 2026-03-25' });
    story.on('Wed 2026-05-20', 't_suspendForPenal', { penalSuspendedAt: 'Wed 2026-05-20' });
    expect(story.tells('DL_CONCLUSION')).toEqual(['suspended Thu 2026-07-23']);
    expect(story.tells('DL_PENAL_REVIEW')).toEqual(['open Thu 2027-05-20']);
    story.on('Mon 2026-11-09', 't_assessPenal').on('Mon 2026-11-09', 'send_startResumption');
    expect(story.play.state.status).toBe('completed');
    expect(story.tells('DL_CONCLUSION')).toEqual(['replaced Thu 2026-07-23']);
    expect(story.tells('DL_PENAL_REVIEW')).toEqual(['closed Thu 2027-05-20']);
  });

  it('the charge renewed in time meets the 60 days, and 120 new ones run', () => {
    const renewal = user('t_signContestation', {
      deadlines: [opens('DL_CONCLUSION', 'disciplinary.conclusion', 'contestationAdoptedAt')],
    });
    const story = new Story(
      'Mon 2026-11-09',
      [
        start('start_resumption'),
        user('t_registerCommunication', {
          deadlines: [
            opens('DL_RESUME', 'disciplinary.resume', 'resumeBaseAt', {
              met: [met('t_signContestation', 'contestationAdoptedAt')],
            }),
          ],
        }),
        renewal,
        user('next'),
      ],
      ['start_resumption -> t_registerCommunication -> t_signContestation -> next'],
    );
    story.on('Mon 2026-11-09', 't_registerCommunication', { resumeBaseAt: 'Mon 2026-11-09' });
    expect(story.tells('DL_RESUME')).toEqual(['open Fri 2027-01-08']);
    story.on('Mon 2026-12-14', 't_signContestation', { contestationAdoptedAt: 'Mon 2026-12-14' });
    expect(story.tells('DL_RESUME')).toEqual(['met Fri 2027-01-08']);
    expect(story.tells('DL_CONCLUSION')).toEqual(['open Tue 2027-04-13']);
  });
});

describe('D-6: the employee goes to another body', () => {
  it('here the terms are replaced', () => {
    const story = new Story(
      'Wed 2026-04-01',
      [
        start('s'),
        user('t_classify', {
          deadlines: [
            opens('DL_CONTESTATION', 'disciplinary.contestation', 'reportReceivedAt', {
              opens: 'activation',
              met: [met('t_signContestation', 'contestationAdoptedAt')],
            }),
          ],
        }),
        user('t_handOverFile', {
          deadlineChanges: [changes('DL_CONTESTATION', 'replace'), changes('DL_CONCLUSION', 'replace')],
        }),
        sign,
        end('end_transferred'),
      ],
      ['s -> t_classify -> t_signContestation -> t_handOverFile -> end_transferred'],
      { reportReceivedAt: 'Wed 2026-04-01' },
    );
    story.on('Wed 2026-04-15', 't_classify');
    story.on('Wed 2026-04-15', 't_signContestation', { contestationAdoptedAt: 'Wed 2026-04-15' });
    story.on('Mon 2026-07-13', 't_handOverFile');
    expect(story.play.state.status).toBe('completed');
    expect(story.tells('DL_CONCLUSION')).toEqual(['replaced Thu 2026-08-13']);
    expect(story.tells('DL_CONTESTATION')).toEqual(['met Sat 2026-05-02']);
  });

  it.each([
    ['t_takeOverFile', 'DL_CONCLUSION', 'disciplinary.conclusion', 'open Tue 2026-11-10'],
    ['t_classify', 'DL_CONTESTATION', 'disciplinary.contestation', 'open Wed 2026-08-12'],
  ])('there %s opens %s anew from the receipt of the file, August included', (task, id, term, told) => {
    const declaration = opens(id, term, 'fileReceivedAt', { opens: 'activation' });
    const story = new Story(
      'Mon 2026-07-13',
      [start('s'), user(task, { deadlines: [declaration] })],
      [`s -> ${task}`],
      {
        fileReceivedAt: 'Mon 2026-07-13',
      },
    );
    expect(story.until('Tue 2026-07-14').tells(id)).toEqual([told]);
  });
});

describe('D-7: the agreed sanction that fails', () => {
  const story = new Story(
    'Wed 2026-04-01',
    [
      start('s'),
      sign,
      user('t_holdHearing', {
        deadlines: [
          opens('DL_AGREE_PROPOSAL', 'disciplinary.agreement-proposal', 'hearingHeldAt', {
            met: [met('t_registerProposal', 'proposalAt')],
          }),
        ],
      }),
      user('t_registerProposal', {
        deadlines: [
          opens('DL_AGREE_END', 'disciplinary.agreement-end', 'contestationAdoptedAt', {
            opens: 'activation',
          }),
          opens('DL_AGREE_REPLY', 'disciplinary.agreement-reply', 'proposalReceivedAt', {
            met: [met('t_replyProposal', 'repliedAt')],
          }),
        ],
        deadlineChanges: [changes('DL_CONCLUSION', 'suspend', 'proposalAt')],
      }),
      user('t_replyProposal', {
        deadlines: [
          opens('DL_AGREE_MEETING', 'disciplinary.agreement-meeting', 'repliedAt', {
            met: [met('t_agreementMeeting', 'agreementConvenedAt')],
          }),
        ],
      }),
      user('t_agreementMeeting'),
      user('t_closeAgreement', {
        deadlineChanges: [changes('DL_CONCLUSION', 'resume', 'agreementClosedAt')],
      }),
      user('t_investigate'),
    ],
    [
      's -> t_signContestation -> t_holdHearing -> t_registerProposal -> t_replyProposal -> t_agreementMeeting',
      't_agreementMeeting -> t_closeAgreement -> t_investigate',
    ],
  );

  it('runs its own terms while the 120 days stand still', () => {
    story.on('Wed 2026-04-01', 't_signContestation', { contestationAdoptedAt: 'Wed 2026-04-01' });
    story.on('Tue 2026-04-21', 't_holdHearing', { hearingHeldAt: 'Tue 2026-04-21 10:00 +02:00' });
    expect([...story.tells('DL_AGREE_PROPOSAL'), ...story.tells('DL_AGREE_END')]).toEqual([
      'open Mon 2026-04-27',
      'open Sat 2026-05-02',
    ]);
    const proposal = { proposalAt: 'Wed 2026-04-22', proposalReceivedAt: 'Wed 2026-04-22' };
    story.on('Wed 2026-04-22', 't_registerProposal', proposal);
    expect([...story.tells('DL_AGREE_PROPOSAL'), ...story.tells('DL_CONCLUSION')]).toEqual([
      'met Mon 2026-04-27',
      'suspended Thu 2026-07-30',
    ]);
    story.on('Mon 2026-04-27', 't_replyProposal', { repliedAt: 'Mon 2026-04-27' });
    expect([...story.tells('DL_AGREE_REPLY'), ...story.tells('DL_AGREE_MEETING')]).toEqual([
      'met Mon 2026-04-27',
      'open Thu 2026-04-30',
    ]);
  });

  it('gives back the eight days', () => {
    story.on('Thu 2026-04-30', 't_agreementMeeting', { agreementConvenedAt: 'Thu 2026-04-30' });
    story.on('Thu 2026-04-30', 't_closeAgreement', { agreementClosedAt: 'Thu 2026-04-30' });
    expect([...story.tells('DL_AGREE_MEETING'), ...story.tells('DL_CONCLUSION')]).toEqual([
      'met Thu 2026-04-30',
      'open Fri 2026-08-07',
    ]);
  });
});

it('D-9: keeps the other reading of the 120 days, from the receipt', () => {
  const conclusion = {
    ...opens('DL_CONCLUSION', 'disciplinary.conclusion', 'contestationAdoptedAt'),
    bases: [
      { name: 'adoption', value: feel('contestationAdoptedAt'), proof: null },
      { name: 'receipt', value: feel('contestationReceivedAt'), proof: null },
    ],
  };
  const story = new Story(
    'Tue 2026-03-31',
    [start('s'), user('t', { deadlines: [conclusion] }), user('next')],
    ['s -> t -> next'],
  );
  story.on('Tue 2026-03-31', 't', {
    contestationAdoptedAt: 'Wed 2026-03-25',
    contestationReceivedAt: 'Tue 2026-03-31',
  });
  expect(story.tells('DL_CONCLUSION')).toEqual(['open Thu 2026-07-23']);
  expect(story.play.deadline('DL_CONCLUSION').plan.alternatives).toMatchObject([
    { base: 'receipt', legalDueDate: '2026-07-29' },
  ]);
});

it('D-12: a resignation closes the conclusion with its reason, and the Inspectorate is told within 20 days', () => {
  const story = new Story(
    'Wed 2026-03-25',
    [
      start('s'),
      sign,
      user('t_closingAct', {
        deadlineChanges: [changes('DL_CONCLUSION', 'close', null, { reason: 'EXTINGUISHED' })],
        deadlines: [opens('DL_INSP_END', 'disciplinary.inspectorate-end', 'closingActAt')],
      }),
      user('send_inspEndEarly'),
      end('end_extinguished'),
    ],
    ['s -> t_signContestation -> t_closingAct -> send_inspEndEarly -> end_extinguished'],
  );
  story.on('Wed 2026-03-25', 't_signContestation', { contestationAdoptedAt: 'Wed 2026-03-25' });
  story.on('Mon 2026-07-06', 't_closingAct', {
    employmentEndedOn: 'Tue 2026-06-30',
    closingActAt: 'Mon 2026-07-06',
  });
  expect([...story.tells('DL_CONCLUSION'), ...story.tells('DL_INSP_END')]).toEqual([
    'closed Thu 2026-07-23',
    'open Mon 2026-07-27',
  ]);
  expect(story.events('DeadlineClosed', 'DL_CONCLUSION')).toMatchObject([{ reason: 'EXTINGUISHED' }]);
});
