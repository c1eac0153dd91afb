import { useMemo, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { HistoryEvent } from '../../api/model.ts';
import type { Deployed } from '../../api/queries.ts';
import { shownValue } from '../../form/list/shown.ts';
import { ListView } from '../../form/list/view.tsx';
import { askedOf, readForm } from '../../form/schema.ts';
import type { Values } from '../../form/values.ts';
import { Problem } from '../../ui/feedback.tsx';
import { useCoverLabel, useGivenForm } from './given-form.ts';
import { Value } from '../../ui/value.tsx';

/** What was handed in with a task, as its form asked it; lists as tables. The form is fetched when it is looked at. */
export function Given({
  event,
  deployed,
  isOpen: atFirst = false,
}: {
  readonly event: HistoryEvent;
  readonly deployed: Deployed | undefined;
  readonly isOpen?: boolean;
}) {
  const { t } = useTranslation();
  const [isOpen, setOpen] = useState(atFirst);
  const { variables, element } = event.data;
  // Masked as a whole, or gone with its key.
  if (typeof variables !== 'object' || variables === null || Object.keys(variables).length === 0) return null;
  return (
    <details className="desk-why" open={isOpen} onToggle={(toggle) => setOpen(toggle.currentTarget.open)}>
      <summary>{t('list.given')}</summary>
      {isOpen && <Answers values={variables as Values} deployed={deployed} element={String(element ?? '')} />}
    </details>
  );
}

interface AnswersProps {
  readonly values: Values;
  readonly deployed: Deployed | undefined;
  readonly element: string;
}

function Answers({ values, deployed, element }: AnswersProps) {
  const { t, i18n } = useTranslation();
  const form = useGivenForm(deployed, element);
  const labelOf = useCoverLabel();
  const asked = useMemo(
    () => askedOf(readForm(form.data, i18n.language)).filter(({ key }) => key in values),
    [form.data, i18n.language, values],
  );
  if (form.error) return <Problem error={form.error} />;
  if (form.isLoading) return <p className="desk-sub">{t('common.loading')}</p>;
  // What only a program names is not shown to people.
  const others = Object.keys(values).flatMap((key) => {
    const label = asked.some((one) => one.key === key) ? null : labelOf(key);
    return label === null ? [] : [{ key, label }];
  });
  const yes = [t('list.yes'), t('list.no')] as const;
  return (
    <>
      <dl>
        {asked.map((one) =>
          one.kind === 'field' ? (
            <div key={one.id}>
              <dt>{one.label}</dt>
              <dd>{shownValue(one, values[one.key], values, i18n.language, yes) || '–'}</dd>
            </div>
          ) : null,
        )}
        {others.map(({ key, label }) => (
          <div key={key}>
            <dt>{label}</dt>
            <dd>
              <Value value={values[key]} name={key} />
            </dd>
          </div>
        ))}
      </dl>
      {asked.map((one) =>
        one.kind === 'list' ? (
          <section key={one.id}>
            <h3 className="h6">{one.label}</h3>
            {typeof values[one.key] === 'string' ? (
              <p>{String(values[one.key])}</p>
            ) : (
              <ListView list={one} rows={values[one.key]} variables={values} />
            )}
          </section>
        ) : null,
      )}
    </>
  );
}
