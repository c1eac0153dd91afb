import { useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useCheckArchive, usePublishArchive } from '../../api/library.ts';
import type { PackageVerdict } from '../../api/library.ts';
import { Note, Problem } from '../../ui/feedback.tsx';
import { Icon } from '../../ui/icon.tsx';
import { Table } from '../../ui/table.tsx';
import { Facts } from './facts.tsx';

/** Publishing an archive: what is in it is shown before anybody confirms. */
export function Publish() {
  const { t } = useTranslation();
  const picker = useRef<HTMLInputElement>(null);
  const [file, setFile] = useState<File | null>(null);
  const check = useCheckArchive();
  const publish = usePublishArchive();
  return (
    <details className="desk-panel">
      <summary className="fw-semibold">{t('library.publish')}</summary>
      <p className="mt-3">{t('library.publishText')}</p>
      <form
        className="desk-attach"
        onSubmit={(event) => {
          event.preventDefault();
          publish.reset();
          if (file === null) picker.current?.focus();
          else check.mutate(file);
        }}
      >
        <div className="desk-field">
          <label htmlFor="archive">{t('library.archive')}</label>
          <input
            ref={picker}
            id="archive"
            type="file"
            accept=".zip,application/zip"
            className="form-control desk-file"
            onChange={(event) => {
              setFile(event.target.files?.[0] ?? null);
              check.reset();
              publish.reset();
            }}
          />
        </div>
        <button type="submit" className="btn btn-outline-primary" disabled={file === null || check.isPending}>
          {check.isPending ? t('library.checking') : t('library.check')}
        </button>
      </form>
      {check.error && <Problem error={check.error} focus />}
      {publish.error && <Problem error={publish.error} focus />}
      {publish.data ? (
        <Note kind="success" focus>
          {t('library.published', {
            name: check.data?.name ?? publish.data.key,
            version: publish.data.version,
          })}
        </Note>
      ) : (
        check.data && (
          <>
            <Verdict verdict={check.data} />
            {check.data.fit && file !== null && (
              <button
                type="button"
                className="btn btn-primary"
                disabled={publish.isPending}
                onClick={() => publish.mutate(file)}
              >
                <Icon name="upload" size="sm" />{' '}
                {publish.isPending ? t('form.sending') : t('library.confirm')}
              </button>
            )}
          </>
        )
      )}
    </details>
  );
}

/** What an archive is, and what is wrong with it. */
function Verdict({ verdict }: { readonly verdict: PackageVerdict }) {
  const { t, i18n } = useTranslation();
  const { fit, name, summary, origin, licence, version, state, problems } = verdict;
  return (
    <section aria-labelledby="verdict">
      <h3 id="verdict" className="h6">
        {t('library.verdict')}
      </h3>
      <Note kind={fit ? 'success' : 'danger'} focus>
        {fit ? t('library.fit') : t('library.unfit')}
        {state !== null && state !== 'new' && ` ${t(`library.state.${state}`)}`}
      </Note>
      {version && summary && origin && (
        <>
          <p className="mb-1">
            <strong lang="it">{name}</strong>, {t('library.version').toLowerCase()} {version.version}
          </p>
          <p>{summary[i18n.language === 'en' ? 'en' : 'it']}</p>
          <Facts version={version} origin={origin} licence={licence ?? ''} />
        </>
      )}
      {problems.length > 0 && (
        <Table
          caption={t('library.problems')}
          rows={problems}
          rowKey={({ code, place, message }) => `${code} ${place} ${message}`}
          columns={[
            {
              id: 'what',
              head: t('library.problemWhat'),
              className: 'desk-col-main',
              cell: ({ message, code }) => (
                <>
                  {message}
                  <span className="desk-sub">{code}</span>
                </>
              ),
            },
            {
              id: 'where',
              head: t('library.problemWhere'),
              cell: ({ place }) => (place === '' ? '—' : <code className="desk-place">{place}</code>),
            },
          ]}
        />
      )}
    </section>
  );
}
