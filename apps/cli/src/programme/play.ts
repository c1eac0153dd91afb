import type { Role } from '@iter/access';
import type { Variables } from '@iter/engine';
import { addDays } from '@iter/legal-calendar';
import type { ProgrammeSeed, SeedEdition } from './seed.ts';

/** Where a programme is played: a world in memory on a virtual clock, or a house. What is refused is thrown. */
export interface Stage {
  /** @returns the case's id */
  start(process: string, body: string, by: Office, variables: Variables): Promise<string>;
  /** Completes the open task of this element that the office may do. */
  complete(caseId: string, element: string, by: Office, variables: Variables): Promise<void>;
  /** Waits until the case has come to a task of this element: what other cases tell it may be on its way. */
  comeTo(caseId: string, element: string): Promise<void>;
  /** Registers a letter that the case awaits. */
  receive(caseId: string, message: string, by: Office, variables: Variables): Promise<void>;
  /** The case of a process that another one has started for a body. */
  linked(process: string, body: string, cause: string): Promise<string>;
  /** Time passes, and what is due happens. @param day `YYYY-MM-DD`: nine in the morning in Rome */
  pass(day: string): Promise<void>;
}

/** Who acts. */
export interface Office {
  readonly role: Role;
  readonly body: string;
}

const edition = 'accompaniment-edition';
const projectWork = 'accompaniment-project-work';

interface Running {
  readonly seed: SeedEdition;
  readonly caseId: string;
}

/**
 * Plays the editions of a programme from the call for tutors to the packages, all of them side by side, by the commands
 * that people give. A Province without a project work follows the whole path and says that it will deliver none.
 * @returns the cases of the editions, by theme
 */
export async function playProgramme(stage: Stage, seed: ProgrammeSeed): Promise<ReadonlyMap<string, string>> {
  const { calendar, programme } = seed;
  const manager: Office = { role: 'PROGRAMME_MANAGER', body: programme.ipa };
  const running: Running[] = [];
  await stage.pass(calendar.startedOn);
  for (const it of seed.editions) {
    const { webinarAt, joinUntil } = calendar;
    const variables = { theme: it.theme, editionYear: seed.editionYear, webinarAt, joinUntil };
    running.push({ seed: it, caseId: await stage.start(edition, programme.ipa, manager, variables) });
  }
  await callTutors(stage, seed, running);
  await findParticipants(stage, seed, running);
  const paths = await match(stage, manager, running);
  await followPaths(stage, seed, paths);
  await restitute(stage, seed, running);
  return new Map(running.map(({ seed: { theme }, caseId }) => [theme, caseId]));
}

async function callTutors(stage: Stage, seed: ProgrammeSeed, running: readonly Running[]): Promise<void> {
  const { calendar, programme } = seed;
  const manager: Office = { role: 'PROGRAMME_MANAGER', body: programme.ipa };
  for (const { seed: it, caseId } of running) {
    const tutors = it.focusGroups.map((province) => ({ province, model: 'Modello già provato' }));
    await stage.complete(caseId, 't_callTutors', manager, { tutors });
  }
  await stage.pass(calendar.heldOn);
  for (const { seed: it, caseId } of running) {
    for (const body of it.focusGroups) {
      await stage.complete(
        caseId,
        't_focusGroup',
        { role: 'PROVINCE_TUTOR', body },
        {
          focusOutcome: 'HELD',
          heldAt: calendar.heldOn,
          modelSheet: 'Scheda del modello, con atti e costi.',
        },
      );
    }
  }
  await stage.pass(calendar.reportedOn);
  for (const { caseId } of running) {
    const expert: Office = { role: 'EXPERT', body: programme.ipa };
    const variables = { reportDoc: 'Relazione sui gruppi di lavoro', reportedAt: calendar.reportedOn };
    await stage.complete(caseId, 't_focusReport', expert, variables);
  }
}

async function findParticipants(
  stage: Stage,
  { calendar, programme }: ProgrammeSeed,
  running: readonly Running[],
): Promise<void> {
  const manager: Office = { role: 'PROGRAMME_MANAGER', body: programme.ipa };
  await stage.pass(calendar.calledOn);
  for (const { seed: it, caseId } of running) {
    await stage.complete(caseId, 't_callParticipants', manager, { calledAt: calendar.calledOn });
    for (const { participant } of it.paths)
      await stage.receive(caseId, 'participantJoined', manager, { province: participant });
  }
  await stage.pass(calendar.matchedOn);
}

