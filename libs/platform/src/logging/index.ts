import { pino } from 'pino';
import type { Logger } from 'pino';

export type { Logger } from 'pino';

/** Where names, free text or secrets would be if somebody logged a whole object: they are cut out. */
const secret = [
  'password',
  'secret',
  'secrets',
  'token',
  'authorization',
  'cookie',
  'variables',
  'data',
  'body',
  'employeeRef',
  'text',
  'note',
  'reason',
];

/**
 * An error as the log has it: what it is and where, never what it holds. What PostgreSQL says may quote a row, and errors
 * of drivers carry their whole connection: of them only the code counts.
 */
function describeFault(error: unknown): object {
  if (!(error instanceof Error)) return { type: typeof error };
  const { name, message, stack, cause } = error;
  const { code, severity } = error as { code?: unknown; severity?: unknown };
  const frames = (stack ?? '').split('\n').filter((line) => /^\s+at /.test(line));
  return {
    type: name,
    message: severity === undefined ? message : `PostgreSQL error ${String(code)}`,
    ...(typeof code === 'string' && { code }),
    stack: frames.slice(0, 12).join('\n'),
    ...(cause !== undefined && { cause: describeFault(cause) }),
  };
}

/**
 * The log of a process: one JSON line an event, with codes and ids only. What could be personal or secret is removed at the
 * top level and one level down, whoever passes it.
 */
export function createLogger(options: {
  readonly name: string;
  readonly level?: string;
  readonly to?: NodeJS.WritableStream;
}): Logger {
  const settings = {
    name: options.name,
    level: options.level ?? 'info',
    base: { name: options.name },
    redact: { paths: secret.flatMap((field) => [field, `*.${field}`, `req.headers.${field}`]), remove: true },
    serializers: { err: describeFault },
    timestamp: pino.stdTimeFunctions.isoTime,
  };
  return options.to ? pino(settings, options.to) : pino(settings, pino.destination({ dest: 2, sync: false }));
}
