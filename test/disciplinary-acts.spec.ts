import { describe, expect, it } from '@jest/globals';
import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import type { ActSurroundings, Json } from '@iter/process-model';
import { drawAct } from './support/acts.ts';

// What the acts of the disciplinary procedure say. One that cannot be drawn up stops a case with an incident.

const processes = join(import.meta.dirname, '..', 'processes');
const parts = [
  ...['disciplinary-ordinary', 'disciplinary-core', 'disciplinary-defence'],
  ...['act-delivery', 'former-body-outcome', 'disciplinary-penal-resumption'],
];
const templates = parts.flatMap((part) => {
  const folder = join(processes, part, 'acts');
  return readdirSync(folder).map((name) => join(folder, name));
});

const around: ActSurroundings = {
  case: { id: 'c-1', code: 'PD-2026-001', process: 'disciplinary-ordinary' },
  body: { ipa: 'c_borgo', name: 'Comune di Borgo Sereno' },
  province: { ipa: 'p_demo', name: 'Provincia di Monteverde' },
  author: { ipa: 'p_demo', name: 'Provincia di Monteverde' },
  programme: null,
  deadlines: { DL_CONTESTATION: { legalDueDate: '2026-04-09', safeActionDate: '2026-04-09' } },
  today: '2026-03-25',
};

const draw = (file: string, variables: Readonly<Record<string, Json>>): string =>
  drawAct(file, variables, around);

const core = (name: string, variables: Readonly<Record<string, Json>>): string =>
  draw(join(processes, 'disciplinary-core', 'acts', `${name}.md`), variables);

it.each(templates)('%s is drawn up though nothing is known yet', (file) => {
  expect(draw(file, {}).length).toBeGreaterThan(100);
});

it('charges and summons with the rights of the employee', () => {
  const text = core('contestazione', {
    source: 'REPORT',
    employeeRef: 'M-0042',
    caseCode: 'PD-2026-001',
    reportReceivedAt: '2026-03-10',
    protocolNo: '1234/2026',
    charges: 'Assenza ingiustificata.',
    hearingAt: '2026-04-15T10:00:00+02:00',
    hearingPlace: 'Sede della Provincia',
  });
  expect(text).toContain('ha ricevuto la segnalazione, il 10 marzo 2026, protocollo n. 1234/2026');
  expect(text).toContain('15 aprile 2026, ore 10:00, presso: Sede della Provincia');
  expect(text).toContain('può farsi assistere da un procuratore');
  expect(text).not.toContain('____');
});

it.each([
  [
    { source: 'POLICE', updKnowledgeAt: '2026-03-09' },
    'ha avuto notizia, il 9 marzo 2026, di fatti di rilievo disciplinare; la notizia è acquisita al protocollo n. 12/2026 del 10 marzo 2026.',
    'fatti conosciuti dall’UPD il 9 marzo 2026, protocollo n. 12/2026 del 10 marzo 2026',
  ],
  [
    { source: 'POLICE' },
    'ha avuto notizia, il 10 marzo 2026, protocollo n. 12/2026,',
    'notizia ricevuta il 10 marzo 2026',
  ],
  [
    { source: 'REPORT', updKnowledgeAt: '2026-03-09' },
    'ha ricevuto la segnalazione, il 10 marzo 2026, protocollo n. 12/2026,',
    'segnalazione ricevuta il 10 marzo 2026',
  ],
  [
    { source: 'OTHER_PA', fileReceivedAt: '2026-03-09', formerPa: 'Comune di Altrove' },
    'ha ricevuto, il 9 marzo 2026, da Comune di Altrove il fascicolo di fatti di rilievo disciplinare, acquisito al protocollo n. 12/2026 del 10 marzo 2026.',
    'ricevuto da Comune di Altrove il 9 marzo 2026, protocollo n. 12/2026 del 10 marzo 2026',
  ],
])('tells the day on which the office knew and that of the protocol apart: %j', (known, charged, noted) => {
  const registered = { protocolNo: '12/2026', reportReceivedAt: '2026-03-10', ...known };
  expect(core('contestazione', registered)).toContain(charged);
  expect(core('nota-preliminare', registered)).toContain(noted);
});

