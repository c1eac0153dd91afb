import type { Callable, Evaluation, Json } from '@iter/feel';

export const months: readonly string[] = [
  ...['gennaio', 'febbraio', 'marzo', 'aprile', 'maggio', 'giugno'],
  ...['luglio', 'agosto', 'settembre', 'ottobre', 'novembre', 'dicembre'],
];

const given = (value: Json): Evaluation => ({ ok: true, value });
const failed = (message: string): Evaluation => ({ ok: false, code: 'expression-failed', message });

/** What a template may call beside FEEL. Each gives null for null: a blank stays a blank. */
export const actFunctions: Readonly<Record<string, Callable>> = Object.freeze({
  day: one('day', 'date', (value) => (typeof value === 'string' ? dayOf(value) : null)),
  moment: one('moment', 'instant', (value) => (typeof value === 'string' ? momentOf(value) : null)),
  euro: one('euro', 'amount', (value) => (typeof value === 'number' ? euroOf(value) : null)),
  lines: one('lines', 'list', (value) => {
    if (!Array.isArray(value)) return null;
    const texts = (value as readonly Json[]).filter((it) => it !== null).map(plainText);
    return texts.includes(null) ? null : texts.join('\n');
  }),
});

export const actFunctionNames: readonly string[] = Object.freeze(Object.keys(actFunctions));

function one(name: string, parameter: string, format: (value: Json) => string | null): Callable {
  return Object.freeze({
    parameters: Object.freeze([parameter]),
    call: ([value = null]: readonly Json[]) => {
      if (value === null) return given(null);
      const text = format(value);
      return text === null ? failed(`${name}() non sa scrivere questo valore.`) : given(text);
    },
  });
}

/** A value as an act writes it; null: of a context or of a list within a list nobody knows how. */
export function plainText(value: Json): string | null {
  if (typeof value === 'string') return value;
  if (typeof value === 'boolean') return value ? 'sì' : 'no';
  if (typeof value === 'number') return String(value).replace('.', ',');
  return null;
}

const datePattern = /^(\d{4})-(\d{2})-(\d{2})/;
const instantPattern =
  /^\d{4}-\d{2}-\d{2}T(\d{2}):(\d{2})(?::\d{2}(?:\.\d+)?)?(Z|[+-]\d{2}:?\d{2})?(?:[@[][\w/]+\]?)?$/;

/** «15 aprile 2026», of the first day «1° aprile 2026»; an instant's day is Rome's. A text that is no date stays. */
function dayOf(text: string): string {
  const local = inRome(text)?.date ?? text;
  const [whole, year, month, day] = datePattern.exec(local) ?? [];
  const name = months[Number(month) - 1];
  if (whole !== local || name === undefined || Number(day) < 1 || Number(day) > 31) return text;
  return `${Number(day) === 1 ? '1°' : Number(day)} ${name} ${year}`;
}

/** «15 aprile 2026, ore 10:00»; of a date alone only the day. */
function momentOf(text: string): string {
  const at = inRome(text);
  return at ? `${dayOf(at.date)}, ore ${at.time}` : dayOf(text);
}

const clock = new Intl.DateTimeFormat('en-GB', {
  ...{ timeZone: 'Europe/Rome', hourCycle: 'h23' },
  ...{ year: 'numeric', month: '2-digit', day: '2-digit', hour: '2-digit', minute: '2-digit' },
});

/** Date and time on a clock in Rome; without an offset they are so already. Null: it is no instant. */
function inRome(text: string): { readonly date: string; readonly time: string } | null {
  const [whole, hour, minute, offset] = instantPattern.exec(text) ?? [];
  if (whole === undefined) return null;
  if (offset === undefined) return { date: text.slice(0, 10), time: `${hour}:${minute}` };
  const at = new Date(text.replace(/[@[].*$/, ''));
  if (Number.isNaN(at.getTime())) return null;
  const part = Object.fromEntries(clock.formatToParts(at).map(({ type, value }) => [type, value]));
  return {
    date: `${part['year']}-${part['month']}-${part['day']}`,
    time: `${part['hour']}:${part['minute']}`,
  };
}

/** Euros, not cents: «€ 1.234,50», held together by a space that does not break. */
function euroOf(amount: number): string | null {
  const [whole = '', cents = ''] = Math.abs(amount).toFixed(2).split('.');
  if (!/^\d{1,15}$/.test(whole)) return null;
  const grouped = whole.replaceAll(/\B(?=(\d{3})+$)/g, '.');
  return `€\u00a0${amount < 0 ? '−' : ''}${grouped},${cents}`;
}
