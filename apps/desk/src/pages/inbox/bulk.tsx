import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { TaskAct } from '../../api/inbox.ts';
import type { TaskItem } from '../../api/model.ts';
import { useMay, useSession } from '../../session/session.tsx';
import { AssignDialog } from '../../ui/assign.tsx';
import { ReasonDialog } from '../../ui/reason.tsx';
import { isOffered } from './offered.ts';
import { PutOff } from './put-off.tsx';

interface BulkProps {
  readonly tasks: readonly TaskItem[];
  readonly busy: boolean;
  readonly onAct: (tasks: readonly TaskItem[], act: TaskAct) => void;
  readonly onClear: () => void;
}

/** What can be done with the tasks that are ticked; each act goes to those that it fits. */
export function Bulk({ tasks, busy, onAct, onClear }: BulkProps) {
  const { t } = useTranslation();
  const session = useSession();
  const { account } = session;
  const may = useMay();
  const [asked, setAsked] = useState<'assign' | 'put-off' | 'note' | null>(null);
  const free = tasks.filter((task) => isOffered(task, session));
  const mine = tasks.filter(({ assignee }) => assignee === account);
  // A case is told once, however many of its tasks are ticked.
  const oneOfEach = [...new Map(tasks.map((task) => [task.caseId, task])).values()];
  const close = () => setAsked(null);
  const button = (label: string, isOn: boolean, act: () => void) => (
    <button type="button" className="btn btn-sm btn-outline-primary" disabled={busy || !isOn} onClick={act}>
      {label}
    </button>
  );
  return (
    <div className="desk-bulk" role="group" aria-label={t('inbox.bulk')}>
      <span className="fw-semibold" role="status">
        {t('inbox.chosen', { count: tasks.length })}
      </span>
      {may('ClaimUserTask') &&
        button(t('inbox.claim'), free.length > 0, () => onAct(free, { type: 'claim' }))}
      {may('ReleaseUserTask') &&
        button(t('inbox.release'), mine.length > 0, () => onAct(mine, { type: 'release' }))}
      {may('AssignUserTask') && button(t('task.assign'), true, () => setAsked('assign'))}
      {button(t('inbox.putOff'), true, () => setAsked('put-off'))}
      {may('AddComment') && button(t('inbox.note'), true, () => setAsked('note'))}
      <button type="button" className="btn btn-sm btn-link" onClick={onClear}>
        {t('inbox.clear')}
      </button>
      {asked === 'assign' && (
        <AssignDialog
          tasks={tasks.map(({ id }) => id)}
          busy={busy}
          error={null}
          onClose={close}
          onAssign={(to) => {
            close();
            onAct(tasks, { type: 'assign', to });
          }}
        />
      )}
      {asked === 'note' && (
        <ReasonDialog
          title={t('inbox.note')}
          text={t('inbox.noteText', { count: oneOfEach.length })}
          label={t('comments.label')}
          submit={t('comments.add')}
          about={oneOfEach.map(({ caseId }) => caseId).join()}
          most={10_000}
          busy={busy}
          error={null}
          onClose={close}
          onSubmit={(text) => {
            close();
            onAct(oneOfEach, { type: 'note', text });
          }}
        />
      )}
      {asked === 'put-off' && (
        <PutOff
          onClose={close}
          onPutOff={(until) => {
            close();
            onAct(tasks, { type: 'put-off', until });
          }}
        />
      )}
    </div>
  );
}
