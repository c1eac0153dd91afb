import { expect, it } from '@jest/globals';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { actSight } from '@iter/engine';
import { loadCatalogue } from '@iter/process-catalog/catalogue';
import type { ActSurroundings } from '@iter/process-model';
import { diagramsFor } from '../apps/cli/src/commands/test.ts';
import { Player, readScenario } from '../apps/cli/src/scenario/index.ts';
import type { Scenario } from '../apps/cli/src/scenario/index.ts';
import { withCalled } from '../apps/cli/src/world/files.ts';
import { World } from '../apps/cli/src/world/world.ts';
import { drawAct } from './support/acts.ts';

// What the acts of training say of whom, where a case of the Province is about several Comuni.

const around: ActSurroundings = {
  case: { id: 'c-1', code: 'FOR-28-01', process: 'training-course' },
  body: { ipa: 'p_demo', name: 'Provincia di Monteverde' },
  province: null,
  author: { ipa: 'p_demo', name: 'Provincia di Monteverde' },
  programme: null,
  deadlines: {},
  today: '2028-02-10',
};
const draw = (
  name: string,
  variables: Parameters<typeof drawAct>[1],
  deadlines: ActSurroundings['deadlines'] = {},
): string =>
  drawAct(join(import.meta.dirname, '..', 'processes', `${name}.md`), variables, { ...around, deadlines });
const municipality = { ipa: 'c_borgo', name: 'Comune di Borgo Sereno' };

it('the certificates of a body are of its people alone, with the numbers of the edition', () => {
  const outcome = { minutes: 480, pct: 100, outcome: 'CERTIFICATE' };
  const text = draw('training-course/acts/attestato', {
    ...{ title: 'Contratti pubblici', courseRef: 'FOR-28-01', courseRules: { label: 'contratti pubblici' } },
    ...{ hours: 8, testRequired: false, competence: null },
    ...{ certifiedBody: 'c_borgo', certifiedBodyName: 'Comune di Borgo Sereno' },
    outcomes: [
      { ...outcome, employeeRef: 'X-1', employer: 'c_altrove' },
      { ...outcome, employeeRef: 'B-0101', employer: 'c_borgo' },
    ],
  });
  expect(text).toContain('riferimento B-0101, ente Comune di Borgo Sereno');
  expect(text).toContain('Numero dell’attestato: FOR-28-01/2.');
  expect(text).not.toContain('X-1');
});

it('the plan of a Comune is on its own paper, though the case is the Province’s', () => {
  const text = draw('training-needs-cycle/acts/piano-comune', {
    ...{ year: 2028, municipality, needsOfComune: [], editions: [], hoursPerPerson: [] },
  });
  expect(text.trimStart().startsWith('Comune di Borgo Sereno')).toBe(true);
  expect(text).not.toContain('Provincia di Monteverde');
});

it('the report on needs says what each asked, what was presumed, and adds up by subject', () => {
  const need = { subject: 'ETHICS', topic: 'Codice', persons: 3, hours: 4, priority: 'HIGH', gap: null };
  const text = draw('training-needs-cycle/acts/relazione-fabbisogni', {
    year: 2028,
    surveys: [
      { ...municipality, presumed: false, answeredAt: '2027-09-10', needs: [need] },
      { ipa: 'c_valle', name: 'Comune di Valle', presumed: true, answeredAt: null, needs: [need] },
    ],
    needsBySubject: [{ subject: 'ETHICS', needs: 2, persons: 6, hours: 24 }],
  });
  expect(text).toContain('Enti interpellati: 2. Hanno risposto: 1');
  expect(text).toMatch(/etica, trasparenza e integrità\W+2\W+6\W+24/);
  expect(text).toMatch(/Comune di Borgo Sereno\s+Risposta del 10 settembre 2027\./);
  expect(text).toMatch(/Comune di Valle\s+Non ha risposto: fabbisogni presunti/);
});

