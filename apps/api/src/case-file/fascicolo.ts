import type { Role } from '@iter/access';
import type { CaseReading } from '@iter/commands/case';
import type { CaseState, Deadline } from '@iter/engine';
import type { ActDocument, Block } from '@iter/process-model';
import { dayText, momentText } from '../http/moment.ts';
import { documentsOf } from './case-file.ts';

type Events = CaseReading['events'];

/** What the sheet of a case needs to know beside its own history. */
export interface FascicoloNames {
  readonly code: string;
  readonly processName: string;
  readonly bodyName: string;
  /** Name of the element of an event, by its revision; null: it has none. */
  element(revision: number): string | null;
}

const told: Readonly<Record<string, string>> = {
  CaseStarted: 'Avvio della pratica',
  CaseCompleted: 'Conclusione della pratica',
  CaseTerminated: 'Chiusura della pratica',
  CaseFailed: 'Interruzione della pratica',
  CaseSuspended: 'Sospensione della pratica',
  CaseResumed: 'Ripresa della pratica',
  CaseModified: 'Modifica della pratica',
  CaseMigrated: 'Passaggio a un’altra versione del processo',
  CaseRectified: 'Rettifica',
  UserTaskCompleted: 'Compiuta l’attività',
  UserTaskReopened: 'Riaperta l’attività',
  MessageCorrelated: 'Ricevuto',
  MessageThrown: 'Inviato',
  DocumentAttached: 'Documento depositato',
  ActDrafted: 'Atto predisposto',
  IncomingRegistered: 'Registrato in arrivo',
  DeliverySent: 'Spedizione',
  DeliveryReceiptRecorded: 'Ricevuta di consegna',
  CommentAdded: 'Annotazione',
  DeadlineOpened: 'Termine aperto',
  DeadlineMissed: 'Termine scaduto',
  DeadlineSuspended: 'Termine sospeso',
  DeadlineResumed: 'Termine ripreso',
  DeadlineExtended: 'Termine prorogato',
  DeadlineInterrupted: 'Termine interrotto',
  DeadlineReplaced: 'Termine sostituito',
  DeadlineReopened: 'Termine riaperto',
  DeadlineRebased: 'Termine ricalcolato da altra data',
  DeadlineRectified: 'Termine rettificato',
  DeadlineProven: 'Provata la decorrenza',
  DeadlineClosed: 'Termine chiuso',
  EscalationRaised: 'Sollecito',
  EscalationTakenOver: 'Sollecito preso in carico',
  EscalationResolved: 'Sollecito risolto',
  IncidentRaised: 'Anomalia',
  IncidentResolved: 'Anomalia risolta',
};

/** As the desk calls them. */
export const roleNames: Readonly<Record<Role, string>> = {
  DESK_OPERATOR: 'Operatore dello sportello',
  DESK_SUPERVISOR: 'Responsabile del servizio',
  UPD: 'Ufficio procedimenti disciplinari',
  STRUCTURE_HEAD: 'Responsabile della struttura',
  COMUNE_HR: 'Ufficio personale del Comune',
  SEGRETARIO: 'Segretario comunale',
  COMMISSION: 'Commissione esaminatrice',
  TRAINER: 'Docente',
  PARTICIPANT: 'Partecipante',
  PROGRAMME_MANAGER: 'Responsabile del programma',
  PROVINCE_TUTOR: 'Provincia tutor',
  PROVINCE_PARTICIPANT: 'Provincia partecipante',
  WORKER: 'Servizio automatico',
  EXPERT: 'Esperto',
  COMMUNITY_EDITOR: 'Redattore della comunità',
  AUDITOR: 'Revisore',
  DPO: 'Responsabile protezione dati',
  SYSTEM_OPERATOR: 'Gestore del sistema',
  SYSTEM: 'Sistema',
};

const states: Readonly<Record<CaseState['status'], string>> = {
  none: 'non avviata',
  active: 'in corso',
  completed: 'conclusa',
  failed: 'interrotta',
  terminated: 'chiusa',
};

const natures: Readonly<Record<string, string>> = {
  PEREMPTORY: 'perentorio',
  DIRECTORY: 'ordinatorio',
  DILATORY: 'dilatorio',
  VALIDITY: 'di validità',
  EFFECT: 'di efficacia',
  CONTRACTUAL: 'da convenzione',
  SERVICE_LEVEL: 'di servizio',
};

const deadlineStates: Readonly<Record<string, string>> = {
  open: 'aperto',
  met: 'rispettato',
  missed: 'scaduto',
  suspended: 'sospeso',
  replaced: 'sostituito',
  closed: 'chiuso',
};

const line = (text: string) => [{ text }];
const moment = (instant: string): string => {
  const { day, time } = momentText(instant);
  return `${day} ${time}`;
};
/** A day; of a term in hours its instant. */
const dayOrMoment = (at: string): string => (at.includes('T') ? moment(at) : dayText(at));

/** Nobody kept what is over by itself; and who falls silent was decided before. */
function metIn({ use, by }: Extract<Events[number], { type: 'DeadlineMet' }>['data']): string {
  if (use === 'quiets') return 'Termine senza più avvisi';
  return by === 'expiry' ? 'Termine decorso' : 'Termine rispettato';
}

/** How a term stands; as the desk says it, what is over by itself has elapsed. */
const standingOf = ({ status, nature, plan }: Deadline): string =>
  status === 'met' && (nature === 'EFFECT' || plan.earliestActionDate !== null)
    ? 'decorso'
    : (deadlineStates[status] ?? status);

