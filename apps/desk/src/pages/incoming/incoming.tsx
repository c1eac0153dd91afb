import { useTranslation } from 'react-i18next';
import { Link, useParams } from 'react-router';
import { useAwaited, useCase } from '../../api/queries.ts';
import { Empty, Loaded } from '../../ui/feedback.tsx';
import { Page } from '../../ui/page.tsx';
import { Register } from './register.tsx';

/** Registering what arrived from outside as the message that the case awaits: people outside have no login. */
export default function Incoming() {
  const { id = '' } = useParams();
  const { t } = useTranslation();
  const file = useCase(id);
  const awaited = useAwaited(id);
  return (
    <Page
      title={t('incoming.title')}
      lead={t('incoming.lead')}
      before={
        <p className="desk-trail">
          <Link to={`/cases/${id}`}>
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
