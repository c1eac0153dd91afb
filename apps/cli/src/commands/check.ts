import { checkEach } from '@iter/process-catalog';
import { print, printJson } from '../output.ts';
import type { ExitStatus } from '../output.ts';
import { withForms } from '../world/files.ts';

/** Parses and validates files as a deployment would, each by itself; `0` when no file has an error. */
export async function check(
  files: readonly string[],
  options: { readonly json?: boolean },
): Promise<ExitStatus> {
  const found = await checkEach(withForms(files), 'warning');
  const results = files.map((file) => ({
    file,
    problems: (found.get(file) ?? []).map(({ file: _, ...problem }) => problem),
  }));
  if (options.json) printJson({ files: results });
  else {
    for (const { file, problems } of results) {
      for (const { line, column, element, rule, message, severity } of problems) {
        print(
          `${file}:${line}:${column} ${element} ${rule} ${severity === 'warning' ? '(avviso) ' : ''}${message}`,
        );
      }
    }
  }
  return results.some(({ problems }) => problems.some(({ severity }) => severity === 'error')) ? 1 : 0;
}
