import { useId } from 'react';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import type { DeadlineItem } from '../api/model.ts';
import { useFindings, useTerms } from '../api/queries.ts';
import type { FindingsFilter } from '../api/queries.ts';
import { Choice } from '../ui/choice.tsx';
import { Empty, Loaded } from '../ui/feedback.tsx';
import { TermDates } from '../ui/term-dates.tsx';
import { AsOf } from '../ui/as-of.tsx';
import { useFilters } from '../ui/filters.ts';
import { DeadlineState } from '../ui/state.tsx';
import { More, Table } from '../ui/table.tsx';
import { useYears } from '../ui/years.ts';
import { Norm } from '../ui/norm.tsx';
import { useDeadlineWords } from './case/deadline/words.ts';

const questions = ['after-safe-date', 'missed', 'kept-late', 'moved', 'unproven'] as const;
type Question = (typeof questions)[number];

/** In which operations on a term the answer lies; what has no proof lies in the dates that it runs from. */
const answers: Readonly<Record<Question, readonly string[]>> = {
  'after-safe-date': ['DeadlineMet', 'DeadlineRectified', 'DeadlineMissed'],
  missed: ['DeadlineMissed'],
  'kept-late': ['DeadlineMissed', 'DeadlineMet', 'DeadlineRectified', 'DeadlineRebased'],
  moved: [
    ...['DeadlineSuspended', 'DeadlineResumed', 'DeadlineExtended', 'DeadlineInterrupted'],
    ...['DeadlineRebased', 'DeadlineRectified', 'DeadlineReopened'],
  ],
  unproven: ['DeadlineOpened'],
};

/** Questions about the terms of all cases, and where in each case the answer lies. */
export function Findings() {
  const { t, i18n } = useTranslation();
  const [params, set] = useFilters();
  const { years, thisYear, named, setYear } = useYears();
  const ids = { question: useId(), year: useId(), term: useId() };
  const question = questions.find((one) => one === params.get('question')) ?? questions[0];
  const term = params.get('term') ?? '';
  const filter: FindingsFilter = {
    ...{ question, year: named ?? thisYear },
    ...(term !== '' && { term }),
  };
  const found = useFindings(filter);
  const { language } = i18n;
  const own = language === 'en' ? 'en' : 'it';
  // Of a term the latest version says how it is called.
  const versions = useTerms().data ?? [];
  const terms = [...new Map(versions.map(({ key, label }) => [key, label[own]]))].sort(([, a], [, b]) =>
    a.localeCompare(b, language),
  );
  return (
    <>
      <p>{t('findings.lead')}</p>
      <div className="desk-filters">
        <Choice
          id={ids.question}
          label={t('findings.question')}
          always
          wide
          value={question}
          onChange={(chosen) => set('question', chosen)}
        >
          {questions.map((one) => (
            <option key={one} value={one}>
              {t(`findings.ask.${one}`)}
            </option>
          ))}
        </Choice>
        <Choice
          id={ids.year}
          label={t('findings.year')}
          always
          value={String(filter.year)}
          onChange={setYear}
        >
          {years.map((one) => (
            <option key={one}>{one}</option>
          ))}
        </Choice>
        <Choice
          id={ids.term}
          label={t('findings.term')}
          wide
          value={term}
          onChange={(chosen) => set('term', chosen)}
        >
          {terms.map(([key, label]) => (
            <option key={key} value={key}>
              {label}
            </option>
          ))}
        </Choice>
      </div>
      <AsOf query={found} />
      <Loaded query={{ ...found, data: found.items }} lines={8}>
        {(items) =>
          items.length === 0 ? (
            <Empty icon="search" title={t('findings.none')} />
          ) : (
            <Table
              caption={t(`findings.ask.${question}`)}
              rows={items}
              rowKey={(one) => one.id}
              columns={[
                {
                  id: 'case',
                  head: t('common.case'),
                  className: 'desk-col-main',
                  cell: (one) => (
                    <>
                      <Link to={`/cases/${one.caseId}/replay`}>{one.caseCode}</Link>
                      <span className="desk-sub">{one.comuneName}</span>
                    </>
                  ),
                },
                {
                  id: 'term',
                  head: t('replay.term'),
                  cell: (one) => (
                    <>
                      {one.label[own]}
                      <Norm norm={one.norm} />
                    </>
                  ),
                },
                {
                  id: 'fact',
                  head: t('findings.fact'),
                  cell: (one) => <Answer deadline={one} question={question} />,
                },
                {
                  id: 'state',
                  head: t('common.state'),
                  cell: (one) => <DeadlineState state={one.state} of={one} />,
                },
                {
                  id: 'legal',
                  head: t('replay.legal'),
                  cell: (one) => <TermDates term={one} />,
                },
              ]}
            />
          )
        }
      </Loaded>
      <More list={found} />
    </>
  );
}

interface AnswerProps {
  readonly deadline: DeadlineItem;
  readonly question: Question;
}

/** The facts that answer the question, with their dates, each a step away in the history. */
function Answer({ deadline, question }: AnswerProps) {
  const { t } = useTranslation();
  const words = useDeadlineWords(deadline, new Map());
  const unproven = question === 'unproven' ? deadline.bases.filter((it) => it.date && !it.proof) : [];
  return (
    <ul className="list-unstyled mb-0">
      {unproven.map(({ name, date }) => (
        <li key={name}>{t('findings.base', { name: words.base(name), date: words.date(date!) })}</li>
      ))}
      {deadline.changes
        .filter(({ what }) => answers[question].includes(what))
        .map((change) => (
          <li key={`${change.what} ${change.at}`}>
            <Link to={`/cases/${deadline.caseId}/replay?at=${encodeURIComponent(change.at)}`}>
              {t('findings.change', { what: words.change(change), date: words.date(change.on ?? change.at) })}
            </Link>
          </li>
        ))}
    </ul>
  );
}
