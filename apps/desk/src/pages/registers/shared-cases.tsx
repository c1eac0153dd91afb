import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useShareCases, useSharing } from '../../api/registers.ts';
import type { Sharing } from '../../api/registers.ts';
import { formatInstant } from '../../time/format.ts';
import { Loaded, Note } from '../../ui/feedback.tsx';
import { ReasonDialog } from '../../ui/reason.tsx';
import { Author } from '../../ui/role.tsx';
import { BodyChoice, useBodyOf } from './body-choice.tsx';

const services = ['onboarding', 'selection', 'training', 'discipline'] as const;

/** Of which services the people of a body see one another's cases: the body decides, one service at a time. */
export function SharedCases() {
  const { t } = useTranslation();
  const ipa = useBodyOf('comune');
  const sharing = useSharing(ipa);
  return (
    <section aria-labelledby="shared-cases">
      <h2 id="shared-cases" className="h4">
        {t('sharing.title')}
      </h2>
      <p>{t('sharing.lead')}</p>
      <BodyChoice value={ipa} />
      <Loaded query={sharing} lines={4}>
        {(now) => <Choices key={ipa} ipa={ipa ?? ''} now={now} />}
      </Loaded>
    </section>
  );
}

function Choices({ ipa, now }: { readonly ipa: string; readonly now: Sharing }) {
  const { t, i18n } = useTranslation();
  const share = useShareCases(ipa);
  const [changed, change] = useState<readonly string[] | null>(null);
  const chosen: readonly string[] = changed ?? now.services;
  const [read, setRead] = useState(now.version);
  const isOvertaken = share.error?.code === 'register-changed';
  // Whoever saves again has read what is decided by now.
  const seen = isOvertaken ? now.version : read;
  const [asking, setAsking] = useState(false);
  const inWords =
    services
      .filter((one) => now.services.includes(one))
      .map((one) => t(`sharing.of.${one}`))
      .join(', ') || t('sharing.none');
  const isChanged = services.some((one) => chosen.includes(one) !== now.services.includes(one));
  const toggle = (one: string, on: boolean) => {
    if (changed === null) setRead(now.version);
    change(on ? [...chosen, one] : chosen.filter((other) => other !== one));
  };
  return (
    <>
      <form
        className="desk-panel"
        onSubmit={(event) => {
          event.preventDefault();
          setAsking(true);
        }}
      >
        <fieldset disabled={!now.editable}>
          <legend className="h6">{t('sharing.services')}</legend>
          {services.map((one) => (
            <div className="form-check" key={one}>
              <input
                type="checkbox"
                id={`share-${one}`}
                checked={chosen.includes(one)}
                aria-describedby={one === 'discipline' ? 'share-discipline-help' : undefined}
                onChange={(event) => toggle(one, event.target.checked)}
              />
              <label htmlFor={`share-${one}`}>{t(`sharing.of.${one}`)}</label>
              {one === 'discipline' && (
                <p id="share-discipline-help" className="desk-sub">
                  {t('sharing.disciplineHelp')}
                </p>
              )}
            </div>
          ))}
        </fieldset>
        <p className="desk-sub">
          {now.at === null || now.role === null ? (
            t('sharing.never')
          ) : (
            <>
              {t('sharing.decided', { at: formatInstant(now.at, i18n.language) })}{' '}
              <Author by={now.by} role={now.role} />
              {now.reason !== null && `: ${now.reason}`}
            </>
          )}
        </p>
        {share.isSuccess && !isChanged && (
          <Note kind="success" focus>
            {t('sharing.saved')}
          </Note>
        )}
        {now.editable && (
          <button type="submit" className="btn btn-primary" disabled={!isChanged}>
            {t('sharing.save')}
          </button>
        )}
      </form>
      {asking && (
        <ReasonDialog
          title={t('sharing.save')}
          text={
            isOvertaken
              ? `${t('sharing.now', { services: inWords })} ${t('sharing.reasonText')}`
              : t('sharing.reasonText')
          }
          label={t('sharing.reason')}
          submit={t('sharing.save')}
          about={ipa}
          busy={share.isPending}
          error={share.error}
          onClose={() => setAsking(false)}
          onSubmit={(reason) =>
            share.mutate(
              { services: [...chosen], reason, seen },
              {
                onSuccess: () => {
                  setAsking(false);
                  change(null);
                },
              },
            )
          }
        />
      )}
    </>
  );
}
