import { useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import { api } from '../../api/client.ts';
import { useCommand } from '../../api/commands.ts';
import type { EscalationItem } from '../../api/model.ts';
import { useNameOf } from '../../api/people.ts';
import { useMay, useSession } from '../../session/session.tsx';
import { useToday } from '../../time/clock.tsx';
import { daysBetween } from '../../time/due.ts';
import { formatInstant } from '../../time/format.ts';
import { DueBadge } from '../../ui/due.tsx';
import { Problem } from '../../ui/feedback.tsx';
import { Icon } from '../../ui/icon.tsx';
import { ReasonDialog } from '../../ui/reason.tsx';
import { RoleName } from '../../ui/role.tsx';
import { EscalationState } from '../../ui/state.tsx';
import { HandOnDialog } from './hand-on.tsx';
import type { HandOn } from './hand-on.tsx';
import { ResolveDialog } from './resolve.tsx';
import type { Resolution } from './resolve.tsx';

type Act =
  | { readonly step: 'acknowledge' }
  | { readonly step: 'takeOver'; readonly note: string }
  | ({ readonly step: 'handOn' } & HandOn)
  | ({ readonly step: 'resolve' } & Resolution);

const lost = {
  PEREMPTORY: 'escalations.lost.power',
  VALIDITY: 'escalations.lost.measure',
  DILATORY: 'escalations.lost.act',
  EFFECT: 'escalations.lost.act',
  DIRECTORY: 'escalations.lost.order',
  CONTRACTUAL: 'escalations.lost.promise',
  SERVICE_LEVEL: 'escalations.lost.promise',
} as const;

interface EscalationProps {
  readonly escalation: EscalationItem;
  /** Told while a dialog about it is open, which is to stay also where somebody else is faster, and when none is any more. */
  readonly onAsk: (isAsked: boolean) => void;
}

/** One escalation: what would be lost, whose it is, and what one can do about it. */
export function Escalation({ escalation, onAsk }: EscalationProps) {
  const { t, i18n } = useTranslation();
  const nameOf = useNameOf();
  const { account } = useSession();
  const may = useMay();
  const heading = useRef<HTMLHeadingElement>(null);
  const [asked, setAsked] = useState<'takeOver' | 'handOn' | 'resolve' | null>(null);
  const command = useCommand((act: Act, header) => {
    const params = { path: { id: escalation.id }, header: { ...header } };
    switch (act.step) {
      case 'acknowledge':
        return api.POST('/api/v1/escalations/{id}/acknowledge', { params, body: {} });
      case 'takeOver':
        return api.POST('/api/v1/escalations/{id}/take-over', { params, body: { note: act.note } });
      case 'handOn': {
        const { account: to, role, note } = act;
        return api.POST('/api/v1/escalations/{id}/hand-on', { params, body: { account: to, role, note } });
      }
      case 'resolve':
        return api.POST('/api/v1/escalations/{id}/resolve', {
          params,
          body: { code: act.code, outcome: act.outcome },
        });
    }
  });
  const ask = (step: NonNullable<typeof asked>) => {
    command.reset();
    setAsked(step);
    onAsk(true);
  };
  const close = () => {
    setAsked(null);
    onAsk(false);
  };
  // The button that was pressed may be gone by then: the heading of the same escalation gets the focus.
  const act = (one: Act) =>
    command.mutate(one, {
      onSuccess: () => {
        close();
        requestAnimationFrame(() => heading.current?.focus({ preventScroll: true }));
      },
    });

  const isOpen = escalation.state !== 'resolved';
  const holder = escalation.owner ?? escalation.handedTo?.account ?? null;
  const isOthers = holder !== null && holder !== account;
  const dialog = {
    busy: command.isPending,
    error: asked === null ? null : command.error,
    onClose: close,
  };

  return (
    <article className={`desk-escalation ${escalation.nature === 'PEREMPTORY' ? 'is-strong' : ''}`}>
      <div className="desk-escalation-head">
        <div>
          <h2 ref={heading} tabIndex={-1} className="h5 mb-1">
            {escalation.kind === 'task' && (
              <span className="desk-kind">
                <Icon name="telephone" size="xs" /> {t('escalations.kinds.task')}:
              </span>
            )}{' '}
            {escalation.label[i18n.language === 'en' ? 'en' : 'it']}
          </h2>
          {isOpen && <WhatWouldBeLost escalation={escalation} />}
        </div>
        <EscalationState state={escalation.state} />
      </div>
      <Facts escalation={escalation} />
      {isOpen && escalation.note !== null && (
        <p className="mb-0 desk-typed">
          {t('escalations.said')}: {escalation.note}
        </p>
      )}
      {!isOpen && <Outcome escalation={escalation} />}
      {command.error && asked === null && <Problem error={command.error} focus />}
      {isOpen && (
        <div className="desk-actions">
          {escalation.owner !== account && may('TakeOverEscalation') && (
            <button
              type="button"
              className={`btn btn-sm ${isOthers ? 'btn-outline-primary' : 'btn-primary'}`}
              disabled={command.isPending}
              onClick={() => (isOthers ? ask('takeOver') : act({ step: 'takeOver', note: '' }))}
            >
              {isOthers
                ? t('escalations.step.takeOver.other', { who: nameOf(holder) })
                : t('escalations.step.takeOver.button')}
            </button>
          )}
          {escalation.state === 'raised' && may('AcknowledgeEscalation') && (
            <button
              type="button"
              className="btn btn-sm btn-outline-primary"
              disabled={command.isPending}
              onClick={() => act({ step: 'acknowledge' })}
            >
              {t('escalations.step.acknowledge.button')}
            </button>
          )}
          {may('HandOnEscalation') && (
            <button type="button" className="btn btn-sm btn-outline-primary" onClick={() => ask('handOn')}>
              {t('escalations.step.handOn.button')}
            </button>
          )}
          {may('ResolveEscalation') && (
            <button
              type="button"
              className={`btn btn-sm ${escalation.owner === account ? 'btn-primary' : 'btn-outline-primary'}`}
              onClick={() => ask('resolve')}
            >
              {t('escalations.step.resolve.button')}
            </button>
          )}
        </div>
      )}
      <p className="desk-said" role="status">
        {command.isSuccess && t(`escalations.done.${command.variables.step}`)}
      </p>
      {asked === 'takeOver' && (
        <ReasonDialog
          title={t('escalations.step.takeOver.other', { who: nameOf(holder ?? '') })}
          text={t('escalations.step.takeOver.text', { who: nameOf(holder ?? '') })}
          label={t('escalations.why')}
          submit={t('escalations.step.takeOver.button')}
          about={escalation.id}
          caseId={escalation.caseId}
          {...dialog}
          onSubmit={(note) => act({ step: 'takeOver', note })}
        />
      )}
      {asked === 'handOn' && (
        <HandOnDialog escalation={escalation} {...dialog} onSubmit={(to) => act({ step: 'handOn', ...to })} />
      )}
      {asked === 'resolve' && (
        <ResolveDialog
          escalation={escalation}
          {...dialog}
          onSubmit={(how) => act({ step: 'resolve', ...how })}
        />
      )}
    </article>
  );
}

/** How it ended: by the code that was chosen, in words, or with the case. */
function Outcome({ escalation: { outcomeCode, outcome } }: { readonly escalation: EscalationItem }) {
  const { t } = useTranslation();
  const code = outcomeCode === null ? null : t(`escalations.outcomes.${outcomeCode}`);
  const words = outcome ?? '';
  return (
    <p className="mb-0 desk-typed">
      {t('escalations.outcome')}: {outcomeCode !== 'OTHER' && code}
      {code !== null && outcomeCode !== 'OTHER' && words !== '' && '. '}
      {words}
      {code === null && words === '' && t('escalations.endedWithCase')}
    </p>
  );
}

function WhatWouldBeLost({ escalation }: { readonly escalation: EscalationItem }) {
  const { t } = useTranslation();
  const today = useToday();
  const { nature, legalDueDate, deadlineState } = escalation;
  if (
    deadlineState === 'met' ||
    deadlineState === 'closed' ||
    deadlineState === 'replaced' ||
    deadlineState === 'suspended'
  ) {
    return <p className="mb-2">{t(`escalations.deadline.${deadlineState}`)}</p>;
  }
  if (nature === null) return null;
  const late = legalDueDate !== null && daysBetween(today, legalDueDate) < 0;
  return <p className="mb-2">{t(late ? 'escalations.lost.late' : lost[nature])}</p>;
}

/** Of the others no days are left to be counted. */
const running: ReadonlySet<string> = new Set(['open', 'missed']);

/** Whose case, since when, who was called, who has it, and when people are told next. */
function Facts({ escalation }: { readonly escalation: EscalationItem }) {
  const { t, i18n } = useTranslation();
  const { legalDueDate, nature, state, deadlineState, to, nextReminderAt, acknowledgedAt, owner } =
    escalation;
  const isOver = state === 'resolved' || (deadlineState !== null && !running.has(deadlineState));
  const when = (instant: string) => formatInstant(instant, i18n.language);
  return (
    <div className="desk-facts">
      {legalDueDate !== null && !isOver && (
        <div>
          <DueBadge safe={legalDueDate} legal={legalDueDate} nature={nature} />
        </div>
      )}
      <div>
        <Link to={`/cases/${escalation.caseId}?section=deadlines`}>
          {t('common.case')} {escalation.caseCode}
        </Link>
        {' · '}
        {escalation.comuneName}
      </div>
      {state !== 'resolved' && <Holder escalation={escalation} />}
      <div className="desk-sub">
        {t('escalations.raised', { when: when(escalation.raisedAt) })} · {t('escalations.called')}{' '}
        {to.map((role, at) => (
          <span key={role}>
            {at > 0 && ', '}
            <RoleName role={role} />
          </span>
        ))}
        {owner === null &&
          acknowledgedAt !== null &&
          ` · ${t('escalations.seen', { when: when(acknowledgedAt) })}`}
        {nextReminderAt !== null && ` · ${t('escalations.next', { when: when(nextReminderAt) })}`}
      </div>
    </div>
  );
}

function Holder({ escalation: { owner, ownedAt, handedTo } }: { readonly escalation: EscalationItem }) {
  const { t, i18n } = useTranslation();
  const nameOf = useNameOf();
  const { account } = useSession();
  if (owner !== null) {
    const when = ownedAt === null ? '' : formatInstant(ownedAt, i18n.language);
    return (
      <div className="fw-semibold">
        {owner === account
          ? t('escalations.ownerMe', { when })
          : t('escalations.owner', { who: nameOf(owner), when })}
      </div>
    );
  }
  if (handedTo === null) return null;
  const role = `role.${handedTo.role ?? ''}`;
  return (
    <div className="fw-semibold">
      {handedTo.account === null
        ? t('escalations.handedRole', {
            who: i18n.exists(role) ? t(role as 'role.UPD') : (handedTo.role ?? ''),
          })
        : handedTo.account === account
          ? t('escalations.handedMe')
          : t('escalations.handedAccount', { who: nameOf(handedTo.account) })}
    </div>
  );
}
