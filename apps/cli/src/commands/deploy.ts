import { basename } from 'node:path';
import { print, printJson } from '../output.ts';
import type { ExitStatus } from '../output.ts';
import { withForms } from '../world/files.ts';
import { Remote } from './http.ts';
import type { RemoteOptions } from './http.ts';

interface Deployment {
  readonly definitions: readonly {
    readonly key: string;
    readonly version: number;
    readonly hash: string;
    readonly isNew: boolean;
  }[];
  readonly warnings?: readonly string[];
}

/** Deploys files, with the forms beside them, to a running system. */
export async function deploy(files: readonly string[], options: RemoteOptions): Promise<ExitStatus> {
  const sources = withForms(files).map(({ name, text }) => ({ name: basename(name), text }));
  const remote = await Remote.signIn(options);
  const answer = await remote.post<Deployment>('/process-definitions', { files: sources });
  if (options.json) printJson(answer);
  else
    for (const { key, version, isNew } of answer.definitions)
      print(`${key} ${version}${isNew ? '' : ' (unchanged)'}`);
  return 0;
}
