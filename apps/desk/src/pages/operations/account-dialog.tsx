import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { api, body } from '../../api/client.ts';
import { useCommand } from '../../api/commands.ts';
import type { Account } from '../../api/operations.ts';
import { useAllBodies } from '../../api/registers.ts';
import { useTyped } from '../../form/typed.ts';
import { Dialog } from '../../ui/dialog.tsx';
import { Note, Problem } from '../../ui/feedback.tsx';
import { roleNames } from '../../ui/role.tsx';
import { SelectField } from '../../ui/select-field.tsx';
import { useSent } from '../../ui/sent.tsx';
import { TextField } from '../../ui/text-field.tsx';
import { newPassword } from './new-password.ts';

interface Grant {
  readonly role: string;
  readonly body: string;
}

type Change =
  | {
      readonly act: 'create';
      readonly username: string;
      readonly displayName: string;
      readonly grants: Grant[];
      readonly password: string;
    }
  | {
      readonly act: 'roles';
      readonly username: string;
      readonly grants: Grant[];
      readonly former: Grant[];
      readonly reason: string;
    }
  | { readonly act: 'disable' | 'enable'; readonly username: string; readonly reason: string }
  | { readonly act: 'password'; readonly username: string; readonly password: string };

/** One address an act; each answers with the account as it is then. */
function send(change: Change, header: { 'Idempotency-Key': string }): Promise<unknown> {
  const { act, username, ...content } = change;
  const params = { path: { username }, header };
  switch (act) {
    case 'create':
      return body(
        api.POST('/api/v1/accounts', { params: { header }, body: { username, ...content } as never }),
      );
    case 'roles':
      return body(api.POST('/api/v1/accounts/{username}/roles', { params, body: content as never }));
    case 'password':
      return body(api.POST('/api/v1/accounts/{username}/password', { params, body: content as never }));
    case 'disable':
      return body(api.POST('/api/v1/accounts/{username}/disable', { params, body: content as never }));
    case 'enable':
      return body(api.POST('/api/v1/accounts/{username}/enable', { params, body: content as never }));
  }
}

/** Makes an account, or changes one: roles, password, whether it may sign in. @param account null: a new one */
export function AccountDialog({
  account,
  onClose,
}: {
  readonly account: Account | null;
  readonly onClose: () => void;
}) {
  const { t } = useTranslation();
  const which = account?.username ?? '';
  const [username, setUsername] = useTyped(`${which} username`, account?.username ?? '');
  const [displayName, setDisplayName] = useTyped(`${which} name`, account?.displayName ?? '');
  const held = account?.grants.map(({ role, body: of }) => ({ role, body: of })) ?? [];
  const [grants, setGrants] = useTyped<readonly Grant[]>(`${which} grants`, held);
  /** The page reads on while this is open. */
  const [former] = useTyped<readonly Grant[]>(`${which} former`, held);
  const [reason, setReason] = useTyped(`${which} reason`, '');
  const [told, setTold] = useState<string | null>(null);
  const change = useCommand((asked: Change, header) => send(asked, { ...header }));
  const why = reason.trim();
  const { isMissing, summary, sent } = useSent([
    ...(account ? [reason] : [username, displayName]),
    ...grants.flatMap(({ role, body: of }) => [role, of]),
  ]);
  const run = (asked: Change, password: string | null = null): void =>
    change.mutate(asked, { onSuccess: () => (password === null ? onClose() : setTold(password)) });
  const setPassword = (make: (password: string) => Change): void => {
    const password = newPassword();
    run(make(password), password);
  };
  const withReason = (asked: Change): void => sent(() => run(asked));
  const submit = (): void => {
    if (account)
      return withReason({ act: 'roles', username, grants: [...grants], former: [...former], reason: why });
    const made = { username: username.trim(), displayName: displayName.trim(), grants: [...grants] };
    sent(() => setPassword((password) => ({ act: 'create', ...made, password })));
  };

  return (
    <Dialog
      title={
        account
          ? t('operations.accounts.changeOf', { name: account.displayName })
          : t('operations.accounts.create')
      }
      onClose={onClose}
    >
      {change.error && <Problem error={change.error} focus />}
      {told !== null ? (
        <Note kind="success" title={t('operations.accounts.password', { name: username })} focus>
          <p>
            <code className="desk-password">{told}</code>
          </p>
          <p className="mb-0">{t('operations.accounts.passwordText')}</p>
        </Note>
      ) : (
        <form
          noValidate
          onSubmit={(event) => {
            event.preventDefault();
            submit();
          }}
        >
          {summary}
          {!account && (
            <>
              <TextField
                label={t('operations.accounts.username')}
                maxLength={40}
                value={username}
                onChange={setUsername}
                isMissing={isMissing(username)}
              />
              <TextField
                label={t('operations.accounts.displayName')}
                maxLength={120}
                value={displayName}
                onChange={setDisplayName}
                isMissing={isMissing(displayName)}
              />
            </>
          )}
          <Grants grants={grants} isMissing={isMissing} onChange={setGrants} />
          {account && (
            <TextField
              label={t('operations.accounts.reason')}
              maxLength={500}
              value={reason}
              onChange={setReason}
              isMissing={isMissing(reason)}
            />
          )}
          <div className="desk-form-foot">
            <button type="submit" className="btn btn-primary" disabled={change.isPending}>
              {t(account ? 'operations.accounts.saveRoles' : 'operations.accounts.create')}
            </button>
            {account && (
              <>
                <button
                  type="button"
                  className="btn btn-outline-primary"
                  disabled={change.isPending}
                  onClick={() => setPassword((password) => ({ act: 'password', username, password }))}
                >
                  {t('operations.accounts.reset')}
                </button>
                <button
                  type="button"
                  className={`btn ${account.disabled ? 'btn-outline-primary' : 'btn-outline-danger'}`}
                  disabled={change.isPending}
                  onClick={() =>
                    withReason({ act: account.disabled ? 'enable' : 'disable', username, reason: why })
                  }
                >
                  {t(account.disabled ? 'operations.accounts.enable' : 'operations.accounts.disable')}
                </button>
              </>
            )}
          </div>
        </form>
      )}
    </Dialog>
  );
}

