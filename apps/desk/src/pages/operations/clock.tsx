import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { api, body } from '../../api/client.ts';
import { useCommand } from '../../api/commands.ts';
import { useNow } from '../../time/clock.tsx';
import { dayInRome } from '../../time/due.ts';
import { formatInstant } from '../../time/format.ts';
import { withOffset } from '../../time/local.ts';
import { Note, Problem } from '../../ui/feedback.tsx';
import { Icon } from '../../ui/icon.tsx';

const leaps = [
  ['PT1H', 'hour'],
  ['P1D', 'day'],
  ['P7D', 'week'],
  ['P30D', 'month'],
] as const;

/** Moving the clock of a demo system: forward only, for everybody, and for good. */
export function DemoClock() {
  const { t, i18n } = useTranslation();
  const now = useNow();
  const [to, setTo] = useState('');
  const move = useCommand((target: { advance?: string; to?: string }, header) =>
    body(api.POST('/api/v1/operations/clock', { params: { header: { ...header } }, body: target })),
  );
  return (
    <section className="desk-panel desk-clock" aria-labelledby="clock">
      <h2 id="clock" className="h4">
        {t('clock.title')}
      </h2>
      <p className="desk-clock-now">
        <Icon name="clock" />{' '}
        <time dateTime={now.toISOString()}>{formatInstant(now.toISOString(), i18n.language)}</time>
      </p>
      <Note kind="warning" title={t('clock.warning')}>
        {t('clock.warningText')}
      </Note>
      {move.error && <Problem error={move.error} focus />}
      <div className="desk-actions" role="group" aria-label={t('clock.forward')}>
        {leaps.map(([advance, name]) => (
          <button
            key={advance}
            type="button"
            className="btn btn-outline-primary"
            disabled={move.isPending}
            onClick={() => move.mutate({ advance })}
          >
            {t(`clock.leap.${name}`)}
          </button>
        ))}
      </div>
      <form
        className="desk-attach desk-clock-to"
        onSubmit={(event) => {
          event.preventDefault();
          if (to !== '') move.mutate({ to: withOffset(`${to}T08:00`) });
        }}
      >
        <div className="desk-field">
          <label htmlFor="clock-to">{t('clock.to')}</label>
          <input
            id="clock-to"
            type="date"
            className="form-control desk-narrow"
            min={dayInRome(now)}
            value={to}
            onChange={(event) => setTo(event.target.value)}
          />
        </div>
        <button type="submit" className="btn btn-outline-primary" disabled={move.isPending || to === ''}>
          {t('clock.go')}
        </button>
      </form>
      <p aria-live="polite" className="mb-0">
        {move.data && t('clock.moved', { when: formatInstant(move.data.now, i18n.language) })}
      </p>
    </section>
  );
}
