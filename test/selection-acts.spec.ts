import { describe, expect, it } from '@jest/globals';
import { join } from 'node:path';
import type { ActSurroundings } from '@iter/process-model';
import { drawAct } from './support/acts.ts';

// What the acts of selections say in each of the ways in which they may be drawn up.

const province = { ipa: 'p_demo', name: 'Provincia di Monteverde' };
const around: ActSurroundings = {
  case: { id: 'c-1', code: 'SEL-26-01', process: 'selection' },
  body: { ipa: 'c_borgo', name: 'Comune di Borgo Sereno' },
  province,
  author: province,
  programme: null,
  deadlines: {},
  today: '2026-03-25',
};
const draw = (
  name: string,
  variables: Parameters<typeof drawAct>[1],
  more?: Partial<ActSurroundings>,
): string =>
  drawAct(join(import.meta.dirname, '..', 'processes', `${name}.md`), variables, { ...around, ...more });

describe('the individual contract', () => {
  const contract = (more: Parameters<typeof drawAct>[1]): string =>
    draw('selection-hiring/acts/contratto-individuale', {
      ...{ candidateRef: 'K-1', hireKind: 'WINNER', contractType: 'PERMANENT', contractMonths: null },
      ...{ area: 'ISTRUTTORI', profile: 'Istruttore amministrativo', seat: 'Municipio' },
      ...{ startAt: '2026-06-01', weeklyHours: 36, probationMonths: 6 },
      ...more,
    });

  it('names the months of probation, and asks for none after mobility', () => {
    expect(contract({})).toContain('periodo di prova di 6 mesi (art. 25 CCNL Funzioni locali 16.11.2022)');
    expect(contract({ hireKind: 'MOBILITY', probationMonths: 0 })).not.toContain(
      'soggetto a un periodo di prova',
    );
  });

  it('begins no probation for who is assigned or exempted, and says why', () => {
    const assigned = contract({ hireKind: 'ASSIGNED', probationMonths: 0 });
    expect(assigned).toContain('che lo iscrive nel proprio ruolo (art. 34-bis c. 2 D.Lgs. 165/2001)');
    expect(assigned).toContain('non comincia un altro periodo di prova');
    const exempted = contract({
      ...{ probationMonths: 0, probationExempt: true },
      ...{ exemptionGround: 'Comune di Altrove, stesso profilo; consenso prot. 8/2026.' },
    });
    expect(exempted).toContain('esonerato dal periodo di prova');
    expect(exempted).toContain('Comune di Altrove, stesso profilo; consenso prot. 8/2026.');
    for (const it of [assigned, exempted]) expect(it).not.toContain('soggetto a un periodo di prova');
  });

  it('leaves the hours of part time to be placed, and nothing of full time', () => {
    expect(contract({})).toContain('L’orario di lavoro è di 36 ore settimanali, a tempo pieno.');
    const part = contract({ weeklyHours: 17.5 });
    expect(part).toContain('17,5 ore settimanali, a tempo parziale');
    expect(part).toContain('con questa collocazione nella settimana: ____');
    const other = 'le altre attività che svolge: ____';
    expect(part).toContain(other);
    expect(contract({ weeklyHours: 18 })).toContain(other);
    for (const weeklyHours of [18.1, 36]) {
      expect(contract({ weeklyHours })).not.toContain(other);
      expect(contract({ weeklyHours })).toContain('di non avere altri rapporti di impiego');
    }
  });
});

it('a withdrawal in probation says from when it holds, what is due and where to turn', () => {
  const outcome = (probationOutcome: string): string =>
    draw(
      'selection-hiring/acts/esito-prova',
      {
        ...{
          candidateRef: 'K-1',
          contractSignedAt: '2026-05-04',
          startedAt: '2026-06-01',
          area: 'ISTRUTTORI',
        },
        ...{ probationMonths: 6, absenceTotal: null, probationOutcome },
        withdrawalReason: 'Mansioni non svolte nei tempi assegnati.',
      },
      { deadlines: { DL_PROBATION: { legalDueDate: '2026-11-30' } } },
    );
  const failed = outcome('NOT_PASSED');
  for (const said of ['opera dal momento in cui Le è comunicato', 'ferie maturate e non godute', 'art. 63'])
    expect(failed).toContain(said);
  expect(outcome('CONFIRMED')).not.toContain('recesso');
});

describe('an edition that brings nobody to the list', () => {
  const deserted = (more: Parameters<typeof drawAct>[1], state?: string): string =>
    draw(
      'selection-single-list/acts/selezione-deserta',
      {
        ...{ agreementRef: 'Accordo 15/2026', title: 'Selezione unica per istruttori', edition: 2 },
        ...{ noticeApprovedAt: '2026-03-02', windowOutcome: 'ADMITTED', applicationsCount: 3 },
        ...{ withdrawn: [], listMembers: ['K-9'] },
        ...more,
      },
      state === undefined ? {} : { deadlines: { DL_LIST_MEMBERSHIP: { byKey: { 'K-9': { state } } } } },
    );

  it('says why nobody is left', () => {
    expect(deserted({})).toContain(
      'nessuno dei candidati ammessi resta nella selezione, per rinuncia o per non avere superato le prove',
    );
    expect(deserted({ windowOutcome: 'DESERTED' })).toContain(
      'nessuno di coloro che hanno presentato domanda',
    );
    expect(deserted({ windowOutcome: 'DESERTED', applicationsCount: 0 })).toContain(
      'nessuno ha presentato domanda;',
    );
    expect(deserted({ withdrawn: [{ candidateRef: 'K-1', wasMember: false }] })).toContain(
      'per rinuncia o per',
    );
  });

  it('says whether the list goes on', () => {
    expect(deserted({}, 'open')).toContain(
      'l’elenco continua, finché vi è iscritto qualcuno, con chi vi è iscritto per le edizioni precedenti',
    );
    expect(deserted({}, 'closed')).toContain('l’elenco degli idonei non ha iscritti');
    expect(deserted({ listMembers: [] })).toContain('l’elenco degli idonei non ha iscritti');
  });
});

