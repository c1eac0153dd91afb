import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Table } from '../../ui/table.tsx';
import type { Column } from '../../ui/table.tsx';
import { Bars } from './bars.tsx';
import type { Bar } from './bars.tsx';

/** As many as can be compared at a glance; the table has them all for whoever wants them. */
const mostBars = 12;

interface FigureProps<T> {
  readonly id: string;
  readonly title: string;
  readonly help?: string;
  readonly rows: readonly T[];
  readonly bar: (row: T) => Bar;
  readonly whole?: number;
  readonly columns: readonly Column<T>[];
}

/** One question about a service: a picture, and its numbers beside it. */
export function Figure<T>({ id, title, help, rows, bar, whole, columns }: FigureProps<T>) {
  const { t } = useTranslation();
  const [isWhole, setWhole] = useState(false);
  const bars = rows.map(bar);
  const drawn = bars.toSorted((a, b) => (b.value ?? -1) - (a.value ?? -1)).slice(0, mostBars);
  const first = new Set(drawn.map((one) => one.id));
  const told = isWhole ? rows : rows.filter((row) => first.has(bar(row).id));
  return (
    <section className="desk-figures" aria-labelledby={id}>
      <h2 id={id} className="h5">
        {title}
      </h2>
      {help !== undefined && <p className="text-secondary">{help}</p>}
      {rows.length === 0 ? (
        <p className="mb-0">{t('statistics.nothing')}</p>
      ) : (
        <div className="desk-figure">
          <div>
            <Bars
              name={t('statistics.chart', { title, longest: `${drawn[0]?.label}, ${drawn[0]?.said}` })}
              bars={drawn}
              whole={whole}
            />
            {rows.length > mostBars && (
              <p className="small text-secondary">{t('statistics.first', { count: mostBars })}</p>
            )}
          </div>
          <div>
            <Table
              caption={title}
              rows={told}
              rowKey={(row) => bar(row).id}
              columns={columns.map((column, i) =>
                i === 0 ? { ...column, className: 'desk-col-main' } : column,
              )}
            />
            {rows.length > mostBars && (
              <button
                type="button"
                className="btn btn-sm btn-outline-primary mt-2"
                aria-expanded={isWhole}
                onClick={() => setWhole(!isWhole)}
              >
                {t('statistics.all', { count: rows.length })}
              </button>
            )}
          </div>
        </div>
      )}
    </section>
  );
}
