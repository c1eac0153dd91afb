import { useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useNavigate, useSearchParams } from 'react-router';
import { api, body, multipart } from '../../api/client.ts';
import { useCommand } from '../../api/commands.ts';
import type { AwaitedMessage, TermEffect } from '../../api/model.ts';
import { fieldOf } from '../../api/problem.ts';
import type { ProblemPlace } from '../../api/problem.ts';
import { dropDraft, keepDraft, readDraft } from '../../form/draft.ts';
import { Form } from '../../form/form.tsx';
import type { Values } from '../../form/values.ts';
import { useIsGuest, useSession } from '../../session/session.tsx';
import { useToday } from '../../time/clock.tsx';
import { Note, Problem } from '../../ui/feedback.tsx';
import { useSent } from '../../ui/sent.tsx';
import { TextField } from '../../ui/text-field.tsx';
import { noProtocol, ProtocolFields, setProtocol } from '../certified-mail/protocol-fields.tsx';
import type { Protocol } from '../certified-mail/protocol-fields.tsx';
import { useRecognised } from '../certified-mail/use-recognised.ts';
import { ConfirmDialog } from './confirm.tsx';
import { filledIn, required } from './cover.ts';
import type { Cover } from './cover.ts';
import { ArrivedFiles } from './files.tsx';
import { fromMail } from './from-mail.ts';

interface RegisterProps {
  readonly caseId: string;
  /** Whose case it is; null: not known yet. */
  readonly comune: string | null;
  /** All that were awaited since the page was opened. */
  readonly messages: readonly AwaitedMessage[];
  /** Those that still are. */
  readonly awaited: ReadonlySet<string>;
}

/** What goes to the server: all of it, so that a changed cover or file is another request. */
interface Registration {
  readonly variables: Values;
  readonly message: string;
  readonly cover: Cover;
  readonly protocol: Protocol;
  readonly files: readonly File[];
}

/** What is to be registered, as it was checked. */
interface Checked {
  readonly variables: Values;
  readonly terms: readonly TermEffect[] | null;
}

