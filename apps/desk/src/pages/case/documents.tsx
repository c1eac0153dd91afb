import { useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import { api, multipart } from '../../api/client.ts';
import { useCommand } from '../../api/commands.ts';
import { useNameOf } from '../../api/people.ts';
import { wantsReason } from '../../api/problem.ts';
import { useDocuments } from '../../api/queries.ts';
import { noProtocol, ProtocolFields, setProtocol } from '../certified-mail/protocol-fields.tsx';
import type { Protocol } from '../certified-mail/protocol-fields.tsx';
import { Recognised } from '../certified-mail/recognised.tsx';
import { useRecognised } from '../certified-mail/use-recognised.ts';
import { useReason } from '../../session/reading.tsx';
import { useMay } from '../../session/session.tsx';
import { formatDate, formatInstant, formatSize } from '../../time/format.ts';
import { Empty, Loaded, Problem } from '../../ui/feedback.tsx';
import { Hash } from '../../ui/hash.tsx';
import { Icon } from '../../ui/icon.tsx';
import { Table } from '../../ui/table.tsx';
import type { Column } from '../../ui/table.tsx';
import { useSignature } from './use-signature.ts';

const contentOf = (caseId: string, id: string, reason: string | undefined, task?: string) => {
  const asked = new URLSearchParams({ ...(reason !== undefined && { reason }), ...(task && { task }) });
  return (
    `/api/v1/cases/${encodeURIComponent(caseId)}/documents/${encodeURIComponent(id)}/content` +
    (asked.size === 0 ? '' : `?${asked}`)
  );
};

/** Where a document can be had, for those who may read it. */
export function DocumentLink({
  caseId,
  documentKey,
}: {
  readonly caseId: string;
  readonly documentKey: string;
}) {
  const { t } = useTranslation();
  const may = useMay();
  const reason = useReason();
  if (!may('ReadDocument')) return null;
  return (
    <a className="desk-sub" href={contentOf(caseId, `${caseId}.${documentKey}`, reason)} download>
      {t('facts.download')}
    </a>
  );
}

interface DocumentsProps {
  readonly caseId: string;
  /** The task it belongs to, whether the rest of the file is open to who reads, and whether it is being completed. */
  readonly of?: { readonly task: string; readonly readsCase: boolean; readonly isSent: boolean };
}

/** The documents of a case, each with its hash, and adding one. */
export function Documents({ caseId, of }: DocumentsProps) {
  const { t, i18n } = useTranslation();
  const may = useMay();
  const filed = useFiledColumns();
  const task = of?.task;
  // What somebody may do in some case tells nothing of this one: where a task is at hand, the server said it.
  const reads = of?.readsCase ?? may('ReadCase');
  const whole = useDocuments(caseId, reads);
  const isClosed = !reads || wantsReason(whole.error);
  // Who has a task to do reads what lies with it, also where the rest of the file is closed to them or wants a reason.
  const only = isClosed ? task : undefined;
  const shown = reads || only !== undefined;
  // Once the task is done, what lay with it is not to be asked for.
  const part = useDocuments(caseId, only !== undefined && of?.isSent !== true, only);
  const documents = only === undefined ? whole : part;
  const reason = useReason();
  return (
    <>
      {shown && (
        <Loaded query={documents} lines={3}>
          {(items) =>
            items.length === 0 ? (
              <Empty icon="file" title={t('documents.none')} />
            ) : (
              <Table
                caption={t('documents.title')}
                rows={newest(items)}
                rowKey={(one) => one.id}
                columns={[
                  {
                    id: 'name',
                    head: t('documents.name'),
                    className: 'desk-col-main',
                    cell: (one) => (
                      <>
                        {[one, ...formsOf(items, one)].map((file) => (
                          <span key={file.id} className="d-block">
                            <a
                              className="fw-semibold"
                              href={contentOf(caseId, file.id, reason, only)}
                              download={file.name}
                            >
                              {file.name}
                            </a>
                            <span className="desk-sub">
                              {formatSize(file.sizeBytes, i18n.language)} · {kindOf(file.mediaType)}
                            </span>
                          </span>
                        ))}
                        <What one={one} items={items} />
                        <Earlier caseId={caseId} items={items} one={one} reason={reason} task={only} />
                      </>
                    ),
                  },
                  ...filed,
                  {
                    id: 'hash',
                    head: t('documents.hash'),
                    cell: (one) => (
                      <>
                        {[one, ...formsOf(items, one)].map((file) => (
                          <Hash
                            key={file.id}
                            sha256={file.sha256}
                            copy={t('filed.copy', { name: file.name })}
                          />
                        ))}
                      </>
                    ),
                  },
                ]}
              />
            )
          }
        </Loaded>
      )}
      {only !== undefined && reads && part.data && <Loaded query={whole}>{() => null}</Loaded>}
      {/* Who may read none of the file adds nothing to it but what a task of theirs asks for. */}
      {may('AttachDocument') && (task !== undefined || (reads && whole.error === null)) && (
        <Attach
          caseId={caseId}
          task={task}
          // What only has to be read to do the task stays as it is.
          replaceable={newest(documents.data ?? []).filter(
            (one) => one.replaceable || (task !== undefined && one.task === task),
          )}
        />
      )}
    </>
  );
}

/** Kinds of files as people call them. */
const kinds: Readonly<Record<string, string>> = {
  'application/pdf': 'PDF',
  'application/vnd.openxmlformats-officedocument.wordprocessingml.document': 'Word (DOCX)',
  'application/vnd.oasis.opendocument.text': 'OpenDocument (ODT)',
  'application/pkcs7-mime': 'CAdES (P7M)',
  'application/pkcs7-signature': 'CAdES (P7S)',
  'application/xml': 'XML',
  'message/rfc822': 'E-mail (EML)',
};
const kindOf = (mediaType: string): string => kinds[mediaType] ?? mediaType;

type Filed = NonNullable<ReturnType<typeof useDocuments>['data']>[number];

/** Each document once, in its newest version. */
const newest = (items: readonly Filed[]): Filed[] =>
  items.filter((one) => one.formOf === null && one.replacedBy === null);

/** The same version in other forms: what can be edited. */
const formsOf = (items: readonly Filed[], { id }: Filed): Filed[] => items.filter((one) => one.formOf === id);

/** Which version it is, whether it is a draft of the house, what is to be filled in, and how its signatures stand. */
function What({ one, items }: { readonly one: Filed; readonly items: readonly Filed[] }) {
  const { t } = useTranslation();
  const { version, draft, mediaType } = one;
  const signature = useSignature(items)(one);
  return (
    <>
      <span className="desk-sub">{t('filed.version', { version })}</span>
      {draft && (
        <span className="desk-sub">
          {t('documents.draft', { version: draft.templateVersion })}
          {draft.blanks > 0 && <> · {t('documents.blanks', { count: draft.blanks })}</>}
        </span>
      )}
      {signature !== null ? (
        <span className="desk-sub">{signature}</span>
      ) : (
        mediaType === 'application/pdf' && <span className="desk-sub">{t('filed.unsigned')}</span>
      )}
    </>
  );
}

/** Under which number a document was filed; when, and by whom. */
export function useFiledColumns(): readonly Column<Filed>[] {
  const { t, i18n } = useTranslation();
  return [
    { id: 'protocol', head: t('documents.protocol'), cell: (one) => <ProtocolOf one={one} /> },
    {
      id: 'at',
      head: t('documents.at'),
      cell: (one) => (
        <>
          {formatInstant(one.at, i18n.language)}
          <span className="desk-sub">
            <FiledBy one={one} />
          </span>
        </>
      ),
    },
  ];
}

/** Who filed it; what the house drafted was filed by the system. */
function FiledBy({ one: { by } }: { readonly one: Filed }) {
  return useNameOf()(by);
}

/** The number, or the whole reference where it is known. */
function ProtocolOf({ one: { protocol, protocolNo } }: { readonly one: Filed }) {
  const { t, i18n } = useTranslation();
  if (protocol === null) return protocolNo ?? '–';
  return t('protocol.reference', { ...protocol, date: formatDate(protocol.date, i18n.language) });
}

function Earlier({
  caseId,
  items,
  one,
  reason,
  task,
}: {
  readonly caseId: string;
  readonly items: readonly Filed[];
  readonly one: Filed;
  readonly reason: string | undefined;
  readonly task: string | undefined;
}) {
  const { t, i18n } = useTranslation();
  const before: Filed[] = [];
  for (let id = one.replaces; id !== null;) {
    const version = items.find((it) => it.id === id);
    if (!version) break;
    before.push(version, ...formsOf(items, version));
    id = version.replaces;
  }
  if (before.length === 0) return null;
  return (
    <details className="desk-sub">
      <summary>{t('documents.version', { version: one.version })}</summary>
      <ul className="list-unstyled mb-0">
        {before.map((version) => (
          <li key={version.id}>
            <a href={contentOf(caseId, version.id, reason, task)} download={version.name}>
              {t('documents.earlier', { version: version.version, name: version.name })}
            </a>{' '}
            {formatInstant(version.at, i18n.language)} · <FiledBy one={version} />
          </li>
        ))}
      </ul>
    </details>
  );
}

function Attach({
  caseId,
  task,
  replaceable,
}: {
  readonly caseId: string;
  readonly task: string | undefined;
  readonly replaceable: readonly Filed[];
}) {
  const { t } = useTranslation();
  const [file, setFile] = useState<File | null>(null);
  const [protocolNo, setProtocolNo] = useState('');
  const [replaces, setReplaces] = useState('');
  const [protocol, setWhole] = useState(noProtocol);
  const { found, look } = useRecognised(caseId);
  const picker = useRef<HTMLInputElement>(null);
  /** Looked at beside the filing: what cannot be recognised is a document like others. */
  const choose = (chosen: File | null) => {
    setFile(chosen);
    void look(chosen);
  };
  const attach = useCommand(
    (
      request: { file: File; protocolNo: string; replaces: string; task?: string; protocol: Protocol },
      header,
    ) => {
      const parts = new FormData();
      if (request.protocolNo !== '') parts.set('protocolNo', request.protocolNo);
      if (request.replaces !== '') parts.set('replaces', request.replaces);
      if (request.task !== undefined) parts.set('task', request.task);
      setProtocol(parts, request.protocol);
      parts.set('file', request.file);
      return api.POST('/api/v1/cases/{id}/documents', {
        params: { path: { id: caseId }, header: { ...header } },
        ...multipart(parts),
      });
    },
  );
  return (
    <form
      className="desk-attach"
      onSubmit={(event) => {
        event.preventDefault();
        if (file === null) return picker.current?.focus();
        attach.mutate(
          { file, protocolNo: protocolNo.trim(), replaces, task, protocol },
          {
            onSuccess: () => {
              choose(null);
              setWhole(noProtocol);
              setProtocolNo('');
              setReplaces('');
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
          onChange={(event) => choose(event.target.files?.[0] ?? null)}
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
      <ProtocolFields value={protocol} onChange={setWhole} />
      {replaceable.length > 0 && (
        <div className="desk-field">
          <label htmlFor="attach-replaces">
            {t('documents.replaces')} <span className="desk-optional">{t('form.optional')}</span>
          </label>
          <select
            id="attach-replaces"
            className="form-select"
            value={replaces}
            onChange={(event) => setReplaces(event.target.value)}
          >
            <option value="">{t('documents.replacesNone')}</option>
            {replaceable.map((one) => (
              <option key={one.id} value={one.id}>
                {one.name}
              </option>
            ))}
          </select>
        </div>
      )}
      <button type="submit" className="btn btn-outline-primary" disabled={attach.isPending || file === null}>
        <Icon name="upload" size="sm" /> {attach.isPending ? t('form.sending') : t('documents.attach')}
      </button>
      {typeof found === 'object' && (
        <div className="w-100">
          <Recognised mail={found} />
          {found.suggestion && <Link to={`/cases/${caseId}/incoming`}>{t('certifiedMail.register')}</Link>}
        </div>
      )}
      {attach.error && <Problem error={attach.error} focus />}
      <p aria-live="polite" className="visually-hidden">
        {attach.isSuccess ? t('documents.attached') : ''}
      </p>
    </form>
  );
}
