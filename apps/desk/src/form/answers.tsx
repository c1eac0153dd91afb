import { useMemo } from 'react';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { shownValue } from './list/shown.ts';
import { ListView } from './list/view.tsx';
import { Entry } from './register-choice.tsx';
import type { ChoicePlace } from './register-choice.tsx';
import { askedOf, idOf, readForm } from './schema.ts';
import type { Asked } from './schema.ts';
import type { Values } from './values.ts';

/** What of a form was answered: each question of which `values` says something. */
export function useAnswered(schema: unknown, values: Values): readonly Asked[] {
  const { i18n } = useTranslation();
  return useMemo(
    () => askedOf(readForm(schema, i18n.language)).filter(({ key }) => key in values),
    [schema, i18n.language, values],
  );
}

interface AnswersProps {
  readonly schema: unknown;
  readonly values: Values;
  /** Whose case it is, of which definition: entries of registers are called by their names. */
  readonly place?: Omit<ChoicePlace, 'form'> | undefined;
  /** Beside the fields, what no form had asked. */
  readonly children?: ReactNode;
}

/** What was answered, or is about to be, in the words of its form; lists as tables. */
export function Answers({ schema, values, place, children }: AnswersProps) {
  const { t, i18n } = useTranslation();
  const asked = useAnswered(schema, values);
  const yes = [t('list.yes'), t('list.no')] as const;
  return (
    <>
      <dl>
        {asked.map((one) => {
          if (one.kind !== 'field') return null;
          const value = values[one.key];
          const shown = shownValue(one, value, values, i18n.language, yes);
          // What was left empty says nothing.
          if (shown === '') return null;
          return (
            <div key={one.id}>
              <dt>{one.label}</dt>
              <dd>
                {one.ofRegister && place && typeof value === 'string' ? (
                  <Entry place={{ ...place, form: idOf(schema) }} field={one.key} value={value} />
                ) : (
                  shown
                )}
              </dd>
            </div>
          );
        })}
        {children}
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
