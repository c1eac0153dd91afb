/** Text about an error that is fit for logs: what PostgreSQL says may quote the row, so only its code counts. */
export function describeError(error: unknown): string {
  if (!(error instanceof Error)) return 'unknown error';
  if ('severity' in error && 'code' in error) return `PostgreSQL error ${String(error.code)}`;
  return `${error.name}: ${error.message}`.slice(0, 500);
}

/** The row itself is at fault (no such text, value too long …): trying again would fail again. */
export function isDataError(error: unknown): boolean {
  return (
    error instanceof Error && 'code' in error && /^2[23]/.test(String(error.code)) && 'severity' in error
  );
}
