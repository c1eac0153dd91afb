import { memo, use, useMemo } from 'react';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { Icon } from '../../ui/icon.tsx';
import { FieldControl, controlId, useFaultWords } from '../fields.tsx';
import { ChoicePlaceContext, Entry } from '../register-choice.tsx';
import type { Row } from '../rows.ts';
import type { Field, List, Part } from '../schema.ts';
import type { Fault, Values } from '../values.ts';
import { shownValue } from './shown.ts';
import { Mixed } from '../../ui/mixed.tsx';

export type RowAct = 'up' | 'down' | 'remove';

/** Id of what a row's field is in the page. */
export const rowFieldId = (list: List, row: Pick<Row, 'id'>, field: Pick<Field, 'id'>): string =>
  `${list.id}-${row.id}-${field.id}`;
export const rowButtonId = (list: List, row: Pick<Row, 'id'>, act: RowAct): string =>
  `${list.id}-${row.id}-${act}`;

interface RowProps {
  readonly list: List;
  readonly row: Row;
  /** From 1. */
  readonly number: number;
  readonly isLast: boolean;
  readonly tabular: boolean;
  readonly hidden: ReadonlySet<string>;
  readonly faults: readonly Fault[];
  readonly variables: Values;
  readonly disabled: boolean;
  readonly upload: ((file: File) => Promise<string>) | null;
  readonly onChange: (row: string, key: string, value: unknown) => void;
  readonly onAct: (row: string, act: RowAct) => void;
  /** A field that the server checks was left. */
  readonly onLeave: () => void;
}

/** One row: cells of a table, or a card of its own where there is no room for them. */
export const ListRow = memo(function ListRow(props: RowProps) {
  const { list, number, tabular, hidden, faults } = props;
  const { t } = useTranslation();
  const words = useFaultWords();
  const own = faults.find(({ field }) => field === undefined);
  const wrong = own && (
    <p className="desk-field-error">
      <Icon name="error" size="xs" />
      <Mixed text={words(own)} />
    </p>
  );
  const heading = t('list.row', { number });
  if (tabular)
    return (
      <tr role="row" data-row>
        <th role="rowheader" scope="row" className="desk-list-number">
          <span className="desk-list-short">{number}</span>
          <span className="desk-list-long">{heading}</span>
        </th>
        {list.fields.map((field) => (
          <td key={field.id} role="cell">
            {hidden.has(field.id) ? (
              <span className="desk-list-unasked">–</span>
            ) : (
              <Cell {...props} field={field} />
            )}
          </td>
        ))}
        {!list.fixedRows && (
          <td role="cell" className="desk-list-acts">
            <Acts {...props} />
            {wrong}
          </td>
        )}
      </tr>
    );
  const draw = (part: Part): ReactNode => {
    if (hidden.has(part.id)) return null;
    if (part.kind === 'group')
      return (
        <fieldset key={part.id} className={`col-12 desk-group ${part.outline ? 'is-outlined' : ''}`}>
          {part.label !== '' && <legend>{part.label}</legend>}
          <div className="row">{part.parts.map(draw)}</div>
        </fieldset>
      );
    if (part.kind === 'text')
      return (
        <p key={part.id} className="col-12">
          {part.text.replace(/<[^>]+>|[#*_`]/g, '')}
        </p>
      );
    if (part.kind === 'field')
      return (
        <div key={part.id} className={`col-12 col-md-${part.columns === 12 ? 6 : part.columns}`}>
          <Cell {...props} field={part} />
        </div>
      );
    return null;
  };
  return (
    <li className="desk-list-card">
      <div className="desk-list-card-head">
        <h4 className="h6 mb-0">{heading}</h4>
        {!list.fixedRows && <Acts {...props} />}
      </div>
      {wrong}
      <div className="row">{list.parts.map(draw)}</div>
    </li>
  );
});

function Cell({ field, ...props }: RowProps & { readonly field: Field }) {
  const { list, row, number, faults, variables, disabled, upload, onChange, onLeave } = props;
  const { t, i18n } = useTranslation();
  const place = use(ChoicePlaceContext);
  const id = rowFieldId(list, row, field);
  const own = useMemo(() => ({ ...field, id }), [field, id]);
  const value = row.values[field.key];
  if (field.readOnly)
    return (
      <p className="desk-list-known" id={controlId(own)}>
        <span className="desk-list-label">{field.label}: </span>
        {field.ofRegister && place !== null && typeof value === 'string' && value !== '' ? (
          <Entry place={place} field={`${list.key}.${field.key}`} value={value} />
        ) : (
          shownValue(field, value, variables, i18n.language, [t('list.yes'), t('list.no')]) || '–'
        )}
      </p>
    );
  const isOptionalHere = props.tabular && field.requiredWhen !== null && !field.required;
  return (
    <div onBlur={() => field.checked && onLeave()}>
      <FieldControl
        field={own}
        value={value}
        fault={faults.find((fault) => fault.field === field.key)}
        variables={variables}
        disabled={disabled}
        upload={upload}
        suffix={t('list.row', { number })}
        list={list.key}
        onChange={(next) => onChange(row.id, field.key, next)}
      />
      {isOptionalHere && (
        <span className="desk-optional desk-list-mark" aria-hidden="true">
          {t('form.optional')}
        </span>
      )}
    </div>
  );
}

function Acts({ list, row, number, isLast, disabled, onAct }: RowProps) {
  const { t } = useTranslation();
  const button = (act: RowAct, icon: string, isOver: boolean) => (
    <button
      type="button"
      id={rowButtonId(list, row, act)}
      className="btn btn-xs btn-outline-primary desk-list-act"
      aria-label={t(`list.${act}`, { number })}
      title={t(`list.${act}`, { number })}
      disabled={disabled}
      aria-disabled={isOver || undefined}
      onClick={() => !isOver && onAct(row.id, act)}
    >
      <Icon name={icon} size="sm" />
    </button>
  );
  return (
    <div className="desk-list-buttons">
      {button('up', 'arrow-up', number === 1)}
      {button('down', 'arrow-down', isLast)}
      {button('remove', 'delete', false)}
    </div>
  );
}
