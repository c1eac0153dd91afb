import { writeFileSync } from 'node:fs';
import { print, printJson, WrongInput } from '../output.ts';
import type { ExitStatus } from '../output.ts';
import { Remote } from './http.ts';
import type { RemoteOptions } from './http.ts';

const extensions: Readonly<Record<string, string>> = {
  bundle: 'zip',
  jsonl: 'jsonl',
  csv: 'csv',
  pdf: 'pdf',
};

export interface ExportCaseOptions extends RemoteOptions {
  readonly format: string;
  readonly out?: string;
  readonly reason?: string;
}

/** Fetches a case of a running system as a file. */
export async function exportCase(id: string, options: ExportCaseOptions): Promise<ExitStatus> {
  const { format, reason } = options;
  const extension = extensions[format];
  if (extension === undefined)
    throw new WrongInput(`--format is one of ${Object.keys(extensions).join(', ')}`);
  const remote = await Remote.signIn(options);
  const asked = new URLSearchParams({ format, ...(reason !== undefined && { reason }) });
  const content = await remote.download(`/cases/${encodeURIComponent(id)}/export?${asked.toString()}`);
  const out = options.out ?? `fascicolo-${id.slice(0, 8)}.${extension}`;
  writeFileSync(out, content);
  if (options.json) printJson({ file: out, sizeBytes: content.byteLength });
  else print(`${out}: ${content.byteLength} byte`);
  return 0;
}