/** What arrived, as one of the messages that the case awaits: filled in, shown with what it does, confirmed. */
export function Register({ caseId, comune, messages, awaited }: RegisterProps) {
  const { t } = useTranslation();
  const { account, bodies, grants } = useSession();
  const isGuest = useIsGuest();
  const ownBody = bodies.find(({ code }) => code === grants[0]?.body)?.name ?? '';
  const navigate = useNavigate();
  const today = useToday();
  const draft = `incoming.${caseId}`;
  const [params] = useSearchParams();
  const [message, setMessage] = useState(
    messages.length === 1
      ? (messages[0]?.message ?? '')
      : (messages.find((one) => one.message === params.get('message'))?.message ?? ''),
  );
  const [mail, setMail] = useState<File | null>(null);
  const [files, setFiles] = useState<readonly File[]>([]);
  const { found, look } = useRecognised(caseId);
  const [protocol, setWhole] = useState(noProtocol);
  const [checked, setChecked] = useState<Checked | null>(null);
  const [refused, setRefused] = useState<readonly ProblemPlace[]>([]);
  const [cover, setCover] = useState<Cover>(() => ({
    ...{ protocolNo: '', receivedOn: today, sender: isGuest ? ownBody : '', note: '' },
    ...(readDraft(account, draft) as Partial<Cover> | null),
  }));
  const latest = useRef(cover);
  const { isMissing, sent } = useSent(required.map((name) => cover[name]));
  const chosen = messages.find((one) => one.message === message);
  const suggestion = typeof found === 'object' ? found.suggestion : null;
  const given = suggestion?.message === message ? (suggestion.variables as Values) : null;
  const all = mail ? [mail, ...files] : files;

  // A colleague was faster: what was filled in stays, to be read and copied.
  const isGone = chosen !== undefined && !awaited.has(message);

  const register = useCommand((asked: Registration, header) => {
    const parts = new FormData();
    parts.set('message', asked.message);
    for (const [name, value] of Object.entries(asked.cover)) parts.set(name, value.trim());
    parts.set('variables', JSON.stringify(asked.variables));
    setProtocol(parts, asked.protocol);
    for (const file of asked.files) parts.append('file', file);
    return api.POST('/api/v1/cases/{id}/incoming', {
      params: { path: { id: caseId }, header: { ...header } },
      ...multipart(parts),
    });
  });

  /** From what stands there now, which may be more than what was drawn when a file was dropped. */
  const change = (fill: (now: Cover) => Partial<Cover>) => {
    const next = fill(latest.current);
    latest.current = { ...latest.current, ...next };
    setCover(latest.current);
    keepDraft(account, draft, { ...latest.current });
  };

  /** What a mail says fills in what is not filled in. */
  const takeMail = async (file: File | null) => {
    setMail(file);
    const before = latest.current;
    const read = await look(file);
    if (!read) return;
    const suggested = read.suggestion?.message;
    if (suggested !== undefined) setMessage((now) => (now === message ? suggested : now));
    change((now) => fromMail(read, before, now, today));
  };

  const ask = (variables: Values) =>
    body(
      api.POST('/api/v1/cases/{id}/incoming/check', {
        params: { path: { id: caseId } },
        body: { message, variables, ...filledIn(cover) },
      }),
    );

  /** What is wrong with the cover stands beside its fields, which are none of the form's. */
  const check = async (variables: Values) => {
    const { errors } = await ask(variables);
    setRefused(errors.filter(({ pointer }) => !pointer.startsWith('/variables')));
    return errors;
  };

  const control = (name: keyof Cover) => ({ id: `incoming-${name}`, label: t(`incoming.${name}`) });
  const faultOf = (name: string): string | null =>
    (register.error?.errors ?? refused).find(({ pointer }) => fieldOf(pointer) === name)?.message ?? null;

  const field = (
    name: keyof Cover,
    more: { readonly type?: 'date'; readonly max?: string; readonly rows?: number } = {},
  ) => (
    <TextField
      {...control(name)}
      value={cover[name]}
      fault={faultOf(name)}
      optional={name === 'note'}
      isMissing={name !== 'note' && isMissing(cover[name])}
      onChange={(value) => {
        setRefused(refused.filter(({ pointer }) => fieldOf(pointer) !== name));
        change(() => ({ [name]: value }));
      }}
      {...more}
    />
  );

  /** Nothing is registered before its effects were seen. */
  const show = async (variables: Values) => {
    const terms = await ask(variables).then(
      (verdict) => verdict.terms,
      () => null,
    );
    register.reset();
    setChecked({ variables, terms });
    // The form keeps its draft until what it holds is registered.
    throw new Error('not registered yet');
  };

  const confirm = async ({ variables }: Checked) => {
    await register.mutateAsync({ variables, message, cover, protocol, files: all });
    for (const name of [draft, formDraft]) dropDraft(account, name);
    await navigate(isGuest ? `/entrance/${caseId}` : `/cases/${caseId}`, {
      state: { registered: chosen?.label ?? message },
    });
  };

  const isOffered = (one: AwaitedMessage) => awaited.has(one.message) || one === chosen;
  const place = chosen && comune !== null ? { definition: chosen.definition, comune } : undefined;
  const formDraft = given === null ? `${draft}.${message}` : `${draft}.${message}.receipt`;
  return (
    <div className="desk-panel">
      {register.error && checked === null && <Problem error={register.error} focus />}
      {isGone && !register.isPending && !register.isSuccess && (
        <Note kind="warning" title={t('incoming.gone')} focus>
          {t('incoming.goneText')}
        </Note>
      )}
      <ArrivedFiles
        mail={mail}
        found={found}
        files={files}
        onMail={(file) => void takeMail(file)}
        onFiles={setFiles}
      />
      <fieldset className="desk-field">
        <legend>{t(isGuest ? 'entrance.sending' : 'incoming.what')}</legend>
        {messages.filter(isOffered).map((one) => (
          <div className="form-check" key={one.message}>
            <input
              type="radio"
              name="message"
              id={`message-${one.message}`}
              checked={message === one.message}
              onChange={() => setMessage(one.message)}
            />
            <label htmlFor={`message-${one.message}`} lang="it">
              {one.label}
            </label>
          </div>
        ))}
      </fieldset>
      {chosen && (
        <Form
          // Another receipt fills in anew, also one whose file has the same name.
          key={`${message}.${given === null ? '' : JSON.stringify(given)}`}
          name={formDraft}
          schema={chosen.form}
          place={place}
          variables={given ?? {}}
          submitLabel={t('incoming.submit')}
          busy={register.isPending}
          disabled={isGone}
          problem={register.error}
          check={check}
          onSubmit={show}
          ours={{
            missing: required.filter((name) => cover[name].trim() === '').map(control),
            named: (key) => (key in cover ? control(key as keyof Cover) : undefined),
            sent,
          }}
          before={
            <>
              <div className="row">
                <div className="col-12 col-md-4">{field('protocolNo')}</div>
                <div className="col-12 col-md-3">{field('receivedOn', { type: 'date', max: today })}</div>
                <div className="col-12 col-md-5">{field('sender')}</div>
              </div>
              <ProtocolFields value={protocol} onChange={setWhole} />
              {field('note', { rows: 3 })}
            </>
          }
        />
      )}
      {checked && chosen && (
        <ConfirmDialog
          message={chosen}
          place={place}
          variables={checked.variables}
          cover={cover}
          files={all.map(({ name }) => name)}
          terms={checked.terms}
          busy={register.isPending}
          error={register.error}
          onConfirm={() => void confirm(checked).catch(() => undefined)}
          onClose={() => setChecked(null)}
        />
      )}
    </div>
  );
}