it.each([
  [{ newPa: null, newBody: { name: 'Comune di Altro' } }, 'Comune di Altro'],
  [{ newPa: 'Comune di Altrove', newBody: null }, 'Comune di Altrove'],
])('hands the file over to a body by its name: %j', (to, said) => {
  expect(core('trasmissione-fascicolo', to)).toContain(`\n${said}\n`);
});

describe('the decision', () => {
  const decided = (variables: Readonly<Record<string, Json>>): string =>
    core('provvedimento', {
      ...{ employeeRef: 'M-0042', contestationAdoptedAt: '2026-03-25', contestationReceivedAt: '2026-03-25' },
      ...{ motivation: 'Fatto provato.', ...variables },
    });

  it.each([
    [{ decisionKind: 'ARCHIVED' }, 'l’archiviazione del procedimento'],
    [
      { decisionKind: 'SANCTION', sanctionCode: 'SUSPENSION_1_10D', sanctionDays: 3 },
      'Giorni di sospensione: 3.',
    ],
    [{ decisionKind: 'SANCTION', sanctionCode: 'FINE_UP_TO_4H', measure: 'due ore' }, 'Misura: due ore.'],
    [
      { decisionKind: 'AGREED_SANCTION', sanctionCode: 'WRITTEN_REPRIMAND', measure: 'una censura' },
      'nella misura concordata di una censura',
    ],
    [{ decisionKind: 'DISMISSAL', sanctionCode: 'DISMISSAL_NO_NOTICE' }, 'il licenziamento senza preavviso'],
    [{ decisionKind: 'CONFIRMED' }, 'di confermare la decisione già adottata, che non irroga sanzioni.'],
    [
      { decisionKind: 'CONFIRMED', sanctionCode: 'SUSPENSION_1_10D', sanctionDays: 3, measure: 'Tre giorni' },
      'di confermare la decisione già adottata, che irroga al dipendente con matricola M-0042 la sanzione disciplinare seguente: la sospensione dal servizio con privazione della retribuzione.\nMisura: Tre giorni. Giorni di sospensione: 3.',
    ],
    [
      { decisionKind: 'MODIFIED', sanctionCode: 'SUSPENSION_11D_6M', sanctionDays: 20 },
      'di modificare la decisione già adottata e di irrogare al dipendente con matricola M-0042',
    ],
    [{ decisionKind: 'REVOKED' }, 'di revocare la decisione'],
  ])('says %j', (variables, said) => {
    const text = decided(variables);
    expect(text).toContain(said);
    expect(text.split('DECIDE')[1]).not.toContain('____');
  });

  it('counts the days of a suspension alone, though others were written before', () => {
    const fined = { decisionKind: 'SANCTION', sanctionCode: 'FINE_UP_TO_4H', sanctionDays: 3 };
    expect(decided(fined)).toContain('la multa');
    expect(decided(fined)).not.toContain('Giorni di sospensione');
    expect(decided({ ...fined, sanctionCode: null })).not.toContain('Giorni di sospensione');
  });

  it('says before whom it may be challenged, and a termination within how long', () => {
    expect(decided({ decisionKind: 'DISMISSAL' })).toContain('entro sessanta giorni');
    expect(decided({ decisionKind: 'SANCTION', sanctionCode: 'FINE_UP_TO_4H' })).toContain(
      'può essere impugnato',
    );
    expect(decided({ decisionKind: 'ARCHIVED' })).not.toContain('impugnato');
  });
});

it('closes for the reason that there is', () => {
  expect(
    core('atto-di-chiusura', { closeReason: 'EXTINGUISHED', employmentEndedOn: '2026-06-30' }),
  ).toContain('il rapporto di lavoro è cessato il 30 giugno 2026');
  expect(core('atto-di-chiusura', { closeReason: 'TIME_BARRED' })).toContain('termine perentorio');
  const charged = { closeReason: 'TIME_BARRED', employeeRef: 'M-0042', contestationAdoptedAt: '2026-03-25' };
  expect(core('atto-di-chiusura', { ...charged, contestationAdoptedAt: null })).toContain(' è chiuso.');
  const closed = core('atto-di-chiusura', charged);
  expect(closed).toContain(' è chiuso;');
  expect(closed).toContain('la chiusura è comunicata all’Ispettorato');
});

