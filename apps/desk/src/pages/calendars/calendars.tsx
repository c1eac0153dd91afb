import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { LocalCalendar } from '../../api/model.ts';
import { useCalendar } from '../../api/queries.ts';
import { useSession } from '../../session/session.tsx';
import { useToday } from '../../time/clock.tsx';
import { formatDay, formatInstant } from '../../time/format.ts';
import { Choice, oneOf } from '../../ui/choice.tsx';
import { Empty, Loaded, Note } from '../../ui/feedback.tsx';
import { useFilters } from '../../ui/filters.ts';
import { Icon } from '../../ui/icon.tsx';
import { LawTabs } from '../../ui/tabs.tsx';
import { Page } from '../../ui/page.tsx';
import { Author } from '../../ui/role.tsx';
import { Table } from '../../ui/table.tsx';
import { EditCalendar } from './edit-calendar.tsx';
import { useCalendarWords } from './words.ts';

/** What is local in the calendars of bodies: it moves the desk's working days, and no legal date. */
export default function Calendars() {
  const { t } = useTranslation();
  const { bodies } = useSession();
  const [params, set] = useFilters();
  const thisYear = Number(useToday().slice(0, 4));
  const ipa = oneOf(
    bodies.map(({ code }) => code),
    params.get('body'),
  );
  const shown = ipa ?? bodies.find(({ code }) => code.startsWith('c_'))?.code ?? bodies[0]?.code ?? null;
  const asked = Number(params.get('year'));
  const year = Number.isInteger(asked) && asked >= 1990 && asked <= 2199 ? asked : thisYear;
  const calendar = useCalendar(shown, year);
  return (
    <Page title={t('calendars.title')} lead={t('calendars.lead')}>
      <LawTabs />
      <div className="desk-filters" role="group" aria-label={t('common.filters')}>
        <Choice
          id="body"
          label={t('calendars.body')}
          always
          wide
          value={shown ?? ''}
          onChange={(value) => set('body', value)}
        >
          {bodies.map(({ code, name }) => (
            <option key={code} value={code}>
              {name}
            </option>
          ))}
        </Choice>
        <Choice
          id="year"
          label={t('calendars.year')}
          always
          value={String(year)}
          onChange={(value) => set('year', value)}
        >
          {[...new Set([year, ...Array.from({ length: 6 }, (_, i) => thisYear - 1 + i)])]
            .sort()
            .map((one) => (
              <option key={one} value={one}>
                {one}
              </option>
            ))}
        </Choice>
      </div>
      {shown === null ? (
        <Empty icon="calendar" title={t('calendars.pick')} />
      ) : (
        <Loaded query={calendar} lines={8}>
          {(data) => <Calendar key={data.ipa} calendar={data} />}
        </Loaded>
      )}
    </Page>
  );
}

function Calendar({ calendar }: { readonly calendar: LocalCalendar }) {
  const { t } = useTranslation();
  const [editing, setEditing] = useState(false);
  const [saved, setSaved] = useState<number | null>(null);
  return (
    <>
      {saved !== null && (
        <Note kind="success" focus>
          {t('calendars.saved', { version: saved })}
        </Note>
      )}
      {calendar.patronSaintShiftsLegalTerm && (
        <Note kind="warning" title={t('calendars.shiftOn')}>
          <p>{t('calendars.shiftOnText')}</p>
        </Note>
      )}
      {editing ? (
        <EditCalendar
          calendar={calendar}
          onClose={() => setEditing(false)}
          onSaved={(version) => {
            setSaved(version);
            setEditing(false);
          }}
        />
      ) : (
        <Shown
          calendar={calendar}
          onEdit={() => {
            setSaved(null);
            setEditing(true);
          }}
        />
      )}
      <DaysOff calendar={calendar} />
      <History calendar={calendar} />
    </>
  );
}

interface ShownProps {
  readonly calendar: LocalCalendar;
  readonly onEdit: () => void;
}

