import { useRef } from 'react';
import { useTranslation } from 'react-i18next';
import { Icon } from '../../ui/icon.tsx';
import { readSuspensions, writeSuspensions } from './asked.ts';
import type { Suspension } from './asked.ts';
import type { Fields } from './calculator.tsx';

const ends = [
  ['from', 'suspendedFrom'],
  ['to', 'suspendedTo'],
] as const;

/** Suspensions and an extension, by which the end moves. */
export function Changes({ of, set }: Fields) {
  const { t } = useTranslation();
  const add = useRef<HTMLButtonElement>(null);
  const all = readSuspensions(of('suspended'));
  const keep = (next: readonly Suspension[]) => set('suspended', writeSuspensions(next));
  const change = (at: number, end: keyof Suspension, value: string) =>
    keep(all.map((one, i) => (i === at ? { ...one, [end]: value } : one)));
  return (
    <details className="desk-calculator-changes" open={all.length > 0 || of('extension') !== ''}>
      <summary>{t('calculator.changes')}</summary>
      {all.map((one, at) => (
        <fieldset key={at} className="desk-row">
          <legend className="h6">{t('calculator.suspension', { n: at + 1 })}</legend>
          {ends.map(([end, label]) => (
            <div key={end} className="desk-field">
              <label htmlFor={`suspended-${end}-${at}`}>{t(`calculator.${label}`)}</label>
              <input
                id={`suspended-${end}-${at}`}
                type="date"
                className="form-control"
                value={one[end]}
                onChange={(event) => change(at, end, event.target.value)}
              />
            </div>
          ))}
          <button
            type="button"
            className="desk-icon-button"
            aria-label={t('calculator.removeSuspension', { n: at + 1 })}
            onClick={() => {
              keep(all.filter((_, i) => i !== at));
              // The button goes away with its suspension.
              add.current?.focus();
            }}
          >
            <Icon name="delete" size="sm" />
          </button>
        </fieldset>
      ))}
      <button
        ref={add}
        type="button"
        className="btn btn-sm btn-outline-primary mb-3"
        onClick={() => keep([...all, { from: '', to: '' }])}
      >
        <Icon name="plus" size="sm" /> {t('calculator.addSuspension')}
      </button>
      <div className="desk-field">
        <label htmlFor="extension">{t('calculator.extension')}</label>
        <input
          id="extension"
          type="number"
          min={0}
          max={3650}
          className="form-control desk-number"
          value={of('extension')}
          onChange={(event) => set('extension', event.target.value)}
        />
      </div>
    </details>
  );
}
