import { setTimeout as pause } from 'node:timers/promises';
import { complain, print, printJson } from '../output.ts';
import type { ExitStatus } from '../output.ts';
import { Remote } from './http.ts';
import type { RemoteOptions } from './http.ts';
import { share } from './progress.ts';

interface Follower {
  readonly name: string;
  readonly progress: number | null;
  readonly lastRebuild: { readonly endedAt: string | null; readonly hasFailed: boolean } | null;
}

const lookEveryMs = 300;

/**
 * Makes views of a running system anew beside the live ones, and waits until they have taken their place. A view is made with
 * all others of its follower.
 * @param views names of followers or of single views; none: all
 */
export async function rebuild(views: readonly string[], options: RemoteOptions): Promise<ExitStatus> {
  const remote = await Remote.signIn(options);
  const followers = async (): Promise<readonly Follower[]> =>
    (await remote.get<{ items: readonly Follower[] }>('/operations/followers')).items;
  const known = (await followers()).map(({ name }) => name);
  const wanted = views.length === 0 ? known : views;
  // What is under way already is not begun again.
  for (const view of wanted) await remote.post(`/operations/views/${encodeURIComponent(view)}/rebuild`, {});
  const made = new Set(wanted.map((view) => (known.includes(view) ? view : 'views')));

  const bar = share();
  for (;;) {
    const all = (await followers()).filter(({ name }) => made.has(name));
    const open = all.filter(
      ({ progress, lastRebuild }) => progress !== null || lastRebuild?.endedAt === null,
    );
    if (open.length > 0) {
      bar.show(
        (all.length - open.length + open.reduce((sum, it) => sum + (it.progress ?? 0), 0)) / all.length,
      );
      await pause(lookEveryMs);
      continue;
    }
    bar.end();
    const rebuilt = all.map(({ name, lastRebuild }) => ({ name, failed: lastRebuild?.hasFailed ?? false }));
    if (options.json) printJson({ rebuilt });
    else
      for (const { name, failed } of rebuilt)
        if (failed) complain(`${name}: non rifatta, il registro del sistema dice perché`);
        else print(`${name}: rifatta`);
    return rebuilt.some(({ failed }) => failed) ? 1 : 0;
  }
}
