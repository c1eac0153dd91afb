import { useTranslation } from 'react-i18next';
import type { StatisticsReport } from '../../api/model.ts';
import { FigureList } from '../../ui/figures.tsx';
import { Figure } from './figure.tsx';
import { useFigureWords } from './words.ts';
import { Italian } from '../../ui/mixed.tsx';

/** What is asked of a service, each on a page of its own. */
export const parts = ['cases', 'durations', 'terms', 'load'] as const;

interface PartProps {
  readonly report: StatisticsReport;
}

/** The figures of a service: how many and how they ended, how long they took, whether in time, and for whom. */
export function Report({ report, part }: PartProps & { readonly part: (typeof parts)[number] }) {
  switch (part) {
    case 'cases':
      return <Cases report={report} />;
    case 'durations':
      return <Durations report={report} />;
    case 'terms':
      return <Terms report={report} />;
    case 'load':
      return <Load report={report} />;
  }
}

/** How many there are, how they ended, and what they say. */
function Cases({ report }: PartProps) {
  const { t } = useTranslation();
  const say = useFigureWords();
  return (
    <>
      <FigureList
        figures={[{ id: 'started', label: t('statistics.started'), value: say.count(report.started) }]}
      />
      <Figure
        id="by-state"
        title={t('statistics.byState')}
        rows={report.byState}
        bar={({ name, count }) => ({
          id: name,
          label: say.state(name),
          value: count,
          said: say.count(count),
        })}
        columns={[
          { id: 'state', head: t('common.state'), cell: ({ name }) => say.state(name) },
          { id: 'count', head: t('statistics.cases'), cell: ({ count }) => say.count(count) },
        ]}
      />
      <Figure
        id="by-outcome"
        title={t('statistics.byOutcome')}
        help={t('statistics.byOutcomeHelp')}
        rows={report.byOutcome}
        bar={({ process, name, count }) => ({
          id: `${process} ${name}`,
          label: `${say.process(process)}: ${say.outcome(name)}`,
          value: count,
          said: say.count(count),
        })}
        columns={[
          {
            id: 'process',
            head: t('common.process'),
            cell: ({ process }) => <Italian>{say.process(process)}</Italian>,
          },
          { id: 'outcome', head: t('statistics.outcome'), cell: ({ name }) => say.outcome(name) },
          { id: 'count', head: t('statistics.cases'), cell: ({ count }) => say.count(count) },
        ]}
      />
      {report.byFact.length > 0 && (
        <Figure
          id="by-fact"
          title={t('statistics.byFact')}
          help={t('statistics.byFactHelp')}
          rows={report.byFact}
          bar={(row) => ({
            id: `${row.process} ${row.fact} ${row.name}`,
            label: `${say.process(row.process)}, ${row.factLabel[say.language]}: ${say.value(row)}`,
            value: row.count,
            said: say.count(row.count),
          })}
          columns={[
            { id: 'fact', head: t('statistics.fact'), cell: ({ factLabel }) => factLabel[say.language] },
            { id: 'value', head: t('statistics.value'), cell: say.value },
            {
              id: 'process',
              head: t('common.process'),
              cell: ({ process }) => <Italian>{say.process(process)}</Italian>,
            },
            { id: 'count', head: t('statistics.cases'), cell: ({ count }) => say.count(count) },
          ]}
        />
      )}
    </>
  );
}

/** How long they took, as a whole and phase by phase. */
function Durations({ report }: PartProps) {
  const { t } = useTranslation();
  const say = useFigureWords();
  return (
    <>
      <Figure
        id="by-process"
        title={t('statistics.byProcess')}
        help={t('statistics.spread')}
        rows={report.byProcess}
        bar={({ name, medianDays }) => ({
          id: name,
          label: say.process(name),
          value: medianDays,
          said: say.days(medianDays),
        })}
        columns={[
          {
            id: 'process',
            head: t('common.process'),
            cell: ({ name }) => <Italian>{say.process(name)}</Italian>,
          },
          { id: 'count', head: t('statistics.ended'), cell: ({ count }) => say.count(count) },
          { id: 'median', head: t('statistics.median'), cell: ({ medianDays }) => say.days(medianDays) },
          { id: 'p90', head: t('statistics.p90'), cell: ({ p90Days }) => say.days(p90Days) },
        ]}
      />
      <Figure
        id="phases"
        title={t('statistics.phases')}
        help={t('statistics.spread')}
        rows={report.phases}
        bar={({ process, element, name, medianDays }) => ({
          id: `${process} ${element}`,
          label: name,
          value: medianDays,
          said: say.days(medianDays),
        })}
        columns={[
          { id: 'name', head: t('statistics.phase'), cell: ({ name }) => name },
          {
            id: 'process',
            head: t('common.process'),
            cell: ({ process }) => <Italian>{say.process(process)}</Italian>,
          },
          { id: 'done', head: t('statistics.done'), cell: ({ done }) => say.count(done) },
          { id: 'median', head: t('statistics.median'), cell: ({ medianDays }) => say.days(medianDays) },
          { id: 'p90', head: t('statistics.p90'), cell: ({ p90Days }) => say.days(p90Days) },
        ]}
      />
    </>
  );
}

/** Which terms were kept. */
function Terms({ report }: PartProps) {
  const { t } = useTranslation();
  const say = useFigureWords();
  const inTime = ({ met, missed, shareInTime }: StatisticsReport['terms'][number]) =>
    met === 0 && missed === 0 ? t('statistics.undecided') : say.share(shareInTime);
  return (
    <Figure
      id="in-time"
      title={t('statistics.inTime')}
      help={t('statistics.inTimeHelp')}
      rows={report.terms}
      whole={1}
      bar={(term) => ({
        id: term.deadline,
        label: term.label[say.language],
        value: term.shareInTime,
        said: inTime(term),
      })}
      columns={[
        { id: 'term', head: t('statistics.term'), cell: ({ label }) => label[say.language] },
        { id: 'nature', head: t('deadlines.nature'), cell: ({ nature }) => say.nature(nature) },
        { id: 'met', head: t('statistics.met'), cell: ({ met }) => say.count(met) },
        { id: 'missed', head: t('statistics.missed'), cell: ({ missed }) => say.count(missed) },
        { id: 'open', head: t('statistics.running'), cell: ({ open }) => say.count(open) },
        { id: 'share', head: t('statistics.share'), cell: inTime },
      ]}
    />
  );
}

/** For whom. */
function Load({ report }: PartProps) {
  const { t } = useTranslation();
  const say = useFigureWords();
  return (
    <Figure
      id="load"
      title={t('statistics.load')}
      rows={report.load}
      bar={({ comune, comuneName, started }) => ({
        id: comune,
        label: comuneName,
        value: started,
        said: say.count(started),
      })}
      columns={[
        { id: 'comune', head: t('common.comune'), cell: ({ comuneName }) => comuneName },
        { id: 'started', head: t('statistics.startedIn'), cell: ({ started }) => say.count(started) },
        { id: 'open', head: t('statistics.openNow'), cell: ({ open }) => say.count(open) },
      ]}
    />
  );
}
