import { useTranslation } from 'react-i18next';

/** Rows drawn at once: so many controls answer each keystroke without delay. */
export const pageSize = 25;

export const pagesOf = (rows: number): number => Math.max(1, Math.ceil(rows / pageSize));

interface PagerProps {
  readonly label: string;
  readonly rows: number;
  /** From 0. */
  readonly page: number;
  readonly onPage: (page: number) => void;
}

/** Walks through the pages of a long list; nothing for a short one. */
export function Pager({ label, rows, page, onPage }: PagerProps) {
  const { t } = useTranslation();
  const pages = pagesOf(rows);
  if (pages === 1) return null;
  const from = page * pageSize + 1;
  const to = Math.min(rows, from + pageSize - 1);
  // Buttons at the end of their way stay focusable: whoever walks by keyboard is not thrown out.
  const step = (to: number, words: string) => {
    const isOver = to < 0 || to >= pages;
    return (
      <button
        type="button"
        className="btn btn-sm btn-outline-primary"
        aria-disabled={isOver || undefined}
        onClick={() => !isOver && onPage(to)}
      >
        {words}
      </button>
    );
  };
  return (
    <nav className="desk-list-pager" aria-label={t('list.pages', { label })}>
      {step(page - 1, t('list.before'))}
      <label className="desk-list-page">
        <span className="visually-hidden">{t('list.page')}</span>
        <select className="form-select" value={page} onChange={(event) => onPage(Number(event.target.value))}>
          {Array.from({ length: pages }, (_, at) => (
            <option key={at} value={at}>
              {t('list.range', { from: at * pageSize + 1, to: Math.min(rows, (at + 1) * pageSize) })}
            </option>
          ))}
        </select>
      </label>
      {step(page + 1, t('list.after'))}
      <span className="desk-list-range" role="status">
        {t('list.rangeOf', { from, to, count: rows })}
      </span>
    </nav>
  );
}
