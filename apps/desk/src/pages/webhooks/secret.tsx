import { useId, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Note } from '../../ui/feedback.tsx';
import { Icon } from '../../ui/icon.tsx';

/** The secret is told once: who leaves this page makes another. */
export function Secret({ name, secret }: { readonly name: string; readonly secret: string }) {
  const { t } = useTranslation();
  const id = useId();
  const [copied, setCopied] = useState(false);
  const copy = () =>
    void navigator.clipboard?.writeText(secret).then(
      () => setCopied(true),
      () => undefined,
    );
  return (
    <Note key={secret} kind="success" title={t('webhooks.made', { name })} focus>
      <p>{t('webhooks.once')}</p>
      <div className="desk-field">
        <label htmlFor={id}>{t('webhooks.secret')}</label>
        <input
          id={id}
          className="form-control"
          readOnly
          value={secret}
          onFocus={(event) => event.target.select()}
        />
      </div>
      <div className="desk-form-foot">
        <button type="button" className="btn btn-outline-primary" onClick={copy}>
          <Icon name="copy" size="sm" /> {t('webhooks.copy')}
        </button>
        <span aria-live="polite">{copied && t('webhooks.copied')}</span>
      </div>
    </Note>
  );
}
