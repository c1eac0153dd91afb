import { expect, it } from '@jest/globals';
import type { Body } from '../body.ts';
import type { Mailbox } from '../mailboxes.ts';
import { noLocalCalendar } from '../local-calendar.ts';
import { judgeIpa, mailboxesImport } from './index.ts';

const body = (ipa: string, mailboxes: readonly Mailbox[]): Body => ({
  ...{ ipa, name: ipa, kind: 'comune', province: null, conventions: [], mailboxes },
  ...{ calendar: noLocalCalendar, calendarVersion: 0, shared: [] },
});
const box = (address: string, purpose: Mailbox['purpose'], kind: Mailbox['kind'] = 'CERTIFIED_MAIL') => ({
  ...{ address, kind, purpose },
});
const bodies: Readonly<Record<string, Body>> = {
  c_borgo: body('c_borgo', [
    box('protocollo@pec.borgo.it', 'PROTOCOL'),
    box('vecchia@pec.borgo.it', 'DISCIPLINE'),
    box('personale@borgo.it', 'STAFF', 'MAIL'),
  ]),
  c_valle: body('c_valle', []),
};
const find = (ipa: string): Body | null => bodies[ipa] ?? null;
const read = (text: string) => {
  const report = judgeIpa(text, find, mailboxesImport(find));
  return (
    report && {
      lines: report.lines.map(({ line, name, state }) => `${line} ${name} ${state}`),
      uses: report.items.map(({ command }) => (command as { mailbox: Mailbox }).mailbox.purpose),
      warning: report.warning?.it ?? null,
    }
  );
};

// The header of the data set as the index publishes it; the bodies are invented.
const header =
  'Codice_IPA;Denominazione_ente;Codice_fiscale_ente;Tipologia;Codice_Categoria;Codice_natura;Codice_ateco;Ente_in_liquidazione;Codice_MIUR;Codice_ISTAT;Acronimo;Nome_responsabile;Cognome_responsabile;Titolo_responsabile;Codice_comune_ISTAT;Codice_catastale_comune;CAP;Indirizzo;Mail1;Tipo_Mail1;Mail2;Tipo_Mail2;Mail3;Tipo_Mail3;Mail4;Tipo_Mail4;Mail5;Tipo_Mail5;Sito_istituzionale;Url_facebook;Data_aggiornamento';
const ente = (ipa: string, ...mails: readonly string[]) =>
  [
    ...[ipa, `"Comune; di ${ipa}"`, ...Array.from({ length: 15 }, () => 'x'), '"Via Roma, 1"'],
    ...Array.from({ length: 10 }, (_, i) => mails[i] ?? ''),
    ...['www.x.it', '', '2026-11-02'],
  ].join(';');

it('open data of bodies is read as it comes: certified addresses of those on the register', () => {
  const file = [
    header,
    ente('c_altro', 'protocollo@pec.altro.it', 'Pec'),
    ente('C_BORGO', 'Protocollo@pec.borgo.it', 'Pec', 'info@borgo.it', 'Altro', 'nuova@pec.borgo.it', 'Pec'),
    ente('c_valle', 'null', 'null', 'comune@pec.valle.it', 'Pec', 'ragioneria@pec.valle.it', 'Pec'),
    ente('', 'nessuno@pec.it', 'Pec'),
    '',
  ].join('\r\n');
  expect(read(file)).toEqual({
    lines: [
      '3 c_borgo protocollo@pec.borgo.it same',
      '3 c_borgo nuova@pec.borgo.it new',
      '4 c_valle comune@pec.valle.it new',
      '4 c_valle ragioneria@pec.valle.it new',
    ],
    // What sends the acts of a body stays what it was; the first of a body without any does from now on.
    uses: ['OTHER', 'PROTOCOL', 'OTHER'],
    warning:
      'Righe di enti che non sono nel registro, tralasciate: 2. Indirizzi non certificati, tralasciati: 1. ' +
      'PEC del registro che il file non riporta, e che restano: c_borgo vecchia@pec.borgo.it.',
  });
});

it('open data of addresses has one in a line, an address often more than once', () => {
  const old = [
    'cod_amm\tDescrizione\tTipo\tTipologia Istat\tRegione\tProvincia\tComune\tMail\tTipo Mail',
    'c_valle\tRAGIONERIA\tSERVAMM\tComuni\tVeneto\tVE\tValle\tcomune@pec.valle.it\tpec',
    'c_valle\tTRIBUTI\tSERVAMM\tComuni\tVeneto\tVE\tValle\tCOMUNE@PEC.VALLE.IT\tpec',
    'c_valle\tTRIBUTI\tSERVAMM\tComuni\tVeneto\tVE\tValle\tnon valido\tpec',
    'c_borgo\tPROTOCOLLO\tAOO\tComuni\tVeneto\tVE\tBorgo\tpersonale@borgo.it\tpec\n',
  ].join('\n');
  expect(read(old)).toMatchObject({
    lines: [
      '2 c_valle comune@pec.valle.it new',
      '4 c_valle non valido refused',
      '5 c_borgo personale@borgo.it changed',
    ],
    uses: ['PROTOCOL', 'STAFF'],
    warning: expect.stringContaining('diventano PEC: c_borgo personale@borgo.it. PEC del registro'),
  });
});

it('a file of the register’s own columns is none of IPA, nor is one without addresses', () => {
  expect(read('codice IPA;indirizzo;tipo;uso\nc_borgo;a@pec.it;PEC;protocollo\n')).toBeNull();
  expect(read('Codice_IPA;Denominazione_ente\nc_borgo;Borgo\n')).toBeNull();
});
