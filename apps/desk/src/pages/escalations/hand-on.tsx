import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { EscalationItem } from '../../api/model.ts';
import { useAnswerers } from '../../api/people.ts';
import type { ApiProblem } from '../../api/problem.ts';
import { useTyped } from '../../form/typed.ts';
import { useSession } from '../../session/session.tsx';
import { Dialog, DialogFoot } from '../../ui/dialog.tsx';
import { Refused } from '../../ui/refused.tsx';
import { SelectField } from '../../ui/select-field.tsx';
import { useSent } from '../../ui/sent.tsx';
import { TextField } from '../../ui/text-field.tsx';

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
  const people = (useAnswerers(escalation.id).data ?? []).filter((one) => one.account !== me);
  const [way, setWay] = useState<(typeof ways)[number]>('person');
  const [account, setAccount] = useState('');
  const [role, setRole] = useState<EscalationRole | ''>('');
  const [note, setNote] = useTyped(`hand-on ${escalation.id}`, '');
  const receiver = { person: [account], role: [role], back: [] }[way];
  const { isMissing, summary, sent } = useSent([...receiver, note]);
  const handOn = () => {
    const to = { account: way === 'person' ? account : null, role: way === 'role' ? role || null : null };
    onSubmit({ ...to, note: note.trim() });
  };

  return (
    <Dialog title={t('escalations.step.handOn.button')} onClose={onClose}>
      <p>{t('escalations.step.handOn.text')}</p>
      {error !== null && <Refused error={error} caseId={escalation.caseId} />}
      <form
        noValidate
        onSubmit={(event) => {
          event.preventDefault();
          sent(handOn);
        }}
      >
        {summary}
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
          <SelectField
            label={t('escalations.step.handOn.personField')}
            value={account}
            isMissing={isMissing(account)}
            onChange={setAccount}
          >
            <option value="">{t('escalations.step.handOn.choose')}</option>
            {people.map((one) => (
              <option key={one.account} value={one.account}>
                {one.displayName}
              </option>
            ))}
          </SelectField>
        )}
        {way === 'role' && (
          <SelectField
            label={t('escalations.step.handOn.roleField')}
            value={role}
            isMissing={isMissing(role)}
            onChange={(chosen) => setRole(chosen as EscalationRole | '')}
          >
            <option value="">{t('escalations.step.handOn.choose')}</option>
            {offices
              .filter((one) => one !== escalation.handedTo?.role)
              .map((one) => (
                <option key={one} value={one}>
                  {t(`role.${one}`)}
                </option>
              ))}
          </SelectField>
        )}
        <TextField
          label={t('escalations.note')}
          rows={3}
          maxLength={2_000}
          value={note}
          onChange={setNote}
          isMissing={isMissing(note)}
        />
        <DialogFoot
          submit={busy ? t('form.sending') : t('escalations.step.handOn.button')}
          disabled={busy}
          onClose={onClose}
        />
      </form>
    </Dialog>
  );
}
