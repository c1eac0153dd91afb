import type { Label } from '@iter/platform/words';
import { documentsWith, emptyState, evolveAll } from '@iter/engine';
import type { CaseState, Instant, Key } from '@iter/engine';
import type { Position } from '@iter/event-store';
import { mayAct } from '@iter/access';
import type { Act, Principal } from '@iter/access';
import type { CommandRejection, RecordedEvent } from '../outcome.ts';
import type { CasePorts } from '../ports.ts';
import type {
  HandInCheck,
  IncomingQuestion,
  StartQuestion,
  TaskQuestion,
  ValuesVerdict,
  TaskCheckList,
} from './check-values.ts';
import type { ChoicesQuestion, OfferedChoices } from './choices.ts';
import { caseNotFound, denied } from './denied.ts';
import { caseFacts, taskFacts } from './facts.ts';
import type { DeadlineForecast, DeadlineQuestion } from './forecast-deadline.ts';
import { emptyFile } from './case-file.ts';
import type { HandInQuestion, HandIns } from './hand-in.ts';
import type { CaseFile } from './case-file.ts';
import type { CaseHandler } from './handler.ts';
import { readAsFar, readHistory } from './load.ts';
import { createReadings } from './readings.ts';
import { createReels } from './reels.ts';
import type { Reel } from './reels.ts';
import type { MigrationForecast, MigrationQuestion } from './migrate.ts';

export interface ReadRequest {
  readonly caseId: string;
  readonly principal: Principal;
  /** As the log knew it at that instant (by `recordedAt`). */
  readonly at?: Instant;
  /** Up to and including this revision. */
  readonly revision?: number;
  /** Why, where the access table asks for it; recorded. */
  readonly reason?: string;
  /** What is read, for the access log; `case` by default. */
  readonly what?: string;
  /** It goes on with what was read a moment ago; recorded all the same unless that is known here to be recorded. */
  readonly continues?: boolean;
}

/** A case as it stands or stood, in clear. */
export interface CaseReading {
  readonly state: CaseState;
  /** Oldest first; `position` is that of the append it came with. */
  readonly events: readonly (RecordedEvent & { readonly position: Position })[];
  /** Names and free text must be masked before this leaves the house. */
  readonly pseudonymised: boolean;
}

/** The same, and the documents that lie with the task for which it is read. */
export interface TaskReading extends CaseReading {
  readonly withTask: ReadonlySet<Key>;
  /** Whether who reads has an office here that may put another document in the place of any. */
  readonly replacesAny: boolean;
}

export type Reading<T> =
  ({ readonly outcome: 'read' } & T) | { readonly outcome: 'rejected'; readonly rejection: CommandRejection };

/** What of a case somebody wants to see; the access table has one line for each. */
export type ReadAct = Extract<Act, 'SeeCase' | 'ReadCase' | 'ReadTask' | 'ReadDocument' | 'AttachDocument'>;

/** At once; once they say why; not at all. */
export type ContentAccess = 'open' | 'with-reason' | 'closed';

/** What is known of a case from elsewhere than its stream: whose it is, of which process, and the day on which it started. */
export type KnownCase = Pick<CaseState, 'comune' | 'process'> & Pick<CaseFile, 'startedOn'>;

