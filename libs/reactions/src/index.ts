export { createReactions } from './reactions.ts';
export type { ReactionFigures, Reactions, ReactionsPorts } from './reactions.ts';
export { createQueues } from './queues/index.ts';
export type { BullQueues, QueueFigures, QueueOptions, Queues, WakeUps } from './queues/index.ts';
export {
  answersThrough,
  linkThrough,
  receiveThrough,
  ringThrough,
  startThrough,
} from './through-commands.ts';
export type { CommandSide, GatheringSide } from './through-commands.ts';
export type { Bell, BellFigures, Ring, Rung } from './deadlines/ring.ts';
export type { FailedEffect, FailedFilter } from './operations/failed.ts';
export type { WorkFigures, WorkOfCase } from './operations/work.ts';
export type { JobTypeFigures, WorkerSeen } from './operations/workers.ts';
export { caseTold, codeOfCase } from './notices/index.ts';
export type {
  Beginning,
  CaseTold,
  LetterChannel,
  NoticePorts,
  People,
  Person,
  PostFigures,
} from './notices/index.ts';
export { createDeliveries, createOutside, webhooksMigrations } from './webhooks/index.ts';
export type {
  CaseOutside,
  Deliveries,
  Delivery,
  NotSent,
  Outside,
  OutsideChannel,
  Receiver,
  ReceiverAt,
  Receivers,
  WebhookHealth,
  WebhookPorts,
} from './webhooks/index.ts';
export { certifiedMailMigrations, createArrivals } from './certified-mail/index.ts';
export type {
  Arrivals,
  ArrivedItem,
  CertifiedMailbox,
  CertifiedMailPorts,
  JudgedReceipt,
  Letter,
  MailVault,
  ReadMail,
} from './certified-mail/index.ts';
export { drawUp, draftThrough } from './acts/index.ts';
export type { ActBodies, CaseAsItStood, DraftingPorts } from './acts/index.ts';
export type { DraftAct, DueAct } from './acts/index.ts';
export type { LinkCase } from './links/link.ts';
export type { ReceiveSignal } from './signals/deliver.ts';
export type { StartCase, StartSource } from './starts/starts.ts';
export { openJob } from './service-tasks/activate.ts';
export { registerPage } from './service-tasks/register-page.ts';
export type { RegisterPagePorts } from './service-tasks/register-page.ts';
export { takeDocuments } from './service-tasks/take-documents.ts';
export type { TakeDocumentsPorts } from './service-tasks/take-documents.ts';
export type { ActivatedJob, Activation, JobNow, OpenJob } from './service-tasks/activate.ts';
export type { Answered, JobAnswers, Work } from './service-tasks/built-in.ts';
export type { Job } from './service-tasks/due-jobs.ts';
