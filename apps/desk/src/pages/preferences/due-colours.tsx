import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { areThresholds, mostOf, units } from '../../time/thresholds.ts';
import type { Thresholds } from '../../time/thresholds.ts';
import { useSetThresholds, useThresholds } from '../../time/use-thresholds.ts';
import { Note, Problem } from '../../ui/feedback.tsx';

/** From when on a term stands out in the lists. */
export function DueColours() {
  const { t } = useTranslation();
  const now = useThresholds();
  const set = useSetThresholds();
  /** What was changed here; the rest is as it was chosen before. */
  const [changed, change] = useState<{ unit?: Thresholds['unit']; soon?: string; near?: string }>({});
  const { unit, ...typed } = { ...now, ...changed };
  const [wrong, setWrong] = useState(false);
  const field = (name: 'soon' | 'near') => (
    <div className="desk-field">
      <label htmlFor={name}>{t(`dueColours.${name}.${unit}`)}</label>
      <input
        id={name}
        type="number"
        className="form-control"
        min={0}
        max={mostOf[unit]}
        required
        value={typed[name]}
        onChange={(event) => change({ ...changed, [name]: event.target.value })}
      />
    </div>
  );
  return (
    <section className="desk-section" aria-labelledby="due-colours">
      <h2 id="due-colours" className="h4">
        {t('dueColours.title')}
      </h2>
      <p>{t('dueColours.text')}</p>
      <form
        className="desk-panel"
        onSubmit={(event) => {
          event.preventDefault();
          if (set.isPending) return;
          const to = { unit, soon: Number(typed.soon), near: Number(typed.near) };
          setWrong(!areThresholds(to));
          if (areThresholds(to)) set.mutate(to);
        }}
      >
        {wrong && (
          <Note kind="danger" focus>
            {t('dueColours.wrong', { most: mostOf[unit] })}
          </Note>
        )}
        {set.error && <Problem error={set.error} focus />}
        <div className="desk-field">
          <label htmlFor="due-unit">{t('dueColours.unit')}</label>
          <select
            id="due-unit"
            className="form-select"
            value={unit}
            onChange={(event) => change({ ...changed, unit: event.target.value as Thresholds['unit'] })}
          >
            {units.map((one) => (
              <option key={one} value={one}>
                {t(`dueColours.units.${one}`)}
              </option>
            ))}
          </select>
        </div>
        {field('soon')}
        {field('near')}
        {unit === 'percent' && <p className="desk-sub">{t('dueColours.percentHelp')}</p>}
        <button type="submit" className="btn btn-outline-primary" aria-disabled={set.isPending}>
          {t('dueColours.save')}
        </button>
        <span role="status" className="ms-2">
          {set.isSuccess && !wrong ? t('dueColours.saved') : ''}
        </span>
      </form>
    </section>
  );
}
