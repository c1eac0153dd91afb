/** What a time on the clocks of Italy stands for. */
export type LocalTime =
  /** One instant, as an RFC 3339 time with Italy's offset. */
  | { readonly kind: 'plain'; readonly instant: string }
  /** In spring the clocks skip it. */
  | { readonly kind: 'impossible' }
  /** In autumn they show it twice: with summer time, then with standard time. */
  | { readonly kind: 'ambiguous'; readonly first: string; readonly second: string }
  /** Not written to its end. */
  | { readonly kind: 'incomplete' };

const hourMs = 3_600_000;
const written = /^(\d{4}-\d{2}-\d{2}T\d{2}:\d{2})(?::(\d{2})(?:\.\d+)?)?([+-]\d{2}:\d{2})?$/;

const inRome = new Intl.DateTimeFormat('sv-SE', {
  timeZone: 'Europe/Rome',
  dateStyle: 'short',
  timeStyle: 'short',
});

/** An instant as Italy's clocks show it, `YYYY-MM-DDTHH:mm`; what is no instant as it is. */
export function wallOf(instant: string): string {
  const date = new Date(instant);
  return Number.isNaN(date.getTime()) ? instant : inRome.format(date).replace(' ', 'T');
}

/**
 * Reads what a person typed on a clock of Italy, whatever the zone of the browser. The offset, when one is written, is
 * the answer to which of two it is.
 * @param text `YYYY-MM-DDTHH:mm`, with or without seconds, which files bring, and an offset
 */
export function readLocalTime(text: string): LocalTime {
  const [, wall = '', seconds = '00', offset] = written.exec(text.trim()) ?? [];
  const asUtc = wall === '' ? NaN : Date.parse(`${wall}:00Z`);
  if (Number.isNaN(asUtc)) return { kind: 'incomplete' };
  const found = [2, 1]
    .filter((hours) => wallOf(new Date(asUtc - hours * hourMs).toISOString()) === wall)
    .map((hours) => `${wall}:${seconds}+0${hours}:00`);
  const chosen = offset === undefined ? undefined : found.find((instant) => instant.endsWith(offset));
  const [first, second] = chosen === undefined ? found : [chosen];
  if (first === undefined) return { kind: 'impossible' };
  return second === undefined ? { kind: 'plain', instant: first } : { kind: 'ambiguous', first, second };
}

/** A stored instant as its control holds it: Italy's clock, with the offset where the clock alone would not tell. */
export function toLocal(instant: string): string {
  const wall = wallOf(instant);
  if (readLocalTime(wall).kind !== 'ambiguous') return wall;
  const isSecond = readLocalTime(`${wall}+01:00`);
  const at = Date.parse(instant);
  const same = isSecond.kind === 'plain' && Date.parse(isSecond.instant) === at;
  return `${wall}${same ? '+01:00' : '+02:00'}`;
}

/** What is typed, as the API takes it; what stands for no instant as it is, for the server to judge. */
export function withOffset(local: string): string {
  const read = readLocalTime(local);
  return read.kind === 'plain' ? read.instant : local;
}
