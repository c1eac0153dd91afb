import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { api } from '../../../api/client.ts';
import { useCommand } from '../../../api/commands.ts';
import type { DeadlineItem, DeadlinePreview } from '../../../api/model.ts';
import { MomentInput } from '../../../form/moment.tsx';
import { useTyped } from '../../../form/typed.ts';
import { useToday } from '../../../time/clock.tsx';
import { readLocalTime } from '../../../time/local.ts';
import { Dialog } from '../../../ui/dialog.tsx';
import { Note } from '../../../ui/feedback.tsx';
import { Faster } from '../../../ui/refused.tsx';
import { ActForm } from '../act-form.tsx';
import { isInstant } from './operations.ts';
import type { Operation } from './operations.ts';
import { Prospect } from './prospect.tsx';
import { useRefusalWords } from './words.ts';
import type { DeadlineWords } from './words.ts';

interface ActProps {
  readonly operation: Operation;
  readonly deadline: DeadlineItem;
  readonly words: DeadlineWords;
  readonly onClose: () => void;
}

/** An operation on a deadline: what it means, what it needs, what it would change, and why it is done. */
export function ActDialog({ operation, deadline, words, onClose }: ActProps) {
  const { t } = useTranslation();
  const today = useToday();
  const refusal = useRefusalWords();
  const byHours = isInstant(deadline);
  const [on, setOn] = useState(byHours ? '' : today);
  const [days, setDays] = useTyped(`${operation} ${deadline.id} days`, '');
  const [baseName, setBaseName] = useState(
    deadline.bases.find(({ date }) => date === deadline.base)?.name ?? deadline.bases[0]?.name ?? '',
  );
  const when = dateOf(on, byHours);
  const asked = askedOf(operation, { when, days: Number(days), baseName });
  const act = useCommand((reason: string, intention) => send(deadline.id, asked, reason, intention));

  return (
    <Dialog title={t(`deadlineActs.${operation}.title`)} onClose={onClose}>
      <p className="fw-semibold mb-1">{deadline.label[words.language]}</p>
      <p>{t(`deadlineActs.${operation}.text`)}</p>
      {act.error !== null && (
        <Note kind="danger" title={refusal(act.error.code, act.error.detail)} focus>
          <Faster error={act.error} caseId={deadline.caseId} />
        </Note>
      )}
      <ActForm
        caseId={deadline.caseId}
        about={`${operation} ${deadline.id}`}
        submit={t('deadlineActs.confirm')}
        ready={asked !== null}
        busy={act.isPending}
        error={null}
        onClose={onClose}
        onSubmit={(reason) => act.mutate(reason, { onSuccess: onClose })}
      >
        {operation === 'rebase' && (
          <div className="desk-field">
            <label htmlFor="act-base">{t('deadlineActs.rebase.baseName')}</label>
            <select
              id="act-base"
              className="form-select"
              value={baseName}
              onChange={(event) => setBaseName(event.target.value)}
            >
              {deadline.bases.map(({ name, date }) => (
                <option key={name} value={name}>
                  {words.base(name)} ({date === null ? t('deadlines.unknown') : words.date(date)})
                </option>
              ))}
            </select>
          </div>
        )}
        {operation !== 'extend' && operation !== 'reissue' && (
          <div className="desk-field">
            <label htmlFor="act-date">{t(dateLabels[operation])}</label>
            {byHours ? (
              <MomentInput id="act-date" value={on} required onChange={setOn} />
            ) : (
              <input
                id="act-date"
                type="date"
                className="form-control desk-narrow"
                required
                value={on}
                onChange={(event) => setOn(event.target.value)}
              />
            )}
          </div>
        )}
        {operation === 'extend' && (
          <div className="desk-field">
            <label htmlFor="act-days">{t('deadlineActs.extend.days')}</label>
            <input
              id="act-days"
              type="number"
              min={1}
              max={3660}
              required
              className="form-control desk-number"
              value={days}
              onChange={(event) => setDays(event.target.value)}
            />
          </div>
        )}
        <Prospect deadline={deadline} asked={asked} words={words} />
      </ActForm>
    </Dialog>
  );
}

const dateLabels = {
  suspend: 'deadlineActs.suspend.on',
  resume: 'deadlineActs.resume.on',
  rectify: 'deadlineActs.rectify.on',
  interrupt: 'deadlineActs.interrupt.date',
  rebase: 'deadlineActs.rebase.date',
} as const;

/** The date as the API takes it; null while it is no instant, or may be two. */
function dateOf(typed: string, byHours: boolean): string | null {
  if (!byHours) return typed === '' ? null : typed;
  const read = readLocalTime(typed);
  return read.kind === 'plain' ? read.instant : null;
}

interface Given {
  readonly when: string | null;
  readonly days: number;
  readonly baseName: string;
}

/** What would be asked; null while something is missing. */
function askedOf(operation: Operation, { when, days, baseName }: Given): DeadlinePreview | null {
  switch (operation) {
    case 'extend':
      return Number.isInteger(days) && days >= 1 && days <= 3660 ? { operation, days } : null;
    case 'reissue':
      return { operation: 'reissue-ladder' };
    case 'interrupt':
      return when === null ? null : { operation, date: when };
    case 'rebase':
      return when === null || baseName === '' ? null : { operation, date: when, baseName };
    default:
      return when === null ? null : { operation, on: when };
  }
}

async function send(
  id: string,
  asked: DeadlinePreview | null,
  reason: string,
  intention: { 'Idempotency-Key': string },
): Promise<unknown> {
  const params = { path: { id }, header: { ...intention } };
  const { operation, on = '', days = 0, date = '', baseName = '' } = asked ?? {};
  switch (operation) {
    case 'suspend':
      return api.POST('/api/v1/deadlines/{id}/suspend', { params, body: { on, reason } });
    case 'resume':
      return api.POST('/api/v1/deadlines/{id}/resume', { params, body: { on, reason } });
    case 'rectify':
      return api.POST('/api/v1/deadlines/{id}/rectify', { params, body: { on, reason } });
    case 'extend':
      return api.POST('/api/v1/deadlines/{id}/extend', { params, body: { days, reason } });
    case 'interrupt':
      return api.POST('/api/v1/deadlines/{id}/interrupt', { params, body: { base: date, reason } });
    case 'rebase':
      return api.POST('/api/v1/deadlines/{id}/rebase', { params, body: { baseName, date, reason } });
    case 'reissue-ladder':
      return api.POST('/api/v1/deadlines/{id}/reissue-ladder', { params, body: { reason } });
    default:
      return null;
  }
}
