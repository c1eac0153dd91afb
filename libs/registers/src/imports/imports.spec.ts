import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import type { Body, Convention } from '../body.ts';
import type { Office } from '../offices/index.ts';
import { noLocalCalendar } from '../local-calendar.ts';
import {
  boardsImport,
  bodiesImport,
  calendarsImport,
  conventionsImport,
  judgeFile,
  mailboxesImport,
  officesImport,
  staffImport,
  templateOf,
} from './index.ts';
import type { ImportKind } from './index.ts';

const report = <T>(text: string, kind: ImportKind<T>) => {
  const found = judgeFile(text, kind);
  if ('fault' in found) throw new Error(found.fault.message.it);
  return found;
};
const said = <T>(text: string, kind: ImportKind<T>): readonly string[] =>
  report(text, kind).lines.map(
    ({ line, name, state, why }) => `${line} ${name} ${state}${why === null ? '' : `: ${why.it}`}`,
  );

const known = {
  ...{
    employeeRef: 'M-1',
    office: 'Anagrafe',
    area: 'ISTRUTTORI' as const,
    hiredOn: '2020-01-01',
    leftOn: null,
  },
};
const office = (code: string, name: string): [string, Office] => [
  code,
  { ...{ code, name, head: null, headAccount: null, parent: null, from: '2010-01-01', to: null } },
];
const offices = new Map([
  office('Anagrafe', 'Servizi demografici'),
  office('Tributi', 'Tributi'),
  office('SC', 'Stato civile, anagrafe'),
]);
const staff = staffImport(new Map([['M-1', known]]), offices);

