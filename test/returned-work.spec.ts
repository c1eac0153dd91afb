import { describe, expect, it } from '@jest/globals';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

interface Component {
  readonly key?: string;
  readonly readonly?: boolean;
}

const componentsOf = (process: string, form: string): readonly Component[] => {
  const file = join(import.meta.dirname, '..', 'processes', process, 'forms', `${form}.json`);
  return (JSON.parse(readFileSync(file, 'utf8')) as { components: Component[] }).components;
};

/** Who sends something back says why in one form, and whoever has to correct it opens another. */
const loops = [
  ['selection-needs-and-mobility', 't_checkPlan', 'planNote', 't_fixNeed'],
  ['selection-competition', 't_approveNotice', 'returnNote', 't_draftNotice'],
  ['selection-competition', 't_approveRanking', 'rankingNote', 't_ranking'],
  ['selection-single-list', 't_approveListNotice', 'noticeNote', 't_draftListNotice'],
  ['selection-interpello', 't_approveInterpelloRanking', 'returnNote', 't_interpelloRanking'],
  ['training-needs-cycle', 't_validateCatalogue', 'returnNote', 't_consolidate'],
  ['accompaniment-project-work', 't_tutorReview', 'reviewNote', 't_draftProjectWork'],
  ['comune-onboarding', 't_dpoCheck', 'dpoNote', 't_draftConvention'],
  ['comune-onboarding', 't_comuneDeliberation', 'comuneAmendments', 't_draftConvention'],
  ['comune-onboarding', 't_provinceDeliberation', 'provinceAmendments', 't_draftConvention'],
  ['comune-onboarding', 't_verifyImport', 'importErrors', 't_importOpenCases'],
  ['comune-onboarding', 't_trial', 'trialNote', 't_setup'],
  ['community-contribution', 't_moderate', 'note', 't_submit'],
  ['selection-hiring', 'incoming_withdrawalInProbation', 'withdrawalProposedOn', 't_probationOutcome'],
] as const;

describe('work that is sent back', () => {
  it.each(loops)('in %s %s says why, and %s stands, to be read, in %s', (process, asked, key, corrected) => {
    const says = componentsOf(process, asked).find((one) => one.key === key);
    expect(says).toBeDefined();
    expect(says?.readonly).toBeUndefined();
    expect(componentsOf(process, corrected)).toContainEqual(expect.objectContaining({ key, readonly: true }));
  });
});

const drawingOf = (process: string): string =>
  readFileSync(join(import.meta.dirname, '..', 'processes', process, `${process}.bpmn`), 'utf8');

/** What is decided, or when and by which act something was done: what was said the last time is no answer. */
const anew = [
  ['selection-competition', 't_approveNotice', ['noticeOutcome', 'returnNote']],
  ['selection-competition', 't_approveRanking', ['rankingOutcome', 'rankingNote']],
  ['selection-competition', 't_checkNeeds', ['needsState']],
  ['selection-competition', 't_registerCourtOrder', ['courtOrderAt', 'courtOrderRef']],
  ['selection-competition', 't_applyCourtDecision', ['courtDecisionAt', 'courtOutcome', 'courtNote']],
  ['selection-hiring', 't_probationOutcome', ['probationOutcome', 'probationDecidedAt', 'withdrawalReason']],
  ['selection-interpello', 't_approveInterpelloRanking', ['rankingOutcome', 'returnNote']],
  ['selection-needs-and-mobility', 't_checkPlan', ['planOk', 'planNote']],
  ['selection-needs-and-mobility', 't_fixNeed', ['needOutcome']],
  ['selection-needs-and-mobility', 't_chaseDfp', ['sent34bisAt', 'protocolNo34bis', 'chaseNote']],
  ['selection-single-list', 't_approveListNotice', ['noticeOutcome', 'noticeNote', 'noticeApprovedAt']],
  ['selection-single-list', 't_approveList', ['listApprovedAt', 'listApprovedRef']],
  ['selection-single-list', 't_publishList', ['listPublishedAt']],
  ['selection-tests', 't_designateCommission', ['parityImpossibleReason']],
  ['selection-tests', 't_appointCommission', ['appointmentRef', 'appointedAt']],
  ['selection-tests', 't_sendParity', ['paritySentAt', 'parityProtocolNo']],
  ['selection-tests', 't_scheduleWritten', ['diaryExpectedAt', 'writtenAt']],
  ['selection-tests', 't_publishDiary', ['diaryPublishedAt', 'diaryRef']],
  ['selection-tests', 't_scheduleOral', ['oralNoticeExpectedAt', 'oralAt']],
  ['selection-tests', 't_answerParityWarning', ['warningOutcome', 'warningAnswer', 'warningAnsweredAt']],
  [
    'selection-window',
    't_amendNotice',
    ['amendReason', 'publishedAt', 'publicationRef', 'applyFrom', 'applyUntil'],
  ],
  ['selection-window', 't_extendWindow', ['extensionPublishedAt']],
  ['selection-window', 't_importApplications', ['reopenWindow']],
  ['convention-lifecycle', 't_review', ['reviewDoc', 'reviewNote', 'nextReviewAt']],
  ['convention-lifecycle', 't_amend', ['amendmentDoc', 'amendedFrom']],
  ['convention-lifecycle', 't_decideRenewal', ['renewal', 'renewalDecidedAt', 'renewalAct', 'newValidUntil']],
  ['convention-lifecycle', 't_handleAnnulment', ['annulmentAct', 'annulledAt', 'exitAt']],
  ['training-course', 't_decideCancel', ['cancelDecision', 'mergeInto', 'cancelReason']],
  [
    'comune-onboarding',
    't_comuneDeliberation',
    [
      'comuneResolution',
      'comuneResolutionNo',
      'comuneResolutionOn',
      'comunePublishedAt',
      'comuneImmediate',
      'comuneAmendments',
    ],
  ],
  [
    'comune-onboarding',
    't_provinceDeliberation',
    [
      'provinceResolution',
      'provinceResolutionNo',
      'provinceResolutionOn',
      'provincePublishedAt',
      'provinceImmediate',
      'provinceAmendments',
    ],
  ],
  ['comune-onboarding', 't_verifyImport', ['importOutcome', 'importErrors']],
  ['comune-onboarding', 't_trial', ['trialOk', 'trialNote']],
  ['training-needs-cycle', 't_validateCatalogue', ['approvedAt']],
  ['community-contribution', 't_moderate', ['moderation', 'noPersonalData', 'note']],
  ['community-contribution', 't_yearlyReview', ['reviewDecision', 'reviewNote']],
  ['accompaniment-project-work', 't_tutorMeeting', ['meetingHeldAt', 'meetingNote', 'another']],
  ['accompaniment-project-work', 't_tutorReview', ['reviewOutcome', 'reviewNote']],
  ['training-course', 't_recordAttendance', ['held', 'notHeldReason', 'importSource', 'attendanceFiledAt']],
  ['training-course', 't_level2', ['score']],
] as const;

