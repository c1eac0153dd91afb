import { useTranslation } from 'react-i18next';
import type { Run } from '../../api/batch.ts';
import { Note, Problem } from '../../ui/feedback.tsx';
import { Mixed } from '../../ui/mixed.tsx';

/** So many are named; of the others the number is told. */
const mostNamed = 100;

/**
 * How far a batch is, what became of it, and why some were refused.
 * @param of how many there are
 * @param stepName what a step that stands in the way is called; its id where nothing is said
 */
export function BatchShown({
  run,
  of,
  dryRun,
  stepName = (id) => id,
}: {
  readonly run: Run;
  readonly of: number;
  readonly dryRun: boolean;
  readonly stepName?: (id: string) => string;
}) {
  const { t, i18n } = useTranslation();
  const told = ({ code, element, title }: Run['items'][number]['problems'][number]): string => {
    const known = `migrate.problem.${code}`;
    if (element !== null && i18n.exists(known))
      return t(known as 'migrate.problem.element-unmapped', { name: stepName(element) });
    return i18n.exists(`problem.${code}`) ? i18n.t(`problem.${code}` as 'problem.refused') : title;
  };
  const refused = run.items.filter(({ outcome }) => outcome === 'refused');
  const good = run.items.length - refused.length;
  return (
    <div className="desk-batch">
      <progress
        max={Math.max(of, run.items.length, 1)}
        value={run.items.length}
        aria-label={t('batch.progress')}
      />
      <p role="status">
        {t('batch.seen', { done: run.items.length, of: Math.max(of, run.items.length) })}
        {' · '}
        {t(dryRun ? 'batch.possible' : 'batch.done', { count: good })}
        {' · '}
        {t('batch.refused', { count: refused.length })}
      </p>
      {run.error && (
        <>
          <Problem error={run.error} focus />
          <p>{t('batch.broken')}</p>
        </>
      )}
      {!run.running && run.error === null && (
        <Note
          kind={refused.length === 0 ? 'success' : 'warning'}
          title={t(dryRun ? 'batch.tried' : 'batch.over')}
          focus
        />
      )}
      {refused.length > 0 && (
        <ul className="desk-plain-list">
          {refused.slice(0, mostNamed).map(({ id, caseCode, problems }) => (
            <li key={id}>
              <strong>{caseCode}</strong> <code>{id}</code>
              <ul>
                {problems.map((problem) => (
                  <li key={`${problem.code}-${problem.element}`}>
                    <Mixed text={told(problem)} />
                  </li>
                ))}
              </ul>
            </li>
          ))}
        </ul>
      )}
    </div>
  );
}
