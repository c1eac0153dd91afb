import { useCallback, useLayoutEffect, useMemo, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Icon } from '../../ui/icon.tsx';
import { byRow } from '../faults.ts';
import type { Live } from '../conditions.ts';
import type { JudgeRows } from '../csv/judge.ts';
import { controlId, useFaultWords } from '../fields.tsx';
import { blankRow, isTabular, moved } from '../rows.ts';
import type { Row } from '../rows.ts';
import type { Field, List } from '../schema.ts';
import type { Fault, Values } from '../values.ts';
import { ImportFile } from './import.tsx';
import { ListRow, rowButtonId, rowFieldId } from './row.tsx';
import type { RowAct } from './row.tsx';
import { Pager, pageSize, pagesOf } from './pager.tsx';
import { ListView } from './view.tsx';
import { Mixed } from '../../ui/mixed.tsx';

export interface ListProps {
  readonly list: List;
  readonly rows: readonly Row[];
  /** The value that the case has, for a list that is only shown. */
  readonly known: unknown;
  readonly faults: readonly Fault[];
  readonly live: Live;
  readonly variables: Values;
  readonly disabled: boolean;
  readonly upload: ((file: File) => Promise<string>) | null;
  /** From 0; whoever leads to a row turns to its page. */
  readonly page: number;
  readonly onPage: (page: number) => void;
  readonly onChange: (rows: readonly Row[]) => void;
  readonly onLeave: () => void;
  /** Asks the server about rows as if they were the list. */
  readonly judge: JudgeRows;
}

const noFaults: readonly Fault[] = [];

