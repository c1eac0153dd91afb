import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useDaySheet } from '../../api/training.ts';
import { useToday } from '../../time/clock.tsx';
import { formatInstant } from '../../time/format.ts';
import { Loaded } from '../../ui/feedback.tsx';
import { Icon } from '../../ui/icon.tsx';

/** The trainer's own sessions of a day: who is expected, and whether the register is filed. */
export function DaySheet() {
  const { t, i18n } = useTranslation();
  const today = useToday();
  const [on, setOn] = useState(today);
  const sheet = useDaySheet(on);
  return (
    <section className="desk-panel" aria-labelledby="day-sheet">
      <h2 id="day-sheet" className="h4">
        {t('part.trainer.day')}
      </h2>
      <div className="desk-field">
        <label htmlFor="day-sheet-on">{t('training.day')}</label>
        <input
          id="day-sheet-on"
          type="date"
          className="form-control w-auto"
          value={on}
          onChange={(event) => event.target.value !== '' && setOn(event.target.value)}
        />
      </div>
      <Loaded query={sheet} lines={3}>
        {(sessions) =>
          sessions.length === 0 ? (
            <p>{t('part.trainer.noSession')}</p>
          ) : (
            <ul className="desk-lines">
              {sessions.map((session) => (
                <li key={`${session.caseId} ${session.sessionRef}`}>
                  <Icon name="calendar" size="sm" />
                  <div>
                    <strong>{session.title}</strong>
                    <span className="desk-sub">
                      {t('part.trainer.from', {
                        from: formatInstant(session.startsAt, i18n.language),
                        to: formatInstant(session.endsAt, i18n.language),
                      })}
                      {session.place !== null && ` · ${session.place}`}
                    </span>
                    <span className="d-block">
                      {t(session.isFiled ? 'part.trainer.filed' : 'part.trainer.notFiled')}
                    </span>
                    {session.participants.length > 0 && (
                      <details>
                        <summary>{t('part.convened', { count: session.participants.length })}</summary>
                        <ul>
                          {session.participants.map(({ employeeRef, employer }) => (
                            <li key={`${employer} ${employeeRef}`}>{employeeRef}</li>
                          ))}
                        </ul>
                      </details>
                    )}
                  </div>
                </li>
              ))}
            </ul>
          )
        }
      </Loaded>
    </section>
  );
}
