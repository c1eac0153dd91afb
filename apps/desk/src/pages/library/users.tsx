import { useTranslation } from 'react-i18next';
import { useStopUsing } from '../../api/library.ts';
import type { Package } from '../../api/library.ts';
import { formatDate } from '../../time/format.ts';
import { Problem } from '../../ui/feedback.tsx';
import { Table } from '../../ui/table.tsx';
import { Adopt, useOwnBodies } from './adopt.tsx';

/** The bodies that use a package, each with its version; who answers for one of them adopts and stops. */
export function Users({ one }: { readonly one: Package }) {
  const { t, i18n } = useTranslation();
  const { key, usedBy, version } = one;
  const own = useOwnBodies();
  const stop = useStopUsing(key);
  const isOwn = (ipa: string) => own.some((body) => body.code === ipa);
  return (
    <section aria-labelledby="users" className="desk-section">
      <h2 id="users" className="h5">
        {t('library.usedBy')}
      </h2>
      {stop.error && <Problem error={stop.error} focus />}
      <p role="status" className="visually-hidden">
        {stop.isSuccess ? t('library.stopped') : ''}
      </p>
      {usedBy.length === 0 ? (
        <p>{t('library.usedByNone')}</p>
      ) : (
        <Table
          caption={t('library.usedBy')}
          rows={usedBy}
          rowKey={({ body }) => body.ipa}
          columns={[
            {
              id: 'body',
              head: t('library.body'),
              className: 'desk-col-main',
              cell: ({ body }) => <strong>{body.name}</strong>,
            },
            {
              id: 'version',
              head: t('library.version'),
              cell: (use) => (
                <>
                  {use.version},{' '}
                  {use.adapted === null ? (
                    t('library.asPublished')
                  ) : (
                    <abbr title={use.adapted}>{t('library.adapted')}</abbr>
                  )}
                  {use.version !== version && <span className="desk-sub">{t('library.behind')}</span>}
                </>
              ),
            },
            {
              id: 'since',
              head: t('library.since'),
              cell: ({ since }) => formatDate(since, i18n.language),
            },
            {
              id: 'acts',
              head: t('common.actions'),
              quiet: true,
              className: 'desk-col-act',
              cell: ({ body }) =>
                isOwn(body.ipa) && (
                  <button
                    type="button"
                    className="btn btn-sm btn-outline-secondary"
                    aria-label={t('library.stopOf', { body: body.name })}
                    disabled={stop.isPending}
                    onClick={() => stop.mutate({ body: body.ipa })}
                  >
                    {t('library.stop')}
                  </button>
                ),
            },
          ]}
        />
      )}
      {own.length > 0 && <Adopt one={one} bodies={own} />}
    </section>
  );
}
