import { useState } from 'react';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { useWithdraw } from '../../api/registers.ts';
import type { Register } from '../../api/registers.ts';
import { Empty, Loaded, Note } from '../../ui/feedback.tsx';
import { Icon } from '../../ui/icon.tsx';
import { ReasonDialog } from '../../ui/reason.tsx';
import { More, Table } from '../../ui/table.tsx';
import type { Column } from '../../ui/table.tsx';
import { EntryForm } from './entry-form.tsx';
import type { Entry, Field } from './fields.tsx';
import { ImportFile } from './import-file.tsx';

/** An entry that is to be taken back: of which body, by what names it, as people call it. */
interface Named {
  readonly ipa: string;
  readonly entry: string;
  readonly name: string;
}

/** What rows of a register may ask for. */
export interface Acts<T> {
  /** @param entryOf what the form is to begin with, of the row as it is then */
  readonly correct: (row: T, entryOf: (row: T) => Entry) => void;
  readonly withdraw: (row: T, named: Named) => void;
}

/** An entry in its form: as it was when that was opened, and where it is found again. */
interface Opened<T> {
  readonly entry: Entry;
  /** Empty: it is to be added. */
  readonly version: string;
  /** Null: it has no row. */
  readonly key: string | null;
  readonly entryOf: (row: T) => Entry;
}

interface RegisterProps<Item, T> {
  readonly register: Register;
  readonly ipa?: string | null;
  readonly list: Parameters<typeof More>[0]['list'] & {
    readonly items: readonly Item[] | undefined;
    readonly error: unknown;
    readonly isPending: boolean;
    readonly refetch: () => unknown;
  };
  readonly rowsOf: (items: readonly Item[]) => readonly T[];
  readonly rowKey: (row: T) => string;
  readonly columns: readonly Column<T>[];
  /** Of a row, what can be done with it. */
  readonly actsOf: (row: T, acts: Acts<T>) => ReactNode;
  /** Of the entry of a row. */
  readonly versionOf: (row: T) => string;
  readonly mayWrite: boolean;
  readonly fields: readonly Field[];
  /** What a new entry begins with. */
  readonly fresh?: Entry;
  readonly filters?: ReactNode;
}

/** A register as a list that grows, with what may be done to it: one entry by a form, many by a file, mistakes taken back. */
export function RegisterOf<Item, T>(props: RegisterProps<Item, T>) {
  const {
    register,
    ipa = null,
    list,
    rowsOf,
    rowKey,
    columns,
    actsOf,
    versionOf,
    mayWrite,
    fields,
    fresh,
    filters,
  } = props;
  const { t } = useTranslation();
  const [form, setForm] = useState<Opened<T> | null>(null);
  const [withdrawn, setWithdrawn] = useState<(Named & { readonly seen: string }) | null>(null);
  const [done, setDone] = useState<{ at: number; words: string } | null>(null);
  const withdraw = useWithdraw(register);
  const say = (words: string) => setDone({ at: Date.now(), words });
  const acts: Acts<T> = {
    correct: (row, entryOf) =>
      setForm({ entry: entryOf(row), version: versionOf(row), key: rowKey(row), entryOf }),
    withdraw(row, named) {
      withdraw.reset();
      setWithdrawn({ ...named, seen: versionOf(row) });
    },
  };
  const nowOf = ({ key, entryOf }: Opened<T>) => {
    const row = rowsOf(list.items ?? []).find((one) => rowKey(one) === key);
    return row === undefined ? null : { entry: entryOf(row), version: versionOf(row) };
  };
  const title = t(`registers.sections.${register}`);
  const quiet: Column<T> = {
    ...{ id: 'acts', head: t('list.acts'), quiet: true, className: 'desk-col-acts' },
    cell: (row) => actsOf(row, acts),
  };
  return (
    <section aria-labelledby={`register-${register}`}>
      <div className="desk-panel-head">
        <h2 id={`register-${register}`} className="h4 mb-0">
          {title}
        </h2>
        {mayWrite && (
          <button
            type="button"
            className="btn btn-primary"
            onClick={() => setForm({ entry: fresh ?? {}, version: '', key: null, entryOf: () => ({}) })}
          >
            <Icon name="plus" size="sm" /> {t('registers.add')}
          </button>
        )}
      </div>
      <p className="text-secondary">{t(`registers.leads.${register}`)}</p>
      {mayWrite && <ImportFile key={ipa} register={register} ipa={ipa} />}
      {done && (
        <Note key={done.at} kind="success" focus>
          {done.words}
        </Note>
      )}
      {filters && (
        <div className="desk-filters" role="group" aria-label={t('common.filters')}>
          {filters}
        </div>
      )}
      <Loaded query={{ ...list, data: list.items }} lines={6}>
        {(items) =>
          items.length === 0 ? (
            <Empty icon="info-circle" title={t('registers.none')} />
          ) : (
            <>
              <Table
                caption={title}
                rows={rowsOf(items)}
                rowKey={rowKey}
                columns={mayWrite ? [...columns, quiet] : columns}
              />
              <More list={list} />
            </>
          )
        }
      </Loaded>
      {form && (
        <EntryForm
          register={register}
          ipa={ipa}
          title={t(form.version !== '' ? 'registers.correctTitle' : 'registers.addTitle')}
          fields={fields}
          entry={form.entry}
          version={form.version}
          now={nowOf(form)}
          onClose={() => setForm(null)}
          onSaved={(state) => {
            setForm(null);
            say(t(`registers.saved.${state}`));
          }}
        />
      )}
      {withdrawn && (
        <ReasonDialog
          title={t('registers.withdrawTitle', { name: withdrawn.name })}
          text={t('registers.withdrawText')}
          label={t('common.reason')}
          submit={t('registers.withdraw')}
          danger
          about={`${register} ${withdrawn.ipa} ${JSON.stringify(withdrawn.entry)}`}
          busy={withdraw.isPending}
          error={withdraw.error}
          onClose={() => setWithdrawn(null)}
          onSubmit={(reason) =>
            withdraw.mutate(
              { ipa: withdrawn.ipa, entry: withdrawn.entry, seen: withdrawn.seen, reason },
              {
                onSuccess: () => {
                  setWithdrawn(null);
                  say(t('registers.withdrawn', { name: withdrawn.name }));
                },
              },
            )
          }
        />
      )}
    </section>
  );
}

interface RowActsProps {
  readonly name: string;
  readonly onCorrect: () => void;
  readonly onWithdraw?: () => void;
}

/** The buttons of a row. */
export function RowActs({ name, onCorrect, onWithdraw }: RowActsProps) {
  const { t } = useTranslation();
  return (
    <div className="desk-row-acts">
      <button
        type="button"
        className="btn btn-sm btn-outline-primary"
        aria-label={`${t('registers.correct')}: ${name}`}
        onClick={onCorrect}
      >
        {t('registers.correct')}
      </button>
      {onWithdraw && (
        <button
          type="button"
          className="btn btn-sm btn-outline-secondary"
          aria-label={`${t('registers.withdraw')}: ${name}`}
          onClick={onWithdraw}
        >
          {t('registers.withdraw')}
        </button>
      )}
    </div>
  );
}
