import { useTranslation } from 'react-i18next';
import { useNameOf } from '../api/people.ts';
import { wantsReason } from '../api/problem.ts';
import type { ApiProblem } from '../api/problem.ts';
import { useTimeline } from '../api/queries.ts';
import { useMay } from '../session/session.tsx';
import { formatInstant } from '../time/format.ts';
import { Note, Problem } from './feedback.tsx';
import { Author } from './role.tsx';

interface RefusedProps {
  readonly error: ApiProblem;
  /** The case that was to be acted on, whose history says who was faster; undefined: it has none, or is not known. */
  readonly caseId?: string | undefined;
}

/** Why an act was refused: where the case has changed meanwhile, that it has, by whom and when. */
export function Refused({ error, caseId }: RefusedProps) {
  const { t } = useTranslation();
  if (error.code === 'revision-stale')
    return (
      <Note kind="warning" title={t('problem.changed')} focus>
        <p className="mb-1">{t('problem.changedHint')}</p>
        <Faster error={error} caseId={caseId} />
      </Note>
    );
  const last = lastChangeOf(error);
  return (
    <Problem error={error} focus>
      <Faster error={error} caseId={caseId} />
      {last && <LastChange {...last} />}
    </Problem>
  );
}

/** Where the case has changed meanwhile: who did something in it last, and when; of others, and of what may not be read, nothing. */
export function Faster({ error: { status }, caseId }: RefusedProps) {
  const may = useMay();
  const isOvertaken = status === 409 || status === 412;
  return isOvertaken && caseId !== undefined && may('ReadCase') && <LastAct caseId={caseId} />;
}

function LastAct({ caseId }: { readonly caseId: string }) {
  const { t, i18n } = useTranslation();
  const nameOf = useNameOf();
  const facts = useTimeline(caseId, { all: false });
  const last = facts.items?.find(({ actor }) => actor.role !== 'SYSTEM' && actor.role !== 'WORKER');
  if (wantsReason(facts.error)) return <p className="mb-1">{t('problem.lastActConfidential')}</p>;
  // What was read before the refusal names whoever was last then.
  if (!last || facts.isStale) return null;
  const when = formatInstant(last.recordedAt, i18n.language);
  return <p className="mb-1">{t('problem.lastAct', { who: nameOf(last.actor.account), when })}</p>;
}

interface Change {
  readonly at: string;
  readonly by: string | null;
  readonly role: string;
}

/** Of an entry that somebody else has changed meanwhile, who and when; null: the answer does not say. */
export const lastChangeOf = ({ more }: ApiProblem): Change | null =>
  (more['lastChange'] as Change | null | undefined) ?? null;

/** Who changed what somebody else was about to change, and when. */
export function LastChange({ at, by, role }: Change) {
  const { t, i18n } = useTranslation();
  return (
    <p className="mb-1">
      {t('problem.lastChange', { when: formatInstant(at, i18n.language) })} <Author by={by} role={role} />
    </p>
  );
}