/** A list: its rows with what is wrong with them, and what can be done to it. The focus stays where the person works. */
export function ListControl(props: ListProps) {
  const { list, rows, faults, live, variables, disabled, upload, onPage, onChange, onLeave } = props;
  const { t } = useTranslation();
  const words = useFaultWords();
  const page = Math.min(props.page, pagesOf(rows.length) - 1);
  const tabular = useMemo(() => isTabular(list), [list]);
  const wrong = useMemo(() => byRow(faults, list.key), [faults, list.key]);
  const [told, tell] = useState('');
  const focus = useRef<string | null>(null);
  const latest = useRef({ rows, onChange, onPage, onLeave });

  useLayoutEffect(() => {
    latest.current = { rows, onChange, onPage, onLeave };
    if (focus.current === null) return;
    const found = document.getElementById(focus.current);
    if (!found) return;
    found.focus();
    focus.current = null;
  });

  const change = useCallback((row: string, key: string, value: unknown) => {
    const { rows, onChange } = latest.current;
    onChange(rows.map((one) => (one.id === row ? { ...one, values: { ...one.values, [key]: value } } : one)));
  }, []);
  const leave = useCallback(() => latest.current.onLeave(), []);
  const act = useCallback(
    (id: string, what: RowAct) => {
      const { rows, onChange, onPage } = latest.current;
      const at = rows.findIndex((row) => row.id === id);
      if (what === 'remove') {
        const rest = rows.filter((row) => row.id !== id);
        const next = rest[at] ?? rest.at(-1);
        focus.current = next ? rowButtonId(list, next, 'remove') : `${controlId(list)}-add`;
        onPage(Math.max(0, Math.floor(Math.min(at, rest.length - 1) / pageSize)));
        tell(t('list.removed', { number: at + 1, count: rest.length }));
        return onChange(rest);
      }
      const to = what === 'up' ? at - 1 : at + 1;
      focus.current = rowButtonId(list, { id }, what);
      onPage(Math.floor(to / pageSize));
      tell(t('list.moved', { number: to + 1 }));
      onChange(moved(rows, at, to));
    },
    [list, t],
  );

  const add = () => {
    const row = blankRow(list);
    const first = list.fields.find((field) => !field.readOnly);
    focus.current = first ? controlId({ id: rowFieldId(list, row, first) }) : null;
    onPage(pagesOf(rows.length + 1) - 1);
    tell(t('list.added', { number: rows.length + 1 }));
    onChange([...rows, row]);
  };

  const [own] = wrong.get('') ?? noFaults;
  const from = page * pageSize;
  const drawn = rows
    .slice(from, from + pageSize)
    .map((row, at) => (
      <ListRow
        key={row.id}
        {...live.ofRow(list, row)}
        row={row}
        number={from + at + 1}
        isLast={from + at === rows.length - 1}
        tabular={tabular}
        faults={wrong.get(row.id) ?? noFaults}
        variables={variables}
        disabled={disabled}
        upload={upload}
        onChange={change}
        onAct={act}
        onLeave={leave}
      />
    ));
  const isFull = rows.length >= list.maxRows;

  return (
    <fieldset className={`desk-list ${own ? 'is-wrong' : ''}`}>
      <legend id={controlId(list)} tabIndex={-1}>
        {list.label}{' '}
        <span className="desk-optional">
          {t('list.count', {
            count: list.readOnly && Array.isArray(props.known) ? props.known.length : rows.length,
          })}
        </span>
      </legend>
      {list.description && <p className="form-text desk-help">{list.description}</p>}
      {own && (
        <p className="desk-field-error">
          <Icon name="error" size="xs" />
          <Mixed text={words(own)} />
        </p>
      )}
      {list.readOnly ? (
        <ListView list={list} rows={props.known} variables={variables} />
      ) : (
        <>
          {rows.length === 0 ? (
            <p className="text-secondary">{t('list.none')}</p>
          ) : tabular ? (
            <ListTable list={list}>{drawn}</ListTable>
          ) : (
            <ol className="desk-list-cards" start={from + 1}>
              {drawn}
            </ol>
          )}
          <Pager label={list.label} rows={rows.length} page={page} onPage={onPage} />
          {!list.fixedRows && (
            <div className="desk-list-foot">
              <button
                type="button"
                id={`${controlId(list)}-add`}
                className="btn btn-outline-primary"
                disabled={disabled || isFull}
                onClick={add}
              >
                <Icon name="plus" size="sm" /> {t('list.add')}
              </button>
              {isFull && <span className="text-secondary">{t('list.full', { count: list.maxRows })}</span>}
            </div>
          )}
        </>
      )}
      {list.importCsv && !list.readOnly && !list.fixedRows && (
        <ImportFile
          list={list}
          rows={rows}
          variables={variables}
          disabled={disabled}
          askedOf={(row) => live.ofRow(list, row)}
          judge={props.judge}
          onTake={(all, from) => {
            onPage(Math.floor(from / pageSize));
            onChange(all);
          }}
        />
      )}
      <p className="visually-hidden" role="status">
        {told}
      </p>
    </fieldset>
  );
}

/** In every row; where rows differ, each says it of its own. */
const isOptional = ({ required, requiredWhen, readOnly }: Field): boolean =>
  !required && requiredWhen === null && !readOnly;

/** The roles are written out, as in every table that becomes cards on a narrow screen. */
function ListTable({ list, children }: { readonly list: List; readonly children: React.ReactNode }) {
  const { t } = useTranslation();
  return (
    <table className="table desk-table desk-list-table" role="table">
      <caption className="visually-hidden">{list.label}</caption>
      <thead role="rowgroup">
        <tr role="row">
          <th role="columnheader" scope="col" className="desk-list-number">
            {t('list.number')}
          </th>
          {list.fields.map((field) => (
            <th key={field.id} role="columnheader" scope="col">
              {field.label}
              {isOptional(field) && field.type !== 'checkbox' && (
                <span className="desk-optional"> {t('form.optional')}</span>
              )}
            </th>
          ))}
          {!list.fixedRows && (
            <th role="columnheader" scope="col">
              <span className="visually-hidden">{t('list.acts')}</span>
            </th>
          )}
        </tr>
      </thead>
      <tbody role="rowgroup">{children}</tbody>
    </table>
  );
}
