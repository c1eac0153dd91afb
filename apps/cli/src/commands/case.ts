import { print, printJson } from '../output.ts';
import type { ExitStatus } from '../output.ts';
import { Remote } from './http.ts';
import type { RemoteOptions } from './http.ts';

interface Case {
  readonly id: string;
  readonly code: string;
  readonly process: string;
  readonly comuneName: string;
  readonly state: string;
  readonly startedAt: string;
  readonly nextDeadline: { readonly safeActionDate: string; readonly label: { readonly it: string } } | null;
}
interface Page<T> {
  readonly items: readonly T[];
  readonly nextCursor: string | null;
}
interface Recorded {
  readonly revision: number;
  readonly recordedAt: string;
  readonly type: string;
  readonly actor: { readonly account: string; readonly role: string };
}

const query = (fields: Readonly<Record<string, string | undefined>>): string => {
  const given = Object.entries(fields).filter((entry): entry is [string, string] => entry[1] !== undefined);
  return given.length > 0 ? `?${new URLSearchParams(given).toString()}` : '';
};

/** All pages of a list, one after the other. */
async function* pages<T>(
  remote: Remote,
  path: string,
  fields: Readonly<Record<string, string | undefined>>,
): AsyncGenerator<T> {
  let cursor: string | undefined;
  do {
    const page: Page<T> = await remote.get(`${path}${query({ ...fields, limit: '200', cursor })}`);
    yield* page.items;
    cursor = page.nextCursor ?? undefined;
  } while (cursor !== undefined);
}

async function collect<T>(items: AsyncGenerator<T>): Promise<T[]> {
  const all: T[] = [];
  for await (const item of items) all.push(item);
  return all;
}

export async function listCases(
  options: RemoteOptions & { readonly state?: string; readonly process?: string },
): Promise<ExitStatus> {
  const remote = await Remote.signIn(options);
  const cases = await collect(
    pages<Case>(remote, '/cases', { state: options.state, process: options.process }),
  );
  if (options.json) printJson({ cases });
  else
    for (const it of cases)
      print(
        [it.id, it.code, it.process, it.comuneName, it.state, it.nextDeadline?.safeActionDate ?? '-'].join(
          '\t',
        ),
      );
  return 0;
}

export async function readCase(
  what: 'show' | 'history' | 'state',
  id: string,
  options: RemoteOptions & { readonly at?: string; readonly revision?: string; readonly reason?: string },
): Promise<ExitStatus> {
  const remote = await Remote.signIn(options);
  const path = `/cases/${encodeURIComponent(id)}`;
  const { at, revision, reason } = options;
  if (what === 'history') {
    const events = await collect(pages<Recorded>(remote, `${path}/history`, { reason }));
    if (options.json) printJson({ events });
    else
      for (const it of events)
        print([it.revision, it.recordedAt, it.type, `${it.actor.account} (${it.actor.role})`].join('\t'));
    return 0;
  }
  printJson(
    await remote.get(
      what === 'show' ? `${path}${query({ reason })}` : `${path}/state${query({ at, revision, reason })}`,
    ),
  );
  return 0;
}
