import { useTranslation } from 'react-i18next';
import type { Step } from '../../api/replay.ts';
import { Icon } from '../../ui/icon.tsx';
import { Mixed } from '../../ui/mixed.tsx';

interface StepsProps {
  readonly steps: readonly Step[];
  readonly at: number;
  readonly words: (revision: number) => string | null;
  readonly go: (revision: number) => void;
}

/** So many before and after the one shown: all of them would be two hundred stops for the keyboard. */
const around = 6;

/** What happened before and after. */
export function Steps({ steps, at, words, go }: StepsProps) {
  const { t } = useTranslation();
  const place = steps.findIndex(({ revision }) => revision === at);
  const from = Math.max(0, Math.min(place - around, steps.length - 2 * around - 1));
  const near = steps.slice(from, from + 2 * around + 1);
  return (
    <section className="desk-panel" aria-labelledby="steps">
      <h2 id="steps" className="h5">
        {t('replay.around')}
      </h2>
      <ol className="desk-replay-steps">
        {near.map((step) => (
          <li key={step.revision} className={step.isIntervention ? 'desk-replay-intervention' : ''}>
            <button
              type="button"
              aria-current={step.revision === at ? 'step' : undefined}
              onClick={() => go(step.revision)}
            >
              <span className="desk-replay-number">{step.revision + 1}</span>
              <span>
                <Mixed text={words(step.revision) ?? ''} />
                {step.isIntervention && (
                  <span className="desk-sub">
                    <Icon name="flag" size="xs" /> {t('replay.intervention')}
                  </span>
                )}
              </span>
            </button>
          </li>
        ))}
      </ol>
    </section>
  );
}
