import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { asFile, useImport } from '../../api/registers.ts';
import type { Register } from '../../api/registers.ts';
import { useTyped } from '../../form/typed.ts';
import { Dialog, DialogFoot } from '../../ui/dialog.tsx';
import { Note, Problem } from '../../ui/feedback.tsx';
import { EntryField, isNamedBy } from './fields.tsx';
import type { Entry, Field } from './fields.tsx';

interface EntryFormProps {
  readonly register: Register;
  /** Whose register it is, where it belongs to one body. */
  readonly ipa: string | null;
  readonly title: string;
  readonly fields: readonly Field[];
  readonly entry: Entry;
  /** It is on the register: what names it stays as it is. */
  readonly isKnown: boolean;
  readonly onClose: () => void;
  readonly onSaved: (state: 'new' | 'changed' | 'same') => void;
}

/** One entry, to be recorded or corrected; the server judges it as it judges a line of a file. */
export function EntryForm(props: EntryFormProps) {
  const { register, ipa, title, fields, entry, isKnown, onClose, onSaved } = props;
  const { t } = useTranslation();
  const [values, setValues] = useTyped(`${register} ${ipa} ${isKnown} ${JSON.stringify(entry)}`, entry);
  const [why, setWhy] = useState<string | null>(null);
  const save = useImport(register);
  const submit = () => {
    setWhy(null);
    const csv = asFile(Object.fromEntries(fields.map(({ key }) => [key, (values[key] ?? '').trim()])));
    save.mutate(
      { csv, ...(ipa !== null && { body: ipa }), commit: true, whole: true },
      {
        onSuccess: ({ lines: [line] }) => {
          if (line?.state === 'refused') setWhy(line.why);
          else onSaved((line?.state ?? 'same') as 'new' | 'changed' | 'same');
        },
      },
    );
  };
  return (
    <Dialog title={title} onClose={onClose}>
      {save.error !== null && <Problem error={save.error} focus />}
      {why !== null && (
        <Note key={save.submittedAt} kind="danger" title={t('registers.refused')} focus>
          {why}
        </Note>
      )}
      <form
        onSubmit={(event) => {
          event.preventDefault();
          submit();
        }}
      >
        {fields.map((field) => (
          <EntryField
            key={field.key}
            field={field}
            value={values[field.key] ?? ''}
            fixed={isKnown && isNamedBy(field, entry)}
            onChange={(value) => setValues({ ...values, [field.key]: value })}
          />
        ))}
        <DialogFoot
          submit={save.isPending ? t('form.sending') : t('registers.save')}
          disabled={save.isPending}
          onClose={onClose}
        />
      </form>
    </Dialog>
  );
}