it('says with whom a sanction was agreed', () => {
  expect(
    draw(join(processes, 'disciplinary-defence', 'acts', 'accordo-sanzione-concordata.md'), {
      ...{ caseCode: 'PD-2026-001', employeeRef: 'M-0042', proposedSanction: 'FINE_UP_TO_4H' },
    }),
  ).toContain('Fascicolo PD-2026-001, dipendente con matricola M-0042.');
});

describe('the letter to the former body', () => {
  const told = (variables: Readonly<Record<string, Json>>): string =>
    draw(join(processes, 'former-body-outcome', 'acts', 'comunicazione-esito.md'), {
      ...{ formerPa: 'Comune di Altrove', caseCode: 'PD-2026-001', employeeRef: 'M-0042' },
      ...{ endedAs: 'DECISION', decisionAdoptedAt: '2026-03-25', ...variables },
    });

  it.each([
    ['NO_ACTION', { fileReceivedAt: '2026-03-10' }, 'ricevuto il 10 marzo 2026, l’Ufficio non ha proceduto'],
    [
      'EXTINGUISHED',
      { closingActAt: '2026-04-01' },
      'Con atto del 1° aprile 2026 il procedimento è stato chiuso per estinzione',
    ],
    ['TIME_BARRED', { closingActAt: '2026-04-01' }, 'chiuso per decadenza dall’azione disciplinare'],
  ] as const)('says %s, also where a decision had been drafted', (endedAs, variables, said) => {
    const text = told({ ...variables, endedAs, decisionKind: 'SANCTION', sanctionCode: 'SUSPENSION_1_10D' });
    expect(text).toContain(said);
    expect(text).not.toMatch(/adottato il|Sanzione:|____/);
  });

  it.each([
    ['ARCHIVED', 'il procedimento è stato archiviato.'],
    ['CONFIRMED', 'la decisione già adottata è stata confermata.'],
    ['REVOKED', 'la decisione già adottata è stata revocata.'],
  ])('says %s, and no sanction', (decisionKind, said) => {
    // What was proposed before stays in the case.
    const text = told({ decisionKind, sanctionCode: 'SUSPENSION_1_10D', sanctionDays: 3 });
    expect(text).toContain(`adottato il 25 marzo 2026 ${said}`);
    expect(text).not.toMatch(/Sanzione:|____/);
  });

  it.each([
    ['SANCTION', 'è stata irrogata una sanzione.'],
    [
      'AGREED_SANCTION',
      'è stata applicata la sanzione concordata ai sensi dell’art. 55 c. 3 D.Lgs. 165/2001.',
    ],
    ['DISMISSAL', 'è stato disposto il licenziamento.'],
    ['MODIFIED', 'la sanzione già irrogata è stata modificata.'],
  ])('says %s, and which sanction', (decisionKind, said) => {
    const text = told({ decisionKind, sanctionCode: 'DISMISSAL_NO_NOTICE' });
    expect(text).toContain(`adottato il 25 marzo 2026 ${said}`);
    expect(text).toContain('Sanzione: licenziamento senza preavviso.');
  });

  it.each([
    ['VERBAL_REPRIMAND', null, 'rimprovero verbale.'],
    ['WRITTEN_REPRIMAND', null, 'rimprovero scritto (censura).'],
    ['FINE_UP_TO_4H', null, 'multa.'],
    // Days belong to suspensions alone, though others were proposed before.
    ['FINE_UP_TO_4H', 3, 'multa.'],
    ['SUSPENSION_1_10D', 1, 'sospensione dal servizio con privazione della retribuzione, 1 giorno.'],
    ['SUSPENSION_11D_6M', 20, 'sospensione dal servizio con privazione della retribuzione, 20 giorni.'],
    ['SUSPENSION_DAMAGE', null, 'sospensione dal servizio con privazione della retribuzione.'],
    ['DISMISSAL_NOTICE', null, 'licenziamento con preavviso.'],
    ['DISMISSAL_NO_NOTICE', 20, 'licenziamento senza preavviso.'],
  ])('names %s of %j days', (sanctionCode, sanctionDays, said) => {
    const text = told({ decisionKind: 'SANCTION', sanctionCode, sanctionDays });
    expect(text).toContain(`\nSanzione: ${said}\n`);
    expect(text).not.toContain('____');
  });

  it('leaves blank what nobody has decided', () => {
    expect(told({})).toContain('adottato il 25 marzo 2026 ____.');
    expect(told({})).not.toContain('Sanzione');
    expect(told({ decisionKind: 'SANCTION' })).toContain('Sanzione: ____.');
  });
});

