import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useFilters } from '../../ui/filters.ts';

/** What is looked for, in the page's address once it is asked for: of bodies and offices, never of persons. */
export function Search({ label }: { readonly label: string }) {
  const { t } = useTranslation();
  const [params, set] = useFilters();
  const [text, setText] = useState(params.get('text') ?? '');
  return (
    <form
      role="search"
      className="desk-field desk-search"
      onSubmit={(event) => {
        event.preventDefault();
        set('text', text.trim());
      }}
    >
      <label htmlFor="text">{label}</label>
      <div className="desk-search-line">
        <input
          id="text"
          type="search"
          className="form-control"
          maxLength={100}
          value={text}
          onChange={(event) => {
            setText(event.target.value);
            if (event.target.value === '') set('text', '');
          }}
        />
        <button type="submit" className="btn btn-outline-primary">
          {t('registers.search')}
        </button>
      </div>
    </form>
  );
}
