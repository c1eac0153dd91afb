import type { Instant, Key } from '@iter/engine';
import { caseOf } from '@iter/event-store/following';
import type { CaseSeen } from '../case-event.ts';

/** Something that people are told of by mail: what the log says of it, nothing more. */
export interface Told {
  /** Of the event. */
  readonly id: string;
  readonly caseId: string;
  readonly toldAt: Instant;
  /** `notice` may wait for a digest; a `call` asks somebody to act, an `incident` somebody to decide. */
  readonly kind: 'notice' | 'call' | 'incident';
  /** Roles, or `IN_CHARGE`: who holds the open tasks of the case. */
  readonly roles: readonly string[];
  /** One person by name. */
  readonly account: string | null;
  readonly deadline: Key | null;
  /** Key of the incident or escalation: once it is settled nobody is told any more. */
  readonly about: Key | null;
  /** Words of a ladder or our own, Italian: never what people or variables say. */
  readonly label: string;
}

/** Who holds the open user tasks of a case. */
export const inCharge = 'IN_CHARGE';

/** Event types that `toldBy` looks at; nothing sealed in them is needed. */
export const tellingTypes: ReadonlySet<string> = new Set([
  'LadderStepReached',
  'IncidentRaised',
  'EscalationRaised',
  'EscalationHandedOn',
]);

/** What of these events is to be told by mail, in their order. Pure; of other events nothing. */
export function toldBy(events: readonly CaseSeen[]): readonly Told[] {
  return events.flatMap((event, at) => {
    const told = tell(event, events.slice(Math.max(0, at - 50), at + 50));
    if (!told) return [];
    const { id, recordedAt, stream } = event;
    return [{ id, caseId: caseOf(stream), toldAt: recordedAt, account: null, about: null, ...told }];
  });
}

type Telling = Pick<Told, 'kind' | 'roles' | 'deadline' | 'label'> & Partial<Pick<Told, 'account' | 'about'>>;

function tell(event: CaseSeen, around: readonly CaseSeen[]): Telling | null {
  switch (event.type) {
    case 'LadderStepReached': {
      const { to, label, key, does, by, passed } = event.data;
      // What has passed is told by the step in whose place it would come too late.
      if (passed || (by && !by.includes('mail'))) return null;
      return { kind: does === 'notice' ? 'notice' : 'call', roles: to, deadline: key, label: label.it };
    }
    case 'EscalationRaised': {
      // Those of a ladder are told by its step.
      const { deadline, to, label, key } = event.data;
      return deadline === null ? { kind: 'call', roles: to, deadline, about: key, label: label.it } : null;
    }
    case 'EscalationHandedOn': {
      const { account, role, key, deadline = null } = event.data;
      const label = 'Un sollecito ti è stato passato';
      return { kind: 'call', roles: role ? [role] : [], account, deadline, about: key, label };
    }
    case 'IncidentRaised': {
      const { deadline, key, code } = event.data;
      if (deadline !== null && around.some((other) => raises(other, event, deadline))) return null;
      return {
        kind: 'incident',
        roles:
          deadline === null ? ['DESK_SUPERVISOR', 'SYSTEM_OPERATOR'] : ['DESK_OPERATOR', 'DESK_SUPERVISOR'],
        deadline,
        about: key,
        // The incident's own message may quote variables.
        label:
          deadline === null ? `Il procedimento si è fermato (${code})` : `Anomalia su un termine (${code})`,
      };
    }
    default:
      return null;
  }
}

/** Whether a ladder's step, told by itself, is what raised this incident. */
const raises = (step: CaseSeen, incident: CaseSeen, deadline: Key): boolean =>
  step.type === 'LadderStepReached' &&
  step.data.does === 'incident' &&
  step.data.key === deadline &&
  step.commandId === incident.commandId &&
  step.stream === incident.stream &&
  !step.data.passed &&
  (step.data.by ?? ['mail']).includes('mail');
