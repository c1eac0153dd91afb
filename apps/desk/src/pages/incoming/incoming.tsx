import { useTranslation } from 'react-i18next';
import { Link, useParams } from 'react-router';
import { useAwaited, useCase } from '../../api/queries.ts';
import { useIsGuest } from '../../session/guest.ts';
import { Empty, Loaded } from '../../ui/feedback.tsx';
import { Page } from '../../ui/page.tsx';
import { Register } from './register.tsx';

/** Registering what arrived from outside as the message that the case awaits: people outside have no login. */
export default function Incoming() {
  const { id = '' } = useParams();
  const { t } = useTranslation();
  const isGuest = useIsGuest();
  const file = useCase(id);
  const awaited = useAwaited(id);
  return (
    <Page
      title={t(isGuest ? 'entrance.answer' : 'incoming.title')}
      lead={t(isGuest ? 'entrance.answerLead' : 'incoming.lead')}
      before={
        <p className="desk-trail">
          <Link to={isGuest ? `/entrance/${id}` : `/cases/${id}`}>
            {t('common.case')} {file.data?.code ?? ''}
          </Link>
        </p>
      }
    >
      <Loaded query={awaited}>
        {(messages) =>
          messages.length === 0 ? (
            <Empty icon="mail" title={t('incoming.none')}>
              {t('incoming.noneText')}
            </Empty>
          ) : (
            <Register caseId={id} messages={messages} />
          )
        }
      </Loaded>
    </Page>
  );
}
