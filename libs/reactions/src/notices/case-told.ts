import type { CaseFacts, Headship, Standing } from '@iter/access';
import { isForwardWait } from '@iter/engine';
import type { CaseState, Deadline, Key } from '@iter/engine';
import type { TermNature } from '@iter/legal-calendar';
import type { Told } from './told.ts';

/** What a letter may say of a case, and what decides whom it goes to. Nothing personal but accounts. */
export interface CaseTold {
  readonly id: string;
  readonly code: string;
  readonly comune: string;
  readonly facts: CaseFacts;
  /** Accounts that hold its open tasks. */
  readonly inCharge: readonly string[];
  /** It has ended. */
  readonly isOver: boolean;
  readonly deadlines: ReadonlyMap<Key, DeadlineTold>;
  /** Open incidents, and escalations that are not resolved. */
  readonly open: ReadonlySet<Key>;
}

export interface DeadlineTold {
  readonly nature: TermNature;
  /** It comes by itself: nothing is to be done by then. */
  readonly isWait: boolean;
  readonly legalDueDate: string;
  readonly safeActionDate: string;
  /** Nothing is to be reminded of any more. */
  readonly isSilent: boolean;
}

/** How a case began, as its first event says, and what the registers say of it. */
export interface Beginning {
  readonly startedBy: string;
  readonly startedAs: string;
  readonly standing: Standing;
  readonly headship: Headship;
}

const longestCode = 60;

/** What a case is called outside: as the lists of the desk call it. */
export function codeOfCase(id: string, state: CaseState): string {
  const given = state.root.variables['caseCode'];
  const named = typeof given === 'string' && given.trim() !== '';
  return named ? given.trim().slice(0, longestCode) : id.slice(0, 8).toUpperCase();
}

/** A case as mail knows it. Pure. */
export function caseTold(id: string, state: CaseState, beginning: Beginning): CaseTold {
  const { comune, process } = state;
  const { startedBy, startedAs, standing, headship } = beginning;
  return {
    id,
    code: codeOfCase(id, state),
    comune,
    facts: {
      ...{ comune, process, startedBy, ...standing, headship },
      deeds: [{ element: null, account: startedBy, role: startedAs }],
    },
    inCharge: [
      ...new Set([...state.tasks.values()].flatMap(({ assignee }) => (assignee === null ? [] : [assignee]))),
    ],
    isOver: state.status !== 'active',
    deadlines: new Map([...state.deadlines.values()].map((it) => [it.key, deadlineTold(it)])),
    open: new Set([
      ...state.incidents.keys(),
      ...[...state.escalations.values()].filter((it) => it.state !== 'resolved').map(({ key }) => key),
    ]),
  };
}

const deadlineTold = ({ nature, plan, status, quieted }: Deadline): DeadlineTold => ({
  nature,
  isWait: isForwardWait({ nature, plan }),
  legalDueDate: plan.legalDueDate,
  safeActionDate: plan.safeActionDate,
  isSilent: status === 'closed' || status === 'replaced' || (status === 'met' && quieted),
});

/** Whether there is still something to tell: not of what was settled meanwhile. */
export function isMoot(told: Pick<Told, 'about' | 'deadline'>, of: CaseTold): boolean {
  if (of.isOver) return true;
  if (told.about !== null) return !of.open.has(told.about);
  return told.deadline !== null && (of.deadlines.get(told.deadline)?.isSilent ?? true);
}
