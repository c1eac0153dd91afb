import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { archiveAt, useWithdraw } from '../../api/library.ts';
import type { Package, PackageVersion } from '../../api/library.ts';
import { useMay, useSession } from '../../session/session.tsx';
import { formatDayOf, formatSize } from '../../time/format.ts';
import { ReasonDialog } from '../../ui/reason.tsx';
import { Table } from '../../ui/table.tsx';

/** The versions of a package, the latest first; whoever may publish them may withdraw them. */
export function Versions({ one }: { readonly one: Package }) {
  const { t, i18n } = useTranslation();
  const mayWithdraw = useMayWithdraw(one);
  const [leaving, setLeaving] = useState<string | null>(null);
  const withdraw = useWithdraw(one.key);
  return (
    <section aria-labelledby="versions" className="desk-section">
      <h2 id="versions" className="h5">
        {t('library.versions')}
      </h2>
      <Table
        caption={t('library.versions')}
        rows={one.all}
        rowKey={({ version }) => version}
        columns={[
          {
            id: 'version',
            head: t('library.version'),
            className: 'desk-col-main',
            cell: (it) => <Version it={it} />,
          },
          { id: 'by', head: t('library.publishedBy'), cell: ({ publishedBy }) => publishedBy.name },
          {
            id: 'size',
            head: t('library.size'),
            cell: ({ sizeBytes }) => formatSize(sizeBytes, i18n.language),
          },
          {
            id: 'acts',
            head: t('common.actions'),
            quiet: true,
            className: 'desk-col-act',
            cell: ({ version, withdrawn }) => (
              <>
                <a
                  className="btn btn-sm btn-outline-primary me-2"
                  href={archiveAt(one.key, version)}
                  aria-label={t('library.downloadOf', { version })}
                  download
                >
                  {t('library.downloadShort')}
                </a>
                {mayWithdraw && withdrawn === null && (
                  <button
                    type="button"
                    className="btn btn-sm btn-outline-secondary"
                    aria-label={t('library.withdrawOf', { version })}
                    onClick={() => setLeaving(version)}
                  >
                    {t('library.withdraw')}
                  </button>
                )}
              </>
            ),
          },
        ]}
      />
      {leaving !== null && (
        <ReasonDialog
          title={t('library.withdrawOf', { version: leaving })}
          text={t('library.withdrawText')}
          label={t('common.reason')}
          submit={t('library.withdraw')}
          danger
          about={leaving}
          busy={withdraw.isPending}
          error={withdraw.error}
          onClose={() => {
            withdraw.reset();
            setLeaving(null);
          }}
          onSubmit={(reason) =>
            withdraw.mutate({ version: leaving, reason }, { onSuccess: () => setLeaving(null) })
          }
        />
      )}
    </section>
  );
}

function Version({ it: { version, publishedAt, withdrawn } }: { readonly it: PackageVersion }) {
  const { t, i18n } = useTranslation();
  const day = (instant: string) => formatDayOf(instant, i18n.language);
  return (
    <>
      <strong>{version}</strong>
      <span className="desk-sub">{t('library.publishedOn', { date: day(publishedAt) })}</span>
      {withdrawn && (
        <span className="desk-sub">
          {t('library.withdrawnOn', { date: day(withdrawn.at), reason: withdrawn.reason })}
        </span>
      )}
    </>
  );
}

/** A tutor withdraws what is of its Province, the programme's people everything: the server decides. */
function useMayWithdraw({ origin }: Package): boolean {
  const may = useMay();
  const { grants } = useSession();
  const isOurs = ({ role, body }: (typeof grants)[number]) =>
    role === 'PROGRAMME_MANAGER' ||
    role === 'COMMUNITY_EDITOR' ||
    (role === 'PROVINCE_TUTOR' && body === origin.ipa);
  return may('WithdrawFromLibrary') && grants.some(isOurs);
}
