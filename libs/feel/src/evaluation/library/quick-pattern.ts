/** Ways through a pattern that are tried at once, without a watchdog: some milliseconds at worst. */
const mostWays = 1_000_000;

/**
 * Whether a match against a pattern surely ends soon, so that it needs no time limit of its own (which costs more than
 * most matches). Only patterns without repeated groups, references and look-around qualify: there each open repetition
 * can stop at any character, each option and alternative can be taken or not, and the product bounds all ways through.
 * @param length of the text, in characters
 */
export function isQuick({ source, flags }: RegExp, length: number): boolean {
  if (/\\[1-9k]|\(\?[=!<]/.test(source)) return false;
  // What one character or class matches becomes one letter: what is left are groups, signs and counts.
  const plain = source.replace(/\\(?:[pP]\{[^}]*\}|u\{[^}]*\}|.)|\[(?:\\.|[^\]\\])*\]/gsu, 'a');
  if (/\)[*+?{]/.test(plain)) return false;
  const open = plain.match(/[*+]|\{\d+,\d*\}/g)?.length ?? 0;
  const options = plain.match(/[^*+?{}(]\?|\|/g)?.length ?? 0;
  const isAnchored = plain.startsWith('^') && !plain.includes('|') && !flags.includes('m');
  const starts = isAnchored ? 0 : 1;
  const counted = plain.match(/\{\d+\}/g)?.reduce((sum, it) => sum + Number(it.slice(1, -1)), 0) ?? 0;
  const steps = plain.length + Math.min(counted, length) + 1;
  return (length + 1) ** (open + starts) * 2 ** options * steps <= mostWays;
}
