import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { createTestDatabase } from '../support/database.ts';
import type { TestDatabase } from '../support/database.ts';
import { DisciplinaryCase, signInAll } from '../support/disciplinary.ts';
import type { Cast, List } from '../support/disciplinary.ts';
import { System, eventually } from '../support/system.ts';
import type { Person } from '../support/system.ts';

// Every route and every role, over HTTP, against a table written by hand from the domain pages and not from the code.
// A route that is not in the table fails the test.

const accounts = [
  'operatore',
  'responsabile',
  'upd',
  'struttura',
  'personale',
  'segretario',
  'altrocomune',
  'commissione',
  'docente',
  'dipendente',
  'programma',
  'redazione',
  'tutor',
  'partecipante',
  'auditor',
  'dpo',
  'gestore',
  'automa',
] as const;
type Account = (typeof accounts)[number];

const everyone = accounts;
/** Know that a disciplinary case of the first Comune exists, and where it stands; its staff office because the Comune says so. */
const sees: readonly Account[] = [
  'operatore',
  'responsabile',
  'upd',
  'struttura',
  'personale',
  'segretario',
  'auditor',
];
/** Read what it says: need to know (disciplinary.md § 13); the Comune's staff does not. */
const reads: readonly Account[] = ['operatore', 'responsabile', 'upd', 'auditor'];
const works: readonly Account[] = ['operatore', 'upd'];
const decides: readonly Account[] = ['upd', 'responsabile'];
/** Read the library: all but those who only take part. */
const browses: readonly Account[] = [
  ...(['operatore', 'responsabile', 'upd', 'personale', 'segretario', 'altrocomune'] as const),
  ...(['programma', 'redazione', 'tutor', 'partecipante', 'auditor', 'gestore'] as const),
];
const publishes: readonly Account[] = ['programma', 'redazione', 'tutor'];
const operator: readonly Account[] = ['gestore'];
const worker: readonly Account[] = ['automa'];

/** What a request needs of a case that it may change. */
interface Target {
  readonly id: string;
  readonly task: string;
  readonly deadline: string;
  readonly document: string;
}

interface Line {
  readonly allowed: readonly Account[];
  /** The path with ids, and the body; by default the path as it is and no body. */
  readonly ask?: (target: Target) => {
    readonly path?: string;
    readonly body?: unknown;
    readonly form?: FormData;
  };
  /** What who may not know of it is told; `case-not-found` by default. */
  readonly hidden?: string;
  /** Each asks on a case of its own: the first that succeeds would spoil it for the others. */
  readonly fresh?: true;
}

const reason = 'prova degli accessi';
const withReason = `?reason=${encodeURIComponent(reason)}`;
const body = (content: unknown) => () => ({ body: content });
const onCase = (rest: string, content?: unknown) => (target: Target) => ({
  path: `/cases/${target.id}${rest}`,
  ...(content !== undefined && { body: content }),
});
const onTask = (rest: string, content?: unknown) => (target: Target) => ({
  path: `/tasks/${target.task}${rest}`,
  ...(content !== undefined && { body: content }),
});
const onDeadline = (rest: string, content: unknown) => (target: Target) => ({
  path: `/deadlines/${target.deadline}${rest}`,
  body: content,
});
const upload = (fields: Record<string, string>): FormData => {
  const form = new FormData();
  for (const [name, value] of Object.entries(fields)) form.append(name, value);
  form.append('file', new Blob(['%PDF-1.4 prova']), 'prova.pdf');
  return form;
};
const noJob = ({ id }: Target) => `${id}.aaaaaaaaaaaa-0`;

