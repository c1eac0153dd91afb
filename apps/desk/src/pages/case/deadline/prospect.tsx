import { useTranslation } from 'react-i18next';
import type {
  DeadlineForecast,
  DeadlineItem,
  DeadlinePreview,
  DeadlineProspect,
} from '../../../api/model.ts';
import { usePreview } from '../../../api/queries.ts';
import { Note, Problem } from '../../../ui/feedback.tsx';
import { Mixed } from '../../../ui/mixed.tsx';
import { lastDayKey, passingOf } from '../../../time/due.ts';
import { useRefusalWords } from './words.ts';
import type { DeadlineWords } from './words.ts';

interface ProspectProps {
  readonly deadline: DeadlineItem;
  /** Null: something is missing yet. */
  readonly asked: DeadlinePreview | null;
  readonly words: DeadlineWords;
}

/** What an operation would change, as the server reckons it, before anybody confirms it. */
export function Prospect({ deadline, asked, words }: ProspectProps) {
  const { t } = useTranslation();
  const preview = usePreview(deadline.id, asked);
  return (
    <section className="desk-prospect" aria-label={t('deadlineActs.consequence')} aria-live="polite">
      {asked === null ? (
        <p className="text-secondary mb-0">{t('deadlineActs.needed')}</p>
      ) : preview.data ? (
        <Forecast nature={deadline.nature} forecast={preview.data} words={words} />
      ) : preview.error ? (
        <Problem error={preview.error} />
      ) : (
        <p className="text-secondary mb-0">{t('deadlineActs.previewing')}</p>
      )}
    </section>
  );
}

function Forecast({
  nature,
  forecast: { before, after, refusal },
  words,
}: {
  readonly nature: string;
  readonly forecast: DeadlineForecast;
  readonly words: DeadlineWords;
}) {
  const { t } = useTranslation();
  const refused = useRefusalWords();
  if (after === null) {
    return (
      <Note kind="warning" title={t('deadlineActs.cannot')}>
        {refusal !== null && (
          <p>
            <Mixed text={refused(refusal.code, refusal.message)} />
          </p>
        )}
      </Note>
    );
  }
  const step = (on: string | null): string => (on === null ? t('deadlineActs.noStep') : words.date(on));
  // What is over by itself has no day by which to act, but one from which.
  const isPassing = passingOf(nature, after.earliestActionDate, after.legalDueDate) !== null;
  const first = ({ earliestActionDate: day }: DeadlineProspect): string =>
    day === null ? '–' : words.date(day);
  const rows: readonly (readonly [string, string, string])[] = [
    [t('deadlines.base'), words.date(before.base), words.date(after.base)],
    [t('deadlines.nominal'), words.date(before.nominalDate), words.date(after.nominalDate)],
    [t(lastDayKey(nature)), words.date(before.legalDueDate), words.date(after.legalDueDate)],
    ...(isPassing
      ? [
          [
            t(nature === 'EFFECT' ? 'deadlines.effect' : 'deadlines.earliest'),
            first(before),
            first(after),
          ] as const,
        ]
      : [
          [t('deadlines.safe'), words.date(before.safeActionDate), words.date(after.safeActionDate)] as const,
        ]),
    [t('deadlineActs.nextStep'), step(before.nextStepOn), step(after.nextStepOn)],
  ];
  const isSame = rows.every(([, was, is]) => was === is);
  return (
    <>
      {isSame ? (
        <p className="mb-0">{t('deadlineActs.unchanged')}</p>
      ) : (
        <table className="table table-sm mb-2">
          <caption className="visually-hidden">{t('deadlineActs.consequence')}</caption>
          <thead>
            <tr>
              <th scope="col">
                <span className="visually-hidden">{t('deadlines.what')}</span>
              </th>
              <th scope="col">{t('deadlineActs.before')}</th>
              <th scope="col">{t('deadlineActs.after')}</th>
            </tr>
          </thead>
          <tbody>
            {rows.map(([what, was, is]) => (
              <tr key={what}>
                <th scope="row">{what}</th>
                <td>{was}</td>
                <td className={was === is ? 'text-secondary' : 'fw-semibold'}>{is}</td>
              </tr>
            ))}
          </tbody>
        </table>
      )}
      {before.state !== after.state && (
        <p className="mb-0 fw-semibold">
          {t('deadlineActs.stateBecomes', { state: words.state(after.state) })}
        </p>
      )}
    </>
  );
}
