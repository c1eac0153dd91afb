import { parseTermSpec } from '@iter/legal-calendar';
import type { TermRule } from '@iter/legal-calendar';

const words: Readonly<Record<string, Partial<TermRule>>> = {
  backward: { direction: 'backward' },
  free: { freeDays: true },
  noShift: { rollover: false },
  dayAfter: { earliest: 'dayAfter' },
  lastDay: { earliest: 'lastDay' },
  duration: { duration: true, rollover: false },
};

/** A rule as the tables write it: a length, and words for what is not usual. @throws Error for other words */
export function readRule(text: string): TermRule {
  const [length = '', ...more] = text.split(' ');
  const span = parseTermSpec(length);
  if ('code' in span) throw new Error(span.message.it);
  const usual: TermRule = {
    ...span,
    direction: 'forward',
    freeDays: false,
    rollover: span.unit !== 'h',
    earliest: null,
    duration: false,
  };
  return more.reduce<TermRule>((rule, word) => {
    const change = words[word];
    if (!change) throw new Error(`${text}: ${word} is no word of a rule`);
    return { ...rule, ...change } as TermRule;
  }, usual);
}
