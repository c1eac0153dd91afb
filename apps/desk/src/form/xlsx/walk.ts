import { Parser } from 'saxen';

/** The attributes of an element, by their names without prefixes. */
export type Attributes = Readonly<Record<string, string>>;

interface Steps {
  open?(name: string, attributes: Attributes): void;
  /** @param path the elements that it stands in, the innermost last */
  text?(text: string, path: readonly string[]): void;
  close?(name: string): void;
}

const deepest = 100;
const bare = (name: string): string => name.slice(name.indexOf(':') + 1);

/**
 * Goes through XML, names without their prefixes. A document type is none of ours: no entity is ever declared.
 * @throws when it is not well-formed
 */
export function walk(bytes: Uint8Array, { open, text, close }: Steps): void {
  const parser = new Parser();
  const path: string[] = [];
  const fail = (why: unknown): never => {
    throw new Error(String(why));
  };
  const say = (said: string): void => text?.(said, path);
  parser.on('openTag', (name, attributes, decode) => {
    if (path.push(bare(name)) > deepest) fail('too deep');
    if (!open) return;
    const read = Object.entries(attributes()).map(([key, value]) => [bare(key), decode(String(value))]);
    open(bare(name), Object.fromEntries(read) as Attributes);
  });
  parser.on('closeTag', (name) => {
    path.pop();
    close?.(bare(name));
  });
  parser.on('text', (value, decode) => say(decode(value)));
  parser.on('cdata', say);
  parser.on('attention', fail);
  parser.on('error', fail);
  parser.parse(new TextDecoder('utf-8', { fatal: true }).decode(bytes));
}

export const attribute = (attributes: Attributes, name: string): string | undefined =>
  Object.hasOwn(attributes, name) ? attributes[name] : undefined;

/** Whether a text is one of a string: not how it is read aloud. */
export const textsOf = (path: readonly string[]): boolean => path.at(-1) === 't' && !path.includes('rPh');