const table: Readonly<Record<string, Line>> = {
  'GET /session': { allowed: everyone },
  // One's own, whoever one is.
  'GET /session/preferences': { allowed: everyone },
  'PUT /session/preferences': { allowed: everyone, ask: body({ email: null, delivery: 'immediate' }) },
  'POST /session/preferences/test-mail': { allowed: everyone },
  'POST /session/password': {
    allowed: everyone,
    ask: body({ current: 'quella di un altro', next: 'una parola lunga' }),
  },
  'GET /session/due-colours': { allowed: everyone },
  'PUT /session/due-colours': { allowed: everyone, ask: body({ unit: 'hours', soon: 24, near: 72 }) },
  'GET /session/filters': { allowed: everyone },
  'GET /session/drafts': { allowed: everyone },
  'GET /session/drafts/{form}': { allowed: everyone, ask: () => ({ path: '/session/drafts/start.prova' }) },
  'PUT /session/drafts/{form}': {
    allowed: everyone,
    ask: () => ({ path: '/session/drafts/start.prova', body: { values: null } }),
  },
  'PUT /session/filters': { allowed: everyone, ask: body({ page: 'tasks', name: 'prova', query: null }) },
  'GET /calendar/feeds': { allowed: everyone },
  'POST /calendar/feeds': { allowed: everyone, ask: body({ name: 'prova', scope: 'mine' }) },
  'DELETE /calendar/feeds/{id}': { allowed: everyone, ask: () => ({ path: '/calendar/feeds/none' }) },
  'GET /process-definitions': { allowed: everyone },
  'GET /process-definitions/{key}': {
    allowed: everyone,
    ask: () => ({ path: '/process-definitions/disciplinary-ordinary' }),
  },
  'GET /process-definitions/{key}/versions': {
    allowed: everyone,
    ask: () => ({ path: '/process-definitions/disciplinary-ordinary/versions' }),
  },
  'GET /process-definitions/{key}/versions/{version}': {
    allowed: everyone,
    ask: () => ({ path: '/process-definitions/disciplinary-ordinary/versions/1' }),
  },
  'GET /process-definitions/by-hash/{hash}': {
    allowed: everyone,
    ask: () => ({ path: '/process-definitions/by-hash/none' }),
  },
  'GET /process-definitions/by-hash/{hash}/words': {
    allowed: everyone,
    ask: () => ({ path: '/process-definitions/by-hash/none/words' }),
  },
  'GET /process-definitions/{key}/versions/{version}/xml': {
    allowed: everyone,
    ask: () => ({ path: '/process-definitions/disciplinary-ordinary/versions/1/xml' }),
  },
  'GET /process-definitions/{key}/versions/{version}/forms/{formId}': {
    allowed: everyone,
    ask: () => ({ path: '/process-definitions/disciplinary-ordinary/versions/1/forms/start_report' }),
  },
  'POST /process-definitions': {
    allowed: operator,
    ask: body({ files: [{ name: 'x.bpmn', text: '<x/>' }] }),
  },
  'POST /cases': {
    allowed: ['struttura', 'operatore'],
    ask: body({
      process: 'disciplinary-ordinary',
      comune: 'c_borgo',
      variables: { employeeRef: 'M-1', factsKnownAt: '2032-02-27', staffCategory: 'EMPLOYEE' },
    }),
  },
  'POST /cases/check': {
    allowed: ['struttura', 'operatore'],
    ask: body({ process: 'disciplinary-ordinary', comune: 'c_borgo', variables: {} }),
  },
  // Lists answer everybody: what they show is asked below.
  'GET /cases': { allowed: everyone },
  'GET /tasks': { allowed: everyone },
  'GET /deadlines': { allowed: everyone },
  // Line by line, like the lists: below it is seen of which cases.
  'GET /deadlines/register': {
    allowed: everyone,
    ask: () => ({ path: '/deadlines/register?from=2032-01-01&to=2032-12-31' }),
  },
  'GET /documents/register': {
    allowed: everyone,
    ask: () => ({ path: '/documents/register?from=2032-01-01&to=2032-12-31' }),
  },
  // Each register by its own act, and line by line.
  'GET /ledgers': { allowed: everyone },
  'GET /ledgers/{ledger}': {
    allowed: ['operatore', 'upd'],
    ask: () => ({ path: '/ledgers/hearings' }),
  },
  'POST /terms/compute': {
    allowed: everyone,
    ask: body({ term: 'disciplinary.contestation', from: '2032-02-27' }),
  },
  'GET /escalations': { allowed: everyone },
  'GET /escalations/figures': {
    allowed: ['operatore', 'responsabile', 'personale', 'segretario', 'altrocomune', 'programma', 'auditor'],
    ask: () => ({ path: '/escalations/figures?from=2032-02-01&to=2032-02-29' }),
  },
  'GET /statistics': {
    allowed: ['operatore', 'responsabile', 'personale', 'segretario', 'altrocomune', 'programma', 'auditor'],
    ask: () => ({ path: '/statistics?service=discipline&from=2032-01-01&to=2032-12-31' }),
  },
  'GET /statistics/indicators': {
    allowed: ['operatore', 'responsabile', 'personale', 'segretario', 'altrocomune', 'programma', 'auditor'],
    ask: () => ({ path: '/statistics/indicators?from=2032-01-01&to=2032-12-31' }),
  },
  // What is offered is what each may see; of a form that is not there, nothing.
  'GET /choices': {
    allowed: everyone,
    ask: () => ({ path: '/choices?definition=none&form=none&field=none&comune=c_borgo' }),
  },
  'GET /training/catalogue': { allowed: everyone },
  'GET /training/dashboard': {
    allowed: ['operatore', 'responsabile', 'personale', 'segretario'],
    ask: () => ({ path: '/training/dashboard?comune=c_borgo&year=2032' }),
  },
  'GET /training/double-presences': {
    allowed: ['operatore', 'responsabile', 'personale', 'segretario'],
    ask: () => ({ path: '/training/double-presences?comune=c_borgo&year=2032' }),
  },
  // One's own is asked in test/e2e/training.e2e.spec.ts; nobody has one of this name.
  'GET /training/ledger/{employeeRef}': {
    allowed: ['operatore', 'responsabile', 'personale', 'altrocomune'],
    ask: () => ({ path: '/training/ledger/M-0042?employer=c_borgo&year=2032' }),
  },
  'GET /training/own-editions': {
    allowed: ['docente', 'dipendente'],
    ask: () => ({ path: '/training/own-editions' }),
  },
  'GET /training/day-sheet': {
    allowed: ['docente'],
    ask: () => ({ path: '/training/day-sheet?on=2032-02-27' }),
  },
  'GET /training/editions/{caseId}/indicators': {
    allowed: ['operatore', 'responsabile', 'personale', 'segretario', 'altrocomune', 'programma', 'auditor'],
    ask: () => ({ path: '/training/editions/none/indicators' }),
  },
  'GET /training/certificates/{number}/chain': {
    allowed: ['operatore', 'responsabile', 'personale', 'altrocomune', 'auditor'],
    ask: () => ({ path: '/training/certificates/FOR-0%2F1/chain' }),
  },
  // Of an edition that there is: test/e2e/survey.e2e.spec.ts. Nobody is told whether there is this one.
  'GET /training/editions/{caseId}/survey': {
    allowed: [],
    hidden: 'not-found',
    ask: () => ({ path: '/training/editions/00000000-0000-4000-8000-000000000000/survey' }),
  },
  'POST /training/editions/{caseId}/survey/codes': {
    allowed: [],
    hidden: 'not-found',
    ask: () => ({
      path: '/training/editions/00000000-0000-4000-8000-000000000000/survey/codes',
      body: { count: 1 },
    }),
  },
  // Whoever holds a code, signed in or not.
  'POST /training/survey': { allowed: everyone, ask: body({ code: 'AAAAA-AAAAA' }) },
  'POST /training/survey/answers': {
    allowed: everyone,
    ask: body({ code: 'AAAAA-AAAAA', marks: [{ question: 'clear', mark: 3 }] }),
  },
  // The head of the service only when the Province takes part: test/e2e/training.e2e.spec.ts.
  'GET /programme/board': { allowed: ['programma', 'redazione', 'tutor', 'partecipante', 'auditor'] },
  'GET /programme/provinces/{ipa}': {
    allowed: ['programma', 'redazione', 'tutor', 'partecipante', 'auditor'],
    ask: () => ({ path: '/programme/provinces/p_demo' }),
  },
  'GET /library': { allowed: browses },
  'GET /library/materials': { allowed: browses },
  'GET /library/materials/{caseId}/files/{fileId}': {
    allowed: browses,
    ask: ({ id }) => ({ path: `/library/materials/${id}/files/none` }),
  },
  'GET /library/own': { allowed: publishes },
  'POST /library/own': { allowed: publishes, ask: body({ process: 'none' }) },
  'POST /library/check': { allowed: publishes, ask: () => ({ form: upload({}) }) },
  'POST /library': { allowed: publishes, ask: () => ({ form: upload({}) }) },
  'GET /library/{key}': { allowed: browses, ask: () => ({ path: '/library/p_demo.none' }) },
  'GET /library/{key}/diff': {
    allowed: browses,
    ask: () => ({ path: '/library/p_demo.none/diff?from=1.0.0&to=1.1.0' }),
  },
  'GET /library/{key}/{version}/archive': {
    allowed: browses,
    ask: () => ({ path: '/library/p_demo.none/1.0.0/archive' }),
  },
  'GET /library/{key}/{version}/drawing': {
    allowed: browses,
    ask: () => ({ path: '/library/p_demo.none/1.0.0/drawing' }),
  },
  'POST /library/{key}/withdraw': {
    allowed: publishes,
    ask: () => ({ path: '/library/p_demo.none/withdraw', body: { version: '1.0.0', reason } }),
  },
  'POST /library/{key}/adopt': {
    allowed: ['responsabile'],
    ask: () => ({
      path: '/library/p_demo.none/adopt',
      body: { body: 'p_demo', version: '1.0.0', since: '2032-02-01' },
    }),
  },
  'POST /library/{key}/stop': {
    allowed: ['responsabile'],
    ask: () => ({ path: '/library/p_demo.none/stop', body: { body: 'p_demo' } }),
  },
  // What the index of public administrations tells everybody.
  'GET /registers/bodies': { allowed: everyone },
  'GET /registers/conventions': { allowed: everyone },
  'GET /registers/mailboxes': { allowed: everyone },
  'GET /registers/offices/{ipa}': {
    allowed: ['operatore', 'responsabile', 'personale', 'segretario'],
    ask: () => ({ path: '/registers/offices/c_borgo' }),
  },
  'GET /registers/staff/{ipa}': {
    allowed: ['operatore', 'responsabile', 'personale', 'segretario'],
    ask: () => ({ path: '/registers/staff/c_borgo' }),
  },
  'GET /registers/boards/{ipa}': {
    allowed: ['responsabile'],
    ask: () => ({ path: '/registers/boards/p_demo' }),
  },
  // A header says nothing of anybody.
  'GET /registers/templates/{register}': {
    allowed: everyone,
    ask: () => ({ path: '/registers/templates/staff' }),
  },
  'POST /registers/{register}/import': {
    allowed: ['operatore', 'responsabile', 'personale'],
    ask: () => ({
      path: '/registers/staff/import',
      body: { body: 'c_borgo', csv: 'matricola;ufficio;area;assunto il\nM-1;TEC;ISTRUTTORI;2020-01-01' },
    }),
  },
  'POST /registers/{register}/{ipa}/withdraw': {
    allowed: ['operatore', 'responsabile', 'personale'],
    ask: () => ({
      path: '/registers/staff/c_borgo/withdraw',
      body: { entry: 'M-unknown', reason },
    }),
  },
  // Each answers with what concerns whoever asks.
  'GET /accounts': { allowed: operator },
  'POST /accounts': {
    allowed: operator,
    ask: body({
      ...{ username: 'rossi', displayName: 'Maria Rossi', password: 'una parola lunga' },
      grants: [{ role: 'COMUNE_HR', body: 'c_valle' }],
    }),
  },
  'GET /people': { allowed: everyone },
  'GET /substitutions': { allowed: everyone },
  // Oneself, the head of the service for the people of the Province, the operator: none of them to their own gain.
  'POST /substitutions': {
    allowed: ['upd', 'responsabile', 'gestore'],
    ask: body({
      absent: 'upd',
      substitute: 'operatore',
      from: '2032-06-01',
      to: '2032-06-02',
      reason: 'prova degli accessi',
    }),
  },
  'POST /substitutions/{id}/end': {
    allowed: ['upd', 'responsabile', 'gestore'],
    ask: () => ({ path: '/substitutions/upd.1/end', body: { reason } }),
  },
  'GET /incidents': { allowed: everyone },
  'GET /notices': { allowed: everyone },
  'GET /cases/{id}': { allowed: sees, ask: onCase('') },
  'GET /cases/{id}/deadlines': { allowed: sees, ask: onCase('/deadlines') },
  'GET /cases/{id}/incoming': { allowed: sees, ask: onCase('/incoming') },
  'GET /cases/{id}/ahead': { allowed: sees, ask: onCase('/ahead') },
  'GET /cases/{id}/walk': { allowed: reads, ask: onCase(`/walk${withReason}`) },
  'GET /cases/{id}/timeline': { allowed: reads, ask: onCase(`/timeline${withReason}`) },
  'GET /cases/{id}/history': { allowed: reads, ask: onCase(`/history${withReason}`) },
  'GET /cases/{id}/state': { allowed: reads, ask: onCase(`/state${withReason}`) },
  'GET /cases/{id}/replay': { allowed: reads, ask: onCase(`/replay${withReason}`) },
  'GET /cases/{id}/chain': { allowed: reads, ask: onCase(`/chain${withReason}`) },
  'GET /cases/{id}/documents': { allowed: reads, ask: onCase(`/documents${withReason}`) },
  'GET /cases/{id}/export': { allowed: reads, ask: onCase(`/export${withReason}&format=csv`) },
  'GET /cases/{id}/comments': { allowed: reads, ask: onCase(`/comments${withReason}`) },
  // What a document says cannot be pseudonymised: the auditor has its hash, size and dates.
  'GET /cases/{id}/documents/{documentId}/content': {
    allowed: ['operatore', 'responsabile', 'upd'],
    ask: ({ id, document }) => ({ path: `/cases/${id}/documents/${document}/content${withReason}` }),
  },
  'POST /cases/{id}/documents': {
    allowed: works,
    fresh: true,
    ask: ({ id }) => ({ path: `/cases/${id}/documents`, form: upload({ protocolNo: '1/2032' }) }),
  },
  'POST /cases/{id}/comments': {
    allowed: ['operatore', 'upd', 'responsabile'],
    fresh: true,
    ask: onCase('/comments', { text: 'Visto.' }),
  },
  'POST /cases/{id}/incoming/recognise': {
    allowed: ['operatore', 'responsabile', 'upd'],
    ask: ({ id }) => ({ path: `/cases/${id}/incoming/recognise${withReason}`, form: upload({}) }),
  },
  'GET /certified-mail': { allowed: ['operatore', 'responsabile'] },
  'GET /certified-mail/{id}/content': {
    allowed: ['operatore', 'responsabile'],
    ask: () => ({ path: '/certified-mail/none/content' }),
  },
  'POST /certified-mail/{id}/settle': {
    allowed: ['operatore', 'responsabile'],
    ask: () => ({ path: '/certified-mail/none/settle' }),
  },
  'POST /cases/{id}/incoming/check': {
    allowed: works,
    ask: onCase('/incoming/check', { message: 'accessRequest' }),
  },
  // The case is of the Comune itself: nobody is served in it. Who may is asked in test/e2e/training.e2e.spec.ts.
  'POST /cases/{id}/hand-ins': {
    allowed: [],
    ask: onCase('/hand-ins', { body: 'c_borgo', message: 'accessRequest' }),
  },
  'POST /cases/{id}/hand-ins/check': {
    allowed: [],
    ask: onCase('/hand-ins/check', { body: 'c_borgo', message: 'accessRequest' }),
  },
  'GET /training/editions/{caseId}/own-people': {
    allowed: [],
    ask: ({ id }) => ({ path: `/training/editions/${id}/own-people?comune=c_borgo` }),
  },
  'POST /cases/{id}/incoming': {
    allowed: works,
    fresh: true,
    ask: ({ id }) => ({
      path: `/cases/${id}/incoming`,
      form: upload({
        message: 'accessRequest',
        protocolNo: '2/2032',
        receivedOn: '2032-02-27',
        sender: 'M-1',
      }),
    }),
  },
  'POST /cases/{id}/cancel': { allowed: decides, fresh: true, ask: onCase('/cancel', { reason }) },
  'POST /cases/{id}/suspend': { allowed: ['responsabile'], fresh: true, ask: onCase('/suspend', { reason }) },
  'POST /cases/{id}/resume': { allowed: ['responsabile'], fresh: true, ask: onCase('/resume', { reason }) },
  // It runs on: nothing is erased, and nobody has it kept.
  'POST /cases/{id}/erase': {
    allowed: ['responsabile'],
    ask: onCase('/erase', {
      ...{ ground: 'SUBJECT_REQUEST', reason, protocolBody: 'c_borgo', protocolRegister: 'Generale' },
      ...{ protocolNo: '9/2032', protocolDate: '2032-02-26' },
    }),
  },
  'POST /cases/{id}/hold': {
    allowed: ['responsabile', 'segretario'],
    ask: onCase('/hold', { held: true, reason }),
  },
  // Who may not even run the machine's errands on its content (the system operator) sets no variables either.
  'POST /cases/{id}/modify': {
    allowed: ['responsabile'],
    fresh: true,
    ask: onCase('/modify', { reason, instructions: [{ kind: 'set', variables: { prova: 1 } }] }),
  },
  'POST /cases/{id}/rectify': {
    allowed: ['responsabile'],
    ask: onCase('/rectify', { reason, variables: { nobodyEnteredIt: 1 } }),
  },
  'POST /cases/{id}/migrate': {
    allowed: ['responsabile', 'gestore'],
    ask: onCase('/migrate', { reason, dryRun: true }),
  },
  'GET /cases/{id}/ad-hoc': { allowed: sees, ask: onCase('/ad-hoc') },
  'POST /cases/{id}/ad-hoc/{key}/start': {
    allowed: ['operatore', 'upd', 'responsabile'],
    ask: onCase('/ad-hoc/aaaaaaaaaaaa-0/start', { reason, element: 't_any' }),
  },
  'GET /tasks/{id}': { allowed: reads, hidden: 'task-not-found', ask: onTask(withReason) },
  'GET /tasks/receivers': {
    allowed: ['responsabile'],
    ask: ({ task }) => ({ path: `/tasks/receivers?tasks=${task}` }),
  },
  'POST /tasks/{id}/put-off': {
    ...{ allowed: sees, hidden: 'task-not-found', ask: onTask('/put-off', { until: null }) },
  },
  'POST /tasks/{id}/check': { allowed: ['upd'], ask: onTask('/check', {}) },
  'POST /tasks/{id}/check-list': { allowed: ['upd'], ask: onTask('/check-list', {}) },
  'POST /tasks/{id}/claim': { allowed: ['upd'], fresh: true, ask: onTask('/claim', {}) },
  'POST /tasks/{id}/release': { allowed: ['upd'], fresh: true, ask: onTask('/release', {}) },
  'POST /tasks/{id}/assign': {
    allowed: ['responsabile'],
    fresh: true,
    ask: onTask('/assign', { to: 'upd' }),
  },
  'POST /tasks/{id}/complete': {
    allowed: ['upd'],
    fresh: true,
    ask: onTask('/complete', { variables: { route: 'ORDINARY', maxSanction: 'SUSPENSION_1_10D' } }),
  },
  // It is open, or done by now: whoever may reopen is told so.
  'POST /tasks/{id}/reopen': { allowed: decides, ask: onTask('/reopen', { reason }) },
  'POST /messages': {
    allowed: works,
    fresh: true,
    ask: ({ id }) => ({ body: { name: 'accessRequest', caseId: id } }),
  },
  'POST /signals': { allowed: ['responsabile'], ask: body({ name: 'nobodyAwaitsIt', reason }) },
  'POST /jobs/activate': { allowed: worker, ask: body({ type: 'send-mail' }) },
  'POST /jobs/{id}/complete': {
    allowed: worker,
    ask: (t) => ({ path: `/jobs/${noJob(t)}/complete`, body: {} }),
  },
  'POST /jobs/{id}/fail': {
    allowed: worker,
    ask: (t) => ({ path: `/jobs/${noJob(t)}/fail`, body: { retries: 1, message: 'no' } }),
  },
  'POST /jobs/{id}/error': {
    allowed: worker,
    ask: (t) => ({ path: `/jobs/${noJob(t)}/error`, body: { code: 'x' } }),
  },
  'POST /deadlines/{id}/suspend': {
    allowed: decides,
    fresh: true,
    ask: onDeadline('/suspend', { on: '2032-02-27', reason }),
  },
  'POST /deadlines/{id}/resume': {
    allowed: decides,
    fresh: true,
    ask: onDeadline('/resume', { on: '2032-02-27', reason }),
  },
  'POST /deadlines/{id}/extend': {
    allowed: decides,
    fresh: true,
    ask: onDeadline('/extend', { days: 5, reason }),
  },
  'POST /deadlines/{id}/interrupt': {
    allowed: decides,
    fresh: true,
    ask: onDeadline('/interrupt', { base: '2032-02-27', reason }),
  },
  'POST /deadlines/{id}/rebase': {
    allowed: decides,
    fresh: true,
    ask: onDeadline('/rebase', { baseName: 'reportReceived', date: '2032-02-26', reason }),
  },
  'POST /deadlines/{id}/rectify': {
    allowed: decides,
    fresh: true,
    ask: onDeadline('/rectify', { on: '2032-02-27', reason }),
  },
  'POST /deadlines/{id}/prove': {
    allowed: ['upd', 'responsabile', 'operatore'],
    fresh: true,
    ask: onDeadline('/prove', { baseName: 'reportReceived', proof: '9/2032' }),
  },
  'POST /deadlines/{id}/reissue-ladder': {
    allowed: ['responsabile'],
    fresh: true,
    ask: onDeadline('/reissue-ladder', { reason }),
  },
  // A question about an act is for who may do the act.
  'POST /deadlines/{id}/preview': {
    allowed: decides,
    ask: onDeadline('/preview', { operation: 'extend', days: 5 }),
  },
  'GET /terms': { allowed: everyone },
  'GET /bodies/{ipa}/calendar': { allowed: everyone, ask: () => ({ path: '/bodies/c_borgo/calendar' }) },
  'GET /bodies/{ipa}/sharing': { allowed: everyone, ask: () => ({ path: '/bodies/c_borgo/sharing' }) },
  'PUT /bodies/{ipa}/sharing': {
    allowed: ['responsabile', 'segretario'],
    ask: () => ({
      path: '/bodies/c_borgo/sharing',
      // As it is: others of these lines see by it.
      body: { services: ['discipline', 'selection', 'training', 'onboarding'], reason },
    }),
  },
  'PUT /bodies/{ipa}/calendar': {
    allowed: ['responsabile', 'personale', 'gestore'],
    ask: () => ({
      path: '/bodies/c_borgo/calendar',
      body: {
        patronSaints: [{ day: '06-24', name: 'San Giovanni Battista', validFrom: null, validTo: null }],
        closures: [{ from: '2032-12-24', to: '2032-12-24', reason }],
        patronSaintShiftsLegalTerm: false,
        reason,
      },
    }),
  },
  'GET /audit/events': { allowed: ['auditor'] },
  'GET /audit/findings': {
    allowed: ['auditor'],
    ask: () => ({ path: '/audit/findings?question=missed&year=2032' }),
  },
  'GET /erasures': { allowed: ['responsabile', 'segretario', 'dpo'] },
  'GET /erasures/holds': { allowed: ['responsabile', 'segretario', 'dpo'] },
  'GET /audit/accesses': { allowed: ['auditor', 'dpo'] },
  'GET /audit/checkpoints': { allowed: ['auditor', 'dpo', 'gestore'] },
  'GET /operations/queues': { allowed: operator },
  'GET /operations/work': { allowed: operator },
  'GET /operations/job-types': { allowed: operator },
  'GET /operations/jobs': { allowed: operator },
  'GET /operations/find': { allowed: operator, ask: () => ({ path: '/operations/find?text=PD-ACCESSI' }) },
  'GET /operations/checks': { allowed: operator },
  'GET /operations/definitions': { allowed: operator },
  'POST /operations/jobs/retry': { allowed: operator, ask: body({ error: 'none' }) },
  'POST /operations/migrations': {
    allowed: operator,
    ask: body({ process: 'none', from: 1, to: 2, reason }),
  },
  'POST /operations/incidents/retry': { allowed: operator, ask: body({ code: 'none', resolution: reason }) },
  'GET /operations/followers/{name}/parked': {
    allowed: operator,
    ask: () => ({ path: '/operations/followers/views/parked' }),
  },
  'POST /operations/followers/{name}/parked/{caseId}/resume': {
    allowed: operator,
    hidden: 'never',
    ask: () => ({ path: '/operations/followers/views/parked/none/resume', body: {} }),
  },
  'POST /accounts/{username}/roles': {
    allowed: operator,
    ask: () => ({ path: '/accounts/none/roles', body: { grants: [], reason } }),
  },
  'POST /accounts/{username}/disable': {
    allowed: operator,
    ask: () => ({ path: '/accounts/none/disable', body: { reason } }),
  },
  'POST /accounts/{username}/enable': {
    allowed: operator,
    ask: () => ({ path: '/accounts/none/enable', body: { reason } }),
  },
  'POST /accounts/{username}/password': {
    allowed: operator,
    ask: () => ({ path: '/accounts/none/password', body: { password: 'una parola lunga' } }),
  },
  // Of all cases the operator's alone; one that is not there is told to nobody else.
  'GET /webhooks': { allowed: ['gestore', 'responsabile', 'segretario'] },
  'GET /webhooks/bodies': { allowed: ['gestore', 'responsabile', 'segretario'] },
  'GET /webhooks/schema': { allowed: everyone },
  'POST /webhooks': {
    allowed: operator,
    ask: body({
      name: 'prova',
      url: 'https://hooks.example/',
      kinds: ['act.sent'],
      confidential: false,
      body: null,
      reason: 'prova',
    }),
  },
  'GET /webhooks/{id}': { allowed: operator, ask: () => ({ path: '/webhooks/none' }) },
  'PUT /webhooks/{id}': {
    allowed: operator,
    ask: () => ({
      path: '/webhooks/none',
      body: {
        name: 'prova',
        url: 'https://hooks.example/',
        kinds: ['act.sent'],
        confidential: false,
        reason: 'prova',
      },
    }),
  },
  ...Object.fromEntries(
    ['pause', 'resume', 'rotate-secret', 'end', 'test', 'deliveries/retry'].map((act) => [
      `POST /webhooks/{id}/${act}`,
      { allowed: operator, ask: () => ({ path: `/webhooks/none/${act}`, body: { reason: 'prova' } }) },
    ]),
  ),
  'GET /webhooks/{id}/history': { allowed: operator, ask: () => ({ path: '/webhooks/none/history' }) },
  'GET /webhooks/{id}/deliveries': {
    allowed: operator,
    ask: () => ({ path: '/webhooks/none/deliveries' }),
  },
  'POST /webhooks/{id}/deliveries/{delivery}/retry': {
    allowed: operator,
    ask: () => ({ path: '/webhooks/none/deliveries/none/retry', body: {} }),
  },
  'GET /operations/followers': { allowed: operator },
  'GET /operations/mail': { allowed: operator },
  'POST /operations/jobs/{id}/retry': {
    allowed: operator,
    ask: () => ({ path: '/operations/jobs/none/retry', body: {} }),
  },
  'POST /operations/views/{name}/rebuild': {
    allowed: operator,
    ask: () => ({ path: '/operations/views/none/rebuild', body: {} }),
  },
  'GET /operations/clock': { allowed: operator },
  'POST /operations/clock': { allowed: operator, ask: body({ advance: 'PT1S' }) },
};

