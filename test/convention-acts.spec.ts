import { describe, expect, it } from '@jest/globals';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { ActSurroundings } from '@iter/process-model';
import { drawAct } from './support/acts.ts';

// What the acts of conventions, the desk, lists and competitions say, where it depends on what was agreed or found.

const around: ActSurroundings = {
  case: { id: 'c-1', code: 'CONV-2026-014', process: 'comune-onboarding' },
  body: { ipa: 'c_borgo', name: 'Comune di Borgo Sereno' },
  province: { ipa: 'p_demo', name: 'Provincia di Monteverde' },
  author: { ipa: 'p_demo', name: 'Provincia di Monteverde' },
  programme: null,
  deadlines: { DL_WITHDRAWAL: { legalDueDate: '2027-03-31' } },
  today: '2026-03-25',
};
const processes = join(import.meta.dirname, '..', 'processes');
const draw = (name: string, variables: Parameters<typeof drawAct>[1]): string =>
  drawAct(join(processes, `${name}.md`), variables, around);

describe('a convention', () => {
  const article6 = (services: readonly object[]): string =>
    draw('comune-onboarding/acts/convenzione', { services: services as never })
      .split('Art. 6 – ')[1]!
      .split('Art. 7 – ')[0]!;

  it.each([
    [[{ service: 'DISCIPLINARY', serviceModel: 'FULL_UPD' }], 'Ufficio unificato'],
    [[{ service: 'DISCIPLINARY', serviceModel: 'SUPPORT' }], 'la responsabilità degli atti resta del Comune'],
    [[{ service: 'TRAINING', serviceModel: 'FULL_UPD' }], 'non sono fra i servizi'],
  ])('has an article 6 whatever was agreed: %j', (services, said) => {
    expect(article6(services)).toContain(said);
  });

  it('says of the impact assessment what was given, and of no service what it does not touch', () => {
    const article9 = (service: string, impactAssessment: string | null): string =>
      draw('comune-onboarding/acts/convenzione', {
        ...{ services: [{ service, serviceModel: 'SUPPORT' }], dpoCheckedAt: '2026-06-30', impactAssessment },
      })
        .split('Art. 9 – ')[1]!
        .split('Art. 10 – ')[0]!;
    expect(article9('DISCIPLINARY', 'VIP 3/2026')).toContain('dati disciplinari: VIP 3/2026.');
    expect(article9('DISCIPLINARY', null)).not.toContain('non richiesta');
    expect(article9('TRAINING', null)).toContain('non comportano il trattamento di dati disciplinari.');
  });

  it('goes live with the services that it names, and says what becomes of open cases', () => {
    const record = (importedCases: readonly object[] | null): string =>
      draw('comune-onboarding/acts/verbale-avvio', {
        ...{
          services: [{ service: 'TRAINING', serviceModel: 'SUPPORT' }],
          importedCases: importedCases as never,
        },
      });
    expect(record(null)).toMatch(/Formazione.*Supporto: gli atti restano del Comune/s);
    expect(record(null)).toContain('Quelli iniziati prima dell’avvio seguono il modello di allora');
    expect(record([])).not.toContain('importati proseguono');
    const taken = record([{ caseRef: 'PD-1' }]);
    expect(taken).toContain('importati proseguono presso l’ufficio unificato');
    expect(taken).not.toContain('il modello di allora');
  });

  it.each([
    [
      { comuneOrgan: 'COUNCIL', counterpartKind: 'comune' },
      'del consiglio comunale',
      'IL CONSIGLIO COMUNALE',
      'LA GIUNTA',
    ],
    [
      { comuneOrgan: 'COUNCIL', counterpartKind: 'union' },
      'del consiglio dell’Unione',
      'IL CONSIGLIO DELL’UNIONE',
      'LA GIUNTA',
    ],
    [
      { comuneOrgan: 'COMMISSIONER', counterpartKind: 'comune' },
      'del commissario con i poteri',
      'IL COMMISSARIO',
      'IL COMMISSARIO',
    ],
    [
      { comuneOrgan: 'COMMISSION', counterpartKind: 'comune' },
      'della commissione straordinaria',
      'LA COMMISSIONE STRAORDINARIA',
      'LA COMMISSIONE STRAORDINARIA',
    ],
    // Cases that began before anybody asked.
    [
      { comuneOrgan: null, counterpartKind: null },
      'del consiglio comunale',
      'IL CONSIGLIO COMUNALE',
      'LA GIUNTA',
    ],
  ])('names whoever resolves for the body: %j', (organ, inText, resolving, executing) => {
    expect(draw('comune-onboarding/acts/convenzione', organ)).toContain(`deliberazione ${inText}`);
    const [council, giunta] = ['comune', 'giunta'].map((of) =>
      draw(`comune-onboarding/acts/schema-deliberazione-${of}`, organ),
    );
    expect(council).toContain(resolving);
    expect(giunta).toContain(executing);
    // Who alone resolves does not vote.
    for (const text of [council, giunta])
      expect(text!.includes('Con voti')).toBe(organ.comuneOrgan !== 'COMMISSIONER');
  });

  it('of a Unione is of the staff that is its own', () => {
    const told = draw('comune-onboarding/acts/convenzione', { counterpartKind: 'union' });
    expect(told).toContain('di seguito «Unione»');
    expect(told).toContain('personale alle dipendenze dell’Unione');
    expect(draw('comune-onboarding/acts/convenzione', {})).not.toContain('Unione');
  });

  it('of a Province with a commissioner names him', () => {
    const told = draw('comune-onboarding/acts/schema-deliberazione-provincia', {
      provinceOrgan: 'COMMISSIONER',
    });
    expect(told).toContain('IL COMMISSARIO');
    expect(told).not.toContain('Con voti');
  });

  it('has its code proved, also where it was published late', () => {
    const proof = (codePublishedAt: string): string =>
      drawAct(
        join(processes, 'comune-onboarding/acts/attestazione-codice.md'),
        { ccnlSignedAt: '2026-02-23', codePublishedAt, codeProof: 'albo 120/2026', rulesAct: 'G.C. 80/2026' },
        {
          ...around,
          deadlines: {
            DL_CODE: { legalDueDate: '2026-03-10' },
            DL_CODE_EFFECT: { earliestActionDate: '2026-03-17' },
          },
        },
      );
    expect(proof('2026-03-02')).toContain('dal 17 marzo 2026');
    expect(proof('2026-03-02')).not.toContain('è avvenuta dopo');
    expect(proof('2026-03-11')).toContain('entro il 10 marzo 2026: è avvenuta dopo');
  });

  it('has its trial reported, with what failed', () => {
    const report = (trialOk: boolean): string =>
      draw('comune-onboarding/acts/verbale-prova', {
        ...{ trialOk, trialNote: trialOk ? null : 'Mancano le intestazioni.', trainedAt: '2026-10-05' },
        services: [{ service: 'TRAINING', serviceModel: 'SUPPORT' }],
      });
    expect(report(true)).toContain('Esito: positivo');
    expect(report(false)).toContain('Mancano le intestazioni.');
    expect(report(false)).not.toContain('positivo');
  });

  it('says which convention is annulled, by what and of which day', () => {
    const variables = {
      annulmentAct: 'sentenza TAR n. 88/2030',
      annulledAt: '2030-12-20',
      exitAt: '2031-01-29',
    };
    const told = draw('convention-lifecycle/acts/presa-atto-recesso', {
      ...{ ...variables, exitReason: 'ANNULMENT', conventionNo: 'CONV-C', validUntil: '2031-12-31' },
    });
    expect(told).toContain(
      'che la convenzione n. CONV-C è annullata (sentenza TAR n. 88/2030, del 20 dicembre 2030).',
    );
  });

  it('of a Comune that merges ends on its last day, and names whoever takes its place', () => {
    const told = draw('convention-lifecycle/acts/presa-atto-recesso', {
      ...{ annulmentAct: 'L.R. 21/2026', annulledAt: '2026-11-20', exitAt: '2026-12-31' },
      ...{ exitReason: 'MERGER', mergedIntoName: 'Comune di Borgovalle', conventionNo: 'CONV-C' },
    });
    expect(told).toContain('presa d’atto della fusione del Comune');
    expect(told).toContain('cessa per fusione (L.R. 21/2026, del 20 novembre 2026)');
    expect(told).toContain('subentra l’ente Comune di Borgovalle');
    expect(told).not.toMatch(/rinnovare|annullata|il datore di lavoro resta/);
  });

  it('is renewed from the day after its end, with the services that it has', () => {
    const told = draw('convention-lifecycle/acts/convenzione-rinnovo', {
      ...{ conventionNo: 'CONV-C', validFrom: '2026-11-01', withdrawalMonths: 6 },
      // As the decision has left them.
      ...{
        renewedFrom: '2030-01-01',
        validUntil: '2032-12-31',
        renewalDecidedAt: '2029-05-10',
        renewalAct: 'C.C. 9/2029',
      },
      services: [{ service: 'TRAINING', serviceModel: 'SUPPORT' }],
    });
    expect(told).toContain('finisce il 31 dicembre 2029');
    expect(told).toContain('dal 1° gennaio 2030 al 31 dicembre 2032');
    expect(told).toMatch(/Formazione.*Supporto/s);
  });

  it('is not prolonged by a notice that outlasts it', () => {
    const told = (validUntil: string) =>
      draw('convention-lifecycle/acts/presa-atto-recesso', { exitReason: 'WITHDRAWAL', validUntil });
    const takesEffect = 'termina il 31 marzo 2027, data in cui il recesso ha effetto.';
    expect(told('2026-12-31')).toContain('si conclude però prima, il 31 dicembre 2026');
    expect(told('2026-12-31')).not.toContain('ha effetto');
    expect(told('2029-12-31')).toContain(takesEffect);
    expect(told('2029-12-31')).not.toContain('prima');
  });
});

