import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { areThresholds, mostThresholdDays, setThresholds, useThresholds } from '../../time/thresholds.ts';
import { Note } from '../../ui/feedback.tsx';

/** From when on a term stands out in the lists. */
export function DueColours() {
  const { t } = useTranslation();
  const now = useThresholds();
  const [typed, setTyped] = useState({ soonDays: `${now.soonDays}`, nearDays: `${now.nearDays}` });
  const [said, setSaid] = useState<'saved' | 'wrong' | null>(null);
  const field = (name: 'soonDays' | 'nearDays') => (
    <div className="desk-field">
      <label htmlFor={name}>{t(`dueColours.${name}`)}</label>
      <input
        id={name}
        type="number"
        className="form-control"
        min={0}
        max={mostThresholdDays}
        required
        value={typed[name]}
        onChange={(event) => setTyped({ ...typed, [name]: event.target.value })}
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
          const to = { soonDays: Number(typed.soonDays), nearDays: Number(typed.nearDays) };
          if (areThresholds(to)) setThresholds(to);
          setSaid(areThresholds(to) ? 'saved' : 'wrong');
        }}
      >
        {said === 'wrong' && (
          <Note kind="danger" focus>
            {t('dueColours.wrong')}
          </Note>
        )}
        {field('soonDays')}
        {field('nearDays')}
        <button type="submit" className="btn btn-outline-primary">
          {t('dueColours.save')}
        </button>
        <span role="status" className="ms-2">
          {said === 'saved' ? t('dueColours.saved') : ''}
        </span>
      </form>
    </section>
  );
}