/** Walked by tests of their own: escalations and incidents need the clock, the others are no questions of rights. */
const elsewhere = new Set([
  'POST /session',
  'DELETE /session',
  'GET /changes',
  // Whoever has the address reads it: test/e2e/notices.e2e.spec.ts.
  'GET /calendar/feeds/{file}',
  'GET /escalations/{id}/receivers',
  'POST /escalations/{id}/acknowledge',
  'POST /escalations/{id}/take-over',
  'POST /escalations/{id}/hand-on',
  'POST /escalations/{id}/resolve',
  'POST /incidents/{id}/resolve',
  'POST /notices/{id}/read',
]);

/** Refused for who asks, not for what is asked. */
const isDenied = (status: number, code: string, hidden = 'case-not-found'): boolean =>
  status === 401 || status === 403 || (status === 404 && code === hidden);

describe('every route and every role', () => {
  let database: TestDatabase;
  let system: System;
  let cast: Cast;
  let people: Map<Account, Person>;
  let shared: Target;

  const prepare = async (code: string): Promise<Target> => {
    const file = await DisciplinaryCase.report(cast, '2032-02-27', code);
    const task = await file.task(cast.upd, 't_classify');
    const deadline = await file.deadline(cast.operatore, 'DL_CONTESTATION');
    return { id: file.id, task: task.id, deadline: deadline.id, document: '' };
  };
  const ask = async (who: Person, route: string, line: Line, target: Target) => {
    const [method, template] = route.split(' ') as [string, string];
    const asked = line.ask?.(target) ?? {};
    const answer = await who.call<{ code?: string }>(
      method,
      asked.path ?? template,
      asked.form ?? asked.body,
    );
    return { status: answer.status, code: answer.body?.code ?? '' };
  };

  beforeAll(async () => {
    database = await createTestDatabase();
    system = await System.start({ databaseUrl: database.url });
    cast = await signInAll(system);
    people = new Map(
      await Promise.all(accounts.map(async (name) => [name, await system.signIn(name)] as const)),
    );
    await cast.gestore.post('/operations/clock', { to: '2032-02-27T09:00:00+01:00' });
    const target = await prepare('PD-ACCESSI');
    const filed = await cast.operatore.call<{ id: string }>(
      'POST',
      `/cases/${target.id}/documents`,
      upload({ protocolNo: '7/2032' }),
    );
    shared = { ...target, document: filed.body.id };
    for (const person of people.values()) person.sees(cast.operatore);
  });
  afterAll(async () => {
    await system?.stop();
    await database?.drop();
  });

  it('has a line for every route of the contract', async () => {
    const contract = await cast.operatore.get<{ paths: Record<string, Record<string, unknown>> }>(
      '/openapi.json',
    );
    const routes = Object.entries(contract.paths)
      .filter(([path]) => path.startsWith('/api/v1'))
      .flatMap(([path, methods]) =>
        Object.keys(methods).map((method) => `${method.toUpperCase()} ${path.slice('/api/v1'.length)}`),
      );
    const known = [...Object.keys(table), ...elsewhere];
    expect(routes.sort()).toEqual(known.sort());
  });

  it.each(Object.entries(table))('%s', async (route, line) => {
    const wrong: string[] = [];
    // Those who are denied first: they must leave no trace.
    const order = [...accounts].sort(
      (a, b) => Number(line.allowed.includes(a)) - Number(line.allowed.includes(b)),
    );
    let target = shared;
    if (line.fresh) target = await prepare(`PD-${Object.keys(table).indexOf(route)}`);
    for (const [index, account] of order.entries()) {
      const isAllowed = line.allowed.includes(account);
      const isSecond = isAllowed && index > 0 && line.allowed.includes(order[index - 1]!);
      if (line.fresh && isSecond) target = await prepare(`PD-${Object.keys(table).indexOf(route)}-${index}`);
      const person = people.get(account)!.sees(cast.operatore);
      const { status, code } = await ask(person, route, line, target);
      if (isDenied(status, code, line.hidden) === isAllowed || status >= 500)
        wrong.push(`${account}: ${status} ${code}`);
    }
    expect(wrong).toEqual([]);
  });

  it('shows in lists what may be opened, neither more nor less', async () => {
    for (const [account, person] of people) {
      const { items } = await person.get<List<{ id: string }>>('/cases?limit=200');
      const { status } = await person.call('GET', `/cases/${shared.id}`);
      expect([account, items.some(({ id }) => id === shared.id)]).toEqual([account, status === 200]);
    }
  });

  it('asks the supervisor why, before the content of a case is read', async () => {
    const answer = await cast.responsabile.call<{ code: string }>('GET', `/cases/${shared.id}/history`);
    expect([answer.status, answer.body.code]).toEqual([422, 'reason-required']);
  });

  it('records who read what, for the auditor under pseudonyms and for the DPO by name', async () => {
    const read = async (who: string) =>
      people
        .get(who as Account)!
        .get<List<{ what: string; reason: string | null; actor: { account: string } }>>(
          `/audit/accesses?caseId=${shared.id}&limit=200`,
        );
    const named = await eventually('the reading of the supervisor', async () => {
      const { items } = await read('dpo');
      return items.find(({ what, actor }) => what === 'history' && actor.account === 'responsabile');
    });
    expect(named.reason).toBe(reason);
    const { items } = await read('auditor');
    expect(items.some(({ actor }) => actor.account === 'responsabile')).toBe(false);
    expect(items.every(({ reason: why }) => why === null || why === '•••')).toBe(true);
  });

  it('gives the auditor no name, no free text and no variable', async () => {
    const auditor = people.get('auditor')!;
    const pages = await Promise.all(
      [
        `/cases/${shared.id}/history?limit=500`,
        `/cases/${shared.id}/state`,
        `/cases/${shared.id}/documents`,
        `/cases/${shared.id}`,
        `/tasks/${shared.task}`,
        '/cases?limit=200',
        '/tasks?limit=200',
        '/deadlines?limit=200',
        '/deadlines/register?from=2032-01-01&to=2032-12-31',
        '/documents/register?from=2032-01-01&to=2032-12-31',
        '/audit/events?limit=200',
      ].map(async (path) => [path, JSON.stringify(await auditor.get<unknown>(path))] as const),
    );
    for (const [path, text] of pages) {
      for (const secret of [
        'Assenza ingiustificata',
        'M-0042',
        '"operatore"',
        '"struttura"',
        '"upd"',
        'prova.pdf',
      ]) {
        expect([path, secret, text.includes(secret)]).toEqual([path, secret, false]);
      }
    }
  });

  it('lets only those act on an escalation and an incident whom they call', async () => {
    await cast.gestore.post('/operations/clock', { to: '2032-03-31T00:00:00+02:00' });
    const escalation = await eventually('an escalation to the supervisor', async () => {
      const { items } =
        await cast.responsabile.get<List<{ id: string; caseId: string; to: string[] }>>(
          '/escalations?limit=200',
        );
      return items.find(({ caseId, to }) => caseId === shared.id && to.includes('DESK_SUPERVISOR'));
    });
    const incident = await eventually('the incident', async () => {
      const { items } = await cast.upd.get<List<{ id: string; caseId: string }>>('/incidents?limit=200');
      return items.find(({ caseId }) => caseId === shared.id);
    });
    const called = new Set<Account>(
      accounts.filter((account) => {
        const role = {
          operatore: 'DESK_OPERATOR',
          responsabile: 'DESK_SUPERVISOR',
          upd: 'UPD',
          segretario: 'SEGRETARIO',
        }[account as 'operatore'];
        return account === 'responsabile' || escalation.to.includes(role ?? '?');
      }),
    );
    const steps = [
      ['POST', `/escalations/${escalation.id}/acknowledge`, { note: 'visto' }, called],
      ['POST', `/escalations/${escalation.id}/take-over`, { note: 'mio' }, called],
      ['GET', `/escalations/${escalation.id}/receivers`, undefined, called],
      ['POST', `/escalations/${escalation.id}/hand-on`, { role: 'DESK_SUPERVISOR', note: 'vostro' }, called],
      ['POST', `/escalations/${escalation.id}/resolve`, { outcome: 'fatto' }, called],
      ['POST', `/incidents/${incident.id}/resolve`, { resolution: 'deciso' }, new Set<Account>(decides)],
    ] as const;
    for (const [method, path, content, allowed] of steps) {
      const order = [...accounts].sort((a, b) => Number(allowed.has(a)) - Number(allowed.has(b)));
      for (const account of order) {
        const { status, body: answer } = await people
          .get(account)!
          .call<{ code?: string }>(method, path, content);
        const denied = isDenied(status, answer?.code ?? '');
        expect([path, account, denied ? 'denied' : 'let in']).toEqual([
          path,
          account,
          allowed.has(account) ? 'let in' : 'denied',
        ]);
      }
    }
  });

  it('marks notices as read for those they are for', async () => {
    const notice = await eventually('a notice', async () => {
      const { items } =
        await cast.operatore.get<List<{ id: string; readAt: string | null }>>('/notices?unread=true');
      return items[0];
    });
    expect((await people.get('altrocomune')!.call('POST', `/notices/${notice.id}/read`, {})).status).toBe(
      404,
    );
    await cast.operatore.post(`/notices/${notice.id}/read`);
    const { items } =
      await cast.operatore.get<List<{ id: string; readAt: string | null }>>('/notices?limit=200');
    expect(items.find(({ id }) => id === notice.id)?.readAt).toMatch(/^2032-/);
  });
});
