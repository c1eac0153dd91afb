/** Something in a file that seems to be about a real person. The finding itself does not repeat it. */
export interface PersonalFinding {
  readonly path: string;
  /** From 1. */
  readonly line: number;
  readonly kind: 'codice-fiscale' | 'iban' | 'email' | 'phone';
}

/**
 * Looks for what would give a person away to whoever adopts a package: tax codes and bank accounts whose check characters
 * are right, mail addresses outside the domains that are reserved for examples, mobile phone numbers. Names cannot be found
 * this way: whoever exports answers for them.
 * Source: RFC 2606 (reserved domains); D.M. 23.12.1976 (codice fiscale); ISO 13616 (IBAN)
 */
export function findPersonalData(path: string, content: string): readonly PersonalFinding[] {
  return content
    .split('\n')
    .flatMap((line, i) =>
      kinds
        .filter(({ pattern, isReal }) => [...line.matchAll(pattern)].some(([found]) => isReal(found)))
        .map(({ kind }) => ({ path, line: i + 1, kind })),
    );
}

interface Kind {
  readonly kind: PersonalFinding['kind'];
  readonly pattern: RegExp;
  isReal(found: string): boolean;
}

const kinds: readonly Kind[] = [
  {
    kind: 'codice-fiscale',
    pattern: /\b[A-Z]{6}[\dLMNP-V]{2}[A-EHLMPR-T][\dLMNP-V]{2}[A-Z][\dLMNP-V]{3}[A-Z]\b/gi,
    isReal: (found) => checkCharacter(found.slice(0, 15).toUpperCase()) === found.at(-1)?.toUpperCase(),
  },
  {
    kind: 'iban',
    pattern: /\b[A-Z]{2}\d{2}(?: ?[A-Z0-9]{4}){2,7}(?: ?[A-Z0-9]{1,3})?\b/g,
    isReal: (found) => remainder(found.replaceAll(' ', '')) === 1,
  },
  {
    kind: 'email',
    pattern: /\b[\w.+-]{1,64}@(?:[a-z0-9-]{1,63}\.)+[a-z]{2,24}\b/gi,
    isReal: (found) =>
      !/(?:^|[@.])(?:example\.(?:com|net|org|it)|example|invalid|test|localhost)$/i.test(found),
  },
  { kind: 'phone', pattern: /(?:\+39|0039)[ .]?3\d{2}[ .]?\d{3}[ .]?\d{3,4}\b/g, isReal: () => true },
];

const odd: Readonly<Record<string, number>> = Object.fromEntries(
  [1, 0, 5, 7, 9, 13, 15, 17, 19, 21, 2, 4, 18, 20, 11, 3, 6, 8, 12, 14, 16, 10, 22, 25, 24, 23].flatMap(
    (value, i): [string, number][] => [
      [String.fromCharCode(65 + i), value],
      ...(i < 10 ? [[String(i), value] as [string, number]] : []),
    ],
  ),
);
const even = (char: string): number => (/\d/.test(char) ? Number(char) : char.charCodeAt(0) - 65);

function checkCharacter(code: string): string {
  let sum = 0;
  for (const [i, char] of [...code].entries()) sum += i % 2 === 0 ? (odd[char] ?? 0) : even(char);
  return String.fromCharCode(65 + (sum % 26));
}

function remainder(iban: string): number {
  let rest = 0;
  for (const char of iban.slice(4) + iban.slice(0, 4)) {
    const value = /\d/.test(char) ? char : String(char.charCodeAt(0) - 55);
    rest = Number(`${rest}${value}`) % 97;
  }
  return rest;
}
