import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';

export interface Column<T> {
  readonly id: string;
  readonly head: string;
  readonly cell: (row: T) => ReactNode;
  /** The heading is for screen readers only, as over buttons. */
  readonly quiet?: boolean;
  readonly className?: string;
}

interface TableProps<T> {
  readonly caption: string;
  readonly columns: readonly Column<T>[];
  readonly rows: readonly T[];
  readonly rowKey: (row: T) => string;
  readonly rowClass?: (row: T) => string;
}

/**
 * A table that becomes a card per row on a narrow screen. The roles are written out because
 * browsers drop a table's meaning when its boxes are laid out otherwise.
 */
export function Table<T>({ caption, columns, rows, rowKey, rowClass }: TableProps<T>) {
  return (
    <table className="table desk-table" role="table">
      <caption className="visually-hidden">{caption}</caption>
      <thead role="rowgroup">
        <tr role="row">
          {columns.map((column) => (
            <th key={column.id} role="columnheader" scope="col" className={column.className}>
              {column.quiet ? <span className="visually-hidden">{column.head}</span> : column.head}
            </th>
          ))}
        </tr>
      </thead>
      <tbody role="rowgroup">
        {rows.map((row) => (
          <tr key={rowKey(row)} role="row" className={rowClass?.(row)} data-row>
            {columns.map((column) => (
              <td
                key={column.id}
                role="cell"
                data-label={column.quiet ? undefined : column.head}
                className={column.className}
              >
                {column.cell(row)}
              </td>
            ))}
          </tr>
        ))}
      </tbody>
    </table>
  );
}

/** The button that brings the next part of a long list. */
export function More({
  list,
}: {
  readonly list: { hasNextPage: boolean; isFetchingNextPage: boolean; fetchNextPage: () => unknown };
}) {
  const { t } = useTranslation();
  if (!list.hasNextPage) return null;
  return (
    <div className="text-center mt-3">
      <button
        type="button"
        className="btn btn-outline-primary"
        disabled={list.isFetchingNextPage}
        onClick={() => void list.fetchNextPage()}
      >
        {list.isFetchingNextPage ? t('common.loading') : t('common.more')}
      </button>
    </div>
  );
}
