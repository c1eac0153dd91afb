import { useTranslation } from 'react-i18next';
import { Link, useParams } from 'react-router';
import { useSession } from '../../session/session.tsx';
import { Ledger } from '../training/ledger.tsx';
import { Page } from '../../ui/page.tsx';
import { JustDone } from '../case/just-done.tsx';
import Missing from '../missing.tsx';
import { DaySheet } from './day-sheet.tsx';
import { Editions } from './editions.tsx';
import { Done, OwnCases, ToDo } from './own-cases.tsx';

const roles = {
  board: ['COMMISSION'],
  trainer: ['TRAINER'],
  participant: ['PARTICIPANT'],
  tutor: ['PROVINCE_TUTOR'],
  province: ['PROVINCE_PARTICIPANT'],
} as const;

type Part = keyof typeof roles;

/** For those who take part in one thing only: what is to be done, and what is theirs. */
export default function PartPage() {
  const { t } = useTranslation();
  const { who = '' } = useParams();
  const { grants } = useSession();
  const isPart = (name: string): name is Part => Object.hasOwn(roles, name);
  if (!isPart(who) || !grants.some(({ role }) => (roles[who] as readonly string[]).includes(role)))
    return <Missing />;
  return (
    <Page title={t(`part.${who}.title`)} lead={t(`part.${who}.lead`)}>
      <JustDone />
      <ToDo />
      {who === 'trainer' && <DaySheet />}
      {(who === 'trainer' || who === 'participant') && <Editions as={who} />}
      {who === 'participant' && (
        <section className="desk-section" aria-labelledby="hours">
          <h2 id="hours" className="h4">
            {t('part.participant.hours')}
          </h2>
          <Ledger />
          <p>
            <Link to="/training">{t('part.participant.courses')}</Link>
          </p>
        </section>
      )}
      {(who === 'tutor' || who === 'province') && (
        <>
          <Done />
          <p>
            <Link to="/programme">{t('part.tutor.programme')}</Link>
          </p>
        </>
      )}
      {who === 'board' && <OwnCases none={t('part.board.none')} />}
    </Page>
  );
}
