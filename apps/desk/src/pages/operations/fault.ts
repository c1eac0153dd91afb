/** What errors are, by what their texts begin with; those of PostgreSQL by SQLSTATE or its class (PostgreSQL 18, appendix A). */
const faults = [
  [
    'away',
    /^PostgreSQL error (08|57P0)|\b(ECONNREFUSED|ECONNRESET|ENOTFOUND|ETIMEDOUT|EPIPE|EHOSTUNREACH)\b/,
  ],
  ['away', /^Error: (Connection terminated|timeout exceeded when trying to connect)/],
  ['busy', /^PostgreSQL error (40|55P03|57014)/],
  ['diskFull', /^PostgreSQL error 53100/],
  ['exhausted', /^PostgreSQL error 53/],
  ['readOnly', /^PostgreSQL error 25006/],
  ['denied', /^PostgreSQL error (28|42501)/],
  ['otherTables', /^PostgreSQL error (3D|3F|42)/],
  ['damaged', /^PostgreSQL error (58|XX|F0)/],
  ['value', /^PostgreSQL error (2[123]|44|54)/],
  ['trigger', /^PostgreSQL error P0/],
  ['sealBroken', /^SealBroken:/],
  ['unknownEvent', /^Error: this version knows no event /],
] as const;

/** Which of the errors that people have words for a text of the server is; null: none, and its own words must do. */
export function faultOf(text: string): (typeof faults)[number][0] | null {
  return faults.find(([, begins]) => begins.test(text))?.[0] ?? null;
}
