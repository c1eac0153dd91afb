interface Label {
  readonly it: string;
  readonly en: string;
}

/** As the API tells it. */
interface Vocabulary {
  readonly names: readonly { readonly name: string; readonly label: Label }[];
  readonly values: readonly { readonly name: string | null; readonly code: string; readonly label: Label }[];
}

/** What people call what a case holds: its variables and the codes in them. */
export interface Words {
  /** What a variable, or a part of one, is called; null: only in code. */
  readonly nameOf: (name: string) => string | null;
  /**
   * The word for a code. Where nobody says it of this name, the word that all who say it agree on; null: there is none.
   * @param name variable, or part of one, that holds it; null: not known
   */
  readonly valueOf: (name: string | null, code: string) => string | null;
  /** Whether some name has a word for the code. */
  readonly isKnown: (code: string) => boolean;
}

export const noWords: Words = { nameOf: () => null, valueOf: () => null, isKnown: () => false };

export function wordsIn({ names, values }: Vocabulary, language: 'it' | 'en'): Words {
  const called = new Map(names.map(({ name, label }) => [name, label[language]]));
  const said = new Map<string, Map<string | null, string>>();
  for (const { name, code, label } of values)
    said.set(code, (said.get(code) ?? new Map<string | null, string>()).set(name, label[language]));
  return {
    nameOf: (name) => called.get(name) ?? null,
    valueOf: (name, code) => {
      const words = said.get(code);
      const own = words?.get(name) ?? words?.get(null);
      if (own !== undefined || !words) return own ?? null;
      const [word, ...others] = new Set(words.values());
      return others.length === 0 ? (word ?? null) : null;
    },
    isKnown: (code) => said.has(code),
  };
}