function Shown({ calendar, onEdit }: ShownProps) {
  const { t, i18n } = useTranslation();
  const { saint, kept, period } = useCalendarWords();
  return (
    <section className="desk-panel" aria-labelledby="calendar-of">
      <div className="desk-panel-head">
        <h2 id="calendar-of" className="h4 mb-0">
          {calendar.name}
        </h2>
        <span className="text-secondary">
          {calendar.version === 0
            ? t('calendars.neverSet')
            : t('calendars.version', { version: calendar.version })}
        </span>
      </div>
      <div className="desk-columns">
        <div>
          <h3 className="h6">{t('calendars.saints')}</h3>
          {calendar.patronSaints.length === 0 && <p>{t('calendars.noSaints')}</p>}
          <ul className="desk-plain-list">
            {calendar.patronSaints.map((one) => (
              <li key={`${one.day}${one.validFrom ?? ''}`} className="d-block">
                <span className="fw-semibold">{saint(one)}</span>
                <span className="desk-sub">{kept(one)}</span>
              </li>
            ))}
          </ul>
        </div>
        <div>
          <h3 className="h6">{t('calendars.closures')}</h3>
          {calendar.closures.length === 0 && <p>{t('calendars.noClosures')}</p>}
          <ul className="desk-plain-list">
            {calendar.closures.map((one) => (
              <li key={one.from} className="d-block">
                <span className="fw-semibold">{period(one)}</span>: {one.reason}
                <span className="desk-sub">
                  {t('calendars.recorded', { when: formatInstant(one.at, i18n.language) })}
                  {' · '}
                  <Author by={one.by} role={one.role} />
                </span>
              </li>
            ))}
          </ul>
        </div>
      </div>
      {!calendar.patronSaintShiftsLegalTerm && <p>{t('calendars.shiftOff')}</p>}
      <p className="text-secondary mb-0">
        {calendar.seat !== null && `${t('calendars.seat', { name: calendar.seat.name })} `}
        {t('calendars.usedAs', { calendar: calendar.calendar })}
      </p>
      {calendar.editable && (
        <button type="button" className="btn btn-outline-primary mt-3" onClick={onEdit}>
          <Icon name="pencil" size="sm" /> {t('calendars.edit')}
        </button>
      )}
    </section>
  );
}

function DaysOff({ calendar }: { readonly calendar: LocalCalendar }) {
  const { t, i18n } = useTranslation();
  const { bodies } = useSession();
  const nameOf = (code: string): string =>
    code === calendar.ipa
      ? calendar.name
      : code === calendar.seat?.ipa
        ? calendar.seat.name
        : (bodies.find((one) => one.code === code)?.name ?? code);
  const title = t('calendars.daysOff', { year: calendar.year });
  return (
    <section className="desk-section" aria-labelledby="days-off">
      <h2 id="days-off" className="h4">
        {title}
      </h2>
      <p className="text-secondary">{t('calendars.daysOffText')}</p>
      <Table
        caption={title}
        rows={calendar.daysOff}
        rowKey={({ date }) => date}
        columns={[
          { id: 'day', head: t('calendars.day'), cell: ({ date }) => formatDay(date, i18n.language) },
          {
            id: 'what',
            head: t('calendars.what'),
            cell: ({ kind, name }) => (
              <>
                {kind === 'holiday' ? (
                  <strong lang="it" className="desk-day-name">
                    {name}
                  </strong>
                ) : (
                  name
                )}
                <span className="desk-sub">{t(`calendars.kind.${kind as 'holiday'}`)}</span>
              </>
            ),
          },
          {
            id: 'whose',
            head: t('calendars.whose'),
            cell: ({ body }) => (body === null ? t('calendars.everybody') : nameOf(body)),
          },
        ]}
      />
    </section>
  );
}

/** Every change, with who made it, why, and what it changed. */
function History({ calendar }: { readonly calendar: LocalCalendar }) {
  const { t, i18n } = useTranslation();
  const { difference } = useCalendarWords();
  return (
    <section className="desk-section" aria-labelledby="calendar-history">
      <h2 id="calendar-history" className="h4">
        {t('calendars.history')}
      </h2>
      {calendar.changes.length === 0 && <p>{t('calendars.noHistory')}</p>}
      <ol className="desk-history" reversed>
        {calendar.changes.map((change) => (
          <li key={change.version}>
            <p className="fw-semibold mb-0">
              {t('calendars.version', { version: change.version })} ·{' '}
              {formatInstant(change.at, i18n.language)}
              {' · '}
              <Author by={change.by} role={change.role} />
            </p>
            {change.reason !== null && (
              <p className="mb-0">
                {t('common.reason')}: {change.reason}
              </p>
            )}
            <ul>
              {change.changes.map((one, at) => (
                <li key={at}>{difference(one)}</li>
              ))}
            </ul>
          </li>
        ))}
      </ol>
    </section>
  );
}
