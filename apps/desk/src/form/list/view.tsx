import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Table } from '../../ui/table.tsx';
import type { List } from '../schema.ts';
import type { Values } from '../values.ts';
import { Pager, pageSize } from './pager.tsx';
import { shownValue } from './shown.ts';

/** The rows of a list, to read. @param rows as the API has them */
export function ListView({
  list,
  rows,
  variables,
}: {
  readonly list: List;
  readonly rows: unknown;
  readonly variables: Values;
}) {
  const { t, i18n } = useTranslation();
  const [page, setPage] = useState(0);
  const all = Array.isArray(rows) ? (rows as readonly Values[]) : [];
  const yes = [t('list.yes'), t('list.no')] as const;
  if (all.length === 0) return <p className="text-secondary">{t('list.none')}</p>;
  const from = page * pageSize;
  const numbered = all.slice(from, from + pageSize).map((row, at) => ({ row, number: from + at + 1 }));
  return (
    <div className="desk-list-view">
      <Table
        caption={list.label}
        rows={numbered}
        rowKey={({ number }) => String(number)}
        columns={[
          { id: '#', head: t('list.number'), cell: ({ number }) => number, className: 'desk-list-number' },
          ...list.fields.map((field) => ({
            id: field.id,
            head: field.label,
            cell: ({ row }: { readonly row: Values }) =>
              shownValue(field, row[field.key], variables, i18n.language, yes) || '–',
          })),
        ]}
      />
      <Pager label={list.label} rows={all.length} page={page} onPage={setPage} />
    </div>
  );
}
