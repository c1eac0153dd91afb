import type { Config } from '@iter/platform/config';

/** Why the start failed, as somebody can mend it who knows the settings and not the calls of the system. */
export function whyNotStarted(error: unknown, { host, port }: Pick<Config, 'host' | 'port'>): string {
  // The database may be out of reach for the same reasons: only what the own address says is about the settings.
  const { code, syscall, hostname } = (error ?? {}) as NodeJS.ErrnoException & {
    readonly hostname?: unknown;
  };
  const why = syscall === 'listen' || hostname === host ? code : undefined;
  if (why === 'EADDRINUSE')
    return `la porta ${port} di ${host} è occupata, indicarne un’altra con PORT (the port is taken: give another one)`;
  if (why === 'EACCES')
    return `la porta ${port} è riservata, indicarne una da 1024 in su con PORT (the port is reserved)`;
  if (why === 'ENOTFOUND' || why === 'EADDRNOTAVAIL')
    return `${host} non è un indirizzo di questa macchina, correggere HOST (no address of this machine)`;
  return error instanceof Error ? error.message : String(error);
}
