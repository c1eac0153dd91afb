import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useToday } from '../../time/clock.tsx';
import { addDays } from '../../time/due.ts';
import { Dialog, DialogFoot } from '../../ui/dialog.tsx';

interface PutOffProps {
  readonly onClose: () => void;
  readonly onPutOff: (until: string) => void;
}

const mostDays = 365;

/** Asks for the day on which tasks come back; nothing is put off without one. */
export function PutOff({ onClose, onPutOff }: PutOffProps) {
  const { t } = useTranslation();
  const today = useToday();
  const [until, setUntil] = useState(addDays(today, 7));
  return (
    <Dialog title={t('inbox.putOff')} onClose={onClose}>
      <p>{t('inbox.putOffText')}</p>
      <form
        onSubmit={(event) => {
          event.preventDefault();
          onPutOff(until);
        }}
      >
        <div className="desk-field">
          <label htmlFor="put-off-until">{t('inbox.putOffUntil')}</label>
          <input
            id="put-off-until"
            type="date"
            className="form-control"
            required
            min={addDays(today, 1)}
            max={addDays(today, mostDays)}
            value={until}
            onChange={(event) => setUntil(event.target.value)}
          />
        </div>
        <DialogFoot submit={t('inbox.putOff')} onClose={onClose} />
      </form>
    </Dialog>
  );
}
