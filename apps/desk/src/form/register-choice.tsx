import { keepPreviousData, queryOptions, useQuery } from '@tanstack/react-query';
import { createContext, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { api, body } from '../api/client.ts';
import { useSettled } from '../ui/settled.ts';
import type { Field } from './schema.ts';

/** Of which form, and for whose case, registers are asked. */
export interface ChoicePlace {
  /** Hash of the definition that the form is of. */
  readonly definition: string;
  readonly form: string;
  readonly comune: string;
  /** Id of the task that asks, if one does. */
  readonly task?: string;
}

/** Null: no register can be asked here, and the reference of an entry is typed. */
export const ChoicePlaceContext = createContext<ChoicePlace | null>(null);

interface ChoicesQuery extends ChoicePlace {
  readonly field: string;
  readonly text?: string;
  /** An entry that is told beside those that are offered, where the reader may see it. */
  readonly chosen?: string;
}

/** What a register offers in a field of a form. */
export const choicesQuery = (query: ChoicesQuery) =>
  queryOptions({
    queryKey: ['choices', query],
    queryFn: () => body(api.GET('/api/v1/choices', { params: { query } })),
    staleTime: 30_000,
  });

interface EntryProps {
  readonly place: ChoicePlace;
  readonly field: string;
  readonly value: string;
}

/** An entry of a register by its name, where the reader may see it; else as it was handed in. */
export function Entry({ place, field, value }: EntryProps) {
  const { i18n } = useTranslation();
  const { data } = useQuery(choicesQuery({ ...place, field, chosen: value }));
  const label = data?.chosen?.label;
  if (!label) return value;
  return <span lang="it">{i18n.language === 'en' ? label.en : label.it}</span>;
}

interface RegisterChoiceProps {
  readonly place: ChoicePlace;
  readonly field: Field;
  /** Of its control. */
  readonly id: string;
  /** The list that it lies in. */
  readonly list: string | null;
  readonly value: string;
  readonly disabled: boolean;
  readonly describedBy: string | undefined;
  readonly invalid: boolean;
  readonly onChange: (value: string) => void;
}

/** An entry of a register, of those that the server offers; where they are many, words narrow them. */
export function RegisterChoice(props: RegisterChoiceProps) {
  const { place, field, id, list, value, disabled, describedBy, invalid, onChange } = props;
  const { t, i18n } = useTranslation();
  const [text, setText] = useState('');
  const words = useSettled(text.trim());
  const query = {
    ...place,
    field: list === null ? field.key : `${list}.${field.key}`,
    ...(words !== '' && { text: words }),
    ...(value !== '' && { chosen: value }),
  };
  const { data, isError, isPending } = useQuery({
    ...choicesQuery(query),
    placeholderData: keepPreviousData,
  });
  const { items = [], hasMore = false } = data ?? {};
  const chosen = data?.chosen?.value === value ? data.chosen : null;
  const options = chosen && items.every((item) => item.value !== value) ? [chosen, ...items] : items;
  const isMany = hasMore || text !== '';
  const isNone = data !== undefined && options.length === 0;
  const note = isError
    ? t('form.choices.failed')
    : isNone
      ? t(words === '' ? 'form.choices.none' : 'form.choices.noneFound')
      : hasMore
        ? t('form.choices.more')
        : null;
  return (
    <>
      {isMany && (
        <input
          type="search"
          className="form-control mb-2"
          aria-label={t('form.choices.search', { label: field.label })}
          placeholder={t('form.choices.searchShort')}
          maxLength={120}
          value={text}
          disabled={disabled || field.readOnly}
          onChange={(event) => setText(event.target.value)}
        />
      )}
      <select
        id={id}
        className="form-select"
        value={value}
        disabled={disabled || field.readOnly}
        aria-required={field.required || undefined}
        aria-invalid={invalid || undefined}
        aria-describedby={[describedBy, note !== null && `${id}-note`].filter(Boolean).join(' ') || undefined}
        onChange={(event) => onChange(event.target.value)}
      >
        <option value="">{isPending ? t('form.choices.loading') : t('form.choose')}</option>
        {value !== '' && chosen === null && options.every((option) => option.value !== value) && (
          <option value={value}>{value}</option>
        )}
        {options.map((option) => (
          <option key={option.value} value={option.value} lang="it">
            {i18n.language === 'en' ? option.label.en : option.label.it}
          </option>
        ))}
      </select>
      <p id={`${id}-note`} className="form-text mb-0" role="status">
        {note}
      </p>
    </>
  );
}
