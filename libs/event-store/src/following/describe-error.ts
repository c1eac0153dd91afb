/**
 * What may be wrong, by a name that whoever shows it has words for, and in the words of the log: what happened, and what has to be
 * done. Of PostgreSQL by SQLSTATE, or by its class.
 * Source: PostgreSQL 18, appendix A
 */
const ofPostgres: readonly (readonly [codes: RegExp, name: string, words: string])[] = [
  [/^(08|57P0)/, 'away', 'it is away or starts anew; goes on by itself once it is back'],
  [/^(40|55P03|57014)/, 'busy', 'it was busy with something else; is tried again by itself'],
  [/^53100/, 'disk-full', 'its disk is full; make room, then it goes on by itself'],
  [/^53/, 'exhausted', 'it has no memory or connections left; give it more, then it goes on by itself'],
  [/^25006/, 'read-only', 'it takes no writes, as a standby does; point DATABASE_URL to the primary'],
  [/^(28|42501)/, 'denied', 'it does not let us; give our role its rights back, then it goes on by itself'],
  [
    /^(3D|3F|42)/,
    'other-tables',
    'its tables are not those of this version; rebuild the views, or start the version that made them',
  ],
  [/^(58|XX|F0)/, 'damaged', 'it is damaged or misconfigured; read the log of the server'],
  [/^(2[123]|44|54)/, 'value', 'it cannot take what the row holds'],
  [
    /^P0/,
    'trigger',
    'a trigger or function that is not ours refused the row; look at what was added to the database',
  ],
];

/** The same of errors that are not PostgreSQL's, which say themselves what happened. */
const ofOthers: readonly (readonly [texts: RegExp, name: string])[] = [
  [/\b(ECONNREFUSED|ECONNRESET|ENOTFOUND|ETIMEDOUT|EPIPE|EHOSTUNREACH)\b/, 'away'],
  [/^Error: (Connection terminated|timeout exceeded when trying to connect)/, 'away'],
  [/^SealBroken:/, 'seal-broken'],
  [/^Error: this version knows no event /, 'unknown-event'],
];

/** The names of what may be wrong. */
export const faults: readonly string[] = [...new Set([...ofPostgres, ...ofOthers].map(([, name]) => name))];

const codeOf = (error: unknown): string | null =>
  error instanceof Error && 'severity' in error && 'code' in error ? String(error.code) : null;

/**
 * Text about an error that is fit for logs: what PostgreSQL says may quote the row, so its code and what that means count.
 * @returns what it is, the name of the fault in brackets where it has one, and words: `PostgreSQL error 53100 (disk-full): …`
 */
export function describeError(error: unknown): string {
  if (!(error instanceof Error)) return 'unknown error';
  const code = codeOf(error);
  if (code !== null) {
    const known = ofPostgres.find(([codes]) => codes.test(code));
    if (known === undefined) return `PostgreSQL error ${code}: look it up in its manual, appendix A`;
    return `PostgreSQL error ${code} (${known[1]}): ${known[2]}`;
  }
  // Of several addresses that refuse, the error that holds them all says nothing but its code.
  const words = error.message || String((error as NodeJS.ErrnoException).code ?? '');
  const fault = ofOthers.find(([texts]) => texts.test(`${error.name}: ${words}`))?.[1];
  return `${error.name}${fault === undefined ? '' : ` (${fault})`}: ${words}`.slice(0, 500);
}

/**
 * The row itself is at fault (no such text, value too long, too much for an index, refused by a trigger …): trying again would
 * fail again, and the others need not wait for it.
 */
export function isDataError(error: unknown): boolean {
  return /^(2[123]|44|54|P0)/.test(codeOf(error) ?? '');
}
