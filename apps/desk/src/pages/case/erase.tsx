import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { api } from '../../api/client.ts';
import { useCommand } from '../../api/commands.ts';
import type { OneCase } from '../../api/model.ts';
import { useTyped } from '../../form/typed.ts';
import { useMay, useSession } from '../../session/session.tsx';
import { useToday } from '../../time/clock.tsx';
import { formatDate, formatInstant } from '../../time/format.ts';
import { Dialog, DialogFoot } from '../../ui/dialog.tsx';
import { Note } from '../../ui/feedback.tsx';
import { ReasonDialog } from '../../ui/reason.tsx';
import { Refused } from '../../ui/refused.tsx';
import { BodyName } from '../../ui/role.tsx';
import { SelectField } from '../../ui/select-field.tsx';
import { useSent } from '../../ui/sent.tsx';
import { TextField } from '../../ui/text-field.tsx';

type Told = NonNullable<OneCase['erasure']>;

const grounds = [
  'RETENTION_OVER',
  'SUBJECT_REQUEST',
  'NOT_LAWFUL',
] as const satisfies readonly Told['ground'][];
const nothing = { ground: '', body: '', register: '', number: '', date: '', reason: '' };

/** What can be done with what a case says: to have it kept, and once it has ended to have it erased. */
export function ErasureActs({ file }: { readonly file: OneCase }) {
  const { t } = useTranslation();
  const may = useMay();
  const [open, setOpen] = useState<'hold' | 'erase' | null>(null);
  // What another body forbids is not for this one to allow again.
  const held = file.holds.some(({ own }) => own);
  const hold = useCommand((reason: string, header) =>
    api.POST('/api/v1/cases/{id}/hold', {
      params: { path: { id: file.id }, header: { ...header } },
      body: { held: !held, reason },
    }),
  );
  if (file.erasure !== null) return null;
  const close = () => setOpen(null);
  const words = held ? 'release' : 'hold';
  return (
    <>
      {may('HoldCase') && (
        <button
          type="button"
          className="btn btn-outline-secondary"
          onClick={() => {
            hold.reset();
            setOpen('hold');
          }}
        >
          {t(`erase.${words}.button`)}
        </button>
      )}
      {may('EraseCase') && file.endedAt !== null && file.holds.length === 0 && (
        <button type="button" className="btn btn-outline-danger" onClick={() => setOpen('erase')}>
          {t('erase.button')}
        </button>
      )}
      {open === 'erase' && <EraseDialog file={file} onClose={close} />}
      {open === 'hold' && (
        <ReasonDialog
          title={t(`erase.${words}.title`)}
          text={t(`erase.${words}.text`)}
          label={t('common.reason')}
          submit={t(`erase.${words}.button`)}
          about={file.id}
          caseId={file.id}
          busy={hold.isPending}
          error={hold.error}
          onClose={close}
          onSubmit={(reason) => hold.mutate(reason, { onSuccess: close })}
        />
      )}
    </>
  );
}

/** On which decision what the case says is to be erased; nothing is chosen or filled in ahead. */
function EraseDialog({ file, onClose }: { readonly file: OneCase; readonly onClose: () => void }) {
  const { t } = useTranslation();
  const { bodies } = useSession();
  const today = useToday();
  const [given, setGiven] = useTyped('erase', nothing);
  const { isMissing, summary, sent } = useSent(Object.values(given));
  const command = useCommand((_: null, header) =>
    api.POST('/api/v1/cases/{id}/erase', {
      params: { path: { id: file.id }, header: { ...header } },
      body: {
        ...{ ground: given.ground as Told['ground'], reason: given.reason.trim(), protocolBody: given.body },
        ...{ protocolRegister: given.register.trim(), protocolNo: given.number.trim() },
        protocolDate: given.date,
      },
    }),
  );
  const field = (name: keyof typeof nothing) => ({
    value: given[name],
    isMissing: isMissing(given[name]),
    onChange: (value: string) => setGiven({ ...given, [name]: value }),
  });
  return (
    <Dialog title={t('erase.title')} onClose={onClose}>
      <p>{t('erase.text')}</p>
      {command.error && <Refused error={command.error} caseId={file.id} />}
      <form
        noValidate
        onSubmit={(event) => {
          event.preventDefault();
          sent(() => command.mutate(null, { onSuccess: onClose }));
        }}
      >
        {summary}
        <SelectField label={t('erase.ground')} {...field('ground')}>
          <option value="">–</option>
          {grounds.map((ground) => (
            <option key={ground} value={ground}>
              {t(`erase.grounds.${ground}`)}
            </option>
          ))}
        </SelectField>
        <fieldset>
          <legend className="h6">{t('erase.instruction')}</legend>
          <SelectField label={t('erase.body')} {...field('body')}>
            <option value="">–</option>
            {bodies.map(({ code, name }) => (
              <option key={code} value={code}>
                {name}
              </option>
            ))}
          </SelectField>
          <TextField label={t('erase.register')} maxLength={60} {...field('register')} />
          <TextField label={t('erase.number')} maxLength={60} {...field('number')} />
          <TextField label={t('erase.date')} type="date" max={today} {...field('date')} />
        </fieldset>
        <TextField label={t('common.reason')} maxLength={2_000} rows={3} {...field('reason')} />
        <DialogFoot
          submit={command.isPending ? t('form.sending') : t('erase.button')}
          disabled={command.isPending}
          danger
          onClose={onClose}
        />
      </form>
    </Dialog>
  );
}

/** That what the case says must be kept, in whose name and, to who may know, why. */
export function Held({ hold }: { readonly hold: OneCase['holds'][number] }) {
  const { t, i18n } = useTranslation();
  const title = t('erase.held', { when: formatInstant(hold.at, i18n.language) });
  return (
    <Note kind="info" title={title}>
      <BodyName code={hold.body} />
      {hold.reason !== null && (
        <>
          : <span className="desk-typed">{hold.reason}</span>
        </>
      )}
    </Note>
  );
}

/** Why a case says nothing any more. */
export function Erased({ erasure }: { readonly erasure: Told }) {
  const { t, i18n } = useTranslation();
  const { ground, instruction, orderedAt, carriedOutAt } = erasure;
  return (
    <Note kind="info" title={t('erase.note')}>
      {t('erase.noteText', {
        ground: t(`erase.grounds.${ground}`),
        when: formatInstant(orderedAt, i18n.language),
        number: instruction.number,
        date: formatDate(instruction.date, i18n.language),
      })}{' '}
      <BodyName code={instruction.body} />
      {carriedOutAt === null && <>. {t('erase.underWay')}</>}
    </Note>
  );
}
