import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { api } from '../../api/client.ts';
import { useCommand } from '../../api/commands.ts';
import type { CaseSummary } from '../../api/model.ts';
import { useMay } from '../../session/session.tsx';
import { ReasonDialog } from '../../ui/reason.tsx';
import { MigrateDialog } from './migrate.tsx';
import { ModifyDialog } from './modify.tsx';

type Act = 'suspend' | 'resume' | 'cancel';

const allowed: Record<Act, string> = { suspend: 'SuspendCase', resume: 'ResumeCase', cancel: 'CancelCase' };

type Move = 'modify' | 'migrate';

const moved: Record<Move, string> = { modify: 'ModifyCase', migrate: 'MigrateCase' };

/** Acts on the whole case. They say which revision was on the screen, so that nobody acts on what has changed since. */
export function CaseActs({ file }: { readonly file: CaseSummary }) {
  const { t } = useTranslation();
  const may = useMay();
  const [asked, setAsked] = useState<Act | null>(null);
  const [moving, setMoving] = useState<Move | null>(null);
  const command = useCommand(({ act, reason }: { act: Act; reason: string }, intention) => {
    const options = {
      params: { path: { id: file.id }, header: { ...intention, 'If-Match': `"${file.revision}"` } },
      body: { reason },
    };
    return act === 'cancel'
      ? api.POST('/api/v1/cases/{id}/cancel', options)
      : act === 'suspend'
        ? api.POST('/api/v1/cases/{id}/suspend', options)
        : api.POST('/api/v1/cases/{id}/resume', options);
  });

  const offered = (
    file.state === 'active' ? ['suspend', 'cancel'] : file.state === 'suspended' ? ['resume', 'cancel'] : []
  ) as Act[];
  const shown = offered.filter((act) => may(allowed[act]));
  const moves = (['modify', 'migrate'] as const).filter(
    (move) =>
      (file.state === 'active' || (file.state === 'suspended' && move === 'migrate')) && may(moved[move]),
  );
  if (shown.length + moves.length === 0 && asked === null && moving === null) return null;
  return (
    <>
      {moves.map((move) => (
        <button
          key={move}
          type="button"
          className="btn btn-outline-secondary"
          onClick={() => setMoving(move)}
        >
          {t(`${move}.button`)}
        </button>
      ))}
      {shown.map((act) => (
        <button
          key={act}
          type="button"
          className={`btn ${act === 'cancel' ? 'btn-outline-danger' : 'btn-outline-secondary'}`}
          onClick={() => {
            command.reset();
            setAsked(act);
          }}
        >
          {t(`case.acts.${act}.button`)}
        </button>
      ))}
      {moving === 'modify' && <ModifyDialog file={file} onClose={() => setMoving(null)} />}
      {moving === 'migrate' && <MigrateDialog file={file} onClose={() => setMoving(null)} />}
      {asked !== null && (
        <ReasonDialog
          title={t(`case.acts.${asked}.title`)}
          text={t(`case.acts.${asked}.text`)}
          label={t('common.reason')}
          submit={t(`case.acts.${asked}.button`)}
          danger={asked === 'cancel'}
          about={file.id}
          caseId={file.id}
          busy={command.isPending}
          error={command.error}
          onClose={() => setAsked(null)}
          onSubmit={(reason) => command.mutate({ act: asked, reason }, { onSuccess: () => setAsked(null) })}
        />
      )}
    </>
  );
}
