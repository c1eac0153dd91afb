import { isLive } from '../deadline-state.ts';
import type { DeadlineEvent } from '../deadline-state.ts';
import type { CaseEvent, Key, PlannedLadder } from '../events.ts';
import type { CaseState, Deadline, DeadlineStatus } from '../state.ts';
import { require } from './broken.ts';

const live: readonly DeadlineStatus[] = ['open', 'suspended'];
const known: readonly DeadlineStatus[] = [...live, 'met', 'missed'];
const all: readonly DeadlineStatus[] = [...known, 'replaced', 'closed'];

/** In which state a deadline may be when this happens to it. Source: legal-calendar.md § 2 */
const allowed: Readonly<Record<Exclude<DeadlineEvent['type'], 'DeadlineOpened'>, readonly DeadlineStatus[]>> =
  {
    DeadlineMet: live,
    DeadlineMissed: ['open'],
    DeadlineSuspended: ['open'],
    DeadlineResumed: ['suspended'],
    DeadlineExtended: live,
    DeadlineInterrupted: live,
    DeadlineReplaced: live,
    DeadlineReopened: ['met', 'missed'],
    DeadlineRebased: known,
    DeadlineRectified: known,
    DeadlineProven: all,
    DeadlineLadderReissued: known,
    DeadlineClosed: live,
    LadderStepReached: ['open', 'met', 'missed'],
  };

/**
 * A legal deadline is opened once; of one id, key and scope one runs at a time. It is met or missed while it runs, and
 * once, unless it is rectified or open again; what is replaced or closed stays so. A ladder's steps are told in their
 * turn, never of a deadline that is quiet. None runs on when its scope or case has ended, and no escalation is open
 * then; a resolved escalation stays so, unless its deadline runs again.
 */
export class Deadlines {
  see(event: CaseEvent, before: CaseState): void {
    switch (event.type) {
      case 'DeadlineOpened':
        this.#opened(event.data, before);
        return;
      case 'ElementCompleted':
      case 'ElementTerminated':
      case 'UserTaskCompleted':
      case 'JobCompleted':
        this.#scopeEnded(event.data.key, before);
        return;
      case 'CaseCompleted':
      case 'CaseFailed':
      case 'CaseTerminated':
        for (const it of before.deadlines.values())
          require(!isLive(it), `${it.id} runs on after ${event.type}`);
        for (const { key, state } of before.escalations.values())
          require(state === 'resolved', `the escalation ${key} is open after ${event.type}`);
        return;
      case 'EscalationAcknowledged':
      case 'EscalationTakenOver':
      case 'EscalationHandedOn':
      case 'EscalationResolved': {
        const { state } = before.escalations.get(event.data.key) ?? {};
        require(state !== undefined &&
          state !== 'resolved', `${event.type} of what is ${state ?? 'not raised'}`);
        return;
      }
      case 'EscalationReopened': {
        const { state, deadline } = before.escalations.get(event.data.key) ?? {};
        require(state === 'resolved', `${event.type} of what is ${state ?? 'not raised'}`);
        const { status } = before.deadlines.get(deadline ?? '') ?? {};
        require(status === 'open', `${event.type} of a deadline that is ${status ?? 'not there'}`);
        return;
      }
      default:
        if (event.type in allowed) this.#changed(event as ChangeOfDeadline, before);
    }
  }

  #opened({ id, instance, scope }: Pick<Deadline, 'id' | 'instance' | 'scope'>, before: CaseState): void {
    for (const it of before.deadlines.values()) {
      const isSame = it.id === id && it.instance === instance && it.scope === scope;
      require(!isSame || !isLive(it), `${id} is opened while it runs`);
    }
    require(scope === null || before.elements.has(scope), `${id} is opened in a scope that does not live`);
  }

  #changed(event: ChangeOfDeadline, before: CaseState): void {
    const deadline = before.deadlines.get(event.data.key);
    require(deadline !== undefined, `${event.type} of what was not opened`);
    const { status, id, quieted, reached } = deadline;
    const isQuieting = event.type === 'DeadlineMet' && event.data.use === 'quiets';
    const states = isQuieting ? known : allowed[event.type];
    require(states.includes(status), `${event.type} of ${id}, which is ${status}`);
    if ('plan' in event.data) this.#keeps(event.data.plan.ladder, deadline);
    if (event.type !== 'LadderStepReached') return;
    const { step, round } = event.data;
    require(!quieted, `${step} of ${id} is told, which is quiet`);
    const planned = deadline.plan.ladder.steps.find((it) => it.id === step);
    const told = reached[step];
    const before_ = told && planned && told.at >= planned.at ? told.round : 0;
    require(round > before_, `${step} of ${id} is told for the ${round}. time after the ${before_}.`);
  }

  /** Moved dates move the steps of the ladder that it was opened with. */
  #keeps({ name, steps }: PlannedLadder, { id, plan }: Deadline): void {
    const idsOf = (all: PlannedLadder['steps']): string => JSON.stringify(all.map((it) => it.id).sort());
    const isSame = name === plan.ladder.name && idsOf(steps) === idsOf(plan.ladder.steps);
    require(isSame, `${id} follows another ladder, that nobody has issued`);
  }

  #scopeEnded(key: Key, before: CaseState): void {
    if (before.deadlines.size === 0) return;
    for (const it of before.deadlines.values())
      require(it.scope !== key || !isLive(it), `${it.id} runs on after its scope`);
  }
}

type ChangeOfDeadline = Exclude<DeadlineEvent, { type: 'DeadlineOpened' }>;
