import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs';
import { join, relative, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { NotBpmn, reportOn } from './report.ts';
import type { FileReport } from './report.ts';
import { table } from './table.ts';

export interface Streams {
  out(line: string): void;
  /** Sentences for people. */
  complain(line: string): void;
  progress(line: string): void;
}

const usage = 'Usage: npm run conformance -- DIR [--json]';

/**
 * Reports on every `.bpmn` file below a folder.
 * @param from the folder that a relative path is meant from
 * @returns the exit status: 0 no difference, 1 some, 2 wrong input (the arguments, or a file that is no BPMN)
 */
export async function conformance(
  args: readonly string[],
  from: string,
  streams: Streams,
): Promise<0 | 1 | 2> {
  const asked = readArguments(args);
  if (!asked) {
    streams.complain(usage);
    return 2;
  }
  const folder = resolve(from, asked.folder);
  if (!existsSync(folder) || !statSync(folder).isDirectory()) {
    streams.complain(`${folder} is no folder.`);
    return 2;
  }
  const files = filesBelow(folder);
  if (files.length === 0) {
    streams.complain(`There is no .bpmn file below ${folder}.`);
    return 2;
  }
  const reports: FileReport[] = [];
  const unread: { file: string; reason: string }[] = [];
  for (const [i, file] of files.entries()) {
    streams.progress(`${i + 1}/${files.length} ${file}`);
    try {
      reports.push(await reportOn(file, readFileSync(join(folder, file))));
    } catch (error) {
      if (!(error instanceof NotBpmn)) throw error;
      unread.push({ file, reason: error.message });
    }
  }
  streams.out(asked.json ? JSON.stringify({ files: reports, unread }, null, 2) : table(reports));
  for (const { file, reason } of unread) streams.complain(`${file}: ${reason}`);
  if (reports.some(({ differences }) => differences.length > 0)) return 1;
  return unread.length > 0 ? 2 : 0;
}

function readArguments(args: readonly string[]): { folder: string; json: boolean } | null {
  try {
    const { values, positionals } = parseArgs({
      args: [...args],
      allowPositionals: true,
      options: { json: { type: 'boolean', default: false } },
    });
    const [folder, ...others] = positionals;
    return folder === undefined || others.length > 0 ? null : { folder, json: values.json };
  } catch {
    return null;
  }
}

function filesBelow(folder: string): readonly string[] {
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && entry.name.endsWith('.bpmn'))
    .map((entry) => relative(folder, join(entry.parentPath, entry.name)))
    .sort();
}
