import type { Definitions } from '@iter/process-catalog';
import type { StatisticsReport } from '@iter/read-models';
import type { StatisticsDto } from '../dto/statistics.ts';

/** Figures with the words of their facts, as the latest version of each process has them: who reads no content is told no words else. */
export const withWords = (
  catalog: Pick<Definitions, 'find'>,
  { byFact, ...report }: StatisticsReport,
): StatisticsDto =>
  ({
    ...report,
    byFact: byFact.map((row) => {
      const fact = catalog.find(row.process)?.model.facts.find(({ name }) => name === row.fact);
      return {
        ...row,
        factLabel: fact?.label ?? { it: row.fact, en: row.fact },
        label: fact?.values?.find(({ code }) => code === row.name)?.label ?? null,
      };
    }),
  }) as StatisticsDto;
