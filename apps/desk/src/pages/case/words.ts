import type { HistoryEvent } from '../../api/model.ts';
import { inItalian } from '../../ui/italian.ts';
import type { Words } from '../../process/vocabulary.ts';

/** Key of the document that a fact is about; null: of none. */
export function documentOf({ type, data }: HistoryEvent): string | null {
  const key = type === 'DocumentAttached' ? data.key : type === 'ActDrafted' ? data.document : null;
  return typeof key === 'string' ? key : null;
}

/** Whether a fact stays in the house or came from or went to people outside; null: it is about the case itself. */
export function reachOf(type: string): 'internal' | 'received' | 'sent' | null {
  if (type === 'CommentAdded') return 'internal';
  if (type === 'IncomingRegistered' || type === 'DeliveryReceiptRecorded') return 'received';
  return type === 'DeliverySent' ? 'sent' : null;
}

/** The icon that goes with a fact; by its subject. */
export function iconOf(type: string): string {
  if (type === 'DeadlineMissed' || type === 'IncidentRaised' || type === 'CaseFailed') return 'error';
  if (type.startsWith('Deadline')) return 'calendar';
  if (type.startsWith('Ladder')) return 'horn';
  if (type === 'EscalationThrown' || type === 'SignalThrown') return 'horn';
  if (type.startsWith('Escalation')) return 'flag';
  if (type.startsWith('UserTask')) return 'pencil';
  if (type === 'DecisionEvaluated') return 'check-circle';
  if (type.startsWith('Compensation')) return 'restore';
  if (type.startsWith('Timer')) return 'clock';
  if (type.startsWith('Message') || type.startsWith('Incoming') || type.startsWith('Delivery')) return 'mail';
  if (type.startsWith('Document') || type.startsWith('Act')) return 'file';
  if (type === 'CommentAdded') return 'comment';
  if (type.startsWith('Case')) return 'folder';
  return 'minus';
}

/** The elements, flows and variables that a modification names. */
function instructionsOf(instructions: unknown, named: (id: string) => string): string {
  if (!Array.isArray(instructions)) return '';
  return (instructions as readonly Record<string, unknown>[])
    .flatMap(({ element, flow, variables }) =>
      typeof element === 'string'
        ? [named(element)]
        : typeof flow === 'string'
          ? [flow]
          : Object.keys((variables as object | undefined) ?? {}),
    )
    .join(', ');
}

/** As the drawing names it, which is Italian; what it does not name keeps its id. */
const drawn = (id: string, label: string): string => (label === id ? id : inItalian(label));

export interface Names {
  /** Label of an element, in the drawing of the definition that it is of. */
  readonly element: (id: string, definition: string) => string;
  /** What tells the activity that the fact names from others that look alike, to go after its name; absent: nothing. */
  readonly beside?: string;
  /** Label of the element of an instance, as later facts name it by key only. */
  readonly instance: (key: string) => string;
  /** Label of a deadline. */
  readonly deadline: (id: string) => string;
  /** What variables and their codes are called. */
  readonly said: Words;
  readonly language: 'it' | 'en';
  readonly date: (date: string) => string;
  /** What the person of an account is called. */
  readonly person: (account: string) => string;
  /** Yes or no. */
  readonly flag: (is: boolean) => string;
}

/** What is awaited: as the drawing names it; where it does not, by the message. */
function awaitedIn({ data, definition }: HistoryEvent, names: Names): string {
  const label = names.element(String(data.element), definition);
  return label === data.element ? String(data.name) : inItalian(label);
}

/**
 * What a `DeadlineMet` says where nobody kept a term by it: the reminders of one decided before are over, or its time is by
 * itself. Empty: somebody did what was due.
 */
function meetingOf(use: string, by: string): '' | 'quieted' | 'elapsed' {
  if (use === 'quiets') return 'quieted';
  return use !== '' && by === 'expiry' ? 'elapsed' : '';
}