/** Which roles somebody has, and for which bodies: chosen by their names, and nothing chosen beforehand. */
function Grants({
  grants,
  isMissing,
  onChange,
}: {
  readonly grants: readonly Grant[];
  readonly isMissing: (text: string) => boolean;
  readonly onChange: (grants: readonly Grant[]) => void;
}) {
  const { t, i18n } = useTranslation();
  const bodies = useAllBodies()
    .map(({ ipa, name }) => [ipa, name] as const)
    .sort(([, a], [, b]) => a.localeCompare(b, i18n.language));
  const set = (at: number, grant: Partial<Grant>) =>
    onChange(grants.map((it, index) => (index === at ? { ...it, ...grant } : it)));
  const choices = (options: readonly (readonly [string, string])[], chosen: string) => {
    const isKnown = chosen === '' || options.some(([code]) => code === chosen);
    return [['', t('form.choose')] as const, ...options, ...(isKnown ? [] : [[chosen, chosen] as const])].map(
      ([code, name]) => (
        <option key={code} value={code}>
          {name}
        </option>
      ),
    );
  };
  return (
    <fieldset className="desk-field">
      <legend>{t('operations.accounts.roles')}</legend>
      {grants.map(({ role, body: of }, at) => (
        <div key={at} className="desk-grant">
          <SelectField
            label={t('operations.accounts.role', { n: at + 1 })}
            value={role}
            isMissing={isMissing(role)}
            onChange={(chosen) => set(at, { role: chosen })}
          >
            {choices(roleNames(t), role)}
          </SelectField>
          <SelectField
            label={t('operations.accounts.body', { n: at + 1 })}
            value={of}
            isMissing={isMissing(of)}
            onChange={(chosen) => set(at, { body: chosen })}
          >
            {choices(bodies, of)}
          </SelectField>
          <button
            type="button"
            className="btn btn-sm btn-outline-secondary"
            onClick={() => onChange(grants.filter((_, index) => index !== at))}
          >
            {t('operations.accounts.remove')}
            <span className="visually-hidden"> {at + 1}</span>
          </button>
        </div>
      ))}
      <button
        type="button"
        className="btn btn-sm btn-outline-primary"
        onClick={() => onChange([...grants, { role: '', body: grants.at(-1)?.body ?? '' }])}
      >
        {t('operations.accounts.addRole')}
      </button>
    </fieldset>
  );
}