describe('the receipt of files at the end of a convention', () => {
  const receipt = (exitPlan: readonly object[]): string =>
    draw('convention-lifecycle/acts/ricevuta-consegna-fascicoli', {
      ...{ conventionNo: 'CONV-C', exitAt: '2032-12-31', exitPlan: exitPlan as never },
    });

  it('says of which day, and of each case what becomes of it', () => {
    const kept = { caseRef: 'PD-7', decision: 'CONTINUE', nextTermOn: null };
    const told = receipt([{ caseRef: 'PD-6', decision: 'HAND_OVER', nextTermOn: '2033-01-20' }, kept]);
    expect(told).toContain('si conclude il 31 dicembre 2032');
    expect(told).toContain('PD-6 | consegnato al Comune | 20 gennaio 2033');
    expect(told).toContain('PD-7 | resta alla Provincia, che lo conclude | –');
    expect(told).toContain('in sola lettura, salvo quelli dei procedimenti che la Provincia conclude.');
    expect(told).toContain('Chi riceve dichiara');
    expect(receipt([kept])).not.toContain('Chi riceve dichiara');
  });

  it('says so where there is nothing to hand over', () => {
    expect(receipt([])).toContain('non vi sono fascicoli da consegnare');
    expect(receipt([])).toContain('presso la Provincia sono in sola lettura.');
  });
});

