import { given } from '@iter/process-model/reading';
import { everyTag } from '../xml/tag.ts';
import type { Tag } from '../xml/tag.ts';
import { instead, isFeel, understood } from './vocabulary.ts';

/** Nothing is ever silently ignored: what a file says, and an evaluation would not obey, is refused. */
export function checkUnderstood(definitions: Tag): void {
  for (const tag of everyTag(definitions)) {
    const known = understood[tag.type];
    // Of what is refused as a whole, the parts are not spoken of.
    if (!known) continue;
    for (const property of given(tag.element)) {
      if (property.includes(':') || known.has(property)) continue;
      tag.error('unsupported-element', instead[property] ?? `"${property}" of ${tag.type} is not supported.`);
    }
    checkLanguage(tag);
    checkForeign(tag);
  }
}

function checkLanguage(tag: Tag): void {
  for (const property of ['expressionLanguage', 'typeLanguage']) {
    const language = tag.text(property);
    if (language === null || isFeel(language)) continue;
    tag.error('expression-language', `${property} "${language}": only FEEL is understood. Write it in FEEL.`);
  }
}

/** Words of other engines: said aloud and not obeyed; the one that would change what is read is refused. */
function checkForeign(tag: Tag): void {
  for (const [name, value] of Object.entries(tag.element.$attrs ?? {})) {
    if (name === 'camunda:inputVariable') {
      tag.error('unsupported-attribute', `${name}="${value}" is not supported: cells read the input as "?".`);
    } else if (name.startsWith('camunda:')) {
      tag.warning('foreign-extension', `${name} is of another engine and is not obeyed.`);
    }
  }
}
