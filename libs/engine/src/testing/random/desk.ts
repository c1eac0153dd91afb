import { actSight } from '../../acts.ts';
import type { CaseCommand } from '../../commands.ts';
import type { CaseState, Deadline } from '../../state.ts';
import type { Tape } from './tape.ts';

/** What the desk does beside the flow: with tasks, legal deadlines and escalations, and in the file. */
export function deskCommands(state: CaseState, tape: Tape): readonly CaseCommand[] {
  const on = `2026-01-0${1 + tape.below(6)}`;
  const [awaited] = [...state.subscriptions.values()].map(({ name }) => name);
  return [
    ...(tape.once(3) ? [{ type: 'AddComment', text: 't' } as const] : []),
    ...(tape.once(3) ? [document([...state.tasks.keys()][0] ?? null)] : []),
    ...(awaited === undefined ? [] : [incoming(awaited, on, state)]),
    ...[...state.jobs.keys()].slice(0, 1).map((job): CaseCommand => letter(job)),
    ...[...state.deliveries.keys()].slice(0, 1).map((id): CaseCommand => receiptOf(id, awaited, tape)),
    ...[...state.tasks.keys()].map((key): CaseCommand => onTask(key, state, tape)),
    ...[...state.asked.keys()].slice(0, 1).map((key): CaseCommand => draft(key, state)),
    ...[...state.deadlines.values()].flatMap((it) => [0, 1].map(() => onDeadline(it, on, tape))),
    ...[...state.escalations.keys()].map((key): CaseCommand => onEscalation(key, tape)),
  ];
}

const document = (task: string | null): CaseCommand => ({
  type: 'AttachDocument',
  name: 'd.pdf',
  mediaType: 'application/pdf',
  sizeBytes: 1,
  sha256: '0'.repeat(64),
  protocolNo: null,
  task,
});

const incoming = (message: string, receivedOn: string, state: CaseState): CaseCommand => ({
  type: 'RegisterIncoming',
  message,
  protocolNo: 'P/1',
  receivedOn,
  sender: 's',
  documents: [...state.documents.keys()].slice(0, 1),
  note: '',
  variables: {},
});

const letter = (job: string): CaseCommand => ({
  ...{ type: 'RecordDelivery', job, messageId: `${job}@x`, to: ['a@x'], documents: [] },
  submittedAt: '2026-01-01T00:00:00.000Z',
});

const receiptOf = (messageId: string, awaited: string | undefined, tape: Tape): CaseCommand => ({
  ...{ type: 'RecordDeliveryReceipt', messageId },
  receipt: {
    ...{ receipt: `r${tape.below(3)}`, kind: 'delivery', at: '2026-01-01T01:00:00+01:00', to: null },
    ...{ news: 'counted', state: 'delivered' },
  },
  file: { name: 'r.eml', mediaType: 'message/rfc822', sizeBytes: 1, sha256: '0'.repeat(64) },
  gives: awaited === undefined ? null : { message: awaited, variables: {} },
});

function onTask(key: string, state: CaseState, tape: Tape): CaseCommand {
  switch (tape.below(5)) {
    case 0:
    case 1:
      return { type: 'ClaimUserTask', key };
    case 2:
      return { type: 'AssignUserTask', key, to: tape.once(3) ? 'altro' : 'operatore' };
    case 3:
      return draft(key, state);
    default:
      return { type: 'ReleaseUserTask', key };
  }
}

/** Drafted for an open task, or for what has asked for it; when it is asked again before anything else happened, it was done already. */
function draft(task: string, state: CaseState): CaseCommand {
  const sight = actSight(state, task);
  const { element = 't', scope = null } = sight ?? {};
  const drafted = { mediaType: 'application/pdf', sizeBytes: 1, sha256: '0'.repeat(64) };
  return {
    ...{ type: 'DraftAct', task, element, scope, series: sight?.series('act') ?? 'act' },
    ...{ template: 'act', templateVersion: 1, templateHash: 'h', name: 'Atto' },
    ...{ revision: state.revision, out: 'actDoc', blanks: 0 },
    files: { document: { name: 'a.pdf', ...drafted }, editable: { name: 'a.docx', ...drafted } },
  };
}

function onDeadline({ key: deadline, status }: Deadline, on: string, tape: Tape): CaseCommand {
  const reason = 'r';
  if (status === 'suspended' && tape.below(2) === 0) return { type: 'ResumeDeadline', deadline, on, reason };
  switch (tape.below(10)) {
    case 0:
    case 1:
      return { type: 'SuspendDeadline', deadline, on, reason };
    case 2:
    case 3:
      return { type: 'ResumeDeadline', deadline, on, reason };
    case 4:
      return { type: 'ExtendDeadline', deadline, days: 1 + tape.below(3), reason };
    case 5:
      return { type: 'InterruptDeadline', deadline, base: on, reason };
    case 6:
      return { type: 'RebaseDeadline', deadline, baseName: 'b', date: on, reason };
    case 7:
      return { type: 'RectifyDeadline', deadline, on, reason };
    case 8:
      return { type: 'ReissueLadder', deadline, reason };
    default:
      return { type: 'ProveDeadline', deadline, baseName: 'b', proof: `P/${tape.below(3)}` };
  }
}

function onEscalation(key: string, tape: Tape): CaseCommand {
  switch (tape.below(7)) {
    case 0:
      return { type: 'AcknowledgeEscalation', key, note: '' };
    case 1:
    case 2:
      return { type: 'TakeOverEscalation', key, note: tape.pick('', 'n') };
    case 3:
      return { type: 'HandOnEscalation', key, account: null, role: tape.pick(null, 'UPD'), note: 'n' };
    case 4:
      return {
        type: 'HandOnEscalation',
        key,
        account: tape.pick('altro', 'operatore'),
        role: null,
        note: 'n',
      };
    case 5:
      return { type: 'ResolveEscalation', key, code: tape.pick('ACTED', 'NOT_NEEDED'), outcome: '' };
    default:
      return { type: 'ResolveEscalation', key, outcome: 'o' };
  }
}
