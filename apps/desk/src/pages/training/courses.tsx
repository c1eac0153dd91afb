import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import { useCourses } from '../../api/training.ts';
import type { Course } from '../../api/training.ts';
import { useSession } from '../../session/session.tsx';
import { formatDay } from '../../time/format.ts';
import { Empty, Loaded } from '../../ui/feedback.tsx';
import { Table } from '../../ui/table.tsx';
import { useTrainingWords } from './words.ts';

/** The editions open to enrolment, the next first. */
export function Courses() {
  const { t } = useTranslation();
  const { subject, mode, hours } = useTrainingWords();
  const courses = useCourses();
  return (
    <section aria-labelledby="courses">
      <h2 id="courses" className="h5">
        {t('training.courses')}
      </h2>
      <Loaded query={courses} lines={6}>
        {(items) =>
          items.length === 0 ? (
            <Empty icon="calendar" title={t('training.coursesNone')}>
              {t('training.coursesNoneText')}
            </Empty>
          ) : (
            <Table
              caption={t('training.courses')}
              rows={items}
              rowKey={({ caseId }) => caseId}
              columns={[
                {
                  id: 'course',
                  head: t('training.course'),
                  className: 'desk-col-main',
                  cell: ({ title, courseRef }) => (
                    <>
                      <strong>{title}</strong>
                      <span className="desk-sub">{courseRef}</span>
                    </>
                  ),
                },
                { id: 'subject', head: t('training.subject'), cell: (one) => subject(one.subject) },
                { id: 'mode', head: t('training.mode'), cell: (one) => mode(one.mode) },
                {
                  id: 'hours',
                  head: t('training.hours'),
                  className: 'desk-col-number',
                  cell: (one) => hours(one.hours),
                },
                { id: 'when', head: t('training.when'), cell: (one) => <When course={one} /> },
                { id: 'seats', head: t('training.seats'), cell: (one) => <Seats course={one} /> },
                ...(items.some(({ enrols }) => enrols.length > 0)
                  ? [
                      {
                        ...{ id: 'enrol', head: t('training.own.act'), quiet: true },
                        cell: (one: Course) => <Enrol course={one} />,
                      },
                    ]
                  : []),
              ]}
            />
          )
        }
      </Loaded>
    </section>
  );
}

function Enrol({ course: { caseId, title, enrols } }: { readonly course: Course }) {
  const { t } = useTranslation();
  const { bodies } = useSession();
  const nameOf = (code: string) => bodies.find((one) => one.code === code)?.name ?? code;
  return enrols.map((comune) => (
    <Link
      key={comune}
      className="btn btn-outline-primary btn-sm"
      to={`/training/editions/${caseId}/${comune}`}
      aria-label={t('training.own.enrolIn', { title })}
    >
      {enrols.length === 1 ? t('training.own.enrol') : t('training.own.enrolOf', { body: nameOf(comune) })}
    </Link>
  ));
}

function When({ course: { firstSessionOn: first, lastSessionOn: last } }: { readonly course: Course }) {
  const { t, i18n } = useTranslation();
  if (first === null) return '—';
  const from = formatDay(first, i18n.language);
  const to = last === null ? from : formatDay(last, i18n.language);
  return from === to ? from : t('training.fromTo', { from, to });
}

function Seats({ course: { freeSeats, maxSeats, waiting } }: { readonly course: Course }) {
  const { t } = useTranslation();
  return (
    <>
      {freeSeats === 0 ? (
        <strong>{t('training.full')}</strong>
      ) : (
        t('training.seatsOf', { free: freeSeats, all: maxSeats ?? freeSeats })
      )}
      {waiting > 0 && <span className="desk-sub">{t('training.waiting', { count: waiting })}</span>}
    </>
  );
}
