import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Link, useNavigate, useParams } from 'react-router';
import { api, body, multipart } from '../api/client.ts';
import { useCommand } from '../api/commands.ts';
import type { AwaitedMessage } from '../api/model.ts';
import { fieldOf } from '../api/problem.ts';
import type { RecognisedMail } from '../api/certified-mail.ts';
import { useAwaited, useCase } from '../api/queries.ts';
import { keepDraft, readDraft, dropDraft } from '../form/draft.ts';
import { Form } from '../form/form.tsx';
import type { Values } from '../form/values.ts';
import { noProtocol, ProtocolFields, setProtocol } from './certified-mail/protocol-fields.tsx';
import type { Protocol } from './certified-mail/protocol-fields.tsx';
import { ReceiptFile } from './certified-mail/receipt-file.tsx';
import { useSession } from '../session/session.tsx';
import { useToday } from '../time/clock.tsx';
import { Empty, Loaded, Problem } from '../ui/feedback.tsx';
import { Icon } from '../ui/icon.tsx';
import { Page } from '../ui/page.tsx';

/** Registering what arrived from outside as the message that the case awaits: people outside have no login. */
export default function Incoming() {
  const { id = '' } = useParams();
  const { t } = useTranslation();
  const file = useCase(id);
  const awaited = useAwaited(id);
  return (
    <Page
      title={t('incoming.title')}
      lead={t('incoming.lead')}
      before={
        <p className="desk-trail">
          <Link to={`/cases/${id}`}>
            {t('common.case')} {file.data?.code ?? ''}
          </Link>
        </p>
      }
    >
      <Loaded query={awaited}>
        {(messages) =>
          messages.length === 0 ? (
            <Empty icon="mail" title={t('incoming.none')}>
              {t('incoming.noneText')}
            </Empty>
          ) : (
            <Register caseId={id} messages={messages} />
          )
        }
      </Loaded>
    </Page>
  );
}

interface Cover {
  readonly protocolNo: string;
  readonly receivedOn: string;
  readonly sender: string;
  readonly note: string;
}

/** What of the cover can be asked about already. */
const filledIn = ({ protocolNo, receivedOn, sender }: Cover) => ({
  ...(protocolNo.trim() !== '' && { protocolNo: protocolNo.trim() }),
  ...(receivedOn !== '' && { receivedOn }),
  ...(sender.trim() !== '' && { sender: sender.trim() }),
});

