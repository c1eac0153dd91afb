import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import { useMay } from '../../session/session.tsx';
import { Empty } from '../../ui/feedback.tsx';
import { useFilters } from '../../ui/filters.ts';
import { oneOf } from '../../ui/choice.tsx';
import { Page } from '../../ui/page.tsx';
import { Boards } from './boards.tsx';
import { ImportFile } from './import-file.tsx';
import { Offices, Staff } from './people.tsx';
import { Bodies, Conventions, Mailboxes } from './public.tsx';
import { SharedCases } from './shared-cases.tsx';

/** Each register, and by which act one may see it. */
const sections = {
  bodies: { act: 'ReadBodies', Shown: Bodies },
  conventions: { act: 'ReadBodies', Shown: Conventions },
  staff: { act: 'ReadStaff', Shown: Staff },
  offices: { act: 'ReadStaff', Shown: Offices },
  boards: { act: 'ReadBoards', Shown: Boards },
  mailboxes: { act: 'ReadBodies', Shown: Mailboxes },
  calendars: { act: 'ReadBodies', Shown: Calendars },
  sharing: { act: 'ReadStaff', Shown: SharedCases },
} as const;
type Section = keyof typeof sections;

/** Who and what exists: bodies, conventions, staff, offices, boards, mailboxes and the files of calendars. */
export default function Registers() {
  const { t } = useTranslation();
  const may = useMay();
  const [params] = useFilters();
  const open = (Object.keys(sections) as Section[]).filter((one) => may(sections[one].act));
  const section = oneOf(open, params.get('section')) ?? open[0];
  const { Shown } = section ? sections[section] : { Shown: Nothing };
  return (
    <Page
      title={t('registers.title')}
      lead={t('registers.lead')}
      actions={
        may('ManageWebhooks') && (
          <Link to="/operations/webhooks" className="btn btn-outline-primary">
            {t('webhooks.title')}
          </Link>
        )
      }
    >
      <nav className="desk-tabs" aria-label={t('registers.title')}>
        <ul>
          {open.map((one) => (
            <li key={one}>
              <Link to={`/registers?section=${one}`} aria-current={one === section ? 'page' : undefined}>
                {t(`registers.sections.${one}`)}
              </Link>
            </li>
          ))}
        </ul>
      </nav>
      <Shown key={section} />
    </Page>
  );
}

const Nothing = () => <Empty icon="info-circle" title={useTranslation().t('registers.none')} />;

/** Calendars have a page of their own; files of many of them are read here. */
function Calendars() {
  const { t } = useTranslation();
  const may = useMay();
  return (
    <section aria-labelledby="register-calendars">
      <h2 id="register-calendars" className="h4">
        {t('registers.sections.calendars')}
      </h2>
      <p>{t('registers.leads.calendars')}</p>
      <p>
        <Link to="/calendars">{t('registers.toCalendars')}</Link>
      </p>
      {may('SetLocalCalendar') && <ImportFile register="calendars" ipa={null} asksReason />}
    </section>
  );
}