describe('a file of staff', () => {
  it('is judged line by line, and nothing is left out', () => {
    const text = [
      'Matricola;Ufficio;Area;Data di assunzione;Data di cessazione',
      'M-1;Anagrafe;Istruttori;01/01/2020;',
      '',
      'M-2;Tributi;funzionari ed elevata qualificazione;2021-05-03;30.6.2026',
      'M-1;Anagrafe;Istruttori;01/01/2020;',
      'M-3;Tributi;Istruttori;31/02/2021;',
      'M-5;Protocollo;Istruttori;1/1/2021;',
      'M-4;"Trib',
    ].join('\r\n');
    expect(said(text, staff)).toEqual([
      '2 M-1 same',
      '4 M-2 new',
      '5 M-1 refused: È già alla riga 2.',
      '6 M-3 refused: La data di assunzione è un giorno (AAAA-MM-GG).',
      '7 M-5 refused: L’ufficio «Protocollo» non è nel registro degli uffici.',
      '8  refused: Le virgolette della riga non si chiudono.',
    ]);
    expect(report(text, staff)).toMatchObject({
      counts: { new: 1, changed: 0, same: 1, refused: 4 },
      items: [{ employeeRef: 'M-2', area: 'FUNZIONARI', hiredOn: '2021-05-03', leftOn: '2026-06-30' }],
    });
  });

  it('takes no line whose cells do not stand under its columns, and no column twice', () => {
    const text = [
      'matricola,ufficio,area,assunto il,cessato il,',
      'M-2,Tributi, tasse e canoni,ISTRUTTORI,2020-01-01,',
      'M-3,Tributi,ISTRUTTORI,2020-01-01,,da verificare',
      'M-5,Tributi,ISTRUTTORI,2020-01-01,,',
      'M-6,Tributi,ISTRUTTORI,2020-01-01,',
    ].join('\n');
    expect(said(text, staff)).toEqual([
      '2 M-2 refused: L’area è una di OPERATORI, OPERATORI_ESPERTI, ISTRUTTORI, FUNZIONARI.',
      '3  refused: La riga ha 6 celle, le colonne sono 5: «da verificare» non sta sotto nessuna colonna.',
      '4 M-5 new',
      '5 M-6 new',
    ]);
    expect(said('matricola;ufficio;;area;assunto il\nM-2;Tributi;nota;ISTRUTTORI;2020-01-01', staff)).toEqual(
      ['2  refused: «nota» non sta sotto nessuna colonna.'],
    );
    expect(judgeFile('matricola;ufficio;area;assunto il;data di assunzione\nM-2;;;;', staff)).toEqual({
      fault: {
        code: 'table-invalid',
        message: {
          it: 'Colonne presenti due volte: «data di assunzione».',
          en: 'Columns that are there twice: “data di assunzione”.',
        },
      },
    });
  });

  it('takes a line without its last cells where they may be empty, and names the column that it lacks', () => {
    const text = [
      'matricola;ufficio;area;assunto il;cessato il;',
      'M-4;Tributi;ISTRUTTORI;2020-01-01',
      'M-5;Tributi;ISTRUTTORI',
      'M-6',
      'M-7;Tributi;ISTRUTTORI;',
      '',
    ].join('\n');
    expect(said(text, staff)).toEqual([
      '2 M-4 new',
      '3  refused: La riga ha 3 celle, le colonne sono 5: manca «data di assunzione».',
      '4  refused: La riga ha 1 cella, le colonne sono 5: mancano «ufficio», «area», «data di assunzione».',
      '5 M-7 refused: La data di assunzione è un giorno (AAAA-MM-GG).',
    ]);
    expect(report(text, staff).items).toMatchObject([{ employeeRef: 'M-4', leftOn: null }]);
    // The last column must be filled in, those before it need not.
    expect(said('cessato il;matricola;ufficio;area;assunto il\n;M-4;Tributi', staff)).toEqual([
      '2  refused: La riga ha 3 celle, le colonne sono 5: mancano «area», «data di assunzione».',
    ]);
  });

  it('takes no short last line without a line break: the file may have been cut before the day of leaving', () => {
    const lines = 'matricola;ufficio;area;assunto il;cessato il\nM-4;Tributi;ISTRUTTORI;2020-01-01';
    const cut =
      'Il file finisce in questa riga, prima della colonna «data di cessazione»: forse è incompleto. Se è intero, completare la riga.';
    expect(said(lines, staff)).toEqual([`2  refused: ${cut}`]);
    for (const end of ['\n', '\r\n', ';', ';2026-06-30', '\nM-5;Tributi;ISTRUTTORI;2020-01-01;'])
      expect(said(lines + end, staff)[0]).toBe('2 M-4 new');
  });

  it('is warned of when it ends without a line break, wherever it may have been cut', () => {
    const lines = 'matricola;ufficio;area;assunto il;cessato il\nM-4;Tributi;ISTRUTTORI;2020-01-01;';
    for (const cut of [lines, `${lines}2026-0`, `${lines}2026-06-30`])
      expect(report(cut, staff).warning?.it).toContain('non finisce con un a capo');
    for (const end of ['\n', '\r\n']) expect(report(lines + end, staff).warning).toBeNull();
  });

  it('is read in any order of columns, with any separator', () => {
    expect(
      said('area,staff number,hiredOn,office\nISTRUTTORI,M-1,2020-01-01,"Stato civile, anagrafe"', staff),
    ).toEqual(['2 M-1 changed']);
  });

  it.each([
    ['', 'Il file è vuoto.'],
    ['matricola;stipendio;ufficio;area;assunto il', 'Colonne sconosciute: «stipendio».'],
    ['matricola;area', 'Mancano le colonne: «ufficio», «data di assunzione».'],
    [`matricola;ufficio;area;assunto il\n${'x'.repeat(1024 * 1024)}`, 'Il file supera 1 MB.'],
  ])('that cannot be read is refused as a whole', (text, message) => {
    expect(judgeFile(text, staff)).toMatchObject({
      fault: { code: 'table-invalid', message: { it: message } },
    });
  });

  it('names an office by its code or by its name', () => {
    const text = 'matricola;ufficio;area;assunto il\nM-2;servizi demografici;OPERATORI;2020-01-01';
    expect(report(text, staff).items).toMatchObject([{ office: 'Anagrafe' }]);
  });

  it('has a template that it reads', () => {
    expect(said(`${templateOf(staff.columns)}M-9;Anagrafe;OPERATORI;1/2/2024;`, staff)).toEqual([
      '2 M-9 new',
    ]);
  });

  it('whatever it holds, every line that says something is in the report', () => {
    const line = fc.string({ maxLength: 40 }).map((it) => it.replaceAll(/[\r\n"]/g, ''));
    fc.assert(
      fc.property(fc.array(line, { maxLength: 20 }), (lines) => {
        const text = `matricola;ufficio;area;assunto il\n${lines.join('\n')}`;
        const saying = lines.filter((it) => it.split(';').some((cell) => cell.trim() !== ''));
        expect(report(text, staff).lines).toHaveLength(saying.length);
      }),
    );
  });
});

const body = (ipa: string): Body => ({
  ...{ ipa, name: 'Comune di Borgo', kind: 'comune', province: 'p_demo' },
  ...{ conventions: [], mailboxes: [], calendar: noLocalCalendar, calendarVersion: 0, shared: [] },
});
const find = (ipa: string) => (ipa === 'c_borgo' ? body(ipa) : null);

it('bodies are judged as the register decides', () => {
  const text = `codice IPA;denominazione;tipo;provincia
C_BORGO;Comune di Borgo;comune;p_demo
c_borgo;Comune di Borgo Sereno;comune;p_demo
c_nuovo;Comune Nuovo;comune;p_demo
c_altro;;comune;p_demo
c_x;X;regione;
c_y;Y;constructor;`;
  expect(said(text, bodiesImport(find))).toEqual([
    '2 c_borgo same',
    '3 c_borgo refused: È già alla riga 2.',
    '4 c_nuovo new',
    '5 c_altro refused: Servono il codice IPA e il nome dell’ente.',
    '6 c_x refused: Il tipo è uno di comune, provincia, province, unione, union, altro, other.',
    '7 c_y refused: Il tipo è uno di comune, provincia, province, unione, union, altro, other.',
  ]);
});

it('conventions name services in Italian, and must fit the body', () => {
  const text = `comune;convenzione;provincia;servizi;modello;valida dal;valida fino al;atto del regolamento
c_borgo;C-1;p_demo;disciplina, selezione;full_upd;01/01/2026;;G.C. 4/2026
c_borgo;C-2;p_demo;sport;SUPPORT;01/01/2026;;
c_borgo;C-3;p_demo;formazione;SUPPORT;01/01/2026;31/12/2025;
c_ignoto;C-4;p_demo;formazione;SUPPORT;01/01/2026;;`;
  expect(said(text, conventionsImport(find))).toEqual([
    '2 c_borgo C-1 new',
    expect.stringMatching(/^3 c_borgo refused: Il servizio «sport» non esiste/),
    '4 c_borgo C-3 refused: Le date della convenzione non sono valide.',
    '5 c_ignoto C-4 refused: L’ente non è registrato.',
  ]);
});

it('conventions keep what a file does not say, and are the same again', () => {
  const convention: Convention = {
    ...{ id: 'C-1', province: 'p_demo', services: ['discipline'], serviceModel: 'SUPPORT' },
    ...{ validFrom: '2026-01-01', validTo: null, agreedSanction: true },
  };
  const kind = () => conventionsImport(() => ({ ...body('c_borgo'), conventions: [convention] }));
  const line = (more: string) =>
    `comune;id;province;services;serviceModel;validFrom;validTo;agreedSanction\nc_borgo;C-1;p_demo;disciplina;support;2026-01-01;${more}`;
  expect(said(line(';'), kind())).toEqual(['2 c_borgo C-1 same']);
  expect(said(line(';no'), kind())).toEqual(['2 c_borgo C-1 changed']);
  expect(said(line(';forse'), kind())).toEqual(['2 c_borgo refused: La sanzione concordata è sì o no.']);
  expect(report(line('31/12/2027;'), kind()).items).toMatchObject([
    { command: { convention: { validTo: '2027-12-31', agreedSanction: true } } },
  ]);
});

it('conventions take the last day of beginnings, keep it unsaid, and lose it where the file leaves it empty', () => {
  const convention: Convention = {
    ...{ id: 'C-1', province: 'p_demo', services: ['discipline'], serviceModel: 'SUPPORT' },
    ...{ validFrom: '2026-01-01', validTo: null, startsUntil: '2026-06-30' },
  };
  const kind = () => conventionsImport(() => ({ ...body('c_borgo'), conventions: [convention] }));
  const head = 'comune;convenzione;provincia;servizi;modello;valida dal;valida fino al';
  const line = 'c_borgo;C-1;p_demo;disciplina;SUPPORT;01/01/2026;';
  expect(said(`${head}\n${line}\n`, kind())).toEqual(['2 c_borgo C-1 same']);
  const until = (day: string) => `${head};avvii fino al\n${line};${day}\n`;
  expect(said(until('30/06/2026'), kind())).toEqual(['2 c_borgo C-1 same']);
  expect(report(until('31/07/2026'), kind()).items).toMatchObject([
    { command: { convention: { startsUntil: '2026-07-31' } } },
  ]);
  expect(report(until(''), kind()).items).toMatchObject([{ command: { convention: { startsUntil: null } } }]);
  expect(said(until('31/12/2025'), kind())).toEqual([
    '2 c_borgo C-1 refused: L’ultimo giorno per gli avvii non cade nel periodo della convenzione.',
  ]);
});

it('conventions pass to another model by an end and a new number, in one file', () => {
  const convention: Convention = {
    ...{ id: 'C-1', province: 'p_demo', services: ['discipline'], serviceModel: 'SUPPORT' },
    ...{ validFrom: '2026-01-01', validTo: null, rulesAct: 'G.C. 4/2026' },
  };
  const kind = () => conventionsImport(() => ({ ...body('c_borgo'), conventions: [convention] }));
  const head = 'comune;convenzione;provincia;servizi;modello;valida dal;valida fino al;atto del regolamento';
  const rewritten = `${head}\nc_borgo;C-1;p_demo;disciplina;FULL_UPD;01/01/2026;;`;
  expect(said(rewritten, kind())).toEqual([
    expect.stringMatching(/^2 c_borgo C-1 refused: La convenzione C-1 non cambia/),
  ]);
  const text = `${head}
c_borgo;C-1;p_demo;disciplina;SUPPORT;01/01/2026;31/12/2026;
c_borgo;C-2;p_demo;disciplina;FULL_UPD;01/01/2027;;G.C. 9/2026`;
  expect(said(text, kind())).toEqual(['2 c_borgo C-1 changed', '3 c_borgo C-2 new']);
  expect(report(text, kind()).items).toMatchObject([
    { command: { convention: { validTo: '2026-12-31', rulesAct: 'G.C. 4/2026' } } },
    { command: { convention: { serviceModel: 'FULL_UPD' } } },
  ]);
});

it('boards are made line by line, with an incompatibility a line', () => {
  const head = 'organo;tipo;denominazione;valido dal;componente;utenza;ruolo;genere';
  const text = `${head};incompatibile con la matricola;motivo
U-1;UPD;Ufficio;01/01/2026;Ugo;ugo;presidente;m;B-1;Parentela
U-1;UPD;Ufficio;01/01/2026;Ugo;ugo;presidente;m;B-2;Grave inimicizia
U-1;UPD;Ufficio;01/01/2026;Mara;mara;presidente;f;;
U-1;UPD;Ufficio;02/01/2026;Carlo;carlo;componente;m;;
U-1;UPD;Ufficio;01/01/2026;Ida;;componente;f;B-1;
U-1;UPD;Ufficio;01/01/2026;Ida;;supplente;f;;`;
  const kind = boardsImport(new Map());
  expect(said(text, kind)).toEqual([
    '2 U-1 ugo B-1 new',
    '3 U-1 ugo B-2 changed',
    '4 U-1 mara refused: L’organo ha un solo presidente.',
    '5 U-1 carlo refused: L’organo U-1 ha altri dati in una riga precedente.',
    '6 U-1 Ida B-1 refused: Di ogni incompatibilità si indica il motivo, di al massimo 300 caratteri.',
    '7 U-1 Ida new',
  ]);
  const fresh = boardsImport(new Map());
  const [made] = fresh.made(report(text, fresh).items);
  expect(made).toMatchObject({
    ...{ id: 'U-1', kind: 'UPD', validFrom: '2026-01-01', validTo: null },
    members: [
      { account: 'ugo', incompatibilities: [{ employeeRef: 'B-1' }, { employeeRef: 'B-2' }] },
      { name: 'Ida', account: null, role: 'SUBSTITUTE', gender: 'F', incompatibilities: [] },
    ],
  });
  const again = boardsImport(new Map([['U-1', made!]]));
  expect(report(text, again).counts).toMatchObject({ same: 3, new: 0, changed: 0 });
  expect(again.made(report(text, again).items)).toEqual([]);
});

it('mailboxes are read in small letters, and belong to a body that is registered', () => {
  const text = `ente;indirizzo;tipo;uso
c_borgo;Protocollo@PEC.borgo.it;PEC;protocollo
c_borgo;protocollo@pec.borgo.it;PEC;protocollo
c_borgo;personale;posta;personale
c_ignoto;a@pec.it;PEC;protocollo`;
  expect(said(text, mailboxesImport(find))).toEqual([
    '2 c_borgo protocollo@pec.borgo.it new',
    '3 c_borgo protocollo@pec.borgo.it refused: È già alla riga 2.',
    '4 c_borgo personale refused: L’indirizzo della casella non è valido.',
    '5 c_ignoto a@pec.it refused: L’ente non è registrato.',
  ]);
});

it('offices stand in the file after what they are a part of', () => {
  const text = `codice;ufficio;matricola del responsabile;fa parte di;attivo dal;attivo fino al
AMM;Settore amministrativo;;;01/01/2010;
DEM;Servizi demografici;M-1;AMM;01/01/2010;
RAG;Ragioneria;Mario Rossi;AMM;01/01/2010;
BIB;Biblioteca;;CUL;01/01/2010;
AMM;Settore amministrativo;;DEM;01/01/2010;
Tributi;Tributi;;;2010-01-01;`;
  const kind = officesImport(offices, () => true);
  expect(said(text, kind)).toEqual([
    '2 AMM new',
    '3 DEM new',
    '4 RAG refused: Il responsabile si indica con la matricola, non con il nome o il codice fiscale.',
    '5 BIB refused: L’ufficio superiore «CUL» non è nel registro.',
    '6 AMM refused: È già alla riga 2.',
    '7 Tributi same',
  ]);
});

describe('the account of who heads an office', () => {
  const before = new Map(offices).set('AMM', {
    ...office('AMM', 'Settore amministrativo')[1],
    ...{ head: 'M-1', headAccount: 'anna' },
  });
  const kind = () => officesImport(before, (account) => account === 'bruno');
  const header = 'codice;ufficio;matricola del responsabile;utenza del responsabile;attivo dal';

  it('is of somebody who heads at the body; the same as before is not asked about again', () => {
    const text = `${header}
AMM;Settore amministrativo e affari generali;M-1;anna;2010-01-01
TEC;Ufficio tecnico;M-3;BRUNO;2010-01-01
POL;Polizia locale;M-4;carla;2010-01-01
RAG;Ragioneria;;bruno;2010-01-01
SOC;Servizi sociali;M-5;bruno;2010-01-01
`;
    expect(said(text, kind())).toEqual([
      '2 AMM changed',
      '3 TEC new',
      '4 POL refused: L’utenza «carla» non è di un responsabile di struttura dell’ente.',
      '5 RAG refused: Con l’utenza del responsabile si indica anche la sua matricola.',
      '6 SOC refused: L’utenza è già di un’altra matricola, che dirige l’ufficio TEC.',
    ]);
    expect(report(text, kind()).items.map(({ headAccount }) => headAccount)).toEqual(['anna', 'bruno']);
  });

  it('stays when a file does not ask for it, but not with another person; empty, it goes', () => {
    const without = 'codice;ufficio;matricola del responsabile;attivo dal\nAMM;Settore;';
    const account = (text: string) => report(text, kind()).items[0]?.headAccount;
    expect(account(`${without}M-1;2010-01-01\n`)).toBe('anna');
    expect(account(`${without}M-2;2010-01-01\n`)).toBeNull();
    expect(account(`${header}\nAMM;Settore;M-1;;2010-01-01\n`)).toBeNull();
  });
});

describe('a file of patron saints and closures', () => {
  const text = `ente;voce;dal;al;giorno del patrono;descrizione
c_borgo;patrono;;31/12/2026;24/06;San Giovanni
c_borgo;patrono;01/01/2027;;04/10;San Francesco
c_borgo;chiusura;24/12/2026;31/12/2026;;Chiusura natalizia
c_borgo;chiusura;28/12/2026;;;Due volte chiuso
c_borgo;chiusura;24/12/2026;;;Ancora
c_borgo;ponte;02/05/2026;;;Ponte
c_valle;chiusura;14/08/2026;;;Ponte di Ferragosto
c_ignoto;chiusura;14/08/2026;;;Ponte`;
  const valle = { ...body('c_valle'), calendarVersion: 3 };
  const both = (ipa: string) => (ipa === 'c_valle' ? valle : find(ipa));

  it('is judged line by line against the calendar as the lines before make it', () => {
    expect(said(text, calendarsImport(both))).toEqual([
      '2 c_borgo patrono new',
      '3 c_borgo patrono 2027-01-01 new',
      '4 c_borgo 2026-12-24 new',
      '5 c_borgo 2026-12-28 refused: Due chiusure comprendono il giorno 2026-12-28.',
      '6 c_borgo 2026-12-24 refused: È già alla riga 4.',
      '7 c_borgo refused: La voce è patrono o chiusura.',
      '8 c_valle 2026-08-14 new',
      '9 c_ignoto 2026-08-14 refused: L’ente non è registrato.',
    ]);
  });

  it('makes one calendar a body, of the version that it was made from; again it changes nothing', () => {
    const kind = calendarsImport(both);
    report(text, kind);
    const [borgo, other, ...more] = kind.made();
    expect([borgo, other?.expectedVersion, more]).toMatchObject([
      {
        ...{ body: 'c_borgo', expectedVersion: 0 },
        calendar: {
          patronSaints: [
            { day: '06-24', name: 'San Giovanni', validFrom: null, validTo: '2026-12-31' },
            { day: '10-04', validFrom: '2027-01-01', validTo: null },
          ],
          closures: [{ from: '2026-12-24', to: '2026-12-31', reason: 'Chiusura natalizia' }],
          patronSaintShiftsLegalTerm: false,
        },
      },
      3,
      [],
    ]);
    const calendars = new Map(kind.made().map((it) => [it.body, it.calendar]));
    const then = (ipa: string) => {
      const known = both(ipa);
      return known && { ...known, calendar: calendars.get(ipa) ?? known.calendar };
    };
    const again = calendarsImport(then);
    expect(report(text, again).counts).toMatchObject({ new: 0, changed: 0, same: 4, refused: 4 });
    expect(again.made()).toEqual([]);
  });

  it('leaves alone what it does not name, and the switch that moves terms of law', () => {
    const closure = { from: '2026-08-14', to: '2026-08-14', reason: 'Ponte' };
    const calendar = { patronSaints: [], closures: [closure], patronSaintShiftsLegalTerm: true };
    const kind = calendarsImport(() => ({ ...valle, calendar }));
    const one =
      'ente;voce;dal;descrizione\nc_valle;chiusura;2026-12-24;Vigilia\nc_valle;chiusura;14.8.2026;Ferragosto';
    expect(said(one, kind)).toEqual(['2 c_valle 2026-12-24 new', '3 c_valle 2026-08-14 changed']);
    expect(kind.made()[0]?.calendar).toEqual({
      ...calendar,
      closures: [
        { ...closure, reason: 'Ferragosto' },
        { from: '2026-12-24', to: '2026-12-24', reason: 'Vigilia' },
      ],
    });
  });
});
