import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import type { FilledIn } from '../form/form.tsx';
import { Icon } from './icon.tsx';

/** Something that must be true, as it is read; `holds` null: it cannot be told yet. */
export interface Told {
  readonly holds: boolean | null;
  readonly text: ReactNode;
  readonly norm: string | null;
}

/** What a form needs and does not hold, each to be put right as any other; or that all is there. */
export function useFilledInLines(missing: FilledIn['missing']): readonly Told[] {
  const { t } = useTranslation();
  return missing.length === 0
    ? [{ holds: true, text: t('checklist.filledIn'), norm: null }]
    : missing.map(({ label }) => ({ holds: false, text: t('checklist.missing', { label }), norm: null }));
}

interface CheckLinesProps {
  readonly title: string;
  readonly lines: readonly Told[];
  readonly children?: ReactNode;
}

/** What must be true before something is sent, what is wrong first; its summary keeps its height while it changes. */
export function CheckLines({ title, lines, children }: CheckLinesProps) {
  const { t } = useTranslation();
  const told = lines.toSorted((a, b) => rank(a) - rank(b));
  const count = (state: Told['holds']) => told.filter(({ holds }) => holds === state).length;
  const [look, icon] = looks[String(told[0]?.holds ?? null) as 'true'];
  return (
    <section className="desk-checklist" aria-labelledby="checklist">
      <h2 id="checklist" className="h5">
        {title}
      </h2>
      <details>
        <summary className={`desk-check-${look}`}>
          <Icon name={icon} size="xs" />{' '}
          <span aria-live="polite">
            {count(true) === told.length
              ? t('checklist.allGood')
              : t('checklist.summary', { wrong: count(false), unknown: count(null), good: count(true) })}
          </span>
        </summary>
        <ul className="desk-plain-list">
          {told.map((line, at) => (
            <Line key={at} {...line} />
          ))}
        </ul>
      </details>
      {children}
    </section>
  );
}

/** What is wrong comes first, then what is not known. */
const rank = ({ holds }: Told): number => (holds === false ? 0 : holds === null ? 1 : 2);

function Line({ holds, text, norm }: Told) {
  const { t } = useTranslation();
  const [look, icon] = looks[String(holds) as 'true'];
  return (
    <li className={`desk-check desk-check-${look}`}>
      <Icon name={icon} size="xs" />
      <div>
        <span className="desk-check-state">{t(`checklist.state.${look}`)}</span> · {text}
        {norm !== null && (
          <span className="desk-sub" lang="it">
            {norm}
          </span>
        )}
      </div>
    </li>
  );
}

const looks = {
  true: ['good', 'check-circle'],
  false: ['bad', 'close-circle'],
  null: ['open', 'help-circle'],
} as const;
