import { useQueryClient } from '@tanstack/react-query';
import { useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useSearchParams } from 'react-router';
import { problemOf } from '../api/problem.ts';
import type { ApiProblem } from '../api/problem.ts';
import { useStatus } from '../api/queries.ts';
import { signIn } from '../session/session.tsx';
import { Note, Problem } from '../ui/feedback.tsx';
import { Page } from '../ui/page.tsx';

/** The demo accounts of people, in the order in which a case meets them. */
const demoAccounts = [
  'operatore', 'responsabile', 'upd', 'struttura', 'personale', 'segretario', 'altrocomune', 'updvalle',
  'strutturavalle', 'segretariovalle', 'commissione', 'docente', 'dipendente', 'programma', 'esperto',
  'redazione', 'tutor', 'partecipante', 'auditor', 'dpo', 'gestore',
] as const; // prettier-ignore

/**
 * Signing in with a local account. It stands in the place of the page asked for, which follows at once.
 * @param isOver the session ended while somebody was at work
 */
export function SignIn({ isOver }: { readonly isOver: boolean }) {
  const { t } = useTranslation();
  const [params] = useSearchParams();
  const status = useStatus();
  const queries = useQueryClient();
  const [username, setUsername] = useState('');
  const [password, setPassword] = useState('');
  const [shown, setShown] = useState(false);
  const [busy, setBusy] = useState(false);
  const [problem, setProblem] = useState<ApiProblem | null>(null);
  const passwordField = useRef<HTMLInputElement>(null);

  const enter = async () => {
    setBusy(true);
    setProblem(null);
    try {
      await signIn(username.trim(), password);
      await queries.invalidateQueries();
    } catch (error) {
      setProblem(problemOf(error));
      setBusy(false);
    }
  };

  return (
    <Page title={t('signIn.title')} lead={t('signIn.lead')}>
      <div className="desk-sign-in">
        <form
          className="desk-panel"
          onSubmit={(event) => {
            event.preventDefault();
            void enter();
          }}
        >
          {isOver && problem === null && (
            <Note kind="warning" title={t('signIn.over')} focus>
              {t('signIn.overText')}
            </Note>
          )}
          {params.get('password') === 'changed' && problem === null && (
            <Note kind="success" title={t('ownPassword.changed')} focus>
              {t('ownPassword.changedText')}
            </Note>
          )}
          {problem !== null &&
            (problem.status === 401 ? (
              <Note kind="danger" title={t('signIn.refused')} focus>
                {t('signIn.refusedHint')}
              </Note>
            ) : (
              <Problem error={problem} focus />
            ))}
          <div className="desk-field">
            <label htmlFor="username">{t('signIn.username')}</label>
            <input
              id="username"
              className="form-control"
              autoComplete="username"
              autoCapitalize="none"
              spellCheck={false}
              required
              value={username}
              onChange={(event) => setUsername(event.target.value)}
            />
          </div>
          <div className="desk-field">
            <label htmlFor="password">{t('signIn.password')}</label>
            <input
              id="password"
              ref={passwordField}
              className="form-control"
              type={shown ? 'text' : 'password'}
              autoComplete="current-password"
              required
              value={password}
              onChange={(event) => setPassword(event.target.value)}
            />
            <div className="form-check mt-2">
              <input
                type="checkbox"
                id="show-password"
                checked={shown}
                onChange={(event) => setShown(event.target.checked)}
              />
              <label htmlFor="show-password">{t('signIn.show')}</label>
            </div>
          </div>
          <button type="submit" className="btn btn-primary w-100" disabled={busy}>
            {busy ? t('signIn.entering') : t('signIn.enter')}
          </button>
        </form>
        {status.data?.demo && (
          <section className="desk-panel" aria-labelledby="demo-accounts">
            <h2 id="demo-accounts" className="h5">
              {t('signIn.demoTitle')}
            </h2>
            <p className="small">{t('signIn.demoHint')}</p>
            <ul className="desk-accounts">
              {demoAccounts.map((account) => (
                <li key={account}>
                  <button
                    type="button"
                    onClick={() => {
                      setUsername(account);
                      passwordField.current?.focus();
                    }}
                  >
                    <span className="fw-semibold">{account}</span>
                    <span className="small">{t(`signIn.accounts.${account}`)}</span>
                  </button>
                </li>
              ))}
            </ul>
          </section>
        )}
      </div>
    </Page>
  );
}
