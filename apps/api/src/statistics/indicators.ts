import { smallestCell } from '@iter/read-models';
import type { StatisticsReport } from '@iter/read-models';

export interface Indicator {
  readonly service: string;
  readonly indicator:
    | 'cases-started'
    | 'cases-by-state'
    | 'cases-by-fact'
    | 'cases-ended'
    | 'days-to-end-median'
    | 'terms-in-time';
  /** Process, or the deadline of `terms-in-time`; empty: the whole service. */
  readonly of: string;
  /** Outcome, state, or `fact=VALUE`; empty: all. */
  readonly by: string;
  /** Null: hidden. */
  readonly value: number | null;
}

export interface Indicators {
  readonly format: 'iter-indicators/1';
  readonly from: string;
  readonly to: string;
  readonly smallestCell: number;
  readonly indicators: readonly Indicator[];
}

/**
 * What may leave the house: numbers of cases and terms by service, none by body and none of fewer than the smallest cell.
 * Source: domain/onboarding-and-accompaniment.md, Flow F ("yearly export of anonymous indicators as a file")
 */
export function indicatorsOf(
  reports: readonly { readonly service: string; readonly report: StatisticsReport }[],
  from: string,
  to: string,
): Indicators {
  const indicators = reports.flatMap(({ service, report }): Indicator[] => [
    { service, indicator: 'cases-started', of: '', by: '', value: report.started },
    ...report.byState.map(({ name: by, count: value }): Indicator => ({
      ...{ service, indicator: 'cases-by-state', of: '', by, value },
    })),
    ...report.byFact.map(({ process: of, fact, name, count: value }): Indicator => ({
      ...{ service, indicator: 'cases-by-fact', of, by: `${fact}=${name}`, value },
    })),
    ...report.byProcess.flatMap(({ name: of, count, medianDays }): Indicator[] => [
      { service, indicator: 'cases-ended', of, by: '', value: count },
      { service, indicator: 'days-to-end-median', of, by: '', value: medianDays },
    ]),
    ...report.byOutcome.map(({ process: of, name: by, count: value }): Indicator => ({
      ...{ service, indicator: 'cases-ended', of, by, value },
    })),
    ...report.terms.map(({ deadline: of, shareInTime: value }): Indicator => ({
      ...{ service, indicator: 'terms-in-time', of, by: '', value },
    })),
  ]);
  return { format: 'iter-indicators/1', from, to, smallestCell, indicators };
}

/** RFC 4180. What is written are names in code and numbers: nothing that a spreadsheet could take for a formula. */
export const csvOf = ({ from, to, indicators }: Indicators): string =>
  [
    ['from', 'to', 'service', 'indicator', 'of', 'by', 'value'],
    ...indicators.map(({ service, indicator, of, by, value }) => [
      from,
      to,
      service,
      indicator,
      of,
      by,
      value ?? '',
    ]),
  ]
    .map((line) => `${line.join(',')}\r\n`)
    .join('');
