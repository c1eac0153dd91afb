import { grouped } from '../ui/grouped.ts';
import { inItalian } from '../ui/italian.ts';

interface Label {
  readonly it: string;
  readonly en: string;
}

/** As the API tells it: several labels of one are those of forms that differ; `entry.part`: of a part of what a register has. */
interface Vocabulary {
  readonly names: readonly { readonly name: string; readonly label: Label }[];
  readonly values: readonly { readonly name: string | null; readonly code: string; readonly label: Label }[];
  /** Names under which some form takes what people type. */
  readonly typed: readonly string[];
}

/** What people call what a case holds: its variables and the codes in them. Italian parts are marked in another language. */
export interface Words {
  /**
   * What a variable, or a part of one, is called; null: only in code, or not alike everywhere.
   * @param of what the part is of, when it is known
   */
  readonly nameOf: (name: string, of?: string | null) => string | null;
  /**
   * The word for a code. Where nobody says it of this name, the word that all who say it agree on, or the role of this code;
   * but what people type under a name is no code. Null: there is none.
   * @param name variable, or part of one, that holds it; null: not known
   * @param of what the part is of, when it is known
   */
  readonly valueOf: (name: string | null, code: string, of?: string | null) => string | null;
}

export const noWords: Words = { nameOf: () => null, valueOf: () => null };

/** @param roleOf how the house calls a role, in the language of the reader; null: it is none */
export function wordsIn(
  { names, values, typed }: Vocabulary,
  language: 'it' | 'en',
  roleOf: (code: string) => string | null = () => null,
): Words {
  // What nobody says in English stands in Italian.
  const inWords = ({ it, en }: Label) => (language === 'it' ? it : en === it ? inItalian(it) : en);
  const agreed = (all: readonly { readonly label: Label }[]): string | null => {
    const [word, ...others] = new Set(all.map(({ label }) => inWords(label)));
    return others.length === 0 ? (word ?? null) : null;
  };
  const called = grouped(names, ({ name }) => name);
  const said = grouped(values, ({ code }) => code);
  // People type their reasons wherever they give one.
  const isTyped = new Set([...typed, 'reason']);
  return {
    nameOf: (name, of = null) => agreed(called.get(`${of}.${name}`) ?? called.get(name) ?? []),
    valueOf: (name, code, of = null) => {
      const everybodys = said.get(code) ?? [];
      const found = everybodys.filter((one) => one.name === `${of}.${name}`);
      if (found.length > 0) return agreed(found);
      // What a register says of a part of its entries is no word for anything else.
      const all = everybodys.filter((one) => one.name === null || !one.name.includes('.'));
      const own = all.filter((one) => one.name === name);
      if (own.length > 0) return agreed(own);
      if (name !== null && isTyped.has(name)) return null;
      const anybodys = all.filter((one) => one.name === null);
      return agreed(anybodys.length > 0 ? anybodys : all) ?? roleOf(code);
    },
  };
}
