import { months } from './formats.ts';

const articles: Readonly<Record<string, string>> = {
  ...{ il: 'l’', del: 'dell’', dal: 'dall’', al: 'all’', nel: 'nell’', sul: 'sull’' },
};
const article = `(?<!\\p{L})(${Object.keys(articles).join('|')})`;
const eighthOrEleventh = `(?:8|11) (?:${months.join('|')})`;

const within = new RegExp(`${article} (?=${eighthOrEleventh})`, 'giu');
const atEnd = new RegExp(`${article} ([*_]*)$`, 'iu');
const atStart = new RegExp(`^${eighthOrEleventh}`, 'u');

function elided(word: string): string {
  const short = articles[word.toLowerCase()] ?? word;
  return /^\p{Lu}/u.test(word) ? short[0]!.toUpperCase() + short.slice(1) : short;
}

/** A text whose articles lose their vowel before the 8th and the 11th of a month: «l’8 marzo», «dell’11 novembre». */
export const withElisions = (text: string): string =>
  text.replaceAll(within, (_, word: string) => elided(word));

/** The text before a date as it must be written, with its marks of emphasis: «entro l’**» before «11 novembre 2026». */
export const elidedBefore = (before: string, date: string): string =>
  atStart.test(date)
    ? before.replace(atEnd, (_, word: string, marks: string) => elided(word) + marks)
    : before;
