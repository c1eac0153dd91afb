import type { EventLog } from '@iter/event-store';

/** Where a process may die, on the way of a command. */
export const crashPoints = [
  /** It is decided, and not yet written. */
  'before-append',
  /** The statement is on its way. */
  'in-append',
  /** It is on disk, and nobody was told. */
  'after-append',
  /** It was answered, and nothing that follows has seen it. */
  'after-reply',
] as const;
export type CrashPoint = (typeof crashPoints)[number];

/** As a power cut takes the process, from within. */
const die = (): void => void process.kill(process.pid, 'SIGKILL');

/** Puts a point at which the process dies around the log's port: nothing of what is under test knows of it. */
export function crashingAt(
  where: { readonly point: CrashPoint; readonly after: number; readonly delayMs: number } | undefined,
): { log(log: EventLog): EventLog; replied(): void } {
  let passed = 0;
  const at = (point: CrashPoint): boolean => point === where?.point && ++passed >= where.after;
  return {
    log: (log) => ({
      ...log,
      async append(append) {
        if (at('before-append')) die();
        if (at('in-append')) setTimeout(die, where!.delayMs);
        const result = await log.append(append);
        if (at('after-append')) die();
        return result;
      },
    }),
    replied() {
      if (at('after-reply')) die();
    },
  };
}