/** The last day and the safe one; of what is over by itself its day, and none by which to act. */
function datesOf({ nature, plan }: Deadline): readonly [string, string] {
  const earliest = plan.earliestActionDate === null ? null : dayOrMoment(plan.earliestActionDate);
  const legal = dayOrMoment(plan.legalDueDate);
  if (nature === 'EFFECT') return [earliest === null ? `fino al ${legal}` : `effetto dal ${earliest}`, '–'];
  return earliest === null ? [legal, dayOrMoment(plan.safeActionDate)] : [`non prima del ${earliest}`, '–'];
}

const paragraph = (text: string): Block => ({ kind: 'paragraph', runs: line(text) });
const heading = (text: string): Block => ({ kind: 'heading', level: 2, runs: line(text) });
const table = (header: readonly string[], rows: readonly (readonly string[])[]): Block => ({
  kind: 'table',
  align: header.map(() => 'left'),
  header: header.map(line),
  rows: rows.map((cells) => cells.map(line)),
});

/** The file of a case to be read and printed: what it is, what happened, its terms with their reasons, its documents. */
export function fascicoloOf(
  caseId: string,
  state: CaseState,
  events: Events,
  names: FascicoloNames,
): ActDocument {
  const [first] = events;
  const last = events.at(-1);
  const deadlines = [...state.deadlines.values()];
  const documents = documentsOf(caseId, events);
  const labels = new Map(
    events.flatMap(({ type, data }) =>
      type === 'DeadlineOpened' ? [[data.key, { label: data.label.it, norm: data.norm }] as const] : [],
    ),
  );
  /** What an event is about, where that has a name of its own: a term, an act. */
  const nameIn = ({ type, data }: Events[number]): string | null => {
    if (type === 'ActDrafted') return data.name;
    return 'key' in data && typeof data.key === 'string' ? (labels.get(data.key)?.label ?? null) : null;
  };
  const blocks: Block[] = [
    { kind: 'letterhead', lines: [names.bodyName] },
    { kind: 'heading', level: 1, runs: line(`Fascicolo ${names.code}`) },
    table(
      ['Procedimento', names.processName],
      [
        ['Stato', states[state.status]],
        ['Avviato il', first ? moment(first.recordedAt) : ''],
        ['Aggiornato al', last ? `${moment(last.recordedAt)} (evento ${last.revision + 1})` : ''],
        ['Identificativo', caseId],
      ],
    ),
    heading('Cronologia'),
    table(
      ['Quando', 'Che cosa', 'In quale ruolo'],
      events.flatMap((event) => {
        const what = event.type === 'DeadlineMet' ? metIn(event.data) : told[event.type];
        if (what === undefined) return [];
        const name = nameIn(event) ?? names.element(event.revision);
        const role = roleNames[event.actor.role as Role] ?? event.actor.role;
        return [[moment(event.recordedAt), name === null ? what : `${what}: ${name}`, role]];
      }),
    ),
    paragraph('Gli eventi tecnici e la loro catena sono nel fascicolo informatico (formato «bundle»).'),
    heading('Termini'),
    ...(deadlines.length === 0
      ? [paragraph('Nessun termine.')]
      : [
          table(
            ['Termine', 'Natura', 'Decorrenza', 'Scadenza', 'Data utile', 'Stato'],
            deadlines.map((it) => [
              labels.get(it.key)?.label ?? it.id,
              natures[it.nature] ?? it.nature,
              dayOrMoment(it.plan.base),
              ...datesOf(it),
              `${standingOf(it)}${it.decidedOn === null ? '' : ` (${dayOrMoment(it.decidedOn)})`}`,
            ]),
          ),
          ...deadlines.flatMap((it): Block[] => [
            { kind: 'heading', level: 3, runs: line(labels.get(it.key)?.label ?? it.id) },
            ...(labels.get(it.key) ? [paragraph(labels.get(it.key)!.norm)] : []),
            {
              kind: 'list',
              ordered: false,
              start: 1,
              items: it.plan.explanation.map((step) => [paragraph(step)]),
            },
          ]),
        ]),
    heading('Documenti'),
    documents.length === 0
      ? paragraph('Nessun documento.')
      : table(
          ['Documento', 'Protocollo', 'Depositato il', 'Impronta SHA-256'],
          documents.map(({ name, protocolNo, at, sha256 }) => [name, protocolNo ?? '', moment(at), sha256]),
        ),
  ];
  return {
    ...{ template: 'fascicolo', templateVersion: 1, templateHash: '' },
    title: `Fascicolo ${names.code}`,
    name: `Fascicolo ${names.code}`,
    language: 'it-IT',
    blocks,
    blanks: [],
  };
}

/** One row per event, RFC 4180; cells that a spreadsheet would take for a formula are defused. */
export function csvOfEvents(events: Events): string {
  const cell = (value: unknown): string => {
    const text =
      value === null || value === undefined ? '' : typeof value === 'string' ? value : JSON.stringify(value);
    const safe = /^[=+\-@\t\r]/.test(text) ? `'${text}` : text;
    return /[",\r\n]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
  };
  const head = ['revision', 'recordedAt', 'occurredAt', 'type', 'element', 'account', 'role', 'body', 'data'];
  const rows = events.map(({ revision, recordedAt, occurredAt, type, actor, data }) => [
    ...[String(revision), recordedAt, occurredAt, type],
    ...['element' in data ? data.element : '', actor.account, actor.role, actor.body, data],
  ]);
  return [head, ...rows].map((row) => `${row.map(cell).join(',')}\r\n`).join('');
}