function Register({
  caseId,
  messages,
}: {
  readonly caseId: string;
  readonly messages: readonly AwaitedMessage[];
}) {
  const { t } = useTranslation();
  const { account } = useSession();
  const navigate = useNavigate();
  const today = useToday();
  const draft = `incoming.${caseId}`;
  const [message, setMessage] = useState(messages.length === 1 ? (messages[0]?.message ?? '') : '');
  const [files, setFiles] = useState<readonly File[]>([]);
  const [receipt, setReceipt] = useState<{ file: File; mail: RecognisedMail | null } | null>(null);
  const [protocol, setWhole] = useState(noProtocol);
  const [missing, setMissing] = useState<readonly string[]>([]);
  const [cover, setCover] = useState<Cover>(() => ({
    protocolNo: '',
    receivedOn: today,
    sender: '',
    note: '',
    ...(readDraft(account, draft) as Partial<Cover> | null),
  }));
  const chosen = messages.find((one) => one.message === message);
  const suggestion = receipt?.mail?.suggestion;
  const given = suggestion?.message === message ? (suggestion.variables as Values) : null;

  const register = useCommand(
    (request: { variables: Values; files: readonly File[]; cover: Cover; protocol: Protocol }, header) => {
      const parts = new FormData();
      parts.set('message', message);
      parts.set('protocolNo', request.cover.protocolNo.trim());
      parts.set('receivedOn', request.cover.receivedOn);
      parts.set('sender', request.cover.sender.trim());
      parts.set('note', request.cover.note.trim());
      parts.set('variables', JSON.stringify(request.variables));
      setProtocol(parts, request.protocol);
      for (const file of request.files) parts.append('file', file);
      return api.POST('/api/v1/cases/{id}/incoming', {
        params: { path: { id: caseId }, header: { ...header } },
        ...multipart(parts),
      });
    },
  );

  const set = (name: keyof Cover, value: string) => {
    const next = { ...cover, [name]: value };
    setCover(next);
    setMissing(missing.filter((one) => one !== name));
    keepDraft(account, draft, { ...next });
  };
  const wrong = (name: string): string | null => {
    if (missing.includes(name)) return t('form.faults.required');
    return register.error?.errors.find((error) => fieldOf(error.pointer) === name)?.message ?? null;
  };

  const field = (name: 'protocolNo' | 'receivedOn' | 'sender' | 'note') => {
    const error = wrong(name);
    const shared = {
      id: `incoming-${name}`,
      className: 'form-control',
      value: cover[name],
      'aria-required': name !== 'note' || undefined,
      'aria-invalid': error !== null || undefined,
      'aria-describedby': error === null ? undefined : `incoming-${name}-error`,
    };
    return (
      <div className={`desk-field ${error === null ? '' : 'is-wrong'}`}>
        <label htmlFor={shared.id}>
          {t(`incoming.${name}`)}
          {name === 'note' && <span className="desk-optional"> {t('form.optional')}</span>}
        </label>
        {name === 'note' ? (
          <textarea {...shared} rows={3} onChange={(event) => set(name, event.target.value)} />
        ) : (
          <input
            {...shared}
            type={name === 'receivedOn' ? 'date' : 'text'}
            max={name === 'receivedOn' ? today : undefined}
            autoComplete="off"
            onChange={(event) => set(name, event.target.value)}
          />
        )}
        {error !== null && (
          <p id={`incoming-${name}-error`} className="desk-field-error">
            <Icon name="error" size="xs" />
            {error}
          </p>
        )}
      </div>
    );
  };

  const send = async (variables: Values) => {
    const empty = (['protocolNo', 'receivedOn', 'sender'] as const).filter(
      (name) => cover[name].trim() === '',
    );
    setMissing(empty);
    if (empty.length > 0) {
      document.getElementById(`incoming-${empty[0]}`)?.focus();
      throw new Error('incomplete');
    }
    await register.mutateAsync({
      variables,
      files: receipt ? [receipt.file, ...files] : files,
      cover,
      protocol,
    });
    dropDraft(account, draft);
    await navigate(`/cases/${caseId}`, { state: { registered: chosen?.label ?? message } });
  };

  return (
    <div className="desk-panel">
      {register.error && <Problem error={register.error} focus />}
      <ReceiptFile
        caseId={caseId}
        onRecognised={(file, mail) => {
          setReceipt(file && { file, mail });
          if (mail?.suggestion) setMessage(mail.suggestion.message);
        }}
      />
      <fieldset className="desk-field">
        <legend>{t('incoming.what')}</legend>
        {messages.map((one) => (
          <div className="form-check" key={one.message}>
            <input
              type="radio"
              name="message"
              id={`message-${one.message}`}
              checked={message === one.message}
              onChange={() => setMessage(one.message)}
            />
            <label htmlFor={`message-${one.message}`}>{one.label}</label>
          </div>
        ))}
      </fieldset>
      {chosen && (
        <Form
          // Another receipt fills in anew, also one whose file has the same name.
          key={`${message}.${given === null ? '' : JSON.stringify(given)}`}
          name={given === null ? `${draft}.${message}` : `${draft}.${message}.receipt`}
          schema={chosen.form}
          variables={given ?? {}}
          submitLabel={t('incoming.submit')}
          busy={register.isPending}
          problem={register.error}
          check={async (variables) =>
            (
              await body(
                api.POST('/api/v1/cases/{id}/incoming/check', {
                  params: { path: { id: caseId } },
                  body: { message, variables, ...filledIn(cover) },
                }),
              )
            ).errors
          }
          onSubmit={send}
          before={
            <>
              <div className="row">
                <div className="col-12 col-md-4">{field('protocolNo')}</div>
                <div className="col-12 col-md-3">{field('receivedOn')}</div>
                <div className="col-12 col-md-5">{field('sender')}</div>
              </div>
              <ProtocolFields value={protocol} onChange={setWhole} />
              <div className="desk-field">
                <label htmlFor="incoming-file">
                  {t('incoming.file')} <span className="desk-optional">{t('form.optional')}</span>
                </label>
                <input
                  id="incoming-file"
                  type="file"
                  multiple
                  className="form-control desk-file"
                  onChange={(event) => setFiles([...(event.target.files ?? [])])}
                />
              </div>
              {field('note')}
            </>
          }
        />
      )}
    </div>
  );
}
