import { useTranslation } from 'react-i18next';
import { useCheckpoints, useGatherCheckpoints } from '../api/queries.ts';
import { formatInstant } from '../time/format.ts';
import { Empty, Loaded, Problem } from '../ui/feedback.tsx';
import { Hash } from '../ui/hash.tsx';
import { saveFile } from '../ui/save-file.ts';
import { More, Table } from '../ui/table.tsx';

/** What the house has vouched for of the log: to be kept by others, so that they see whether it still holds. */
export function Checkpoints() {
  const { t, i18n } = useTranslation();
  const checkpoints = useCheckpoints();
  const gathered = useGatherCheckpoints();
  const number = (it: number) => it.toLocaleString(i18n.language);
  const save = async () => {
    const all = await gathered.mutateAsync();
    saveFile(
      'punti-di-controllo.jsonl',
      all.map((one) => `${JSON.stringify(one)}\n`).join(''),
      'application/jsonl',
    );
  };
  return (
    <>
      <p>{t('audit.vouched.lead')}</p>
      <Loaded query={{ ...checkpoints, data: checkpoints.items }} lines={10}>
        {(items) =>
          items.length === 0 ? (
            <Empty icon="lock" title={t('audit.vouched.none')} />
          ) : (
            <>
              <p>
                <button
                  type="button"
                  className="btn btn-outline-primary"
                  disabled={gathered.isPending}
                  onClick={() => void save().catch(() => undefined)}
                >
                  {t('audit.vouched.save')}
                </button>
              </p>
              {gathered.error && <Problem error={gathered.error} />}
              <Table
                caption={t('audit.checkpoints')}
                rows={items}
                rowKey={({ checkpoint }) => String(checkpoint.number)}
                columns={[
                  {
                    id: 'number',
                    head: t('audit.vouched.number'),
                    className: 'desk-col-main',
                    cell: ({ checkpoint }) => t('audit.vouched.name', { number: number(checkpoint.number) }),
                  },
                  {
                    id: 'madeAt',
                    head: t('audit.vouched.madeAt'),
                    cell: ({ checkpoint }) => formatInstant(checkpoint.madeAt, i18n.language),
                  },
                  {
                    id: 'events',
                    head: t('audit.vouched.events'),
                    cell: ({ checkpoint }) => (
                      <>
                        {number(checkpoint.events)}
                        <span className="desk-sub">
                          {t('audit.vouched.own', { count: checkpoint.count })}
                        </span>
                      </>
                    ),
                  },
                  {
                    id: 'root',
                    head: t('audit.vouched.root'),
                    cell: ({ checkpoint }) => (
                      <Hash
                        sha256={checkpoint.root}
                        copy={t('audit.vouched.copy', { number: checkpoint.number })}
                      />
                    ),
                  },
                  {
                    id: 'key',
                    head: t('audit.vouched.key'),
                    cell: ({ fingerprint }) => <code>{fingerprint}</code>,
                  },
                ]}
              />
              <More list={checkpoints} />
              <h2 className="h5 mt-4">{t('audit.vouched.proves')}</h2>
              <ul>
                {(['anew', 'gone', 'cut'] as const).map((one) => (
                  <li key={one}>{t(`audit.vouched.proven.${one}`)}</li>
                ))}
              </ul>
              <p className="mb-1">{t('audit.vouched.command')}</p>
              <pre tabIndex={0} className="mb-0">
                npx iter verify --all --checkpoints punti-di-controllo.jsonl
              </pre>
            </>
          )
        }
      </Loaded>
    </>
  );
}
