import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { asFile, useImport } from '../../api/registers.ts';
import type { Register } from '../../api/registers.ts';
import { useTyped } from '../../form/typed.ts';
import { Dialog, DialogFoot } from '../../ui/dialog.tsx';
import { Note, Problem } from '../../ui/feedback.tsx';
import { EntryField, isNamedBy } from './fields.tsx';
import type { Entry, Field } from './fields.tsx';
import { LastChange, lastChangeOf } from '../../ui/refused.tsx';

interface EntryFormProps {
  readonly register: Register;
  /** Whose register it is, where it belongs to one body. */
  readonly ipa: string | null;
  readonly title: string;
  readonly fields: readonly Field[];
  readonly entry: Entry;
  /** On which what is typed is based; empty: it is not on the register. What names one that is stays as it is. */
  readonly version: string;
  /** As it is by now; null: it is not there, or nobody knows. */
  readonly now: { readonly entry: Entry; readonly version: string } | null;
  readonly onClose: () => void;
  readonly onSaved: (state: 'new' | 'changed' | 'same') => void;
}

/**
 * One entry, to be recorded or corrected; the server judges it as it judges a line of a file. What somebody else has changed
 * meanwhile is shown beside what was typed, and only then written over.
 */
export function EntryForm(props: EntryFormProps) {
  const { register, ipa, title, fields, entry, version, now, onClose, onSaved } = props;
  const isKnown = version !== '';
  const { t } = useTranslation();
  const named = fields.filter((field) => isNamedBy(field, entry)).map(({ key }) => entry[key]);
  const place = `${register} ${ipa} ${isKnown} ${named.join(' ')}`;
  const [values, setValues] = useTyped(place, entry);
  const [seen, setSeen] = useTyped(`${place} version`, version);
  const [before] = useTyped(`${place} before`, entry);
  const [why, setWhy] = useState<string | null>(null);
  const save = useImport(register);
  const isOvertaken = save.error?.code === 'register-changed';
  const last = save.error && lastChangeOf(save.error);
  const submit = () => {
    setWhy(null);
    // Whoever saves again has seen it.
    const based = isOvertaken && now !== null ? now.version : seen;
    setSeen(based);
    const csv = asFile(Object.fromEntries(fields.map(({ key }) => [key, (values[key] ?? '').trim()])));
    save.mutate(
      { csv, ...(ipa !== null && { body: ipa }), commit: true, whole: true, seen: based },
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
      {isOvertaken && (
        <Note kind="warning" title={t('registers.overtaken.title')} focus>
          {last && <LastChange {...last} />}
          <p className="mb-0">
            {t(
              isKnown
                ? now === null
                  ? 'registers.overtaken.gone'
                  : 'registers.overtaken.changed'
                : 'registers.overtaken.there',
            )}
          </p>
        </Note>
      )}
      {save.error !== null && !isOvertaken && <Problem error={save.error} focus />}
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
            now={
              isOvertaken && now && now.entry[field.key] !== before[field.key]
                ? now.entry[field.key]
                : undefined
            }
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
