import { useEffect, useState } from 'react';
import { Outlet, useMatch } from 'react-router';
import { useTranslation } from 'react-i18next';
import { useChanges } from '../api/changes.ts';
import { useStatus } from '../api/queries.ts';
import { SignIn } from '../pages/sign-in.tsx';
import { SessionProvider, useSessionQuery } from '../session/session.tsx';
import { Problem, Skeleton } from '../ui/feedback.tsx';
import { Icon } from '../ui/icon.tsx';
import { Footer } from './footer.tsx';
import { Header } from './header.tsx';
import { Shortcuts } from './shortcuts.tsx';

/** What stands around every page; without a session, the sign-in in the place of the page. */
export function Shell() {
  const { t } = useTranslation();
  const session = useSessionQuery();
  const isTimeKnown = useIsTimeKnown();
  const { down } = useChanges(Boolean(session.data));
  // Whoever answers a questionnaire does not sign in, nor does whoever meets a barrier.
  const isSurvey = useMatch('/survey') !== null;
  const isForAll = useMatch('/accessibility') !== null || isSurvey;

  const frame = (
    <>
      <div className="skiplinks">
        <a className="visually-hidden-focusable" href="#main">
          {t('shell.skipToMain')}
        </a>
        <a className="visually-hidden-focusable" href="#footer">
          {t('shell.skipToFooter')}
        </a>
      </div>
      <Header session={session.data ?? null} banner={<DemoBanner />} />
      <main id="main" tabIndex={-1}>
        <div aria-live="polite">
          {down && (
            <p className="desk-offline">
              <Icon name="warning-circle" size="xs" /> {t('shell.offline')}
            </p>
          )}
        </div>
        {session.data && isTimeKnown ? (
          <>
            <Outlet />
            <Shortcuts />
          </>
        ) : isForAll ? (
          <Outlet />
        ) : session.data === null ? (
          <SignIn isOver={session.isOver} />
        ) : (
          <div className="container-xl desk-page">
            {session.error ? (
              <Problem error={session.error} retry={() => void session.refetch()} />
            ) : (
              <Skeleton lines={6} />
            )}
          </div>
        )}
      </main>
      <Footer />
    </>
  );
  return session.data ? <SessionProvider session={session.data}>{frame}</SessionProvider> : frame;
}

/** No page waits longer for what time it is. */
const clockWaitMs = 1_500;

/** A page that begins with today needs the engine's clock; when the server does not tell it soon, the wall's will do. */
function useIsTimeKnown(): boolean {
  const { isPending, failureCount } = useStatus();
  const [isLate, setLate] = useState(false);
  useEffect(() => {
    const timer = setTimeout(() => setLate(true), clockWaitMs);
    return () => clearTimeout(timer);
  }, []);
  return !isPending || failureCount > 0 || isLate;
}

/** Says on every page that nothing here is real. */
function DemoBanner() {
  const { t } = useTranslation();
  const status = useStatus();
  if (!status.data?.demo) return null;
  return (
    <p className="desk-demo">
      <Icon name="info-circle" size="xs" /> {t('shell.demo')}
    </p>
  );
}