/** Reading one case from its stream; every reading of content is recorded in `access-…`. */
export interface CaseReader {
  /**
   * History and state, folded from the log itself; also as they were at an instant or a revision.
   * @param task for what lies with one open task: its lane may; the caller lets out no more than that
   */
  readCase(request: ReadRequest & { readonly task?: string }): Promise<Reading<TaskReading>>;
  /** The whole history, to be looked at step by step; `at` and `revision` say from where, for the record. */
  readReel(request: ReadRequest): Promise<Reading<{ readonly reel: Reel; readonly pseudonymised: boolean }>>;
  /**
   * The state as it stands, for pages and forms: same rights and record, no history.
   * @param task reading one open task: its lane may, and sees what the form shows
   * @param act `AttachDocument`: for what goes into the file, not what is read of it; not recorded, as the document itself is
   * @returns with a task, why whoever reads may not complete it; null: they may, or it is not about a task;
   * `readsCase`: the rest of the file is open to them as well, with the reason given where one is wanted; `withTask`: the
   * documents that lie with the task
   */
  readState(
    request: Omit<ReadRequest, 'at' | 'revision'> & { readonly task?: string; readonly act?: ReadAct },
  ): Promise<
    Reading<{
      readonly state: CaseState;
      readonly pseudonymised: boolean;
      readonly whyNotMine: Label | null;
      readonly readsCase: boolean;
      readonly withTask: ReadonlySet<Key>;
    }>
  >;
  /**
   * Whether what a case says is open to somebody; nothing of it is read, and nothing recorded.
   * @param known of a case whose stream is gone, whose it was
   */
  readContentAccess(
    request: Pick<ReadRequest, 'caseId' | 'principal'> & { readonly known: KnownCase },
  ): Promise<ContentAccess>;
  /**
   * Whether somebody may have the chain of a case followed: as who may read it, and so recorded. It answers also for a case
   * that is damaged, by what can still be read of it.
   * @param known asked when not even its beginning is there; null: nothing is known of it
   */
  openChain(
    request: Omit<ReadRequest, 'at' | 'revision'> & { readonly known: () => Promise<KnownCase | null> },
  ): Promise<Reading<object>>;
  /** What migrating the case would do to it as it stands now: for those who may, with a reason; nothing happens. */
  forecastMigration(question: MigrationQuestion): Promise<Reading<MigrationForecast>>;
  /** What an operation would do to a deadline as things stand: for those who may do it; nothing happens. */
  forecastDeadline(question: DeadlineQuestion): Promise<Reading<DeadlineForecast>>;
  /** Whether an open task would take these values: for those who may complete it; nothing happens. */
  checkTask(question: TaskQuestion): Promise<Reading<ValuesVerdict>>;
  /**
   * What must be true before an open task is completed, and whether it is; and what is wrong with the values: for those who may
   * complete it.
   */
  checkListOfTask(question: TaskQuestion): Promise<Reading<TaskCheckList>>;
  /** Whether what arrived could be registered with these values: for those who may; nothing happens. */
  checkIncoming(question: IncomingQuestion): Promise<Reading<ValuesVerdict>>;
  /**
   * What a body that is served may hand in for itself to a case of its Province: whoever asks sees nothing else of it, and is
   * told what is the body's own by whoever lets this out.
   */
  readHandIns(question: HandInQuestion): Promise<Reading<HandIns>>;
  /** Whether what a body hands in would be taken: for those who may; nothing happens. */
  checkHandIn(question: HandInCheck): Promise<Reading<ValuesVerdict>>;
  /** What a field that chooses from a register offers somebody, of what they may see. */
  offerChoices(question: ChoicesQuestion): Promise<OfferedChoices | CommandRejection>;
  /** Whether a case would start with these values: for those who may start it; nothing happens. */
  checkStart(question: StartQuestion): Promise<Reading<ValuesVerdict>>;
}

/** A case of which its stream says nothing any more. */
const knownOnly = ({ startedOn, ...rest }: KnownCase): CaseFile => ({
  ...emptyFile,
  startedOn,
  state: { ...emptyFile.state, ...rest },
});

const notFound = {
  outcome: 'rejected',
  rejection: caseNotFound,
} as const;

