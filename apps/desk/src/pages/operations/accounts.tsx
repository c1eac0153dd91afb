import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import { useAccounts } from '../../api/operations.ts';
import type { Account } from '../../api/operations.ts';
import { useMay } from '../../session/session.tsx';
import { Choice, oneOf } from '../../ui/choice.tsx';
import { Empty, Loaded } from '../../ui/feedback.tsx';
import { Page } from '../../ui/page.tsx';
import { RoleName } from '../../ui/role.tsx';
import { Search } from '../../ui/search.tsx';
import { More, Table } from '../../ui/table.tsx';
import { SystemTabs } from '../../ui/tabs.tsx';
import { AccountDialog } from './account-dialog.tsx';

const states = ['enabled', 'disabled', 'all'] as const;

/** Who can sign in, in which roles and for which bodies; made, changed and disabled by the operator. */
export default function Accounts() {
  const { t } = useTranslation();
  const may = useMay();
  const [text, setText] = useState('');
  const [state, setState] = useState<(typeof states)[number]>('enabled');
  const [open, setOpen] = useState<Account | 'new' | null>(null);
  const accounts = useAccounts({ state, ...(text !== '' && { text }) });
  return (
    <Page
      title={t('operations.accounts.title')}
      lead={t('operations.accounts.lead')}
      actions={
        <>
          <Link to="/registers" className="btn btn-outline-primary">
            {t('operations.accounts.bodies')}
          </Link>
          {may('CreateAccount') && (
            <button type="button" className="btn btn-primary" onClick={() => setOpen('new')}>
              {t('operations.accounts.create')}
            </button>
          )}
        </>
      }
    >
      <SystemTabs />
      <div className="desk-filters">
        <Search
          label={t('operations.accounts.search')}
          help={t('operations.accounts.searchHelp')}
          value={text}
          onChange={setText}
        />
        <Choice
          id="account-state"
          label={t('common.state')}
          value={state}
          always
          onChange={(value) => setState(oneOf(states, value) ?? 'all')}
        >
          {states.map((one) => (
            <option key={one} value={one}>
              {t(`operations.accounts.${one}`)}
            </option>
          ))}
        </Choice>
      </div>
      <Loaded query={{ ...accounts, data: accounts.items }} lines={6}>
        {(items) =>
          items.length === 0 ? (
            <Empty icon="user" title={t('operations.accounts.none')} />
          ) : (
            <Table
              caption={t('operations.accounts.title')}
              rows={items}
              rowKey={(one) => one.username}
              columns={[
                {
                  id: 'who',
                  head: t('operations.accounts.who'),
                  className: 'desk-col-main',
                  cell: (one) => (
                    <>
                      <span className="fw-semibold">{one.displayName}</span>
                      <span className="desk-sub">
                        <code>{one.username}</code>
                        {one.disabled && ` · ${t('operations.accounts.isDisabled')}`}
                      </span>
                    </>
                  ),
                },
                {
                  id: 'roles',
                  head: t('operations.accounts.roles'),
                  cell: (one) =>
                    one.grants.length === 0 ? (
                      t('operations.accounts.noRoles')
                    ) : (
                      <ul className="desk-plain-list">
                        {one.grants.map(({ role, body, bodyName }) => (
                          <li key={`${role} ${body}`}>
                            <RoleName role={role} /> · {bodyName}
                          </li>
                        ))}
                      </ul>
                    ),
                },
                {
                  id: 'act',
                  head: t('common.actions'),
                  quiet: true,
                  className: 'desk-col-act',
                  cell: (one) =>
                    may('GrantRoles') && (
                      <button
                        type="button"
                        className="btn btn-sm btn-outline-primary"
                        onClick={() => setOpen(one)}
                      >
                        {t('operations.accounts.change')}
                        <span className="visually-hidden"> {one.displayName}</span>
                      </button>
                    ),
                },
              ]}
            />
          )
        }
      </Loaded>
      <More list={accounts} />
      {open !== null && (
        <AccountDialog account={open === 'new' ? null : open} onClose={() => setOpen(null)} />
      )}
    </Page>
  );
}
