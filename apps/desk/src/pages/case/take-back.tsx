import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { api } from '../../api/client.ts';
import { useCommand } from '../../api/commands.ts';
import type { CaseSummary, TimelineFact } from '../../api/model.ts';
import type { Deployed } from '../../api/queries.ts';
import { useMay } from '../../session/session.tsx';
import { ReasonDialog } from '../../ui/reason.tsx';
import { Mixed } from '../../ui/mixed.tsx';
import { RectifyDialog } from './rectify.tsx';

interface TakeBackProps {
  readonly file: CaseSummary;
  readonly event: TimelineFact;
  readonly deployed: Deployed | undefined;
  /** What was done, in words of one or two languages. */
  readonly what: string;
}

/** Beside what people did or entered: how it is taken back, with a reason, as long as nothing was sent on its ground. */
export function TakeBack({ file, event, deployed, what }: TakeBackProps) {
  const { t } = useTranslation();
  const may = useMay();
  // What is open stays although somebody else is faster: what was typed is not lost, and the answer is told.
  const [reopening, setReopening] = useState(false);
  const [rectified, setRectified] = useState<TimelineFact['rectifiable']>(null);
  const id = `${file.id}.${String(event.data.key)}`;
  const reopen = useCommand((reason: string, header) =>
    api.POST('/api/v1/tasks/{id}/reopen', {
      params: { path: { id }, header: { ...header } },
      body: { reason },
    }),
  );
  const values = event.rectifiable;
  const isActive = file.state === 'active';
  const canReopen = isActive && event.type === 'UserTaskCompleted' && may('ReopenUserTask');
  const canRectify = isActive && values !== null && may('RectifyCase');
  return (
    <>
      {(canReopen || canRectify) && (
        <p className="desk-sub mb-0 d-print-none">
          {canReopen && (
            <button type="button" className="btn btn-link btn-sm p-0 me-3" onClick={() => setReopening(true)}>
              {t('takeBack.reopen')}
              <span className="visually-hidden">
                {' '}
                <Mixed text={what} />
              </span>
            </button>
          )}
          {canRectify && (
            <button type="button" className="btn btn-link btn-sm p-0" onClick={() => setRectified(values)}>
              {t('takeBack.rectify')}
              <span className="visually-hidden">
                {' '}
                <Mixed text={what} />
              </span>
            </button>
          )}
        </p>
      )}
      {reopening && (
        <ReasonDialog
          title={t('takeBack.reopenTitle')}
          text={t('takeBack.reopenText', { what })}
          label={t('common.reason')}
          submit={t('takeBack.reopen')}
          about={event.id}
          caseId={file.id}
          busy={reopen.isPending}
          error={reopen.error}
          onClose={() => {
            reopen.reset();
            setReopening(false);
          }}
          onSubmit={(reason) => reopen.mutate(reason, { onSuccess: () => setReopening(false) })}
        />
      )}
      {rectified !== null && (
        <RectifyDialog
          file={file}
          event={event}
          deployed={deployed}
          values={rectified}
          onClose={() => setRectified(null)}
        />
      )}
    </>
  );
}