describe('the share of costs', () => {
  const upd = [{ service: 'DISCIPLINARY', serviceModel: 'FULL_UPD' }];
  const services = [{ service: 'TRAINING', serviceModel: 'SUPPORT' }];
  const of = (act: string, more: object): string =>
    draw(`comune-onboarding/acts/${act}`, { services, feasible: true, yearlyCost: 1200, ...more } as never);

  it.each(['convenzione', 'esito-fattibilita'])('is told in %s, or that there is none', (act) => {
    expect(of(act, {})).toMatch(/Concorso annuo alle spese[^:]*: €\s1\.200,00[.,]/);
    expect(of(act, {})).not.toMatch(/ufficio unificato[^.]* oner/);
    expect(of(act, { yearlyCost: 0 })).not.toContain('€');
    expect(of(act, { services: upd })).toMatch(/ufficio unificato[^.]* oner/);
  });
});

it('names the bodies of a single selection, not their codes', () => {
  const text = draw('selection-single-list/acts/bando-selezione-unica', {
    bodyNames: ['Comune di Borgo Sereno'],
    bodies: ['c_borgo'],
    profiles: ['Istruttore'],
  });
  expect(text).toContain('Comune di Borgo Sereno');
  expect(text).not.toContain('c_borgo');
});

it('approves a list with those who passed, in no order of merit', () => {
  const text = draw('selection-single-list/acts/approvazione-elenco', { passed: ['K-09', 'K-02'] });
  expect(text.split('Allegato')[1]).toMatch(/K-02\s+K-09/);
});

it('announces one post or several, and prefers the rarer gender only where the other is by far more frequent', () => {
  const notice = (posts: number, womenSharePct: number): string =>
    draw('selection-competition/acts/bando', { posts, womenSharePct, reservedPosts: [], tests: [] });
  expect(notice(1, 65)).toMatch(/n\. \*{0,2}1\*{0,2} posto /);
  expect(notice(3, 65)).toMatch(/n\. \*{0,2}3\*{0,2} posti /);
  const preference = 'è preferito il genere meno rappresentato';
  expect([34.9, 35, 65, 65.1].map((share) => notice(3, share).includes(preference))).toEqual([
    true,
    false,
    false,
    true,
  ]);
});

it('an answer of the desk names its topic by the word that the form has for it', () => {
  const form = readFileSync(join(processes, 'desk-request', 'forms', 't_triage.json'), 'utf8');
  const { components } = JSON.parse(form) as {
    components: readonly { key: string; values?: readonly { label: string; value: string }[] }[];
  };
  const topics = components.find(({ key }) => key === 'topic')?.values ?? [];
  expect(topics.length).toBeGreaterThan(0);
  const subjectOf = (topic: string | null): string =>
    draw('desk-request/acts/risposta-quesito', { receivedAt: '2026-03-20', topic }).toLowerCase();
  for (const { label, value } of topics)
    expect(subjectOf(value)).toContain(`alla richiesta del 20 marzo 2026 – ${label.toLowerCase()}`);
  expect(subjectOf(null)).toContain('del 20 marzo 2026 – ____');
});
