import { createEvaluator } from '@iter/feel/evaluation';
import { italianCalendar } from '@iter/legal-calendar';
import type { CountedRule, Reach, Term } from '@iter/legal-calendar';
import type { Catalogue, Env, Ladder, LadderStep } from '../env.ts';

export const calendar = italianCalendar();

const label = { it: 'termine', en: 'term' };

/** A term of 30 days; `details` with another reach take its place. */
export function term(
  key: string,
  details: Partial<Omit<Term, keyof Reach> & CountedRule> = {},
): Term & CountedRule {
  return {
    key,
    label,
    amount: 30,
    unit: 'd',
    direction: 'forward',
    freeDays: false,
    nature: 'PEREMPTORY',
    binds: 'administration',
    prudentBase: 'earliest',
    bases: [],
    rollover: true,
    earliest: null,
    duration: false,
    ladder: null,
    onMissed: { incident: 'decadence-risk', label: { it: 'rischio di decadenza', en: 'risk of time bar' } },
    norm: 'norm',
    validFrom: '2000-01-01',
    validTo: null,
    mark: 'design choice',
    ...details,
  };
}

export const step = (
  id: string,
  from: LadderStep['from'],
  days: number,
  more: Partial<LadderStep> = {},
): LadderStep => ({
  id,
  from,
  days,
  to: ['DESK_OPERATOR'],
  does: 'notice',
  label,
  ...more,
});

/** Terms by key, ladders by name; the ladder `default` is every nature's. */
export function catalogue(
  terms: readonly Term[],
  ladders: Readonly<Record<string, readonly LadderStep[]>>,
): Catalogue {
  const ladder = (name: string): Ladder | null => {
    const steps = ladders[name];
    return steps ? { name, label, steps } : null;
  };
  return {
    term: (key, on) =>
      terms.find((it) => it.key === key && it.validFrom <= on && (it.validTo === null || on <= it.validTo)) ??
      null,
    ladder,
    defaultLadder: () => ladder('default'),
  };
}

/** FEEL as the platform gives it, bounded by steps alone; the text `fail` cannot be evaluated. */
export function evaluator(now: string): Env['evaluate'] {
  const evaluate = createEvaluator({
    now,
    zone: 'Europe/Rome',
    limits: { steps: 1_000_000, size: 256 * 1024, depth: 100 },
    clock: () => 0,
    budgetMs: 1,
    pattern: (match) => match(),
  });
  return (expression, context) =>
    expression.text === 'fail'
      ? { ok: false, code: 'expression-failed', message: 'as asked' }
      : evaluate(expression, context);
}
