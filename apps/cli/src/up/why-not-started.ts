import { join, sep } from 'node:path';
import type { Config } from '@iter/platform/config';
import { isUnreached } from '@iter/platform/postgres';
import { LogUnreached } from './log.ts';

type Settings = Pick<Config, 'host' | 'port' | 'home' | 'databaseUrl'>;
type Failure = NodeJS.ErrnoException & { readonly hostname?: unknown };

/** Why the start failed, as somebody can mend it who knows the settings and not the calls of the system. */
export function whyNotStarted(error: unknown, settings: Settings): string {
  const failure = (error ?? {}) as Failure;
  const said = error instanceof Error ? error.message : String(error);
  return (
    ofAddress(failure, settings) ??
    ofHome(failure, settings) ??
    (error instanceof LogUnreached
      ? `l’archivio degli eventi non risponde, controllare EVENTSTORE_URL (no answer from there): ${said}`
      : ofDatabase(failure, settings)) ??
    said
  );
}

/** The database may be out of reach for the same reasons: only what the own address says is about the settings. */
function ofAddress({ code, syscall, hostname }: Failure, { host, port }: Settings): string | null {
  const why = syscall === 'listen' || hostname === host ? code : undefined;
  if (why === 'EADDRINUSE')
    return `la porta ${port} di ${host} è occupata, indicarne un’altra con PORT (the port is taken: give another one)`;
  if (why === 'EACCES')
    return `la porta ${port} è riservata, indicarne una da 1024 in su con PORT (the port is reserved)`;
  if (why === 'ENOTFOUND' || why === 'EADDRNOTAVAIL')
    return `${host} non è un indirizzo di questa macchina, correggere HOST (no address of this machine)`;
  return null;
}

/** A folder on the way to ITER_HOME, that folder, or what is in it. */
function ofHome({ code, path }: Failure, { home }: Settings): string | null {
  if (
    path === undefined ||
    !(join(home, sep).startsWith(join(path, sep)) || path.startsWith(join(home, sep)))
  )
    return null;
  if (code === 'ENOSPC' || code === 'EDQUOT')
    return `su disco non c’è più posto per ${path}: fare spazio, o indicare un’altra cartella con ITER_HOME (the disk is full)`;
  if (code === 'EACCES' || code === 'EPERM' || code === 'EROFS')
    return `non si può scrivere in ${path}: dare il permesso, o indicare un’altra cartella con ITER_HOME (cannot be written)`;
  if (code === 'EEXIST' || code === 'ENOENT' || code === 'ENOTDIR')
    return `${path} non è una cartella e non lo può diventare, correggere ITER_HOME (no folder, and cannot be one)`;
  return null;
}

/** Codes: PostgreSQL, appendix A. */
function ofDatabase(failure: Failure, { databaseUrl }: Settings): string | null {
  if (databaseUrl === null) return null;
  const { code } = failure;
  if (isUnreached(failure) || ['ENOTFOUND', 'EAI_AGAIN', 'EHOSTUNREACH', 'ETIMEDOUT'].includes(code ?? ''))
    return 'la base di dati non risponde: avviarla, o correggere DATABASE_URL (the database does not answer)';
  if (code === '28P01' || code === '28000')
    return 'la base di dati rifiuta chi accede, correggere utente e password in DATABASE_URL (user or password refused)';
  if (code === '3D000')
    return 'quella base di dati non c’è: crearla, o correggere DATABASE_URL (no such database)';
  return null;
}
