import { useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import { api, body } from '../../api/client.ts';
import type { ComputedTerm, Term, TermAsked } from '../../api/model.ts';
import { problemOf } from '../../api/problem.ts';
import { keys } from '../../api/queries.ts';
import { lastDayKey, passingOf } from '../../time/due.ts';
import { formatDate, formatDay } from '../../time/format.ts';
import { Nature } from '../../ui/due.tsx';
import { Note, Problem, Skeleton } from '../../ui/feedback.tsx';
import { FigureList } from '../../ui/figures.tsx';
import { Icon } from '../../ui/icon.tsx';
import { MarkBadge } from '../../ui/mark.tsx';
import { TermQuestions } from '../terms/term.tsx';
import { Italian } from '../../ui/mixed.tsx';

interface ResultProps {
  /** Null: something is missing yet. */
  readonly asked: TermAsked | null;
  readonly term: Term | undefined;
}

/** The dates, how they come about step by step, and the rule behind them. */
export function Result({ asked, term }: ResultProps) {
  const { t } = useTranslation();
  const computed = useQuery({
    queryKey: [...keys.terms, 'computed', asked],
    queryFn: () => body(api.POST('/api/v1/terms/compute', { body: asked! })),
    enabled: asked !== null,
    retry: false,
  });
  return (
    <section className="desk-panel desk-calculated" aria-labelledby="result" aria-live="polite">
      <div className="desk-panel-head">
        <h2 id="result" className="h4 mb-0">
          {t('calculator.result')}
        </h2>
        {asked !== null && computed.data && (
          <button type="button" className="btn btn-sm btn-outline-primary" onClick={() => window.print()}>
            <Icon name="print" size="sm" /> {t('calculator.print')}
          </button>
        )}
      </div>
      {asked === null ? (
        <p className="text-secondary mb-0">{t('calculator.waiting')}</p>
      ) : computed.error ? (
        <Refusal error={computed.error} />
      ) : computed.data ? (
        <Computed computed={computed.data} term={term} isBackward={isBackward(asked, term)} />
      ) : (
        <Skeleton lines={5} />
      )}
    </section>
  );
}

const isBackward = (asked: TermAsked, term: Term | undefined): boolean =>
  (term?.direction ?? asked.direction) === 'backward';

/** Why a question has no answer: in the calendar’s own words, which are Italian; in another language by their kind. */
function Refusal({ error }: { readonly error: unknown }) {
  const { t, i18n } = useTranslation();
  const [said] = problemOf(error).errors;
  if (said === undefined) return <Problem error={error} />;
  const kind = `calculator.why.${said.code}`;
  return (
    <Note kind="warning" title={t('calculator.refused')}>
      {i18n.language !== 'it' && i18n.exists(kind) ? (
        <p className="mb-0">{t(kind as 'calculator.why.date-invalid')}</p>
      ) : (
        <p className="mb-0" lang={said.language}>
          {said.message}
        </p>
      )}
    </Note>
  );
}

interface ComputedProps {
  readonly computed: ComputedTerm;
  readonly term: Term | undefined;
  readonly isBackward: boolean;
}

function Computed({ computed, term, isBackward }: ComputedProps) {
  const { t, i18n } = useTranslation();
  const { nominalDate, legalDueDate, safeActionDate, earliestActionDate, explanation } = computed;
  // What is over by itself has no day by which to act, but one from which.
  const isPassing = passingOf(term?.nature, earliestActionDate, legalDueDate) !== null;
  const isEffect = term?.nature === 'EFFECT';
  const names = {
    legal: lastDayKey(term?.nature),
    safe: 'deadlines.safe',
    nominal: 'calculator.nominal',
    earliest: isEffect ? 'deadlines.effect' : 'calculator.earliest',
  } as const;
  const figure = (id: keyof typeof names, date: string) => ({
    id,
    label: t(names[id]),
    value: formatDay(date, i18n.language),
    // Nothing is to be done by the day of an effect, nor before it.
    ...(!(isEffect && id !== 'nominal') && {
      help: id === 'legal' && isBackward ? t('calculator.legalBackward') : t(`calculator.${id}Help`),
    }),
  });
  return (
    <>
      <FigureList
        figures={[
          figure('legal', legalDueDate),
          ...(isPassing ? [] : [figure('safe', safeActionDate)]),
          figure('nominal', nominalDate),
          ...(earliestActionDate === null ? [] : [figure('earliest', earliestActionDate)]),
        ]}
      />
      <h3 className="h5">{t('calculator.steps')}</h3>
      <ol className="desk-steps" lang="it">
        {explanation.map((step) => (
          <li key={step}>{step}</li>
        ))}
      </ol>
      {term && <Rule term={term} />}
      <p className="desk-sub mb-0">
        {t('calculator.calendar')}: <code>{computed.calendar}</code>
        {computed.extraDays > 0 && ` · ${t('calculator.extra')}: ${computed.extraDays}`}
      </p>
    </>
  );
}

function Rule({ term }: { readonly term: Term }) {
  const { t, i18n } = useTranslation();
  return (
    <>
      <h3 className="h5">{t('calculator.rule')}</h3>
      <div className="desk-badges">
        <Nature nature={term.nature} />
        {term.marks.map((mark) => (
          <MarkBadge key={mark} mark={mark} />
        ))}
      </div>
      <p className="mb-1">
        <Italian>{term.norm}</Italian> ·{' '}
        {t('terms.since', { from: formatDate(term.validFrom, i18n.language) })}
      </p>
      <TermQuestions term={term} />
      <p>
        <Link to={`/terms#${term.key}`}>{t('calculator.inCatalogue')}</Link>
      </p>
    </>
  );
}