describe('the final decision', () => {
  const archived = {
    ...{
      employeeRef: 'M-1',
      caseCode: 'PD-1',
      contestationAdoptedAt: '2027-04-20',
      motivation: 'Non provato.',
    },
    ...{ decisionKind: 'ARCHIVED', entry: 'NEW', contestationReceivedAt: '2027-04-22' },
  };

  it('says by whom the charge was made elsewhere, and leaves no hole for a receipt that nobody knows', () => {
    const text = core('provvedimento', {
      ...archived,
      ...{ entry: 'RECEIVED_CHARGED', formerPa: 'Comune di Altrove', contestationReceivedAt: null },
    });
    expect(text).toContain(
      'adottata il 20 aprile 2027 dall’amministrazione di provenienza (Comune di Altrove);',
    );
    expect(text).not.toContain('ricevuta il');
  });

  it('names the criminal judgment after which it was taken up again', () => {
    const resumed = { renewal: true, judgmentRef: 'Trib. 77/2026', resumptionKind: 'AFTER_SUSPENSION' };
    expect(core('provvedimento', { ...archived, ...resumed })).toMatch(
      /esito del procedimento penale \(Trib\. 77\/2026\).* è stato ripreso/,
    );
    expect(core('provvedimento', archived)).not.toContain('procedimento penale');
  });

  it('has nothing carried out that executes nothing, but for a suspension that is to end', () => {
    const executed = 'cura l’esecuzione';
    expect(core('provvedimento', archived)).not.toContain(executed);
    const suspended = { suspensionFrom: '2027-04-01', suspensionEndedAt: null };
    expect(core('provvedimento', { ...archived, ...suspended })).toContain(executed);
    expect(core('provvedimento', { ...archived, decisionKind: 'SANCTION' })).toContain(executed);
  });
});

describe('the act that carries out a judgment on the sanction', () => {
  const judged = (more: Readonly<Record<string, Json>>): string =>
    draw(join(processes, 'disciplinary-penal-resumption', 'acts', 'esecuzione-sentenza.md'), {
      employeeRef: 'M-0077',
      caseCode: 'PD-2025-007',
      sourceDecision: 'Sospensione di 20 giorni, 4 marzo 2025',
      judgmentRef: 'Tribunale di Prova, sez. lavoro, n. 55/2026 del 5 ottobre 2026',
      judgmentReceivedAt: '2026-10-12',
      protocolNo: '3900/2026',
      decisionKind: 'MODIFIED',
      sanctionCode: 'SUSPENSION_1_10D',
      sanctionDays: 6,
      suspensionDays: 20,
      ...more,
    });

  it('says the sanction of the court, and what was served beyond it', () => {
    const text = judged({});
    expect(text).toContain('rideterminata (art. 63, comma 2-bis, del D.Lgs. 165/2001)');
    expect(text).toContain('la sospensione dal servizio con privazione della retribuzione per giorni 6');
    expect(text).toContain('quelli già scontati: 20. Per i giorni scontati in più si restituisce');
    expect(text).toContain('non è acquiescenza');
    expect(text).not.toContain('____');
  });

  it('brings back who was dismissed, and says no sanction where it was annulled', () => {
    const dismissed = { sanctionDays: 10, suspensionDays: 0, reinstatementDue: true, judgmentFinal: true };
    expect(judged(dismissed)).toContain('Il dipendente è riammesso in servizio.');
    expect(judged(dismissed)).toContain('passata in giudicato');
    expect(judged(dismissed)).not.toContain('acquiescenza');
    const annulled = judged({ decisionKind: 'REVOKED', sanctionCode: null, sanctionDays: null });
    expect(annulled).toContain('che nessuna sanzione grava sul dipendente con matricola M-0077');
    expect(annulled).not.toContain('rideterminata');
  });
});
