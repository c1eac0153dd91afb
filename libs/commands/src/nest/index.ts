import { Module } from '@nestjs/common';
import type { DynamicModule, Provider } from '@nestjs/common';
import { CommandHandler, CqrsModule } from '@nestjs/cqrs';
import type { ICommandHandler } from '@nestjs/cqrs';
import type { MessageOutcome, MessageRequest, Messages } from '../messages.ts';
import type { SignalOutcome, SignalRequest, Signals } from '../signals.ts';
import type { CaseCommands, CaseRequest, Outcome, StartRequest } from '../outcome.ts';

/** A command to a case, on Nest's command bus. */
export class ExecuteCaseCommand {
  constructor(readonly request: CaseRequest) {}
}

/** Starting a case, on Nest's command bus. */
export class StartCaseCommand {
  constructor(readonly request: StartRequest) {}
}

/** A message to whoever awaits it, on Nest's command bus. */
export class SendMessageCommand {
  constructor(readonly request: MessageRequest) {}
}

/** A signal to everybody who awaits it, on Nest's command bus. */
export class BroadcastSignalCommand {
  constructor(readonly request: SignalRequest) {}
}

@CommandHandler(ExecuteCaseCommand)
export class ExecuteCaseHandler implements ICommandHandler<ExecuteCaseCommand, Outcome> {
  constructor(private readonly cases: CaseCommands) {}

  execute({ request }: ExecuteCaseCommand): Promise<Outcome> {
    return this.cases.execute(request);
  }
}

@CommandHandler(StartCaseCommand)
export class StartCaseHandler implements ICommandHandler<StartCaseCommand, Outcome> {
  constructor(private readonly cases: CaseCommands) {}

  execute({ request }: StartCaseCommand): Promise<Outcome> {
    return this.cases.start(request);
  }
}

@CommandHandler(SendMessageCommand)
export class SendMessageHandler implements ICommandHandler<SendMessageCommand, MessageOutcome> {
  constructor(private readonly messages: Messages) {}

  execute({ request }: SendMessageCommand): Promise<MessageOutcome> {
    return this.messages.send(request);
  }
}

@CommandHandler(BroadcastSignalCommand)
export class BroadcastSignalHandler implements ICommandHandler<BroadcastSignalCommand, SignalOutcome> {
  constructor(private readonly signals: Signals) {}

  execute({ request }: BroadcastSignalCommand): Promise<SignalOutcome> {
    return this.signals.broadcast(request);
  }
}

/** Puts the handlers on Nest's command bus. They only pass on: the functions behind them know no framework. */
@Module({})
export class CommandsModule {
  static for(cases: CaseCommands, messages: Messages, signals: Signals): DynamicModule {
    const providers: Provider[] = [
      { provide: ExecuteCaseHandler, useFactory: () => new ExecuteCaseHandler(cases) },
      { provide: StartCaseHandler, useFactory: () => new StartCaseHandler(cases) },
      { provide: SendMessageHandler, useFactory: () => new SendMessageHandler(messages) },
      { provide: BroadcastSignalHandler, useFactory: () => new BroadcastSignalHandler(signals) },
    ];
    return { module: CommandsModule, imports: [CqrsModule.forRoot()], providers, exports: [CqrsModule] };
  }
}