/** What the sentence about a fact needs: every parameter that any sentence may name. */
export function parametersOf(event: HistoryEvent, names: Names): Record<string, string | number> {
  const { data } = event;
  const text = (key: string) => {
    const value = data[key];
    return typeof value === 'string' || typeof value === 'number' ? String(value) : '';
  };
  /** A code that the process wrote, by its word. */
  const coded = (key: string) => names.said.valueOf(key, text(key)) ?? text(key);
  const elementOf = (id: string) => drawn(id, names.element(id, event.definition));
  const label = data.label;
  const labelled =
    typeof label === 'object' && label !== null
      ? String((label as Record<string, unknown>)[names.language] ?? '')
      : '';
  const date = (key: string) => (isDate(text(key)) ? names.date(text(key)) : text(key));
  const plan = data.plan as { legalDueDate?: string } | undefined;
  return {
    who: names.person(event.actor.account),
    // Chooses among sentences: `CaseLinked_started`, `DeliveryReceiptRecorded_failed`, `MessageSubscribed_deadlineMissed`.
    context: text('relation') || text('state') || text('name') || meetingOf(text('use'), text('by')),
    element:
      text('element') === ''
        ? drawn(text('key'), names.instance(text('key')))
        : elementOf(text('element')) + (names.beside ?? ''),
    deadline: names.deadline(text('id')) || labelled || text('id'),
    label: labelled,
    by: names.person(text('by')),
    version: text('version'),
    output: shown(data.output, outputOf(lastOf(data.evaluated)), names),
    what: instructionsOf(data.instructions, elementOf),
    to: Array.isArray(data.to) ? data.to.join(', ') : names.person(text('to')),
    name: event.type === 'MessageSubscribed' ? awaitedIn(event, names) : text('name'),
    message: text('message'),
    code: coded('code'),
    reason: event.isIntervention ? text('reason') : coded('reason'),
    note: text('note'),
    outcome: text('outcome') || coded('code') || text('resolution'),
    // Whom an escalation was handed on to; with neither, back to those whom it called.
    receiver: text('account') === '' ? text('role') || '–' : names.person(text('account')),
    on: date('on'),
    due: plan?.legalDueDate ? names.date(plan.legalDueDate) : date('legalDueDate'),
    days: text('days'),
    protocolNo: text('protocolNo'),
    sender: text('sender'),
    receivedOn: date('receivedOn'),
    text: text('text'),
    flow: elementOf(text('flow')),
    proof: text('proof'),
    step: text('step'),
    // What facts of people, bodies and processes say.
    id: text('id'),
    address: text('address'),
    substitute: names.person(text('substitute')),
    from: date('from'),
    until: date('to'),
    validFrom: date('validFrom'),
    validTo: date('validTo'),
  };
}

/** Whether a text begins as dates and instants do and is one; `from` and `to` name people and versions as well. */
const isDate = (said: string): boolean => /^\d{4}-\d{2}-\d{2}/.test(said) && !Number.isNaN(Date.parse(said));

/** A decision as its event tells it. */
export interface Evaluated {
  readonly id: string;
  readonly name: string;
  readonly inputs: readonly { readonly label: string; readonly value: unknown }[];
  readonly matchedRules: readonly {
    readonly number: number;
    readonly annotations: readonly { readonly name: string; readonly text: string }[];
    readonly outputs: readonly { readonly name: string; readonly value: unknown }[];
  }[];
  readonly output: unknown;
}

/** The column whose value is the outcome; null: there are several, or none matched. */
export function outputOf(decision: Evaluated | null): string | null {
  const [only, ...others] = decision?.matchedRules[0]?.outputs ?? [];
  return others.length === 0 ? (only?.name ?? null) : null;
}

/** The decision that was asked for: what it needed comes before it. */
const lastOf = (evaluated: unknown): Evaluated | null =>
  Array.isArray(evaluated) ? ((evaluated as readonly Evaluated[]).at(-1) ?? null) : null;

/** A value within a sentence. */
function shown(value: unknown, name: string | null, names: Names, of: string | null = null): string {
  const { said, flag } = names;
  if (value === null || value === undefined) return '–';
  if (typeof value === 'string') return said.valueOf(name, value, of) ?? value;
  if (typeof value === 'boolean') return flag(value);
  if (typeof value !== 'object') return String(value as number);
  if (Array.isArray(value)) return value.map((one) => shown(one, name, names, of)).join(', ');
  return Object.entries(value)
    .map(([part, one]) => `${said.nameOf(part, name) ?? part}: ${shown(one, part, names, name)}`)
    .join(', ');
}
