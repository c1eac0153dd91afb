import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Link, useLocation } from 'react-router';
import { useSaveFilter, useSavedFilters } from '../api/inbox.ts';
import type { SavedFilter } from '../api/inbox.ts';
import { Dialog } from './dialog.tsx';
import { Problem } from './feedback.tsx';
import { Icon } from './icon.tsx';

/** The filters that the person keeps for this page, and the way to keep the one that is shown. */
export function SavedFilters({ page }: { readonly page: SavedFilter['page'] }) {
  const { t } = useTranslation();
  const query = useLocation().search.slice(1);
  const { data: filters = [] } = useSavedFilters(page);
  const save = useSaveFilter();
  const [naming, setNaming] = useState(false);
  const current = filters.find((one) => one.query === query);
  if (filters.length === 0 && query === '') return null;
  return (
    <div className="desk-saved" role="group" aria-label={t('filters.title')}>
      {filters.map((one) => (
        <Link
          key={one.name}
          to={{ search: one.query }}
          className="desk-saved-one"
          aria-current={one === current ? 'true' : undefined}
        >
          {one.name}
        </Link>
      ))}
      {query !== '' && !current && (
        <button type="button" className="btn btn-sm btn-link" onClick={() => setNaming(true)}>
          <Icon name="plus" size="xs" /> {t('filters.save')}
        </button>
      )}
      {current && (
        <button
          type="button"
          className="btn btn-sm btn-link"
          disabled={save.isPending}
          onClick={() => save.mutate({ page, name: current.name, query: null })}
        >
          {t('filters.forget', { name: current.name })}
        </button>
      )}
      {save.error && !naming && <Problem error={save.error} focus />}
      {naming && (
        <Dialog title={t('filters.save')} onClose={() => setNaming(false)}>
          <p>{t('filters.text')}</p>
          {save.error && <Problem error={save.error} focus />}
          <NameForm
            busy={save.isPending}
            onName={(name) => save.mutate({ page, name, query }, { onSuccess: () => setNaming(false) })}
          />
        </Dialog>
      )}
    </div>
  );
}

function NameForm({ busy, onName }: { readonly busy: boolean; readonly onName: (name: string) => void }) {
  const { t } = useTranslation();
  const [name, setName] = useState('');
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault();
        onName(name.trim());
      }}
    >
      <div className="desk-field">
        <label htmlFor="filter-name">{t('filters.name')}</label>
        <input
          id="filter-name"
          className="form-control"
          required
          pattern=".*\S.*"
          maxLength={60}
          value={name}
          onChange={(event) => setName(event.target.value)}
        />
      </div>
      <button type="submit" className="btn btn-primary" disabled={busy}>
        {busy ? t('form.sending') : t('filters.save')}
      </button>
    </form>
  );
}
