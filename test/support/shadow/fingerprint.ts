import { createHash } from 'node:crypto';

/** Names a state by its text, in which maps keep their order: that is part of it. */
export const fingerprint = (stateText: string): string =>
  createHash('sha256').update(stateText).digest('hex');

const shortened = (value: unknown): string => {
  const whole = JSON.stringify(value) ?? 'nothing';
  return whole.length > 400 ? `${whole.slice(0, 400)}…` : whole;
};

/** The fields in which two states differ, by their texts; for people who read why a comparison failed. */
export function differingFields(held: string, folded: string): readonly string[] {
  const [a, b] = [held, folded].map((it) => JSON.parse(it) as Readonly<Record<string, unknown>>);
  return Object.keys({ ...a, ...b })
    .filter((field) => JSON.stringify(a?.[field]) !== JSON.stringify(b?.[field]))
    .map((field) => `${field}: ${shortened(a?.[field])} held, ${shortened(b?.[field])} folded`);
}
