const articles: Readonly<Record<string, string>> = {
  ...{ il: 'l’', del: 'dell’', dal: 'dall’', al: 'all’', nel: 'nell’', sul: 'sull’' },
};
const months = 'gen|feb|mar|apr|mag|giu|lug|ago|set|ott|nov|dic';
const before = new RegExp(
  `(?<!\\p{L})(${Object.keys(articles).join('|')}) (?=(?:8|11) (?:${months}))`,
  'giu',
);

/** An Italian text whose articles lose their vowel before the 8th and the 11th of a month: «l’8 mar 2026», «dall’11 aprile». */
export const withElisions = (text: string): string =>
  text.replace(before, (_, word: string) => {
    const short = articles[word.toLowerCase()] ?? word;
    return /^\p{Lu}/u.test(word) ? short[0]!.toUpperCase() + short.slice(1) : short;
  });