interface Path {
  readonly caseId: string;
  readonly participant: Office;
  readonly tutor: Office;
  readonly projectWork: boolean;
}

async function match(stage: Stage, manager: Office, running: readonly Running[]): Promise<readonly Path[]> {
  const paths: Path[] = [];
  for (const { seed: it, caseId } of running) {
    const pairs = it.paths.map(({ participant, tutor }) => ({ participant, tutor }));
    await stage.complete(caseId, 't_match', manager, { pairs });
    for (const { participant, tutor, projectWork: delivers } of it.paths) {
      paths.push({
        caseId: await stage.linked(projectWork, participant, caseId),
        participant: { role: 'PROVINCE_PARTICIPANT', body: participant },
        tutor: { role: 'PROVINCE_TUTOR', body: tutor },
        projectWork: delivers,
      });
    }
  }
  return paths;
}

async function followPaths(stage: Stage, { calendar }: ProgrammeSeed, paths: readonly Path[]): Promise<void> {
  await stage.pass(calendar.plannedOn);
  for (const { caseId, participant } of paths) {
    await stage.complete(caseId, 't_selfAssessment', participant, {
      assessmentServices: 'Formazione in comune.',
      assessmentStaff: 3,
      assessmentComuni: 40,
      assessmentGaps: 'Nessuna convenzione per il servizio.',
    });
    await stage.complete(caseId, 't_plan', participant, {
      planService: 'Avvio del servizio con i primi Comuni.',
      planComuni: 5,
      planBasis: 'art. 30 D.Lgs. 267/2000',
      planStaffCosts: 'Personale in servizio; nessun onere in più.',
      planTimetable: 'Un anno.',
      deliveryAgreedAt: calendar.deliveredOn,
    });
  }
  for (const day of calendar.meetingsOn) {
    await stage.pass(day);
    const variables = { meetingHeldAt: day, meetingNote: 'Stato del piano.', another: false };
    for (const { caseId, tutor } of paths) await stage.complete(caseId, 't_tutorMeeting', tutor, variables);
  }
  await stage.pass(calendar.deliveredOn);
  for (const path of paths) await deliver(stage, calendar.deliveredOn, path);
}

async function deliver(
  stage: Stage,
  day: string,
  { caseId, participant, tutor, projectWork: delivers }: Path,
): Promise<void> {
  const text: Variables = delivers ? { projectWorkText: 'Schema di convenzione e piano di avvio.' } : {};
  await stage.complete(caseId, 't_draftProjectWork', participant, { willDeliver: delivers, ...text });
  if (!delivers) return;
  await stage.complete(caseId, 't_tutorReview', tutor, { reviewOutcome: 'ACCEPT' });
  await stage.complete(caseId, 't_deliver', participant, { deliveredAt: day, startService: false });
}

async function restitute(
  stage: Stage,
  { calendar, programme }: ProgrammeSeed,
  running: readonly Running[],
): Promise<void> {
  const manager: Office = { role: 'PROGRAMME_MANAGER', body: programme.ipa };
  const editor: Office = { role: 'COMMUNITY_EDITOR', body: programme.ipa };
  const { materialsOn, webinarAt, closedOn } = calendar;
  // Every path has told its edition how it ended before the last date for project works goes by.
  for (const { caseId } of running) await stage.comeTo(caseId, 't_materials');
  const each = async (element: string, by: Office, variables: Variables): Promise<void> => {
    for (const { caseId } of running) await stage.complete(caseId, element, by, variables);
  };
  await stage.pass(materialsOn);
  await each('t_materials', manager, { agendaDoc: 'Agenda e presentazioni', materialsAt: materialsOn });
  await stage.pass(addDays(webinarAt.slice(0, 10), 1));
  await each('t_restitution', manager, { webinarHeldAt: webinarAt });
  await stage.pass(closedOn);
  await each('t_closeReport', manager, {
    surveyAnswers: 30,
    surveyScore: 4.2,
    closeReport: 'Modelli provati, percorsi replicabili, rete.',
  });
  await each('t_publishPackage', editor, { packageRef: 'Schede e modelli 1.0', noPersonalData: true });
}
