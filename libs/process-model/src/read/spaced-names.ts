import { children, extensions, extensionsOf, text } from './element.ts';
import type { Element } from './element.ts';
import { isSpaced } from './names.ts';
import { dataNames } from './read-data.ts';

/** Variables of a process whose names hold spaces: data that move, targets of mappings, results. */
export function spacedNames(process: Element): readonly string[] {
  const written = [...within(process)].flatMap((element) => [
    ...extensionsOf(element, 'zeebe:IoMapping').flatMap((mapping) =>
      [...children(mapping, 'inputParameters'), ...children(mapping, 'outputParameters')].map(
        (it) => text(it, 'target')?.split('.')[0]?.trim() ?? '',
      ),
    ),
    ...extensions(element).map((it) => text(it, 'resultVariable')?.trim() ?? ''),
  ]);
  return [...new Set([...written, ...dataNames(process)])].filter(isSpaced);
}

function* within(container: Element): Generator<Element> {
  yield container;
  for (const element of children(container, 'flowElements')) yield* within(element);
}
