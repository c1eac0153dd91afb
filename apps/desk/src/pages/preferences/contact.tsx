import { useState } from 'react';
import type { FormEvent } from 'react';
import { useTranslation } from 'react-i18next';
import { api, body } from '../../api/client.ts';
import { useCommand } from '../../api/commands.ts';
import type { Preferences } from '../../api/model.ts';
import { usePreferences } from '../../api/queries.ts';
import { Loaded, Note, Problem } from '../../ui/feedback.tsx';
import { Icon } from '../../ui/icon.tsx';

const deliveries = ['immediate', 'digest', 'off'] as const;

/** The mail address, how notices come, and a mail to see that they do. */
export function Contact() {
  const { t } = useTranslation();
  const preferences = usePreferences();
  return (
    <section className="desk-section" aria-labelledby="contact">
      <h2 id="contact" className="h4">
        {t('preferences.mail')}
      </h2>
      <Loaded query={preferences} lines={6}>
        {(now) => (
          <>
            {!now.sends && (
              <Note kind="warning" title={t('preferences.noMail')}>
                {t('preferences.noMailText')}
              </Note>
            )}
            <ContactForm now={now} />
            {now.sends && <TestMail email={now.email} />}
          </>
        )}
      </Loaded>
    </section>
  );
}

function ContactForm({ now }: { readonly now: Preferences }) {
  const { t } = useTranslation();
  const [email, setEmail] = useState(now.email ?? '');
  const [delivery, setDelivery] = useState(now.delivery);
  const save = useCommand((request: Pick<Preferences, 'email' | 'delivery'>, header) =>
    body(api.PUT('/api/v1/session/preferences', { params: { header: { ...header } }, body: request })),
  );
  const isWrong = save.error?.code === 'email-invalid';
  const changed = email.trim() !== (now.email ?? '') || delivery !== now.delivery;

  const submit = (event: FormEvent) => {
    event.preventDefault();
    save.mutate({ email: email.trim() === '' ? null : email.trim(), delivery });
  };
  return (
    <form className="desk-panel" onSubmit={submit} noValidate>
      {save.error && !isWrong && <Problem error={save.error} focus />}
      <div className={`desk-field ${isWrong ? 'is-wrong' : ''}`}>
        <label htmlFor="email">{t('preferences.email')}</label>
        <p id="email-help" className="desk-help">
          {t('preferences.emailHelp')}
        </p>
        <input
          id="email"
          type="email"
          autoComplete="email"
          className="form-control"
          maxLength={254}
          value={email}
          aria-invalid={isWrong || undefined}
          aria-describedby={isWrong ? 'email-error email-help' : 'email-help'}
          onChange={(event) => {
            setEmail(event.target.value);
            save.reset();
          }}
        />
        {isWrong && (
          <p id="email-error" className="desk-field-error" role="alert">
            <Icon name="error" size="xs" /> {t('problem.email-invalid')}
          </p>
        )}
      </div>
      <fieldset className="desk-field">
        <legend>{t('preferences.delivery')}</legend>
        {deliveries.map((one) => (
          <div className="form-check" key={one}>
            <input
              id={`delivery-${one}`}
              type="radio"
              name="delivery"
              value={one}
              checked={delivery === one}
              aria-describedby={`delivery-${one}-help`}
              onChange={() => {
                setDelivery(one);
                save.reset();
              }}
            />
            <label htmlFor={`delivery-${one}`}>{t(`preferences.deliveries.${one}`)}</label>
            <p id={`delivery-${one}-help`} className="desk-help">
              {t(`preferences.deliveriesText.${one}`)}
            </p>
          </div>
        ))}
      </fieldset>
      <Note kind="info" title={t('preferences.peremptory')}>
        {t('preferences.peremptoryText')}
      </Note>
      <div className="desk-form-foot">
        <button type="submit" className="btn btn-primary" disabled={save.isPending || !changed}>
          {save.isPending ? t('form.sending') : t('preferences.save')}
        </button>
        <span aria-live="polite" className="desk-draft">
          {save.data && !changed && t('preferences.saved')}
        </span>
      </div>
    </form>
  );
}

function TestMail({ email }: { readonly email: string | null }) {
  const { t } = useTranslation();
  const test = useCommand((_: string, header) =>
    body(api.POST('/api/v1/session/preferences/test-mail', { params: { header: { ...header } } })),
  );
  if (email === null) {
    return (
      <Note kind="warning" title={t('preferences.noAddress')}>
        {t('preferences.noAddressText')}
      </Note>
    );
  }
  return (
    <div className="desk-panel">
      <h3 className="h5">{t('preferences.test')}</h3>
      <p>{t('preferences.testText', { email })}</p>
      {test.error && <Problem error={test.error} focus />}
      {test.data && (
        <Note
          kind={test.data.outcome === 'accepted' ? 'success' : 'danger'}
          title={t(`preferences.tested.${test.data.outcome as 'accepted' | 'refused' | 'later'}`)}
          focus
        >
          {test.data.code !== null && <code>{test.data.code}</code>}
        </Note>
      )}
      <button
        type="button"
        className="btn btn-outline-primary"
        disabled={test.isPending}
        onClick={() => test.mutate(email)}
      >
        {test.isPending ? t('form.sending') : t('preferences.sendTest')}
      </button>
    </div>
  );
}
