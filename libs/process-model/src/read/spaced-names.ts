import { children, extensions, extensionsOf, text } from './element.ts';
import type { Element } from './element.ts';
import { isSpaced } from './names.ts';
import { DataElements } from './data-elements.ts';

/** Variables of a process whose names hold spaces: data that move, targets of mappings, results. */
export function spacedNames(process: Element): readonly string[] {
  const data = new DataElements(process);
  const written = data.all.flatMap((element) => [
    ...extensionsOf(element, 'zeebe:IoMapping').flatMap((mapping) =>
      [...children(mapping, 'inputParameters'), ...children(mapping, 'outputParameters')].map(
        (it) => text(it, 'target')?.split('.')[0]?.trim() ?? '',
      ),
    ),
    ...extensions(element).map((it) => text(it, 'resultVariable')?.trim() ?? ''),
  ]);
  return [...new Set([...written, ...data.names])].filter(isSpaced);
}