describe('a task that comes again', () => {
  it.each(anew)('in %s, %s opens without what it asks anew', (process, task, asked) => {
    const drawn = drawingOf(process).split(`<bpmn:userTask id="${task}"`)[1]?.split('</bpmn:userTask>')[0];
    const empty = [...(drawn ?? '').matchAll(/<zeebe:input source="=null" target="(\w+)" \/>/g)].map(
      ([, key]) => key,
    );
    expect(empty).toEqual(expect.arrayContaining([...asked]));
    const keys = componentsOf(process, task).map(({ key }) => key);
    expect(keys).toEqual(expect.arrayContaining([...asked]));
  });
});

it('another report on the same fact opens with nothing of the one before', () => {
  const drawn = drawingOf('disciplinary-core').split('<bpmn:subProcess id="sub_secondReport"')[1];
  const own = [...drawn!.split('<bpmn:startEvent')[0]!.matchAll(/source="=null" target="(\w+)"/g)];
  const asked = componentsOf('disciplinary-core', 't_assessSecondReport').flatMap(({ key }) => key ?? []);
  expect(own.map(([, key]) => key)).toEqual(expect.arrayContaining(asked));
});

/** What somebody decides, checks or answers that others wrote, or that stands beside others of its kind. */
const about = [
  [
    'disciplinary-core',
    't_assessPenal',
    ['registryCommunicatedAt', 'elementsReceivedAt', 'judgmentRef', 'final'],
  ],
  [
    'disciplinary-penal-resumption',
    't_assessResumption',
    [
      'resumptionKind',
      'charges',
      'outcomeKind',
      'judgmentRef',
      'registryCommunicatedAt',
      'proposedMotivation',
    ],
  ],
  ['disciplinary-core', 't_assessSecondReport', ['secondCaseCode', 'secondProtocolNo']],
  ['disciplinary-core', 't_takeOverFile', ['formerPa', 'contestationAdoptedAt']],
  ['disciplinary-core', 't_draftDecision', ['charges']],
  ['training-needs-cycle', 't_answerSurvey', ['comuneName']],
  ['training-needs-cycle', 't_defaultNeeds', ['comuneName']],
  ['training-needs-cycle', 't_draftComunePlan', ['comuneName']],
  ['training-needs-cycle', 't_comunePlan', ['comuneName']],
  ['training-needs-cycle', 't_piaoInsertion', ['comuneName']],
  ['training-course', 't_publishEdition', ['title', 'courseRef']],
  ['training-course', 't_decideCancel', ['title', 'courseRef']],
  ['training-course', 't_convene', ['title', 'courseRef']],
  ['training-course', 't_recordAttendance', ['title', 'sessionName', 'sessionStartsAt', 'sessionEndsAt']],
  ['training-course', 't_rescheduleSession', ['title', 'sessionName', 'notHeldStartsAt', 'notHeldReason']],
  ['training-course', 't_level2', ['title', 'passMarkPct', 'attemptNo', 'lastScore']],
  ['training-course', 't_recordTest', ['title', 'courseRef', 'passMarkPct']],
  ['training-course', 't_closeEdition', ['title', 'courseRef']],
  ['training-evaluation', 't_level3', ['title', 'courseRef', 'lastSessionAt', 'participantsOfEmployer']],
  ['training-evaluation', 't_level4', ['title', 'courseRef', 'lastSessionAt', 'participantsOfEmployer']],
  ['training-path', 't_checkExternal', ['employeeRef', 'declarationRef', 'declaredHours', 'declaredSubject']],
  ['training-path', 't_reasonNotReached', ['employeeRef', 'year', 'expectedHours', 'creditedHours']],
  ['training-certificate', 't_planRefresh', ['certificateNo', 'employeeRef', 'validUntil']],
  ['training-certificate', 't_afterExpiry', ['certificateNo', 'employeeRef', 'validUntil']],
  ['training-certificate', 't_signRevocation', ['certificateNo', 'employeeRef']],
  ['accompaniment-project-work', 't_tutorMeeting', ['planService', 'planTimetable', 'deliveryAgreedAt']],
  ['accompaniment-project-work', 't_tutorReview', ['projectWorkText', 'draftDoc']],
  ['community-contribution', 't_moderate', ['kind', 'title', 'contributionText', 'contributionDoc']],
  ['community-contribution', 't_yearlyReview', ['kind', 'title', 'contributionText', 'contributionDoc']],
  ['convention-lifecycle', 't_review', ['conventionNo']],
  ['convention-lifecycle', 't_amend', ['conventionNo']],
  ['convention-lifecycle', 't_decideRenewal', ['conventionNo', 'validUntil']],
  ['convention-lifecycle', 't_registerWithdrawal', ['conventionNo']],
  ['convention-lifecycle', 't_handleAnnulment', ['conventionNo']],
  ['convention-lifecycle', 't_exitPlan', ['conventionNo', 'exitReason', 'exitAt']],
  ['convention-lifecycle', 't_handOver', ['conventionNo', 'exitAt']],
  ['convention-lifecycle', 't_deactivate', ['conventionNo', 'exitedAt']],
] as const;

