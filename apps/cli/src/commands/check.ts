import { createMemoryLog } from '@iter/event-store/memory';
import { systemClock } from '@iter/platform/clock';
import { createProcessCatalog } from '@iter/process-catalog';
import type { Problem } from '@iter/process-model';
import { print, printJson } from '../output.ts';
import type { ExitStatus } from '../output.ts';
import { withForms } from '../world/files.ts';

/** Parses and validates files as a deployment would, one after the other; `0` when no file has an error. */
export async function check(
  files: readonly string[],
  options: { readonly json?: boolean },
): Promise<ExitStatus> {
  const all = withForms(files);
  const texts = all.filter(({ name }) => files.includes(name));
  const catalog = createProcessCatalog({
    log: createMemoryLog(),
    clock: systemClock,
    missingForms: 'warning',
  });
  const forms = all.filter(({ name }) => /\.(json|form)$/.test(name));
  const results: { file: string; problems: Omit<Problem, 'file'>[] }[] = [];
  for (const text of texts) {
    const { problems } = await catalog.check(forms.includes(text) ? [text] : [text, ...forms]);
    const own = problems.filter(({ file }) => file === undefined || file === text.name);
    results.push({ file: text.name, problems: own.map(({ file: _, ...problem }) => problem) });
  }
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
