import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useAdopt } from '../../api/library.ts';
import type { Package } from '../../api/library.ts';
import type { Session } from '../../api/model.ts';
import { useSession } from '../../session/session.tsx';
import { useToday } from '../../time/clock.tsx';
import { Choice } from '../../ui/choice.tsx';
import { Note, Problem } from '../../ui/feedback.tsx';
import { Icon } from '../../ui/icon.tsx';

type Body = Session['bodies'][number];

/** The bodies for which one says what they use: those whose service one heads. */
export function useOwnBodies(): readonly Body[] {
  const { grants, bodies } = useSession();
  return bodies.filter(({ code }) =>
    grants.some(({ role, body }) => role === 'DESK_SUPERVISOR' && body === code),
  );
}

const isHash = (text: string): boolean => text === '' || /^sha256:[0-9a-f]{64}$/.test(text);

/** Says that a body uses a version, since when, and what it made of it. */
export function Adopt({ one, bodies }: { readonly one: Package; readonly bodies: readonly Body[] }) {
  const { t } = useTranslation();
  const today = useToday();
  const adopt = useAdopt(one.key);
  const offered = one.all.filter(({ withdrawn }) => withdrawn === null);
  const [asked, setAsked] = useState({ body: bodies[0]?.code ?? '', version: '', since: '', adapted: '' });
  const change = (part: Partial<typeof asked>) => setAsked({ ...asked, ...part });
  const version = asked.version || (offered[0]?.version ?? '');
  const since = asked.since || today;
  const [isWrong, setWrong] = useState(false);
  if (offered.length === 0) return null;
  return (
    <details className="desk-panel">
      <summary className="fw-semibold">{t('library.adopt')}</summary>
      <p className="mt-3">{t('library.adoptText')}</p>
      {adopt.error && <Problem error={adopt.error} focus />}
      {adopt.isSuccess && (
        <Note kind="success" focus>
          {t('library.adopted')}
        </Note>
      )}
      <form
        onSubmit={(event) => {
          event.preventDefault();
          const adapted = asked.adapted.trim();
          setWrong(!isHash(adapted));
          if (isHash(adapted))
            adopt.mutate({ body: asked.body, version, since, ...(adapted !== '' && { adapted }) });
        }}
      >
        <div className="desk-filters">
          <Choice
            id="adopt-body"
            label={t('library.adoptFor')}
            always
            value={asked.body}
            onChange={(body) => change({ body })}
          >
            {bodies.map(({ code, name }) => (
              <option key={code} value={code}>
                {name}
              </option>
            ))}
          </Choice>
          <Choice
            id="adopt-version"
            label={t('library.version')}
            always
            value={version}
            onChange={(picked) => change({ version: picked })}
          >
            {offered.map((it) => (
              <option key={it.version} value={it.version}>
                {it.version}
              </option>
            ))}
          </Choice>
          <div className="desk-field">
            <label htmlFor="adopt-since">{t('library.since')}</label>
            <input
              id="adopt-since"
              type="date"
              className="form-control"
              required
              max={today}
              value={since}
              onChange={(event) => change({ since: event.target.value })}
            />
          </div>
        </div>
        <div className={`desk-field ${isWrong ? 'is-wrong' : ''}`}>
          <label htmlFor="adopt-hash">
            {t('library.adaptedHash')} <span className="desk-optional">{t('form.optional')}</span>
          </label>
          <p id="adopt-hash-help" className="desk-help">
            {t('library.adaptedHelp')}
          </p>
          <input
            id="adopt-hash"
            className="form-control"
            maxLength={71}
            spellCheck={false}
            value={asked.adapted}
            aria-invalid={isWrong || undefined}
            aria-describedby={isWrong ? 'adopt-hash-error' : 'adopt-hash-help'}
            onChange={(event) => {
              change({ adapted: event.target.value });
              setWrong(false);
            }}
          />
          {isWrong && (
            <p id="adopt-hash-error" className="desk-field-error">
              <Icon name="error" size="xs" />
              {t('library.adaptedWrong')}
            </p>
          )}
        </div>
        <div className="desk-form-foot">
          <button type="submit" className="btn btn-primary" disabled={adopt.isPending}>
            {adopt.isPending ? t('form.sending') : t('library.adoptSubmit')}
          </button>
        </div>
      </form>
    </details>
  );
}
