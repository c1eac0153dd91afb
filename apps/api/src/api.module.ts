import { Module } from '@nestjs/common';
import type { DynamicModule } from '@nestjs/common';
import { APP_INTERCEPTOR } from '@nestjs/core';
import { CommandsModule } from '@iter/commands/nest';
import { CaseFiles } from './case-file/case-files.ts';
import { FreshnessInterceptor } from './http/freshness.interceptor.ts';
import { Metrics } from './http/metrics.ts';
import { ChangeStreams } from './live/change-streams.ts';
import { ChangesController } from './live/changes.controller.ts';
import { PORTS } from './ports.ts';
import type { ApiPorts } from './ports.ts';
import { AccountActsController } from './routes/account-acts.controller.ts';
import { AccountsController } from './routes/accounts.controller.ts';
import { AuditController } from './routes/audit.controller.ts';
import { BoardController } from './routes/board.controller.ts';
import { BodiesController } from './routes/bodies.controller.ts';
import { CaseActs } from './routes/case-acts.ts';
import { CaseMovesController } from './routes/case-moves.controller.ts';
import { CaseExportController } from './routes/case-export.controller.ts';
import { CaseReplayController } from './routes/case-replay.controller.ts';
import { CaseStandingController } from './routes/case-standing.controller.ts';
import { CasesController } from './routes/cases.controller.ts';
import { CertifiedMailController } from './routes/certified-mail.controller.ts';
import { DeadlinesController } from './routes/deadlines.controller.ts';
import { DefinitionsController } from './routes/definitions.controller.ts';
import { DraftsController } from './routes/drafts.controller.ts';
import { ErasuresController } from './routes/erasures.controller.ts';
import { EscalationsController } from './routes/escalations.controller.ts';
import { FeedsController } from './routes/feeds.controller.ts';
import { HandInsController } from './routes/hand-ins.controller.ts';
import { IncidentsController } from './routes/incidents.controller.ts';
import { JobsController } from './routes/jobs.controller.ts';
import { LibraryController } from './routes/library.controller.ts';
import { LedgersController } from './routes/ledgers.controller.ts';
import { LibraryActsController } from './routes/library-acts.controller.ts';
import { MaterialsController } from './routes/materials.controller.ts';
import { MessagesController } from './routes/messages.controller.ts';
import { NoticesController } from './routes/notices.controller.ts';
import { ChoicesController } from './routes/choices.controller.ts';
import { ClockController } from './routes/clock.controller.ts';
import { OperationsBatchesController } from './routes/operations-batches.controller.ts';
import { OperationsController } from './routes/operations.controller.ts';
import { DueColoursController } from './routes/due-colours.controller.ts';
import { FiltersController } from './routes/filters.controller.ts';
import { PrintedRegistersController } from './routes/printed-registers.controller.ts';
import { PreferencesController } from './routes/preferences.controller.ts';
import { ProgrammeController } from './routes/programme.controller.ts';
import { PeopleController } from './routes/people.controller.ts';
import { SignalsController } from './routes/signals.controller.ts';
import { SubstitutionsController } from './routes/substitutions.controller.ts';
import { RegisterChangesController } from './routes/register-changes.controller.ts';
import { RegistersController } from './routes/registers.controller.ts';
import { SessionController } from './routes/session.controller.ts';
import { StatisticsController } from './routes/statistics.controller.ts';
import { StatusController } from './routes/status.controller.ts';
import { SurveysController } from './routes/surveys.controller.ts';
import { TasksController } from './routes/tasks.controller.ts';
import { TermsController } from './routes/terms.controller.ts';
import { TrainingController } from './routes/training.controller.ts';
import { WebhooksController } from './routes/webhooks.controller.ts';

const controllers = [
  StatusController,
  SessionController,
  StatisticsController,
  DefinitionsController,
  CasesController,
  CaseExportController,
  HandInsController,
  CaseReplayController,
  CaseStandingController,
  CaseMovesController,
  ErasuresController,
  CertifiedMailController,
  RegisterChangesController,
  RegistersController,
  TasksController,
  MessagesController,
  SignalsController,
  JobsController,
  DeadlinesController,
  PrintedRegistersController,
  LedgersController,
  TermsController,
  TrainingController,
  SurveysController,
  ProgrammeController,
  // Before the one whose keys are parts of addresses.
  MaterialsController,
  LibraryActsController,
  LibraryController,
  BodiesController,
  EscalationsController,
  AccountsController,
  SubstitutionsController,
  PeopleController,
  IncidentsController,
  NoticesController,
  PreferencesController,
  DueColoursController,
  FiltersController,
  DraftsController,
  FeedsController,
  AuditController,
  OperationsController,
  OperationsBatchesController,
  WebhooksController,
  ChoicesController,
  BoardController,
  AccountActsController,
  ChangesController,
];

/** HTTP in and out. */
@Module({})
export class ApiModule {
  /** The clock that can be moved exists in demo mode only. */
  static with(ports: ApiPorts): DynamicModule {
    return {
      module: ApiModule,
      imports: [CommandsModule.for(ports.cases, ports.messages, ports.signals)],
      controllers: ports.settings.demo ? [...controllers, ClockController] : controllers,
      providers: [
        { provide: PORTS, useValue: ports },
        { provide: APP_INTERCEPTOR, useClass: FreshnessInterceptor },
        { provide: Metrics, useValue: new Metrics() },
        CaseActs,
        CaseFiles,
        ChangeStreams,
      ],
    };
  }
}
