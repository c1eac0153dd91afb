import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { api } from '../../api/client.ts';
import { useCommand } from '../../api/commands.ts';
import type { CaseSummary, OpenAdHoc } from '../../api/model.ts';
import { useSession } from '../../session/session.tsx';
import { Icon } from '../../ui/icon.tsx';
import { ReasonDialog } from '../../ui/reason.tsx';
import { Mixed } from '../../ui/mixed.tsx';
import { inItalian } from '../../ui/italian.ts';

interface Begin {
  readonly key: string;
  readonly element: string;
  readonly name: string;
}

/** Who works on cases begins what is to be done; the supervisor says why. */
const works = new Set(['DESK_OPERATOR', 'UPD']);

/** Activities that people may begin, each as often as it is needed. */
export function AdHocActivities({
  file,
  open,
}: {
  readonly file: CaseSummary;
  readonly open: readonly OpenAdHoc[];
}) {
  const { t } = useTranslation();
  const { grants } = useSession();
  const [asked, setAsked] = useState<Begin | null>(null);
  const begin = useCommand(({ key, element, reason }: Begin & { reason: string }, header) =>
    api.POST('/api/v1/cases/{id}/ad-hoc/{key}/start', {
      params: { path: { id: file.id, key }, header: { ...header } },
      body: { element, ...(reason !== '' && { reason }) },
    }),
  );
  return (
    <>
      {open.map(({ key, name, activities, begun }) => (
        <li key={key}>
          <Icon name="plus-circle" size="sm" />
          <div>
            <span className="fw-semibold" lang="it">
              {name}
            </span>
            <span className="desk-sub">
              {activities.length === 0 ? t('adHoc.busy') : t('adHoc.choose')}
              {begun.length > 0 && ` · ${t('adHoc.begun', { count: begun.length })}`}
            </span>
            <span className="desk-choices">
              {activities.map((activity) => (
                <button
                  key={activity.element}
                  type="button"
                  className="btn btn-sm btn-outline-primary"
                  onClick={() => {
                    begin.reset();
                    setAsked({ key, ...activity });
                  }}
                >
                  <Mixed text={t('adHoc.begin', { name: inItalian(activity.name) })} />
                </button>
              ))}
            </span>
          </div>
        </li>
      ))}
      {asked !== null && (
        <ReasonDialog
          title={t('adHoc.title', { name: asked.name })}
          text={t('adHoc.text')}
          label={t('common.reason')}
          submit={t('adHoc.submit')}
          about={`${asked.key} ${asked.element}`}
          caseId={file.id}
          required={!grants.some(({ role }) => works.has(role))}
          busy={begin.isPending}
          error={begin.error}
          onClose={() => setAsked(null)}
          onSubmit={(reason) => begin.mutate({ ...asked, reason }, { onSuccess: () => setAsked(null) })}
        />
      )}
    </>
  );
}
