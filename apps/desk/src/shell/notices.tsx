import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import { api } from '../api/client.ts';
import { useCommand } from '../api/commands.ts';
import { useNotices } from '../api/queries.ts';
import { dayInRome } from '../time/due.ts';
import { formatDate, formatInstant } from '../time/format.ts';
import { Menu } from '../ui/menu.tsx';

/** The bell: what the ladders of the terms had to say to this person's roles. */
export function Notices() {
  const { t, i18n } = useTranslation();
  const notices = useNotices();
  const read = useCommand((id: string, header) =>
    api.POST('/api/v1/notices/{id}/read', { params: { path: { id }, header: { ...header } } }),
  );
  const items = notices.data ?? [];
  const unread = items.filter((notice) => notice.readAt === null);
  const language = i18n.language === 'en' ? 'en' : 'it';
  return (
    <Menu
      className="desk-bell"
      label={t('notices.button', { count: unread.length })}
      button={
        <>
          <Bell />
          {unread.length > 0 && (
            <span className="desk-bell-count" aria-hidden="true">
              {unread.length > 99 ? '99+' : unread.length}
            </span>
          )}
        </>
      }
    >
      {(close) => (
        <div className="desk-notices">
          <p className="fw-semibold mb-2">{t('notices.title')}</p>
          {items.length === 0 && <p className="mb-0">{t('notices.empty')}</p>}
          <ul className="desk-plain-list">
            {items.slice(0, 20).map((notice) => (
              <li key={notice.id} className={notice.readAt === null ? 'is-unread' : ''}>
                <Link
                  to={`/cases/${notice.caseId}`}
                  onClick={() => {
                    if (notice.readAt === null) read.mutate(notice.id);
                    close();
                  }}
                >
                  {notice.readAt === null && <span className="visually-hidden">{t('notices.new')} </span>}
                  {notice.label[language]}
                </Link>
                <span className="small">
                  {notice.caseCode}
                  {notice.legalDueDate !== null &&
                    ` · ${t(
                      // After a pause, what says “today” is told later.
                      notice.legalDueDate < dayInRome(new Date(notice.at)) ? 'notices.wasDue' : 'notices.due',
                      { date: formatDate(notice.legalDueDate, i18n.language) },
                    )}`}
                  {' · '}
                  {formatInstant(notice.at, i18n.language)}
                </span>
              </li>
            ))}
          </ul>
        </div>
      )}
    </Menu>
  );
}

/** The sprite of Bootstrap Italia has no bell. */
function Bell() {
  return (
    <svg className="icon icon-sm" viewBox="0 0 24 24" aria-hidden="true" focusable="false">
      <path d="M12 2a1 1 0 0 1 1 1v1.1A6.500 6.500 0 0 1 18.500 10.500V15l1.800 2.400a.8.8 0 0 1-.6 1.300H4.300a.8.8 0 0 1-.6-1.300L5.500 15v-4.500A6.500 6.500 0 0 1 11 4.100V3a1 1 0 0 1 1-1Zm0 3.500a5 5 0 0 0-5 5v5l-1.200 1.700h12.400L17 15.500v-5a5 5 0 0 0-5-5ZM9.700 20h4.600a2.300 2.300 0 0 1-4.600 0Z" />
    </svg>
  );
}