it('the report on a course says what was measured as people write it, and what nobody answered', () => {
  const course = {
    title: 'Contratti',
    courseRef: 'F-1',
    lastSessionAt: '2028-10-05',
    participantsOfEmployer: 6,
  };
  const said = {
    ...course,
    level1Summary: { isShown: false },
    level2Summary: { tested: 0, passed: 0 },
  };
  const row = { indicator: 'Gare concluse', better: 'UP', before: 3, after: 7.5 };
  const told = draw('training-evaluation/acts/relazione-valutazione', {
    ...said,
    level3: { evaluated: true, average: 3.8, note: null },
    level4: { evaluated: true, results: [row], note: 'Buono.' },
    evaluationReport: { improved: 1, measured: 1 },
  });
  expect(told).toContain('Media delle cinque domande: 3,8 su 5.');
  expect(told).toMatch(/Gare concluse\W+3\W+7,5/);
  expect(told).toContain('Indicatori migliorati: 1 su 1.');
  const silent = { evaluated: false, note: 'non valutato' };
  const untold = draw('training-evaluation/acts/relazione-valutazione', {
    ...{ ...said, level3: silent, level4: silent },
  });
  expect(untold.match(/Non valutato/g)).toHaveLength(2);
});

it('a revocation is addressed to the office of the employer, though the case is the Province’s', () => {
  const revoked = {
    ...{ certificateNo: 'F-1/1', employeeRef: 'B-0101', employer: 'c_borgo', issuedOn: '2028-10-05' },
    ...{ year: 2028, revokeReason: 'Registro sbagliato.' },
  };
  const text = draw('training-certificate/acts/revoca-attestato', {
    ...{ ...revoked, employerBody: { ipa: 'c_borgo', name: 'Comune di Borgo Sereno' } },
  });
  expect(text).toContain('Ufficio personale: Comune di Borgo Sereno');
  // To whom one may turn against it (art. 3 c. 4 L. 241/1990).
  expect(text).toContain('ammesso ricorso al TAR entro 60 giorni');
  expect(text).not.toContain('sulla sicurezza');
});

it('the questionnaire says by which day, and the text for the PIAO by which day it is adopted', () => {
  const due = (date: string) => ({ byKey: { c_borgo: { legalDueDate: date } } });
  expect(
    draw(
      'training-needs-cycle/acts/questionario-fabbisogni',
      { year: 2028, municipality, surveyOpenedAt: '2027-10-04', askPersons: false },
      { DL_SURVEY: due('2027-10-25') },
    ),
  ).toContain('Si risponde entro il 25 ottobre 2027.');
  const text = (budgetDeferred: boolean): string =>
    draw(
      'training-needs-cycle/acts/testo-piao',
      {
        ...{ year: 2027, municipality, hoursPerPerson: [], budgetDeferred },
        ...{ piaoDueBase: '2027-03-31', piaoDueReason: 'DM 1/2027' },
      },
      { DL_PIAO: due('2027-02-01'), ...(budgetDeferred && { DL_PIAO_DEFERRED: due('2027-04-30') }) },
    );
  expect(text(false)).toContain('Termine per l’adozione del PIAO: 1° febbraio 2027.');
  expect(text(true)).toContain(
    'PIAO: 30 aprile 2027, trenta giorni dopo il termine differito del bilancio (31 marzo 2027).\nAtto che differisce il termine: DM 1/2027',
  );
  expect(text(false)).toContain('PIAO 2027-2029');
  expect(text(false)).toContain('almeno quaranta ore');
});

it('the notice of a cancellation counts who was enrolled as people say it', () => {
  const notice = (enrolled: number): string =>
    draw('training-course/acts/comunicazione-annullamento', {
      ...{ title: 'Contratti', courseRef: 'F-1', firstSessionAt: '2028-11-04T09:00:00+01:00', minSeats: 5 },
      ...{ cancelReason: 'Pochi iscritti.', courseRules: { label: 'contratti pubblici' } },
      enrolled: Array.from({ length: enrolled }, (_, at) => ({ employeeRef: `M-${at}` })),
    });
  expect(notice(0)).toContain('non risulta alcun iscritto, a fronte di un minimo di 5');
  expect(notice(1)).toContain('risulta un solo iscritto,');
  expect(notice(3)).toContain('risultano 3 iscritti,');
});

