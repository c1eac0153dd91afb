/** Offsets of time zones from UTC, in seconds, from the runtime's IANA data. */

const formats = new Map<string, Intl.DateTimeFormat>();
// Seconds around 1970 for which the runtime has answers.
const farthest = 8_640_000_000_000;

function formatOf(zone: string): Intl.DateTimeFormat | null {
  const known = formats.get(zone);
  if (known) return known;
  // The runtime would also take offsets as zones.
  if (!/^[A-Za-z][\w+/-]{0,63}$/.test(zone)) return null;
  try {
    const format = new Intl.DateTimeFormat('en-US', { timeZone: zone, timeZoneName: 'longOffset' });
    formats.set(zone, format);
    return format;
  } catch {
    return null;
  }
}

export const isZone = (zone: string): boolean => formatOf(zone) !== null;

// Zones change their clocks at quarters of an hour: within one, an answer stays right.
const quarter = 900;
const lastAnswers = new Map<string, { readonly quarter: number; readonly offset: number }>();

/** The offset of a zone at an instant. @param zone one for which `isZone` is true */
export function offsetAt(zone: string, epochSeconds: number): number {
  if (epochSeconds < 0) return lookUpOffset(zone, epochSeconds);
  const asked = Math.floor(epochSeconds / quarter);
  const last = lastAnswers.get(zone);
  if (last?.quarter === asked) return last.offset;
  const offset = lookUpOffset(zone, epochSeconds);
  lastAnswers.set(zone, { quarter: asked, offset });
  return offset;
}

function lookUpOffset(zone: string, epochSeconds: number): number {
  const at = Math.max(-farthest, Math.min(farthest, epochSeconds));
  const name = formatOf(zone)
    ?.formatToParts(at * 1_000)
    .find(({ type }) => type === 'timeZoneName')?.value;
  const [, sign, hours, minutes, seconds] = /([+-])(\d\d):(\d\d)(?::(\d\d))?$/.exec(name ?? '') ?? [];
  const offset = Number(hours ?? 0) * 3_600 + Number(minutes ?? 0) * 60 + Number(seconds ?? 0);
  return sign === '-' ? -offset : offset;
}

/**
 * The instant that a zone's clock shows. Of two, the earlier; where clocks skip it, the instant that the clock
 * would have shown had it not been put forward.
 * @param shown seconds since 1970-01-01T00:00:00 of the zone's own clock
 */
export function instantOf(zone: string, shown: number): number {
  const before = offsetAt(zone, shown - 86_400);
  const after = offsetAt(zone, shown + 86_400);
  if (offsetAt(zone, shown - before) === before || before === after) return shown - before;
  return offsetAt(zone, shown - after) === after ? shown - after : shown - before;
}
