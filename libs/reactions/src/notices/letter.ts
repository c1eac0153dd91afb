import { isOfLaw, romeDate } from '@iter/legal-calendar';
import { withElisions } from '@iter/process-model';
import { uuidV5 } from '@iter/platform/ids';
import type { CaseTold, DeadlineTold } from './case-told.ts';
import type { Told } from './told.ts';

/** One thing to be told in a letter. */
export interface Item {
  readonly id: string;
  readonly told: Pick<Told, 'label' | 'toldAt'>;
  readonly of: CaseTold;
  readonly deadline: DeadlineTold | null;
}

export interface Letter {
  readonly messageId: string;
  readonly subject: string;
  readonly text: string;
  readonly html: string;
}

export interface LetterOptions {
  /** Every link begins with it. */
  readonly publicUrl: string;
  nameOf(body: string): string;
}

/**
 * The letter that tells these things: by case, the most urgent first. It says the case's code, the body, the words of the
 * ladder, the dates and a link; never a name and no variable. The Message-ID follows from what it is caused by and to whom
 * it goes: the same letter sent again bears the same.
 * @param items at least one
 */
export function letterTo(account: string, items: readonly Item[], options: LetterOptions): Letter {
  const { publicUrl, nameOf } = options;
  const sorted = [...items].sort((a, b) => compare(urgency(a), urgency(b)));
  const first = sorted[0]!;
  const cases = [...new Set(sorted.map(({ of }) => of.id))].map((id) =>
    sorted.filter(({ of }) => of.id === id),
  );
  const blocks = cases.map((of) => ({
    title: `${of[0]!.of.code} – ${nameOf(of[0]!.of.comune)}`,
    lines: of.map(lineOf),
    link: `${publicUrl}/cases/${encodeURIComponent(of[0]!.of.id)}`,
  }));
  const preferences = `${publicUrl}/preferences`;
  const text = [
    ...blocks.map(({ title, lines, link }) => [title, ...lines.map((line) => `- ${line}`), link].join('\n')),
    `Messaggio automatico di Iter: non rispondere. Preferenze: ${preferences}`,
  ].join('\n\n');
  const html = `<!doctype html><html lang="it"><body>${blocks
    .map(
      ({ title, lines, link }) =>
        `<p><strong>${escape(title)}</strong></p><ul>${lines.map((line) => `<li>${escape(line)}</li>`).join('')}</ul>` +
        `<p><a href="${escape(link)}">Apri la pratica</a></p>`,
    )
    .join(
      '',
    )}<hr><p><small>Messaggio automatico di Iter: non rispondere. <a href="${escape(preferences)}">Preferenze</a></small></p></body></html>`;
  const ids = items.map(({ id }) => id).sort();
  return {
    messageId: `${uuidV5(`mail|${account}|${ids.join('|')}`)}@${new URL(publicUrl).hostname}`,
    subject: items.length === 1 ? subjectOfOne(first) : subjectOf(sorted),
    text,
    html,
  };
}

/** Whether a day, or an instant of terms in hours, was over when something was told: after a pause, or of a term found late. */
const wasOver = (at: string, { told: { toldAt } }: Item): boolean =>
  at.length > 10 ? Date.parse(at) < Date.parse(toldAt) : at < romeDate(toldAt);

/** By when to act: the safe date, once that is over the last day; null: nothing is to be done by a day, or it is too late. */
function actBy(item: Item): string | null {
  const { deadline } = item;
  if (!deadline || deadline.isWait) return null;
  const { safeActionDate, legalDueDate } = deadline;
  return [safeActionDate, legalDueDate].find((at) => !wasOver(at, item)) ?? null;
}

function subjectOfOne(item: Item): string {
  const by = actBy(item);
  return `${item.of.code}${by === null ? '' : `, entro ${theDay(by)}`}: ${item.told.label}`;
}

function subjectOf(items: readonly Item[]): string {
  const dates = items.flatMap((item) => actBy(item) ?? []).sort();
  const codes = [...new Set(items.map(({ of }) => of.code))];
  const where = codes.length === 1 ? codes[0]! : `${codes.length} pratiche`;
  return `${items.length} avvisi, ${where}${dates[0] === undefined ? '' : `: il primo entro ${theDay(dates[0])}`}`;
}

function lineOf(item: Item): string {
  const { told, deadline } = item;
  if (!deadline || deadline.isWait) return told.label;
  const { nature, safeActionDate, legalDueDate } = deadline;
  const due = isOfLaw(nature) ? 'scadenza di legge' : 'scadenza';
  const isEarlier = safeActionDate !== legalDueDate && !wasOver(safeActionDate, item);
  const safe = isEarlier ? `agire entro ${theDay(safeActionDate)}, ` : '';
  const over = wasOver(legalDueDate, item) ? ', già passata' : '';
  return `${told.label} (${safe}${due} ${inItalian(legalDueDate)}${over})`;
}

const urgency = ({ deadline, told }: Item): readonly string[] => [
  deadline?.nature === 'PEREMPTORY' ? '0' : '1',
  deadline?.safeActionDate ?? '9999',
  told.toldAt,
];

function compare(a: readonly string[], b: readonly string[]): number {
  const at = a.findIndex((it, i) => it !== b[i]);
  return at < 0 ? 0 : a[at]! < b[at]! ? -1 : 1;
}

const escape = (text: string): string => text.replace(/[&<>"']/g, (sign) => `&#${sign.charCodeAt(0)};`);

const dayFormat = new Intl.DateTimeFormat('it-IT', { dateStyle: 'long', timeZone: 'Europe/Rome' });
const timeFormat = new Intl.DateTimeFormat('it-IT', {
  dateStyle: 'long',
  timeStyle: 'short',
  timeZone: 'Europe/Rome',
});
/** A day, or of terms in hours an instant. */
const inItalian = (date: string): string =>
  date.length === 10 ? dayFormat.format(new Date(`${date}T12:00:00Z`)) : timeFormat.format(new Date(date));

/** With its article: “il 9 marzo 2026”, “l’8 marzo 2026”. */
const theDay = (date: string): string => withElisions(`il ${inItalian(date)}`);
