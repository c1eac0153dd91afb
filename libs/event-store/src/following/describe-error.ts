/**
 * What an error of PostgreSQL is, in the words of its log: what went wrong, and what has to be done. By SQLSTATE, or by its class.
 * Source: PostgreSQL 18, appendix A
 */
const meanings: readonly (readonly [codes: RegExp, words: string])[] = [
  [/^(08|57P0)/, 'it is away or starts anew; goes on by itself once it is back'],
  [/^(40|55P03|57014)/, 'it was busy with something else; is tried again by itself'],
  [/^53100/, 'its disk is full; make room, then it goes on by itself'],
  [/^53/, 'it has no memory or connections left; give it more, then it goes on by itself'],
  [/^25006/, 'it takes no writes, as a standby does; point DATABASE_URL to the primary'],
  [/^(28|42501)/, 'it does not let us; give our role its rights back, then it goes on by itself'],
  [
    /^(3D|3F|42)/,
    'its tables are not those of this version; rebuild the views, or start the version that made them',
  ],
  [/^(58|XX|F0)/, 'it is damaged or misconfigured; read the log of the server'],
  [/^(2[123]|44|54)/, 'it cannot take what the row holds'],
  [/^P0/, 'a trigger or function that is not ours refused the row; look at what was added to the database'],
];

const codeOf = (error: unknown): string | null =>
  error instanceof Error && 'severity' in error && 'code' in error ? String(error.code) : null;

/** Text about an error that is fit for logs: what PostgreSQL says may quote the row, so its code and what that means count. */
export function describeError(error: unknown): string {
  if (!(error instanceof Error)) return 'unknown error';
  const code = codeOf(error);
  // Of several addresses that refuse, the error that holds them all says nothing but its code.
  if (code === null)
    return `${error.name}: ${error.message || String((error as NodeJS.ErrnoException).code ?? '')}`.slice(
      0,
      500,
    );
  const words = meanings.find(([codes]) => codes.test(code))?.[1] ?? 'look it up in its manual, appendix A';
  return `PostgreSQL error ${code}: ${words}`;
}

/**
 * The row itself is at fault (no such text, value too long, too much for an index, refused by a trigger …): trying again would
 * fail again, and the others need not wait for it.
 */
export function isDataError(error: unknown): boolean {
  return /^(2[123]|44|54|P0)/.test(codeOf(error) ?? '');
}
