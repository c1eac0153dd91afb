import { useMemo, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { api } from '../../api/client.ts';
import { useCommand } from '../../api/commands.ts';
import type { HistoryEvent } from '../../api/model.ts';
import { useCase, useHistory } from '../../api/queries.ts';
import type { Deployed } from '../../api/queries.ts';
import { useMay } from '../../session/session.tsx';
import { ReasonDialog } from '../../ui/reason.tsx';
import { rectifiable } from './rectifiable.ts';
import { RectifyDialog } from './rectify.tsx';

interface TakeBackProps {
  readonly caseId: string;
  readonly event: HistoryEvent;
  readonly deployed: Deployed | undefined;
  /** What was done, in words. */
  readonly what: string;
}

const entries: ReadonlySet<string> = new Set(['CaseStarted', 'UserTaskCompleted', 'MessageCorrelated']);

/** Beside what people did or entered: how it is taken back, with a reason, as long as nothing was sent on its ground. */
export function TakeBack({ caseId, event, deployed, what }: TakeBackProps) {
  const { t } = useTranslation();
  const may = useMay();
  const [asked, setAsked] = useState<'reopen' | 'rectify' | null>(null);
  const file = useCase(caseId).data;
  const id = `${caseId}.${String(event.data.key)}`;
  const reopen = useCommand((reason: string, header) =>
    api.POST('/api/v1/tasks/{id}/reopen', {
      params: { path: { id }, header: { ...header } },
      body: { reason },
    }),
  );
  const history = useHistory(caseId).data;
  const values = useMemo(() => rectifiable(history ?? [], event), [history, event]);
  if (file?.state !== 'active' || !entries.has(event.type)) return null;
  const canReopen = event.type === 'UserTaskCompleted' && may('ReopenUserTask');
  const canRectify = values !== null && may('RectifyCase');
  return (
    <>
      {(canReopen || canRectify) && (
        <p className="desk-sub mb-0 d-print-none">
          {canReopen && (
            <button
              type="button"
              className="btn btn-link btn-sm p-0 me-3"
              aria-label={`${t('takeBack.reopen')}: ${what}`}
              onClick={() => setAsked('reopen')}
            >
              {t('takeBack.reopen')}
            </button>
          )}
          {canRectify && (
            <button
              type="button"
              className="btn btn-link btn-sm p-0"
              aria-label={`${t('takeBack.rectify')}: ${what}`}
              onClick={() => setAsked('rectify')}
            >
              {t('takeBack.rectify')}
            </button>
          )}
        </p>
      )}
      {asked === 'reopen' && (
        <ReasonDialog
          title={t('takeBack.reopenTitle')}
          text={t('takeBack.reopenText', { what })}
          label={t('common.reason')}
          submit={t('takeBack.reopen')}
          busy={reopen.isPending}
          error={reopen.error}
          onClose={() => {
            reopen.reset();
            setAsked(null);
          }}
          onSubmit={(reason) => reopen.mutate(reason, { onSuccess: () => setAsked(null) })}
        />
      )}
      {asked === 'rectify' && values !== null && (
        <RectifyDialog
          caseId={caseId}
          event={event}
          deployed={deployed}
          values={values}
          onClose={() => setAsked(null)}
        />
      )}
    </>
  );
}
