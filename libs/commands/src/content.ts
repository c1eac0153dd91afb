import type { Variables } from '@iter/engine';
import type { CasePorts } from './ports.ts';

/** An event that says something to whoever is told of it, by its place in the log. */
export interface Source {
  readonly stream: string;
  readonly revision: number;
}

/**
 * The variables that an event carries: they stay where they are, sealed. Nothing, when the key was destroyed.
 * @param id the event's, when it is known: another one there is a fault
 */
export async function contentAt(
  { log, sealer }: Pick<CasePorts, 'log' | 'sealer'>,
  { stream, revision }: Source,
  id?: string,
): Promise<Variables> {
  const [event] = await log.readStream(stream, { from: revision, limit: 1 });
  if (!event || (id !== undefined && event.id !== id)) {
    throw new Error(`what ${stream} said at revision ${revision} is not where it was`);
  }
  const data = event.keyId === null ? event.data : (await sealer.unseal(event.id, event.data)).data;
  return (data['variables'] ?? {}) as Variables;
}
