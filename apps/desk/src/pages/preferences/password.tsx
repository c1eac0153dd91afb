import { useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import type { FormEvent } from 'react';
import { useTranslation } from 'react-i18next';
import { useNavigate } from 'react-router';
import { api, body } from '../../api/client.ts';
import { useCommand } from '../../api/commands.ts';
import { fieldOf } from '../../api/problem.ts';
import { endSession, leaveSession, useSession } from '../../session/session.tsx';
import { Problem } from '../../ui/feedback.tsx';
import { TextField } from '../../ui/text-field.tsx';

const leastLetters = 8;
const fields = ['current', 'next', 'again'] as const;
type Field = (typeof fields)[number];

const nothing = { current: '', next: '', again: '' };

/** One's own password: who changes it says the present one, and signs in anew everywhere. */
export function Password() {
  const { t } = useTranslation();
  const { account } = useSession();
  const queries = useQueryClient();
  const navigate = useNavigate();
  const [typed, setTyped] = useState(nothing);
  const [faults, setFaults] = useState<Partial<Record<Field, string>>>({});
  const change = useCommand(async (request: { current: string; next: string }, header) => {
    await body(api.POST('/api/v1/session/password', { params: { header: { ...header } }, body: request }));
    // Here, as this page goes away with the session: nobody would be told afterwards.
    leaveSession(queries);
    endSession(queries);
    void navigate('/?password=changed', { replace: true });
  });

  const submit = (event: FormEvent) => {
    event.preventDefault();
    const { current, next, again } = typed;
    const found = {
      ...(current === '' && { current: t('ownPassword.missing') }),
      ...(next.length < leastLetters && { next: t('ownPassword.short', { count: leastLetters }) }),
      ...(next !== again && { again: t('ownPassword.different') }),
    };
    setFaults(found);
    const first = fields.find((field) => field in found);
    if (first) return document.getElementById(first)?.focus();
    change.mutate(
      { current, next },
      {
        onError(problem) {
          const of = fieldOf(problem.errors[0]?.pointer ?? '');
          if (of === 'current') setFaults({ current: t('ownPassword.wrong') });
          if (of !== null) document.getElementById(of)?.focus();
        },
      },
    );
  };
  return (
    <section className="desk-section" aria-labelledby="own-password">
      <h2 id="own-password" className="h4">
        {t('ownPassword.title')}
      </h2>
      <p>{t('ownPassword.text')}</p>
      <form className="desk-panel" onSubmit={submit} noValidate>
        {change.error && faults.current === undefined && <Problem error={change.error} focus />}
        <input type="text" autoComplete="username" value={account} readOnly hidden />
        {fields.map((field) => (
          <TextField
            key={field}
            id={field}
            label={t(`ownPassword.${field}`)}
            type="password"
            autoComplete={field === 'current' ? 'current-password' : 'new-password'}
            maxLength={200}
            narrow
            value={typed[field]}
            isMissing={false}
            fault={faults[field] ?? null}
            onChange={(value) => setTyped({ ...typed, [field]: value })}
          />
        ))}
        <button type="submit" className="btn btn-primary" disabled={change.isPending}>
          {change.isPending ? t('form.sending') : t('ownPassword.change')}
        </button>
      </form>
    </section>
  );
}
