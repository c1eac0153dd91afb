/** Longest text that a pattern is tried on. */
export const mostPatternChars = 256;

const longestPattern = 200;

/**
 * A regular expression that cannot run away: at most three repetitions of open length, none inside a repeated
 * group, no alternative in a repeated group, no look-around and no back reference. On 256 characters the worst
 * of these takes milliseconds.
 * @returns the expression, or the sentence that says why it is refused
 */
export function safePattern(source: string): RegExp | string {
  if (source.length > longestPattern) return `A pattern has at most ${longestPattern} characters.`;
  let compiled: RegExp;
  try {
    compiled = new RegExp(source, 'u');
  } catch {
    return 'This is no regular expression (ECMAScript, flag u).';
  }
  return runaway(source) ?? compiled;
}

interface Group {
  /** Whether repeating it could go wrong. */
  varies: boolean;
}

function runaway(source: string): string | null {
  const groups: Group[] = [{ varies: false }];
  let closed: Group | null = null;
  let open = 0;
  let optional = 0;
  for (let at = 0; at < source.length; at++) {
    const rest = source.slice(at);
    const group = groups.at(-1);
    if (!group) return null;
    const character = source.charAt(at);
    const quantifier = /^(?:[*+?]|\{(\d+)(,?)(\d*)\})\??/.exec(rest);
    if (quantifier) {
      const [text, least, comma, most] = quantifier;
      const exactly = least !== undefined && comma === '';
      const times = exactly ? Number(least) : most ? Number(most) : Infinity;
      if (times > 1000 && Number.isFinite(times)) return 'A repetition goes to 1000 at most.';
      if (closed?.varies && text.charAt(0) !== '?') {
        return 'A repeated group may hold neither repetitions nor alternatives: they can take for ever.';
      }
      if (!exactly) {
        group.varies = true;
        if (text.charAt(0) === '?') optional++;
        else open++;
      }
      closed = null;
      at += text.length - 1;
      continue;
    }
    closed = null;
    if (character === '\\') {
      if (/^\\[1-9k]/.test(rest)) return 'Back references are not allowed.';
      at++;
    } else if (character === '[') {
      while (++at < source.length && source.charAt(at) !== ']') if (source.charAt(at) === '\\') at++;
    } else if (character === '(') {
      if (/^\(\?(?!:|<\w+>)/.test(rest)) return 'Look-around and flags are not allowed.';
      groups.push({ varies: false });
      if (rest.startsWith('(?')) at += rest.indexOf(rest.startsWith('(?<') ? '>' : ':');
    } else if (character === ')') {
      closed = groups.pop() ?? null;
      const outer = groups.at(-1);
      if (outer && closed?.varies) outer.varies = true;
    } else if (character === '|') {
      group.varies = true;
    }
  }
  if (open > 3) return 'At most three open repetitions (*, +, {1,9}).';
  if (optional > 10) return 'At most ten optional parts (?).';
  return null;
}