it('the notice of a withdrawn edition says from when, and what becomes of the convocation', () => {
  const notice = (more: object): string =>
    draw('training-course/acts/comunicazione-annullamento', {
      ...{ title: 'Contratti', courseRef: 'F-1', courseRules: { label: 'contratti pubblici' } },
      ...{ cancelReason: 'Docente assente.', editionWithdrawnOn: '2028-10-20', ...more },
    });
  const convened = notice({ firstSessionAt: '2028-11-04', convenedAt: '2028-10-18' });
  expect(convened).toContain('prevista dal 4 novembre 2028, è ritirata dal 20 ottobre 2028');
  expect(convened).toContain('la convocazione del 18 ottobre 2028 è revocata');
  expect(convened).not.toContain('a fronte di un minimo');
  expect(notice({})).toContain('corso «Contratti» è ritirata dal 20 ottobre 2028');
  expect(notice({})).not.toContain('convocazione');
});

it('who gets no certificate is told why', () => {
  const outcome = { employer: 'c_borgo', minutes: 240, outcome: 'ATTENDANCE_ONLY' };
  const sheet = (pct: number, passed: boolean): string =>
    draw('training-course/acts/attestato-partecipazione', {
      ...{
        title: 'Sicurezza',
        courseRef: 'F-1',
        courseRules: { label: 'sicurezza' },
        hours: 8,
        ...{ certifiedBody: 'c_borgo', certifiedBodyName: 'Comune di Borgo Sereno' },
      },
      ...{ attendanceThresholdPct: 90, testRequired: true },
      ...{ firstSessionAt: '2028-11-04', lastSessionAt: '2028-11-08' },
      outcomes: [{ ...outcome, employeeRef: 'B-1', pct, passed }],
    });
  expect(sheet(50, true)).toContain('inferiore alla soglia del 90 %');
  expect(sheet(50, true)).not.toContain('verifica');
  expect(sheet(95, false)).not.toContain('inferiore alla soglia');
  expect(sheet(95, false)).toContain('non risulta superata');
  expect(sheet(95, false)).toContain('tenuto dal 4 novembre 2028 all’8 novembre 2028');
});

it('a certificate says when the course was held and for how long it is valid', () => {
  const sheet = (validMonths: number | null): string =>
    draw('training-course/acts/attestato', {
      ...{
        title: 'Sicurezza',
        courseRef: 'F-1',
        courseRules: { label: 'sicurezza' },
        hours: 8,
        ...{ certifiedBody: 'c_borgo', certifiedBodyName: 'Comune di Borgo Sereno' },
      },
      ...{ compulsorySubject: 'HEALTH_SAFETY', testRequired: true, competence: null, validMonths },
      ...{ firstSessionAt: '2028-11-08', lastSessionAt: '2028-11-08' },
      outcomes: [{ employeeRef: 'B-1', employer: 'c_borgo', minutes: 480, pct: 100, outcome: 'CERTIFICATE' }],
    });
  expect(sheet(60)).toContain('tenuto l’8 novembre 2028');
  expect(sheet(60)).toContain('entro la quale occorre l’aggiornamento: mesi 60.');
  expect(sheet(null)).not.toContain('dal rilascio');
  expect(sheet(60)).toContain('«sicurezza» (art. 37), tenuto l’8');
});

it('the evaluation asks in words, and shows no test of fewer than five', () => {
  const report = (tested: number): string =>
    draw('training-evaluation/acts/relazione-valutazione', {
      ...{ title: 'Contratti', courseRef: 'F-1', lastSessionAt: '2028-11-04', participantsOfEmployer: 3 },
      level1Summary: {
        ...{ isShown: true, invited: 9, answers: 6 },
        means: [
          { question: 'clear', label: 'Gli argomenti erano esposti con chiarezza', answers: 6, mean: 4 },
        ],
      },
      ...{ level2Summary: { tested, passed: 1 }, level3: { evaluated: false }, level4: { evaluated: false } },
    });
  expect(report(9)).toContain('Partecipanti dell’ente (Provincia di Monteverde): 3.');
  expect(report(9)).toContain('Gli argomenti erano esposti con chiarezza');
  expect(report(9)).not.toContain('clear');
  expect(report(9)).toContain('la verifica è superata da 1 su 9');
  expect(report(4)).toContain('meno di cinque');
  expect(report(4)).not.toContain('1 su 4');
  expect(report(0)).toContain('non prevedeva una verifica');
});

