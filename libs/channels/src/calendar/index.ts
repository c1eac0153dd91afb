import { createHash } from 'node:crypto';
import ical, {
  ICalAlarmType,
  ICalCalendarMethod,
  ICalEventClass,
  ICalEventTransparency,
} from 'ical-generator';
import type { ICalAlarmData, ICalEventData } from 'ical-generator';
import { uuidV5 } from '@iter/platform/ids';

/** A deadline as a feed tells it: nothing personal, the link leads to where the rest is asked for. */
export interface FeedDeadline {
  /** Stable over all changes of its dates. */
  readonly id: string;
  readonly caseCode: string;
  readonly body: string;
  readonly label: string;
  /** `YYYY-MM-DD`, or an instant where the term is one of hours. */
  readonly safeActionDate: string;
  readonly legalDueDate: string;
  /** Whether the law sets the last day. */
  readonly isOfLaw: boolean;
  /** When it was last changed, and how often: calendars take the highest. */
  readonly changedAt: string;
  readonly changes: number;
  readonly link: string;
  /** When calendars are to remind of the safe date, as instants. */
  readonly reminders: readonly string[];
}

export interface Feed {
  readonly name: string;
  readonly deadlines: readonly FeedDeadline[];
}

/** Of a calendar, so that no calendar program is asked for more than it holds. */
export const mostEvents = 2_000;
const dayMs = 86_400_000;

/**
 * The feed as a calendar: per deadline the safe date, with its alarms, and the legal one. The same deadlines give the same
 * bytes. What is beyond `mostEvents` is left out: the caller gives the most urgent first.
 * Source: RFC 5545, RFC 7986
 */
export function renderFeed({ name, deadlines }: Feed): { readonly text: string; readonly etag: string } {
  const calendar = ical({
    // The library writes the name as it is.
    name: asText(name),
    prodId: { company: 'Iter', product: 'Scadenze', language: 'IT' },
    method: ICalCalendarMethod.PUBLISH,
    ttl: 3600,
    events: deadlines.slice(0, mostEvents / 2).flatMap(eventsOf),
  });
  const text = calendar.toString();
  return { text, etag: `"${createHash('sha256').update(text).digest('base64url')}"` };
}

function eventsOf(deadline: FeedDeadline): ICalEventData[] {
  const { caseCode, body, label, safeActionDate, legalDueDate, isOfLaw, link } = deadline;
  const due = isOfLaw ? 'scadenza di legge' : 'scadenza';
  const told = [
    body,
    `Pratica ${caseCode}`,
    `Agire entro: ${inItalian(safeActionDate)}`,
    `S${due.slice(1)}: ${inItalian(legalDueDate)}`,
    link,
  ].join('\n');
  const common = {
    description: told,
    url: link,
    class: ICalEventClass.PRIVATE,
    transparency: ICalEventTransparency.TRANSPARENT,
    sequence: deadline.changes,
    stamp: new Date(deadline.changedAt),
    lastModified: new Date(deadline.changedAt),
  };
  const alarms = deadline.reminders.map((at): ICalAlarmData => ({
    type: ICalAlarmType.display,
    description: `${caseCode}: ${label}`,
    trigger: new Date(at),
  }));
  return [
    {
      ...common,
      ...when(safeActionDate),
      id: uuidV5(`feed|${deadline.id}|safe`),
      summary: `${caseCode}: agire entro oggi – ${label}`,
      alarms,
    },
    {
      ...common,
      ...when(legalDueDate),
      id: uuidV5(`feed|${deadline.id}|legal`),
      summary: `${caseCode}: ${due} – ${label}`,
    },
  ];
}

const isDay = (date: string): boolean => date.length === 10;

/** Whole days without a zone, which calendars show as that day anywhere; an instant as a moment. */
function when(date: string): Pick<ICalEventData, 'start' | 'end' | 'allDay'> {
  const start = new Date(date);
  return isDay(date) ? { start, end: new Date(start.getTime() + dayMs), allDay: true } : { start };
}

/** A TEXT value. Source: RFC 5545 § 3.3.11 */
const asText = (text: string): string =>
  text.replace(/[\\;,]/g, (sign) => `\\${sign}`).replace(/\r\n|\r|\n/g, ' ');

const italian = new Intl.DateTimeFormat('it-IT', { dateStyle: 'long', timeZone: 'Europe/Rome' });
const italianTime = new Intl.DateTimeFormat('it-IT', {
  dateStyle: 'long',
  timeStyle: 'short',
  timeZone: 'Europe/Rome',
});
const inItalian = (date: string): string =>
  isDay(date) ? italian.format(new Date(`${date}T12:00:00Z`)) : italianTime.format(new Date(date));
