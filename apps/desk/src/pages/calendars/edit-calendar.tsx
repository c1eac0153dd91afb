import { useEffect, useRef } from 'react';
import { useTranslation } from 'react-i18next';
import { api, body } from '../../api/client.ts';
import { useCommand } from '../../api/commands.ts';
import type { LocalCalendar, WantedCalendar } from '../../api/model.ts';
import { useTyped } from '../../form/typed.ts';
import { useMay } from '../../session/session.tsx';
import { Note, Problem } from '../../ui/feedback.tsx';
import { Icon } from '../../ui/icon.tsx';
import { LastChange } from '../../ui/refused.tsx';
import { useSent } from '../../ui/sent.tsx';
import { TextField } from '../../ui/text-field.tsx';
import { SaintFields } from './saint-fields.tsx';

type Saint = WantedCalendar['patronSaints'][number];
type Closure = WantedCalendar['closures'][number];

interface EditProps {
  readonly calendar: LocalCalendar;
  readonly onClose: () => void;
  readonly onSaved: (version: number) => void;
}

/** The whole calendar as a form, and why it is changed. What somebody else changed meanwhile is not overwritten. */
export function EditCalendar({ calendar, onClose, onSaved }: EditProps) {
  const { t } = useTranslation();
  const may = useMay();
  const [saints, setSaints] = useTyped<readonly Saint[]>(
    `${calendar.ipa} saints`,
    calendar.patronSaints.map((it) => ({ ...it })),
  );
  const [closures, setClosures] = useTyped<readonly Closure[]>(
    `${calendar.ipa} closures`,
    calendar.closures.map(({ from, to, reason }) => ({ from, to, reason })),
  );
  const [shifts, setShifts] = useTyped(`${calendar.ipa} shifts`, calendar.patronSaintShiftsLegalTerm);
  const [reason, setReason] = useTyped(`${calendar.ipa} reason`, '');
  const { isMissing, summary, sent } = useSent([reason]);
  const heading = useRef<HTMLHeadingElement>(null);
  useEffect(() => heading.current?.focus(), []);
  const [read] = useTyped(`${calendar.ipa} read`, calendar.version);
  const save = useCommand((wanted: WantedCalendar, intention) =>
    body(
      api.PUT('/api/v1/bodies/{ipa}/calendar', {
        params: { path: { ipa: calendar.ipa }, header: { ...intention, 'If-Match': `"${read}"` } },
        body: wanted,
      }),
    ),
  );
  const change = <T extends object>(list: readonly T[], at: number, more: Partial<T>): readonly T[] =>
    list.map((one, index) => (index === at ? { ...one, ...more } : one));
  const without = <T,>(list: readonly T[], at: number): readonly T[] =>
    list.filter((_, index) => index !== at);

  return (
    <form
      className="desk-panel"
      onSubmit={(event) => {
        event.preventDefault();
        sent(() =>
          save.mutate(
            {
              patronSaints: [...saints],
              closures: closures.map((it) => ({ ...it, to: it.to === '' ? it.from : it.to })),
              patronSaintShiftsLegalTerm: shifts,
              reason: reason.trim(),
            },
            { onSuccess: ({ version }) => onSaved(version) },
          ),
        );
      }}
    >
      <h2 ref={heading} tabIndex={-1} className="h4">
        {t('calendars.editTitle', { name: calendar.name })}
      </h2>
      <p>{t('calendars.editText')}</p>
      {save.error !== null &&
        (save.error.status === 412 ? (
          <Note kind="warning" title={t('calendars.changed')} focus>
            {calendar.changes[0] && <LastChange {...calendar.changes[0]} />}
            <p className="mb-0">{t('calendars.changedText')}</p>
          </Note>
        ) : (
          <Problem error={save.error} focus />
        ))}

      <fieldset className="desk-group is-outlined">
        <legend>{t('calendars.saints')}</legend>
        {saints.map((saint, at) => (
          <SaintFields
            key={at}
            id={`saint-${at}`}
            saint={saint}
            onChange={(more) => setSaints(change(saints, at, more))}
            onRemove={() => setSaints(without(saints, at))}
          />
        ))}
        <button
          type="button"
          className="btn btn-outline-secondary"
          onClick={() => setSaints([...saints, { day: '01-01', name: '', validFrom: null, validTo: null }])}
        >
          <Icon name="plus" size="sm" /> {t('calendars.addSaint')}
        </button>
      </fieldset>

      <fieldset className="desk-group is-outlined">
        <legend>{t('calendars.closures')}</legend>
        {closures.map((closure, at) => (
          <div key={at} className="desk-row">
            <div className="desk-field">
              <label htmlFor={`closure-${at}-from`}>{t('calendars.from')}</label>
              <input
                id={`closure-${at}-from`}
                type="date"
                className="form-control"
                required
                value={closure.from}
                onChange={(event) => setClosures(change(closures, at, { from: event.target.value }))}
              />
            </div>
            <div className="desk-field">
              <label htmlFor={`closure-${at}-to`}>{t('calendars.to')}</label>
              <input
                id={`closure-${at}-to`}
                type="date"
                className="form-control"
                min={closure.from}
                value={closure.to}
                onChange={(event) => setClosures(change(closures, at, { to: event.target.value }))}
              />
            </div>
            <div className="desk-field desk-grow">
              <label htmlFor={`closure-${at}-reason`}>{t('calendars.closureReason')}</label>
              <input
                id={`closure-${at}-reason`}
                className="form-control"
                required
                maxLength={200}
                value={closure.reason}
                onChange={(event) => setClosures(change(closures, at, { reason: event.target.value }))}
              />
            </div>
            <button
              type="button"
              className="desk-icon-button"
              aria-label={t('calendars.remove', { what: closure.reason || closure.from })}
              onClick={() => setClosures(without(closures, at))}
            >
              <Icon name="delete" />
            </button>
          </div>
        ))}
        <button
          type="button"
          className="btn btn-outline-secondary"
          onClick={() => setClosures([...closures, { from: '', to: '', reason: '' }])}
        >
          <Icon name="plus" size="sm" /> {t('calendars.addClosure')}
        </button>
      </fieldset>

      <div className="form-check">
        <input
          type="checkbox"
          id="shifts"
          checked={shifts}
          aria-describedby="shifts-help"
          disabled={!may('ShiftLegalTerms')}
          onChange={(event) => setShifts(event.target.checked)}
        />
        <label htmlFor="shifts">{t('calendars.shift')}</label>
      </div>
      <p id="shifts-help" className="form-text desk-help">
        {t('calendars.shiftHelp')} {!may('ShiftLegalTerms') && t('calendars.shiftWho')}
      </p>
      {shifts && (
        <Note kind="warning" title={t('calendars.shiftOn')}>
          <p>{t('calendars.shiftOnText')}</p>
        </Note>
      )}

      {summary}
      <TextField
        label={t('common.reason')}
        rows={2}
        maxLength={2_000}
        value={reason}
        isMissing={isMissing(reason)}
        onChange={setReason}
      />
      <div className="desk-form-foot">
        <button type="submit" className="btn btn-primary" disabled={save.isPending}>
          {save.isPending ? t('form.sending') : t('calendars.save')}
        </button>
        <button type="button" className="btn btn-outline-secondary" onClick={onClose}>
          {t('common.close')}
        </button>
      </div>
    </form>
  );
}
