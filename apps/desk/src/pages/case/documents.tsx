import { useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { api, multipart } from '../../api/client.ts';
import { useCommand } from '../../api/commands.ts';
import { useDocuments } from '../../api/queries.ts';
import { useReason } from '../../session/reading.tsx';
import { useMay } from '../../session/session.tsx';
import { formatInstant, formatSize } from '../../time/format.ts';
import { Empty, Loaded, Problem } from '../../ui/feedback.tsx';
import { Icon } from '../../ui/icon.tsx';
import { Table } from '../../ui/table.tsx';

const contentOf = (caseId: string, id: string, reason: string | undefined) =>
  `/api/v1/cases/${encodeURIComponent(caseId)}/documents/${encodeURIComponent(id)}/content` +
  (reason === undefined ? '' : `?reason=${encodeURIComponent(reason)}`);

/** The documents of a case, each with its hash, and adding one. `task`: the task it belongs to. */
export function Documents({ caseId, task }: { readonly caseId: string; readonly task?: string }) {
  const { t, i18n } = useTranslation();
  const may = useMay();
  const documents = useDocuments(caseId, may('ReadCase'));
  const reason = useReason();
  return (
    <>
      {may('ReadCase') && (
        <Loaded query={documents} lines={3}>
          {(items) =>
            items.length === 0 ? (
              <Empty icon="file" title={t('documents.none')} />
            ) : (
              <Table
                caption={t('documents.title')}
                rows={items}
                rowKey={(one) => one.id}
                columns={[
                  {
                    id: 'name',
                    head: t('documents.name'),
                    className: 'desk-col-main',
                    cell: (one) => (
                      <>
                        <a
                          className="fw-semibold"
                          href={contentOf(caseId, one.id, reason)}
                          download={one.name}
                        >
                          {one.name}
                        </a>
                        <span className="desk-sub">
                          {formatSize(one.sizeBytes, i18n.language)} · {one.mediaType}
                        </span>
                      </>
                    ),
                  },
                  { id: 'protocol', head: t('documents.protocol'), cell: (one) => one.protocolNo ?? '–' },
                  {
                    id: 'at',
                    head: t('documents.at'),
                    cell: (one) => (
                      <>
                        {formatInstant(one.at, i18n.language)}
                        <span className="desk-sub">{one.by}</span>
                      </>
                    ),
                  },
                  {
                    id: 'hash',
                    head: t('documents.hash'),
                    cell: (one) => (
                      <details className="desk-hash">
                        <summary>{one.sha256.slice(0, 12)}…</summary>
                        <code>{one.sha256}</code>
                      </details>
                    ),
                  },
                ]}
              />
            )
          }
        </Loaded>
      )}
      {may('AttachDocument') && <Attach caseId={caseId} task={task} />}
    </>
  );
}

function Attach({ caseId, task }: { readonly caseId: string; readonly task: string | undefined }) {
  const { t } = useTranslation();
  const [file, setFile] = useState<File | null>(null);
  const [protocolNo, setProtocolNo] = useState('');
  const picker = useRef<HTMLInputElement>(null);
  const attach = useCommand((request: { file: File; protocolNo: string; task?: string }, header) => {
    const parts = new FormData();
    if (request.protocolNo !== '') parts.set('protocolNo', request.protocolNo);
    if (request.task !== undefined) parts.set('task', request.task);
    parts.set('file', request.file);
    return api.POST('/api/v1/cases/{id}/documents', {
      params: { path: { id: caseId }, header: { ...header } },
      ...multipart(parts),
    });
  });
  return (
    <form
      className="desk-attach"
      onSubmit={(event) => {
        event.preventDefault();
        if (file === null) return picker.current?.focus();
        attach.mutate(
          { file, protocolNo: protocolNo.trim(), task },
          {
            onSuccess: () => {
              setFile(null);
              setProtocolNo('');
              if (picker.current) picker.current.value = '';
            },
          },
        );
      }}
    >
      <div className="desk-field">
        <label htmlFor="attach-file">{t('documents.choose')}</label>
        <input
          ref={picker}
          id="attach-file"
          type="file"
          className="form-control desk-file"
          onChange={(event) => setFile(event.target.files?.[0] ?? null)}
        />
      </div>
      <div className="desk-field">
        <label htmlFor="attach-protocol">
          {t('documents.protocol')} <span className="desk-optional">{t('form.optional')}</span>
        </label>
        <input
          id="attach-protocol"
          className="form-control"
          value={protocolNo}
          onChange={(event) => setProtocolNo(event.target.value)}
        />
      </div>
      <button type="submit" className="btn btn-outline-primary" disabled={attach.isPending || file === null}>
        <Icon name="upload" size="sm" /> {attach.isPending ? t('form.sending') : t('documents.attach')}
      </button>
      {attach.error && <Problem error={attach.error} focus />}
      <p aria-live="polite" className="visually-hidden">
        {attach.isSuccess ? t('documents.attached') : ''}
      </p>
    </form>
  );
}
