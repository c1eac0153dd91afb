/** The shapes that the pages speak of; all of them are what the API's contract says. */
export type TermNature =
  'PEREMPTORY' | 'DIRECTORY' | 'DILATORY' | 'VALIDITY' | 'EFFECT' | 'CONTRACTUAL' | 'SERVICE_LEVEL';

export interface Label {
  it: string;
  en: string;
}

export interface Page<T> {
  items: T[];
  nextCursor: string | null;
}

export interface Session {
  account: string;
  displayName: string;
  grants: { role: string; body: string; bodyName?: string }[];
  /** What this account may do at least somewhere; the server decides case by case. */
  acts: string[];
  bodies: { code: string; name: string }[];
}

export interface Status {
  status: string;
  version: string;
  demo: boolean;
  /** The engine's time, which in demo mode runs ahead of the clock on the wall. */
  now: string;
  accessibility: { statementUrl: string | null; feedbackEmail: string | null };
}

export interface CaseSummary {
  id: string;
  process: string;
  processName: string;
  version: number;
  definition: string;
  comune: string;
  comuneName: string;
  code: string;
  businessKey: string | null;
  state: 'active' | 'suspended' | 'completed' | 'terminated' | 'failed';
  startedAt: string;
  startedBy: string;
  endedAt: string | null;
  revision: number;
  openTasks: number;
  openIncidents: number;
  openEscalations: number;
  nextDeadline: {
    id: string;
    label: Label;
    nature: TermNature;
    safeActionDate: string;
    legalDueDate: string;
  } | null;
}

export interface TaskItem {
  id: string;
  caseId: string;
  caseCode: string;
  comune: string;
  comuneName: string;
  process: string;
  processName: string;
  element: string;
  name: string;
  role: string | null;
  assignee: string | null;
  candidateUsers: string[];
  formId: string | null;
  state: 'open' | 'completed' | 'terminated';
  createdAt: string;
  dueOn: string | null;
  legalDueOn: string | null;
  dueNature: TermNature | null;
  revision: number;
}

export interface TaskDetail extends TaskItem {
  /** form-js schema; null: the task asks for nothing but its completion. */
  form: object | null;
  variables: Record<string, unknown>;
}

export interface PlannedStep {
  id: string;
  at: string;
  to: string[];
  does: 'notice' | 'escalation';
  repeatHours: number | null;
  label: Label;
  reachedAt: string | null;
}

export interface DeadlineItem {
  id: string;
  caseId: string;
  caseCode: string;
  comune: string;
  comuneName: string;
  process: string;
  deadline: string;
  instance: string | null;
  term: string;
  label: Label;
  norm: string;
  mark: string;
  nature: TermNature;
  binds: string;
  state: 'open' | 'met' | 'missed' | 'suspended' | 'replaced' | 'closed';
  ringing: boolean;
  base: string;
  bases: { name: string; date: string | null; proof: string | null }[];
  nominalDate: string;
  legalDueDate: string;
  safeActionDate: string;
  earliestActionDate: string | null;
  explanation: string[];
  ladder: { name: string; steps: PlannedStep[] };
  openedAt: string;
  endedAt: string | null;
  endReason: string | null;
  changes: { at: string; what: string; by: string; reason: string | null; legalDueDate: string }[];
}

export interface EscalationItem {
  id: string;
  caseId: string;
  caseCode: string;
  comune: string;
  comuneName: string;
  process: string;
  deadline: string | null;
  label: Label;
  nature: TermNature | null;
  legalDueDate: string | null;
  to: string[];
  state: 'raised' | 'acknowledged' | 'taken-over' | 'resolved';
  owner: string | null;
  raisedAt: string;
  acknowledgedAt: string | null;
  resolvedAt: string | null;
  outcome: string | null;
}

export interface IncidentItem {
  id: string;
  caseId: string;
  caseCode: string;
  comune: string;
  comuneName: string;
  process: string;
  element: string | null;
  code: string;
  message: string;
  state: 'open' | 'resolved';
  raisedAt: string;
  resolvedAt: string | null;
  resolution: string | null;
}

export interface NoticeItem {
  id: string;
  caseId: string;
  caseCode: string;
  comune: string;
  to: string[];
  label: Label;
  deadline: string | null;
  legalDueDate: string | null;
  at: string;
  readAt: string | null;
}

/** A stored fact of a case. */
export interface HistoryEvent {
  id: string;
  type: string;
  revision: number;
  occurredAt: string;
  recordedAt: string;
  actor: { account: string; role: string; body: string };
  data: Record<string, unknown>;
}

export interface DocumentItem {
  id: string;
  name: string;
  mediaType: string;
  sizeBytes: number;
  sha256: string;
  protocolNo: string | null;
  at: string;
  by: string;
}

export interface CommentItem {
  id: string;
  text: string;
  at: string;
  by: string;
}

export interface AwaitedMessage {
  message: string;
  label: string;
  element: string;
}

export interface ProcessDefinition {
  key: string;
  name: string;
  version: number;
  hash: string;
  startForm: object | null;
}

export interface QueueState {
  name: string;
  waiting: number;
  active: number;
  delayed: number;
  failed: number;
  completed: number;
}

export interface FailedJob {
  id: string;
  queue: string;
  name: string;
  caseId: string | null;
  failedAt: string;
  attempts: number;
  reason: string;
}

export interface FollowerState {
  name: string;
  position: string;
  behind: number;
  lagMs: number;
  state: 'following' | 'catching-up' | 'rebuilding' | 'stopped';
  error: string | null;
}

export interface AccessItem {
  id: string;
  at: string;
  caseId: string;
  comune: string;
  actor: { account: string; role: string; body: string };
  what: string;
  detail: string | null;
  reason: string | null;
}