describe('the use of a ranking', () => {
  const need = {
    ...{ profile: 'Istruttore tecnico', area: 'ISTRUTTORI', contractType: 'FIXED', contractMonths: 12 },
  };
  const known = {
    ...{ need, seat: 'Municipio', position: 1, postsLeft: 1, agreementRef: 'Accordo 3/2026' },
    ...{ rankingOwner: 'OTHER', rankingRef: 'DD 77/2025', ranking: null, ownerName: 'Comune di Altrove' },
    validUntil: '2028-05-10',
  };

  it('offers what whoever is called must know: how long, and where', () => {
    const offer = draw('selection-ranking-use/acts/proposta-assunzione', known);
    expect(offer).toContain('a tempo determinato per 12 mesi');
    expect(offer).toContain('con sede di lavoro in Municipio');
  });

  it('names in the agreement the last day of the other body’s ranking', () => {
    const agreement = draw('selection-ranking-use/acts/accordo-graduatoria', known);
    expect(agreement).toContain('valida fino al 10 maggio 2028');
  });
});

describe('the minutes of the board', () => {
  const members = [{ memberRef: 'C-1', role: 'PRESIDENT' }];
  const board = { appointmentRef: '412/2026', appointedAt: '2026-10-20', title: null, members };
  const marks = [
    { candidateRef: 'K-1', absent: false, mark: 27, passed: true },
    { candidateRef: 'K-2', absent: false, mark: 18, passed: false },
    { candidateRef: 'K-3', absent: true, mark: null, passed: false },
  ];
  const rows = [/K-1 *\| *27 *\| *superata/, /K-2 *\| *18 *\| *non superata/, /K-3 *\| *– *\| *assente/];

  it('of the written test say which paper was drawn, and what was recorded alone', () => {
    const minutes = (aidsNote: string | null, recorded: object = {}): string =>
      draw('selection-tests/acts/verbale-prova-scritta', {
        ...board,
        ...{ writtenAt: '2026-11-11T09:00:00+01:00', writtenPlace: 'Palestra', writtenEndedAt: '2026-11-11' },
        ...{ admitted: marks, presentCount: 2, paperDrawn: 'Traccia B', aidsNote },
        ...{ marksClosedAt: '2026-11-18', results: marks, ...recorded },
      });
    const plain = minutes(null);
    expect(plain).toContain('sorteggiata la seguente: Traccia B.');
    expect(plain).not.toContain('ausili');
    // Whoever took part may ask for the minutes: of the health of others they say nothing.
    const aided = minutes('Un’ora in più a K-2.');
    expect(aided).toContain('annotati a parte');
    expect(aided).not.toContain('Un’ora in più');
    for (const row of rows) expect(plain).toMatch(row);
    expect(plain).toContain('C-1 | presidente');
    expect(plain).not.toMatch(/senza conoscerne gli autori|codici anonimi/);
    const coded = marks.map((mark, at) => ({ ...mark, anonymousCode: `A-${at}` }));
    const blind = minutes(null, { markedBlind: true, results: coded });
    expect(blind).toContain('senza conoscerne gli autori');
    expect(blind).toContain('chiusi e i codici anonimi sciolti in data 18 novembre 2026');
    expect(blind).not.toContain('A-0');
  });

  it('have room for five thousand candidates', () => {
    const results = Array.from({ length: 5_000 }, (_, at) => ({ ...marks[0]!, candidateRef: `K-${at}` }));
    const minutes = draw('selection-tests/acts/verbale-prova-scritta', {
      ...board,
      ...{ writtenAt: '2026-11-11T09:00:00+01:00', writtenPlace: 'Palestra', writtenEndedAt: '2026-11-11' },
      ...{ admitted: results, presentCount: 5_000, paperDrawn: 'Traccia B', aidsNote: null },
      ...{ marksClosedAt: '2026-11-18', results },
    });
    expect(minutes).toContain('K-4999');
  });

  it('of the oral test say that it was public where that was recorded, with every mark', () => {
    const minutes = (recorded: object): string =>
      draw('selection-tests/acts/verbale-prova-orale', {
        ...board,
        ...{ oralAt: '2026-12-09T09:00:00+01:00', oralPlace: 'Sala consiliare', oralEndedAt: '2026-12-10' },
        ...{ oralResults: marks, ...recorded },
      });
    const claims = [/in un’aula aperta al pubblico/, /estrazione a sorte/, /è stato affisso/];
    const held = minutes({ oralPublic: true, questionsDrawn: true, listPosted: true });
    for (const claim of [...claims, ...rows]) expect(held).toMatch(claim);
    const silent = minutes({});
    for (const row of rows) expect(silent).toMatch(row);
    for (const claim of claims) expect(silent).not.toMatch(claim);
  });

  it('of the first meeting have the criteria, and leave its day to be written', () => {
    const minutes = draw('selection-tests/acts/verbale-insediamento', {
      ...{ ...board, criteria: 'Chiarezza e completezza.', criteriaDoc: 'Verbale n. 1', admitted: marks },
      ...{ plannedEnd: '2027-05-10', plannedEndPublishedAt: '2026-10-25' },
    });
    expect(minutes).toContain('si è insediata il ____.');
    expect(minutes).toContain('Chiarezza e completezza.');
  });
});
