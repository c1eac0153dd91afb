import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useNavigate, useSearchParams } from 'react-router';
import { api, body, multipart } from '../../api/client.ts';
import { useCommand } from '../../api/commands.ts';
import type { AwaitedMessage, TermEffect } from '../../api/model.ts';
import { fieldOf } from '../../api/problem.ts';
import { dropDraft, keepDraft, readDraft } from '../../form/draft.ts';
import { Form } from '../../form/form.tsx';
import type { Values } from '../../form/values.ts';
import { useIsGuest } from '../../session/guest.ts';
import { useSession } from '../../session/session.tsx';
import { useToday } from '../../time/clock.tsx';
import { wallOf } from '../../time/local.ts';
import { Problem } from '../../ui/feedback.tsx';
import { noProtocol, ProtocolFields, setProtocol } from '../certified-mail/protocol-fields.tsx';
import { useRecognised } from '../certified-mail/use-recognised.ts';
import { ConfirmDialog } from './confirm.tsx';
import { CoverField, filledIn, required } from './cover.tsx';
import type { Cover } from './cover.tsx';
import { ArrivedFiles } from './files.tsx';

interface RegisterProps {
  readonly caseId: string;
  readonly messages: readonly AwaitedMessage[];
}

/** What is to be registered, as it was checked. */
interface Checked {
  readonly variables: Values;
  readonly terms: readonly TermEffect[] | null;
}

/** What arrived, as one of the messages that the case awaits: filled in, shown with what it does, confirmed. */
export function Register({ caseId, messages }: RegisterProps) {
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
  const [missing, setMissing] = useState<readonly string[]>([]);
  const [checked, setChecked] = useState<Checked | null>(null);
  const [cover, setCover] = useState<Cover>(() => ({
    ...{ protocolNo: '', receivedOn: today, sender: isGuest ? ownBody : '', note: '' },
    ...(readDraft(account, draft) as Partial<Cover> | null),
  }));
  const chosen = messages.find((one) => one.message === message);
  const suggestion = typeof found === 'object' ? found.suggestion : null;
  const given = suggestion?.message === message ? (suggestion.variables as Values) : null;
  const all = mail ? [mail, ...files] : files;

  const register = useCommand((variables: Values, header) => {
    const parts = new FormData();
    parts.set('message', message);
    for (const [name, value] of Object.entries(cover)) parts.set(name, value.trim());
    parts.set('variables', JSON.stringify(variables));
    setProtocol(parts, protocol);
    for (const file of all) parts.append('file', file);
    return api.POST('/api/v1/cases/{id}/incoming', {
      params: { path: { id: caseId }, header: { ...header } },
      ...multipart(parts),
    });
  });

  const change = (next: Partial<Cover>) => {
    const whole = { ...cover, ...next };
    setCover(whole);
    setMissing(missing.filter((name) => !(name in next)));
    keepDraft(account, draft, { ...whole });
  };

  /** What a mail says fills in what is not filled in. */
  const takeMail = async (file: File | null) => {
    setMail(file);
    const read = await look(file);
    if (!read) return;
    if (read.suggestion) setMessage(read.suggestion.message);
    const { from, at } = read;
    const day = at && wallOf(at).slice(0, today.length);
    change({
      ...(from !== null && cover.sender === '' && { sender: from }),
      ...(day !== null && day <= today && { receivedOn: day }),
    });
  };

  const ask = (variables: Values) =>
    body(
      api.POST('/api/v1/cases/{id}/incoming/check', {
        params: { path: { id: caseId } },
        body: { message, variables, ...filledIn(cover) },
      }),
    );

  const field = (name: keyof Cover) => (
    <CoverField
      name={name}
      value={cover[name]}
      wrong={
        missing.includes(name)
          ? t('form.faults.required')
          : (register.error?.errors.find(({ pointer }) => fieldOf(pointer) === name)?.message ?? null)
      }
      onChange={(value) => change({ [name]: value })}
    />
  );

  /** Nothing is registered before its effects were seen. */
  const show = async (variables: Values) => {
    const empty = required.filter((name) => cover[name].trim() === '');
    setMissing(empty);
    if (empty.length > 0) document.getElementById(`incoming-${empty[0]}`)?.focus();
    else {
      const terms = await ask(variables).then(
        (verdict) => verdict.terms,
        () => null,
      );
      register.reset();
      setChecked({ variables, terms });
    }
    // The form keeps its draft until what it holds is registered.
    throw new Error('not registered yet');
  };

  const confirm = async ({ variables }: Checked) => {
    await register.mutateAsync(variables);
    for (const name of [draft, formDraft]) dropDraft(account, name);
    await navigate(isGuest ? `/entrance/${caseId}` : `/cases/${caseId}`, {
      state: { registered: chosen?.label ?? message },
    });
  };

  const formDraft = given === null ? `${draft}.${message}` : `${draft}.${message}.receipt`;
  return (
    <div className="desk-panel">
      {register.error && checked === null && <Problem error={register.error} focus />}
      <ArrivedFiles
        mail={mail}
        found={found}
        files={files}
        onMail={(file) => void takeMail(file)}
        onFiles={setFiles}
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
          name={formDraft}
          schema={chosen.form}
          variables={given ?? {}}
          submitLabel={t('incoming.submit')}
          busy={register.isPending}
          problem={register.error}
          check={async (variables) => (await ask(variables)).errors}
          onSubmit={show}
          before={
            <>
              <div className="row">
                <div className="col-12 col-md-4">{field('protocolNo')}</div>
                <div className="col-12 col-md-3">{field('receivedOn')}</div>
                <div className="col-12 col-md-5">{field('sender')}</div>
              </div>
              <ProtocolFields value={protocol} onChange={setWhole} />
              {field('note')}
            </>
          }
        />
      )}
      {checked && (
        <ConfirmDialog
          what={chosen?.label ?? message}
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
