import { useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { Link, Navigate, useLocation, useNavigate } from 'react-router';
import type { Session } from '../api/model.ts';
import { sendDrafts } from '../form/kept-drafts.ts';
import { changeLanguage, languages } from '../i18n/index.ts';
import type { Language } from '../i18n/index.ts';
import { ownEntrance } from '../session/guest.ts';
import { endSession, leaveSession, signOut, useSession } from '../session/session.tsx';
import { Dialog, DialogFoot } from '../ui/dialog.tsx';
import { Empty } from '../ui/feedback.tsx';
import { Icon } from '../ui/icon.tsx';
import { Menu } from '../ui/menu.tsx';
import { Page } from '../ui/page.tsx';
import { Notices } from './notices.tsx';
import { openShortcuts } from './shortcuts.tsx';

/** The strip with body, language and person, the name of the service, and the navigation. */
export function Header({
  session,
  banner,
}: {
  readonly session: Session | null;
  readonly banner: ReactNode;
}) {
  const { t } = useTranslation();
  const home = session?.grants[0];
  const [isLanguageLost, setLanguageLost] = useState(false);
  const goOver = (language: Language) =>
    void changeLanguage(language).then(
      () => setLanguageLost(false),
      () => setLanguageLost(true),
    );
  return (
    <header className="desk-header">
      {banner}
      <div className="desk-slim">
        <div className="container-xl">
          <span className="desk-body">{home ? bodyName(session, home.body) : t('shell.owner')}</span>
          <div className="desk-slim-tools">
            <LanguageSwitch onChoice={goOver} />
            {session && <Notices />}
            {session && <UserMenu session={session} />}
          </div>
        </div>
      </div>
      <div role="alert">
        {isLanguageLost && (
          <p className="desk-offline">
            <Icon name="warning-circle" size="xs" /> {t('shell.languageFailed')}
          </p>
        )}
      </div>
      <div className="desk-brand">
        <div className="container-xl">
          <Link to="/" className="desk-logo">
            <img src="/favicon.svg" alt="" width="40" height="40" />
            <span>
              <span className="desk-logo-name">Iter</span>
              <span className="desk-logo-tagline">{t('shell.tagline')}</span>
            </span>
          </Link>
        </div>
      </div>
      {session && <Navigation session={session} />}
    </header>
  );
}

function bodyName(session: Session, code: string): string {
  return session.bodies.find((body) => body.code === code)?.name ?? code;
}

interface Entry {
  readonly to: string;
  readonly label:
    | 'tasks'
    | 'cases'
    | 'deadlines'
    | 'escalations'
    | 'incidents'
    | 'operations'
    | 'audit'
    | 'statistics'
    | 'training'
    | 'programme'
    | 'library'
    | 'terms'
    | 'registers'
    | 'certifiedMail'
    | 'entrance'
    | 'part';
  /** Shown to who may do one of these somewhere. */
  readonly acts: readonly string[];
}

const entries: readonly Entry[] = [
  // Of the system operator alone, whose work begins there.
  { to: '/operations', label: 'operations', acts: ['ReadOperations'] },
  { to: '/tasks', label: 'tasks', acts: ['ClaimUserTask', 'CompleteUserTask', 'AssignUserTask'] },
  { to: '/cases', label: 'cases', acts: ['SeeCase', 'ReadCase'] },
  { to: '/deadlines', label: 'deadlines', acts: ['SeeCase', 'ReadCase'] },
  { to: '/escalations', label: 'escalations', acts: ['AcknowledgeEscalation'] },
  { to: '/certified-mail', label: 'certifiedMail', acts: ['ReadCertifiedMail'] },
  { to: '/incidents', label: 'incidents', acts: ['ReadIncidents', 'ResolveIncident'] },
  {
    to: '/audit',
    label: 'audit',
    acts: ['ReadAuditEvents', 'ReadAccesses', 'ReadErasures', 'ReadCheckpoints'],
  },
  { to: '/statistics', label: 'statistics', acts: ['ReadStatistics'] },
  { to: '/training', label: 'training', acts: ['ReadCourses'] },
  { to: '/programme', label: 'programme', acts: ['ReadProgramme'] },
  { to: '/library', label: 'library', acts: ['ReadLibrary'] },
  { to: '/terms', label: 'terms', acts: ['ReadTerms'] },
  { to: '/registers', label: 'registers', acts: ['ReadStaff', 'RegisterBody', 'RecordConvention'] },
];

/** Where their own things are comes first, for those who come to the desk from elsewhere. */
const allowedTo = (session: Session): readonly Entry[] => {
  const own = ownEntrance(session);
  const first =
    own === null ? [] : [{ to: own, label: own === '/entrance' ? 'entrance' : 'part', acts: [] } as const];
  return [...first, ...entries.filter((entry) => entry.acts.some((act) => session.acts.includes(act)))];
};

/** The page where this person's work begins: the first that the navigation offers. */
export function Home() {
  const { t } = useTranslation();
  // The law and the courses are there for everybody to read, and nobody's work begins with them.
  const [first] = allowedTo(useSession()).filter(({ label }) => label !== 'terms' && label !== 'training');
  if (first) return <Navigate to={first.to} replace />;
  return (
    <Page title={t('home.title')}>
      <Empty icon="info-circle" title={t('home.nothing')}>
        {t('home.text')}
      </Empty>
    </Page>
  );
}

/** Pages that lie beside one that the navigation offers. */
const beside: Readonly<Record<string, string>> = {
  '/calendars': '/terms',
  '/printed-registers': '/deadlines',
  '/substitutions': '/escalations',
};

function isAt(pathname: string, to: string): boolean {
  const place = beside[pathname] ?? pathname;
  return place === to || place.startsWith(`${to}/`);
}

/** Beside their own page, what those who take part in one thing only see at once; the lists of the desk are a button away. */
const alsoTheirs: ReadonlySet<Entry['label']> = new Set(['part', 'training', 'programme', 'library']);

function Navigation({ session }: { readonly session: Session }) {
  const { t } = useTranslation();
  const { pathname } = useLocation();
  const [open, setOpen] = useState(false);
  const [all, setAll] = useState(false);
  const allowed = allowedTo(session);
  const few = allowed[0]?.label === 'part' ? allowed.filter(({ label }) => alsoTheirs.has(label)) : allowed;
  // Where somebody is, is shown in any case.
  const shown = all ? allowed : allowed.filter((entry) => few.includes(entry) || isAt(pathname, entry.to));
  return (
    <nav className="desk-nav" aria-label={t('shell.navigation')}>
      <div className="container-xl">
        <button
          type="button"
          className="desk-nav-toggle"
          aria-expanded={open}
          aria-controls="desk-nav-list"
          onClick={() => setOpen(!open)}
        >
          <Icon name={open ? 'close' : 'burger'} /> {t('shell.menu')}
        </button>
        <ul id="desk-nav-list" className={open ? 'is-open' : ''}>
          {shown.map((entry) => (
            <li key={entry.to}>
              <Link
                to={entry.to}
                aria-current={isAt(pathname, entry.to) ? 'page' : undefined}
                onClick={() => setOpen(false)}
              >
                {t(`nav.${entry.label}`)}
              </Link>
            </li>
          ))}
          {few.length < allowed.length && (
            <li>
              <button type="button" aria-expanded={all} onClick={() => setAll(!all)}>
                {t(all ? 'shell.fewerPages' : 'shell.morePages')}
              </button>
            </li>
          )}
        </ul>
      </div>
    </nav>
  );
}

function LanguageSwitch({ onChoice }: { readonly onChoice: (language: Language) => void }) {
  const { t, i18n } = useTranslation();
  return (
    <div className="desk-languages" role="group" aria-label={t('shell.language')}>
      {languages.map((language) => (
        <button
          key={language}
          type="button"
          lang={language}
          aria-pressed={i18n.language === language}
          onClick={() => onChoice(language)}
        >
          <span aria-hidden="true">{language.toUpperCase()}</span>
          <span className="visually-hidden">{language === 'it' ? 'Italiano' : 'English'}</span>
        </button>
      ))}
    </div>
  );
}

function UserMenu({ session }: { readonly session: Session }) {
  const { t, i18n } = useTranslation();
  const queries = useQueryClient();
  const navigate = useNavigate();
  const [isLosing, setLosing] = useState(false);
  const [isLeaving, setLeaving] = useState(false);
  const leave = async () => {
    setLeaving(true);
    leaveSession(queries);
    await signOut(session.account).catch(() => undefined);
    endSession(queries);
    await navigate('/');
  };
  const sendAndLeave = async (close: () => void) => {
    setLeaving(true);
    if ((await sendDrafts(session.account)).length === 0) return leave();
    close();
    setLeaving(false);
    setLosing(true);
  };
  return (
    <>
      <Menu
        label={t('shell.user', { name: session.displayName })}
        button={
          <>
            <Icon name="user" />
            <span className="desk-user-name">{session.displayName}</span>
            <Icon name="expand" size="xs" />
          </>
        }
      >
        {(close) => (
          <div className="desk-user">
            <p className="fw-semibold mb-0">{session.displayName}</p>
            <p className="small mb-2">{session.account}</p>
            <ul className="small desk-plain-list mb-2">
              {session.grants.map((grant) => (
                <li key={`${grant.role}@${grant.body} ${grant.onBehalfOf ?? ''}`}>
                  {i18n.exists(`role.${grant.role}`) ? t(`role.${grant.role}` as 'role.UPD') : grant.role}
                  {' · '}
                  {bodyName(session, grant.body)}
                  {grant.onBehalfOf && `, ${t('substitutions.inPlaceOf', { who: grant.onBehalfOf })}`}
                </li>
              ))}
            </ul>
            <Link to="/substitutions" className="desk-menu-item" onClick={close}>
              <Icon name="exchange-circle" size="sm" /> {t('substitutions.menu')}
            </Link>
            <Link to="/preferences" className="desk-menu-item" onClick={close}>
              <Icon name="mail" size="sm" /> {t('shell.preferences')}
            </Link>
            <button
              type="button"
              className="desk-menu-item"
              onClick={() => {
                close();
                openShortcuts();
              }}
            >
              <Icon name="help-circle" size="sm" /> {t('shortcuts.title')}
            </button>
            <button
              type="button"
              className="desk-menu-item"
              aria-disabled={isLeaving}
              onClick={() => void (isLeaving || sendAndLeave(close))}
            >
              <Icon name="logout" size="sm" />{' '}
              <span aria-live="polite">{t(isLeaving ? 'shell.signingOut' : 'shell.signOut')}</span>
            </button>
          </div>
        )}
      </Menu>
      {isLosing && (
        <Dialog title={t('shell.notKept')} onClose={() => setLosing(false)}>
          <form
            onSubmit={(event) => {
              event.preventDefault();
              void leave();
            }}
          >
            <p>{t('shell.notKeptText')}</p>
            <DialogFoot
              danger
              disabled={isLeaving}
              submit={t(isLeaving ? 'shell.signingOut' : 'shell.signOut')}
              onClose={() => setLosing(false)}
            />
          </form>
        </Dialog>
      )}
    </>
  );
}
