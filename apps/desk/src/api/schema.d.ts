import type * as M from './model.ts';
type Params<Q, P> = { query?: Q; header?: Record<string, string | undefined>; cookie?: never } & ([
  P,
] extends [never]
  ? { path?: never }
  : { path: P });
type Json<R> = { headers: Record<string, unknown>; content: { 'application/json': R } };
type Get<R, Q = never, P = never> = {
  parameters: Params<Q, P>;
  requestBody?: never;
  responses: { 200: Json<R> };
};
type Post<B, R = { id: string }, P = never> = {
  parameters: Params<never, P>;
  requestBody: { content: { 'application/json': B } };
  responses: { 200: Json<R> };
};
type Id = { id: string };
type List = {
  limit?: number;
  cursor?: string;
  comune?: string;
  process?: string;
  state?: string;
  reason?: string;
};
export interface paths {
  '/status': { get: Get<M.Status> };
  '/api/v1/session': {
    get: Get<M.Session>;
    post: Post<{ username: string; password: string }, M.Session>;
    delete: Get<unknown>;
  };
  '/api/v1/process-definitions': { get: Get<M.Page<M.ProcessDefinition>> };
  '/api/v1/process-definitions/{key}': { get: Get<M.ProcessDefinition, never, { key: string }> };
  '/api/v1/process-definitions/{key}/versions/{version}/xml': {
    get: Get<string, never, { key: string; version: number }>;
  };
  '/api/v1/cases': {
    get: Get<M.Page<M.CaseSummary>, List & { text?: string }>;
    post: Post<{ process: string; comune: string; variables: Record<string, unknown> }>;
  };
  '/api/v1/cases/{id}': { get: Get<M.CaseSummary, never, Id> };
  '/api/v1/cases/{id}/history': { get: Get<M.Page<M.HistoryEvent>, List, Id> };
  '/api/v1/cases/{id}/deadlines': { get: Get<M.Page<M.DeadlineItem>, List, Id> };
  '/api/v1/cases/{id}/documents': {
    get: Get<M.Page<M.DocumentItem>, List, Id>;
    post: Post<FormData, { id: string }, Id>;
  };
  '/api/v1/cases/{id}/comments': {
    get: Get<M.Page<M.CommentItem>, List, Id>;
    post: Post<{ text: string }, Id, Id>;
  };
  '/api/v1/cases/{id}/incoming': {
    get: Get<M.Page<M.AwaitedMessage>, List, Id>;
    post: Post<FormData, Id, Id>;
  };
  '/api/v1/cases/{id}/cancel': { post: Post<{ reason: string }, Id, Id> };
  '/api/v1/cases/{id}/suspend': { post: Post<{ reason: string }, Id, Id> };
  '/api/v1/cases/{id}/resume': { post: Post<{ reason: string }, Id, Id> };
  '/api/v1/tasks': {
    get: Get<M.Page<M.TaskItem>, List & { assigned?: 'mine' | 'group' | 'all'; caseId?: string }>;
  };
  '/api/v1/tasks/{id}': { get: Get<M.TaskDetail, { reason?: string }, Id> };
  '/api/v1/tasks/{id}/claim': { post: Post<Record<string, never>, Id, Id> };
  '/api/v1/tasks/{id}/release': { post: Post<Record<string, never>, Id, Id> };
  '/api/v1/tasks/{id}/assign': { post: Post<{ to: string }, Id, Id> };
  '/api/v1/tasks/{id}/complete': { post: Post<{ variables: Record<string, unknown> }, Id, Id> };
  '/api/v1/deadlines': { get: Get<M.Page<M.DeadlineItem>, List & { nature?: string }> };
  '/api/v1/deadlines/{id}/prove': { post: Post<{ baseName: string; proof: string }, Id, Id> };
  '/api/v1/escalations': { get: Get<M.Page<M.EscalationItem>, List> };
  '/api/v1/escalations/{id}/acknowledge': { post: Post<{ note: string }, Id, Id> };
  '/api/v1/escalations/{id}/take-over': { post: Post<{ note: string }, Id, Id> };
  '/api/v1/escalations/{id}/resolve': { post: Post<{ outcome: string }, Id, Id> };
  '/api/v1/incidents': { get: Get<M.Page<M.IncidentItem>, List> };
  '/api/v1/incidents/{id}/resolve': { post: Post<{ resolution: string }, Id, Id> };
  '/api/v1/notices': { get: Get<M.Page<M.NoticeItem>, List> };
  '/api/v1/notices/{id}/read': { post: Post<Record<string, never>, Id, Id> };
  '/api/v1/operations/queues': { get: Get<{ items: M.QueueState[] }> };
  '/api/v1/operations/followers': { get: Get<{ items: M.FollowerState[] }> };
  '/api/v1/operations/jobs': { get: Get<{ items: M.FailedJob[] }> };
  '/api/v1/operations/jobs/{id}/retry': { post: Post<Record<string, never>, Id, Id> };
  '/api/v1/operations/clock': {
    get: Get<{ now: string; offsetMs: number }>;
    post: Post<{ advance?: string; to?: string }, { now: string }>;
  };
  '/api/v1/audit/accesses': { get: Get<M.Page<M.AccessItem>, List> };
  '/api/v1/audit/events': { get: Get<M.Page<M.HistoryEvent & { stream: string }>, List> };
}
