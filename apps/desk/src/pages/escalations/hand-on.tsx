import { useState } from 'react';
import type { FormEvent } from 'react';
import { useTranslation } from 'react-i18next';
import type { EscalationItem } from '../../api/model.ts';
import { usePeople } from '../../api/people.ts';
import type { ApiProblem } from '../../api/problem.ts';
import { useTyped } from '../../form/typed.ts';
import { useSession } from '../../session/session.tsx';
import { Dialog, DialogFoot } from '../../ui/dialog.tsx';
import { Icon } from '../../ui/icon.tsx';
import { Refused } from '../../ui/refused.tsx';

export interface HandOn {
  readonly account: string | null;
  readonly role: EscalationRole | null;
  readonly note: string;
}

/** Offices to which an escalation is handed as a whole. */
const offices = [
  'DESK_OPERATOR',
  'DESK_SUPERVISOR',
  'UPD',
  'STRUCTURE_HEAD',
  'COMUNE_HR',
  'SEGRETARIO',
] as const;
type EscalationRole = (typeof offices)[number];
const ways = ['person', 'role', 'back'] as const;

interface Props {
  readonly escalation: EscalationItem;
  readonly busy: boolean;
  readonly error: ApiProblem | null;
  readonly onClose: () => void;
  readonly onSubmit: (to: HandOn) => void;
}

/** Asks to whom an escalation goes, and why. */
export function HandOnDialog({ escalation, busy, error, onClose, onSubmit }: Props) {
  const { t } = useTranslation();
  const { account: me } = useSession();
  const people = (usePeople().data ?? []).filter(({ account }) => account !== me);
  const [way, setWay] = useState<(typeof ways)[number]>('person');
  const [account, setAccount] = useState('');
  const [role, setRole] = useState<EscalationRole | ''>('');
  const [note, setNote] = useTyped(`hand-on ${escalation.id}`, '');
  const [tried, setTried] = useState(false);
  const noReceiver = (way === 'person' && account === '') || (way === 'role' && role === '');
  const noNote = note.trim() === '';

  const submit = (event: FormEvent) => {
    event.preventDefault();
    setTried(true);
    if (noReceiver || noNote) return;
    const to = { account: way === 'person' ? account : null, role: way === 'role' ? role || null : null };
    onSubmit({ ...to, note: note.trim() });
  };
  const missing = (id: string, is: boolean) =>
    tried &&
    is && (
      <p id={id} className="desk-field-error">
        <Icon name="error" size="xs" /> {t('form.faults.required')}
      </p>
    );

  return (
    <Dialog title={t('escalations.step.handOn.button')} onClose={onClose}>
      <p>{t('escalations.step.handOn.text')}</p>
      {error !== null && <Refused error={error} caseId={escalation.caseId} />}
      <form onSubmit={submit} noValidate>
        <fieldset className="desk-field">
          <legend>{t('escalations.step.handOn.to')}</legend>
          {ways.map((one) => (
            <div className="form-check" key={one}>
              <input
                id={`way-${one}`}
                type="radio"
                name="way"
                value={one}
                checked={way === one}
                onChange={() => setWay(one)}
              />
              <label htmlFor={`way-${one}`}>{t(`escalations.step.handOn.${one}`)}</label>
            </div>
          ))}
        </fieldset>
        {way === 'person' && (
          <div className={`desk-field ${tried && noReceiver ? 'is-wrong' : ''}`}>
            <label htmlFor="receiver">{t('escalations.step.handOn.personField')}</label>
            <select
              id="receiver"
              className="form-select"
              value={account}
              aria-required
              aria-invalid={(tried && noReceiver) || undefined}
              aria-describedby={tried && noReceiver ? 'receiver-error' : undefined}
              onChange={(event) => setAccount(event.target.value)}
            >
              <option value="">{t('escalations.step.handOn.choose')}</option>
              {people.map((one) => (
                <option key={one.account} value={one.account}>
                  {one.displayName} · {one.offices.map(({ bodyName }) => bodyName)[0]}
                </option>
              ))}
            </select>
            {missing('receiver-error', noReceiver)}
          </div>
        )}
        {way === 'role' && (
          <div className={`desk-field ${tried && noReceiver ? 'is-wrong' : ''}`}>
            <label htmlFor="office">{t('escalations.step.handOn.roleField')}</label>
            <select
              id="office"
              className="form-select"
              value={role}
              aria-required
              aria-invalid={(tried && noReceiver) || undefined}
              aria-describedby={tried && noReceiver ? 'office-error' : undefined}
              onChange={(event) => setRole(event.target.value as EscalationRole | '')}
            >
              <option value="">{t('escalations.step.handOn.choose')}</option>
              {offices
                .filter((one) => one !== escalation.handedTo?.role)
                .map((one) => (
                  <option key={one} value={one}>
                    {t(`role.${one}`)}
                  </option>
                ))}
            </select>
            {missing('office-error', noReceiver)}
          </div>
        )}
        <div className={`desk-field ${tried && noNote ? 'is-wrong' : ''}`}>
          <label htmlFor="note">{t('escalations.note')}</label>
          <textarea
            id="note"
            className="form-control"
            rows={3}
            maxLength={2000}
            value={note}
            aria-required
            aria-invalid={(tried && noNote) || undefined}
            aria-describedby={tried && noNote ? 'note-error' : undefined}
            onChange={(event) => setNote(event.target.value)}
          />
          {missing('note-error', noNote)}
        </div>
        <DialogFoot
          submit={busy ? t('form.sending') : t('escalations.step.handOn.button')}
          disabled={busy}
          onClose={onClose}
        />
      </form>
    </Dialog>
  );
}
