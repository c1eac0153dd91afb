import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { api, body } from '../../api/client.ts';
import { useCommand } from '../../api/commands.ts';
import { usePeople } from '../../api/people.ts';
import { useTyped } from '../../form/typed.ts';
import { useSession } from '../../session/session.tsx';
import { useToday } from '../../time/clock.tsx';
import { Note, Problem } from '../../ui/feedback.tsx';
import { RoleName } from '../../ui/role.tsx';
import { SelectField } from '../../ui/select-field.tsx';
import { useSent } from '../../ui/sent.tsx';
import { TextField } from '../../ui/text-field.tsx';
import { fitFor } from './fit.ts';

interface Wanted {
  readonly absent: string;
  readonly substitute: string;
  readonly from: string;
  readonly to: string;
  readonly roles: string[] | null;
  readonly reason: string;
}

/** The form that arranges a substitution: for oneself, and for others where one may. */
export function Arrange() {
  const { t } = useTranslation();
  const session = useSession();
  const { account: me, displayName, grants } = session;
  const today = useToday();
  const people = usePeople().data ?? [];
  const [absent, setAbsent] = useTyped('absent', me);
  const [substitute, setSubstitute] = useTyped('substitute', '');
  const [from, setFrom] = useTyped('from', '');
  const [to, setTo] = useTyped('to', '');
  const [roles, setRoles] = useState<readonly string[]>([]);
  const [reason, setReason] = useTyped('reason', '');
  const arrange = useCommand((wanted: Wanted, header) =>
    body(api.POST('/api/v1/substitutions', { params: { header: { ...header } }, body: wanted })),
  );

  const supervised = grants.filter(({ role }) => role === 'DESK_SUPERVISOR').map(({ body: of }) => of);
  const isOperator = grants.some(({ role }) => role === 'SYSTEM_OPERATOR');
  // Whom the server would let me arrange it for; it decides itself.
  const others = people.filter(
    ({ account, offices }) =>
      account !== me && (isOperator || offices.every(({ body: of }) => supervised.includes(of))),
  );
  const held =
    absent === me
      ? grants.filter(({ onBehalfOf }) => !onBehalfOf)
      : (people.find(({ account }) => account === absent)?.offices ?? []);
  const choices = [...new Set(held.map(({ role }) => role))];
  const covered = held.filter(({ role }) => roles.length === 0 || roles.includes(role));
  const substitutes = fitFor(covered, people, session).filter(
    ({ account }) => account !== absent && (absent === me || account !== me),
  );
  const { isSent, isMissing, summary, sent } = useSent([substitute, from, to, reason]);
  const field = (value: string, onChange: (value: string) => void) => ({
    ...{ value, onChange, isMissing: isMissing(value) },
  });
  const send = () => {
    const scope = roles.length === 0 || roles.length === choices.length ? null : [...roles];
    arrange.mutate(
      { absent, substitute, from, to, roles: scope, reason: reason.trim() },
      {
        onSuccess: () => {
          setSubstitute('');
          setReason('');
          setRoles([]);
        },
      },
    );
  };

  return (
    <details className="desk-panel desk-arrange">
      <summary className="h5 mb-0">{t('substitutions.arrange')}</summary>
      <p className="mt-2">{t('substitutions.arrangeText')}</p>
      {arrange.error && <Problem error={arrange.error} focus />}
      {arrange.isSuccess && !isSent && <Note kind="success" title={t('substitutions.done')} focus />}
      {summary}
      <form
        noValidate
        className="desk-arrange-form"
        onSubmit={(event) => {
          event.preventDefault();
          sent(send);
        }}
      >
        {others.length > 0 && (
          <div className="desk-field">
            <label htmlFor="absent">{t('substitutions.absent')}</label>
            <select
              id="absent"
              className="form-select"
              value={absent}
              onChange={(event) => {
                setAbsent(event.target.value);
                setRoles([]);
              }}
            >
              <option value={me}>{t('substitutions.me', { name: displayName })}</option>
              {others.map((one) => (
                <option key={one.account} value={one.account}>
                  {one.displayName}
                </option>
              ))}
            </select>
          </div>
        )}
        {substitutes.length > 0 ? (
          <SelectField label={t('substitutions.substitute')} {...field(substitute, setSubstitute)}>
            <option value="">{t('substitutions.choose')}</option>
            {substitutes.map((one) => (
              <option key={one.account} value={one.account}>
                {one.displayName} · {one.offices.map(({ bodyName }) => bodyName)[0]}
              </option>
            ))}
          </SelectField>
        ) : (
          <TextField label={t('substitutions.account')} {...field(substitute, setSubstitute)} />
        )}
        <TextField label={t('substitutions.from')} type="date" min={today} {...field(from, setFrom)} />
        <TextField label={t('substitutions.to')} type="date" min={from || today} {...field(to, setTo)} />
        {choices.length > 1 && (
          <fieldset className="desk-field">
            <legend>{t('substitutions.roles')}</legend>
            <p className="desk-help">{t('substitutions.rolesHelp')}</p>
            {choices.map((role) => (
              <div className="form-check" key={role}>
                <input
                  id={`role-${role}`}
                  type="checkbox"
                  checked={roles.includes(role)}
                  onChange={({ target }) =>
                    setRoles(target.checked ? [...roles, role] : roles.filter((it) => it !== role))
                  }
                />
                <label htmlFor={`role-${role}`}>
                  <RoleName role={role} />
                </label>
              </div>
            ))}
          </fieldset>
        )}
        <TextField
          label={t('substitutions.reason')}
          help={t('substitutions.reasonHelp')}
          maxLength={500}
          {...field(reason, setReason)}
        />
        <div className="desk-form-foot">
          <button type="submit" className="btn btn-primary" disabled={arrange.isPending}>
            {arrange.isPending ? t('form.sending') : t('substitutions.submit')}
          </button>
        </div>
      </form>
    </details>
  );
}
