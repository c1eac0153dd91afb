import { pino } from 'pino';
import type { Logger } from 'pino';

export type { Logger } from 'pino';

/** Where names, free text or secrets would be if somebody logged a whole object: they are cut out. */
const secret = [
  'password',
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
    timestamp: pino.stdTimeFunctions.isoTime,
  };
  return options.to ? pino(settings, options.to) : pino(settings, pino.destination({ dest: 2, sync: false }));
}