/** An edition of a scenario, as far as the step before this one. */
async function editionBefore(scenarioName: string, isStep: (step: Scenario['steps'][number]) => boolean) {
  const processes = join(import.meta.dirname, '..', 'processes');
  const file = join(processes, `training-course/scenarios/${scenarioName}.scenario.yaml`);
  const scenario = readScenario(file, readFileSync(file, 'utf8'));
  const world = new World(scenario.clock, loadCatalogue(processes), { registers: scenario.registers });
  await world.deploy(withCalled(diagramsFor(file), scenario.with));
  const player = new Player(world);
  await player.play({ ...scenario, steps: scenario.steps.slice(0, scenario.steps.findIndex(isStep)) });
  expect(player.failures).toEqual([]);
  const [edition] = world.cases;
  const { state } = edition!;
  const tasks = [...state.tasks.keys()].map((task) => ({
    office: world.officeOf(edition!, task),
    variables: actSight(state, task)!.variables,
  }));
  return { state, tasks };
}

it('the convocation that a Comune hands over names its own people and nobody else’s', async () => {
  const { tasks } = await editionBefore(
    'convened-by-comune',
    ({ complete }) => complete === 't_handConvocation',
  );
  expect(tasks.map(({ office }) => office)).toEqual(['c_a123', 'c_b456']);
  const named = tasks.map(({ variables }) =>
    draw('training-course/acts/convocazione', variables).match(/\b[AB]-\d/g),
  );
  expect(named).toEqual([['A-1', 'A-2'], ['B-1']]);
});

it('each Comune reads the certificates that were drafted for it, and none of another', async () => {
  const { state, tasks } = await editionBefore(
    'same-reference-twice',
    ({ complete }) => complete === 't_handCertificates',
  );
  expect(tasks.map(({ office }) => office)).toEqual(['c_a123', 'c_b456']);
  const [first, second] = tasks.map(({ variables }) => variables);
  const named = (of: typeof first, act: string) =>
    draw(`training-course/acts/${act}`, of!).match(/riferimento \w+, ente \w+/g);
  expect(named(first, 'attestato')).toEqual(['riferimento 12, ente c_a123']);
  expect(named(first, 'attestato-partecipazione')).toBeNull();
  expect(named(second, 'attestato')).toBeNull();
  expect(named(second, 'attestato-partecipazione')).toEqual([
    'riferimento 12, ente c_b456',
    'riferimento 13, ente c_b456',
  ]);
  expect(first).toMatchObject({ certificatesDoc: expect.any(String), attendanceOnlyDoc: null });
  expect(second).toMatchObject({ certificatesDoc: null, attendanceOnlyDoc: expect.any(String) });
  // Nor does the case itself keep one that every task would see.
  expect(state.root.variables).not.toHaveProperty('certificatesDoc');
});

it('certificates are drawn up for the 2,000 people of one body', () => {
  const outcomes = Array.from({ length: 2_000 }, (_, at) => ({
    ...{ employeeRef: `M-${at}`, employer: 'c_borgo', minutes: 480, pct: 100, passed: false },
    outcome: at < 1_000 ? 'CERTIFICATE' : 'ATTENDANCE_ONLY',
  }));
  const edition = {
    ...{ title: 'Sicurezza', courseRef: 'F-1', courseRules: { label: 'sicurezza' }, hours: 8, outcomes },
    ...{ certifiedBody: 'c_borgo', certifiedBodyName: 'Comune di Borgo Sereno', competence: null },
    ...{
      compulsorySubject: 'HEALTH_SAFETY',
      testRequired: true,
      validMonths: 60,
      attendanceThresholdPct: 90,
    },
    ...{ firstSessionAt: '2028-11-04', lastSessionAt: '2028-11-08' },
  };
  expect(draw('training-course/acts/attestato', edition)).toContain('Numero dell’attestato: F-1/1000.');
  expect(draw('training-course/acts/attestato-partecipazione', edition)).toContain('riferimento M-1999');
});
