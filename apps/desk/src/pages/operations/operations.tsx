import { useTranslation } from 'react-i18next';
import { useStatus } from '../../api/queries.ts';
import { useMay } from '../../session/session.tsx';
import { Page } from '../../ui/page.tsx';
import { SystemTabs } from '../../ui/tabs.tsx';
import { DemoClock } from './clock.tsx';
import { Failed } from './failed.tsx';
import { Followers } from './followers.tsx';
import { JobTypes } from './job-types.tsx';
import { MailState } from './mail.tsx';
import { Work } from './work.tsx';

/** The machine room: what is to be done and how late it is, followers and how far behind they are, what failed. */
export default function Operations() {
  const { t } = useTranslation();
  const may = useMay();
  const status = useStatus();
  return (
    <Page
      title={t('operations.title')}
      lead={t('operations.lead')}
      actions={
        // A page of its own, which the router does not know.
        <a className="btn btn-outline-primary" href="/bull-board/">
          {t('operations.board')}
        </a>
      }
    >
      <SystemTabs />
      {status.data?.demo && may('MoveClock') && <DemoClock />}
      <Failed />
      <Work />
      <JobTypes />
      <Followers />
      <MailState />
    </Page>
  );
}