export function createCaseReader(
  ports: CasePorts,
  handler: CaseHandler,
): Pick<CaseReader, 'readCase' | 'readReel' | 'readState' | 'readContentAccess' | 'openChain'> {
  const reels = createReels(ports);
  const readings = createReadings(ports.clock);

  /** The case as it stands; of one that is damaged, what can still be read of it. */
  const loadAsFar = (caseId: string): Promise<CaseFile> =>
    handler.load(caseId).catch(() => readAsFar(ports, caseId));

  /** Decides on the case as it stands now, and records: nothing is read that is not recorded. */
  async function open(request: ReadRequest, act: ReadAct, task: string | null) {
    const file = await handler.load(request.caseId);
    return file.head ? decide(file, request, act, task) : notFound;
  }

  async function decide(file: CaseFile, request: ReadRequest, act: ReadAct, task: string | null) {
    const { caseId, principal } = request;
    await handler.modelsAreHere(file);
    const facts = task === null ? undefined : taskFacts(file, handler.models, task);
    const about = caseFacts(file, ports.bodies);
    const decision = mayAct(principal, act, {
      case: about,
      reason: request.reason ?? null,
      ...(facts && { task: facts }),
    });
    if (!decision.allowed) {
      if (decision.hidden) return notFound;
      return { outcome: 'rejected', rejection: denied(decision) } as const;
    }
    if (decision.as.role !== 'SYSTEM' && act !== 'SeeCase' && act !== 'AttachDocument') {
      const reading = {
        caseId,
        comune: file.state.comune,
        account: principal.account,
        ...decision.as,
        what: request.what ?? (task === null ? 'case' : 'task'),
        detail: task ?? request.at ?? (request.revision === undefined ? null : String(request.revision)),
        reason: request.reason ?? null,
      };
      if (!(request.continues && readings.goesOn(reading))) {
        ports.accessLog.record(reading);
        readings.began(reading);
      }
    }
    const completing = facts && mayAct(principal, 'CompleteUserTask', { case: about, task: facts });
    const whyNotMine = !completing || completing.allowed ? null : completing.message;
    const whole =
      act === 'ReadCase'
        ? decision
        : mayAct(principal, 'ReadCase', { case: about, reason: request.reason ?? null });
    const readsCase = whole.allowed;
    const withTask = task === null ? new Set<Key>() : documentsWith(file.state, handler.models, task);
    const { pseudonymised } = decision;
    const replacesAny = mayAct(principal, 'AttachDocument', { case: about }).allowed;
    return { outcome: 'open', file, pseudonymised, whyNotMine, readsCase, withTask, replacesAny } as const;
  }

  return {
    async readCase({ task, ...request }) {
      const { at, revision } = request;
      if (at !== undefined && Number.isNaN(Date.parse(at))) {
        return {
          outcome: 'rejected',
          rejection: {
            code: 'date-invalid',
            message: { it: 'Non è un istante RFC 3339.', en: 'That is not an RFC 3339 instant.' },
          },
        };
      }
      const opened = await open(request, task === undefined ? 'ReadCase' : 'ReadTask', task ?? null);
      if (opened.outcome !== 'open') return opened;
      const until = at === undefined ? null : new Date(at).toISOString();
      const events = (await readHistory(ports, request.caseId)).filter(
        (event) =>
          (until === null || event.recordedAt <= until) &&
          (revision === undefined || event.revision <= revision),
      );
      const state = evolveAll(emptyState, events);
      const { pseudonymised, withTask, replacesAny } = opened;
      return { outcome: 'read', state, events, pseudonymised, withTask, replacesAny };
    },
    async readReel(request) {
      const opened = await open(request, 'ReadCase', null);
      if (opened.outcome !== 'open') return opened;
      const reel = await reels.of(request.caseId);
      return { outcome: 'read', reel, pseudonymised: opened.pseudonymised };
    },
    async readContentAccess({ caseId, principal, known }) {
      const loaded = await loadAsFar(caseId);
      const file = loaded.head ? loaded : knownOnly(known);
      const decision = mayAct(principal, 'ReadCase', { case: caseFacts(file, ports.bodies), reason: null });
      if (decision.allowed) return 'open';
      return decision.why === 'reason-required' ? 'with-reason' : 'closed';
    },
    async openChain({ known, ...request }) {
      const { caseId } = request;
      let file = await loadAsFar(caseId);
      if (!file.head) {
        // Also where not even its end is known any more: that it is gone is what is to be told.
        const rest = await known();
        if (rest === null) return notFound;
        file = knownOnly(rest);
      }
      const opened = await decide(file, request, 'ReadCase', null);
      return opened.outcome === 'open' ? { outcome: 'read' } : opened;
    },
    async readState({ task, act, ...request }) {
      const opened = await open(request, act ?? (task === undefined ? 'ReadCase' : 'ReadTask'), task ?? null);
      if (opened.outcome !== 'open') return opened;
      const { file, pseudonymised, whyNotMine, readsCase, withTask } = opened;
      return { outcome: 'read', state: file.state, pseudonymised, whyNotMine, readsCase, withTask };
    },
  };
}
