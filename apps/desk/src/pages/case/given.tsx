import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { HistoryEvent } from '../../api/model.ts';
import type { Deployed } from '../../api/queries.ts';
import { Answers, useAnswered } from '../../form/answers.tsx';
import type { Values } from '../../form/values.ts';
import { Problem } from '../../ui/feedback.tsx';
import { useCoverLabel, useGivenForm } from './given-form.ts';
import { Value } from '../../ui/value.tsx';

/** What was handed in with a task, as its form asked it; lists as tables. The form is fetched when it is looked at. */
export function Given({
  event,
  deployed,
  comune,
  isOpen: atFirst = false,
}: {
  readonly event: HistoryEvent;
  readonly deployed: Deployed | undefined;
  /** Whose case it is: entries of registers are called by their names. */
  readonly comune?: string;
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
      {isOpen && (
        <GivenAnswers
          values={variables as Values}
          {...{ deployed, comune }}
          element={String(element ?? '')}
        />
      )}
    </details>
  );
}

interface GivenAnswersProps {
  readonly values: Values;
  readonly deployed: Deployed | undefined;
  readonly element: string;
  readonly comune: string | undefined;
}

function GivenAnswers({ values, deployed, element, comune }: GivenAnswersProps) {
  const { t } = useTranslation();
  const form = useGivenForm(deployed, element);
  const labelOf = useCoverLabel();
  const asked = useAnswered(form.data, values);
  if (form.error) return <Problem error={form.error} />;
  if (form.isLoading) return <p className="desk-sub">{t('common.loading')}</p>;
  // What only a program names is not shown to people.
  const others = Object.keys(values).flatMap((key) => {
    const label = asked.some((one) => one.key === key) ? null : labelOf(key);
    return label === null ? [] : [{ key, label }];
  });
  return (
    <Answers
      schema={form.data}
      values={values}
      place={deployed && comune !== undefined ? { definition: deployed.hash, comune } : undefined}
    >
      {others.map(({ key, label }) => (
        <div key={key}>
          <dt>{label}</dt>
          <dd>
            <Value value={values[key]} name={key} />
          </dd>
        </div>
      ))}
    </Answers>
  );
}
