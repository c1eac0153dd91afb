import type { Term, TermAsked } from '../../api/model.ts';
import { withOffset } from '../../time/local.ts';

export const units = ['d', 'm', 'y', 'h'] as const;
export type Unit = (typeof units)[number];

export interface Suspension {
  readonly from: string;
  readonly to: string;
}

const mostSuspensions = 20;

/** Suspensions as the page's address keeps them: `2026-03-10~2026-03-20`, one after the other. */
export const readSuspensions = (text: string): readonly Suspension[] =>
  text === ''
    ? []
    : text
        .split('.')
        .slice(0, mostSuspensions)
        .map((one) => {
          const [from = '', to = ''] = one.split('~');
          return { from, to };
        });

export const writeSuspensions = (all: readonly Suspension[]): string =>
  all.map(({ from, to }) => `${from}~${to}`).join('.');

/** Whether a term is counted from an instant, and its end is one. */
export const isInHours = (term: Term | undefined, unit: string): boolean =>
  term === undefined ? unit === 'h' : term.reach.unit === 'h' || term.reach.until === 'instant';

/**
 * What the page's address asks to be calculated.
 * @param term the one of the catalogue that it names, when it does
 * @returns null while something that is needed is missing
 */
export function askedBy(params: URLSearchParams, term: Term | undefined): TermAsked | null {
  const of = (name: string): string => params.get(name) ?? '';
  const amount = /^[1-9]\d{0,5}$/.test(of('amount')) ? Number(of('amount')) : undefined;
  const extension = /^[1-9]\d{0,3}$/.test(of('extension')) ? Number(of('extension')) : undefined;
  const suspensions = readSuspensions(of('suspended')).filter(({ from, to }) => from !== '' && to !== '');
  // A day's suspensions and extension stay in the address when hours are chosen, and are nothing to them.
  const inHours = of('kind') === 'bare' ? of('unit') === 'h' : isInHours(term, '');
  const common = {
    from: withOffset(of('from')),
    ...(of('comune') !== '' && { comune: of('comune') }),
    ...(!inHours && suspensions.length > 0 && { suspensions: [...suspensions] }),
    ...(!inHours && extension !== undefined && { extensionDays: extension }),
  };
  if (common.from === '') return null;
  if (of('kind') === 'bare') {
    if (amount === undefined) return null;
    const unit = units.find((one) => one === of('unit')) ?? 'd';
    const isBackward = of('direction') === 'backward' && unit !== 'h';
    return {
      ...{ ...common, amount, unit, direction: isBackward ? 'backward' : 'forward' },
      ...(of('free') === '1' && unit !== 'h' && { freeDays: true }),
    };
  }
  if (term === undefined || (term.reach.until !== null && of('until') === '')) return null;
  return {
    ...{ ...common, term: term.key },
    ...(term.reach.until !== null && { until: withOffset(of('until')) }),
    ...(term.bounds !== null && term.reach.until === null && amount !== undefined && { amount }),
  };
}