/** Files of others that somebody judges: they lie with the task, and the form says that they are there. */
const judged = [
  ['accompaniment-project-work', 't_tutorReview', 'draftDoc'],
  ['desk-request', 't_approveAnswer', 'answerDoc'],
] as const;

it.each(judged)('in %s, %s opens the file that is judged: %s', (process, task, key) => {
  const drawn = drawingOf(process).split(`<bpmn:userTask id="${task}"`)[1]?.split('</bpmn:userTask>')[0];
  expect(drawn).toContain(`<iter:reads document="${key}" />`);
  expect(componentsOf(process, task)).toContainEqual(
    expect.objectContaining({ key, type: 'filepicker', readonly: true }),
  );
});

/** What is opened as a file is handed in as one; what is typed is read as it was typed. */
const handedIn = [
  ['accompaniment-project-work', 't_selfAssessment', 'assessmentDoc', 'filepicker'],
  ['accompaniment-project-work', 't_plan', 'planDoc', 'filepicker'],
  ['accompaniment-project-work', 't_draftProjectWork', 'draftDoc', 'filepicker'],
  ['desk-request', 't_draftAnswer', 'answerDoc', 'filepicker'],
  ['community-contribution', 't_submit', 'contributionDoc', 'textfield'],
  ['community-contribution', 't_moderate', 'contributionDoc', 'textfield'],
  ['community-contribution', 't_yearlyReview', 'contributionDoc', 'textfield'],
] as const;

it.each(handedIn)('in %s, %s has %s as a %s', (process, task, key, type) => {
  expect(componentsOf(process, task)).toContainEqual(expect.objectContaining({ key, type }));
});

describe('a task says what it is about', () => {
  it.each(about)('in %s, %s', (process, task, shown) => {
    const read = componentsOf(process, task).flatMap(({ key, readonly }) => (readonly ? [key] : []));
    expect(read).toEqual(expect.arrayContaining([...shown]));
  });
});

it('tasks of what is repeated side by side say beside their name which of the many they are of', () => {
  const silent = readdirSync(join(import.meta.dirname, '..', 'processes'), { withFileTypes: true })
    .filter((it) => it.isDirectory() && !['ladders', 'schemas', 'terms'].includes(it.name))
    .flatMap(({ name }) =>
      [...drawingOf(name).matchAll(/<bpmn:subProcess [\s\S]*?<\/bpmn:subProcess>/g)]
        .filter(([part]) => part.includes('<bpmn:multiInstanceLoopCharacteristics'))
        .flatMap(([part]) => [...part.matchAll(/<bpmn:userTask id="(\w+)"[\s\S]*?<\/bpmn:userTask>/g)])
        .flatMap(([task, id]) => (/<iter:(?:about|office) /.test(task) ? [] : [`${name} ${id}`])),
    );
  expect(silent).toEqual([]);
});
