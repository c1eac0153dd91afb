import { useId } from 'react';
import { useTranslation } from 'react-i18next';
import { useSaveWebhook, useWebhookBodies, useWebhookHistory, webhookKinds } from '../../api/webhooks.ts';
import type { Webhook, WebhookKind } from '../../api/webhooks.ts';
import { useTyped } from '../../form/typed.ts';
import { Dialog, DialogFoot } from '../../ui/dialog.tsx';
import { Problem } from '../../ui/feedback.tsx';
import { Missing } from '../../ui/missing.tsx';
import { LastChange } from '../../ui/refused.tsx';
import { useSent } from '../../ui/sent.tsx';
import { TextField } from '../../ui/text-field.tsx';

interface Made {
  readonly name: string;
  readonly secret: string;
}

interface WebhookDialogProps {
  /** Null: a new one. */
  readonly webhook: Webhook | null;
  readonly onClose: () => void;
  /** Told the secret of a new one. */
  readonly onMade?: (made: Made) => void;
}

/** Makes a webhook, or changes what one is told and where. Of whose cases it is stays as it was made. */
export function WebhookDialog({ webhook, onClose, onMade }: WebhookDialogProps) {
  const { t } = useTranslation();
  const id = useId();
  const bodies = useWebhookBodies(webhook === null);
  const choices = bodies.data;
  const [name, setName] = useTyped('webhook name', webhook?.name ?? '');
  const [url, setUrl] = useTyped('webhook url', webhook?.url ?? '');
  const [of, setOf] = useTyped('webhook of', '');
  const [kinds, setKinds] = useTyped<readonly WebhookKind[]>('webhook kinds', webhook?.kinds ?? webhookKinds);
  const [confidential, setConfidential] = useTyped('webhook confidential', webhook?.confidential ?? false);
  const [reason, setReason] = useTyped('webhook reason', '');
  /** The page reads on while this is open. */
  const [read] = useTyped('webhook read', webhook?.version ?? null);
  const save = useSaveWebhook();
  const last = useWebhookHistory(webhook?.id ?? null).data?.[0];
  // The first of the list stands chosen: all, where that may be.
  const first = choices?.all ? null : (choices?.items[0]?.code ?? null);
  const chosen = webhook ? webhook.body : of === '' ? first : of;
  const { isSent, isMissing, summary, sent } = useSent([name, url, reason], kinds.length === 0 ? 1 : 0);
  const submit = (): void =>
    save.mutate(
      {
        id: webhook?.id ?? null,
        version: read,
        of: chosen,
        name: name.trim(),
        url: url.trim(),
        kinds: [...kinds],
        confidential: confidential && chosen !== null,
        reason: reason.trim(),
      },
      {
        onSuccess(made) {
          if (made) onMade?.({ name: name.trim(), secret: made.secret });
          onClose();
        },
      },
    );
  return (
    <Dialog
      title={webhook ? t('webhooks.changeOf', { name: webhook.name }) : t('webhooks.add')}
      onClose={onClose}
    >
      {save.error && (
        <Problem error={save.error} focus>
          {save.error.code === 'webhook-changed' && last && <LastChange {...last} />}
        </Problem>
      )}
      {bodies.error && <Problem error={bodies.error} retry={() => void bodies.refetch()} />}
      <form
        noValidate
        onSubmit={(event) => {
          event.preventDefault();
          sent(submit);
        }}
      >
        {summary}
        <TextField
          label={t('webhooks.name')}
          help={t('webhooks.nameHelp')}
          maxLength={80}
          value={name}
          onChange={setName}
          isMissing={isMissing(name)}
        />
        <TextField
          label={t('webhooks.url')}
          help={t('webhooks.urlHelp')}
          type="url"
          maxLength={2_000}
          value={url}
          onChange={setUrl}
          isMissing={isMissing(url)}
        />
        {!webhook && (
          <div className="desk-field">
            <label htmlFor={`${id}-of`}>{t('webhooks.body')}</label>
            <select
              id={`${id}-of`}
              className="form-select"
              value={of}
              onChange={(event) => setOf(event.target.value)}
            >
              {choices?.all && <option value="">{t('webhooks.ofAll')}</option>}
              {choices?.items.map(({ code, name: called }) => (
                <option key={code} value={code}>
                  {called}
                </option>
              ))}
            </select>
          </div>
        )}
        <fieldset
          className={`desk-field ${isSent && kinds.length === 0 ? 'is-wrong' : ''}`}
          aria-describedby={isSent && kinds.length === 0 ? `${id}-no-kind` : undefined}
        >
          <legend>{t('webhooks.kinds')}</legend>
          {webhookKinds.map((kind) => (
            <div className="form-check" key={kind}>
              <input
                id={`${id}-${kind}`}
                type="checkbox"
                checked={kinds.includes(kind)}
                onChange={({ target }) =>
                  setKinds(target.checked ? [...kinds, kind] : kinds.filter((it) => it !== kind))
                }
              />
              <label htmlFor={`${id}-${kind}`}>{t(`webhooks.kind.${kind}`)}</label>
            </div>
          ))}
          {isSent && kinds.length === 0 && <Missing id={`${id}-no-kind`} />}
        </fieldset>
        {chosen !== null && (
          <fieldset className="desk-field">
            <legend>{t('webhooks.confidential')}</legend>
            <div className="form-check">
              <input
                id={`${id}-confidential`}
                type="checkbox"
                aria-describedby={`${id}-confidential-help`}
                checked={confidential}
                onChange={({ target }) => setConfidential(target.checked)}
              />
              <label htmlFor={`${id}-confidential`}>{t('webhooks.confidentialToo')}</label>
            </div>
            <p id={`${id}-confidential-help`} className="desk-help">
              {t('webhooks.confidentialHelp')}
            </p>
          </fieldset>
        )}
        <TextField
          label={t('common.reason')}
          help={t('webhooks.reasonHelp')}
          rows={2}
          maxLength={2_000}
          value={reason}
          onChange={setReason}
          isMissing={isMissing(reason)}
        />
        <DialogFoot
          submit={save.isPending ? t('form.sending') : t(webhook ? 'webhooks.save' : 'webhooks.add')}
          disabled={save.isPending || (webhook === null && choices === undefined)}
          onClose={onClose}
        />
      </form>
    </Dialog>
  );
}
