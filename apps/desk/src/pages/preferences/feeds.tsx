import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { api, body } from '../../api/client.ts';
import { useCommand } from '../../api/commands.ts';
import type { CreatedFeed, Feed } from '../../api/model.ts';
import { useFeeds } from '../../api/queries.ts';
import { useSession } from '../../session/session.tsx';
import { formatInstant } from '../../time/format.ts';
import { Dialog } from '../../ui/dialog.tsx';
import { Empty, Loaded, Problem } from '../../ui/feedback.tsx';
import { ShownOnce } from '../../ui/shown-once.tsx';
import { Table } from '../../ui/table.tsx';

/** Addresses at which a calendar program reads due dates: made, shown once, revoked. */
export function Feeds() {
  const { t, i18n } = useTranslation();
  const feeds = useFeeds();
  const [created, setCreated] = useState<CreatedFeed | null>(null);
  const [toRevoke, setToRevoke] = useState<Feed | null>(null);
  return (
    <section className="desk-section" aria-labelledby="feeds">
      <h2 id="feeds" className="h4">
        {t('feeds.title')}
      </h2>
      <p>{t('feeds.text')}</p>
      {created && <Created feed={created} />}
      <Loaded query={feeds} lines={3}>
        {(items) =>
          items.length === 0 ? (
            <Empty icon="calendar" title={t('feeds.none')} />
          ) : (
            <Table
              caption={t('feeds.title')}
              rows={items}
              rowKey={(one) => one.id}
              columns={[
                {
                  id: 'name',
                  head: t('feeds.name'),
                  className: 'desk-col-main',
                  cell: (one) => <span className="fw-semibold">{one.name}</span>,
                },
                {
                  id: 'scope',
                  head: t('feeds.scope'),
                  cell: (one) => one.bodyName ?? t('feeds.mine'),
                },
                {
                  id: 'created',
                  head: t('feeds.created'),
                  cell: (one) => formatInstant(one.createdAt, i18n.language),
                },
                {
                  id: 'act',
                  head: t('common.actions'),
                  quiet: true,
                  className: 'desk-col-act',
                  cell: (one) => (
                    <button
                      type="button"
                      className="btn btn-sm btn-outline-danger"
                      onClick={() => setToRevoke(one)}
                    >
                      {t('feeds.revoke')}
                      <span className="visually-hidden"> {one.name}</span>
                    </button>
                  ),
                },
              ]}
            />
          )
        }
      </Loaded>
      <Create onCreated={setCreated} />
      {toRevoke && (
        <Revoke
          feed={toRevoke}
          onClose={() => setToRevoke(null)}
          onRevoked={() => {
            if (created?.id === toRevoke.id) setCreated(null);
            setToRevoke(null);
          }}
        />
      )}
    </section>
  );
}

function Create({ onCreated }: { readonly onCreated: (feed: CreatedFeed) => void }) {
  const { t } = useTranslation();
  const { bodies } = useSession();
  const [name, setName] = useState('');
  const [scope, setScope] = useState('mine');
  const defaultName = bodies.find(({ code }) => code === scope)?.name ?? t('feeds.defaultName');
  const create = useCommand((request: { name: string; scope: string }, header) =>
    body(api.POST('/api/v1/calendar/feeds', { params: { header: { ...header } }, body: request })),
  );
  return (
    <form
      className="desk-panel"
      onSubmit={(event) => {
        event.preventDefault();
        const given = name.trim() === '' ? defaultName.slice(0, 80) : name.trim();
        create.mutate(
          { name: given, scope },
          {
            onSuccess(feed) {
              setName('');
              onCreated(feed);
            },
          },
        );
      }}
    >
      <h3 className="h5">{t('feeds.new')}</h3>
      {create.error && <Problem error={create.error} focus />}
      <div className="desk-field">
        <label htmlFor="feed-name">
          {t('feeds.name')}
          <span className="desk-optional"> {t('form.optional')}</span>
        </label>
        <input
          id="feed-name"
          className="form-control"
          maxLength={80}
          placeholder={defaultName}
          value={name}
          onChange={(event) => setName(event.target.value)}
        />
      </div>
      <div className="desk-field">
        <label htmlFor="feed-scope">{t('feeds.scope')}</label>
        <select
          id="feed-scope"
          className="form-select"
          value={scope}
          onChange={(event) => setScope(event.target.value)}
        >
          <option value="mine">{t('feeds.mine')}</option>
          {bodies.map(({ code, name: of }) => (
            <option key={code} value={code}>
              {t('feeds.ofBody', { body: of })}
            </option>
          ))}
        </select>
      </div>
      <button type="submit" className="btn btn-primary" disabled={create.isPending}>
        {create.isPending ? t('form.sending') : t('feeds.create')}
      </button>
    </form>
  );
}

/** The address is told once. */
function Created({ feed: { name, address } }: { readonly feed: CreatedFeed }) {
  const { t } = useTranslation();
  return (
    <ShownOnce
      {...{ title: t('feeds.made', { name }), text: t('feeds.once'), label: t('feeds.address') }}
      {...{ value: address, copy: t('feeds.copy'), copied: t('feeds.copied') }}
    />
  );
}

interface RevokeProps {
  readonly feed: Feed;
  readonly onClose: () => void;
  readonly onRevoked: () => void;
}

function Revoke({ feed, onClose, onRevoked }: RevokeProps) {
  const { t } = useTranslation();
  const revoke = useCommand((id: string, header) =>
    body(api.DELETE('/api/v1/calendar/feeds/{id}', { params: { path: { id }, header: { ...header } } })),
  );
  return (
    <Dialog title={t('feeds.revokeTitle', { name: feed.name })} onClose={onClose}>
      <p>{t('feeds.revokeText')}</p>
      {revoke.error && <Problem error={revoke.error} focus />}
      <div className="desk-form-foot">
        <button
          type="button"
          className="btn btn-danger"
          disabled={revoke.isPending}
          onClick={() => revoke.mutate(feed.id, { onSuccess: onRevoked })}
        >
          {revoke.isPending ? t('form.sending') : t('feeds.revoke')}
        </button>
        <button type="button" className="btn btn-outline-secondary" onClick={onClose}>
          {t('common.close')}
        </button>
      </div>
    </Dialog>
  );
}
