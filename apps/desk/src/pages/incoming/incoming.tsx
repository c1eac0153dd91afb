import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Link, useParams } from 'react-router';
import type { AwaitedMessage } from '../../api/model.ts';
import { isAsked, useAwaited, useCase } from '../../api/queries.ts';
import { useIsGuest } from '../../session/session.tsx';
import { Empty, Loaded } from '../../ui/feedback.tsx';
import { Page } from '../../ui/page.tsx';
import { Question } from '../entrance/question.tsx';
import { Register } from './register.tsx';

/** Registering what arrived from outside as the message that the case awaits: people outside have no login. */
export default function Incoming() {
  const { id = '' } = useParams();
  const { t } = useTranslation();
  const isGuest = useIsGuest();
  const file = useCase(id);
  const awaited = useAwaited(id);
  const seen = useSeen(awaited.data ?? []);
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
          seen.length > 0 ? (
            <>
              {isGuest && file.data && messages.some(isAsked) && (
                // What they are to answer stands where they answer it.
                <div className="desk-panel">
                  <Question file={file.data} />
                </div>
              )}
              <Register
                caseId={id}
                comune={file.data?.comune ?? null}
                messages={seen}
                awaited={
                  new Set(messages.filter(({ mayRegister }) => mayRegister).map(({ message }) => message))
                }
              />
            </>
          ) : (
            <Empty icon="mail" title={t(messages.length === 0 ? 'incoming.none' : 'incoming.notYours')}>
              {messages.length === 0 && t('incoming.noneText')}
            </Empty>
          )
        }
      </Loaded>
    </Page>
  );
}

/** What could be registered at some time since the page was opened: a form that is being filled in stays. */
function useSeen(messages: readonly AwaitedMessage[]): readonly AwaitedMessage[] {
  const [seen, setSeen] = useState<readonly AwaitedMessage[]>([]);
  const news = messages.filter(
    (one) => one.mayRegister && !seen.some(({ message }) => message === one.message),
  );
  if (news.length > 0) setSeen([...seen, ...news]);
  return seen.map((one) => messages.find(({ message }) => message === one.message) ?? one);
}
