import type { Definitions } from '@iter/process-catalog';

/** What things are called. Lists keep codes and ask for names when they answer, so that a new name shows at once. */
export interface Names {
  process(definition: string): string | null;
  /** The latest version of every process. */
  processes(): readonly { readonly key: string; readonly name: string }[];
  element(definition: string, element: string): string | null;
  body(code: string): string | null;
  /** Codes of the bodies whose name contains the text, whatever its case. */
  bodiesNamed(text: string): readonly string[];
}

/** What lists ask about bodies; the registers answer. */
export interface BodyNames {
  name(code: string): string | null;
  named(text: string): readonly string[];
}

export function namesFrom(
  definitions: Pick<Definitions, 'byHash' | 'find' | 'list'>,
  bodies: BodyNames,
): Names {
  // One definition that cannot be read must not take the names, and so the lists, from all others.
  const readable = (hash: string) => {
    const found = definitions.byHash(hash);
    return found && definitions.find(found.key, found.version);
  };
  return {
    process: (definition) => definitions.byHash(definition)?.name ?? null,
    processes: () => definitions.list(),
    element: (definition, element) => readable(definition)?.model.nodes.get(element)?.name ?? null,
    body: (code) => bodies.name(code),
    bodiesNamed: (text) => bodies.named(text),
  };
}
