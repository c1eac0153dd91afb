import { expect, it } from '@jest/globals';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { ActSurroundings } from '@iter/process-model';
import { drawAct } from './support/acts.ts';

// Whom the acts of the programme name: Provinces as the register calls them, and by code where it does not.

const processes = join(import.meta.dirname, '..', 'processes');
const programme = { ipa: 'upi_demo', name: 'Organismo del programma' };
const participant = { ipa: 'p_altra', name: 'Provincia di Altrove' };
const aroundOf = (body: ActSurroundings['body']): ActSurroundings => ({
  case: { id: 'c-1', code: 'PW-27-01', process: 'accompaniment-project-work' },
  ...{ body, province: null, author: body, programme, deadlines: {}, today: '2027-01-18' },
});
const draw = (
  name: string,
  variables: Parameters<typeof drawAct>[1],
  body: ActSurroundings['body'] = participant,
): string => drawAct(join(processes, `${name}.md`), variables, aroundOf(body));
const path = { participant: 'p_altra', tutor: 'p_demo', tutorName: 'Provincia di Monteverde' };
const edition = { theme: 'TRAINING', editionYear: 2027 };

it('the acts of a path name the Provinces', () => {
  const variables = {
    ...{ ...edition, ...path, meetings: 3, finalDate: '2027-05-31', reviewNote: null },
    ...{ assessmentServices: 'a', assessmentStaff: 1, assessmentComuni: 1, assessmentGaps: 'b' },
    ...{ planService: 'c', planComuni: 1, planBasis: 'd', planStaffCosts: 'e', planTimetable: 'f' },
    projectWorkText: 'g',
  };
  for (const act of ['attestato-partecipazione', 'project-work', 'scheda-abbinamento']) {
    const text = draw(`accompaniment-project-work/acts/${act}`, variables);
    expect(text).toContain('Provincia di Monteverde');
    expect(text).not.toMatch(/p_altra|p_demo/);
  }
  const begunBefore = draw('accompaniment-project-work/acts/attestato-partecipazione', {
    ...{ ...variables, tutorName: null },
  });
  expect(begunBefore).toContain('con il tutoraggio della Provincia p_demo');
});

it('the report on the focus groups has who met and who withdrew, and what their models say', () => {
  const told = draw(
    'accompaniment-edition/acts/relazione-gruppi-lavoro',
    {
      ...edition,
      tutors: [
        { province: 'p_demo', name: 'Provincia di Monteverde', model: 'Accademia' },
        { province: 'p_altra', name: null, model: 'Elenco unico' },
      ],
      focusGroups: [
        {
          tutor: 'p_demo',
          name: 'Provincia di Monteverde',
          focusOutcome: 'HELD',
          heldAt: '2027-01-10',
          modelSheet: 'Un ufficio per tutti.',
        },
        { tutor: 'p_altra', name: null, focusOutcome: 'WITHDRAWN', heldAt: null, modelSheet: null },
      ],
    },
    programme,
  );
  expect(told).toContain('Provincia di Monteverde | tenuto | 10 gennaio 2027');
  expect(told).toContain('p_altra | ritirata | –');
  expect(told).toContain('Incontri tenuti: 1; Province ritirate: 1.');
  expect(told).toContain('Provincia di Monteverde: Un ufficio per tutti.');
});

it('the acts of an edition name the Provinces', () => {
  const tutor = { province: 'p_demo', name: 'Provincia di Monteverde', model: 'Accademia' };
  const sheets = { ...edition, tutor, heldAt: '2027-01-10', modelSheet: null };
  for (const act of ['verbale-focus-group', 'scheda-modello'])
    expect(draw(`accompaniment-edition/acts/${act}`, sheets, programme)).toContain('Provincia di Monteverde');
  const report = draw(
    'accompaniment-edition/acts/relazione-finale',
    {
      ...{ ...edition, webinarHeldAt: '2027-06-15', closeReport: 'x', surveyAnswers: 1, surveyScore: 4 },
      attendees: 40,
      figures: { focusTutors: 1, pathTutors: 1, participants: 1, projectWorks: 1 },
      focusGroups: [{ tutor: 'p_demo', name: tutor.name, focusOutcome: 'HELD', heldAt: '2027-01-10' }],
      provinces: [participant],
      pairs: [
        { participant: 'p_altra', tutor: 'p_demo' },
        { participant: 'p_terza', tutor: 'p_demo' },
        { participant: 'p_quarta', tutor: 'p_demo' },
      ],
      results: [
        { participant: 'p_altra', outcome: 'DELIVERED' },
        { participant: 'p_terza', outcome: 'FOLLOWED_ONLY' },
      ],
    },
    programme,
  );
  expect(report).toContain('restituzione del 15 giugno 2027, presenti 40.');
  expect(report).toContain('Provincia di Monteverde | tenuto');
  expect(report).toContain('Provincia di Altrove | project work consegnato');
  expect(report).toContain('p_terza | percorso seguito');
  // What the edition closed has told it nothing.
  expect(report).toContain('p_quarta | percorso chiuso con l’edizione, senza project work');
  expect(report).toContain('Risposte al questionario: 1; valutazione media: 4 su 5.');
});

it('the call tells no last day that is over', () => {
  const call = (joinUntil: string | null) =>
    draw(
      'accompaniment-edition/acts/espressione-interesse',
      { ...edition, webinarAt: '2027-06-15T10:00:00+02:00', joinUntil },
      programme,
    );
  expect(call('2027-01-18')).toContain('fino al 18 gennaio 2027');
  for (const none of ['2027-01-17', null]) expect(call(none)).toContain('entro trenta giorni');
});

it('who registers that a tutor withdraws says which', () => {
  const drawing = readFileSync(join(processes, 'accompaniment-edition/accompaniment-edition.bpmn'), 'utf8');
  const form = /<iter:incoming message="tutorWithdrew"[^>]* form="(\w+)"/.exec(drawing)?.[1];
  const asked = JSON.parse(
    readFileSync(join(processes, `accompaniment-edition/forms/${form}.json`), 'utf8'),
  ) as { components: unknown[] };
  expect(asked.components).toMatchObject([{ key: 'province', validate: { required: true } }]);
});
